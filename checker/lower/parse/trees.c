#include "lower/parse/trees.h"

#include <string.h>

/* One file has at most as many trees as parse_best makes attempts. */
enum { KEPT_TREES = 4 };

struct kept_tree {
    struct arena *arena; /* holds what follows; NULL: an empty slot */
    CXTranslationUnit tu;
    const char *path;
    const char **args;
    size_t arg_count;
    unsigned flags;
    bool in_use;
    uint64_t last_use;
};

struct kept_trees {
    struct kept_tree slots[KEPT_TREES];
    uint64_t uses;
};

void lower_keep_trees(struct lower_session *session, struct arena *arena)
{
    const struct clang_api *clang = &session->clang;
    /* In memory: a worker that is killed could not remove a file. */
    const CXIndexOptions options = {.Size = sizeof options, .StorePreamblesInMemory = 1};
    CXIndex index = clang->createIndexWithOptions(&options);

    clang->toggleCrashRecovery(0); /* a new index switches it on: see lower_open */
    session->kept = arena_new_object(arena, struct kept_trees);
    if (index == NULL)
        return;
    clang->disposeIndex(session->index);
    session->index = index;
}

static bool is_for(const struct kept_tree *tree, const struct tree_request *request)
{
    if (tree->arena == NULL || tree->in_use || tree->flags != request->flags ||
        tree->arg_count != request->arg_count || strcmp(tree->path, request->path) != 0)
        return false;
    for (size_t i = 0; i < request->arg_count; i++)
        if (strcmp(tree->args[i], request->args[i]) != 0)
            return false;
    return true;
}

static void forget(struct lower_session *session, struct kept_tree *tree)
{
    if (tree->arena == NULL)
        return;
    session->clang.disposeTranslationUnit(tree->tu);
    arena_free(tree->arena);
    *tree = (struct kept_tree){0};
}

/* Where a new tree may go: an empty slot, else the one that was not used for the longest time;
 * NULL where all are in use. */
static struct kept_tree *free_slot(struct kept_trees *kept)
{
    struct kept_tree *best = NULL;

    for (size_t i = 0; i < KEPT_TREES; i++) {
        struct kept_tree *tree = &kept->slots[i];

        if (tree->arena == NULL)
            return tree;
        if (!tree->in_use && (best == NULL || tree->last_use < best->last_use))
            best = tree;
    }
    return best;
}

static struct kept_tree *tree_for(struct kept_trees *kept, const struct tree_request *request)
{
    for (size_t i = 0; i < KEPT_TREES; i++)
        if (is_for(&kept->slots[i], request))
            return &kept->slots[i];
    return NULL;
}

static enum CXErrorCode parse(struct lower_session *session, const struct tree_request *request,
                              unsigned more_flags, CXTranslationUnit *tu)
{
    return session->clang.parseTranslationUnit2(
        session->index, request->path, request->args, (int)request->arg_count, request->files,
        (unsigned)request->file_count, request->flags | more_flags, tu);
}

static void keep(struct kept_tree *tree, const struct tree_request *request, CXTranslationUnit tu)
{
    struct arena *arena = arena_new();
    const char **args = arena_new_array(arena, request->arg_count, const char *);

    for (size_t i = 0; i < request->arg_count; i++)
        args[i] = arena_strdup(arena, request->args[i]);
    *tree = (struct kept_tree){
        .arena = arena,
        .tu = tu,
        .path = arena_strdup(arena, request->path),
        .args = args,
        .arg_count = request->arg_count,
        .flags = request->flags,
    };
}

static void use(struct kept_trees *kept, struct kept_tree *tree)
{
    tree->in_use = true;
    tree->last_use = ++kept->uses;
}

/* False: libclang gave the tree up. */
static bool refresh(struct lower_session *session, struct kept_tree *tree,
                    const struct tree_request *request)
{
    const struct clang_api *clang = &session->clang;

    if (clang->reparseTranslationUnit(tree->tu, (unsigned)request->file_count, request->files,
                                      clang->defaultReparseOptions(tree->tu)) == 0)
        return true;
    forget(session, tree);
    return false;
}

enum CXErrorCode trees_parse(struct lower_session *session, const struct tree_request *request,
                             CXTranslationUnit *tu)
{
    struct kept_trees *kept = request->is_passing ? NULL : session->kept;
    struct kept_tree *tree = kept != NULL ? tree_for(kept, request) : NULL;
    enum CXErrorCode code;

    if (tree != NULL && refresh(session, tree, request)) {
        use(kept, tree);
        session->stats.from_kept++;
        *tu = tree->tu;
        return CXError_Success;
    }
    tree = kept != NULL ? free_slot(kept) : NULL;
    if (tree == NULL)
        return parse(session, request, 0, tu);
    code = parse(session, request, CXTranslationUnit_PrecompiledPreamble, tu);
    if (code != CXError_Success || *tu == NULL)
        return code;
    forget(session, tree);
    keep(tree, request, *tu);
    use(kept, tree);
    return code;
}

void trees_release(struct lower_session *session, CXTranslationUnit tu)
{
    for (size_t i = 0; session->kept != NULL && i < KEPT_TREES; i++) {
        struct kept_tree *tree = &session->kept->slots[i];

        if (tree->arena != NULL && tree->tu == tu) {
            tree->in_use = false;
            return;
        }
    }
    session->clang.disposeTranslationUnit(tu);
}

void trees_dispose(struct lower_session *session)
{
    for (size_t i = 0; session->kept != NULL && i < KEPT_TREES; i++)
        forget(session, &session->kept->slots[i]);
}
