# cpack: a Debian package and a tarball (scripts/packages/README.md).
set(CPACK_GENERATOR "DEB;TGZ")
set(CPACK_PACKAGE_VENDOR "The cuhostlint authors")
set(CUHOSTLINT_MAINTAINER "The cuhostlint authors <cuhostlint@localhost>" CACHE STRING
  "Who answers for the packages that cpack makes: NAME <ADDRESS>")
set(CPACK_PACKAGE_CONTACT ${CUHOSTLINT_MAINTAINER})
set(CPACK_PACKAGE_FILE_NAME
  ${PROJECT_NAME}-${PROJECT_VERSION}-${CMAKE_SYSTEM_NAME}-${CMAKE_SYSTEM_PROCESSOR})
set(CPACK_STRIP_FILES ON)
set(CPACK_VERBATIM_VARIABLES ON)
set(CPACK_INSTALL_DEFAULT_DIRECTORY_PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE GROUP_READ
  GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
set(CPACK_PRE_BUILD_SCRIPTS ${CMAKE_SOURCE_DIR}/scripts/packages/stage.cmake)

set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_SECTION devel)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
# Loaded at run time, so that no shared library names it; with its own headers.
set(CPACK_DEBIAN_PACKAGE_DEPENDS "libclang1-19 | libclang1-22 | libclang1-18 | libclang1-17")
set(CPACK_DEBIAN_PACKAGE_RECOMMENDS "libclang-common-19-dev")
set(CPACK_DEBIAN_PACKAGE_DESCRIPTION
"Reads C, C++, CUDA and HIP source, follows the paths of the program, and
reports what cudaHostRegister, cudaHostUnregister, the pinned allocators and
their twins in the driver API and in HIP do wrong on a path. Needs no GPU and
no CUDA Toolkit.")

# The beginnings of sources are precompiled where the package is installed, and again when what they
# depend on comes or goes.
foreach(script postinst prerm)
  configure_file(${CMAKE_CURRENT_LIST_DIR}/${script}.in ${CMAKE_BINARY_DIR}/debian/${script} @ONLY)
  file(CHMOD ${CMAKE_BINARY_DIR}/debian/${script} PERMISSIONS OWNER_READ OWNER_WRITE OWNER_EXECUTE
    GROUP_READ GROUP_EXECUTE WORLD_READ WORLD_EXECUTE)
endforeach()
set(CPACK_DEBIAN_PACKAGE_CONTROL_EXTRA ${CMAKE_BINARY_DIR}/debian/postinst
  ${CMAKE_BINARY_DIR}/debian/prerm ${CMAKE_CURRENT_LIST_DIR}/triggers)
include(CPack)
