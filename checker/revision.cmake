# Which revision of the sources the program is built from: asked of git at every build, written only
# where the answer is another one.
#   cmake -DROOT=folder -DOUTPUT=file.c -DREVISION=name -P revision.cmake
# REVISION, where it is not empty, is taken in place of git's answer (for packagers).

function(add_revision target)
  set(output ${CMAKE_BINARY_DIR}/embedded/revision.c)
  add_custom_target(revision BYPRODUCTS ${output}
    COMMAND ${CMAKE_COMMAND} -DROOT=${CMAKE_SOURCE_DIR} -DOUTPUT=${output}
      -DREVISION=${CUHOSTLINT_REVISION} -P ${CMAKE_CURRENT_FUNCTION_LIST_FILE}
    VERBATIM COMMENT "Asking for the revision")
  target_sources(${target} PRIVATE ${output})
  add_dependencies(${target} revision)
endfunction()

if(NOT CMAKE_SCRIPT_MODE_FILE)
  return()
endif()

if(NOT REVISION AND EXISTS "${ROOT}/.git") # not that of a repository around an unpacked tarball
  execute_process(COMMAND git describe --tags --always --dirty WORKING_DIRECTORY "${ROOT}"
    OUTPUT_VARIABLE REVISION OUTPUT_STRIP_TRAILING_WHITESPACE ERROR_QUIET)
endif()
set(text "/* Made by checker/revision.cmake. */
#include \"cli/version.h\"

const char build_revision[] = \"${REVISION}\";
")
set(old "")
if(EXISTS "${OUTPUT}")
  file(READ "${OUTPUT}" old)
endif()
if(NOT text STREQUAL old)
  file(WRITE "${OUTPUT}" "${text}")
endif()
