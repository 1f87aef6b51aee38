# .cuhostlint: found upwards, merged with the command line, wrong ones told with their place.
. "$(dirname "$0")/lib.sh"

mkdir -p project/src/deep project/third_party
write_bad project/src/deep/bad.cu
write_bad project/third_party/bad.cu
mkdir project/.git # where the search ends

# Rules and levels of the nearest file; the command line wins.
echo 'rules: "all,-already-pinned"' >project/.cuhostlint
run project/src/deep/bad.cu
expect_status 0
expect_silence out
run --rules already-pinned project/src/deep/bad.cu
expect_status 1
echo 'fail-on: never' >project/src/.cuhostlint
run project/src/deep/bad.cu
expect_status 0
expect_text out "[already-pinned]"
run --fail-on error project/src/deep/bad.cu
expect_status 1
run project
expect_status 0
expect_text out "project/src/deep/bad.cu:9:9"
expect_no_text out "third_party"
run --config project/.cuhostlint project/src/deep/bad.cu
expect_status 0
expect_silence out

# Parts of a project.
rm project/src/.cuhostlint
cat >project/.cuhostlint <<'CONFIG'
paths:
  - {path: "third_party/**", lint: false}
CONFIG
run project
expect_status 1
expect_no_text out "third_party"
cat >project/.cuhostlint <<'CONFIG'
paths:
  - {path: "third_party/**", rules: "-already-pinned"}
CONFIG
run project
expect_status 1
expect_no_text out "third_party"

# A project's own functions.
cat >project/own.cu <<'SOURCE'
#include <cuda_runtime.h>
#include <stddef.h>
extern void *my_pinned_alloc(size_t size);
extern cudaError_t my_pin(void *block, size_t size, unsigned flags);

bool pin(void)
{
    void *block = my_pinned_alloc(4096);
    return block != nullptr && my_pin(block, 4096, 0) == cudaSuccess;
}
SOURCE
run project/own.cu
expect_status 0
expect_silence out
cat >project/.cuhostlint <<'CONFIG'
functions:
  - name: my_pinned_alloc
    allocates: {kind: pinned, result: return, size: 0, fails-with: null}
  - name: my_pin
    registers: {pointer: 0, size: 1, flags: 2, status: return}
CONFIG
run project/own.cu
expect_status 1
expect_text out "own.cu:9:32: error:"
expect_text out "[already-pinned]"

# Levels are the project's; the last item that names a rule holds.
mkdir -p levels
write_bad levels/bad.cu
cat >levels/.cuhostlint <<'CONFIG'
levels:
  "*": warning
  already-pinned: note
  register-leak: error
CONFIG
run levels
expect_status 0
expect_text out "levels/bad.cu:9:9: note: "
run --fail-on note levels
expect_status 1
run --dump-config levels
expect_text out 'levels:'
expect_text out '  "already-pinned": note'
(cd levels && "$program" --list-rules) >out
expect_text out "already-pinned           note "
expect_text out "zero-size                warning "
run --format sarif levels
expect_text out '"level": "note"'
printf 'levels:\n  already-pined: note\n  zero-size: fatal\n' >levels/.cuhostlint
run --verify-config levels
expect_status 2
expect_text err ".cuhostlint:2:3: unknown rule 'already-pined'; did you mean 'already-pinned'?"
expect_text err ".cuhostlint:3:14: unknown level 'fatal'"
printf 'levels: [error]\n' >levels/.cuhostlint
run levels
expect_status 2
expect_one_error ".cuhostlint:1:9: 'levels' must map rules to levels"

# What is wrong is told with its place, and other projects are still linted.
printf 'rules: all\nfailon: error\n' >project/.cuhostlint
write_bad elsewhere.cu
run elsewhere.cu project/src/deep/bad.cu
expect_status 2
expect_one_error "project/.cuhostlint:2:1: "
expect_text out "elsewhere.cu:9:9"
expect_no_text out "deep"
run --verify-config project/src/deep/bad.cu
expect_status 2
expect_one_error ".cuhostlint:2:1: "

# --verify-config tells everything.
printf 'rulez: all\nfail-on: fatal\n' >several.yaml
run --verify-config --config several.yaml
expect_status 2
expect_lines err 2
expect_text err "several.yaml:1:1: "
expect_text err "several.yaml:2:10: "
run elsewhere.cu --config several.yaml
expect_status 2
expect_one_error "several.yaml:1:1: "
run --config missing.yaml elsewhere.cu
expect_status 2
expect_silence out
expect_one_error "missing.yaml"

# What --dump-config prints means the same again.
printf 'rules: "-*,zero-size"\nfail-on: note\n' >project/.cuhostlint
run --dump-config project/src/deep/bad.cu
expect_status 0
cp out dumped.yaml
run --config dumped.yaml --dump-config project/src/deep/bad.cu
expect_status 0
grep -v '^#' out >second
grep -v '^#' dumped.yaml | cmp -s - second || fail "a dump should read back to the same"
