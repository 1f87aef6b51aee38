# What the tests of editors share: sh EDITOR.sh PROGRAM SOURCE_ROOT
set -eu
program=$(readlink -f "$1")
editors=$(readlink -f "$2")/scripts/editors
here=$(dirname "$(readlink -f "$0")")
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
mkdir "$work/bin" "$work/home"
ln -s "$program" "$work/bin/cuhostlint"
PATH=$work/bin:$PATH
export PATH HOME="$work/home" LC_ALL=C.UTF-8
unset XDG_CONFIG_HOME XDG_DATA_HOME XDG_STATE_HOME XDG_CACHE_HOME
cd "$work"

need() {
    command -v "$1" >/dev/null && return
    echo "SKIPPED: $1 is not installed"
    exit 77
}

cp "$here/../pin_twice.cu" a.cu # one error (already-pinned) in line 9
