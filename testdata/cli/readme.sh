# What the README says is true: its rules, its options, its settings, its picture.
. "$(dirname "$0")/lib.sh"
readme=$root/README.md

run rules
expect_status 0
while read -r name level summary; do
    grep -qF "| [\`$name\`](rules/$name/$name.md) | $level | $summary |" "$readme" || fail "the README should list $name as $level: $summary"
    [ -f "$root/rules/$name/$name.md" ] || fail "$name has no page"
done <out
[ "$(grep -c '^| \[`' "$readme")" -eq "$(wc -l <out)" ] || fail "the README lists a rule that does not exist"

for command in check index link validate lsp; do
    run $command --help
    expect_status 0
    cat out >>help
done
mv help out
for option in $(grep -o -- '--[a-z][a-z-]*' "$readme" | sort -u); do
    case $option in
    --build | --target | --test-dir | --install | --full) ;; # of cmake, ctest and scripts/bench
    *) expect_text out " $option" ;;
    esac
done

# The settings in the README are good ones.
awk '/^```yaml/ { block = ""; inside = 1; next }
     /^```/ { if (inside && block ~ /^rules:/) printf "%s", block; inside = 0 }
     inside { block = block $0 "\n" }' "$readme" >.cuhostlint
[ -s .cuhostlint ] || fail "the README should show a .cuhostlint"
run --verify-config
expect_status 0
expect_silence err

# Every link leads somewhere.
grep -o '](\([^)]*\))' "$readme" | sed 's/^](//; s/)$//' | while read -r link; do
    [ -e "$root/$link" ] || fail "the README's link $link leads nowhere"
done

# Its commands work when they are copied, in a project that has what they name. Those that build or
# install have tests of their own, and validate needs a compiler.
mkdir -p project/src project/build home bin
ln -s "$program" bin/cuhostlint
cd project
cat >upload.cu <<'SOURCE'
#include <cuda_runtime.h>
#include <stdlib.h>

int upload(size_t n)
{
    float *p = (float *)malloc(n * sizeof *p);

    if (n == 0 || p == NULL)
        return 1;
    if (cudaHostRegister(p, n, cudaHostRegisterDefault) == cudaSuccess)
        (void)cudaHostUnregister(p);
    free(p);
    return 0;
}
SOURCE
cp upload.cu the-unsaved-text
echo '[{"directory": "'"$PWD"'", "file": "src/upload.cu", "command": "nvcc -c src/upload.cu"}]' \
    >build/compile_commands.json
git init -q
git add -A
git -c user.name=test -c user.email=test@example.invalid commit -q -m empty
git update-ref refs/remotes/origin/main HEAD
cp upload.cu src/upload.cu
git add -A
awk '/^```sh/ { inside = 1; next } /^```/ { inside = 0 } inside' "$readme" |
    grep -vE '^(scripts/|cmake )|validate' >../commands
[ "$(wc -l <../commands)" -ge 15 ] || fail "the README should show commands"
while read -r command; do
    last=$command
    status=0
    case $command in
    *scripts/*) folder=$root ;;
    *) folder=. ;;
    esac
    (cd "$folder" && HOME=$work/home PATH=$work/bin:$PATH sh -c "$command") \
        >../out 2>../err </dev/null || status=$?
    cp ../out ../err .
    [ "$status" -le 1 ] || fail "the README's command should work"
done <../commands
[ "$(wc -l <the-unsaved-text)" -eq 14 ] && ! cmp -s the-unsaved-text src/upload.cu ||
    fail "the README's --fix-dry-run should have given a patch to git"
[ -s "$work/home/.config/nvim/plugin/cuhostlint.lua" ] || fail "Neovim's file should be there"
cd ..

last="scripts/picture"
status=0
sh "$root/scripts/picture" "$program" >out 2>err || status=$?
expect_status 0
cmp -s out "$root/.github/picture.svg" ||
    fail "the picture is old; make it again: scripts/picture >.github/picture.svg"
