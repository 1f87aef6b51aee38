#include "lower/parse/heal.h"

#include "lower/parse/unknown_names.h"
#include "support/map.h"
#include "support/strbuf.h"

#include <string.h>

/* Converts to anything, takes part in arithmetic, can be called with anything, by value; what it is
 * asked for lies elsewhere, no temporary; whatever the text accesses is a member of the same kind.
 * The size is HEAL_SIZE: no type that holds a stand-in gets a size in the IR. */
static const char cxx_prelude[] =
    "#pragma GCC system_header\n"
    "struct cuhostlint_unknown {\n"
    "    template <class T> operator T() const;\n"
    "    char cuhostlint_size[1LL << 36];\n"
    "    template <class... A> cuhostlint_unknown &operator()(A...) const;\n"
    "    template <class I> cuhostlint_unknown &operator[](I) const;\n"
    "    template <class T> cuhostlint_unknown &operator=(const T &);\n"
    "    cuhostlint_unknown *operator->() const, *begin() const, *end() const;\n"
    "    cuhostlint_unknown &operator*() const, &operator++(), operator++(int);\n";

static const char cxx_operators[] =
    "};\n"
    "#define CUHOSTLINT_OPERATOR(result, op)\\\n"
    "    template <class T> result operator op(T, const cuhostlint_unknown &);\\\n"
    "    template <class T> result operator op(const cuhostlint_unknown &, T);\\\n"
    "    result operator op(const cuhostlint_unknown &, const cuhostlint_unknown &);\n"
    "CUHOSTLINT_OPERATOR(long, +) CUHOSTLINT_OPERATOR(long, -)\n"
    "CUHOSTLINT_OPERATOR(long, *) CUHOSTLINT_OPERATOR(long, /)\n"
    "CUHOSTLINT_OPERATOR(long, %) CUHOSTLINT_OPERATOR(long, |)\n"
    "CUHOSTLINT_OPERATOR(long, &)\n"
    "CUHOSTLINT_OPERATOR(bool, ==) CUHOSTLINT_OPERATOR(bool, !=)\n"
    "CUHOSTLINT_OPERATOR(bool, <) CUHOSTLINT_OPERATOR(bool, >)\n"
    "CUHOSTLINT_OPERATOR(bool, <=) CUHOSTLINT_OPERATOR(bool, >=)\n"
    "#undef CUHOSTLINT_OPERATOR\n"
    "template <class T> cuhostlint_unknown operator<<(cuhostlint_unknown, const T &);\n";

/* C converts an int to anything by itself, and declares functions where they are called. */
static const char c_prelude[] = "#pragma GCC system_header\n";

/* A function of a name of its own for each line. */
static const char macro_prelude[] = "#ifdef __cplusplus\n"
                                    "bool cuhostlint_holds();\n"
                                    "#else\n"
                                    "int cuhostlint_holds(void);\n"
                                    "#endif\n"
                                    "#define CUHOSTLINT_JOINED(a, b) a##b\n"
                                    "#define CUHOSTLINT_NAMED(line)"
                                    " void CUHOSTLINT_JOINED(cuhostlint_body_, line)\n";

static const char *const keywords[] = {
    "template", "operator", "new",    "delete", "this", "class", "if",   "for", "while",
    "switch",   "return",   "sizeof", "case",   "do",   "else",  "goto", "int", "void"};

static bool is_keyword(const char *word)
{
    for (size_t j = 0; j < sizeof keywords / sizeof *keywords; j++)
        if (strcmp(word, keywords[j]) == 0)
            return true;
    return false;
}

static bool is_template(const struct unknown_names *unknown, const char *member)
{
    for (size_t i = 0; i < unknown->templates.len; i++)
        if (strcmp(unknown->templates.data[i], member) == 0)
            return true;
    return false;
}

static void write_members(struct strbuf *text, const struct unknown_names *unknown)
{
    for (size_t i = 0; i < unknown->members.len; i++) {
        const char *member = unknown->members.data[i];
        if (is_keyword(member) || strcmp(member, "begin") == 0 || strcmp(member, "end") == 0)
            continue;
        if (is_template(unknown, member))
            strbuf_addf(text,
                        "    template <class... T, class... A> static cuhostlint_unknown &%s(A "
                        "&&...);\n",
                        member);
        else
            strbuf_addf(text, "    static cuhostlint_unknown %s;\n", member);
    }
}

static void write_macro(struct strbuf *text, const struct unknown_name *name)
{
    if (name->uses & UNKNOWN_EMPTY)
        strbuf_addf(text, "#define %s\n", name->name);
    else if (name->uses & UNKNOWN_ALONE)
        strbuf_addf(text, "#define %s(...)\n", name->name);
    else if (name->uses & UNKNOWN_HEAD)
        strbuf_addf(text, "#define %s(...) CUHOSTLINT_NAMED(__LINE__)%s\n", name->name,
                    name->has_parameter_list ? "" : "()");
    else
        strbuf_addf(text, "#define %s(...) if (cuhostlint_holds())\n", name->name);
}

static bool has_children(const struct unknown_names *unknown, uint32_t parent)
{
    for (size_t i = parent + 1; i < unknown->names.len; i++)
        if (unknown->names.data[i].parent == parent)
            return true;
    return false;
}

