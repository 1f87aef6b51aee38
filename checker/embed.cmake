# Text files that the program carries: models, rule pages, bundled declarations.
# Each becomes a byte array; embedded_files.c holds the table (checker/support/embedded.h).

function(embed_files target)
  file(GLOB inputs CONFIGURE_DEPENDS RELATIVE ${CMAKE_SOURCE_DIR}
    rules/models/*.yaml rules/*/*.md checker/source/declarations/*.h)
  set(output ${CMAKE_BINARY_DIR}/embedded/embedded_files.c)
  set(dependencies ${inputs})
  list(TRANSFORM dependencies PREPEND ${CMAKE_SOURCE_DIR}/)
  add_custom_command(OUTPUT ${output}
    COMMAND ${CMAKE_COMMAND} "-DINPUTS=${inputs}" -DROOT=${CMAKE_SOURCE_DIR} -DOUTPUT=${output}
      -P ${CMAKE_SOURCE_DIR}/checker/embed_files.cmake
    DEPENDS ${dependencies} ${CMAKE_SOURCE_DIR}/checker/embed_files.cmake
    VERBATIM COMMENT "Embedding models, pages and declarations")
  target_sources(${target} PRIVATE ${output})
endfunction()
