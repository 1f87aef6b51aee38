#include "lower/parse/clang_api.h"

#include "support/build_id.h"
#include "support/file.h"
#include "support/strbuf.h"

#include <dlfcn.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

struct function {
    const char *name;
    size_t offset; /* in struct clang_api */
};

static const struct function required[] = {
#define X(name) {"clang_" #name, offsetof(struct clang_api, name)},
    CLANG_FUNCTIONS(X)
#undef X
};

static const struct function optional[] = {
    {"clang_visitCXXMethods", offsetof(struct clang_api, visitCXXMethods)},
    {"clang_visitCXXBaseClasses", offsetof(struct clang_api, visitCXXBaseClasses)},
};

/* File names of libclang in Debian and Ubuntu (apt.llvm.org too), Fedora, Arch and others; '%'
 * stands for the version. */
static const char *const versioned_names[] = {
    "libclang-%.so.%",
    "libclang-%.so.1",
    "libclang.so.%",
    "libclang.so.%.1",
    "/usr/lib/llvm-%/lib/libclang.so.1",
    "/usr/lib64/llvm%/lib64/libclang.so.%.1",
    "/usr/lib/llvm%/lib/libclang.so",
};
static const char *const plain_names[] = {"libclang.so", "libclang.so.1"};

static const char *name_of_version(struct arena *arena, const char *format, int version)
{
    struct strbuf name;
    strbuf_init(&name, arena);
    for (const char *c = format; *c; c++) {
        if (*c == '%')
            strbuf_addf(&name, "%d", version);
        else
            strbuf_addc(&name, *c);
    }
    return name.text;
}

/* ISO C has no cast from an object pointer to a function pointer; POSIX says that the bits fit. */
static void set_function(struct clang_api *clang, size_t offset, void *symbol)
{
    memcpy((char *)clang + offset, &symbol, sizeof symbol);
}

/* The first missing function's name, or NULL when all were found. */
static const char *bind_functions(struct clang_api *clang, void *library)
{
    const char *missing = NULL;
    for (size_t i = 0; i < sizeof required / sizeof *required; i++) {
        void *symbol = dlsym(library, required[i].name);
        if (!symbol && !missing)
            missing = required[i].name;
        set_function(clang, required[i].offset, symbol);
    }
    for (size_t i = 0; i < sizeof optional / sizeof *optional; i++)
        set_function(clang, optional[i].offset, dlsym(library, optional[i].name));
    return missing;
}

/* 19 of "Debian clang version 19.1.7 (3+b1)"; 0 when there is no such number. */
static int major_of(const char *spelled)
{
    const char *word = strstr(spelled, "version ");
    return word ? atoi(word + strlen("version ")) : 0;
}

static const char *version_text(struct arena *arena, const struct clang_api *clang)
{
    CXString text = clang->getClangVersion();
    const char *copy = arena_strdup(arena, clang->getCString(text));
    clang->disposeString(text);
    return copy ? copy : "";
}

/* Where the loader found the library; `name` when it does not say. */
static const char *path_of(struct arena *arena, void *symbol, const char *name)
{
    Dl_info info;
    if (!dladdr(symbol, &info) || !info.dli_fname)
        return name;
    const char *real = file_real_path(arena, info.dli_fname);
    return real ? real : arena_strdup(arena, info.dli_fname);
}

static const char *build_of(struct arena *arena, const void *symbol, const char *spelled)
{
    const unsigned char *id;
    const size_t len = build_id_of(symbol, &id);
    struct strbuf text;

    strbuf_init(&text, arena);
    strbuf_adds(&text, spelled);
    strbuf_addc(&text, ' ');
    for (size_t i = 0; i < len; i++)
        strbuf_addf(&text, "%02x", id[i]);
    return len > 0 ? text.text : NULL;
}

static const struct error *adopt(struct arena *arena, struct clang_api *clang, void *library,
                                 const char *name)
{
    const char *missing = bind_functions(clang, library);
    if (!clang->getClangVersion || !clang->getCString || !clang->disposeString)
        return error_new(arena, ERROR_USAGE, "%s is no libclang: it has no function %s", name,
                         missing);
    clang->spelled = version_text(arena, clang);
    clang->version = major_of(clang->spelled);
    if (missing || clang->version < CLANG_OLDEST)
        return error_new(arena, ERROR_USAGE,
                         "%s is libclang %d, but %d or newer is needed: install the Debian "
                         "package libclang1-19",
                         name, clang->version, CLANG_OLDEST);
    const char *slash = strrchr(name, '/');
    clang->file = slash ? slash + 1 : name;
    void *symbol = dlsym(library, "clang_createIndex");
    clang->path = path_of(arena, symbol, name);
    clang->build = build_of(arena, symbol, clang->spelled);
    return NULL;
}

/* Is it the library itself that is not there? Not one that it needs, nor memory for it. */
static bool is_missing(const char *name, const char *problem)
{
    return strstr(problem, name) && strstr(problem, "No such file or directory");
}

/* Tries one file. *error stays as it is when there is no such file. A library that does not fit
 * stays loaded: libclang's own start-up code does not survive dlclose. */
static bool try_name(struct arena *arena, struct clang_api *clang, const char *name,
                     const struct error **error)
{
    void *library = dlopen(name, RTLD_NOW | RTLD_LOCAL);
    const char *problem = library ? NULL : dlerror();
    const struct error *found = NULL;
    *clang = (struct clang_api){0};
    if (library)
        found = adopt(arena, clang, library, name);
    else if (problem && !is_missing(name, problem))
        found = error_new(arena, ERROR_USAGE, "cannot load libclang: %s", problem);
    if (found)
        *error = found;
    return library && !found;
}

static const struct error *load_named(struct arena *arena, struct clang_api *clang,
                                      const char *name)
{
    const struct error *error = NULL;
    if (try_name(arena, clang, name, &error) || error)
        return error;
    return error_new(arena, ERROR_USAGE, "cannot load $CUHOSTLINT_LIBCLANG: there is no '%s'",
                     name);
}

const struct error *clang_api_load(struct arena *arena, struct clang_api *clang)
{
    const char *chosen = getenv("CUHOSTLINT_LIBCLANG");
    if (chosen && *chosen)
        return load_named(arena, clang, chosen);
    const struct error *error = NULL;
    for (int version = CLANG_NEWEST; version >= CLANG_OLDEST; version--) {
        for (size_t i = 0; i < sizeof versioned_names / sizeof *versioned_names; i++) {
            const char *format = versioned_names[i];
            if (try_name(arena, clang, name_of_version(arena, format, version), &error))
                return NULL;
        }
    }
    for (size_t i = 0; i < sizeof plain_names / sizeof *plain_names; i++)
        if (try_name(arena, clang, plain_names[i], &error))
            return NULL;
    if (error)
        return error;
    return error_new(arena, ERROR_USAGE,
                     "no libclang of version %d to %d was found: install the Debian package "
                     "libclang1-19, or name the library's file in $CUHOSTLINT_LIBCLANG",
                     CLANG_OLDEST, CLANG_NEWEST);
}
