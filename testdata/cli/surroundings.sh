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

# A stack that is too small is made larger, or it is said: what is found depends on none.
awk 'BEGIN { print "int f(int a) { return a"; for (i = 0; i < 8000; i++) print "+a"; print "; }" }' |
    cat - bad.cu >deep.cu
run --no-cache deep.cu
expect_status 1
cp out expected.deep
in_shell 'ulimit -S -s 64; exec "$p" --no-cache deep.cu'
expect_status 1
cmp -s out expected.deep || fail "the findings should be the same"
in_shell 'ulimit -s 1024; exec "$p" --no-cache many' && expect_same
in_shell 'ulimit -s 16; exec "$p" --no-cache many'
expect_status 2
expect_silence out
expect_one_error "the stack is limited to less than 256 KiB"

# Why the parser does not come is told, where it is there.
in_shell 'ulimit -n 5; exec "$p" --no-cache bad.cu'
if [ "$status" -eq 2 ]; then
    expect_one_error "cannot load libclang: "
    expect_text err "Too many open files"
fi
CUHOSTLINT_LIBCLANG=/nowhere/libclang.so in_shell 'exec "$p" --no-cache bad.cu'
expect_status 2
expect_one_error "cannot load \$CUHOSTLINT_LIBCLANG: there is no '/nowhere/libclang.so'"

for files in 4 5 6 7 8; do # fewer than what it takes at once
    in_shell "ulimit -n $files; exec \"\$p\" --no-cache many"
    case $status in
    1) expect_same ;;
    2 | 3) grep -q '^cuhostlint: error: .*Too many open files$' err || fail "the reason should be told" ;;
    127) grep -q 'loading shared libraries' err || fail "only the linker may fail so" ;;
    *) fail "it should not die, nor call the files clean" ;;
    esac
done
for size in 20000 100000 200000; do # KiB of address space
    in_shell "ulimit -v $size; exec \"\$p\" --no-cache many"
    [ "$status" -eq 127 ] || [ ! -s out ] || expect_same
    [ "$status" -eq 1 ] || [ "$status" -eq 127 ] || [ "$status" -eq 3 ] || expect_one_error "cannot load libclang: "
done

# The parser does without the thread that it is not given.
other="setpriv --reuid=54321 --regid=54321 --clear-groups"
chmod a+rx . many
if $other test -x "$program" -a -r many/a.cu 2>/dev/null && bash -c 'ulimit -u 2' 2>/dev/null; then
    in_shell "exec $other bash -c 'ulimit -u 2; exec \"\$p\" --no-cache -j1 many'" && expect_same
    in_shell "exec $other bash -c 'ulimit -u 1; exec \"\$p\" --no-cache many'"
    expect_status 3
    expect_one_error "cannot start a worker process: Resource temporarily unavailable"
    # The language server goes on without one, and says so.
    send() { printf 'Content-Length: %d\r\n\r\n%s' ${#1} "$1"; }
    {
        send '{"jsonrpc":"2.0","id":1,"method":"initialize","params":{"processId":null,"rootUri":null,"capabilities":{}}}'
        send '{"jsonrpc":"2.0","method":"textDocument/didOpen","params":{"textDocument":{"uri":"file:///a.cu","languageId":"cuda","version":1,"text":"auto *f = cudaHostRegister;"}}}'
        sleep 1 # a check begins a moment after the last change
        send '{"jsonrpc":"2.0","id":2,"method":"shutdown"}'
        send '{"jsonrpc":"2.0","method":"exit"}'
    } |
        $other bash -c 'ulimit -u 1; exec "$0" lsp' "$program" >out 2>err
    last="cuhostlint lsp, without processes"
    expect_text out "no process can be started"
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

last="cuhostlint many, with an empty environment"
status=0
env -i "$program" many >out 2>err </dev/null || status=$?
expect_same
if unshare -m mount -t tmpfs none /mnt 2>/dev/null; then # a home, and /tmp, that cannot be written
    mkdir home
    in_shell 'exec unshare -m sh -c "mount -t tmpfs -o ro none home; HOME=\$PWD/home XDG_CACHE_HOME= exec \"\$p\" many"'
    expect_same
    case $program in
    /tmp/*) ;;
    *)
        in_shell 'exec unshare -m sh -c "mount --bind . /mnt; cd /mnt; mount -t tmpfs -o ro none /tmp; exec \"\$p\" many"'
        expect_same ;;
    esac
fi

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
