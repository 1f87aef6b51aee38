# A header that is named is read through a source that includes it.
. "$(dirname "$0")/lib.sh"

through() { expect_text err "$1: arguments from $2, through '$3', which includes it"; }
alone() { expect_no_text err ", through '"; }

# A header that has its names from what stands before it, and one error.
write_pool() {
    cat >"$1" <<'SOURCE'
static inline int pool_pin(pool_size size)
{
    void *block;

    if (cudaMallocHost(&block, size) != cudaSuccess)
        return 1;
    if (PIN(block, size) != cudaSuccess)
        return 1;
    return 0;
}
SOURCE
}
# The source $1 that includes it as $2.
write_user() {
    cat >"$1" <<SOURCE
#include <cuda_runtime.h>
#define PIN(block, size) cudaHostRegister(block, size, cudaHostRegisterDefault)
typedef size_t pool_size;
#include $2
SOURCE
}

mkdir -p project/.git project/include project/src project/far/below
cd project
write_pool include/pool.cuh
run -v include/pool.cuh
expect_status 0 # its macros are unknown
alone

# Included by a header that a source includes: the names are there, and no other header is in sight.
echo '#include "pool.cuh"' >include/all.h
write_user src/main.cu '"../include/all.h"'
run -v include/pool.cuh
expect_status 1
expect_text out "include/pool.cuh:7:9: error: 'cudaHostRegister' on memory that is pinned already"
through include/pool.cuh defaults src/main.cu
run -v include/pool.cuh # from the cache
expect_status 1
through include/pool.cuh defaults src/main.cu

# It counts as the file that was linted, and its source does not.
run --format json --no-cache include/pool.cuh
expect_text out '"file": "include/pool.cuh"'
expect_no_text out 'src/main.cu'
run -q --stats include/pool.cuh
expect_text err "files                                                   1"

# A fix changes the header.
sed -i 's/    if (PIN(.*/    (void)cudaHostRegister(block, size, 0);/; 8d' include/pool.cuh
run --fix -q include/pool.cuh
expect_no_text include/pool.cuh "cudaHostRegister"
run include/pool.cuh
expect_status 0
write_pool include/pool.cuh

# The order: the nearest folder; there the language of the header, then its name, then the path.
write_user src/a.cpp '"../include/pool.cuh"'
write_user src/b.cu '"../include/pool.cuh"'
run -v include/pool.cuh
through include/pool.cuh defaults src/b.cu
write_user src/pool.cu '<include/pool.cuh>'
run -v include/pool.cuh
through include/pool.cuh defaults src/pool.cu
write_user include/near.cpp '"all.h"'
run -v include/pool.cuh
through include/pool.cuh defaults include/near.cpp
# What else is named does not matter, nor its order.
for others in "src/b.cu src/main.cu" "src/main.cu src/pool.cu src/a.cpp"; do
    run -v $others include/pool.cuh
    through include/pool.cuh defaults include/near.cpp
    run -v include/pool.cuh $others -j1
    through include/pool.cuh defaults include/near.cpp
done
rm include/near.cpp

# A source with a command of its own goes first, and its command holds.
mkdir build
cat >build/compile_commands.json <<JSON
[{"directory": "$PWD", "file": "src/a.cpp", "command": "g++ -DSIZE_OF_POOL=4096 -c src/a.cpp"}]
JSON
sed -i 's/cudaMallocHost(&block, size)/cudaMallocHost(\&block, SIZE_OF_POOL)/' include/pool.cuh
run -v include/pool.cuh
expect_status 1
through include/pool.cuh "$PWD/build/compile_commands.json" src/a.cpp
run -v -p build include/pool.cuh
through include/pool.cuh "$PWD/build/compile_commands.json" src/a.cpp
# Arguments of the user's are for the header itself.
run -v include/pool.cuh -- -x cuda
alone
rm -r build
write_pool include/pool.cuh

# A name beside the including file is another file: that source does not include this header.
rm src/*
mkdir other
write_good other/pool.cuh
write_user other/main.cu '"pool.cuh"'
run -v include/pool.cuh
alone
# Nor does one whose preprocessor leaves it out: then it is parsed alone all the same.
write_user src/off.cu '"../include/pool.cuh"'
sed -i '$i #if 0' src/off.cu
echo '#endif' >>src/off.cu
write_bad include/pool.cuh
run -v include/pool.cuh
expect_status 1
expect_text out "include/pool.cuh:9:9: error:"
expect_text err "parsed 2 times: not included by its source"
expect_text err "include/pool.cuh: parsed alone all the same"
run -v include/pool.cuh
expect_status 1
rm src/off.cu

# A header that stands in a namespace, in a class and in a function of its source.
cat >include/parts.inc <<'SOURCE'
static int part(void *block)
{
    PIN_TWICE
    return 0;
}
SOURCE
cat >src/parts.cu <<'SOURCE'
#include <cuda_runtime.h>
#define PIN_TWICE                                                                                  \
    if (cudaMallocHost(&block, 8) != cudaSuccess || cudaHostRegister(block, 8, 0) != cudaSuccess)  \
        return 1;
namespace outer
{
struct parts {
#include "../include/parts.inc"
};
}
SOURCE
# By itself it calls nothing: only its own folder is searched for its source.
run -v include/parts.inc
expect_status 0
expect_text err "include/parts.inc: not parsed"
sed 's,../include/,,' src/parts.cu >include/parts.cu
run -v include/parts.inc
expect_status 1
expect_text out "include/parts.inc:3:5: error:"
through include/parts.inc defaults include/parts.cu
rm include/parts.*

# Unsaved text stands for the header.
write_user src/main.cu '"../include/pool.cuh"'
echo >include/pool.cuh
write_pool text
last="cuhostlint --stdin-filename include/pool.cuh"
status=0
"$program" --stdin-filename include/pool.cuh - <text >out 2>err || status=$?
expect_status 1
expect_text out "include/pool.cuh:7:9: error:"

# Without any mark of a project, sources near the header are found where the user stands above.
rm -r .git
write_pool include/pool.cuh
run -v include/pool.cuh
expect_status 1
through include/pool.cuh defaults src/main.cu
cd include
run -v pool.cuh
expect_status 0
alone
