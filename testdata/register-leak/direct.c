/* "on a path the registration is neither undone nor handed on" */
#include "../run_case.h"
#include "../unseen.h"

#include <cuda.h>
#include <cuda_runtime_api.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define CHECK(call)                                                                                \
    do {                                                                                           \
        if ((call) != 0) {                                                                         \
            fprintf(stderr, "%s:%d\n", __FILE__, __LINE__);                                        \
            exit(1);                                                                               \
        }                                                                                          \
    } while (0)

#define SIZE 65536

static int transfer(const char *block)
{
    return block[0] == 0 && unseen_choice();
}

/* The block is lost with its registration. */
void never_undone(void)
{
    char *block = malloc(SIZE);

    if (block == NULL)
        return;
    CHECK(cudaHostRegister(block, SIZE, cudaHostRegisterDefault)); /* expect: register-leak */
    memset(block, 0, SIZE);
}

/* "exits by `return` and `goto` are" searched. */
int early_return(void)
{
    char *block = malloc(SIZE);

    if (block == NULL)
        return -1;
    CHECK(cudaHostRegister(block, SIZE, cudaHostRegisterDefault)); /* expect: register-leak */
    memset(block, 0, SIZE);
    if (transfer(block) != 0)
        return -1;
    CHECK(cudaHostUnregister(block));
    free(block);
    return 0;
}

int goto_past_the_undo(void)
{
    int result = -1;
    char *block = malloc(SIZE);

    if (block == NULL)
        goto done;
    CHECK(cuMemHostRegister(block, SIZE, CU_MEMHOSTREGISTER_PORTABLE)); /* expect: register-leak */
    memset(block, 0, SIZE);
    if (transfer(block))
        goto done;
    result = 0;
    CHECK(cuMemHostUnregister(block));
    free(block);
done:
    return result;
}

/* The second registration fails, and the first one stays. */
int second_one_fails(void)
{
    char *first = malloc(SIZE), *second = malloc(SIZE);

    if (first == NULL || second == NULL)
        abort();
    if (cudaHostRegister(first, SIZE, 0) != cudaSuccess) /* expect: register-leak */
        return -1;
    if (cudaHostRegister(second, SIZE, 0) != cudaSuccess)
        return -1;
    CHECK(cudaHostUnregister(second));
    CHECK(cudaHostUnregister(first));
    free(second);
    free(first);
    return 0;
}

/* "A function that registers memory of its caller owes the unregister only where another of its
 * paths does it." */
int memory_of_the_caller(void *block)
{
    if (cudaHostRegister(block, SIZE, 0) != cudaSuccess) /* expect: register-leak */
        return -1;
    if (transfer(block) != 0)
        return -1;
    (void)cudaHostUnregister(block);
    return 0;
}

/* Right: no path of this one does it; its caller will. */
int pins_for_its_caller(void *block)
{
    if (cudaHostRegister(block, SIZE, 0) != cudaSuccess)
        return -1;
    return transfer(block);
}

/* Right. */
int undone_on_both_paths(void)
{
    char *block = malloc(SIZE);
    int result;

    if (block == NULL)
        return -1;
    CHECK(cudaHostRegister(block, SIZE, cudaHostRegisterDefault));
    memset(block, 0, SIZE);
    result = transfer(block);
    if (result != 0) {
        CHECK(cudaHostUnregister(block));
        free(block);
        return result;
    }
    CHECK(cudaHostUnregister(block));
    free(block);
    return 0;
}

/* Right: "An error path that returns before registration took place, or after it failed." */
int error_paths_without_a_registration(void)
{
    char *block = malloc(SIZE);
    cudaError_t status;

    if (block == NULL)
        return -1;
    if (unseen_choice()) {
        free(block);
        return -1;
    }
    status = cudaHostRegister(block, SIZE, cudaHostRegisterDefault);
    if (status != cudaSuccess) {
        free(block);
        return -1;
    }
    CHECK(cudaHostUnregister(block));
    free(block);
    return 0;
}

/* Right: "Exits by throw, `abort`, `exit` after a failed CUDA call are not searched for leaks" */
void exit_after_a_failure(void)
{
    char *block = malloc(SIZE);
    void *device = NULL;

    if (block == NULL)
        return;
    CHECK(cudaHostRegister(block, SIZE, cudaHostRegisterDefault));
    CHECK(cudaMalloc(&device, SIZE));
    CHECK(cudaMemcpy(device, block, SIZE, cudaMemcpyHostToDevice));
    CHECK(cudaFree(device));
    CHECK(cudaHostUnregister(block));
    free(block);
}

