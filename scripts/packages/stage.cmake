# Run by cpack on the files of a package before it is made: what Debian asks for in a Debian
# package, and the time stamps of $SOURCE_DATE_EPOCH, so that the same sources give the same bytes.
set(root ${CPACK_TEMPORARY_DIRECTORY}/usr)

function(run)
  execute_process(COMMAND ${ARGV} COMMAND_ERROR_IS_FATAL ANY)
endfunction()

if(CPACK_GENERATOR STREQUAL "DEB")
  file(GLOB pages ${root}/share/man/man1/*.1)
  run(gzip -9n ${pages})
  file(MAKE_DIRECTORY ${root}/share/zsh/vendor-completions)
  file(RENAME ${root}/share/zsh/site-functions/_cuhostlint
    ${root}/share/zsh/vendor-completions/_cuhostlint)
  file(REMOVE_RECURSE ${root}/share/zsh/site-functions)
  file(REMOVE ${root}/share/doc/cuhostlint/LICENSE)
  configure_file(${CMAKE_CURRENT_LIST_DIR}/copyright ${root}/share/doc/cuhostlint/copyright COPYONLY)
  string(TIMESTAMP date "%a, %d %b %Y %H:%M:%S +0000" UTC)
  file(WRITE ${root}/share/doc/cuhostlint/changelog
    "cuhostlint (${CPACK_PACKAGE_VERSION}) unstable; urgency=medium\n\n"
    "  * See CHANGELOG.md.\n\n -- ${CPACK_PACKAGE_CONTACT}  ${date}\n")
  run(gzip -9n ${root}/share/doc/cuhostlint/changelog)
endif()
# What was precompiled is for the libclang and the headers of this machine, and made anew where the
# Debian package is installed.
file(GLOB_RECURSE names LIST_DIRECTORIES true ${CPACK_TEMPORARY_DIRECTORY}/prefixes)
foreach(name IN LISTS names)
  if(name MATCHES "/cuhostlint/prefixes$")
    file(REMOVE_RECURSE ${name})
  endif()
endforeach()
if(DEFINED ENV{SOURCE_DATE_EPOCH})
  run(find ${CPACK_TEMPORARY_DIRECTORY} -exec touch -h -d @$ENV{SOURCE_DATE_EPOCH} {} +)
endif()
