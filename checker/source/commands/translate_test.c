/* Command lines of nvcc and of host compilers: every option in each of its forms, and the traps of
 * command lines that clang would misread. */
#include "source/commands/options.h"
#include "source/commands/translate.h"
#include "support/strbuf.h"
#include "support/testing.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The translated arguments of a command, joined by blanks. */
static const char *translated(struct arena *arena, const struct words *command,
                              struct translation *t)
{
    source_translation_init(t, arena, "/work");
    source_translate_command(t, command);
    source_translation_finish(t);
    struct strbuf text;
    strbuf_init(&text, arena);
    for (size_t i = 0; i < t->args.len; i++)
        strbuf_addf(&text, "%s%s", i ? " " : "", t->args.data[i]);
    return text.text;
}

static const char *translated_line(struct arena *arena, const char *line, struct translation *t)
{
    struct words command = {0};
    source_words_split(arena, line, &command);
    return translated(arena, &command, t);
}

struct line_case {
    const char *line;
    const char *args;
};

static void check_lines(const struct line_case *cases, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        struct arena *arena = arena_new();
        struct translation t;
        const char *args = translated_line(arena, cases[i].line, &t);
        if (strcmp(args, cases[i].args) != 0)
            fail_msg("%s\n  gave     %s\n  expected %s", cases[i].line, args, cases[i].args);
        arena_free(arena);
    }
}

/* Between two macros, an option must cost neither of them, whatever its form. */
static void check_form(const struct option *option, const char *first, const char *second)
{
    struct arena *arena = arena_new();
    const char *data[] = {"nvcc", "-DBEFORE", first, second, "-DAFTER", "-c", "a.cu"};
    struct words command = {0};
    for (size_t i = 0; i < sizeof data / sizeof data[0]; i++)
        if (data[i])
            vec_push(arena, &command, data[i]);
    struct translation t;
    const char *args = translated(arena, &command, &t);
    if (!strstr(args, "-DBEFORE") || !strstr(args, "-DAFTER"))
        fail_msg("%s %s: a macro beside it is lost: %s", first, second ? second : "", args);
    if (!t.compiles)
        fail_msg("%s %s: -c behind it is lost", first, second ? second : "");
    for (size_t i = 0; i < t.args.len; i++)
        if (option->action == OPTION_DROP && strncmp(t.args.data[i], "-D", 2) != 0)
            fail_msg("%s came out as %s", first, t.args.data[i]);
    arena_free(arena);
}

static void every_nvcc_option_in_each_form(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    for (size_t i = 0; i < source_nvcc_option_count; i++) {
        const struct option *option = &source_nvcc_options[i];
        if (option->value == OPTION_FLAG)
            check_form(option, option->name, NULL);
        if (option->value & OPTION_SEPARATE)
            check_form(option, option->name, "value");
        if (option->value & OPTION_EQUALS)
            check_form(option, arena_printf(arena, "%s=value", option->name), NULL);
        if (option->value & OPTION_JOINED)
            check_form(option, arena_printf(arena, "%svalue", option->name), NULL);
    }
    arena_free(arena);
}

static void every_nvcc_option_is_there_once(void **state)
{
    (void)state;
    for (size_t i = 0; i < source_nvcc_option_count; i++)
        for (size_t k = i + 1; k < source_nvcc_option_count; k++)
            if (strcmp(source_nvcc_options[i].name, source_nvcc_options[k].name) == 0)
                fail_msg("%s is there twice", source_nvcc_options[i].name);
}

