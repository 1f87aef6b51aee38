/* Writes functions of the engine's own: what clients of a class do with objects of it. */
#ifndef CUHOSTLINT_ENGINE_CLIENTS_LIFE_WRITER_H
#define CUHOSTLINT_ENGINE_CLIENTS_LIFE_WRITER_H

#include "link/program.h"

/* How a client gets an object. */
enum life_making {
    LIFE_CONSTRUCTED, /* a local of its own, by a constructor or what does the same in C */
    LIFE_RETURNED,    /* by a function that returns its address, or NULL */
    LIFE_GIVEN_OUT,   /* by a function that writes its address to where the first argument points */
    LIFE_STATIC       /* there is one, in statics that no argument names */
};

/* When what makes the object has made it. */
enum life_success { LIFE_MADE_ALWAYS, LIFE_MADE_IF_ZERO, LIFE_MADE_IF_NOT_ZERO };

/* The function being written. */
struct life {
    struct arena *arena;
    const struct ir_unit *unit;
    const struct ir_record *record;
    struct ir_function *function;
    ir_id block; /* where operations are added */
    ir_id object_type, pointer_type;
    enum life_making making;
    enum life_success success; /* what the function that makes it returns says so */
    bool ends_by_address;      /* what ends the object takes the address of the pointer to it */
};

enum { MAX_LIFE_PARAMETERS = 16 }; /* of a member function */

/* Begins a function with as many parameters as `objects` objects need, that are built by the
 * constructor; IR_NONE: by none that anybody wrote. False: that takes too many. */
bool life_begin(struct life *life, ir_id constructor, uint32_t objects);

/* One more parameter; those of the callee, behind the object. */
void life_take_parameter(struct life *life, ir_id type);
void life_take_parameters(struct life *life, const struct ir_function *callee);

/* An argument that the caller of the whole passes. */
ir_value life_parameter(struct life *life, ir_id local);

/* An object that nothing has been done to; object number `number`, built by the constructor. Where
 * another function makes the object, it is the local that its address is kept in; IR_NONE where it
 * lies in statics. */
ir_id life_object(struct life *life);
ir_id life_construct(struct life *life, ir_id constructor, uint32_t number);

ir_value life_add(struct life *life, struct ir_op op);
/* The address of the object. */
ir_value life_address(struct life *life, ir_id object);
void life_store(struct life *life, ir_value address, ir_value value);
ir_value life_call(struct life *life, ir_id callee, const ir_value *args, size_t count);

/* Calls a member function of the object, with the parameters from `first` on; or with those. */
ir_value life_call_on(struct life *life, ir_id object, ir_id callee, uint32_t first);
ir_value life_call_with(struct life *life, ir_id object, ir_id callee, const ir_id *parameters);

/* The function goes on where the value is not zero, and returns where it is. */
void life_go_on_if(struct life *life, ir_value value);

/* Calls the destructor, and ends the object's life. */
ir_value life_end(struct life *life, ir_id object);

/* The function is one of the program's from here on. */
struct program_function *life_finish(struct life *life, struct program *program, uint32_t unit);

#endif
