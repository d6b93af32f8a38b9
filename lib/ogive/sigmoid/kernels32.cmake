# SPDX-License-Identifier: MIT
# The kernels of float32, and the choice of an instruction set.
set(OGIVE_SIGMOID_KERNELS32 logistic_cr.cpp logistic_u1.cpp logistic_fast.cpp derivative.cpp)
target_sources(ogive_sigmoid PRIVATE ${OGIVE_SIGMOID_KERNELS32} exact_rounding.cpp targets.cpp)

# Vectors go through these kernels in lock step, as short arrays that must end up in registers: g++ unrolls such loops from -O3 on only, and
# must neither put the operations back into the order of one vector after the other nor keep more of them open than there are registers.
if(NOT CMAKE_BUILD_TYPE STREQUAL "Debug" AND NOT OGIVE_SANITIZE)
  set(options -O3)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    list(APPEND options -fno-tree-ter -fschedule-insns -fsched-pressure)
  endif()
  set_source_files_properties(${OGIVE_SIGMOID_KERNELS32} PROPERTIES COMPILE_OPTIONS "${options}")
endif()
