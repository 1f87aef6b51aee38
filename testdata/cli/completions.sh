# Completion in the real shells: sh completions.sh PROGRAM SOURCE_ROOT SHELL
. "$(dirname "$0")/lib.sh"
shell=$3
command -v "$shell" >/dev/null || skip "$shell is not installed"
mkdir bin
ln -s "$program" bin/cuhostlint
PATH=$work/bin:$PATH
export HOME=$work
touch "my source.cu"
mkdir build
status=0

# complete LINE: what the shell offers at the end of LINE, one a line, without descriptions
case $shell in
bash)
    complete() {
        bash -c '. "$0" && compopt() { :; }
            read -ra COMP_WORDS <<<"$(sed "s/=/ = /g" <<<"$1")" && [[ $1 != *" " ]] || COMP_WORDS+=("")
            COMP_CWORD=$((${#COMP_WORDS[@]} - 1)) && _cuhostlint cuhostlint
            printf "%s\n" "${COMPREPLY[@]}"' "$root/scripts/completions/cuhostlint.bash" "$1"
    }
    ;;
fish)
    complete() {
        fish --no-config -c 'source $argv[1]; complete -C$argv[2]' \
            "$root/scripts/completions/cuhostlint.fish" "$1" | cut -f1
    }
    ;;
zsh)
    complete() { zsh -f "$root/testdata/cli/complete.zsh" "$root/scripts/completions" "$1"; }
    ;;
esac

# offers LINE WANTED...: the shell offers these words, among others or not
offers() {
    last="completing '$1' in $shell"
    complete "$1" 2>err | sed 's,/$,,' >out
    shift
    for wanted; do
        grep -qxF -- "$wanted" out || fail "it should offer: $wanted"
    done
}

offers "cuhostlint --f" --format --fail-on --fix --fix-dry-run
expect_no_text out --baseline
offers "cuhostlint --jo" --jobs
offers "cuhostlint validate --k" --keep
offers "cuhostlint link --k"
expect_no_text out --keep
offers "cuhostlint r" rules
offers "cuhostlint rules un" unchecked-call unpinnable-mapping
offers "cuhostlint --format s" sarif
expect_no_text out "site"
offers "cuhostlint --fail-on " error warning note never
offers "cuhostlint -p " build
expect_no_text out "my source"
case $shell in # what stands before the item of a list: zsh inserts it, the others offer it
zsh) offers "cuhostlint --rules all,-zero" zero-size ;;
*) offers "cuhostlint --rules all,-zero" all,-zero-size ;;
esac
offers "cuhostlint --rules already-p" already-pinned
