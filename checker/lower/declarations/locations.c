#include "lower/declarations/locations.h"

#include "lower/declarations/names.h"
#include "models/model.h"
#include "source/project/path.h"
#include "source/text/lexer.h"
#include "source/text/plain.h"
#include "support/file.h"
#include "support/identifier.h"

#include <ctype.h>
#include <string.h>

/* Files in memory stand under this path (source/source.h). */
static const char VIRTUAL_ROOT[] = "/cuhostlint/";

struct point {
    CXFile file;
    unsigned line, column, offset;
};

static struct point file_point(struct unit_builder *u, CXSourceLocation location)
{
    struct point p = {0};
    u->clang->getFileLocation(location, &p.file, &p.line, &p.column, &p.offset);
    return p;
}

static struct point expansion_point(struct unit_builder *u, CXSourceLocation location)
{
    struct point p = {0};
    u->clang->getExpansionLocation(location, &p.file, &p.line, &p.column, &p.offset);
    return p;
}

bool locations_is_guessed(const struct unit_builder *u, const char *name)
{
    for (size_t i = 0; i < u->source->guessed.len; i++)
        if (source_path_is_below(name, u->source->guessed.data[i]))
            return true;
    return false;
}

static bool names_what_counts(const struct unit_builder *u, const char *text, size_t len)
{
    struct lexer lexer = lexer_start(text, len);
    for (;;) {
        struct lexer_token token = lexer_next(&lexer);
        if (token.kind == LEXER_END)
            return false;
        if (token.kind == LEXER_NAME && (models_is_watched(u->models, token.text, token.len) ||
                                         models_reads_last_error(u->models, token.text, token.len)))
            return true;
    }
}

/* For clang, what stands in a guessed folder is the system's. A header there that deals with host
 * memory, or asks how calls went, is the project's; the bodies of all the others (a test framework,
 * a library of templates) are much work and no news. */
static bool deals_with_memory(struct unit_builder *u, CXFile handle)
{
    size_t len = 0;
    const char *text = u->clang->getFileContents(u->tu, handle, &len);
    return text && names_what_counts(u, text, len);
}

static ir_id enter_file(struct unit_builder *u, CXFile handle, CXSourceLocation location)
{
    if (!handle)
        return IR_NONE;
    uint64_t key = (uint64_t)(uintptr_t)handle;
    uint32_t known = map_get_u64(&u->files, key);
    if (known != (uint32_t)MAP_NONE)
        return known;
    const char *name = names_take(u, u->clang->getFileName(handle));
    const char *real = file_real_path(u->arena, name);
    bool is_guessed = locations_is_guessed(u, name);
    bool is_main = u->clang->File_isEqual(handle, u->subject.file) != 0;
    struct ir_file file = {
        .path = real ? real : arena_strdup(u->arena, name),
        .is_main = is_main,
        .is_system = (!is_main && u->clang->Location_isInSystemHeader(location) != 0 &&
                      !(is_guessed && deals_with_memory(u, handle))) ||
                     strncmp(name, VIRTUAL_ROOT, sizeof VIRTUAL_ROOT - 1) == 0,
    };
    ir_id id = (ir_id)u->unit->files.len;
    vec_push(u->arena, &u->unit->files, file);
    vec_push(u->arena, &u->file_sources,
             (struct file_source){.handle = handle, .is_guessed = is_guessed});
    map_set_u64(&u->files, key, id);
    return id;
}

ir_id locations_file(struct unit_builder *u, CXSourceLocation location)
{
    struct point p = file_point(u, location);
    return enter_file(u, p.file, location);
}

/* clang_getFileContents searches all files each time: its answers are kept. */
const char *locations_text(struct unit_builder *u, ir_id file, size_t *len)
{
    *len = 0;
    if (file == IR_NONE)
        return NULL;
    struct file_source *source = &u->file_sources.data[file];
    if (!source->is_read) {
        source->is_read = true;
        const char *text = u->clang->getFileContents(u->tu, source->handle, &source->len);
        source->text = text ? source_plain(u->arena, text, source->len) : NULL;
    }
    *len = source->text ? source->len : 0;
    return source->text;
}

