/* What must hold between the findings of a program and those of a changed one. */
#ifndef CUHOSTLINT_TESTDATA_METAMORPHIC_RELATION_H
#define CUHOSTLINT_TESTDATA_METAMORPHIC_RELATION_H

#include "program.h"
#include "rewrite.h"

struct relation {
    const char *name;
    /* Adds the edits. Each site must make sense without the others. */
    void (*apply)(const struct program *program, struct rewrite *rewrite);
    const char *ending;   /* the changed file's, with the dot; NULL: the same */
    bool moves_functions; /* findings come to stand in functions of other names */
    bool may_lose;        /* ... or go, where less is in sight */
    const char *except;   /* rules that go by what the change takes away, or NULL */
};

struct relation_table {
    const struct relation *relations;
    size_t count;
};

/* Findings stay as they are. */
extern const struct relation_table layout_relations;
extern const struct relation_table statement_relations;
extern const struct relation_table branch_relations;
extern const struct relation_table loop_relations;
extern const struct relation_table variable_relations;
extern const struct relation_table argument_relations;
extern const struct relation_table function_relations;
extern const struct relation_table call_relations;
extern const struct relation_table file_relations;
extern const struct relation_table sight_relations;

/* Each site brings the finding that it names. */
extern const struct relation_table fault_relations;

#define RELATIONS(array) {array, sizeof(array) / sizeof *(array)}

/* ---- what several of them need ---- */

/* Declarations in front of the file's own code. */
void relation_prologue(const struct program *program, struct rewrite *rewrite, const char *text);

/* True when the tokens, or the definitions of the file's macros that they name, hold a word. */
bool relation_mentions(const struct program *program, size_t first, size_t last,
                       const char *const *words);

/* The same for words that move control: break, continue, goto, return. */
bool relation_jumps(const struct program *program, size_t first, size_t last);
/* ... break, continue. */
bool relation_leaves_loop(const struct program *program, size_t first, size_t last);

/* A plain statement that is an expression: no macro that stands for statements. */
bool relation_is_expression(const struct program *program, const struct statement *statement);

/* True when a variable is declared between two tokens. */
bool relation_declares(const struct program *program, size_t first, size_t last);

/* True when the declaration is a statement of its own: of one variable, of a simple type. */
bool relation_is_simple_declaration(const struct program *program, const struct variable *variable);

/* The arguments of a call whose '(' is the token. */
struct arguments {
    struct range list[8];
    size_t count;
};
void relation_arguments(const struct program *program, size_t open, struct arguments *arguments);

#endif
