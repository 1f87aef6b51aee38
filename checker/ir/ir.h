/* The small language between libclang and the engine.
 *
 * One `ir_unit` holds what one translation unit means for host memory: functions as basic blocks
 * of three-address operations with every address, load, store, scope end and destructor call
 * spelled out. It knows nothing of libclang and nothing of CUDA.
 *
 * Shape. As LLVM's unoptimised form: each local variable is a place in memory; an operation
 * yields at most one value, named by the operation's index in its function (`ir_value`); values
 * are defined once, and before use on every path. A value may be used in any block that its
 * definition dominates.
 *
 * Memory model. An address is a pointer value. IR_ADDR_* makes one for a variable, IR_FIELD and
 * IR_INDEX derive one, IR_LOAD and IR_STORE go through one. A reference is a pointer that is
 * never null: a local of reference type holds the address and is loaded before use.
 * Values of record type exist only in memory: an expression of record type lowers to the address
 * of the object (a temporary local where the language makes a temporary), and IR_COPY copies.
 *
 * Everything lives in the unit's arena; the unit is read-only once made. */
#ifndef CUHOSTLINT_IR_IR_H
#define CUHOSTLINT_IR_IR_H

#include "support/arena.h"
#include "support/vec.h"

#include <stdbool.h>
#include <stdint.h>
#include <string.h>

typedef uint32_t ir_id;    /* an index into one of the unit's or the function's tables */
typedef uint32_t ir_value; /* the index of the operation that yields it, in ir_function.ops */
#define IR_NONE UINT32_MAX
#define IR_SIZE_UNKNOWN UINT64_MAX

/* ---- positions ------------------------------------------------------------------------- */

struct ir_file {
    const char *path; /* absolute, symbolic links resolved */
    bool is_main;     /* the file that the unit is made for */
    bool is_system;   /* a system header: findings never stand there */
};

/* One use of a macro whose body wrote the code at a location. */
struct ir_macro {
    const char *name;
    ir_id file; /* where the macro is defined */
    uint32_t line, column;
};

/* A range of source. Code from a macro's body stands where the macro is used (outermost use);
 * `macro` then names the macro. Code given as a macro's argument stands where it is written. */
struct ir_loc {
    ir_id file;                    /* IR_NONE: no position (synthesised code) */
    uint32_t line, column;         /* from 1; columns count bytes */
    uint32_t end_line, end_column; /* just past the last character */
    uint32_t offset, end_offset;   /* bytes from the start of the file; end exclusive */
    ir_id macro;                   /* into ir_unit.macros, or IR_NONE */
};

/* ---- types ----------------------------------------------------------------------------- */

enum ir_type_kind {
    IR_TYPE_UNKNOWN, /* dependent, or not understood */
    IR_TYPE_VOID,
    IR_TYPE_BOOL,
    IR_TYPE_INT, /* char types too */
    IR_TYPE_FLOAT,
    IR_TYPE_ENUM,
    IR_TYPE_POINTER, /* object and function pointers, nullptr_t */
    IR_TYPE_REFERENCE,
    IR_TYPE_ARRAY,
    IR_TYPE_RECORD,
    IR_TYPE_FUNCTION
};

struct ir_type {
    enum ir_type_kind kind;
    bool is_signed;
    bool is_const;
    const char *name; /* canonical spelling */
    uint64_t size;    /* bytes, or IR_SIZE_UNKNOWN */
    uint64_t count;   /* elements of an array, or IR_SIZE_UNKNOWN (incomplete, VLA) */
    ir_id element;    /* pointee, referee or element type; IR_NONE otherwise */
    ir_id record;     /* into ir_unit.records for IR_TYPE_RECORD, else IR_NONE */
};

struct ir_field {
    const char *name; /* bases are fields too, named "(base) ns::Base"; where two are instances of
                         one template, with the arguments; anonymous members are "(anonymous N)", N
                         their index */
    ir_id type;
    uint64_t offset; /* bytes from the object's start, or IR_SIZE_UNKNOWN (dependent classes, bases,
                        bit-fields) */
    bool is_mutable;
    bool is_base;
    bool is_private;
};

