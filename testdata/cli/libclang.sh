# Each libclang that is installed gives the same findings; one that is too old is told in a sentence.
. "$(dirname "$0")/lib.sh"

write_bad bad.cu
run --no-cache bad.cu
expect_status 1
cp out expected

tried=0
for library in /usr/lib/llvm-*/lib/libclang-[0-9][0-9].so.1; do
    [ -e "$library" ] || continue
    version=$(echo "$library" | sed 's|.*/llvm-\([0-9]*\)/.*|\1|')
    export CUHOSTLINT_LIBCLANG="$library"
    run --no-cache bad.cu
    if [ "$version" -lt 17 ]; then
        expect_status 2
        expect_one_error "is libclang $version, but 17 or newer is needed"
    else
        expect_status 1
        cmp -s out expected || fail "libclang $version should find the same"
    fi
    tried=$((tried + 1))
done
echo "$tried libraries tried"

# One that is too old, whether one is installed or not.
if command -v cc >/dev/null; then
    cat >old.c <<'SOURCE'
typedef struct { const void *data; unsigned flags; } CXString;
CXString clang_getClangVersion(void) { return (CXString){"clang version 16.0.6", 0}; }
const char *clang_getCString(CXString text) { return text.data; }
void clang_disposeString(CXString text) { (void)text; }
SOURCE
    cc -shared -fPIC old.c -o old.so
    export CUHOSTLINT_LIBCLANG="$work/old.so"
    run --no-cache bad.cu
    expect_status 2
    expect_one_error "is libclang 16, but 17 or newer is needed"
fi

# What is no libclang at all.
echo text >libclang.so
export CUHOSTLINT_LIBCLANG="$work/libclang.so"
run --no-cache bad.cu
expect_status 2
expect_one_error "libclang.so"
