# cmake -DINPUTS=a;b -DROOT=dir -DOUTPUT=file.c -DTABLE=name -DCOUNT=name -DTYPE=type -DHEADER=file
#   -DSTRIP=prefix -DPREFIX=prefix -P embed_files.cmake
# STRIP is taken off the front of each name, PREFIX put there instead.
set(arrays "")
set(table "")
set(index 0)
foreach(input IN LISTS INPUTS)
  file(READ "${ROOT}/${input}" hex HEX)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${hex}")
  string(LENGTH "${STRIP}" stripped)
  string(SUBSTRING "${input}" ${stripped} -1 name)
  string(PREPEND name "${PREFIX}")
  string(APPEND arrays "static const unsigned char file_${index}[] = {${bytes}0x00};\n")
  string(APPEND table
    "    {\"${name}\", (const char *)file_${index}, sizeof file_${index} - 1},\n")
  math(EXPR index "${index} + 1")
endforeach()
file(WRITE "${OUTPUT}" "/* Made by checker/embed_files.cmake. */
#include \"${HEADER}\"

${arrays}
const ${TYPE} ${TABLE}[] = {
${table}    {0}};
const size_t ${COUNT} = ${index};
")