struct ir_record {
    const char
        *name; /* qualified, no template arguments, inline namespaces dropped: "std::vector" */
    const char *display;         /* as clang prints the type, with template arguments */
    const char *key;             /* USR: equal in all units of a program */
    VEC(struct ir_field) fields; /* empty for system records that nothing looks into */
    VEC(ir_id) arguments;        /* template type arguments (types), in order */
    ir_id destructor; /* into ir_unit.functions (user-written or synthesised), IR_NONE: trivial */
    bool has_body;    /* the definition was seen */
    bool is_union;
    bool is_lambda; /* closure type: fields are the captures, by-reference ones of reference type */
    bool in_system_header;
    bool copy_deleted; /* the copy constructor is deleted */
    bool is_abstract;
    bool has_unseen_friend; /* code out of sight may name its private members */
    VEC(ir_id) methods;     /* functions of this record that the unit knows */
    struct ir_loc loc;      /* its name */
};

/* ---- operations ------------------------------------------------------------------------ */

enum ir_opcode {
    IR_NOP,
    IR_CONST,         /* integer, enumerator, bool, null pointer: `number`, of type `type`; `text`:
                         the names it is written with, or NULL: "FLAG_A FLAG_B" */
    IR_SIZEOF,        /* as IR_CONST (`number`, or IR_SIZE_UNKNOWN when dependent); `aux`: the type
                         whose size it is, or IR_NONE: the integer parameter `text` of a template
                         whose pattern this is */
    IR_STRING,        /* address of a string literal: `text` as clang spells it, with its quotes;
                         `number`: bytes with the final NUL */
    IR_ADDR_LOCAL,    /* `aux`: into ir_function.locals */
    IR_ADDR_GLOBAL,   /* `aux`: into ir_unit.globals */
    IR_ADDR_FUNCTION, /* `aux`: into ir_unit.functions */
    IR_FIRST_VISIT,   /* bool: control reaches the declaration of the static local `aux` (into
                         ir_unit.globals) for the first time, so that it is initialised */
    IR_FIELD,         /* address of field `text` of the object at a; `aux`: field index or IR_NONE;
                         `number`: its bytes from there, or IR_SIZE_UNKNOWN. All members of a
                         union are the field "(union)". A conversion from a class to its base is
                         the base's field, for objects and pointers alike */
    IR_INDEX,  /* a + b elements; `number`: bytes per element or IR_SIZE_UNKNOWN, `aux`: element
                  type. b may be IR_NONE: an array's address decays to its first element */
    IR_LOAD,   /* the value at address a */
    IR_STORE,  /* *a = b */
    IR_COPY,   /* copies the object of type `type` at b to a (bitwise or memberwise); yields none */
    IR_ZERO,   /* zero-initialises the object of type `type` at a; yields none */
    IR_UNARY,  /* `sub`: enum ir_unary */
    IR_BINARY, /* `sub`: enum ir_binary; integers (floats yield unknown values) */
    IR_COMPARE, /* `sub`: enum ir_compare; pointers too */
    IR_CAST,    /* a as `type`; `sub`: enum ir_cast */
    IR_COUNT,   /* how many elements of `number` bytes the array from new[] at a has, as delete[]
                   knows it */
    IR_CALL,    /* see struct ir_call at `call` */
    IR_LAUNCH,  /* kernel launch: as IR_CALL, arguments are the kernel's own */
    IR_LIFETIME_BEGIN, /* local `aux` comes to life, uninitialised (its declaration is reached); a:
                          its bytes, for arrays of variable length, else IR_NONE */
    IR_LIFETIME_END,   /* local `aux` dies here; destructor calls stand before as IR_CALL */
    IR_THROWN,  /* an exception of type `aux` is thrown; IR_NONE: of a type that is not known,
                   and with `number` 1 the one that the handler around caught */
    IR_CATCHES, /* bool: the exception thrown is of type `aux`, or of a class derived from it.
                   `number` 1: no clause of the statement stands behind that may take it */
    IR_HAVOC    /* a value that nothing is known of (type set), or a construct that the lowering
                   does not know: `text` says which; whatever its operands (`call` holds them
                   as arguments, or is NULL) reach may have changed */
};

/* IR_HAVOC's text where others of the union's members were written. */
#define IR_OVERLAID "union"