/* The table against `nvcc --help` of the toolkit that is installed, if one is. */
static void every_option_of_the_installed_nvcc_is_known(void **state)
{
    (void)state;
    FILE *help = access("/usr/local/cuda/bin/nvcc", X_OK) == 0
                     ? popen("/usr/local/cuda/bin/nvcc --help", "r")
                     : NULL;
    if (!help)
        skip();
    char line[4096];
    size_t options = 0;
    while (fgets(line, sizeof line, help)) {
        char name[256], rest[256];
        if (strncmp(line, "--", 2) != 0 || sscanf(line, "%255s %255s", name, rest) != 2)
            continue;
        const char *data[] = {name, "value"};
        struct words words = {.data = data, .len = 2, .cap = 2};
        struct option_match match;
        size_t index = 0;
        if (!source_option_match(source_nvcc_options, source_nvcc_option_count, &words, &index,
                                 &match))
            fail_msg("unknown: %s", line);
        bool has_value =
            (rest[0] != '(' && rest[0] != '-') || strcmp(name, "--dependency-output") == 0;
        if ((match.option->value != OPTION_FLAG) != has_value)
            fail_msg("has a value or not: %s", line);
        options++;
    }
    pclose(help);
    assert_true(options > 100);
}

/* Class A to D of what clang makes of nvcc's options: fatal, unknown, silently misread, wrong
 * header. */
static void traps(void **state)
{
    (void)state;
    static const struct line_case cases[] = {
        /* A: clang takes the value for a second file, and makes no tree */
        {"nvcc -gencode arch=compute_80,code=sm_80 a.cu", ""},
        {"nvcc --generate-code arch=compute_80,code=[compute_80,sm_80] a.cu", ""},
        {"nvcc -ccbin g++ a.cu", ""},
        {"nvcc -maxrregcount 64 a.cu", ""},
        {"nvcc -cudart static a.cu", ""},
        {"nvcc -t 4 a.cu", ""},
        {"nvcc --threads 4 a.cu", ""},
        {"nvcc --keep-dir /tmp/x a.cu", ""},
        {"nvcc -diag-suppress 177 a.cu", ""},
        {"nvcc -Werror all-warnings -DX a.cu", "-DX"},
        {"nvcc --Werror cross-execution-space-call -DX a.cu", "-DX"},
        {"nvcc -Werror -DX a.cu", "-DX"},
        {"nvcc -odir out -ldir lib -target-dir t -qpp-config q -time t.csv -DX a.cu", "-DX"},
        {"nvcc -fdevice-time-trace - -ftemplate-depth 900 --ftemplate-depth 900 -DX a.cu", "-DX"},
        {"nvcc --output-file a.o -Xarchive r -O=3 -Ofc=max -x=cu -DX a.cu", "-DX"},
        {"nvcc -DFOO -G", "-DFOO -D__CUDACC_DEBUG__"},
        {"nvcc -G -DFOO -x cu a.cu", "-DFOO -D__CUDACC_DEBUG__"},
        {"nvcc -save-temps -keep -DX a.cu", "-DX"},
        {"nvcc -default-stream per-thread a.cu", "-DCUDA_API_PER_THREAD_DEFAULT_STREAM=1"},
        {"nvcc -default-stream legacy a.cu", ""},
        /* B: clang knows none of these */
        {"nvcc -forward-unknown-to-host-compiler --forward-unknown-to-host-linker -DX a.cu", "-DX"},
        {"nvcc --expt-relaxed-constexpr a.cu", "-D__CUDACC_RELAXED_CONSTEXPR__"},
        {"nvcc -expt-relaxed-constexpr a.cu", "-D__CUDACC_RELAXED_CONSTEXPR__"},
        {"nvcc --expt-extended-lambda --extended-lambda -extended-lambda a.cu", ""},
        {"nvcc -arch=sm_90 -arch sm_90 --gpu-architecture=sm_90 --gpu-code=sm_90 -code=sm_90 a.cu",
         ""},
        {"nvcc -rdc=true a.cu", "-D__CUDACC_RDC__"},
        {"nvcc -rdc=true -rdc=false a.cu", ""},
        {"nvcc --relocatable-device-code true a.cu", "-D__CUDACC_RDC__"},
        {"nvcc -dc a.cu", "-D__CUDACC_RDC__"},
        {"nvcc --device-c a.cu", "-D__CUDACC_RDC__"},
        {"nvcc -dw a.cu", ""},
        {"nvcc --use_fast_math a.cu", ""},
        {"nvcc -ewp a.cu", "-D__CUDACC_EWP__"},
        {"nvcc -noeh a.cu", "-fno-exceptions"},
        {"nvcc -m=64 --machine=64 -m64 -cudadevrt=none -t4 -split-compile=2 a.cu", ""},
        {"nvcc --options-file=/nonexistent/x.rsp -DX a.cu", "-DX"},
        {"nvcc -compress-mode=size --brief-diagnostics=true -static-global-template-stub=false "
         "a.cu",
         ""},
        /* C: clang reads something else without a word */
        {"nvcc -use_fast_math -use-local-env -lineinfo -lto -objtemp -DX a.cu", "-DX"},
        {"nvcc -dlink -dlto -dopt=on -dryrun -diag-warn=1 -diag-error=2 -DX a.cu", "-DX"},
        {"nvcc -Xptxas -v -Xnvlink -v -Xptxas=-v,-O3 -DX a.cu", "-DX"},
        {"nvcc -D=FOO=3 -D=BAR a.cu", "-DFOO=3 -DBAR"},
        {"nvcc -I=/p -isystem=/q a.cu", "-I/p -isystem /q"},
        {"nvcc -Xcompiler -fPIC a.cu", "-fPIC"},
        /* D: clang includes another file */
        {"nvcc -include=stdio.h a.cu", "-include stdio.h"},
        {"nvcc --pre-include stdio.h,stdlib.h a.cu", "-include stdio.h -include stdlib.h"},
        {"nvcc --include-path=/p a.cu", "-I/p"},
    };
    check_lines(cases, sizeof cases / sizeof cases[0]);
}

