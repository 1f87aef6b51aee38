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

# Before 19 libclang did not say what stands in a macro's body: the one at hand, made to be so.
library=$(ls /usr/lib/llvm-19/lib/libclang-19.so.1 2>/dev/null || true)
if command -v cc >/dev/null && [ -n "$library" ]; then
    cat >eighteen.c <<'SOURCE'
typedef struct { const void *data; unsigned flags; } CXString;
typedef struct { const void *pointers[2]; unsigned number; } CXSourceLocation;
void clang_getFileLocation(CXSourceLocation, void **, unsigned *, unsigned *, unsigned *);
CXString clang_getClangVersion(void) { return (CXString){"clang version 18.1.8", 0}; }
void clang_getSpellingLocation(CXSourceLocation at, void **file, unsigned *line, unsigned *column, unsigned *offset)
{
    clang_getFileLocation(at, file, line, column, offset);
}
SOURCE
    cc -shared -fPIC eighteen.c -o eighteen.so -Wl,--no-as-needed "$library"
    macros="$root/testdata/double-register/wrapped.cu $root/testdata/idioms/flags.c"
    unset CUHOSTLINT_LIBCLANG
    run --no-cache $macros
    expect_status 1
    cp out expected.macros
    export CUHOSTLINT_LIBCLANG="$work/eighteen.so" CUHOSTLINT_RESOURCE_DIR=/usr/lib/llvm-19/lib/clang/19
    run --no-cache $macros
    expect_status 1
    cmp -s out expected.macros || fail "libclang 18 should find the same behind macros"
    unset CUHOSTLINT_RESOURCE_DIR
fi

# What is no libclang at all.
echo text >libclang.so
export CUHOSTLINT_LIBCLANG="$work/libclang.so"
run --no-cache bad.cu
expect_status 2
expect_one_error "libclang.so"
if command -v cc >/dev/null; then
    echo 'int nothing;' | cc -shared -fPIC -x c - -o nothing.so
    CUHOSTLINT_LIBCLANG="$work/nothing.so" run --no-cache bad.cu
    expect_status 2
    expect_one_error "nothing.so is no libclang: it has no function clang_"
fi

# One that no number tells from another build of it: nothing that depends on it is kept.
if command -v cc >/dev/null && [ -n "$library" ]; then
    cat >numberless.c <<'SOURCE'
#define _GNU_SOURCE
#include <dlfcn.h>
void *clang_createIndex(int exclude, int show)
{
    return ((void *(*)(int, int))dlsym(RTLD_NEXT, "clang_createIndex"))(exclude, show);
}
SOURCE
    cc -shared -fPIC numberless.c -o numberless.so -Wl,--build-id=none -Wl,--no-as-needed "$library"
    CUHOSTLINT_LIBCLANG="$work/numberless.so" run --precompile prefixes
    expect_status 2
    expect_one_error "nothing tells this libclang from another build of it"
    export CUHOSTLINT_LIBCLANG="$work/numberless.so" CUHOSTLINT_RESOURCE_DIR=/usr/lib/llvm-19/lib/clang/19
    for time in first second; do
        run --cache kept bad.cu
        expect_status 1
        cmp -s out expected || fail "it should find the same the $time time"
    done
    unset CUHOSTLINT_RESOURCE_DIR
fi
unset CUHOSTLINT_LIBCLANG

# None: where the system's libraries are out of sight, but for what the program itself needs.
libraries=/usr/lib/$(cc -dumpmachine 2>/dev/null || true)
mkdir needed
ldd "$program" | sed -n 's|^.*[[:space:]]\(/[^ ]*\) (0x.*|\1|p' | while read -r file; do cp "$file" needed; done
loader=$(ls needed/ld-linux*.so.* 2>/dev/null || true)
if [ -n "$loader" ] && [ -e "$libraries/libc.so.6" ] && ! ls needed/*san.so.* 2>/dev/null &&
    unshare -m mount -t tmpfs none "$libraries" 2>/dev/null; then
    last="cuhostlint bad.cu, without libclang"
    status=0
    unshare -m sh -c 'mount -t tmpfs none "$1"; exec "$2" --library-path needed "$3" --no-cache bad.cu' \
        sh "$libraries" "./$loader" "$program" >out 2>err </dev/null || status=$?
    expect_status 2
    expect_one_error "no libclang of version 17 to 22 was found: install the Debian package libclang1-19"
fi