static size_t identifier_length(const char *text, size_t len, size_t at)
{
    size_t end = at;
    while (end < len && identifier_has(text[end]))
        end++;
    return end - at;
}

const char *locations_identifier(struct unit_builder *u, ir_id file, uint32_t offset)
{
    size_t len;
    const char *text = locations_text(u, file, &len);
    if (!text || offset >= len)
        return "";
    return arena_strndup(u->arena, text + offset, identifier_length(text, len, offset));
}

static bool is_same_point(struct point x, struct point y)
{
    return x.file == y.file && x.offset == y.offset;
}

/* True when the code at `location` comes from a macro's body: it then stands at the macro's name,
 * which may itself stand in an argument of another macro. Else it is written at `at`. */
static bool in_macro_body(struct unit_builder *u, CXSourceLocation location, struct point at)
{
    if (u->clang->version >= CLANG_SPELLS_FROM) {
        struct point spelled = {0};
        u->clang->getSpellingLocation(location, &spelled.file, NULL, NULL, &spelled.offset);
        return !is_same_point(spelled, at);
    }
    if (!is_same_point(expansion_point(u, location), at))
        return false; /* a macro's argument: taken to be written there */
    CXCursor there =
        u->clang->getCursor(u->tu, u->clang->getLocation(u->tu, at.file, at.line, at.column));
    return u->clang->getCursorKind(there) == CXCursor_MacroExpansion;
}

/* Where the macro used at `at` is defined; needs the preprocessing record. */
static CXCursor macro_definition(struct unit_builder *u, struct point at)
{
    CXCursor use =
        u->clang->getCursor(u->tu, u->clang->getLocation(u->tu, at.file, at.line, at.column));
    if (u->clang->getCursorKind(use) != CXCursor_MacroExpansion)
        return u->clang->getNullCursor();
    return u->clang->getCursorReferenced(use);
}

static ir_id enter_macro(struct unit_builder *u, ir_id used_in, struct point at)
{
    const char *name = locations_identifier(u, used_in, at.offset);
    if (!*name)
        return IR_NONE;
    uint32_t known = map_get(&u->macros, name);
    if (known != (uint32_t)MAP_NONE)
        return known;
    struct ir_macro macro = {.name = name, .file = IR_NONE};
    CXCursor definition = macro_definition(u, at);
    if (!u->clang->Cursor_isNull(definition)) {
        CXSourceLocation where = u->clang->getCursorLocation(definition);
        struct point p = file_point(u, where);
        macro.file = enter_file(u, p.file, where);
        macro.line = p.line;
        macro.column = p.column;
    }
    ir_id id = (ir_id)u->unit->macros.len;
    vec_push(u->arena, &u->unit->macros, macro);
    map_set(&u->macros, name, id);
    return id;
}

static struct ir_loc range_between(struct unit_builder *u, CXSourceLocation start,
                                   CXSourceLocation end)
{
    struct point from = file_point(u, start);
    if (!from.file)
        return IR_NO_LOC;
    struct ir_loc loc = {.file = enter_file(u, from.file, start),
                         .line = from.line,
                         .column = from.column,
                         .offset = from.offset,
                         .macro = IR_NONE};
    struct point to;
    if (in_macro_body(u, start, from)) {
        loc.macro = enter_macro(u, loc.file, from);
        to = expansion_point(u, end);
    } else {
        to = file_point(u, end);
    }
    if (to.file != from.file || to.offset <= from.offset) {
        /* It ends in another file or macro: the first word must do. */
        size_t length = strlen(locations_identifier(u, loc.file, from.offset));
        unsigned width = length ? (unsigned)length : 1;
        to = from;
        to.column += width;
        to.offset += width;
    }
    loc.end_line = to.line;
    loc.end_column = to.column;
    loc.end_offset = to.offset;
    return loc;
}