/* As `nvcc --dryrun` of CUDA 13.0 hands them to the host compiler. */
static void lists_and_quotes(void **state)
{
    (void)state;
    static const struct line_case cases[] = {
        {"nvcc -DA=1,B=2 a.cu", "-DA=1 -DB=2"},
        {"nvcc '-DA=\"x,y\"' a.cu", "-DA=\"x,y\""},
        {"nvcc '-DA=\\\"x,y\\\"' a.cu", "-DA=\"x -Dy\""},
        {"nvcc '-DA=f(1\\,2)' a.cu", "-DA=f(1,2)"},
        {"nvcc -Ia,/b --system-include c,/d -UA,B a.cu",
         "-I/work/a -I/b -isystem /work/c -isystem /d -UA -UB"},
        {"nvcc -Xcompiler -fPIC,-DQ=1 -DX a.cu", "-fPIC -DQ=1 -DX"},
        {"nvcc -Xcompiler '\"-DQ=a,b\"' a.cu", "-DQ=a,b"},
        {"nvcc -Xcompiler '-DQ=a\\,b' a.cu", "-DQ=a,b"},
        {"nvcc '-Xcompiler=-DQ=\"a b\"' a.cu", "-DQ=a b"},
        {"nvcc -Xcompiler '-fPIC -DZ' a.cu", "-fPIC -DZ"},
        {"nvcc --compiler-options -Wall,-fopenmp,-isystem,/x a.cu", "-isystem /x -D_OPENMP=201511"},
        {"nvcc -Xcompiler -isystem -Xcompiler /x a.cu", "-isystem /x"},
        {"nvcc -DX=1 -DX=2 -UX a.cu", "-DX=1 -DX=2 -UX"},
        {"nvcc -forward-unknown-to-host-compiler -fopenmp -Wall -mavx2 a.cu",
         "-mavx2 -D_OPENMP=201511"},
        {"nvcc -Xcompiler -fopenmp -Xcompiler -fno-openmp a.cu", ""},
    };
    check_lines(cases, sizeof cases / sizeof cases[0]);
}