enum ir_unary { IR_NEG, IR_BIT_NOT, IR_NOT };
enum ir_binary {
    IR_ADD,
    IR_SUB,
    IR_MUL,
    IR_DIV,
    IR_REM,
    IR_SHL,
    IR_SHR,
    IR_AND,
    IR_OR,
    IR_XOR,
    IR_PTRDIFF /* (a - b) / `number` bytes */
};
enum ir_compare { IR_EQ, IR_NE, IR_LT, IR_LE, IR_GT, IR_GE };
enum ir_cast {
    IR_CAST_VALUE,   /* arithmetic conversion (int, bool, float, enum) */
    IR_CAST_POINTER, /* between pointer types, base and derived included */
    IR_CAST_TO_INT,  /* pointer to integer */
    IR_CAST_TO_PTR,  /* integer to pointer */
    IR_CAST_VOID     /* explicit (void): the value is deliberately unused */
};

struct ir_call {
    ir_id function;      /* into ir_unit.functions; IR_NONE: an indirect call of `callee` */
    ir_value callee;     /* function pointer value of an indirect call, else IR_NONE */
    const char *written; /* the callee as written, for messages and for models of function tables:
                            "table->cuMemHostRegister"; NULL when `function` says it all */
    VEC(ir_value)
    args; /* methods: the object's address first. Record arguments by address of a
             copy that the callee owns */
    VEC(struct ir_loc) arg_locs; /* parallel to args */
    ir_value into;               /* a record result is built at this address, else IR_NONE */
    bool is_virtual;   /* dispatches at run time: the body in sight may not be the one called */
    bool is_discarded; /* an expression statement whose value nobody takes; the left side of a
                          comma, the increment of a for likewise */
    bool is_new_array; /* operator new[] / delete[] forms: see below */
};

/* new and delete are calls of functions named "operator new", "operator new[]",
 * "operator delete", "operator delete[]" (args: bytes; for delete the pointer) with the
 * constructor or destructor call spelled out as further operations; nothrow new has 2 arguments;
 * placement new is no allocation: its address is used as it is. `new T[n]` multiplies n by an
 * IR_SIZEOF. A lambda call is an ordinary call of its operator(), the closure's address first. */

struct ir_op {
    enum ir_opcode code;
    uint8_t sub;
    bool is_in_doubt; /* parts of the text that it stands for are missing from the IR */
    ir_id type;       /* of the value yielded (IR_NONE: yields none) */
    ir_value a, b;    /* operands or IR_NONE */
    ir_id aux;
    uint64_t number;
    const char *text;
    struct ir_call *call; /* IR_CALL, IR_LAUNCH, IR_HAVOC */
    struct ir_loc loc;
};

/* ---- control flow ---------------------------------------------------------------------- */

enum ir_terminator {
    IR_JUMP,       /* to targets[0] */
    IR_BRANCH,     /* `value` non-zero: targets[0], else targets[1] */
    IR_SWITCH,     /* case i (`cases`): targets[i]; no case: the last target */
    IR_RETURN,     /* `value`, or IR_NONE for void; of a record the address of the object, which
                      becomes the one at the call's `into` */
    IR_THROW,      /* leaves the function by an exception; scope ends have run */
    IR_UNREACHABLE /* after a call that does not return; never reached */
};

struct ir_case {
    int64_t low, high; /* inclusive (GNU ranges) */
};

struct ir_block {
    VEC(ir_id) ops; /* indexes into ir_function.ops, in order */
    enum ir_terminator terminator;
    ir_value value;
    VEC(ir_id) targets;
    VEC(struct ir_case) cases;
    struct ir_loc loc; /* of the condition, the return statement, or the closing brace */
    ir_id unwind;      /* where an exception thrown by a call in this block goes: a block that ends
                          the scopes left and goes on to a handler or IR_THROW; IR_NONE: nothing to
                          do on the way out of the function */
    bool is_handler;   /* the first block of a catch clause */
    bool is_goto;      /* ends in a goto, break or continue that the program wrote */
    bool is_loop_head; /* target of a back edge */
};

/* ---- functions, variables -------------------------------------------------------------- */

