# SPDX-License-Identifier: MIT
# Target docs: the API reference, from the comments of the public headers, into <build>/docs/html. A warning is an error: a member
# without a comment, or a comment that names a parameter that is gone, stops it.
find_package(Doxygen QUIET)
if(NOT DOXYGEN_FOUND)
  add_custom_target(docs
    COMMAND ${CMAKE_COMMAND} -E echo "The API reference needs Doxygen: apt-get install doxygen"
    COMMAND ${CMAKE_COMMAND} -E false
    VERBATIM)
  return()
endif()

set(OGIVE_DOCS_INPUT "${PROJECT_SOURCE_DIR}/docs/api.dox")
get_property(modules GLOBAL PROPERTY OGIVE_MODULES)
foreach(module IN LISTS modules)
  get_property(headers GLOBAL PROPERTY OGIVE_HEADERS_${module})
  foreach(header IN LISTS headers)
    string(APPEND OGIVE_DOCS_INPUT " \\\n  \"${PROJECT_SOURCE_DIR}/lib/ogive/${module}/${header}\"")
  endforeach()
endforeach()
set(OGIVE_DOCS_OUTPUT ${PROJECT_BINARY_DIR}/docs)
configure_file(${PROJECT_SOURCE_DIR}/Doxyfile.in ${PROJECT_BINARY_DIR}/Doxyfile @ONLY)
add_custom_target(docs
  COMMAND ${CMAKE_COMMAND} -E make_directory ${OGIVE_DOCS_OUTPUT}
  COMMAND Doxygen::doxygen ${PROJECT_BINARY_DIR}/Doxyfile
  COMMAND ${CMAKE_COMMAND} -E echo "API reference: ${OGIVE_DOCS_OUTPUT}/html/index.html"
  VERBATIM)
