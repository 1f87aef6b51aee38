#!/bin/sh
# Makes a repository full of traps: sh make.sh FOLDER MARK
#
# Whatever manages to run or to write leaves a file in the folder MARK. Each folder below FOLDER is a
# project of its own; most of it cannot be stored in git (pipes, devices, names that are no text).
set -eu

bad=$(dirname "$(dirname "$(readlink -f "$0")")")/pin_twice.cu
folder=$1
mark=$2
mkdir -p "$folder" "$mark"
cd "$folder"
here=$(pwd -P)

# A program with one error (already-pinned) behind the lines of its standard input.
write_bad() {
    cat - "$bad" >"$1"
}

# ---- what would run, if anything ran ------------------------------------------------------------
mkdir tools
for name in cc gcc c++ g++ clang clang++ clang-19 nvcc hipcc ld as ccache plugin.so cfg git-evil \
    git-remote-evil git-remote-ext ssh amdgpu-arch nvptx-arch offload-arch llvm-offload-binary xcrun; do
    printf '#!/bin/sh\n: >"%s/ran-%s"\n' "$mark" "$name" >"tools/$name"
    chmod 755 "tools/$name"
done
printf -- '-Xclang -load\n-Xclang %s/tools/plugin.so\n-o %s/wrote-config\n' "$here" "$mark" \
    >tools/clang.cfg

# ---- options that load, run or write ------------------------------------------------------------
mkdir options
: | write_bad options/bad.cu
cat >options.list <<OPTIONS
-load $here/tools/plugin.so
-Xclang -load -Xclang $here/tools/plugin.so
-Xclang -add-plugin -Xclang evil
-Xclang -plugin -Xclang evil
-Xpreprocessor -load -Xpreprocessor $here/tools/plugin.so
-Wp,-load,$here/tools/plugin.so
-Wp,-MD,$mark/wrote-wp-md
-Wp,@$here/options/evil.rsp
-Xcompiler -fplugin=$here/tools/plugin.so
-Xcompiler=-o,$mark/wrote-xcompiler
-fplugin=$here/tools/plugin.so
-fplugin-arg-evil-x
-fpass-plugin=$here/tools/plugin.so
-mllvm -load=$here/tools/plugin.so
-Wl,-plugin,$here/tools/plugin.so
-Xlinker -plugin -Xlinker $here/tools/plugin.so
-B$here/tools
-B $here/tools
-specs=$here/tools/cfg
-specs $here/tools/cfg
-wrapper $here/tools/cc
-fuse-ld=$here/tools/ld
-no-integrated-as
-no-integrated-cpp
-ccbin $here/tools/gcc
-ccbin=$here/tools/gcc
--compiler-bindir $here/tools
--config $here/tools/clang.cfg
--config=$here/tools/clang.cfg
--config-user-dir=$here/tools
@$here/options/evil.rsp
--options-file $here/options/evil.rsp
-optf=$here/options/evil.rsp
--run
-run --run-args x
--use-local-env --save-temps --objdir-as-tempdir
-resource-dir $here/tools
-resource-dir=$here/tools
--cuda-path=$here/tools
-fmodules -fmodules-cache-path=$mark/wrote-modules
-fmodules -fimplicit-module-maps -fmodule-map-file=$here/options/module.modulemap
-fmodule-file=$here/options/bad.cu
-fmodules-user-build-path $mark/wrote-user-build
-fprebuilt-module-path=$mark
-emit-module -o $mark/wrote-module
-o $mark/wrote-o
-o$mark/wrote-o2
--output $mark/wrote-output
--output-file $mark/wrote-output-file
-MD -MF $mark/wrote-mf
-MMD -MF$mark/wrote-mf2 -MT x -MQ y -MP
-MJ $mark/wrote-mj
-MJ$mark/wrote-mj2
-dependency-file $mark/wrote-dependency
--dependency-output $mark/wrote-dependency-output
-dependency-dot $mark/wrote-dot
-header-include-file $mark/wrote-header-list
-save-temps
-save-temps=obj
-save-stats
--save-stats=obj
-ftime-trace
-ftime-trace=$mark/wrote-trace
-ftime-report
-fcrash-diagnostics-dir=$mark/wrote-crash
-fcrash-diagnostics=all -gen-reproducer=always
-gen-cdb-fragment-path $mark/wrote-fragments
-serialize-diagnostics $mark/wrote-diagnostics
--serialize-diagnostics $mark/wrote-diagnostics2
-fdiagnostics-format=sarif
-fsave-optimization-record -foptimization-record-file=$mark/wrote-record
-fprofile-generate=$mark/wrote-profile
-fprofile-use=$here/options/bad.cu
-fprofile-arcs -ftest-coverage --coverage
-finstrument-functions
-fstack-usage
-fdump-tree-all=$mark/wrote-dump
-dumpdir $mark/
-fproc-stat-report=$mark/wrote-stat
-working-directory $mark
-working-directory=$mark
-ivfsoverlay $here/options/overlay.yaml
-vfsoverlay $here/options/overlay.yaml
-include-pch $here/options/bad.cu
-fapi-notes-modules -iapinotes-modules $here/options
-index-store-path $mark/wrote-index
-extract-api -o $mark/wrote-api
-emit-pch -o $mark/wrote-pch
-E -o $mark/wrote-e
-S -emit-llvm -o $mark/wrote-ll
-fsyntax-only -v -###
-print-search-dirs
-dM -dD -H
-ftemplate-depth=1000000000
-fconstexpr-depth=1000000000 -fconstexpr-steps=2000000000
-fbracket-depth=1000000000
-std=c++17;touch$mark/ran-shell
-std=\$(touch$mark/ran-shell2)
-DX=\$(touch$mark/ran-shell3)
-target x86_64-unknown-linux-gnu
--analyze -o $mark/wrote-analysis
-Xanalyzer -analyzer-output=html
-fsanitize-coverage-allowlist=/dev/zero
-fxray-attr-list=/dev/zero
-fsanitize-ignorelist=/dev/zero
--system-header-prefix=/
--
OPTIONS
printf -- '-Xclang -load -Xclang %s/tools/plugin.so -o %s/wrote-response -MD -MF %s/wrote-response-mf\n' \
    "$here" "$mark" "$mark" >options/evil.rsp
