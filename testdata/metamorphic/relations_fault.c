/* Mistakes: each must be found where it was made. */
#include "relation.h"

#include <string.h>

/* A call of a function that stands alone in a statement, perhaps in the brackets of a macro that
 * looks at its status: CHECK(cudaHostUnregister(p)); */
struct call {
    const struct statement *statement;
    size_t name; /* token */
    struct arguments arguments;
    bool is_checked; /* by a macro or function around it */
    bool is_cast;    /* (void) */
};

static bool read_call(const struct program *program, size_t number, const char *part,
                      struct call *call)
{
    const struct statement *statement = &program->statements.data[number];
    size_t token = statement->first;

    if (statement->kind != STATEMENT_PLAIN)
        return false;
    *call = (struct call){.statement = statement};
    if (token_is(program, token, "(") && token_is(program, token + 1, "void") &&
        token_is(program, token + 2, ")")) {
        call->is_cast = true;
        token += 3;
    }
    if (strstr(program->tokens.data[token].text, part) == NULL &&
        token_is(program, token + 1, "(") &&
        program->tokens.data[token].kind == CXToken_Identifier) {
        call->is_checked = true;
        token += 2;
    }
    if (strstr(program->tokens.data[token].text, part) == NULL ||
        !token_is(program, token + 1, "("))
        return false;
    call->name = token;
    relation_arguments(program, token + 1, &call->arguments);
    return call->arguments.count > 0;
}

static bool is_call_of(const struct program *program, const struct call *call, const char *name)
{
    return strcmp(program->tokens.data[call->name].text, name) == 0;
}

static const char *argument(const struct program *program, const struct call *call, size_t number)
{
    struct range range = call->arguments.list[number];

    return arena_strndup(program->arena, program->text + range.from, range.to - range.from);
}

static const char *unregister_name(const struct program *program, const struct call *call)
{
    const char *name = program->tokens.data[call->name].text;

    return strncmp(name, "cuda", 4) == 0  ? "cudaHostUnregister"
           : strncmp(name, "hip", 3) == 0 ? "hipHostUnregister"
                                          : "cuMemHostUnregister";
}

/* `rule` must be found in the line of the token. */
static void demand(struct rewrite *rewrite, const struct program *program, const struct call *call,
                   const char *rule, size_t token, size_t copy)
{
    struct change *site = &rewrite->sites.data[rewrite->sites.len - 1];

    site->rule = rule;
    site->rule_offset = program->tokens.data[token].range.from;
    site->rule_copy = copy;
    site->probe = unregister_name(program, call);
    site->probed = statement_range(program, call->statement);
}

/* On every path through the function, as far as its brackets say. */
static bool is_unconditional(const struct program *program, const struct call *call)
{
    for (size_t parent = call->statement->parent; parent != NONE;
         parent = program->statements.data[parent].parent)
        if (program->statements.data[parent].kind != STATEMENT_BLOCK)
            return false;
    return true;
}

static bool is_register(const struct program *program, const struct call *call)
{
    return strncmp(program->tokens.data[call->name].text, "cu", 2) == 0 ||
           strncmp(program->tokens.data[call->name].text, "hip", 3) == 0;
}

/* The address of a pointer is wrong, or meant, whatever the size. */
static bool is_of_an_address(const struct program *program, const struct call *call)
{
    return argument(program, call, 0)[0] == '&';
}

static void size_zero(const struct program *program, struct rewrite *rewrite)
{
    struct call call;

    for (size_t i = 0; i < program->statements.len; i++) {
        if (!read_call(program, i, "HostRegister", &call) || !is_register(program, &call) ||
            call.arguments.count != 3 || is_of_an_address(program, &call))
            continue;
        rewrite_site(rewrite);
        rewrite_replace(rewrite, call.arguments.list[1], "0");
        demand(rewrite, program, &call, "zero-size", call.name, 0);
    }
}

static void flags_unknown(const struct program *program, struct rewrite *rewrite)
{
    struct call call;

    for (size_t i = 0; i < program->statements.len; i++) {
        if (!read_call(program, i, "HostRegister", &call) || !is_register(program, &call) ||
            call.arguments.count != 3)
            continue;
        rewrite_site(rewrite);
        rewrite_replace(rewrite, call.arguments.list[2], "64");
        demand(rewrite, program, &call, "invalid-flags", call.name, 0);
    }
}

static void check_dropped(const struct program *program, struct rewrite *rewrite)
{
    struct call call;

    for (size_t i = 0; i < program->statements.len; i++) {
        if (!read_call(program, i, "HostRegister", &call) || !is_register(program, &call) ||
            !call.is_checked || call.arguments.count != 3)
            continue;
        const struct range inner =
            token_range(program, call.name, program->tokens.data[call.name + 1].mate);

        rewrite_site(rewrite);
        rewrite_template(rewrite, statement_range(program, call.statement), "$1;", &inner, 1);
        demand(rewrite, program, &call, "unchecked-call", call.name, 0);
    }
}

/* Written twice, an argument that calls a function of the file is two things. */
static bool calls_own_function(const struct program *program, const struct call *call)
{
    const struct statement *statement = call->statement;

    for (size_t i = call->name + 1; i < statement->last; i++)
        for (size_t j = 0; j < program->functions.len; j++)
            if (token_is(program, i + 1, "(") &&
                token_is(program, i, program->functions.data[j].name))
                return true;
    return false;
}

