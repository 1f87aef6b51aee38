# What was precompiled for the program when it was built or installed: a first run finds it, and it
# changes nothing but the time, whatever happened to it.
. "$(dirname "$0")/lib.sh"

mkdir -p alone bin lib
cp "$program" alone/cuhostlint
cp "$program" bin/cuhostlint
run --precompile bin/cuhostlint-prefixes
[ "$status" -eq 0 ] || skip "$(cat err)"
mkdir sources # where no compile command is near
cp "$root"/testdata/ir/*.cu "$root"/testdata/question/*.cu "$root/testdata/bench/plain.cu" sources
echo '#include <hip/hip_runtime.h>
void pin(void *p) { (void)hipHostRegister(p, 16, 0); }' >sources/a.hip
ls "$work"/sources/* >names

printf '%s\n' "$work/sources/plain.cu" "$work/sources/a.hip" >few

# Each file in a process of its own: unit and findings.
look() { # PROGRAM NAMES
    program=$work/$1
    while read -r name; do
        run --no-cache --dump-ir "$name"
        cat out
        run --no-cache "$name"
        cat out err
    done <"$2"
}
for names in names few; do
    look alone/cuhostlint $names >$names.without
done
grep -q cudaHostRegister few.without && grep -q hipHostRegister few.without ||
    fail "there should be units"
same() { # WHAT NAMES
    look bin/cuhostlint "$2" >with
    cmp with "$2.without" >out 2>&1 || fail "$1: units and findings should be the same"
}

# Whether an entry is read shows in its time of access, where the file system keeps that.
is_used() { # FOLDER
    find "$1" -type f -exec touch -a -d 2001-01-01 {} +
    program=$work/bin/cuhostlint
    run --no-cache sources/plain.cu
    [ -n "$(find "$1" -name '*.u' -newerat 2002-01-01)" ]
}
echo text >control && touch -a -d 2001-01-01 control && cat control >out
has_times=$(find control -newerat 2002-01-01)
expect_used() { [ -z "$has_times" ] || is_used "$1" || fail "what is in $1 should be used"; }
expect_unused() { ! is_used "$1" || fail "what is in $1 should not be used"; }

same "as it was made" names
expect_used bin/cuhostlint-prefixes
[ "$(find bin/cuhostlint-prefixes -name '*.u' | wc -l)" -ge 5 ] || fail "there should be several"

# Other times of its files; nothing is written there.
find bin/cuhostlint-prefixes -exec touch -m -d 2001-01-01 {} +
find bin/cuhostlint-prefixes -printf '%p %m %s %T@\n' | sort >before
same "with other times" few
find bin/cuhostlint-prefixes -printf '%p %m %s %T@\n' | sort >after
cmp before after >out || fail "an installation should not be changed"

# Moved with the program.
mv bin moved && mkdir bin && cp -r moved/* bin
expect_used bin/cuhostlint-prefixes
rm -r moved

# What the environment says of headers counts; what it says of libraries does not: libclang is known.
export LD_LIBRARY_PATH="$work"
expect_used bin/cuhostlint-prefixes
unset LD_LIBRARY_PATH
export CPATH="$work"
expect_unused bin/cuhostlint-prefixes
unset CPATH

# What is wrong with it is as if it were not there.
cp -r bin/cuhostlint-prefixes good
damage() { # WHAT COMMAND...: with the name of each file
    find bin/cuhostlint-prefixes -type f -name "$2" | while read -r file; do
        (eval "$3")
    done
    same "$1" few
    rm -rf bin/cuhostlint-prefixes && cp -r good bin/cuhostlint-prefixes
}
damage "cut short" '*.u' 'truncate -s 300000 "$file"'
damage "other bytes" '*.u' 'printf xyz | dd of="$file" bs=1 seek=200000 conv=notrunc 2>/dev/null'
damage "lists cut short" '*.m' 'truncate -s 5000 "$file"'
damage "no lists" '*.m' 'rm "$file"'
damage "empty files" '*' ': >"$file"'
damage "folders in place of files" '*' 'rm "$file" && mkdir "$file"'
rm -r bin/cuhostlint-prefixes && echo text >bin/cuhostlint-prefixes
same "a file in place of the folder" few

# It says what it could not do.
run --precompile /dev/null/prefixes
expect_status 2
expect_one_error /dev/null/prefixes
