# SPDX-License-Identifier: MIT
# Tests are programs of their own, so that one can be built, run and debugged alone.
#
#   ogive_test(<module> <name>
#     [LINK target ...]     # libraries besides ogive::<module> and Boost.Test
#     [LABELS label ...]    # threads: run under the thread sanitizer; slow: not under a sanitizer
#     [TIMEOUT seconds])    # 120 where not given, and six times that under a sanitizer
#
# tests/<module>/<name>_test.cpp becomes the program <module>_<name>_test and the test <module>.<name>.
# For each label L there is a target tests_L that builds just the programs of that label. The libFuzzer targets are in tests/fuzz.
find_package(Boost 1.81 REQUIRED COMPONENTS unit_test_framework)

function(ogive_test module name)
  cmake_parse_arguments(PARSE_ARGV 2 arg "" "TIMEOUT" "LINK;LABELS")
  if(DEFINED arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "ogive_test(${module} ${name}): unknown arguments: ${arg_UNPARSED_ARGUMENTS}")
  endif()
  set(target ${module}_${name}_test)
  add_executable(${target} ${name}_test.cpp)
  target_compile_definitions(${target} PRIVATE BOOST_TEST_DYN_LINK)
  target_include_directories(${target} PRIVATE ${PROJECT_SOURCE_DIR}/tests)
  target_link_libraries(${target} PRIVATE ogive_compiler Boost::unit_test_framework ${arg_LINK})
  if(TARGET ogive::${module})
    target_link_libraries(${target} PRIVATE ogive::${module})
  endif()
  set_target_properties(${target} PROPERTIES RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/tests/bin)
  add_test(NAME ${module}.${name} COMMAND ${target} --color_output=no)
  ogive_describe_test(${module}.${name} "${arg_TIMEOUT}" "${arg_LABELS}")
  foreach(label IN LISTS arg_LABELS)
    ogive_add_to_group(tests_${label} ${target})
  endforeach()
endfunction()

# Labels and time limit; a sanitizer slows a test down several times.
function(ogive_describe_test test timeout labels)
  if(NOT timeout)
    set(timeout 120)
  endif()
  if(OGIVE_SANITIZE)
    math(EXPR timeout "${timeout} * 6")
  endif()
  set_tests_properties(${test} PROPERTIES TIMEOUT ${timeout} LABELS "${labels}")
endfunction()

function(ogive_add_to_group group target)
  if(NOT TARGET ${group})
    add_custom_target(${group})
  endif()
  add_dependencies(${group} ${target})
endfunction()