enum ir_local_kind { IR_LOCAL_PARAM, IR_LOCAL_AUTO, IR_LOCAL_TEMP };

struct ir_local {
    const char *name; /* "" for temporaries */
    ir_id type;
    enum ir_local_kind kind;
    struct ir_loc loc; /* the name in its declaration */
    bool has_default;  /* a parameter that calls may leave out: it is the number then */
    int64_t initial;
};

/* A scalar of constant data. */
enum ir_part_kind {
    IR_PART_NUMBER,
    IR_PART_FUNCTION, /* the address of a function */
    IR_PART_GLOBAL,   /* the address of a global */
    IR_PART_STRING,   /* the address of a string literal */
    IR_PART_OTHER     /* what only the program knows: a float, characters, an address inside ... */
};
struct ir_part {
    uint64_t offset, size; /* bytes */
    enum ir_part_kind kind;
    int64_t number;
    ir_id function, global; /* IR_NONE for the other kinds */
    const char *text;       /* a string as IR_STRING has it, else NULL */
};

struct ir_global {
    const char *name, *qualified;
    const char *key; /* link key: USR; file-local ones carry the file, so that they stay apart */
    ir_id type;
    ir_id record;   /* the class that it is a static member of, or IR_NONE */
    bool is_static; /* internal linkage, or a function's static local */
    bool is_function_local;
    bool is_private; /* a private static member */
    bool is_thread_local;
    bool is_volatile;
    bool is_const_data; /* const, constant initialiser, no mutable part: read-only memory */
    bool is_managed;    /* __managed__: unified memory, which the device has too */
    bool begins_null;   /* no pointer in it is initialised with anything but NULL */
    bool has_start;     /* no code initialises it: a scalar begins as `start`, what has members or
                           elements with nothing but zeros (`start` is 0) */
    int64_t start;
    bool has_parts; /* read-only memory whose content is known: `parts`, by ascending offset */
    VEC(struct ir_part) parts; /* bytes that no part names are zero */
    struct ir_loc loc;
};

enum ir_function_kind {
    IR_FUNCTION_FREE,
    IR_FUNCTION_METHOD,      /* locals[0] is `this` (a pointer), unless static_method */
    IR_FUNCTION_CONSTRUCTOR, /* likewise; the body begins with bases' and members' initialisation */
    IR_FUNCTION_DESTRUCTOR,  /* likewise; the body ends with members' and bases' destruction */
    IR_FUNCTION_LAMBDA,      /* operator() of a closure: locals[0] points to the closure */
    IR_FUNCTION_INIT         /* synthesised: the unit's dynamic initialisation of globals */
};

struct ir_function {
    const char *name; /* "cudaHostRegister", "~Buffer", "operator()" */
    const char
        *qualified;  /* "ns::Buffer::~Buffer"; no template arguments, inline namespaces dropped */
    const char *key; /* link key: equal for the same function in all units of a program;
                        internal ones carry the file's path */
    enum ir_function_kind kind;
    ir_id record;   /* the class of a method, or IR_NONE */
    bool is_static; /* internal linkage */
    bool is_static_method;
    bool is_template_pattern;   /* the uninstantiated body: types may be unknown */
    bool is_extern_c_or_global; /* declared extern "C" or in the global namespace */
    bool is_noreturn;
    bool is_noexcept;
    bool is_virtual;
    bool is_variadic;
    bool is_const_method;
    bool is_hidden;      /* a private or protected member */
    bool is_device_only; /* __device__ or __global__: its body runs on the GPU; never lowered */
    bool is_coroutine;   /* what its body does, is done when others resume it */
    bool is_kernel;
    bool in_system_header;
    bool is_implicit; /* synthesised by the lowering (implicit destructor, ...) */
    bool has_body;
    ir_id result_type;
    uint32_t param_count;   /* the first locals, `this` included */
    VEC(ir_id) param_types; /* as many; present without a body too */
    VEC(struct ir_local) locals;
    VEC(struct ir_op) ops;
    VEC(struct ir_block) blocks; /* [0] is the entry */
    VEC(const char *)
    degraded;          /* why parts of the body are missing from the IR (errors, lost names,
                          coroutines, computed goto): claims that need all of it are off */
    bool is_in_doubt;  /* where they are missing is not known of all: no path has all its parts;
                          else only those through an operation in doubt lack some */
    struct ir_loc loc; /* the name in the declaration or definition */
    struct ir_loc end; /* the body's closing brace */
};