/* What NVIDIA's own CCCL removes for clangd (its .clangd): none of it may reach the parser. */
static void what_nvidia_removes_for_clangd(void **state)
{
    (void)state;
    static const char *const removed[] = {
        "-G",
        "-stdpar",
        "-Xfatbin=-compress-all",
        "-Xfatbin -compress-all",
        "-Xcompiler=-Wall",
        "-Xcompiler -Wall",
        "-Xcudafe=--display_error_number",
        "-Xcudafe --display_error_number",
        "-rdc=true",
        "-gpu=cc80",
        "--diag_suppress=177",
        "--diag_suppress 177",
        "-gencode arch=compute_80,code=sm_80",
        "-gencode=arch=compute_80,code=sm_80",
        "--generate-code=arch=compute_80,code=[sm_80]",
        "-arch=sm_80",
        "-arch native",
        "--gpu-architecture=sm_80",
        "-fcoroutines",
        "-ccbin=g++",
        "-ccbin g++",
        "--compiler-options=-Wall",
        "--extended-lambda",
        "--expt-extended-lambda",
        "--expt-relaxed-constexpr",
        "-forward-unknown-to-host-compiler",
        "-Werror=cross-execution-space-call",
        "-allow-unsupported-compiler",
    };
    for (size_t i = 0; i < sizeof removed / sizeof removed[0]; i++) {
        struct arena *arena = arena_new();
        struct translation t;
        const char *args =
            translated_line(arena, arena_printf(arena, "nvcc %s -DX -c a.cu", removed[i]), &t);
        if (strncmp(args, "-DX", 3) != 0)
            fail_msg("%s gave %s", removed[i], args);
        for (size_t k = 1; k < t.args.len; k++)
            if (strncmp(t.args.data[k], "-D__CUDACC_", 11) != 0)
                fail_msg("%s gave %s", removed[i], args);
        arena_free(arena);
    }
}

static void host_compilers(void **state)
{
    (void)state;
    static const struct line_case cases[] = {
        {"gcc -I inc -Isub/../inc -isystem sys -iquote q -DA -UB -c a.c -o a.o",
         "-I/work/inc -I/work/inc -isystem /work/sys -iquote /work/q -DA -UB"},
        {"g++-12 -std=c++20 -fopenmp -O3 -march=x86-64-v3 -Wall -MD -MT x.o -MF x.d -c a.cpp",
         "-march=x86-64-v3 -D_OPENMP=201511"},
        {"g++ -march=znver9 -mtune=native a.cpp", ""},
        {"cc -Wp,-DX=1,-MD,x.d -Xpreprocessor -DY a.c", "-DX=1 -DY"},
        {"clang -Xclang -load -Xclang evil.so -fplugin=evil.so -DX a.c", "-DX"},
        {"clang --config evil.cfg -ivfsoverlay o.yaml -fmodules -fmodule-file=m.pcm -DX a.c",
         "-DX"},
        {"clang -mllvm -load=evil.so -include-pch x.pch -wrapper evil -specs=evil -B evil -DX a.c",
         "-DX"},
        {"clang++ -x cuda --cuda-gpu-arch=sm_80 --cuda-path=/opt/cuda -DX a.cu", "-DX"},
        {"gcc -pthread -fPIC -m64 -fno-rtti -Wl,-rpath,/x -Lx -lx -DX a.c",
         "-pthread -fPIC -m64 -fno-rtti -DX"},
        {"gcc --sysroot=/sys -I=/inc a.c", "-I/sys/inc --sysroot=/sys"},
        {"gcc -DX=\"a b\" '-DY=\"q\"' a.c", "-DX=a b -DY=\"q\""},
        {"gcc -o -DNOT a.c", ""},
        {"gcc", ""},
    };
    check_lines(cases, sizeof cases / sizeof cases[0]);
}

