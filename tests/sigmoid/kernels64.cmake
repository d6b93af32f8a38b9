# SPDX-License-Identifier: MIT
# The tests of the kernels of float64, of the types of 16 bits, and of log_logistic, softplus and logit; all by MPFR.
foreach(name logistic_double logistic16 log_kernels)
  ogive_test(sigmoid ${name} LINK Boost::headers mpfr gmp)
endforeach()

# Every float32 through log_logistic, softplus and logit: minutes, so it is a program and no test.
add_executable(sweep_log_kernels EXCLUDE_FROM_ALL support/sweep_log_kernels.cpp)
target_include_directories(sweep_log_kernels PRIVATE ${PROJECT_SOURCE_DIR}/tests)
target_link_libraries(sweep_log_kernels PRIVATE ogive_compiler ogive::sigmoid Boost::headers mpfr gmp)
