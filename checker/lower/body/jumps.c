#include "lower/body/jumps.h"

#include "lower/body/scopes.h"
#include "lower/declarations/names.h"

bool jumps_is_set(const struct ir_function *function)
{
    static const char *const names[] = {"setjmp", "_setjmp", "sigsetjmp", "__sigsetjmp",
                                        "__builtin_setjmp"};
    return names_is_one_of(function->name, names, sizeof names / sizeof *names);
}

bool jumps_is_back(const struct ir_function *function)
{
    static const char *const names[] = {"longjmp", "_longjmp", "siglongjmp", "__longjmp_chk",
                                        "__builtin_longjmp"};
    return names_is_one_of(function->name, names, sizeof names / sizeof *names);
}

/* Out of here, unless the value is true. */
static void only_if(struct body *b, ir_value value)
{
    ir_id on = body_block(b), dead = body_block(b);
    body_branch(b, value, on, dead);
    body_enter(b, dead);
    body_end(b, IR_UNREACHABLE, IR_NONE);
    body_enter(b, on);
}

static void set(struct body *b, ir_id local, ir_id type, uint64_t number)
{
    ir_value address = body_local_address(b, local);
    body_store(b, address, body_constant(b, type, number));
}

/* The second time: once is enough to see what the handler does, so that a path ends. */
static void lower_landing(struct body *b, ir_id result, ir_id is_back, ir_id type)
{
    ir_value before = body_load(b, body_local_address(b, is_back), type);
    only_if(b, body_compare(b, IR_EQ, before, body_constant(b, type, 0)));
    set(b, is_back, type, 1);
    ir_value number = body_unknown(b, type, "what longjmp gives");
    only_if(b, body_compare(b, IR_NE, number, body_constant(b, type, 0)));
    body_store(b, body_local_address(b, result), number);
}

ir_value jumps_set(struct body *b, ir_id type)
{
    ir_id result = body_temporary(b, type), is_back = body_temporary(b, type);
    set(b, result, type, 0);
    set(b, is_back, type, 0);
    ir_id on = body_block(b);
    b->landing.block = body_block(b);
    b->landing.depth = b->compound_depth;
    body_jump(b, on);
    body_enter(b, b->landing.block);
    lower_landing(b, result, is_back, type);
    body_jump(b, on);
    scopes_catch(b, NODE_NONE, b->landing.block);
    body_enter(b, on);
    return body_load(b, body_local_address(b, result), type);
}

static bool is_set_around(const struct body *b)
{
    for (size_t i = b->cleanups.len; i-- > 0;)
        if (b->cleanups.data[i].kind == CLEANUP_HANDLER &&
            b->cleanups.data[i].unwind == b->landing.block)
            return true;
    return false;
}

struct landing jumps_enter(struct body *b)
{
    b->compound_depth++;
    return b->landing;
}

void jumps_after_statement(struct body *b)
{
    if (b->landing.block != IR_NONE && b->landing.depth == b->compound_depth && !is_set_around(b))
        scopes_catch(b, NODE_NONE, b->landing.block);
}

void jumps_leave(struct body *b, struct landing outer)
{
    b->compound_depth--;
    b->landing = outer;
}
