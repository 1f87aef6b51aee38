# What `cmake --install` puts where. The target `installed` makes all of it, and no test.
add_custom_target(installed DEPENDS cuhostlint cuhostlint-recorder)
install(TARGETS cuhostlint RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(TARGETS cuhostlint-recorder LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR}/cuhostlint)
install(FILES README.md CHANGELOG.md LICENSE SECURITY.md DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(DIRECTORY scripts/editors DESTINATION ${CMAKE_INSTALL_DOCDIR})
install(DIRECTORY scripts/ci DESTINATION ${CMAKE_INSTALL_DOCDIR} PATTERN *.cmake EXCLUDE
  PATTERN launch EXCLUDE)

# find_package(cuhostlint) in other projects
include(CMakePackageConfigHelpers)
write_basic_package_version_file(${CMAKE_BINARY_DIR}/cuhostlintConfigVersion.cmake
  COMPATIBILITY SameMajorVersion ARCH_INDEPENDENT)
install(FILES scripts/ci/cuhostlint.cmake RENAME cuhostlintConfig.cmake
  DESTINATION ${CMAKE_INSTALL_DATADIR}/cmake/cuhostlint)
install(FILES ${CMAKE_BINARY_DIR}/cuhostlintConfigVersion.cmake
  DESTINATION ${CMAKE_INSTALL_DATADIR}/cmake/cuhostlint)
install(PROGRAMS scripts/ci/launch DESTINATION ${CMAKE_INSTALL_DATADIR}/cmake/cuhostlint)

install(FILES scripts/completions/cuhostlint.bash RENAME cuhostlint
  DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions)
install(FILES scripts/completions/_cuhostlint DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/site-functions)
install(FILES scripts/completions/cuhostlint.fish
  DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d)

# The manual page and the precompiled beginnings of sources (checker/cli/cmd_precompile.c) are made
# by the program, which a cross build cannot run. The latter know no path of their own: installed,
# with DESTDIR or without, they are as good as here.
if(NOT CMAKE_CROSSCOMPILING)
  set(prefixes $<TARGET_FILE_DIR:cuhostlint>/cuhostlint-prefixes)
  add_custom_command(OUTPUT prefixes.stamp
    COMMAND ${CMAKE_COMMAND} -DPROGRAM=$<TARGET_FILE:cuhostlint> -DFOLDER=${prefixes}
      -DSTAMP=${CMAKE_BINARY_DIR}/prefixes.stamp
      -P ${CMAKE_SOURCE_DIR}/scripts/packages/precompile.cmake
    DEPENDS cuhostlint scripts/packages/precompile.cmake
    VERBATIM COMMENT "Precompiling what CUDA sources begin with")
  add_custom_target(prefixes ALL DEPENDS prefixes.stamp)
  add_dependencies(installed prefixes)
  set(installed_prefixes ${CMAKE_INSTALL_LIBDIR}/cuhostlint/prefixes)
  install(CODE "file(REMOVE_RECURSE \"\$ENV{DESTDIR}\${CMAKE_INSTALL_PREFIX}/${installed_prefixes}\")")
  install(DIRECTORY ${prefixes}/ DESTINATION ${installed_prefixes} OPTIONAL)

  add_custom_command(OUTPUT cuhostlint.1
    COMMAND sh ${CMAKE_SOURCE_DIR}/scripts/man $<TARGET_FILE:cuhostlint> > cuhostlint.1
    DEPENDS cuhostlint scripts/man
    VERBATIM COMMENT "Writing the manual page")
  add_custom_target(man ALL DEPENDS cuhostlint.1)
  add_dependencies(installed man)
  install(FILES ${CMAKE_BINARY_DIR}/cuhostlint.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1)
endif()
