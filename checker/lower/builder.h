/* What the lowering knows while it works on one unit: the tables that map clang's declarations to
 * the unit's own, and the queue of functions whose bodies are still to be lowered. */
#ifndef CUHOSTLINT_LOWER_BUILDER_H
#define CUHOSTLINT_LOWER_BUILDER_H

#include "ir/ir.h"
#include "lower/parse/clang_api.h"
#include "lower/parse/subject.h"
#include "models/model.h"
#include "source/source.h"
#include "support/map.h"

/* One capture of a lambda: the variable and the closure's field that stands for it. */
struct capture {
    const void *variable; /* declaration_id; NULL for `this` */
    ir_id field;
    bool by_reference;
};

/* Kept beside each ir_record. */
struct record_source {
    CXCursor declaration; /* the definition where there is one */
    CXType type;
    CXCursor pattern; /* the class template's definition, or the null cursor */
    bool of_pattern;  /* std::vector<T> in a template: T is not known */
    bool fields_known;
    bool has_hidden_base; /* of an instance, in the template's words: which class it is, this
                             libclang does not show */
    bool destructor_known;
    bool operators_known; /* operator(), which the library may call */
    ir_id call_operator;  /* of a closure: its operator(), or IR_NONE */
    VEC(struct capture) captures;
};

/* How the body of a function comes about. */
enum body_kind {
    BODY_NONE,    /* declared only */
    BODY_WRITTEN, /* from the cursor */
    BODY_IMPLICIT /* defaulted or undeclared constructor, destructor, assignment: synthesised */
};

struct function_source {
    CXCursor cursor; /* the definition, where in sight */
    enum body_kind body;
    bool is_queued;
};

/* Kept beside each ir_file. */
struct file_source {
    CXFile handle;
    const char *text; /* once asked for: see locations_text */
    size_t len;
    bool is_read;
    bool is_guessed; /* below a folder that source_guess_includes added */
};

/* An error that clang reported in a user's file. */
struct parse_error {
    ir_id file;
    uint32_t offset;
    const char *text;
    bool is_healed;     /* of an earlier parse: a stand-in keeps the code around it in the tree */
    bool hides_nothing; /* and what it stands for is no code */
};

/* A global whose content never changes. */
struct constant_source {
    CXCursor variable;
    ir_id global;
};

/* A generic lambda's own body: lowered only when nothing instantiates it. */
struct deferred_lambda {
    struct tree *tree;
    uint32_t node;
    ir_id record;
};

/* Where the text of a header of the project names watched functions (callers.c). */
struct file_mentions {
    VEC(uint32_t) offsets;
};

struct unit_builder {
    const struct clang_api *clang;
    CXTranslationUnit tu;
    struct subject subject;
    CXFile top_file; /* of the last declaration at the top; NULL: none yet */
    bool top_file_is_ours, top_file_mentions;
    struct arena *arena;
    const struct source_unit *source;
    const struct model_set *models;
    struct ir_unit *unit;

    struct map files;                     /* CXFile to ir_unit.files */
    VEC(struct file_source) file_sources; /* parallel to unit->files */
    struct map mention_files;             /* CXFile to file_mentions */
    VEC(struct file_mentions) file_mentions;
    struct map macros;                     /* name to ir_unit.macros */
    struct map types;                      /* clang's unique canonical type to ir_unit.types */
    struct map derived;                    /* kind and element to ir_unit.types */
    struct map references;                 /* by name: those that the unit makes by itself */
    struct map declarations;               /* declaration_id to records, globals or functions */
    struct map keys;                       /* link key to functions or globals */
    struct map record_keys;                /* USR to records */
    VEC(struct record_source) records;     /* parallel to unit->records */
    VEC(struct function_source) functions; /* parallel to unit->functions */
    VEC(ir_id) queue;                      /* functions whose bodies are wanted */
    size_t queue_next;
    VEC(CXCursor) patterns; /* templates of the unit, in order */
    VEC(struct deferred_lambda) lambdas;
    struct map instantiated;   /* declaration_id of patterns that have an instance */
    VEC(CXCursor) initialised; /* globals with a dynamic initialiser, in order */
    VEC(struct constant_source) constants;
    VEC(struct parse_error) errors;
};

/* The identity of a declaration's cursor: the address of clang's own object. */
const void *declaration_id(CXCursor cursor);
uint64_t declaration_key(CXCursor cursor);

#endif
