# The Debian package and the tarball: good, runnable, the same bytes each time.
. "$(dirname "$0")/lib.sh"
command -v dpkg-shlibdeps >/dev/null || skip "dpkg-dev is not installed"
export SOURCE_DATE_EPOCH=1700000000
for folder in first second; do
    command_works cpack --config "$build/CPackConfig.cmake" -B "$work/$folder"
    rm -rf "$folder/_CPack_Packages"
done
for package in first/*; do
    cmp -s "$package" "second/${package#*/}" || fail "${package#*/} should be the same each time"
done

command_works dpkg-deb -f first/*.deb Depends Description
expect_text out "libclang1-19 | libclang1-22"
expect_text out "libjansson4"
expect_text out "Description: Static checker"
command_works dpkg-deb -x first/*.deb "$work/debian"
check_installed "$work/debian/usr"
[ -f debian/usr/share/doc/cuhostlint/copyright ] || fail "the package should hold its licence"
command_works gzip -t debian/usr/share/man/man1/cuhostlint.1.gz debian/usr/share/doc/cuhostlint/changelog.gz

mkdir tarball
command_works tar -xf first/*.tar.gz -C tarball --strip-components=1
check_installed "$work/tarball"
if command -v lintian >/dev/null; then
    command_works lintian --allow-root --suppress-tags bogus-mail-host,bogus-mail-host-in-debian-changelog \
        --fail-on error first/*.deb
fi
