# The recipes for ninja and make, in a project of C with the real ninja and make.
#   sh recipes.sh PROGRAM SOURCE_ROOT ninja|make
. "$(dirname "$0")/../cli/lib.sh"
tool=$3
command -v "$tool" >/dev/null || skip "$tool is not installed"
compiler=$(command -v gcc || command -v clang) || skip "no gcc or clang is installed"

mkdir -p include src obj
cp "$root/testdata/ci/cuda_runtime.h" include
cp "$root/scripts/ci/cuhostlint.ninja" "$root/scripts/ci/cuhostlint.mk" .
echo '#define SIZE 4096' >include/size.h
write_good src/good.c
{ echo '#include "size.h"'; sed 's/4096/SIZE/g' src/good.c; } >src/upload.c
sed -i 's/pin_and_undo/upload/' src/upload.c
cat >build.ninja <<NINJA
cuhostlint = $program
include cuhostlint.ninja
build obj/good.o | obj/good.unit: compile_and_index src/good.c
  compile = $compiler -isystem include -Iinclude
  unit = obj/good.unit
build obj/upload.o | obj/upload.unit: compile_and_index src/upload.c
  compile = $compiler -isystem include -Iinclude
  unit = obj/upload.unit
build lint: report obj/good.unit obj/upload.unit
NINJA
cat >Makefile <<MAKE
OBJECTS = obj/good.o obj/upload.o
CUHOSTLINT = $program
include cuhostlint.mk
obj/%.o: src/%.c
	$compiler -isystem include -Iinclude -MD -MF \$@.d -c \$< -o \$@
	\$(CUHOSTLINT) index -o \$(@:.o=.unit) -- $compiler -isystem include -Iinclude -c \$< -o \$@
MAKE

build() {
    last="$tool lint"
    status=0
    "$tool" lint >out 2>err || status=$?
}

build
expect_status 0
# A header changes: the unit that reads it is made again, the other one is not.
echo '#define SIZE 0' >include/size.h
build
[ "$status" -ne 0 ] || fail "the finding should fail the build"
expect_text out "src/upload.c:11:9: error:"
expect_text out "[zero-size]"
expect_no_text out "src/good.c"