static void wrappers_in_front(void **state)
{
    (void)state;
    static const struct {
        const char *line;
        bool is_nvcc;
        const char *default_language;
    } cases[] = {
        {"nvcc -DX -c a.cu", true, NULL},
        {"/usr/local/cuda-12.4/bin/nvcc -DX -c a.cu", true, NULL},
        {"ccache nvcc -DX -c a.cu", true, NULL},
        {"/usr/bin/sccache /opt/cuda/bin/nvcc -DX -c a.cu", true, NULL},
        {"env CUDA=1 PATH=/x ccache nvcc.exe -DX -c a.cu", true, NULL},
        {"CCACHE_DIR=/x nvcc -DX -c a.cu", true, NULL},
        {"cmake -E env A=B -- ccache nvcc -DX -c a.cu", true, NULL},
        {"distcc g++-12 -DX -c a.cpp", false, "c++"},
        {"x86_64-linux-gnu-g++-12.2 -DX -c a.cpp", false, "c++"},
        {"clang-19 -DX -c a.c", false, NULL},
        {"clang++ -DX -c a.cpp", false, "c++"},
        {"hipcc -DX -c a.cpp", false, "hip"},
        {"mpicxx -DX -c a.cpp", false, "c++"},
        {"mpicc -DX -c a.c", false, NULL},
        {"/k/bin/nvcc_wrapper -DX -c a.cpp", true, "cuda"},
        {"libtool --tag=CC --mode=compile gcc -DX -c a.c", false, NULL},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct arena *arena = arena_new();
        struct translation t;
        const char *args = translated_line(arena, cases[i].line, &t);
        if (strcmp(args, "-DX") != 0 || !t.compiles)
            fail_msg("%s gave %s", cases[i].line, args);
        if (t.is_nvcc != cases[i].is_nvcc)
            fail_msg("%s: nvcc or not", cases[i].line);
        const char *expected = cases[i].default_language;
        if ((t.default_language != NULL) != (expected != NULL) ||
            (expected && strcmp(expected, t.default_language) != 0))
            fail_msg("%s: language %s", cases[i].line,
                     t.default_language ? t.default_language : "none");
        arena_free(arena);
    }
}

