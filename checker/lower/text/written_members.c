#include "lower/text/written_members.h"

#include "lower/declarations/records.h"
#include "lower/declarations/types.h"
#include "lower/text/written.h"
#include "support/identifier.h"

#include <ctype.h>
#include <string.h>

/* Where the words have led so far. */
struct walk {
    struct body *b;
    const char *at; /* what is left of the text */
    ir_value place;
    ir_id type; /* of what lies there */
};

static void skip_blanks(struct walk *w)
{
    while (isspace((unsigned char)*w->at))
        w->at++;
}

/* The identifier that the text goes on with, or NULL. */
static const char *take_name(struct walk *w)
{
    skip_blanks(w);
    size_t len = identifier_span(w->at);
    if (!len || isdigit((unsigned char)*w->at))
        return NULL;
    const char *name = arena_strndup(w->b->u->arena, w->at, len);
    w->at += len;
    skip_blanks(w);
    return name;
}

static bool start_at_local(struct walk *w, const char *name)
{
    struct body *b = w->b;
    bool has_this = b->fn->param_count > 0 && strcmp(b->fn->locals.data[0].name, "this") == 0;
    if (has_this && strcmp(name, "this") == 0) {
        w->type = b->fn->locals.data[0].type;
        w->place = body_local_address(b, 0);
        return true;
    }
    for (size_t i = b->variables.len; i-- > 0;) {
        struct variable v = b->variables.data[i];
        if (v.kind != VARIABLE_LOCAL || strcmp(b->fn->locals.data[v.index].name, name) != 0)
            continue;
        w->type = b->fn->locals.data[v.index].type;
        w->place = body_local_address(b, v.index);
        return true;
    }
    return false;
}

static bool start_at_global(struct walk *w, const char *name)
{
    const struct ir_unit *unit = w->b->u->unit;
    ir_id found = IR_NONE;
    for (ir_id i = 0; i < unit->globals.len; i++) {
        if (strcmp(unit->globals.data[i].name, name) != 0)
            continue;
        if (found != IR_NONE)
            return false; /* which one is it? */
        found = i;
    }
    if (found == IR_NONE)
        return false;
    w->type = unit->globals.data[found].type;
    w->place = body_emit(
        w->b, OP(IR_ADDR_GLOBAL, .type = types_pointer_to(w->b->u, w->type), .aux = found));
    return true;
}

static void follow(struct walk *w)
{
    w->place = body_load(w->b, w->place, w->type);
    ir_id element = types_get(w->b->u, w->type)->element;
    w->type = element == IR_NONE ? types_unknown(w->b->u) : element;
}

static void step_into(struct walk *w, const char *member, ir_id last_type)
{
    struct body *b = w->b;
    ir_id record = types_get(b->u, w->type)->record;
    ir_id field = record == IR_NONE ? IR_NONE : records_field(b->u, record, member);
    if (field == IR_NONE)
        record = IR_NONE;
    w->type = *w->at == '\0'     ? last_type
              : field == IR_NONE ? types_unknown(b->u)
                                 : b->u->unit->records.data[record].fields.data[field].type;
    w->place = body_field(b, w->place, record, member, w->type);
}

/* "." or "->", and what it takes to be at the object. */
static bool take_access(struct walk *w)
{
    bool is_arrow = w->at[0] == '-' && w->at[1] == '>';
    if (!is_arrow && *w->at != '.')
        return false;
    w->at += is_arrow ? 2 : 1;
    if (types_kind(w->b->u, w->type) == IR_TYPE_REFERENCE)
        follow(w);
    if (is_arrow)
        follow(w);
    return true;
}

/* Nothing but names and what is between them; the whole of it, before anything is emitted. */
static bool is_chain(const char *text)
{
    bool has_access = false;
    for (const char *at = text; *at; at++) {
        bool is_arrow = at[0] == '-' && at[1] == '>';
        if (!identifier_has(*at) && !isspace((unsigned char)*at) && *at != '.' && !is_arrow)
            return false;
        has_access |= *at == '.' || is_arrow;
        at += is_arrow;
    }
    return has_access;
}

/* Which of several methods is called is not known either: that is no place. */
static bool is_method(struct body *b, node_id node)
{
    const char *name = types_get(b->u, tree_type(b->tree, node))->name;
    return name && strstr(name, "function type");
}

ir_value written_member_place(struct body *b, node_id node)
{
    const char *text = written_text(b, node);
    struct walk w = {.b = b, .at = text, .place = IR_NONE, .type = IR_NONE};
    if (!is_chain(text) || is_method(b, node))
        return IR_NONE;
    const char *name = take_name(&w);
    if (!name || !(start_at_local(&w, name) || start_at_global(&w, name)))
        return IR_NONE;
    if (types_kind(b->u, w.type) == IR_TYPE_UNKNOWN)
        return IR_NONE; /* it may be any object of the program: an iterator, perhaps */
    while (*w.at) {
        const char *member = take_access(&w) ? take_name(&w) : NULL;
        if (!member)
            return IR_NONE;
        step_into(&w, member, tree_type(b->tree, node));
    }
    return w.place;
}
