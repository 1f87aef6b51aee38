# Text files that the program carries: rule pages, what GPUs said, bundled declarations.
# Each becomes a byte array; two tables hold them: embedded_files (checker/support/embedded.h), by
# their path in the repository, and the declarations (checker/source/source.h), by the path at
# which the parser finds them.

function(embed_table target name count strip prefix header type)
  set(output ${CMAKE_BINARY_DIR}/embedded/${name}.c)
  set(dependencies ${ARGN})
  list(TRANSFORM dependencies PREPEND ${CMAKE_SOURCE_DIR}/)
  add_custom_command(OUTPUT ${output}
    COMMAND ${CMAKE_COMMAND} "-DINPUTS=${ARGN}" -DROOT=${CMAKE_SOURCE_DIR} -DOUTPUT=${output}
      -DTABLE=${name} -DCOUNT=${count} -DHEADER=${header} "-DTYPE=${type}" "-DSTRIP=${strip}"
      "-DPREFIX=${prefix}"
      -P ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/embed_files.cmake
    DEPENDS ${dependencies} ${CMAKE_CURRENT_FUNCTION_LIST_DIR}/embed_files.cmake
    VERBATIM COMMENT "Embedding ${name}")
  target_sources(${target} PRIVATE ${output})
endfunction()

function(embed_files target)
  file(GLOB pages CONFIGURE_DEPENDS RELATIVE ${CMAKE_SOURCE_DIR}
    ${CMAKE_SOURCE_DIR}/rules/*.md ${CMAKE_SOURCE_DIR}/rules/*/*.md
    ${CMAKE_SOURCE_DIR}/testdata/gpu/*.json)
  embed_table(${target} embedded_files embedded_file_count "" "" support/embedded.h
    "struct embedded_file" ${pages})
  file(GLOB_RECURSE declarations CONFIGURE_DEPENDS RELATIVE ${CMAKE_SOURCE_DIR}
    ${CMAKE_SOURCE_DIR}/checker/source/declarations/*.h
    ${CMAKE_SOURCE_DIR}/checker/source/declarations/*.cuh
    ${CMAKE_SOURCE_DIR}/checker/source/declarations/nv/*)
  embed_table(${target} source_declarations source_declaration_count checker/source/declarations/
    /cuhostlint/include/ source/declarations.h "struct source_virtual_file" ${declarations})
endfunction()
