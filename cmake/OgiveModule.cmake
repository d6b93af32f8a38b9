# SPDX-License-Identifier: MIT
# One folder below lib/ogive is one module is one target ogive::<name>.
#
#   ogive_module(<name> LEVEL <n>
#     [SOURCES file.cpp ...]      # sources; a module of headers only has none
#     [HEADERS file.h ...]        # public headers, installed; a header that is not named here is private to its module
#     [DEPENDS module ...]        # modules it may include from, each of a smaller level
#     [PRIVATE target ...])       # libraries of others that its sources use and its public headers do not
#
# What these calls say is written to <build>/modules.txt by ogive_write_modules(), one line a module; the test house.include_graph
# reads it and fails on any include that they do not name.
function(ogive_module name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "LEVEL" "SOURCES;HEADERS;DEPENDS;PRIVATE")
  if(DEFINED arg_UNPARSED_ARGUMENTS)
    message(FATAL_ERROR "ogive_module(${name}): unknown arguments: ${arg_UNPARSED_ARGUMENTS}")
  endif()
  foreach(module IN LISTS arg_DEPENDS)
    get_property(level GLOBAL PROPERTY OGIVE_LEVEL_${module})
    if(NOT DEFINED level OR level STREQUAL "" OR NOT level LESS arg_LEVEL)
      message(FATAL_ERROR "ogive_module(${name}): level ${arg_LEVEL} may not depend on ${module} (level '${level}')")
    endif()
  endforeach()
  set_property(GLOBAL PROPERTY OGIVE_LEVEL_${name} ${arg_LEVEL})
  set_property(GLOBAL PROPERTY OGIVE_DEPENDS_${name} ${arg_DEPENDS})
  set_property(GLOBAL PROPERTY OGIVE_HEADERS_${name} ${arg_HEADERS})
  set_property(GLOBAL APPEND PROPERTY OGIVE_MODULES ${name})

  # A library of headers only is needed to build Ogive, not to use it: $<BUILD_INTERFACE> keeps it out of the installed package.
  set(private $<BUILD_INTERFACE:ogive_compiler>)
  set(needed)
  foreach(library IN LISTS arg_PRIVATE)
    ogive_is_header_only(${library} header_only)
    if(header_only)
      list(APPEND private $<BUILD_INTERFACE:${library}>)
    else()
      list(APPEND private ${library})
      list(APPEND needed ${library})
    endif()
  endforeach()
  set_property(GLOBAL PROPERTY OGIVE_NEEDS_${name} ${needed})

  set(target ogive_${name})
  list(TRANSFORM arg_DEPENDS PREPEND ogive::)
  if(arg_SOURCES)
    add_library(${target} ${arg_SOURCES})
    set(scope PUBLIC)
    target_link_libraries(${target} PRIVATE ${private})
    set_target_properties(${target} PROPERTIES VERSION ${PROJECT_VERSION} SOVERSION ${PROJECT_VERSION_MAJOR}.${PROJECT_VERSION_MINOR})
  else()
    add_library(${target} INTERFACE)
    set(scope INTERFACE)
  endif()
  add_library(ogive::${name} ALIAS ${target})
  target_compile_features(${target} ${scope} cxx_std_20)
  target_include_directories(${target} ${scope}
    $<BUILD_INTERFACE:${PROJECT_SOURCE_DIR}/lib> $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>)
  target_link_libraries(${target} ${scope} ${arg_DEPENDS})
  set_target_properties(${target} PROPERTIES EXPORT_NAME ${name})
  install(TARGETS ${target} EXPORT ogive-targets
    ARCHIVE DESTINATION ${CMAKE_INSTALL_LIBDIR} LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR})
  foreach(header IN LISTS arg_HEADERS)
    cmake_path(GET header PARENT_PATH folder)
    install(FILES ${header} DESTINATION ${CMAKE_INSTALL_INCLUDEDIR}/ogive/${name}/${folder})
  endforeach()
endfunction()

# Whether a target is nothing but headers (an interface library that links nothing).
function(ogive_is_header_only target result)
  set(${result} FALSE PARENT_SCOPE)
  if(NOT TARGET ${target})
    message(FATAL_ERROR "ogive_module: '${target}' is not a target; is a find_package() missing?")
  endif()
  get_target_property(type ${target} TYPE)
  get_target_property(links ${target} INTERFACE_LINK_LIBRARIES)
  if(type STREQUAL "INTERFACE_LIBRARY" AND NOT links)
    set(${result} TRUE PARENT_SCOPE)
  endif()
endfunction()

# Writes <build>/modules.txt: "<name> <level> DEPENDS <module>... HEADERS <file>...".
function(ogive_write_modules)
  set(text "")
  get_property(modules GLOBAL PROPERTY OGIVE_MODULES)
  foreach(module IN LISTS modules)
    get_property(level GLOBAL PROPERTY OGIVE_LEVEL_${module})
    get_property(depends GLOBAL PROPERTY OGIVE_DEPENDS_${module})
    get_property(headers GLOBAL PROPERTY OGIVE_HEADERS_${module})
    list(JOIN depends " " depends)
    list(JOIN headers " " headers)
    string(APPEND text "${module} ${level} DEPENDS ${depends} HEADERS ${headers}\n")
  endforeach()
  file(CONFIGURE OUTPUT ${PROJECT_BINARY_DIR}/modules.txt CONTENT "${text}" @ONLY)
endfunction()
