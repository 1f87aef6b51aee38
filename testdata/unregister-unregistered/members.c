/* Members and the objects that have them: one address, several spellings. */
#include "../run_case.h"

#include <cuda_runtime_api.h>
#include <stddef.h>
#include <stdlib.h>

struct header {
    size_t bytes;
    unsigned int kind;
};

struct packet {
    struct header header;
    char payload[4080];
};

union view {
    struct packet packet;
    unsigned char raw[4096];
};

struct node {
    int id;
    struct header link;
};

/* Right: an object begins with its first member. */
void first_member(void)
{
    struct packet *p = malloc(sizeof *p);

    if (p == NULL)
        return;
    if (cudaHostRegister(&p->header.bytes, sizeof *p, cudaHostRegisterDefault) != cudaSuccess) {
        free(p);
        return;
    }
    if (cudaHostUnregister(p) != cudaSuccess)
        puts("unregister failed");
    free(p);
}

/* Right: bytes counted by hand. */
void payload_behind_the_header(void)
{
    struct packet *p = malloc(sizeof *p);

    if (p == NULL)
        return;
    if (cudaHostRegister((char *)p + sizeof(struct header), sizeof p->payload,
                         cudaHostRegisterDefault) != cudaSuccess) {
        free(p);
        return;
    }
    if (cudaHostUnregister(p->payload) != cudaSuccess)
        puts("unregister failed");
    free(p);
}

void the_payload_is_not_the_packet(void)
{
    struct packet *p = malloc(sizeof *p);

    if (p == NULL)
        return;
    if (cudaHostRegister(p, sizeof *p, cudaHostRegisterDefault) != cudaSuccess) {
        free(p);
        return;
    }
    if (cudaHostUnregister(p->payload) != cudaSuccess) // expect: unregister-unregistered
        puts("unregister failed");
    (void)cudaHostUnregister(p);
    free(p);
}

void the_packet_is_not_the_payload(void)
{
    struct packet *p = malloc(sizeof *p);

    if (p == NULL)
        return;
    if (cudaHostRegister(&p->payload[0], sizeof p->payload, cudaHostRegisterDefault) !=
        cudaSuccess) {
        free(p);
        return;
    }
    if (cudaHostUnregister(p) != cudaSuccess) // expect: unregister-unregistered
        puts("unregister failed");
    (void)cudaHostUnregister(p->payload);
    free(p);
}

/* Right: the members of a union share its address. */
void either_view(void)
{
    static union view block;

    if (cudaHostRegister(block.raw, sizeof block.raw, cudaHostRegisterDefault) != cudaSuccess)
        return;
    if (cudaHostUnregister(&block.packet.header) != cudaSuccess)
        puts("unregister failed");
}

void deep_in_an_element(void)
{
    struct packet *ring = calloc(4, sizeof *ring);

    if (ring == NULL)
        return;
    if (cudaHostRegister(&ring[2], sizeof ring[2], cudaHostRegisterDefault) != cudaSuccess) {
        free(ring);
        return;
    }
    if (cudaHostUnregister(ring[2].payload) != cudaSuccess) // expect: unregister-unregistered
        puts("unregister failed");
    if (cudaHostUnregister((char *)ring + 2 * sizeof(struct packet)) != cudaSuccess)
        puts("failed");
    free(ring);
}

/* Right: from the member back to the object that holds it. */
void container_of(void)
{
    struct node *node = malloc(sizeof *node);
    struct header *link;

    if (node == NULL)
        return;
    if (cudaHostRegister(node, sizeof *node, cudaHostRegisterDefault) != cudaSuccess) {
        free(node);
        return;
    }
    link = &node->link;
    node = (struct node *)((char *)link - offsetof(struct node, link));
    if (cudaHostUnregister(node) != cudaSuccess)
        puts("unregister failed");
    free(node);
}

void the_member_overlaps(void)
{
    struct packet *p = malloc(sizeof *p);

    if (p == NULL)
        return;
    if (cudaHostRegister(p, sizeof *p, cudaHostRegisterDefault) != cudaSuccess) {
        free(p);
        return;
    }
    if (cudaHostRegister(p->payload, 64, 0) != cudaSuccess) // expect: double-register
        puts("failed");
    if (cudaHostUnregister(p) != cudaSuccess)
        puts("failed");
    free(p);
}

/* Right: the parts lie side by side. */
void the_members_are_apart(void)
{
    static struct packet p;

    if (cudaHostRegister(&p, sizeof p.header, cudaHostRegisterDefault) != cudaSuccess)
        return;
    if (cudaHostRegister(p.payload, sizeof p.payload, cudaHostRegisterDefault) != cudaSuccess) {
        (void)cudaHostUnregister(&p.header);
        return;
    }
    if (cudaHostUnregister(&p) != cudaSuccess || cudaHostUnregister(p.payload) != cudaSuccess)
        puts("unregister failed");
}

static const struct run_case cases[] = {
    CASE(first_member),
    CASE(payload_behind_the_header),
    CASE(the_payload_is_not_the_packet),
    CASE(the_packet_is_not_the_payload),
    CASE(either_view),
    CASE(deep_in_an_element),
    CASE(container_of),
    CASE(the_member_overlaps),
    CASE(the_members_are_apart),
};

int main(int argc, char **argv)
{
    return RUN_CASES(cases);
}
