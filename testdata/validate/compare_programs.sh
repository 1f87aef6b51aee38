#!/bin/sh
# compare_programs.sh CUHOSTLINT [--update]: the reproducers of this folder's sources are those in
# programs/, byte for byte, and compile where there is a compiler for them.
set -eu

here=$(dirname "$(readlink -f "$0")")
temporary=$(mktemp -d)
trap 'rm -rf "$temporary"' EXIT

# In a folder of their own, so that places read the same wherever the checkout lies.
mkdir "$temporary/sources"
cp "$here/rules.cu" "$here/driver.c" "$temporary/sources"
"$1" validate --quiet --no-cache --dry-run --keep "$temporary/programs" "$temporary/sources" \
    >"$temporary/table"
if [ "${2:-}" = --update ]; then
    rm -rf "$here/programs"
    cp -r "$temporary/programs" "$here/programs"
fi
diff -r "$here/programs" "$temporary/programs"
if grep 'does not compile' "$temporary/table"; then
    exit 1
fi