echo 'module evil { header "bad.cu" export * }' >options/module.modulemap
printf '{"version":0,"roots":[{"name":"%s/options/bad.cu","type":"file","external-contents":"/etc/passwd"}]}\n' \
    "$here" >options/overlay.yaml

# One source for each line of options.list, compiled by a program of the repository.
number=0
{
    printf '['
    while IFS= read -r line; do
        number=$((number + 1))
        cp options/bad.cu "options/bad$number.cu"
        program=clang++
        [ $((number % 3)) -ne 0 ] || program=nvcc
        [ $number -eq 1 ] || printf ','
        printf '{"directory":"%s/options","file":"bad%d.cu","command":"%s/tools/%s %s -c bad%d.cu"}\n' \
            "$here" "$number" "$here" "$program" "$line" "$number"
    done
    printf ']\n'
} <options.list >options/compile_commands.json
rm options/bad.cu

# ---- targets whose drivers ask programs, files that are included and never end --------------------
mkdir targets includes
mkfifo includes/pipe.h
write_commands() { # write_commands FOLDER < a line of options for each source
    number=0
    printf '['
    while IFS= read -r line; do
        number=$((number + 1))
        : | write_bad "$1/bad$number.cu"
        [ $number -eq 1 ] || printf ','
        printf '{"directory":"%s/%s","file":"bad%d.cu","command":"clang++ %s -c bad%d.cu"}\n' \
            "$here" "$1" "$number" "$line" "$number"
    done
    printf ']\n'
}
write_commands targets >targets.json <<'OPTIONS'
--target=amdgcn-amd-amdhsa
--target=nvptx64-nvidia-cuda
--target=x86_64-apple-darwin
--target=x86_64-pc-windows-msvc
--target=hexagon-unknown-elf
--target=../../../../tools
-x hip --offload-arch=native
-march=native -mcpu=native -mtune=native
--offload-arch=native
--gpu-max-threads-per-block=1 --offload-host-only --offload-device-only
--rocm-path=tools --hip-path=tools --hipspv-pass-plugin=tools/plugin.so
-fuse-ld=tools/ld --ld-path=tools/ld -fno-integrated-as -fno-integrated-cc1
-ccc-gcc-name tools/gcc -ccc-print-phases -ccc-install-dir tools
--amdgpu-arch-tool=tools/amdgpu-arch --nvptx-arch-tool=tools/nvptx-arch --offload-arch-tool=tools/offload-arch
-foffload=tools -fembed-offload-object=tools/cc -Xopenmp-target -march=native
-stdlib=../tools --gcc-toolchain=tools --gcc-install-dir=tools --sysroot=tools
OPTIONS
mv targets.json targets/compile_commands.json
write_commands includes >includes.json <<OPTIONS
-include $here/includes/pipe.h
-include /dev/zero
-imacros $here/includes/pipe.h
-imacros /dev/zero
OPTIONS
mv includes.json includes/compile_commands.json

