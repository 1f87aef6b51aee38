#!/bin/sh
# toolchains.sh CUHOSTLINT: what compiles the programs: nvcc, g++ or clang++ with libcudart, or
# nothing. Scripts stand for the compilers.
. "$(dirname "$0")/lib.sh"
source=$temporary/several.cu
mkdir "$kit/lib64" "$temporary/empty"

# ---- an nvcc that does not do what it should ----------------------------------------------------
printf '#!/bin/sh\necho "x.cpp(1): error: no such thing"\nexit 1\n' >"$kit/bin/nvcc"
chmod +x "$kit/bin/nvcc"
expect 0 '^inconclusive .*does not compile: .*no such thing'
printf '#!%s/nothing\n' "$temporary" >"$kit/bin/nvcc"
expect 0 '^inconclusive .*the compiler cannot be started'
printf '#!/bin/sh\nexit 0\n' >"$kit/bin/nvcc" # makes nothing
expect 0 '^inconclusive .*it cannot be started'
rm "$kit/bin/nvcc"

# ---- no nvcc ----------------------------------------------------------------------------------
# only NAME...: a PATH on which there are only these of the kit's compilers
only() {
    rm -rf "$temporary/path"
    mkdir "$temporary/path"
    for name in mkdir ls cat chmod grep "$@"; do
        tool=$(PATH=$kit/bin:$PATH command -v "$name")
        ln -s "$tool" "$temporary/path/$name"
    done
}
only
PATH=$temporary/path expect 0 '^inconclusive .*no compiler: neither nvcc nor g\+\+ nor clang\+\+ is here'
PATH=$temporary/path expect 0 'compiled by no compiler'
! grep 'they run on' "$temporary/output" || exit 1

compiler 'echo "confirmed: by g++"' g++
compiler 'echo "confirmed: by clang++"' clang++
only g++
PATH=$temporary/path expect 0 '^inconclusive .*no nvcc and no libcudart'

touch "$kit/lib64/libcudart.so"
PATH=$temporary/path expect 0 "compiled by $temporary/path/g\+\+ with the libcudart of $kit"
grep -q '^3 confirmed, 0 refuted, 1 inconclusive' "$temporary/output"
grep -Eq '^inconclusive .*unchecked-call +its kernel needs nvcc or clang' "$temporary/output"
grep -q -- "-I$kit/include .* -L$kit/lib64 .*-lcudart -Wl,-rpath,$kit/lib64 " "$temporary/g++.words"

touch "$kit/lib64/libcudart_static.a"
only g++ clang++
PATH=$temporary/path expect 0 '^4 confirmed'
grep -q -- '-lcudart_static -ldl -lrt -lpthread' "$temporary/g++.words"
[ "$(wc -l <"$temporary/clang++.words")" = 1 ]
grep -q -- "--cuda-path=$kit --cuda-gpu-arch=sm_75 .*\.cu " "$temporary/clang++.words"
PATH=$temporary/path expect 0 '^4 confirmed' --arch sm_90
grep -q -- '--cuda-gpu-arch=sm_90' "$temporary/clang++.words"

only clang++
PATH=$temporary/path expect 0 "compiled by $temporary/path/clang\+\+ with the libcudart of $kit"
grep -q '^4 confirmed' "$temporary/output"
