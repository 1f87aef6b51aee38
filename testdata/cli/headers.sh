# Findings in headers: the project's are shown, others when asked for, system ones never.
. "$(dirname "$0")/lib.sh"

mkdir -p project/.git project/include outside
write_bad project/include/ours.h
write_bad outside/theirs.h
sed -i 's/pin_twice/pin_theirs/' outside/theirs.h
cat >project/user.cu <<'SOURCE'
#include "include/ours.h"
#include "../outside/theirs.h"
int pin_all(void) { return pin_twice() + pin_theirs(); }
SOURCE

run project/user.cu
expect_status 1
expect_text out "project/include/ours.h:9:9: error:"
expect_no_text out "theirs.h:9:9: error:"
run --header-filter 'theirs' project/user.cu
expect_status 1
expect_text out "theirs.h:9:9: error:"
expect_no_text out "ours.h:9:9: error:"
run --header-filter 'no such header' project/user.cu
expect_status 0
expect_silence out
cat >project/system.cu <<'SOURCE'
#include <outside/theirs.h>
int pin_all(void) { return pin_theirs(); }
SOURCE
run --header-filter '.*' project/system.cu -- -isystem "$work"
expect_status 0
expect_silence out

# A header named itself is linted as it stands.
run project/include/ours.h
expect_status 1
expect_text out "project/include/ours.h:9:9: error:"

# A header that only a guess finds, for want of a compile command, is the project's all the same.
mkdir -p project/src
cat >project/src/guessing.cu <<'SOURCE'
#include "ours.h"
int pin_all(void) { return pin_twice(); }
SOURCE
run project/src/guessing.cu
expect_status 1
expect_text out "project/include/ours.h:9:9: error:"
