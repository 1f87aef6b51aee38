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
  file(RENAME ${root}/share/doc/cuhostlint/LICENSE ${root}/share/doc/cuhostlint/copyright)
  file(RENAME ${root}/share/doc/cuhostlint/CHANGELOG.md ${root}/share/doc/cuhostlint/changelog)
  run(gzip -9n ${root}/share/doc/cuhostlint/changelog)
endif()
if(DEFINED ENV{SOURCE_DATE_EPOCH})
  run(find ${CPACK_TEMPORARY_DIRECTORY} -exec touch -h -d @$ENV{SOURCE_DATE_EPOCH} {} +)
endif()
