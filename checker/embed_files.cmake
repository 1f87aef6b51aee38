# cmake -DINPUTS=a;b -DROOT=dir -DOUTPUT=file.c -P embed_files.cmake
set(arrays "")
set(table "")
set(index 0)
foreach(input IN LISTS INPUTS)
  file(READ "${ROOT}/${input}" hex HEX)
  string(REGEX REPLACE "([0-9a-f][0-9a-f])" "0x\\1," bytes "${hex}")
  string(APPEND arrays "static const unsigned char file_${index}[] = {${bytes}0x00};\n")
  string(APPEND table
    "    {\"${input}\", (const char *)file_${index}, sizeof file_${index} - 1},\n")
  math(EXPR index "${index} + 1")
endforeach()
file(WRITE "${OUTPUT}" "/* Made by checker/embed_files.cmake. */
#include \"support/embedded.h\"

${arrays}
const struct embedded_file embedded_files[] = {
${table}    {0}};
const size_t embedded_file_count = ${index};
")
