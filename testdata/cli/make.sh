# Under `make -j` the checker works with make's tokens and gives them back.
. "$(dirname "$0")/lib.sh"
command -v make >/dev/null || {
    echo "make is not installed"
    exit 77
}
for i in 1 2 3 4; do
    cp "$root/testdata/question/"*.cu .
    for file in *.cu; do cp "$file" "$i-$file"; done
done

# `tokens` waits until make has three tokens to give, and takes none: they must have come back.
cat >tokens <<'END'
#!/usr/bin/env python3
import os, re, sys, select, time
auth = re.findall(r"--jobserver-(?:auth|fds)=(\S+)", os.environ["MAKEFLAGS"])[-1]
if auth.startswith("fifo:"):
    file = os.open(auth[5:], os.O_RDWR | os.O_NONBLOCK)
else:
    file = os.open("/proc/self/fd/" + auth.split(",")[0], os.O_RDONLY | os.O_NONBLOCK)
    back = int(auth.split(",")[1])
try:
    got = os.read(file, 10)
except BlockingIOError:
    got = b""
os.write(file if auth.startswith("fifo:") else back, got)
print("tokens:", len(got))
END
printf 'all:\n\t+%s --quiet --no-cache --fail-on never *.cu >found\n\t+python3 ./tokens\n' "$program" >Makefile
command -v python3 >/dev/null || {
    echo "python3 is not installed"
    exit 77
}

"$program" --quiet --no-cache --fail-on never *.cu >expected
styles=pipe
make --help | grep -q jobserver-style && styles="pipe fifo"
for style in $styles; do
    last="make -j4 ($style)"
    status=0
    if [ "$styles" = pipe ]; then
        make -j4 >out 2>err || status=$?
    else
        make -j4 --jobserver-style=$style >out 2>err || status=$?
    fi
    expect_status 0
    expect_text out "tokens: 3"
    cmp found expected || fail "make should not change the findings"
done

# A FIFO, as make 4.4 has it, whichever make is there; with tokens that are given back in any case.
mkfifo fifo waiting.h
exec 9<>fifo
printf abc >&9
tokens_are_back() {
    MAKEFLAGS="-j4 --jobserver-auth=fifo:$work/fifo" python3 ./tokens >out
    expect_text out "tokens: 3"
}
last="with a FIFO"
MAKEFLAGS="-j4 --jobserver-auth=fifo:$work/fifo" "$program" --quiet --no-cache -j4 --fail-on never *.cu >found
cmp found expected || fail "make should not change the findings"
tokens_are_back
mkdir wait
for name in a b c; do printf '#include "../waiting.h"\nauto *f = cudaHostRegister;\n' >wait/$name.cu; done
last="with a FIFO, ended by SIGTERM"
MAKEFLAGS="-j4 --jobserver-auth=fifo:$work/fifo" "$program" --quiet --no-cache -j3 wait/*.cu >out 2>err &
sleep 1 # they wait for the header, with two tokens
kill -TERM $!
status=0
wait $! || status=$?
[ "$status" -eq 143 ] || fail "it should end by the signal"
tokens_are_back
exec 9>&-

# Several recipes at once share the tokens: each goes on with what it has, and all come back.
printf 'all: a b c\n\t+python3 ./tokens\na b c:\n\t+%s --quiet --no-cache --fail-on never -j4 1-*.cu >found-$@\n' \
    "$program" >Makefile
"$program" --quiet --no-cache --fail-on never 1-*.cu >expected-part
last="make -j3, three recipes"
status=0
timeout 500 make -j3 >out 2>err || status=$?
expect_status 0
expect_text out "tokens: 2"
for recipe in a b c; do
    cmp found-$recipe expected-part || fail "make should not change the findings"
done

# Without the "+" make keeps its pipe to itself: one worker, and no complaint.
printf 'all:\n\t%s --quiet --no-cache --fail-on never *.cu >found\n' "$program" >Makefile
last="make -j4 without +"
status=0
make -j4 >out 2>err || status=$?
expect_status 0
expect_silence err
cmp found expected || fail "make should not change the findings"