static void languages_and_standards(void **state)
{
    (void)state;
    static const struct {
        const char *line, *language, *standard;
    } cases[] = {
        {"nvcc -x cu -std=c++14 a.cpp", "cuda", "c++14"},
        {"nvcc --x c++ --std c++20 a.cu", "c++", "c++20"},
        {"nvcc -std c++17 -Xcompiler -std=gnu++20 a.cu", NULL, "c++17"},
        {"nvcc -Xcompiler -std=gnu++20 a.cu", NULL, "gnu++20"},
        {"nvcc a.cu", NULL, NULL},
        {"clang++ -x hip -std=c++17 a.cpp", "hip", "c++17"},
        {"clang++ -xcuda -std=c++11 -std=c++20 a.cpp", "cuda", "c++20"},
        {"gcc -ansi a.c", NULL, "c90"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct arena *arena = arena_new();
        struct translation t;
        translated_line(arena, cases[i].line, &t);
        const char *got[] = {t.language, t.standard};
        const char *expected[] = {cases[i].language, cases[i].standard};
        for (size_t k = 0; k < 2; k++)
            if ((got[k] != NULL) != (expected[k] != NULL) ||
                (got[k] && strcmp(got[k], expected[k]) != 0))
                fail_msg("%s: %s", cases[i].line, got[k] ? got[k] : "none");
        arena_free(arena);
    }
}

static void flags_of_the_environment(void **state)
{
    (void)state;
    setenv("NVCC_PREPEND_FLAGS", "-DPRE='\"a b\"' -G", 1);
    setenv("NVCC_APPEND_FLAGS", "-UPRE", 1);
    static const struct line_case cases[] = {
        {"nvcc -DX a.cu", "-DPRE=\"a b\" -DX -UPRE -D__CUDACC_DEBUG__"},
        {"g++ -DX a.cpp", "-DX"},
    };
    check_lines(cases, sizeof cases / sizeof cases[0]);
    unsetenv("NVCC_PREPEND_FLAGS");
    unsetenv("NVCC_APPEND_FLAGS");
}

static void write_file(const char *path, const char *text)
{
    FILE *file = fopen(path, "w");
    assert_non_null(file);
    fputs(text, file);
    fclose(file);
}

static void response_files(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    const char *folder = testing_folder(arena);
    assert_int_equal(chdir(folder), 0);
    write_file("outer.rsp", "-DOUTER -I\"a b\" --options-file inner.rsp -DLAST");
    write_file("inner.rsp", "-DINNER='\"q r\"'\n-isystem=/sys\n");
    write_file("loop.rsp", "-DLOOP @loop.rsp");
    const struct {
        const char *line, *args;
        size_t notes;
    } cases[] = {
        {"nvcc --options-file outer.rsp -DX a.cu",
         "-DOUTER -IDIR/a b -DINNER=\"q r\" -isystem /sys -DLAST -DX", 0},
        {"nvcc -optf=outer.rsp a.cu", "-DOUTER -IDIR/a b -DINNER=\"q r\" -isystem /sys -DLAST", 0},
        {"nvcc -optf missing.rsp,inner.rsp a.cu", "-DINNER=\"q r\" -isystem /sys", 1},
        {"gcc @inner.rsp a.c", "-DINNER=\"q r\" -isystem /sys", 0},
        {"gcc @missing -DX a.c", "-DX", 1},
        {"gcc @loop.rsp a.c", "-DLOOP -DLOOP -DLOOP -DLOOP -DLOOP -DLOOP -DLOOP -DLOOP", 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct words command = {0};
        source_words_split(arena, cases[i].line, &command);
        struct translation t;
        source_translation_init(&t, arena, folder);
        source_translate_command(&t, &command);
        struct strbuf text;
        strbuf_init(&text, arena);
        for (size_t k = 0; k < t.args.len; k++) {
            const char *word = t.args.data[k];
            const char *at = strstr(word, folder);
            strbuf_adds(&text, k ? " " : "");
            strbuf_add(&text, word, at ? (size_t)(at - word) : strlen(word));
            if (at)
                strbuf_addf(&text, "DIR%s", at + strlen(folder));
        }
        assert_string_equal(text.text, cases[i].args);
        assert_int_equal(t.notes.len, cases[i].notes);
    }
    remove("outer.rsp");
    remove("inner.rsp");
    remove("loop.rsp");
    rmdir(folder);
    arena_free(arena);
}

/* A repository may name one file in each of its commands. */
static void response_files_of_all_commands_are_bounded(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    const char *folder = testing_folder(arena);
    size_t budget = sizeof "-DWORD" + sizeof "-DWORD" / 2;
    assert_int_equal(chdir(folder), 0);
    write_file("word.rsp", "-DWORD");
    for (size_t i = 0; i < 3; i++) {
        struct words command = {0};
        struct translation t;
        source_words_split(arena, "gcc @word.rsp a.c", &command);
        source_translation_init(&t, arena, folder);
        t.response_budget = &budget;
        source_translate_command(&t, &command);
        assert_int_equal(t.args.len, i == 0);
        assert_int_equal(t.notes.len, i != 0);
    }
    remove("word.rsp");
    rmdir(folder);
    arena_free(arena);
}

static void commands_are_bounded(void **state)
{
    (void)state;
    enum { WORDS = 100000 };
    static const char *const compilers[] = {"nvcc", "g++"};
    for (size_t i = 0; i < 2; i++) {
        struct arena *arena = arena_new();
        struct words command = {0};
        struct translation t;
        vec_push(arena, &command, compilers[i]);
        for (int j = 0; j < WORDS + 5; j++)
            vec_push(arena, &command, "-DX");
        translated(arena, &command, &t);
        assert_in_range(t.args.len, WORDS, WORDS + 10);
        assert_int_equal(t.notes.len, 1);
        arena_free(arena);
    }
}

int main(void)
{
    unsetenv("NVCC_PREPEND_FLAGS");
    unsetenv("NVCC_APPEND_FLAGS");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_nvcc_option_in_each_form),
        cmocka_unit_test(every_nvcc_option_is_there_once),
        cmocka_unit_test(every_option_of_the_installed_nvcc_is_known),
        cmocka_unit_test(traps),
        cmocka_unit_test(lists_and_quotes),
        cmocka_unit_test(what_nvidia_removes_for_clangd),
        cmocka_unit_test(host_compilers),
        cmocka_unit_test(wrappers_in_front),
        cmocka_unit_test(languages_and_standards),
        cmocka_unit_test(flags_of_the_environment),
        cmocka_unit_test(response_files),
        cmocka_unit_test(response_files_of_all_commands_are_bounded),
        cmocka_unit_test(commands_are_bounded),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
