# SPDX-License-Identifier: MIT
# The kernels of float64, of the types of 16 bits, and log_logistic, softplus and logit.
set(OGIVE_SIGMOID_KERNELS64 logistic_double.cpp logistic16.cpp log_logistic.cpp logit.cpp)
target_sources(ogive_sigmoid PRIVATE ${OGIVE_SIGMOID_KERNELS64})

# Vectors go through these kernels in lock step, as short arrays that must end up in registers. g++ unrolls such loops from -O3 on only (three
# times the speed), and must not put the operations back into the order of one vector after the other.
if(NOT CMAKE_BUILD_TYPE STREQUAL "Debug" AND NOT OGIVE_SANITIZE)
  set(options -O3)
  if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
    list(APPEND options -fno-tree-ter)
  endif()
  set_source_files_properties(${OGIVE_SIGMOID_KERNELS64} PROPERTIES COMPILE_OPTIONS "${options}")
endif()
