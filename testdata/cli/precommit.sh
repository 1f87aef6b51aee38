# The hooks in the real pre-commit: sh precommit.sh PROGRAM SOURCE_ROOT HOOK
. "$(dirname "$0")/lib.sh"
hook=$3
command -v pre-commit >/dev/null || skip "pre-commit is not installed"
command -v git >/dev/null || skip "git is not installed"

export CMAKE_BUILD_TYPE=None # without the optimizer: this build is thrown away
export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_SYSTEM=/dev/null PRE_COMMIT_HOME=$work/pre-commit
export GIT_AUTHOR_NAME=test GIT_AUTHOR_EMAIL=test@example.invalid
export GIT_COMMITTER_NAME=test GIT_COMMITTER_EMAIL=test@example.invalid

# The checker as a repository that pre-commit can clone: the work tree as it is now.
copy_sources checker
git -C checker init -q
git -C checker add -A
git -C checker commit -q -m snapshot

# The hook for an installed program finds it on PATH.
mkdir bin
ln -s "$program" bin/cuhostlint
PATH=$work/bin:$PATH

mkdir project
cd project
git init -q
cat >.pre-commit-config.yaml <<CONFIG
repos:
  - repo: $work/checker
    rev: $(git -C "$work/checker" rev-parse HEAD)
    hooks:
      - id: $hook
CONFIG
git add .pre-commit-config.yaml
pre-commit install >/dev/null

commit() {
    last="git commit of $*"
    git add "$@"
    status=0
    git commit -m "add $*" >out 2>err || status=$?
    cat err >>out # pre-commit prints hooks' output on standard error
}

write_good good.cu
commit good.cu
expect_status 0
expect_text out "Passed"

write_bad bad.cu
commit bad.cu
expect_status 1
expect_text out "bad.cu:9:9: error:"
expect_text out "[already-pinned]"
git reset -q bad.cu
rm bad.cu

# Headers count, .cuh too; other files do not.
write_bad bad.cuh
commit bad.cuh
expect_status 1
expect_text out "[already-pinned]"
git reset -q bad.cuh
rm bad.cuh
write_bad notes.txt
commit notes.txt
expect_status 0
expect_text out "no files to check"

# A header that has its names from the sources that include it is linted through one of them, which
# need not be part of the commit.
cat >main.cu <<'SOURCE'
#include <cuda_runtime.h>
#define PIN(block, size) cudaHostRegister(block, size, cudaHostRegisterDefault)
typedef size_t pool_size;
#include "pool.h"
SOURCE
: >pool.h
commit main.cu pool.h
expect_status 0
cat >pool.h <<'SOURCE'
static inline int pool_pin(pool_size size)
{
    void *block;

    if (cudaMallocHost(&block, size) != cudaSuccess)
        return 1;
    return PIN(block, size) != cudaSuccess;
}
SOURCE
commit pool.h
expect_status 1
expect_text out "pool.h:7:12: error: 'cudaHostRegister' on memory that is pinned already"
sed -i 's/PIN(block, size)/cudaFreeHost(block)/' pool.h
commit pool.h
expect_status 0
expect_text out "Passed"

# What cannot be linted stops the commit, with the documented status and a clear word.
printf '\0' >binary.cu
commit binary.cu
expect_status 1
expect_text out "exit code: 2"
expect_text out "'binary.cu' is a binary file"