# ---- response files that never end, or are none -------------------------------------------------
mkdir response
mkfifo response/pipe.rsp
echo '@loop.rsp @loop.rsp' >response/loop.rsp
echo '-DX @/dev/zero @/dev/stdin @/dev/tty @/proc/self/mem @/proc/kmsg @. @missing.rsp @pipe.rsp' >response/odd.rsp
truncate -s 9G response/huge.rsp
awk 'BEGIN { for (i = 0; i < 200000; i++) print "-DNAME" i "=\"" }' >response/quotes.rsp
number=0
{
    printf '['
    for name in pipe loop odd huge quotes; do
        : | write_bad "response/$name.cu"
        [ $name = pipe ] || printf ','
        printf '{"directory":"%s/response","file":"%s.cu","command":"nvcc -c @%s.rsp %s.cu"}\n' \
            "$here" $name $name $name
    done
    printf ']\n'
} >response/compile_commands.json

# ---- what stands where files are expected -------------------------------------------------------
mkdir -p files/sub outside
: | write_bad outside/secret.cu
: | write_bad files/good.cu
mkfifo files/pipe.cu
mkfifo files/pipe.cuh
mkdir files/folder.cu
ln -s /dev/zero files/zero.cu
ln -s /dev/full files/full.cu
ln -s /proc/self/mem files/memory.cu
ln -s ../outside/secret.cu files/linked.cu
ln -s loop.cu files/loop.cu
ln -s dangling-target files/dangling.cu
ln -s . files/here
ln -s .. files/sub/up
ln -s ../sub files/sub/again
printf 'int x;\n' >files/sparse.cu
truncate -s 6G files/sparse.cu
{ : | write_bad files/long.cu; } && awk 'BEGIN { for (i = 0; i < 40000; i++) printf "/* a comment without an end of line, "; print "*/" }' >>files/long.cu
mkdir files-named
cat >files-named/compile_commands.json <<JSON
[{"directory": "$here/files", "file": "good.cu", "command": "nvcc -c good.cu"},
 {"directory": "$here/files", "file": "pipe.cu", "command": "nvcc -c pipe.cu"},
 {"directory": "$here/files", "file": "zero.cu", "command": "nvcc -c zero.cu"},
 {"directory": "$here/files", "file": "sparse.cu", "command": "nvcc -c sparse.cu"},
 {"directory": "$here/files", "file": "/dev/zero", "command": "nvcc -x cu -c /dev/zero"},
 {"directory": "$here/files", "file": "/proc/self/mem", "command": "nvcc -x cu -c /proc/self/mem"},
 {"directory": "/dev/zero", "file": "x.cu", "command": "nvcc -c x.cu"},
 {"directory": "..", "file": "../outside/../../../../../../etc/passwd", "command": "nvcc -x cu"},
 {"directory": "", "file": "", "command": ""},
 {"directory": 1, "file": [], "arguments": {}}, 7, null, [[[[]]]],
 {"file": "good.cu", "arguments": ["nvcc", 3]},
 {"file": "a\u001b[31m\nb.cu", "command": "nvcc -c"}]
JSON

# A link, and a database, that lead to a file of somebody else's, with a finding that has a fix.
mkdir links
: >links/.git
cat >outside/fixable.cu <<'SOURCE'
#include <cuda_runtime.h>
#include <stdlib.h>
void release(void)
{
    void *block;
    if (cudaMallocHost(&block, 64) != cudaSuccess)
        return;
    free(block);
}
SOURCE
ln -s ../outside/fixable.cu links/link.cu
printf '[{"directory":"%s/outside","file":"fixable.cu","command":"nvcc -c fixable.cu"}]\n' "$here" \
    >links/other.json

