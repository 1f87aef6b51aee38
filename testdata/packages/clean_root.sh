# The Debian package in a root with nothing but Debian's essential packages: apt installs what it
# needs, and it runs. Needs root, debootstrap and the network.
. "$(dirname "$0")/lib.sh"
slow
[ "$(id -u)" -eq 0 ] || skip "needs root"
command -v debootstrap >/dev/null || skip "debootstrap is not installed"
suite=$(. /etc/os-release && echo "$VERSION_CODENAME")
command_works cpack --config "$build/CPackConfig.cmake" -G DEB -B "$work/package"
mkdir fresh
debootstrap --variant=minbase "$suite" "$work/fresh" >log 2>&1 ||
    { tail -3 log && skip "debootstrap could not make a root (no network?)"; }
cp package/*.deb fresh/tmp/cuhostlint.deb
# How this machine reaches its mirror holds there, too.
cp -r /etc/apt/apt.conf.d /etc/apt/sources.list.d fresh/etc/apt/
cp /etc/resolv.conf /etc/hosts fresh/etc/
rm -f fresh/etc/apt/sources.list.d/*node* fresh/etc/apt/sources.list.d/*google*
write_bad fresh/tmp/bad.cu
write_good fresh/tmp/good.cu

in_root() { command_works chroot "$work/fresh" /usr/bin/env -i PATH=/usr/sbin:/usr/bin:/sbin:/bin HOME=/tmp "$@"; }
in_root apt-get update
in_root apt-get install -y --no-install-recommends /tmp/cuhostlint.deb
in_root cuhostlint --version
expect_text out "clang version"
in_root cuhostlint /tmp/good.cu
last="cuhostlint in the fresh root"
status=0
chroot fresh /usr/bin/env -i HOME=/tmp cuhostlint /tmp/bad.cu >out 2>err </dev/null || status=$?
expect_status 1
expect_text out "[already-pinned]"
in_root apt-get remove -y cuhostlint
[ -z "$(find fresh/usr -name '*cuhostlint*')" ] || fail "removing the package should leave nothing"
