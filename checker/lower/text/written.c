#include "lower/text/written.h"

#include "lower/declarations/arguments.h"
#include "lower/declarations/locations.h"
#include "lower/declarations/names.h"
#include "lower/declarations/types.h"
#include "support/identifier.h"

#include <ctype.h>
#include <string.h>

const char *written_text(struct body *b, node_id node)
{
    if (tree_loc(b->tree, node).macro != IR_NONE)
        return "";
    return locations_written(b->u, tree_cursor(b->tree, node));
}

/* "unsigned int" of "unsigned", "unsigned long" of "long unsigned int", ...; NULL for other names
 * (a template's parameter, in the body of an instance). */
static const char *canonical_builtin(const char *words)
{
    bool is_unsigned = strstr(words, "unsigned") != NULL;
    const char *first_long = strstr(words, "long");
    bool two_longs = first_long && strstr(first_long + 4, "long");
    if (strstr(words, "void"))
        return "void";
    if (strstr(words, "bool") || strstr(words, "_Bool"))
        return "bool";
    if (strstr(words, "float"))
        return "float";
    if (strstr(words, "double"))
        return "double";
    if (strstr(words, "char"))
        return is_unsigned ? "unsigned char" : strstr(words, "signed") ? "signed char" : "char";
    if (strstr(words, "short"))
        return is_unsigned ? "unsigned short" : "short";
    if (two_longs)
        return is_unsigned ? "unsigned long long" : "long long";
    if (first_long)
        return is_unsigned ? "unsigned long" : "long";
    if (is_unsigned)
        return "unsigned int";
    return strstr(words, "int") || strstr(words, "signed") ? "int" : NULL;
}

/* Does a reference to a type, "struct ns::heap", spell the words "heap"? */
static bool is_spelt(const char *reference, const char *words)
{
    size_t len = strlen(reference), tail = strlen(words);
    return len >= tail && strcmp(reference + len - tail, words) == 0 &&
           (len == tail || !identifier_has(reference[len - tail - 1]));
}

/* The type that the node names; `words`: that one of several, or NULL. */
static ir_id referenced_type(struct body *b, node_id node, const char *words)
{
    if (node == NODE_NONE)
        return IR_NONE;
    for (node_id child = tree_node(b->tree, node)->first; child != NODE_NONE;
         child = tree_node(b->tree, child)->next)
        if (tree_kind(b->tree, child) == CXCursor_TypeRef &&
            (!words || is_spelt(names_spelling(b->u, tree_cursor(b->tree, child)), words)))
            return tree_type(b->tree, child);
    return IR_NONE;
}

static const char *first_word(struct body *b, const char *text)
{
    while (isspace((unsigned char)*text))
        text++;
    return arena_strndup(b->u->arena, text, identifier_span(text));
}

/* What the words make of the type that they name; IR_NONE is none that the tree knows. */
static ir_id type_of_words(struct body *b, ir_id type, const char *words)
{
    const char *builtin = canonical_builtin(words);
    if (type == IR_NONE && builtin)
        type = types_builtin(b->u, builtin);
    if (types_kind(b->u, type) == IR_TYPE_UNKNOWN) {
        ir_id argument = arguments_type(b, first_word(b, words));
        type = argument == IR_NONE ? type : argument;
    }
    if (type == IR_NONE)
        return types_unknown(b->u);
    for (const char *at = words; *at; at++)
        if (*at == '*')
            type = types_pointer_to(b->u, type);
    return strpbrk(words, "[<") ? types_unknown(b->u) : type;
}

ir_id written_type_named(struct body *b, node_id node, const char *words)
{
    return type_of_words(b, referenced_type(b, node, words), words);
}

ir_id written_type(struct body *b, node_id node)
{
    const char *text = written_text(b, node);
    const char *open = strchr(text, '(');
    if (!open)
        return types_unknown(b->u);
    size_t len = strlen(open);
    while (len > 1 && (open[len - 1] == ')' || isspace((unsigned char)open[len - 1])))
        len--;
    const char *inside = arena_strndup(b->u->arena, open + 1, len - 1);
    return type_of_words(b, referenced_type(b, node, NULL), inside);
}