/* Right: "Registration whose owner outlives the function": out-parameter, return value, struct of
 * the caller, global table. */
void by_out_parameter(void **out)
{
    void *block = malloc(SIZE);

    if (block != NULL)
        CHECK(cudaHostRegister(block, SIZE, 0));
    *out = block;
}

void *by_return_value(void)
{
    void *block = malloc(SIZE);

    if (block != NULL && cudaHostRegister(block, SIZE, 0) != cudaSuccess) {
        free(block);
        return NULL;
    }
    return block;
}

struct session {
    char *upload;
    struct {
        char *download;
    } inner;
};

int by_struct(struct session *session)
{
    session->upload = malloc(SIZE);
    session->inner.download = malloc(SIZE);
    if (session->upload == NULL || session->inner.download == NULL)
        return -1;
    CHECK(cudaHostRegister(session->upload, SIZE, 0));
    CHECK(cudaHostRegister(session->inner.download, SIZE, 0));
    return 0;
}

struct node {
    struct node *next;
    char *block;
};

struct node *list;

void by_global_list(void)
{
    struct node *node = malloc(sizeof *node);

    if (node == NULL)
        return;
    node->block = malloc(SIZE);
    if (node->block == NULL) {
        free(node);
        return;
    }
    CHECK(cudaHostRegister(node->block, SIZE, 0));
    node->next = list;
    list = node;
}

void handed_to_unseen_code(void)
{
    char *block = malloc(SIZE);

    if (block == NULL)
        return;
    CHECK(cudaHostRegister(block, SIZE, 0));
    unseen_keep(block);
}

/* The struct is local: nothing outlives the function. */
void local_struct(void)
{
    struct session session = {malloc(SIZE), {NULL}};

    if (session.upload == NULL)
        return;
    CHECK(cudaHostRegister(session.upload, SIZE, 0)); /* expect: register-leak */
    session.upload[0] = 1;
}

/* A variable overwritten: nobody knows the first block any more. */
void overwritten(void)
{
    char *block = malloc(SIZE);

    if (block == NULL)
        return;
    CHECK(cudaHostRegister(block, SIZE, 0)); /* expect: register-leak */
    block = malloc(SIZE);
    if (block == NULL)
        return;
    CHECK(cudaHostRegister(block, SIZE, 0));
    CHECK(cudaHostUnregister(block));
    free(block);
}

/* Right: reading the contents keeps nothing and loses nothing. */
void switch_with_common_undo(int kind)
{
    char *block = malloc(SIZE);

    if (block == NULL)
        return;
    CHECK(cudaHostRegister(block, SIZE, 0));
    switch (kind) {
    case 0:
        memset(block, 0, SIZE);
        break;
    case 1:
        memset(block, 1, SIZE);
        /* fall through */
    default:
        block[0] = 2;
    }
    CHECK(cudaHostUnregister(block));
    free(block);
}

void switch_with_a_way_out(int kind)
{
    char *block = malloc(SIZE);

    if (block == NULL)
        return;
    CHECK(cudaHostRegister(block, SIZE, 0)); /* expect: register-leak */
    switch (kind) {
    case 0:
        memset(block, 0, SIZE);
        break;
    default:
        return;
    }
    CHECK(cudaHostUnregister(block));
    free(block);
}

/* Right: what any number of turns registered, the way back undoes from the last one on. */
int register_all_or_none(void **blocks, const size_t *sizes, int count)
{
    int i;

    for (i = 0; i < count; i++)
        if (sizes[i] == 0 ||
            cudaHostRegister(blocks[i], sizes[i], cudaHostRegisterDefault) != cudaSuccess)
            break;
    if (i == count)
        return 0;
    while (i-- > 0)
        (void)cudaHostUnregister(blocks[i]);
    return -1;
}

static void goto_run(void)
{
    (void)cudaFree(NULL);
    (void)goto_past_the_undo();
}

static void returns_run(void)
{
    (void)early_return();
    (void)second_one_fails();
    (void)undone_on_both_paths();
    (void)error_paths_without_a_registration();
}

static const struct run_case cases[] = {
    CASE(never_undone),         CASE(goto_run),       CASE(returns_run),
    CASE(exit_after_a_failure), CASE(by_global_list), CASE(handed_to_unseen_code),
    CASE(local_struct),         CASE(overwritten),
};

int main(int argc, char **argv)
{
    return RUN_CASES(cases);
}
