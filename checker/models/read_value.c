#include "models/read.h"

#include <string.h>

#define COUNT(array) (sizeof(array) / sizeof *(array))

enum { MOST_ARGUMENTS = 31 };

/* In the order of enum model_memory. */
static const char *const memory_names[] = {"unknown",   "pinned",  "heap",  "new",
                                           "new-array", "mapping", "shm",   "numa",
                                           "device",    "managed", "other", "stack"};

bool models_memory_kind(struct yproblems *problems, const struct ynode *node,
                        enum model_memory *memory)
{
    int index = ydoc_word(problems, node, "kind of memory", memory_names, COUNT(memory_names),
                          sizeof *memory_names);
    if (index < 0)
        return false;
    *memory = (enum model_memory)index;
    return true;
}

bool models_argument(struct yproblems *problems, const struct ynode *node, int *argument)
{
    if (node->kind == YNODE_SCALAR && strcmp(node->text, "return") == 0) {
        *argument = MODEL_RESULT;
        return true;
    }
    uint64_t index;
    if (node->kind != YNODE_SCALAR || node->text[0] < '0' || node->text[0] > '9') {
        ydoc_problem(problems, node, "expected an argument's number, counted from 0, or 'return'");
        return false;
    }
    if (!ydoc_uint(problems, node, MOST_ARGUMENTS, &index))
        return false;
    *argument = (int)index;
    return true;
}

static void set_status(struct yproblems *problems, const struct ynode *at,
                       struct function_draft *draft, enum model_status status)
{
    if (draft->has_status && draft->function.status != status)
        ydoc_problem(problems, at, "contradicts what was said before about success and failure");
    draft->function.status = status;
    draft->has_status = true;
}

void models_read_status(struct yproblems *problems, const struct yfield *field,
                        const struct ynode *value, void *object)
{
    (void)field;
    static const char *const words[] = {"return", "none"};
    int word = ydoc_word(problems, value, "status", words, COUNT(words), sizeof *words);
    if (word >= 0)
        set_status(problems, value, object, word == 0 ? MODEL_STATUS_ZERO_OK : MODEL_STATUS_NONE);
}

void models_read_failure(struct yproblems *problems, const struct yfield *field,
                         const struct ynode *value, void *object)
{
    (void)field;
    static const struct {
        const char *word;
        enum model_status status;
    } failures[] = {{"null", MODEL_STATUS_NULL_FAILS},
                    {"-1", MODEL_STATUS_MINUS_ONE_FAILS},
                    {"nonzero", MODEL_STATUS_ZERO_OK},
                    {"false", MODEL_STATUS_NONZERO_OK},
                    {"never", MODEL_STATUS_NONE}};
    int word =
        ydoc_word(problems, value, "failure value", failures, COUNT(failures), sizeof *failures);
    if (word >= 0)
        set_status(problems, value, object, failures[word].status);
}
