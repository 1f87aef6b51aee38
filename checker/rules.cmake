# The list of all rules, made from the folders: rules/<name>/<name>.c defines rule_<name>
# (dashes become underscores). To add a rule is to add its folder.

function(list_rules target)
  file(GLOB sources CONFIGURE_DEPENDS RELATIVE ${CMAKE_SOURCE_DIR} rules/*/*.c)
  set(declarations "")
  set(entries "")
  foreach(source IN LISTS sources)
    get_filename_component(name ${source} NAME_WE)
    if(NOT source STREQUAL "rules/${name}/${name}.c")
      continue()
    endif()
    string(REPLACE "-" "_" symbol "rule_${name}")
    string(APPEND declarations "extern const struct rule ${symbol};\n")
    string(APPEND entries "    &${symbol},\n")
  endforeach()
  file(CONFIGURE OUTPUT ${CMAKE_BINARY_DIR}/embedded/rules_all.c CONTENT
"/* Made by checker/rules.cmake. */
#include \"engine/rule.h\"

${declarations}
const struct rule *const rules_all[] = {
${entries}    NULL,
};
const size_t rules_count = sizeof rules_all / sizeof *rules_all - 1;
" @ONLY)
  target_sources(${target} PRIVATE ${CMAKE_BINARY_DIR}/embedded/rules_all.c)
endfunction()
