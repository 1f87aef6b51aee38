#include "cache/entry.h"

#include "cache/trim.h"
#include "support/file.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

enum { MAGIC = 0x45434843, VERSION = 1, TOUCH_AFTER_SECONDS = 3600, LARGEST_ENTRY = 1 << 30 };

struct header {
    uint32_t magic, version;
    uint64_t len;
    XXH128_canonical_t checksum;
};

static XXH128_canonical_t checksum_of(const void *bytes, size_t len)
{
    XXH128_canonical_t checksum;

    XXH128_canonicalFromHash(&checksum, XXH3_128bits(bytes, len));
    return checksum;
}

static struct header header_of(const void *bytes, size_t len)
{
    return (struct header){MAGIC, VERSION, len, checksum_of(bytes, len)};
}

const char *entry_path(struct arena *arena, const char *folder, XXH128_hash_t hash,
                       const char *ending)
{
    return arena_printf(arena, "%s/%x/%015llx%016llx%s", folder, (unsigned)(hash.high64 >> 60),
                        (unsigned long long)(hash.high64 & (UINT64_MAX >> 4)),
                        (unsigned long long)hash.low64, ending);
}

bool entry_read(struct arena *arena, const char *path, const unsigned char **bytes, size_t *len)
{
    const char *data = NULL;
    size_t size = 0;
    struct header header, expected;

    if (access(path, R_OK) != 0 ||
        file_read_untrusted(arena, path, LARGEST_ENTRY, &data, &size) != NULL ||
        size < sizeof header)
        return false;
    memcpy(&header, data, sizeof header);
    *bytes = (const unsigned char *)data + sizeof header;
    *len = size - sizeof header;
    expected = header_of(*bytes, *len);
    return memcmp(&header, &expected, sizeof header) == 0;
}

/* ---- writing --------------------------------------------------------------------------- */

/* "Do not back this up", for the programs that ask (bford.info/cachedir). */
static void write_tag(struct arena *arena, const char *folder)
{
    static const char text[] = "Signature: 8a477f597d28d172789f06886806bc55\n"
                               "# Units that cuhostlint remembers. It is safe to remove them.\n";
    int file = open(arena_printf(arena, "%s/CACHEDIR.TAG", folder),
                    O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    ssize_t written;

    if (file < 0)
        return;
    written = write(file, text, sizeof text - 1);
    (void)written; /* a cache without its tag is a cache */
    close(file);
}

/* Parents like mkdir -p. Whether that worked, the next open will tell. */
static void make_folders(struct arena *arena, const char *shard)
{
    char *path = arena_strdup(arena, shard);
    char *last = strrchr(path, '/');

    if (access(path, F_OK) == 0)
        return;
    for (char *slash = strchr(path + 1, '/'); slash != NULL; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        mkdir(path, 0700);
        *slash = '/';
    }
    mkdir(path, 0700);
    *last = '\0';
    write_tag(arena, path);
}

static bool write_all(int file, const void *bytes, size_t len)
{
    const char *next = bytes;

    while (len > 0) {
        ssize_t written = write(file, next, len);

        if (written <= 0)
            return false;
        next += written;
        len -= (size_t)written;
    }
    return true;
}

/* The cache's folder may be a link of the user's; below it there are only folders that we made. */
static bool leads_away(const char *shard)
{
    struct stat status;

    return lstat(shard, &status) == 0 && !S_ISDIR(status.st_mode);
}

void entry_write(struct arena *arena, const char *path, const void *bytes, size_t len,
                 uint64_t max_bytes)
{
    const char *shard = arena_strndup(arena, path, (size_t)(strrchr(path, '/') - path));
    char *temporary = arena_printf(arena, "%s/" TRIM_TEMPORARY "XXXXXX", shard);
    struct header header = header_of(bytes, len);
    bool written;
    int file;

    if (len + sizeof header > trim_largest_entry(max_bytes) || leads_away(shard))
        return;
    make_folders(arena, shard);
    file = mkostemp(temporary, O_CLOEXEC);
    if (file < 0)
        return;
    written = write_all(file, &header, sizeof header) && write_all(file, bytes, len);
    written = close(file) == 0 && written;
    if (!written || rename(temporary, path) != 0)
        unlink(temporary);
    trim_shard(arena, shard, max_bytes);
}

void entry_touch(const char *path)
{
    struct stat status;

    if (stat(path, &status) == 0 && time(NULL) - status.st_mtime > TOUCH_AFTER_SECONDS)
        utimensat(AT_FDCWD, path, NULL, 0);
}
