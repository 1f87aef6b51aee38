#include "support/build_id.h"

#include <link.h>
#include <stdbool.h>
#include <stdint.h>
#include <string.h>

struct wanted {
    uintptr_t address;
    const unsigned char *bytes;
    size_t len;
};

static bool holds(const struct dl_phdr_info *object, uintptr_t address)
{
    for (size_t i = 0; i < object->dlpi_phnum; i++) {
        const ElfW(Phdr) *header = &object->dlpi_phdr[i];
        const uintptr_t start = object->dlpi_addr + header->p_vaddr;

        if (header->p_type == PT_LOAD && address >= start && address - start < header->p_memsz)
            return true;
    }
    return false;
}

static void read_notes(const unsigned char *note, size_t size, struct wanted *wanted)
{
    const unsigned char *end = note + size;

    while ((size_t)(end - note) > sizeof(ElfW(Nhdr))) {
        const ElfW(Nhdr) *head = (const void *)note;
        const unsigned char *name = note + sizeof *head;
        const unsigned char *bytes = name + ((head->n_namesz + 3U) & ~3U);

        if (head->n_type == NT_GNU_BUILD_ID && head->n_namesz == sizeof ELF_NOTE_GNU &&
            memcmp(name, ELF_NOTE_GNU, sizeof ELF_NOTE_GNU) == 0) {
            wanted->bytes = bytes;
            wanted->len = head->n_descsz;
        }
        note = bytes + ((head->n_descsz + 3U) & ~3U);
    }
}

static int look_into(struct dl_phdr_info *object, size_t size, void *context)
{
    struct wanted *wanted = context;

    (void)size;
    if (!holds(object, wanted->address))
        return 0;
    for (size_t i = 0; i < object->dlpi_phnum; i++) {
        const ElfW(Phdr) *header = &object->dlpi_phdr[i];

        if (header->p_type == PT_NOTE)
            read_notes((const unsigned char *)(object->dlpi_addr + header->p_vaddr),
                       header->p_memsz, wanted);
    }
    return 1; /* no further object */
}

size_t build_id_of(const void *address, const unsigned char **bytes)
{
    struct wanted wanted = {.address = (uintptr_t)address};

    dl_iterate_phdr(look_into, &wanted);
    *bytes = wanted.bytes;
    return wanted.len;
}
