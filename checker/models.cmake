# The built-in models, rules/models/*.yaml, as tables in C: read when the checker is built, by the
# reader that the checker itself has for a project's models.

function(build_models target)
  set(reader arena error file mem pattern strbuf suggest vec ydoc)
  list(TRANSFORM reader REPLACE "(.+)" "checker/support/\\1.c")
  foreach(part models_read read_container read_effect read_function read_value generator/tables)
    list(APPEND reader checker/models/${part}.c)
  endforeach()
  add_executable(build-models ${reader})
  target_include_directories(build-models PRIVATE checker)
  target_compile_definitions(build-models PRIVATE _GNU_SOURCE)
  target_link_libraries(build-models PRIVATE PkgConfig::YAML PkgConfig::PCRE2)

  set(output ${CMAKE_BINARY_DIR}/embedded/models_tables.c)
  file(GLOB models CONFIGURE_DEPENDS RELATIVE ${CMAKE_SOURCE_DIR}
    ${CMAKE_SOURCE_DIR}/rules/models/*.yaml)
  set(dependencies ${models})
  list(TRANSFORM dependencies PREPEND ${CMAKE_SOURCE_DIR}/)
  add_custom_command(OUTPUT ${output}
    COMMAND build-models ${output} ${models} WORKING_DIRECTORY ${CMAKE_SOURCE_DIR}
    DEPENDS build-models ${dependencies}
    VERBATIM COMMENT "Reading the built-in models")
  target_sources(${target} PRIVATE ${output})
endfunction()
