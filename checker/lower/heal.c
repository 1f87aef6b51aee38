#include "lower/heal.h"

#include "support/strbuf.h"

#include <ctype.h>
#include <string.h>

/* Converts to anything, takes part in arithmetic, can be called with anything, by value. What is
 * named so is taken for an object: for namespaces and types there is no stand-in. */
static const char cxx_prelude[] =
    "#pragma GCC system_header\n"
    "struct cuhostlint_unknown {\n"
    "    template <class T> operator T() const;\n"
    "    template <class... A> cuhostlint_unknown operator()(A...) const;\n"
    "    template <class I> cuhostlint_unknown operator[](I) const;\n"
    "    cuhostlint_unknown *operator->() const, *begin() const, *end() const;\n"
    "};\n"
    "#define CUHOSTLINT_OPERATOR(result, op)\\\n"
    "    template <class T> result operator op(T, cuhostlint_unknown);\\\n"
    "    template <class T> result operator op(cuhostlint_unknown, T);\\\n"
    "    result operator op(cuhostlint_unknown, cuhostlint_unknown);\n"
    "CUHOSTLINT_OPERATOR(long, +) CUHOSTLINT_OPERATOR(long, -)\n"
    "CUHOSTLINT_OPERATOR(long, *) CUHOSTLINT_OPERATOR(long, /)\n"
    "CUHOSTLINT_OPERATOR(long, %) CUHOSTLINT_OPERATOR(long, |)\n"
    "CUHOSTLINT_OPERATOR(long, &)\n"
    "CUHOSTLINT_OPERATOR(bool, ==) CUHOSTLINT_OPERATOR(bool, !=)\n"
    "CUHOSTLINT_OPERATOR(bool, <) CUHOSTLINT_OPERATOR(bool, >)\n"
    "CUHOSTLINT_OPERATOR(bool, <=) CUHOSTLINT_OPERATOR(bool, >=)\n"
    "#undef CUHOSTLINT_OPERATOR\n";

/* C converts an int to anything by itself, and declares functions where they are called. */
static const char c_prelude[] = "#pragma GCC system_header\n";

/* The name in "use of undeclared identifier 'X'", or NULL for another error. */
static const char *undeclared_name(struct arena *arena, const char *text)
{
    static const char start[] = "use of undeclared identifier '";
    if (strncmp(text, start, sizeof start - 1) != 0)
        return NULL;
    const char *name = text + sizeof start - 1;
    size_t len = 0;
    while (isalnum((unsigned char)name[len]) || name[len] == '_')
        len++;
    return len && name[len] == '\'' ? arena_strndup(arena, name, len) : NULL;
}

static bool is_declared(const char *text, const char *declaration)
{
    return strstr(text, declaration) != NULL;
}

const char *heal_declarations(struct arena *arena, enum source_language language,
                              const user_errors *errors, user_errors *healed)
{
    bool is_c = language == SOURCE_C;
    struct strbuf text;
    strbuf_init(&text, arena);
    strbuf_adds(&text, is_c ? c_prelude : cxx_prelude);
    for (size_t i = 0; i < errors->len; i++) {
        const struct user_error *error = &errors->data[i];
        const char *name = error->in_main ? undeclared_name(arena, error->text) : NULL;
        if (!name)
            continue;
        const char *declaration =
            arena_printf(arena, "extern %s %s;\n", is_c ? "int" : "cuhostlint_unknown", name);
        if (!is_declared(text.text, declaration))
            strbuf_adds(&text, declaration);
        vec_push(arena, healed, *error);
    }
    return healed->len ? text.text : NULL;
}
