/* Calls: whom they reach, what they do, what they answer. */
#ifndef CUHOSTLINT_ENGINE_CALL_CALL_H
#define CUHOSTLINT_ENGINE_CALL_CALL_H

#include "engine/internal.h"

enum { MAX_ARGS = 24 };

/* One call being played: the operation's own, or one that it implies (a deleter). */
struct invocation {
    ir_id op_id;
    const struct ir_op *op;
    const struct ir_unit *unit;
    site_id site;
    value_id args[MAX_ARGS];
    ir_id types[MAX_ARGS]; /* of the arguments, IR_NONE unknown */
    size_t count;
    value_id into; /* where a record result goes, or VALUE_NONE */
    bool is_discarded;
    const char *name; /* of the callee, for messages */
};
/* A call that is made where `cause` is written and by nobody's words: of a destructor, a deleter.
 * It has no arguments yet. */
struct invocation invocation_within(const struct invocation *cause);
void invocation_add(struct invocation *invocation, value_id value, ir_id type);
/* The first argument, before those that are there: the object of a call. */
void invocation_add_object(struct invocation *invocation, value_id value, ir_id type);
enum step call_execute(struct engine *engine, struct state *state, ir_id op_id);
/* Enters the body of a function of the program, or plays its model; STEP_NEXT when neither. */
enum step call_function(struct engine *engine, struct state *state,
                        const struct invocation *invocation, uint32_t function, value_id *result);
enum step call_model(struct engine *engine, struct state *state,
                     const struct invocation *invocation, const struct model_function *model,
                     value_id *result);
/* A library function keeps its argument: a pointer, or what the object holds that a reference
 * stands for (a container's insert). `callee` may be NULL: the written types tell. */
void call_keep(struct engine *engine, struct state *state, const struct invocation *invocation,
               const struct ir_unit *in, const struct ir_function *callee, size_t index);
/* What a call out of sight that only asks gives, the same as before on this path; VALUE_NONE where
 * it may do more (questions.c). */
value_id question_answer(struct engine *engine, struct state *state,
                         const struct invocation *invocation);
/* Remembers what the call asked of whom, should it be asked again. */
void question_note(struct engine *engine, const struct invocation *invocation, value_id result);
/* The local object at `address` is gone: nobody asks it again. */
void questions_end(struct engine *engine, struct state *state, value_id address);
/* Is a static local initialised here? Once at most on a path. */
value_id question_first_visit(struct engine *engine, struct state *state, ir_id op_id);
/* Does std::call_once let the call through, with that flag? No code sets a flag back. */
bool question_first_call(struct engine *engine, struct state *state, value_id once);
/* Code out of sight takes the arguments: bodies among them that handle memory run whenever it likes
 * (concurrent.c). */
void concurrent_handed(struct engine *engine, struct state *state,
                       const struct invocation *invocation);
/* May such a body come by what the pointer points to? */
bool concurrent_reaches(struct engine *engine, const struct state *state, value_id pointer);
void call_unknown(struct engine *engine, struct state *state, const struct invocation *invocation,
                  const struct ir_unit *in, const struct ir_function *callee, value_id *result);
enum step container_call(struct engine *engine, struct state *state,
                         const struct invocation *invocation,
                         const struct model_container *container,
                         const struct program_function *callee, value_id *result);
enum step container_method(struct engine *engine, struct state *state,
                           const struct invocation *invocation,
                           const struct model_container *container,
                           const struct model_method *method, const struct ir_unit *unit,
                           const struct ir_record *record, value_id *result);
/* Is the argument an iterator? A function of the library that takes it may read and write the
 * elements from there on: what they hold goes out of sight, the buffer that they lie in stays. */
bool iterator_is_handed(struct engine *engine, struct state *state,
                        const struct invocation *invocation, size_t argument);

/* ---- whom a call reaches (targets.c) ---- */
/* The function of the program that a call names, or that the pointer or the callable object which
 * is called stands for on this path (which becomes the first argument); MAP_NONE: none in sight. */
uint32_t call_target(struct engine *engine, struct state *state, struct invocation *invocation);
/* The function of the program whose address the value is; MAP_NONE: none. */
uint32_t call_function_at(const struct engine *engine, value_id value);
/* The only operator() of a class; MAP_NONE: none, or several. */
uint32_t call_operator_of_class(const struct engine *engine, const struct ir_unit *unit,
                                const struct ir_record *record);
/* The function of the program that a call of that argument runs, MAP_NONE: not known. */
uint32_t callable_function_of_argument(struct engine *engine, struct state *state,
                                       const struct invocation *invocation, size_t index);