# ---- databases and baselines that are none, or too much of one --------------------------------------
for name in pipe device link deep bomb; do
    mkdir -p databases/$name
    : | write_bad databases/$name/bad.cu
    : >databases/$name/.git
done
mkfifo databases/pipe/compile_commands.json
ln -s /dev/zero databases/device/compile_commands.json
ln -s compile_commands.json databases/link/compile_commands.json
awk 'BEGIN { for (i = 0; i < 100000; i++) printf "[" }' >databases/deep/compile_commands.json
awk 'BEGIN { printf "[{}"; for (i = 0; i < 4200000; i++) printf ",{}"; print "]" }' \
    >databases/bomb/compile_commands.json
mkdir -p settings/bomb
: | write_bad settings/bomb/bad.cu
echo 'baseline: known.json' >settings/bomb/.cuhostlint
{
    printf '{"version":1,"findings":'
    cat databases/bomb/compile_commands.json
    echo '}'
} >settings/bomb/known.json

# ---- settings and known findings from elsewhere -------------------------------------------------
for name in outside pipe link huge deep device baseline known; do
    mkdir -p settings/$name
    : | write_bad settings/$name/bad.cu
done
echo 'rules: "-*"' >outside/settings
: >settings/.git
echo 'baseline: ../../outside/baseline.json' >settings/outside/.cuhostlint
mkfifo settings/pipe/.cuhostlint settings/baseline/known.json
echo 'baseline: known.json' >settings/baseline/.cuhostlint
ln -s ../../outside/settings settings/link/.cuhostlint
echo '{"version":1,"findings":[]}' >outside/known.json
ln -s ../../outside/known.json settings/known/known.json
echo 'baseline: known.json' >settings/known/.cuhostlint
ln -s /dev/zero settings/device/.cuhostlint
truncate -s 3G settings/huge/.cuhostlint
awk 'BEGIN { for (i = 0; i < 400000; i++) printf "["; print "" }' >settings/deep/.cuhostlint

# ---- text that costs the parser more than it should ---------------------------------------------
# (each with the same error behind it; some cannot be analysed, none may be called clean)
mkdir texts
mkfifo texts/pipe.h
echo '#include "/dev/zero"' | write_bad texts/zero.cu
echo '#include "pipe.h"' | write_bad texts/pipe.cu
printf '#define ZERO "/dev/zero"\n#include ZERO\n' | write_bad texts/macro.cu
echo '#include "self.cu"' | write_bad texts/self.cu
echo '#include "/"' | write_bad texts/folder.cu
for i in 0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24; do
    printf '#include "bomb%d.h"\n#include "bomb%d.h"\n' $((i + 1)) $((i + 1)) >texts/bomb$i.h
done
echo 'int x;' >texts/bomb25.h
echo '#include "bomb0.h"' | write_bad texts/includes.cu
awk 'BEGIN { print "#define A0 x x x x x x x x"
    for (i = 1; i < 12; i++) print "#define A" i " A" i - 1 " A" i - 1 " A" i - 1 " A" i - 1 " A" i - 1 " A" i - 1
    print "A11" }' | write_bad texts/macros.cu
awk 'BEGIN { printf "int f(void) {"; for (i = 0; i < 1000000; i++) printf "{"; print "" }' |
    write_bad texts/braces.cu
awk 'BEGIN { printf "int y = "; for (i = 0; i < 1000000; i++) printf "("; print ";" }' |
    write_bad texts/parentheses.cu
awk 'BEGIN { for (i = 0; i < 200000; i++) print "#if 1" }' | write_bad texts/conditions.cu
awk 'BEGIN { printf "int z = 0"; for (i = 0; i < 8000; i++) printf "+1"; print ";"
    printf "int f(int a) { return a"; for (i = 0; i < 8000; i++) printf "+a"; print "; }" }' |
    write_bad texts/sum.cu
awk 'BEGIN { print "int g(int a) {"; for (i = 0; i < 30000; i++) print "if (a == " i ") return " i "; else"
    print "return 0; }" }' | write_bad texts/branches.cu
