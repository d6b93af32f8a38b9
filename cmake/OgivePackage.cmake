# SPDX-License-Identifier: MIT
# What others see of Ogive once it is installed: find_package(ogive COMPONENTS fit), ogive.pc, and a Debian package from cpack.
ogive_write_modules()
if(NOT PROJECT_IS_TOP_LEVEL)
  return()  # part of another project, which installs what it wants
endif()
include(CMakePackageConfigHelpers)

# Each library of others that a module links: the package that provides its target, and its flags for the linker.
# A module that links another one stops the configuration below until a line is added here.
set(OGIVE_PACKAGE_OF_Threads::Threads "Threads")
set(OGIVE_LINK_OF_Threads::Threads "-pthread")
set(OGIVE_PACKAGE_OF_ZLIB::ZLIB "ZLIB")
set(OGIVE_LINK_OF_ZLIB::ZLIB "-lz")
set(OGIVE_PACKAGE_OF_Ceres::ceres "Ceres 2.1")
set(OGIVE_LINK_OF_Ceres::ceres "-lceres -lglog")
set(OGIVE_PACKAGE_OF_fmt::fmt "fmt")
set(OGIVE_LINK_OF_fmt::fmt "-lfmt")
set(OGIVE_PACKAGE_OF_hwy::hwy "hwy")
set(OGIVE_LINK_OF_hwy::hwy "-lhwy")
set(OGIVE_PACKAGE_OF_MPFR::MPFR "MPFR")
set(OGIVE_LINK_OF_MPFR::MPFR "-lmpfr -lgmp")

get_property(OGIVE_MODULES GLOBAL PROPERTY OGIVE_MODULES)
set(OGIVE_MODULE_TABLE "")  # for the config package: what each module needs
set(OGIVE_PC_LIBS "")       # for ogive.pc: the libraries, those that use others first
set(others)
foreach(module IN LISTS OGIVE_MODULES)
  get_property(depends GLOBAL PROPERTY OGIVE_DEPENDS_${module})
  get_property(needs GLOBAL PROPERTY OGIVE_NEEDS_${module})
  get_target_property(type ogive_${module} TYPE)
  if(NOT type STREQUAL "INTERFACE_LIBRARY")
    string(PREPEND OGIVE_PC_LIBS " -logive_${module}")
  endif()
  set(packages)
  # A shared library carries its own dependencies; the user of a static one has to find them.
  if(type STREQUAL "STATIC_LIBRARY")
    foreach(library IN LISTS needs)
      if(NOT DEFINED OGIVE_PACKAGE_OF_${library})
        message(FATAL_ERROR "ogive_module(${module} PRIVATE ${library}): name its package in cmake/OgivePackage.cmake")
      endif()
      list(APPEND packages "\"${OGIVE_PACKAGE_OF_${library}}\"")
      list(APPEND others ${OGIVE_LINK_OF_${library}})
    endforeach()
  endif()
  list(JOIN depends " " depends)
  list(JOIN packages " " packages)
  string(APPEND OGIVE_MODULE_TABLE "set(_ogive_${module}_depends ${depends})\nset(_ogive_${module}_packages ${packages})\n")
endforeach()
list(REMOVE_DUPLICATES others)
list(JOIN others " " others)
string(APPEND OGIVE_PC_LIBS " ${others}")
string(STRIP "${OGIVE_PC_LIBS}" OGIVE_PC_LIBS)
list(JOIN OGIVE_MODULES " " OGIVE_MODULES)

set(package_folder ${CMAKE_INSTALL_LIBDIR}/cmake/ogive)
configure_package_config_file(${CMAKE_CURRENT_LIST_DIR}/ogive-config.cmake.in ${PROJECT_BINARY_DIR}/ogive-config.cmake
  INSTALL_DESTINATION ${package_folder} NO_SET_AND_CHECK_MACRO)
# Before 1.0 a new minor version may change the interface.
write_basic_package_version_file(${PROJECT_BINARY_DIR}/ogive-config-version.cmake COMPATIBILITY SameMinorVersion)
install(FILES ${PROJECT_BINARY_DIR}/ogive-config.cmake ${PROJECT_BINARY_DIR}/ogive-config-version.cmake ${CMAKE_CURRENT_LIST_DIR}/FindMPFR.cmake
  DESTINATION ${package_folder})
install(EXPORT ogive-targets NAMESPACE ogive:: DESTINATION ${package_folder})

# The prefix is written relative to the file, so that an installed tree can be moved.
cmake_path(SET pc_folder NORMALIZE "${CMAKE_INSTALL_LIBDIR}/pkgconfig")
file(RELATIVE_PATH OGIVE_PC_UP "/${pc_folder}" "/")
string(REGEX REPLACE "/$" "" OGIVE_PC_UP "${OGIVE_PC_UP}")
configure_file(${CMAKE_CURRENT_LIST_DIR}/ogive.pc.in ${PROJECT_BINARY_DIR}/ogive.pc @ONLY)
install(FILES ${PROJECT_BINARY_DIR}/ogive.pc DESTINATION ${pc_folder})

foreach(page README.md CHANGELOG.md LICENSE)
  install(FILES ${PROJECT_SOURCE_DIR}/${page} DESTINATION ${CMAKE_INSTALL_DOCDIR} OPTIONAL)
endforeach()
install(DIRECTORY ${PROJECT_SOURCE_DIR}/docs ${PROJECT_SOURCE_DIR}/datasets DESTINATION ${CMAKE_INSTALL_DOCDIR}
  FILES_MATCHING PATTERN "*.md" PATTERN "*.csv" PATTERN "*.svg" PATTERN "*.png")

set(CPACK_GENERATOR "DEB")
set(CPACK_PACKAGE_CONTACT "The Ogive authors")
set(CPACK_PACKAGE_DESCRIPTION_SUMMARY "${PROJECT_DESCRIPTION}")
set(CPACK_PACKAGING_INSTALL_PREFIX "/usr")
set(CPACK_STRIP_FILES ON)
set(CPACK_RESOURCE_FILE_LICENSE "${PROJECT_SOURCE_DIR}/LICENSE")
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION "science")
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "gnuplot-nox")
include(CPack)