/* Calls the argument, whatever can be called, with those behind it (callables.c). False: what it
 * does is not known. */
bool callable_call_argument(struct engine *engine, struct state *state,
                            const struct invocation *invocation, size_t index, enum step *step,
                            value_id *result);
/* The member function that a call in a template's pattern names: the only one of the object's class
 * with that name, which takes so many arguments. MAP_NONE: none, or several. */
uint32_t call_target_of_pattern(const struct engine *engine, const struct state *state,
                                const struct invocation *invocation, const char *name,
                                ir_id object);

/* The program asks what it knows of the pointer itself: its answer counts from here on
 * (effect_registration.c). */
void registrations_asked(struct engine *engine, struct state *state, value_id pointer);

/* ---- entering and leaving bodies (frames.c) ---- */
enum step frame_enter(struct engine *engine, struct state *state,
                      const struct invocation *invocation, uint32_t function);
enum step frame_return(struct engine *engine, struct state *state, value_id result);
/* What dies with the frame, at the site, and is registered still. */
void frame_release(struct engine *engine, struct state *state, site_id at);
/* Leaves the frame: the state stands behind the call. */
void frame_resume(struct engine *engine, struct state *state, const struct context *left);

/* ---- bodies that only compute (computing.c) ---- */
/* Has the call that enters the context spent its share? */
bool computing_is_over(const struct engine *engine, context_id context);
/* Charges a block to the outermost call around it that only computes. True: with it the share is
 * spent, and the state stands before that call again. */
bool computing_spend(struct engine *engine, struct state *state);

/* ---- virtual calls (dynamic_types.c) ---- */
/* A constructor or destructor is entered: the object is of its class from here on. */
void dynamic_type_note(struct engine *engine, struct state *state,
                       const struct program_function *callee, value_id object);
/* A constructor came back into the current function: if that is one itself, the object is its. */
void dynamic_type_return(struct engine *engine, struct state *state,
                         const struct program_function *callee);
/* The function that a virtual call of `declared` reaches, MAP_NONE where the object's class, or
 * what it makes of the call, is not known. `*object` becomes the object that it takes. */
uint32_t dynamic_type_target(struct engine *engine, const struct state *state,
                             const struct ir_function *declared, value_id *object);

/* ---- what code out of sight says of a status (answers.c) ---- */
/* A status that the call is given, itself, compared or by reference, and of which the path does not
 * know how it went; or VALUE_NONE. */
value_id answers_given(struct engine *engine, const struct state *state,
                       const struct invocation *invocation);
/* `result` is what code out of sight answered to the status (VALUE_NONE: to none). */
void answers_note(struct engine *engine, struct state *state, const struct invocation *invocation,
                  value_id status, value_id result);
/* A value goes into the object at `base`: where code out of sight showed that (map["a"]), it is
 * read by another name. */
void answers_stored(struct engine *engine, struct state *state, value_id base, value_id value);
/* Code out of sight may have written to the place that held the value: what is asked there tells of
 * the call no more, or in a way of its own. */
void answers_lost(struct engine *engine, struct state *state, value_id content);
/* The path is about to choose by the condition. */
void answers_ask(struct engine *engine, struct state *state, value_id condition);
/* A branch on the condition is about to be decided: may one of its sides tell others? */
void answers_tell(struct engine *engine, struct state *state, value_id condition,
                  const struct ir_block *branch);
/* The path takes a gate by that answer: what was told before may be what it says. */
void answers_decide(struct engine *engine, struct state *state, value_id answer);

/* ---- failures that the program asks for (expectations.c) ---- */
/* A call that takes a status together with an error's enumerator expects that error. The status
 * that it is given, itself, by reference or in an object made of it; or VALUE_NONE. */
value_id expectations_note(struct engine *engine, const struct state *state,
                           const struct invocation *invocation);
/* Code out of sight that was given the status made an object, or shows one. */
void expectations_wrap(struct engine *engine, const struct invocation *invocation, value_id status,
                       value_id result);

/* ---- results that nothing is known of (shown.c) ---- */
/* What a call gave is not known: it may point into what its arguments show. */
void shown_note(struct engine *engine, struct state *state, const struct invocation *invocation);
/* A pointer was registered, or unregistered: where nothing is known of it, any block that it may
 * point into may have been meant. */
void shown_registered(struct engine *engine, struct state *state, value_id pointer);
void shown_unregistered(struct engine *engine, struct state *state, value_id pointer);

#endif
