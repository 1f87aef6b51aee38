#include "lower/parse/complaints.h"

#include "source/text/lexer.h"
#include "support/starts_with.h"

#include <ctype.h>
#include <string.h>
#include <unistd.h>

static bool is_below(const char *path, const char *folder)
{
    size_t len = strlen(folder);
    while (len && folder[len - 1] == '/')
        len--;
    return strncmp(path, folder, len) == 0 && path[len] == '/';
}

/* Errors in the toolkit's headers and in the bundled declarations are none of the user's. */
static bool is_user_file(const struct source_unit *source, const char *path)
{
    size_t count = 0;
    const struct source_virtual_file *files = source_virtual_files(&count);
    for (size_t i = 0; i < count; i++)
        if (strcmp(path, files[i].path) == 0)
            return false;
    for (size_t i = 0; i < source->cuda_includes.len; i++)
        if (is_below(path, source->cuda_includes.data[i]))
            return false;
    return true;
}

/* The text between the next two quotes, "" when there are none; *text moves behind them. */
static const char *next_quoted(struct arena *arena, const char **text)
{
    const char *open = strchr(*text, '\'');
    const char *close = open ? strchr(open + 1, '\'') : NULL;
    if (!close)
        return "";
    *text = close + 1;
    return arena_strndup(arena, open + 1, (size_t)(close - open - 1));
}

/* The name that a declaration is missing for: of "no member named 'x' in 'cudaDeviceProp'" the
 * class, else the name itself. */
static const char *missing_name(struct arena *arena, const char *text)
{
    bool is_member = starts_with(text, "no member named");
    const char *name = next_quoted(arena, &text);
    return is_member ? next_quoted(arena, &text) : name;
}

/* "cudaFoo" for the prefix "cuda", but not "cudafoo" or "cuda_foo", which are a project's own. */
static bool is_api_name(const char *name, const char *prefix)
{
    return starts_with(name, prefix) && isupper((unsigned char)name[strlen(prefix)]);
}

/* A name that the toolkit's headers may declare and the bundled declarations may lack. */
static bool is_toolkit_name(const char *name)
{
    static const char *const apis[] = {"cuda",     "cu",    "cublas",   "cublasLt",
                                       "cusparse", "cufft", "cusolver", "curand",
                                       "nvml",     "nvrtc", "nvtx",     "nvJitLink"};
    static const char *const namespaces[] = {"thrust", "cub", "cuda", "nvcuda",
                                             "cooperative_groups"};
    for (size_t i = 0; i < sizeof apis / sizeof *apis; i++)
        if (is_api_name(name, apis[i]))
            return true;
    for (size_t i = 0; i < sizeof namespaces / sizeof *namespaces; i++) {
        size_t len = strlen(namespaces[i]);
        if (starts_with(name, namespaces[i]) && (!name[len] || name[len] == ':'))
            return true;
    }
    return starts_with(name, "__nv_") || starts_with(name, "__half") ||
           (starts_with(name, "CU") && islower((unsigned char)name[2])); /* CUtensorMap */
}

static bool is_in_toolkit(struct arena *arena, const struct source_unit *source, const char *header)
{
    for (size_t i = 0; i < source->cuda_includes.len; i++)
        if (access(arena_printf(arena, "%s/%s", source->cuda_includes.data[i], header), R_OK) == 0)
            return true;
    return false;
}

static void note_error(struct arena *arena, const struct source_unit *source, struct parse *parse,
                       struct user_error error)
{
    const char *name = missing_name(arena, error.text);
    bool is_header = strstr(error.text, "file not found") != NULL;
    error.is_of_toolkit = is_header ? is_in_toolkit(arena, source, name) : is_toolkit_name(name);
    parse->missing_headers += is_header && !error.is_of_toolkit;
    vec_push(arena, &parse->errors, error);
}

static const char *take_string(const struct clang_api *clang, struct arena *arena, CXString string)
{
    const char *text = arena_strdup(arena, clang->getCString(string));
    clang->disposeString(string);
    return text ? text : "";
}

/* In a header of a guessed folder: is a header of the toolkit's, or of the project's own copy of
 * it, what it lacks? */
