#!/bin/sh
# interrupt.sh CUHOSTLINT: Ctrl-C and its like while validate runs: no process and no folder stays,
# and validate ends by the signal.
. "$(dirname "$0")/lib.sh"

# A shell's background command ignores SIGINT, for good.
env --default-signal=INT true 2>/dev/null || exit 77

# interrupted SIGNAL WORD...: sends the signal once a process has left its number in `child`
interrupted() {
    signal=$1
    shift
    rm -f "$temporary/child"
    env --default-signal=INT "$cuhostlint" "$@" >"$temporary/output" 2>&1 &
    program=$!
    tried=0
    until [ -s "$temporary/child" ]; do
        sleep 0.05
        tried=$((tried + 1))
        [ "$tried" -lt 1200 ]
    done
    kill -s "$signal" "$program"
    status=0
    wait "$program" || status=$?
    [ "$status" = $((128 + $(kill -l "$signal" 2>/dev/null | grep -x '[0-9]*' || number "$signal"))) ]
    [ -z "$(ls "$TMPDIR")" ]
    expect_death "$(cat "$temporary/child")"
}

number() {
    case $1 in HUP) echo 1 ;; INT) echo 2 ;; TERM) echo 15 ;; esac
}

waits="sleep 1000 & echo \$! >$temporary/child.new; mv $temporary/child.new $temporary/child; wait"

for signal in INT TERM HUP; do
    # while a compiler runs,
    printf '#!/bin/sh\ntouch "$TMPDIR/left"\n%s\n' "$waits" >"$kit/bin/nvcc"
    chmod +x "$kit/bin/nvcc"
    interrupted "$signal" validate --no-cache --cuda-path "$kit" "$source"
    # while a program runs,
    compiler "$waits"
    interrupted "$signal" validate --no-cache --cuda-path "$kit" --keep "$temporary/kept" "$source"
    [ -f "$temporary/kept/zero-size.source.cu-4.cpp" ]
done

# and while a user's program runs, which hears of Ctrl-C itself.
printf '#!/bin/sh\necho $$ >%s/child.new; mv %s/child.new %s/child\nexec sleep 1000\n' \
    "$temporary" "$temporary" "$temporary" >"$temporary/program"
chmod +x "$temporary/program"
interrupted TERM validate --no-cache --run "$source" -- "$temporary/program"
