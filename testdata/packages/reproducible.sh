# Two builds in two folders give the same bytes.
. "$(dirname "$0")/lib.sh"
slow
export SOURCE_DATE_EPOCH=1700000000
copy_sources one
mkdir -p elsewhere/deeper
cp -a one elsewhere/deeper/two
for folder in one elsewhere/deeper/two; do
    command_works cmake -S "$folder" -B "$folder/build" -DBUILD_TESTING=OFF -DCUHOSTLINT_REVISION=test
    command_works cmake --build "$folder/build" --parallel "$(nproc)"
    (cd "$folder/build" && command_works cpack)
done
for file in cuhostlint cuhostlint.1 cuhostlint_*.deb cuhostlint-*.tar.gz; do
    cmp one/build/$file elsewhere/deeper/two/build/$file >out 2>&1 || fail "$file should be the same"
done