static void note_lack(const struct clang_api *clang, struct arena *arena,
                      const struct source_unit *source, CXDiagnostic diagnostic,
                      struct parse *parse)
{
    if (parse->lacks_toolkit)
        return;
    const char *text = take_string(clang, arena, clang->getDiagnosticSpelling(diagnostic));
    parse->lacks_toolkit = strstr(text, "file not found") != NULL &&
                           is_in_toolkit(arena, source, next_quoted(arena, &text));
}

/* The class in "variable has incomplete type 'class LIB_EXPORT'", "" of other errors. */
static const char *incomplete_object(struct arena *arena, const char *text)
{
    static const char *const starts[] = {"variable has incomplete type '",
                                         "field has incomplete type '"};
    static const char *const words[] = {"class ", "struct "};
    bool is_object = false;
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        is_object |= starts_with(text, starts[i]);
    const char *type = is_object ? next_quoted(arena, &text) : "";
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        if (starts_with(type, words[i]))
            return type + strlen(words[i]);
    return "";
}

/* Is it a class that begins with the name at the start of the text, rather than an object? */
static bool begins_class(const char *text, size_t len)
{
    struct lexer lexer = lexer_start(text, len);
    if (lexer_next(&lexer).kind != LEXER_NAME)
        return false;
    struct lexer_token next = lexer_next(&lexer);
    return lexer_is(&next, "{") || lexer_is(&next, "final") ||
           (lexer_is(&next, ":") && next.text + 1 < text + len && next.text[1] != ':');
}

/* To clang, "class LIB_EXPORT Pool {" declares an object Pool, where nothing defines the macro. */
static void note_class_macro(const struct clang_api *clang, struct arena *arena,
                             CXDiagnostic diagnostic, struct parse *parse)
{
    const char *name = incomplete_object(
        arena, take_string(clang, arena, clang->getDiagnosticSpelling(diagnostic)));
    CXFile file = NULL;
    unsigned offset = 0;
    size_t len = 0;
    if (!*name)
        return;
    clang->getExpansionLocation(clang->getDiagnosticLocation(diagnostic), &file, NULL, NULL,
                                &offset);
    const char *text = file ? clang->getFileContents(parse->tu, file, &len) : NULL;
    if (!text || offset >= len || !begins_class(text + offset, len - offset))
        return;
    for (size_t i = 0; i < parse->class_macros.len; i++)
        if (strcmp(parse->class_macros.data[i], name) == 0)
            return;
    vec_push(arena, &parse->class_macros, name);
}

static void note_diagnostic(const struct clang_api *clang, struct arena *arena,
                            const struct source_unit *source, CXDiagnostic diagnostic,
                            struct parse *parse)
{
    if (clang->getDiagnosticSeverity(diagnostic) < CXDiagnostic_Error)
        return;
    note_class_macro(clang, arena, diagnostic, parse);
    CXSourceLocation at = clang->getDiagnosticLocation(diagnostic);
    if (clang->Location_isInSystemHeader(at)) {
        note_lack(clang, arena, source, diagnostic, parse);
        return;
    }
    struct user_error error = {0};
    CXFile file = NULL;
    clang->getExpansionLocation(at, &file, &error.line, &error.column, &error.offset);
    error.file = file ? take_string(clang, arena, clang->getFileName(file)) : source->path;
    if (!is_user_file(source, error.file))
        return;
    error.in_main = file && clang->File_isEqual(file, clang->getFile(parse->tu, source->path));
    error.text = take_string(clang, arena, clang->getDiagnosticSpelling(diagnostic));
    note_error(arena, source, parse, error);
}

void complaints_note(const struct clang_api *clang, struct arena *arena,
                     const struct source_unit *source, struct parse *parse)
{
    unsigned count = clang->getNumDiagnostics(parse->tu);
    for (unsigned i = 0; i < count; i++) {
        CXDiagnostic diagnostic = clang->getDiagnostic(parse->tu, i);
        note_diagnostic(clang, arena, source, diagnostic, parse);
        clang->disposeDiagnostic(diagnostic);
    }
}