awk 'BEGIN { printf "namespace a"; for (i = 0; i < 20000; i++) printf "::b" i; print " { }" }' |
    write_bad texts/names.cu
awk 'BEGIN { printf "int "; for (i = 0; i < 100000; i++) printf "*"; print "p;" }' | write_bad texts/pointers.cu
printf 'template <int n> struct t { static const int v = t<n + 1>::v + t<n + 2>::v; };\nint w = t<0>::v;\n' |
    write_bad texts/templates.cu
printf 'constexpr int spin(int n) { while (true) n++; return n; }\nconstexpr int s = spin(1);\n' |
    write_bad texts/constant.cu
for word in crash parser_crash llvm_fatal_error llvm_unreachable overflow_stack assert; do
    echo "#pragma clang __debug $word" | write_bad texts/debug_$word.cu
done
# (what follows is parsed well: it is the search for paths, and for comments, that it costs)
awk 'BEGIN { print "#include <cuda_runtime.h>\nvoid h(char *p) {"
    for (i = 0; i < 20000; i++) print "cudaHostRegister(p + " i ", 1, 0);"; print "}" }' |
    write_bad texts/calls.cu
awk 'BEGIN { print "#include <cuda_runtime.h>\nvoid h(char *p, int n) { switch (n) {"
    for (i = 0; i < 10000; i++) print "case " i ": cudaHostRegister(p, " i ", 0);"; print "} }" }' |
    write_bad texts/cases.cu
awk 'BEGIN { print "#include <cuda_runtime.h>"; for (i = 0; i <= 20000; i++) print "void h" i "(void *);"
    for (i = 0; i < 20000; i++) print "void h" i "(void *p) { h" i + 1 "(p); }"
    print "void h20000(void *p) { cudaHostUnregister(p); }" }' | write_bad texts/chain.cu
awk 'BEGIN { print "#include <cuda_runtime.h>\nvoid h(char *p, int n) { int a[8000];"
    for (i = 0; i < 8000; i++) print "if (n > " i ") a[" i "] = 1;"; print "cudaHostUnregister(p); }" }' |
    write_bad texts/elements.cu
awk 'BEGIN { printf "//"; for (i = 0; i < 400000; i++) printf "NOLINT("; print "" }' | write_bad texts/comments.cu
printf '#pragma comment(lib, "%s/tools/plugin.so")\n#pragma clang module import evil\n' "$here" |
    write_bad texts/pragmas.cu
printf '#embed "/dev/zero"\n' | write_bad texts/embed.cu
awk 'BEGIN { printf "//"; for (i = 0; i < 3000; i++) printf "\300\377\376\200\355\240\200"; print "" }' |
    LC_ALL=C write_bad texts/noise.cu

# ---- names ----------------------------------------------------------------------------------------
# (no new line of a log, no sequence of a terminal, no end of a string may come out of them)
escape=$(printf '\033')
mkdir names
for name in "esc${escape}[31m${escape}]0;title" "$(printf 'latin\351\377')" "quote\"'\`" \
    "\$(touch ran)" "; touch ran;" "| touch ran" "a
::error file=x,line=1::injected
b" "%0A::warning::injected" "a]]>b<c>&d" "$(printf 'bidi\342\200\256cu')" "$(printf 'c1\302\233x')" \
    '{"x":"\u0000"}' "-o" "--fix" " blank " "*" "$(printf 'del\177')" "carriage$(printf '\r')return"; do
    : | write_bad "names/$name.cu"
    mkdir -p "fixable/$name"
    cp outside/fixable.cu "fixable/$name/$name.cu"
    echo 'rules: all' >"fixable/$name/.cuhostlint"
done
cat >names/text.cu <<SOURCE
#include <cuda_runtime.h>
// NOLINTBEGIN(no${escape}[31m-such-rule)
#error "${escape}]0;title$(printf '\007\302\233')31m"
#include "missing${escape}[2J.h"
// NOLINTEND(no${escape}[31m-such-rule)
void f$(printf '\351\302\233')(void *p$(printf '\342\200\256')) {
    cudaHostRegister(p$(printf '\342\200\256'), "${escape}[31m]]></x>"[0], 0); /* $(printf '\033[2J\302\233 2J \r') */
}
SOURCE

