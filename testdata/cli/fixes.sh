# Fixes, over the rules' own test data: after --fix each fixed finding is gone, nothing new is found,
# and every file parses as well as before. The patch and the export make the same of it.
. "$(dirname "$0")/lib.sh"
command -v jq >/dev/null || skip "jq is not installed"
command -v git >/dev/null || skip "git is not installed"

rules="address-of-pointer already-pinned freed-while-registered invalid-flags mismatched-free
    size-mismatch unchecked-call"
mkdir sources
for folder in $rules fixes; do
    cp -r "$root/testdata/$folder" sources
done
cp "$root"/testdata/*.h sources
git init -q sources
cp -r sources original

# Each finding as "file rule fixable?", and each file with how well it parsed.
lint() {
    run -q --format json --fail-on never sources
    expect_status 0
    jq -r '.findings[] | "\(.file) \(.rule) \(.fixes | length > 0)"' out >"$1.findings"
    jq -r '.files[] | "\(.file) \(.status)"' out >"$1.files"
}

# compare BEFORE AFTER: of no file and rule are there more findings than had no fix before.
compare() {
    awk 'NR == FNR { most[$1 " " $2] += $3 == "false"; next }
         ++left[$1 " " $2] > most[$1 " " $2] { print "new, or not gone: " $0; wrong = 1 }
         END { exit wrong }' "$1.findings" "$2.findings" >out || fail "the fixes do not hold"
    diff "$1.files" "$2.files" >out || fail "files parse worse than before"
}

reset_sources() {
    rm -rf sources
    cp -r original sources
}

lint before
fixable=$(grep -c ' true$' before.findings)
[ "$fixable" -ge 50 ] || fail "only $fixable findings have a fix"
for rule in $rules; do
    grep -q " $rule true\$" before.findings || fail "no finding of $rule has a fix"
done

# In place.
run --fix --fail-on never sources
expect_status 0
expect_text err "$fixable findings fixed"
expect_no_text err "left out"
cp -r sources fixed
lint after
compare before after
run --fix-dry-run --fail-on never sources
expect_text err "0 findings would be fixed"

# As a patch, of which one part is known to the letter.
reset_sources
mkdir exported
run --fix-dry-run --export-fixes exported/fixes.yaml --fail-on never --format text=report.txt sources
expect_status 0
mv out changes
awk '/^--- / { keep = index($2, "a/fixes/") } keep' changes >known
diff "$root/testdata/fixes/expected.diff" known >out || fail "the fixes of testdata/fixes are others"
for tool in "git apply" "patch -s -p1"; do
    command -v "${tool%% *}" >/dev/null || continue
    reset_sources
    (cd sources && $tool <../changes) >out 2>err || fail "$tool does not take the patch"
    diff -r fixed sources >out || fail "$tool makes something else of the patch"
done

# By LLVM's own tool.
if command -v clang-apply-replacements-19 >/dev/null; then
    reset_sources
    clang-apply-replacements-19 exported >out 2>err ||
        fail "clang-apply-replacements does not take the export"
    diff -r fixed sources >out || fail "clang-apply-replacements makes something else of the export"
else
    echo "SKIPPED: clang-apply-replacements-19 is not installed: the export was not applied"
fi

# A fix that the rule cannot know to be wrong (here another 'must' hides the one that is meant) is
# offered nowhere; one in the way of another is, by reports.
cat >hidden.cu <<'SOURCE'
#include <cuda_runtime.h>
#include <cstdlib>

void must(cudaError_t status)
{
    if (status != cudaSuccess)
        std::abort();
}

struct range {
    char *first, *last;
};

struct pinner {
    void must(range r);
    void pin(void *p)
    {
        cudaHostRegister(p, 64, 0);
        (void)cudaHostUnregister(p);
    }
};

void pin(void *p)
{
    cudaHostRegister(p, 64, cudaHostAllocMapped);
    must(cudaHostUnregister(p));
}
SOURCE
run -q --format json=found.json --format sarif=found.sarif --format text hidden.cu
expect_status 1
[ "$(jq -c '[.findings[] | [.line, .rule, (.fixes | length)]]' found.json)" = \
    '[[18,"unchecked-call",0],[25,"invalid-flags",1],[25,"unchecked-call",1]]' ] ||
    fail "JSON should offer the fixes that hold"
[ "$(jq -c '[.runs[0].results[] | (.fixes // []) | length]' found.sarif)" = '[0,1,1]' ] ||
    fail "SARIF should offer the fixes that hold"
[ "$(grep -c '^      |  *must(cudaHostRegister' out)" -eq 1 ] ||
    fail "the text should offer the fixes that hold"
run --fix-dry-run --format text=report.txt hidden.cu
expect_text err "1 finding would be fixed"
expect_text err "1 fix in the way of others: run again"
expect_text err "1 fix left out: the code would be no better"
