# cuhostlint in a CMake project. After find_package(cuhostlint REQUIRED), or include() of this file
# in a checkout, and before the project's targets:
#
#   cuhostlint_add_target([NAME] [OPTION...])
#     a target (default: lint) that checks every source of the project with these options of
#     cuhostlint; the build fails where something is found
#   cuhostlint_add_launcher([OPTION...])
#     the targets that this folder and those below it define from here on are checked while they
#     are compiled, as CMAKE_<LANG>_CLANG_TIDY does it, CUDA and HIP included; each source by itself
#
# The variable CUHOSTLINT_PROGRAM says which cuhostlint runs.

find_program(CUHOSTLINT_PROGRAM cuhostlint
  HINTS ${CMAKE_CURRENT_LIST_DIR}/../../../bin # installed: PREFIX/share/cmake/cuhostlint
        ${CMAKE_CURRENT_LIST_DIR}/..           # a checkout: it builds itself on first use
  DOC "The checker for CUDA host-memory registration")
mark_as_advanced(CUHOSTLINT_PROGRAM)
if(NOT CUHOSTLINT_PROGRAM)
  set(cuhostlint_FOUND FALSE)
  set(cuhostlint_NOT_FOUND_MESSAGE "the program cuhostlint was not found; set CUHOSTLINT_PROGRAM")
  return()
endif()

set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(_cuhostlint_launch ${CMAKE_CURRENT_LIST_DIR}/launch)

function(cuhostlint_add_target)
  set(name lint)
  if(ARGC GREATER 0 AND NOT ARGV0 MATCHES "^-")
    list(POP_FRONT ARGV name)
  endif()
  add_custom_target(${name}
    COMMAND ${CUHOSTLINT_PROGRAM} -p ${CMAKE_BINARY_DIR} ${ARGV}
    WORKING_DIRECTORY ${CMAKE_SOURCE_DIR}
    USES_TERMINAL VERBATIM COMMENT "Looking for misuse of CUDA host memory")
endfunction()

macro(cuhostlint_add_launcher)
  foreach(language C CXX CUDA HIP)
    set(CMAKE_${language}_COMPILER_LAUNCHER ${_cuhostlint_launch} ${CUHOSTLINT_PROGRAM} ${ARGN} --
      ${CMAKE_${language}_COMPILER_LAUNCHER})
  endforeach()
endmacro()