# ---- a .git that runs programs ---------------------------------------------------------------------
if command -v git >/dev/null; then
    mkdir git
    : | write_bad git/bad.cu
    (
        cd git
        export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1
        git init -q -b main .
        git -c user.name=x -c user.email=x@example.com commit -q --allow-empty -m first
        git add bad.cu
        git -c user.name=x -c user.email=x@example.com commit -q -m second
        mkdir -p .git/evil-hooks
        for hook in post-index-change fsmonitor-watchman post-checkout reference-transaction; do
            printf '#!/bin/sh\n: >"%s/ran-hook-%s"\n' "$mark" $hook >.git/evil-hooks/$hook
            chmod 755 .git/evil-hooks/$hook
        done
        cp -r .git/evil-hooks/. .git/hooks
        cat >>.git/config <<CONFIG
[core]
	fsmonitor = : >$mark/ran-fsmonitor; false
	hooksPath = $here/git/.git/evil-hooks
	pager = : >$mark/ran-pager
	editor = : >$mark/ran-editor
	sshCommand = : >$mark/ran-ssh
	gitProxy = : >$mark/ran-proxy
	alternateRefsCommand = : >$mark/ran-alternates
[pager]
	diff = : >$mark/ran-pager-diff
[diff]
	external = : >$mark/ran-external
[diff "evil"]
	command = : >$mark/ran-diff-command
	textconv = : >$mark/ran-textconv
[filter "evil"]
	clean = : >$mark/ran-clean; cat
	smudge = : >$mark/ran-smudge; cat
	process = : >$mark/ran-process
	required = true
[alias]
	diff = !: >$mark/ran-alias
[include]
	path = $here/tools/git.cfg
CONFIG
        printf '[filter "third"]\n\tclean = : >%s/ran-clean-3; cat\n' "$mark" >"$here/tools/git.cfg"
        echo '*.cu diff=evil filter=evil' >.gitattributes
        echo '*.cuh filter=third' >>.gitattributes
        echo '// touched' >>bad.cu
        echo '// new' >new.cuh
    )
    # what makes git show no lines of a change, or name another file
    mkdir -p git-plain/b
    : | write_bad git-plain/bad.cu
    : | write_bad git-plain/b/bad.cu
    (
        cd git-plain
        export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1
        git init -q -b main .
        git add bad.cu
        git -c user.name=x -c user.email=x@example.com commit -q -m first
        echo '*.cu binary' >.gitattributes
        git add .
        git -c user.name=x -c user.email=x@example.com commit -q -m second
        git config diff.noprefix true
    )
    # a clone that lacks a text, and may be told to fetch it
    mkdir git-partial
    : | write_bad git-partial/bad.cu
    (
        cd git-partial
        export GIT_CONFIG_GLOBAL=/dev/null GIT_CONFIG_NOSYSTEM=1
        git init -q -b main .
        git add bad.cu
        git -c user.name=x -c user.email=x@example.com commit -q -m first
        missing=$(git rev-parse HEAD:bad.cu | sed 's|^..|&/|')
        echo '// touched' >>bad.cu
        git -c user.name=x -c user.email=x@example.com commit -q -a -m second
        rm -f ".git/objects/$missing"
        cat >>.git/config <<CONFIG
[core]
	repositoryformatversion = 1
	sshCommand = : >$mark/ran-ssh
	gitProxy = : >$mark/ran-proxy
	askPass = : >$mark/ran-askpass
[credential]
	helper = !: >$mark/ran-credential
[extensions]
	partialClone = origin
[protocol]
	allow = always
[protocol "ext"]
	allow = always
[remote "origin"]
	promisor = true
	uploadpack = : >$mark/ran-uploadpack
CONFIG
    )
    printf '%s\n' "ext::sh -c :>$mark/ran-ext" ssh://nowhere.invalid/x git://nowhere.invalid/x \
        https://x@127.0.0.1:1/x "$here/git-partial" "file://$here/git-partial" evil::x >git-addresses
    # a filter that "git -c" cannot name
    cp -r git git-odd
    printf '[filter "a=b"]\n\tclean = : >%s/ran-clean-2; cat\n' "$mark" >>git-odd/.git/config
    echo '*.cu filter="a=b"' >git-odd/.gitattributes
fi