static void write_names(struct strbuf *text, const struct unknown_names *unknown, uint32_t parent,
                        bool in_class);

static void write_class(struct strbuf *text, const struct unknown_names *unknown, uint32_t index)
{
    const struct unknown_name *name = &unknown->names.data[index];
    if (name->parameters)
        strbuf_addf(text, "template <%s> ", name->parameters);
    strbuf_addf(text, "struct %s : cuhostlint_unknown { template <class... A> %s(A &&...);\n",
                name->name, name->name);
    write_names(text, unknown, index, true);
    strbuf_adds(text, "};\n");
}

/* Before anything else: the library's headers begin as they would in the missing one. */
static void write_library(struct strbuf *text, const struct unknown_names *unknown)
{
    for (uint32_t i = 0; i < unknown->names.len; i++) {
        const char *header = unknown_name_header(unknown, i);
        if (header)
            strbuf_addf(text, "#if __has_include(<%s>)\n#include <%s>\n#endif\n", header, header);
    }
}

static void write_names(struct strbuf *text, const struct unknown_names *unknown, uint32_t parent,
                        bool in_class)
{
    for (uint32_t i = 0; i < unknown->names.len; i++) {
        const struct unknown_name *name = &unknown->names.data[i];
        if (name->parent != parent || name->uses & UNKNOWN_MACRO)
            continue;
        bool is_scope = has_children(unknown, i);
        const char *header = unknown_name_header(unknown, i);
        if (header)
            strbuf_addf(text, "#if !__has_include(<%s>)\n", header);
        if (name->uses & UNKNOWN_TYPE || (in_class && is_scope)) {
            write_class(text, unknown, i);
        } else if (is_scope) {
            strbuf_addf(text, "namespace %s {\n", name->name);
            write_names(text, unknown, i, false);
            strbuf_adds(text, "}\n");
        } else if (!(name->uses & UNKNOWN_NAMESPACE)) {
            strbuf_addf(text, "%s %scuhostlint_unknown %s;\n", in_class ? "static" : "extern",
                        name->uses & UNKNOWN_CHANGED ? "" : "const ", name->name);
        }
        if (header)
            strbuf_adds(text, "#endif\n");
    }
}

static void write_c_members(struct strbuf *text, const char *const *names, size_t count,
                            struct map *written)
{
    for (size_t i = 0; i < count; i++) {
        if (is_keyword(names[i]) || map_get(written, names[i]) != (uint32_t)MAP_NONE)
            continue;
        map_set(written, names[i], 1);
        strbuf_addf(text, "    int (*%s)();\n", names[i]);
    }
}

/* A table of functions, as far as anybody knows. */
static void write_c_struct(struct strbuf *text, const struct unknown_names *unknown,
                           const char *name)
{
    struct map written = {.arena = text->arena};
    strbuf_addf(text, "struct %s {\n", name);
    write_c_members(text, unknown->members.data, unknown->members.len, &written);
    write_c_members(text, unknown->called.data, unknown->called.len, &written);
    strbuf_adds(text, "    char cuhostlint_size[1LL << 36];\n};\n");
}

static void write_c_names(struct strbuf *text, const struct unknown_names *unknown)
{
    for (size_t i = 0; i < unknown->names.len; i++) {
        const struct unknown_name *name = &unknown->names.data[i];
        if (name->uses & UNKNOWN_MACRO || unknown_name_header(unknown, (uint32_t)i))
            continue;
        if (name->uses & UNKNOWN_INSIDE) {
            write_c_struct(text, unknown, name->name);
            continue;
        }
        strbuf_addf(text, "%s%s;\n",
                    name->uses & UNKNOWN_TYPE      ? "typedef void *"
                    : name->uses & UNKNOWN_CHANGED ? "extern int "
                                                   : "extern const int ",
                    name->name);
    }
}

const char *heal_declarations(struct arena *arena, enum source_language language, const char *text,
                              size_t len, const struct heal_wish *wish, user_errors *healed)
{
    struct unknown_names unknown = {0};
    for (size_t i = 0; i < wish->class_macros.len; i++)
        vec_push(arena, &unknown.names,
                 (struct unknown_name){.name = wish->class_macros.data[i],
                                       .parent = UINT32_MAX,
                                       .uses = UNKNOWN_EMPTY});
    unknown_names_collect(arena, text, len, &wish->errors, &unknown);
    if (!unknown.names.len)
        return NULL;
    struct strbuf made;
    strbuf_init(&made, arena);
    write_library(&made, &unknown);
    strbuf_adds(&made, language == SOURCE_C ? c_prelude : cxx_prelude);
    if (language != SOURCE_C) {
        write_members(&made, &unknown);
        strbuf_adds(&made, cxx_operators);
    }
    strbuf_adds(&made, macro_prelude);
    for (size_t i = 0; i < unknown.names.len; i++)
        if (unknown.names.data[i].uses & UNKNOWN_MACRO)
            write_macro(&made, &unknown.names.data[i]);
    if (language == SOURCE_C)
        write_c_names(&made, &unknown);
    else
        write_names(&made, &unknown, UINT32_MAX, false);
    for (size_t i = 0; i < unknown.mentions.len; i++)
        vec_push(arena, healed, unknown.mentions.data[i]);
    return made.text;
}
