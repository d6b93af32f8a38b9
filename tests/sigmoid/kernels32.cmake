# SPDX-License-Identifier: MIT
# The tests of the float32 kernels.
ogive_test(sigmoid kernels32)

# Every float32 through logistic_cr, logistic_u1, logistic_fast and the derivative, one test for each instruction set: a minute or more each.
add_executable(exhaustive32 exhaustive32.cpp)
target_link_libraries(exhaustive32 PRIVATE ogive_compiler ogive::sigmoid mpfr gmp Threads::Threads)
set_target_properties(exhaustive32 PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/tests/bin)
foreach(target AVX3 AVX2 SSE4 SSSE3 SCALAR EMU128)
  add_test(NAME sigmoid.exhaustive32.${target} COMMAND exhaustive32 ${target})
  ogive_describe_test(sigmoid.exhaustive32.${target} 1200 "long;slow")
  set_tests_properties(sigmoid.exhaustive32.${target} PROPERTIES SKIP_RETURN_CODE 77)
endforeach()
