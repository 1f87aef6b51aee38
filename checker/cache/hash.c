#include "cache/hash.h"

#include "support/mem.h"

#include <fcntl.h>
#include <link.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct hasher hash_begin(void)
{
    struct hasher hasher = {XXH3_createState()};

    if (hasher.state == NULL)
        mem_exhausted();
    XXH3_128bits_reset(hasher.state);
    return hasher;
}

XXH128_hash_t hash_end(struct hasher hasher)
{
    XXH128_hash_t hash = XXH3_128bits_digest(hasher.state);

    XXH3_freeState(hasher.state);
    return hash;
}

void hash_add_number(struct hasher hasher, uint64_t number)
{
    XXH3_128bits_update(hasher.state, &number, sizeof number);
}

void hash_add(struct hasher hasher, const void *bytes, size_t len)
{
    hash_add_number(hasher, len);
    XXH3_128bits_update(hasher.state, bytes, len);
}

void hash_add_text(struct hasher hasher, const char *text)
{
    hash_add(hasher, text != NULL ? text : "", text != NULL ? strlen(text) : 0);
}

bool hash_file(const char *path, XXH128_hash_t *hash)
{
    char buffer[1 << 16];
    struct stat status;
    struct hasher hasher;
    ssize_t got;
    int file;

    /* a pipe was read already, and /dev/zero has no end */
    if (stat(path, &status) != 0 || !S_ISREG(status.st_mode))
        return false;
    file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (file < 0)
        return false;
    hasher = hash_begin();
    while ((got = read(file, buffer, sizeof buffer)) > 0)
        XXH3_128bits_update(hasher.state, buffer, (size_t)got);
    close(file);
    *hash = hash_end(hasher);
    return got == 0;
}

/* ---- the program ------------------------------------------------------------------------ */

/* The linker's own hash of all that it linked, in the notes of the first object, the program. */
static int find_build_id(struct dl_phdr_info *object, size_t size, void *context)
{
    const unsigned char **found = context;

    (void)size;
    for (size_t i = 0; i < object->dlpi_phnum; i++) {
        const ElfW(Phdr) *header = &object->dlpi_phdr[i];
        const unsigned char *note = (const unsigned char *)(object->dlpi_addr + header->p_vaddr);
        const unsigned char *end = note + header->p_memsz;

        while (header->p_type == PT_NOTE && (size_t)(end - note) > sizeof(ElfW(Nhdr))) {
            const ElfW(Nhdr) *head = (const void *)note;

            if (head->n_type == NT_GNU_BUILD_ID && head->n_namesz == sizeof "GNU")
                *found = note;
            note += sizeof *head + ((head->n_namesz + 3U) & ~3U) + ((head->n_descsz + 3U) & ~3U);
        }
    }
    return 1; /* no further object */
}

XXH128_hash_t hash_program(void)
{
    const unsigned char *id = NULL;
    const ElfW(Nhdr) * head;
    XXH128_hash_t hash = {0, 0};

    dl_iterate_phdr(find_build_id, &id);
    head = (const void *)id;
    if (head != NULL)
        return XXH3_128bits(id, sizeof *head + head->n_namesz + head->n_descsz);
    hash_file("/proc/self/exe", &hash);
    return hash;
}