/* ---- the unit -------------------------------------------------------------------------- */

/* A place in the text where the name of a watched function is followed by "(". */
enum ir_site_state { IR_SITE_ANALYSED, IR_SITE_INACTIVE, IR_SITE_LOST, IR_SITE_MACRO };
struct ir_site {
    const char *name;
    struct ir_loc loc;
    enum ir_site_state state; /* inactive: excluded by the preprocessor; lost: not in the tree;
                                 macro: in a macro's definition (its uses count, not itself) */
    const char *reason;       /* "unknown class 'Foo'", "#if USE_CUDA": NULL when analysed */
};

/* What did not lower, for -v. */
struct ir_gap {
    const char *what; /* "OpenMP region", "unknown statement kind 117" */
    struct ir_loc loc;
};

struct ir_unit {
    struct arena *arena;
    const char *source;  /* path of the main file */
    const char *through; /* of the source that was parsed because it includes the main file, a
                            header; NULL: the main file was */
    bool is_header;      /* the main file is one: who includes it is not in sight */
    VEC(struct ir_file) files;
    VEC(struct ir_macro) macros;
    VEC(struct ir_type) types;
    VEC(struct ir_record) records;
    VEC(struct ir_global) globals;
    VEC(struct ir_function) functions;
    VEC(struct ir_site) sites;
    VEC(struct ir_gap) gaps;
    uint32_t errors_in_user_files; /* diagnostics of level error, not counting system headers */
    const char *first_error;       /* text of the first, or NULL */
    bool used_bundled_declarations;
    const char *assumed_macros; /* switched on for want of a compile command, because calls stand
                                   under them: "WITH_CUDA USE_MPI"; NULL: none */
    const char *parser;         /* "clang version 19.1.7" */
    VEC(const char *)
    other_branch; /* "-DUSE_CUDA=1", "-UUSE_HIP", "-xcuda" (the file is CUDA): arguments with which
                     sites that the preprocessor left out may be read; empty: there are none */
    bool is_other_branch; /* parsed with such: another unit is of the same file */
};

/* The operation behind the casts that yield the value. */
static inline const struct ir_op *ir_behind_casts(const struct ir_function *function,
                                                  ir_value value)
{
    const struct ir_op *op = &function->ops.data[value];
    while (op->code == IR_CAST)
        op = &function->ops.data[op->a];
    return op;
}

/* The variable that the address is of, or of a part of at a fixed place; IR_NONE: of none. */
static inline ir_id ir_local_behind(const struct ir_function *function, ir_value address)
{
    while (address != IR_NONE) {
        const struct ir_op *op = &function->ops.data[address];
        if (op->code == IR_ADDR_LOCAL)
            return op->aux;
        if (op->code != IR_FIELD && !(op->code == IR_INDEX && op->b == IR_NONE))
            return IR_NONE;
        address = op->a;
    }
    return IR_NONE;
}

/* The member of that name; NULL: there is none. */
static inline const struct ir_field *ir_field_named(const struct ir_record *record,
                                                    const char *name)
{
    for (size_t i = 0; i < record->fields.len; i++)
        if (strcmp(record->fields.data[i].name, name) == 0)
            return &record->fields.data[i];
    return NULL;
}

/* The class whose part the field is; IR_NONE: it is a member. */
static inline ir_id ir_base_class(const struct ir_unit *unit, const struct ir_field *field)
{
    return field->is_base && field->type != IR_NONE ? unit->types.data[field->type].record
                                                    : IR_NONE;
}

/* The type of what an array, also one of arrays, is made of; another type itself. */
static inline ir_id ir_behind_arrays(const struct ir_unit *unit, ir_id type)
{
    while (type != IR_NONE && unit->types.data[type].kind == IR_TYPE_ARRAY)
        type = unit->types.data[type].element;
    return type;
}

#define IR_NO_LOC ((struct ir_loc){.file = IR_NONE, .macro = IR_NONE})

#endif
