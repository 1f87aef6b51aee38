# Closed streams, small limits, odd folders for what is kept: the findings are the same, or one
# sentence says what is missing.
. "$(dirname "$0")/lib.sh"

mkdir many
for name in a b c d e; do write_bad many/$name.cu; done
write_bad bad.cu
run many
expect_status 1
cp out expected

# in_shell COMMAND: with what a shell can do to it; $p is the program.
in_shell() {
    last=$1
    status=0
    p=$program sh -c "$1" >out 2>err </dev/null || status=$?
}
expect_same() {
    expect_status 1
    expect_silence err
    cmp -s out expected || fail "the findings should be the same"
}

# Streams that are closed do not become files of the run.
in_shell 'exec "$p" many <&-' && expect_same
in_shell 'exec "$p" many 2>&-' && expect_same
in_shell 'exec "$p" --no-cache -o report many <&- >&- 2>&-'
mv report out
expect_same
in_shell 'exec "$p" many >&-'
expect_status 2
expect_one_error "cannot write the report: Bad file descriptor"
in_shell 'exec "$p" --stdin-filename bad.cu - <&-'
expect_status 2
expect_one_error "cannot read standard input, which stands for 'bad.cu'"

# Few files at a time; none that is large: what cannot be kept costs time, a report is not half a one.
in_shell 'ulimit -n 16; exec "$p" --no-cache -j8 many' && expect_same
in_shell 'ulimit -f 1; exec "$p" --cache small many >/dev/full'
expect_status 2
in_shell 'ulimit -f 1; exec "$p" --cache small --format json -o report.json many'
expect_status 2
expect_one_error "cannot write 'report.json': File too large"
[ ! -e report.json ] || fail "there should be no half report"
run --cache small many
expect_same

# Why the parser does not come is told, where it is there.
in_shell 'ulimit -n 5; exec "$p" --no-cache bad.cu'
if [ "$status" -eq 2 ]; then
    expect_one_error "cannot load libclang: "
    expect_text err "Too many open files"
fi
CUHOSTLINT_LIBCLANG=/nowhere/libclang.so in_shell 'exec "$p" --no-cache bad.cu'
expect_status 2
expect_one_error "cannot load \$CUHOSTLINT_LIBCLANG: there is no '/nowhere/libclang.so'"

# The parser does without the thread that it is not given.
other="setpriv --reuid=54321 --regid=54321 --clear-groups"
chmod a+rx . many
if $other test -x "$program" -a -r many/a.cu 2>/dev/null && bash -c 'ulimit -u 2' 2>/dev/null; then
    in_shell "exec $other bash -c 'ulimit -u 2; exec \"\$p\" --no-cache -j1 many'" && expect_same
fi

# What comes on standard input is read where there is no /proc, too.
if unshare -m mount -t tmpfs none /proc 2>/dev/null; then
    in_shell 'exec unshare -m sh -c "mount -t tmpfs none /proc; exec \"\$p\" --no-cache --stdin-filename bad.cu - <bad.cu"'
    expect_status 1
    expect_silence err
    expect_text out "bad.cu:9:9: error:"
fi

# Folders that are none: nothing is kept, nothing is said.
for folder in /dev/null /proc/self relative "$work/bad.cu/below" ""; do
    XDG_CACHE_HOME=$folder TMPDIR=$folder HOME=$folder run many
    expect_same
done
[ ! -e relative ] || fail "nothing should be kept in a folder of a relative name"

# Without a current folder, nothing is taken for it, least of all "/".
mkdir gone
in_shell 'cd gone && rmdir ../gone && exec "$p" --fix .'
expect_status 2
expect_one_error "cannot tell the current folder: No such file or directory"
in_shell 'mkdir gone && cd gone && rmdir ../gone && exec "$p" rules zero-size'
expect_status 0

# A folder that cannot be read, or has too long a name, is not called clean.
name=$(printf '%0250d' 0)
mkdir long
for i in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17; do
    mkdir next && mv long next/$name && mv next long
done
write_good long/good.cu
run long
expect_status 2
expect_one_error "cannot read the folder 'long/$name/"
expect_text err ": File name too long"
