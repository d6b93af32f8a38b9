# SPDX-License-Identifier: MIT
# ogive_compiler: the warnings, the sanitizers and the language level that every target of the project is built with.
# It is linked privately, so nothing of it reaches a project that uses Ogive.
add_library(ogive_compiler INTERFACE)
target_compile_features(ogive_compiler INTERFACE cxx_std_20)
target_compile_options(ogive_compiler INTERFACE
  -Wall -Wextra -Wpedantic -Wconversion -Wshadow
  $<$<CXX_COMPILER_ID:GNU>:-Wdouble-promotion>  # clang 14 warns of explicit conversions as well
  $<$<BOOL:${OGIVE_WARNINGS_AS_ERRORS}>:-Werror>)
# g++ 12 sees overlapping copies in std::string operator+ where there are none (GCC bug 105651, mended in 13).
target_compile_options(ogive_compiler INTERFACE
  $<$<AND:$<CXX_COMPILER_ID:GNU>,$<VERSION_LESS:$<CXX_COMPILER_VERSION>,13>>:-Wno-restrict>)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_POSITION_INDEPENDENT_CODE ON)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)

if(OGIVE_SANITIZE)
  if(OGIVE_SANITIZE MATCHES "thread" AND OGIVE_SANITIZE MATCHES "address")
    message(FATAL_ERROR "OGIVE_SANITIZE=${OGIVE_SANITIZE}: the thread and the address sanitizer cannot be combined; build twice")
  endif()
  # A finding must stop the program: a test that prints a report and goes on has passed.
  add_compile_options(-fsanitize=${OGIVE_SANITIZE} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=${OGIVE_SANITIZE})
endif()

if(OGIVE_BUILD_FUZZERS)
  if(NOT CMAKE_CXX_COMPILER_ID MATCHES "Clang")
    message(FATAL_ERROR "OGIVE_BUILD_FUZZERS needs clang (libFuzzer); this is ${CMAKE_CXX_COMPILER_ID}. Use the preset 'fuzz'")
  endif()
  add_compile_options(-fsanitize=fuzzer-no-link)  # coverage for the library too, or the fuzzer is blind
endif()

find_program(CCACHE_PROGRAM ccache)
if(CCACHE_PROGRAM AND NOT CMAKE_CXX_COMPILER_LAUNCHER)
  set(CMAKE_CXX_COMPILER_LAUNCHER "${CCACHE_PROGRAM}")
endif()