struct ir_loc locations_extent(struct unit_builder *u, CXCursor cursor)
{
    CXSourceRange range = u->clang->getCursorExtent(cursor);
    return range_between(u, u->clang->getRangeStart(range), u->clang->getRangeEnd(range));
}

struct ir_loc locations_last(struct ir_loc loc)
{
    if (loc.file == IR_NONE || loc.macro != IR_NONE || loc.end_column < 2)
        return loc;
    loc.line = loc.end_line;
    loc.column = loc.end_column - 1;
    loc.offset = loc.end_offset - 1;
    return loc;
}

struct ir_loc locations_name(struct unit_builder *u, CXCursor cursor)
{
    CXSourceRange range = u->clang->Cursor_getSpellingNameRange(cursor, 0, 0);
    if (u->clang->Range_isNull(range)) {
        CXSourceLocation at = u->clang->getCursorLocation(cursor);
        return range_between(u, at, at);
    }
    return range_between(u, u->clang->getRangeStart(range), u->clang->getRangeEnd(range));
}

bool locations_in_system_header(struct unit_builder *u, CXCursor cursor)
{
    CXSourceLocation location = u->clang->getCursorLocation(cursor);
    ir_id file = locations_file(u, location);
    return file == IR_NONE || u->unit->files.data[file].is_system;
}

bool locations_in_guessed_header(struct unit_builder *u, CXCursor cursor)
{
    CXSourceLocation location = u->clang->getCursorLocation(cursor);
    ir_id file = locations_file(u, location);
    return file != IR_NONE && u->file_sources.data[file].is_guessed;
}

void locations_claim(struct unit_builder *u, CXCursor cursor)
{
    ir_id file = locations_file(u, u->clang->getCursorLocation(cursor));
    if (file != IR_NONE && u->file_sources.data[file].is_guessed)
        u->unit->files.data[file].is_system = false;
}

const char *locations_written(struct unit_builder *u, CXCursor cursor)
{
    CXSourceRange range = u->clang->getCursorExtent(cursor);
    CXSourceLocation start = u->clang->getRangeStart(range);
    struct point from = file_point(u, start);
    struct point to = file_point(u, u->clang->getRangeEnd(range));
    size_t len;
    const char *text = locations_text(u, enter_file(u, from.file, start), &len);
    if (!text || to.file != from.file || to.offset <= from.offset || to.offset > len)
        return "";
    return arena_strndup(u->arena, text + from.offset, to.offset - from.offset);
}

/* ---- attributes that macros write ------------------------------------------------------ */

/* The word behind the first bracket that follows the identifier at `at`, or "". */
static const char *word_in_brackets(struct unit_builder *u, const char *text, size_t len, size_t at)
{
    size_t next = at + identifier_length(text, len, at);
    while (next < len && (isspace((unsigned char)text[next]) || text[next] == '('))
        next++;
    return arena_strndup(u->arena, text + next, identifier_length(text, len, next));
}

/* The start of the directive that the text at `at` belongs to. */
static size_t directive_start(const char *text, size_t at)
{
    while (at > 0 && !(text[at - 1] == '\n' && (at < 2 || text[at - 2] != '\\')))
        at--;
    return at;
}

/* The name of the macro whose body the text at `at` belongs to, where `word` is its only
 * parameter; else "". */
static const char *macro_of_parameter(struct unit_builder *u, const char *text, size_t len,
                                      size_t at, const char *word)
{
    static const char define[] = "define";
    size_t from = directive_start(text, at);
    while (from < at && (isspace((unsigned char)text[from]) || text[from] == '#'))
        from++;
    if (strncmp(text + from, define, sizeof define - 1) != 0)
        return "";
    from += sizeof define - 1;
    while (from < at && isspace((unsigned char)text[from]))
        from++;
    size_t length = identifier_length(text, len, from);
    bool has_parameters = from + length < at && text[from + length] == '(';
    if (!has_parameters || strcmp(word_in_brackets(u, text, len, from), word) != 0)
        return "";
    return arena_strndup(u->arena, text + from, length);
}