static void registered_twice(const struct program *program, struct rewrite *rewrite)
{
    struct call call;

    for (size_t i = 0; i < program->statements.len; i++) {
        if (!read_call(program, i, "HostRegister", &call) || !is_register(program, &call) ||
            !call.is_checked || call.arguments.count != 3 || calls_own_function(program, &call))
            continue;
        rewrite_site(rewrite);
        rewrite_replace(rewrite, statement_range(program, call.statement), "{ $0\n$0 }");
        demand(rewrite, program, &call, "double-register", call.name, 1);
    }
}

static void unregistered_twice(const struct program *program, struct rewrite *rewrite)
{
    struct call call;

    for (size_t i = 0; i < program->statements.len; i++) {
        if (!read_call(program, i, "HostUnregister", &call) || !is_register(program, &call) ||
            call.arguments.count != 1 || !is_unconditional(program, &call) ||
            calls_own_function(program, &call))
            continue;
        rewrite_site(rewrite);
        rewrite_replace(rewrite, statement_range(program, call.statement), "{ $0\n$0 }");
        demand(rewrite, program, &call, "unregister-unregistered", call.name, 1);
    }
}

/* The parameter of a function that nobody in the file calls, and that does not register it: no
 * registration is in sight. */
static bool is_from_out_of_sight(const struct program *program, const struct call *call)
{
    const struct function *function = &program->functions.data[call->statement->function];
    const char *pointer = argument(program, call, 0);
    bool is_parameter = false;

    for (size_t i = 0; i < function->parameter_names.len; i++)
        is_parameter |= strcmp(function->parameter_names.data[i], pointer) == 0;
    return is_parameter && function->uses.len == 0;
}

/* An unregister call with the release of the same block right behind it. */
static bool read_pair(const struct program *program, size_t number, struct call *unregister,
                      const struct statement **release)
{
    const struct statement *next;
    const char *pointer;

    if (!read_call(program, number, "HostUnregister", unregister) ||
        !is_register(program, unregister) || unregister->arguments.count != 1 ||
        is_from_out_of_sight(program, unregister) || number + 1 >= program->statements.len)
        return false;
    next = &program->statements.data[number + 1];
    if (next->parent != unregister->statement->parent || next->kind != STATEMENT_PLAIN ||
        next->first != unregister->statement->last + 1)
        return false;
    *release = next;
    pointer = argument(program, unregister, 0);
    if (token_is(program, next->first, "delete"))
        return strcmp(program_written(program, next->last - 1, next->last - 1), pointer) == 0;
    struct call call;

    return read_call(program, number + 1, "free", &call) && is_call_of(program, &call, "free") &&
           strcmp(argument(program, &call, 0), pointer) == 0;
}

static void released_first(const struct program *program, struct rewrite *rewrite)
{
    struct call call;
    const struct statement *release;

    for (size_t i = 0; i < program->statements.len; i++) {
        if (!read_pair(program, i, &call, &release))
            continue;
        const struct range parts[] = {statement_range(program, release),
                                      statement_range(program, call.statement)};

        rewrite_site(rewrite);
        rewrite_template(rewrite, (struct range){parts[1].from, parts[0].to}, "$1\n$2", parts, 2);
        demand(rewrite, program, &call, "freed-while-registered", release->first, 0);
    }
}

static void not_unregistered(const struct program *program, struct rewrite *rewrite)
{
    struct call call;
    const struct statement *release;

    for (size_t i = 0; i < program->statements.len; i++) {
        if (!read_pair(program, i, &call, &release))
            continue;
        rewrite_site(rewrite);
        rewrite_replace(rewrite, statement_range(program, call.statement), ";");
        demand(rewrite, program, &call, "freed-while-registered", release->first, 0);
    }
}

static void freed_as_pinned(const struct program *program, struct rewrite *rewrite)
{
    struct call call;
    const struct statement *release;

    for (size_t i = 0; i < program->statements.len; i++) {
        if (!read_pair(program, i, &call, &release) || token_is(program, release->first, "delete"))
            continue;
        rewrite_site(rewrite);
        rewrite_replace(rewrite, token_range(program, release->first, release->last - 1),
                        arena_printf(program->arena, "(void)%s(%s)",
                                     strncmp(program->tokens.data[call.name].text, "hip", 3) == 0
                                         ? "hipHostFree"
                                     : strncmp(program->tokens.data[call.name].text, "cuda", 4) == 0
                                         ? "cudaFreeHost"
                                         : "cuMemFreeHost",
                                     argument(program, &call, 0)));
        demand(rewrite, program, &call, "mismatched-free", release->last, 0);
    }
}

static const struct relation relations[] = {
    {.name = "size-zero", .apply = size_zero},
    {.name = "flags-unknown", .apply = flags_unknown},
    {.name = "check-dropped", .apply = check_dropped},
    {.name = "registered-twice", .apply = registered_twice},
    {.name = "unregistered-twice", .apply = unregistered_twice},
    {.name = "released-first", .apply = released_first},
    {.name = "not-unregistered", .apply = not_unregistered},
    {.name = "freed-as-pinned", .apply = freed_as_pinned},
};
const struct relation_table fault_relations = RELATIONS(relations);
