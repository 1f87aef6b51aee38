# The pattern of VS Code's task finds the lines of a report.
. "$(dirname "$0")/lib.sh"
grep -qP x /dev/null 2>/dev/null || [ $? -eq 1 ] || {
    echo "SKIPPED: this grep has no Perl patterns"
    exit 77
}
pattern=$(sed -n 's/^ *"regexp": "\(.*\)",$/\1/p' "$editors/vscode/tasks.json" | head -1 |
    sed 's/\\\\/\\/g')
cuhostlint a.cu >report || true
grep -P "$pattern" report >found
grep -qP '^a\.cu:9:9: error: .* \[already-pinned\]$' found
grep -qP '^a\.cu:7:9: note: ' found
[ "$(wc -l <found)" -eq 2 ] || {
    cat report found
    exit 1
}