/* The first place where the text has the word, not as a part of a longer one: _cleanup_ in
 * "_cleanup_free_ _cleanup_(free_p)". */
static const char *word_in(const char *text, const char *word)
{
    const size_t length = strlen(word);
    for (const char *at = text; (at = strstr(at, word)) != NULL; at += length)
        if ((at == text || !identifier_has(at[-1])) && !identifier_has(at[length]))
            return at;
    return NULL;
}

/* The name, parameters and body of the macro that is used at `at`, as they are written: the plain
 * text has no macros' bodies. NULL: there is none. */
static const char *text_of_macro(struct unit_builder *u, struct point at, struct point *from,
                                 size_t *body_len)
{
    CXCursor definition = macro_definition(u, at);
    if (u->clang->Cursor_isNull(definition))
        return NULL;
    CXSourceRange range = u->clang->getCursorExtent(definition);
    *from = file_point(u, u->clang->getRangeStart(range));
    struct point to = file_point(u, u->clang->getRangeEnd(range));
    size_t len = 0;
    const char *text = from->file ? u->clang->getFileContents(u->tu, from->file, &len) : NULL;
    if (!text || to.offset > len || to.offset <= from->offset)
        return NULL;
    *body_len = to.offset - from->offset;
    return text + from->offset;
}

/* The word that `macro` is given where it is used, or in the body of the macro that is used. */
static const char *word_given(struct unit_builder *u, CXSourceLocation location, const char *macro)
{
    struct point use = expansion_point(u, location);
    size_t len = 0;
    const char *text = use.file ? u->clang->getFileContents(u->tu, use.file, &len) : NULL;
    if (!text || use.offset >= len)
        return "";
    size_t length = identifier_length(text, len, use.offset);
    if (length == strlen(macro) && strncmp(text + use.offset, macro, length) == 0)
        return word_in_brackets(u, text, len, use.offset);
    struct point from;
    size_t body_len;
    const char *body = text_of_macro(u, use, &from, &body_len);
    const char *inner = body ? word_in(arena_strndup(u->arena, body, body_len), macro) : NULL;
    return inner ? word_in_brackets(u, inner, strlen(inner), 0) : "";
}

/* Where no spelling says it: the first attribute in the body of the macro that is used at `at`. */
static struct point attribute_of_macro(struct unit_builder *u, struct point at)
{
    static const char begin[] = "__attribute__((";
    struct point from;
    size_t len;
    const char *text = text_of_macro(u, at, &from, &len);
    const char *found = text ? memmem(text, len, begin, strlen(begin)) : NULL;
    if (!found)
        return at;
    from.offset += (unsigned)(found - text) + (unsigned)strlen(begin);
    return from;
}

void locations_attribute(struct unit_builder *u, CXCursor attribute, const char **name,
                         const char **argument)
{
    struct point at = file_point(u, u->clang->getCursorLocation(attribute));
    if (u->clang->version >= CLANG_SPELLS_FROM)
        u->clang->getSpellingLocation(u->clang->getCursorLocation(attribute), &at.file, NULL, NULL,
                                      &at.offset);
    else
        at = attribute_of_macro(u, at);
    size_t len = 0; /* of the text as it is: the plain one has no macros' bodies */
    const char *text = at.file ? u->clang->getFileContents(u->tu, at.file, &len) : NULL;
    *name = *argument = "";
    if (!text || at.offset >= len)
        return;
    *name = arena_strndup(u->arena, text + at.offset, identifier_length(text, len, at.offset));
    *argument = word_in_brackets(u, text, len, at.offset);
    const char *macro = macro_of_parameter(u, text, len, at.offset, *argument);
    if (*macro)
        *argument = word_given(u, u->clang->getCursorLocation(attribute), macro);
}
