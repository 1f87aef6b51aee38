#include "support/file.h"

#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct file_writer {
    struct arena *arena;
    FILE *stream;
    const char *path; /* links resolved */
    const char *name; /* what it is called so far; NULL: it has no name, or was there before */
    bool is_nameless; /* gets a name at the end */
};

enum { FIRST_READ = 64 * 1024, LARGEST_STREAM = 1 << 28, ATTEMPTS = 100 };

/* Into a buffer of ours: a lack of memory must not look like a file that is not there. */
const char *file_real_path(struct arena *arena, const char *path)
{
    char real[PATH_MAX];
    return realpath(path, real) ? arena_strdup(arena, real) : NULL;
}

const char *file_current_folder(struct arena *arena)
{
    char folder[PATH_MAX];
    return getcwd(folder, sizeof folder) ? arena_strdup(arena, folder) : "/";
}

const struct error *file_check_current_folder(struct arena *arena)
{
    char folder[PATH_MAX];
    if (getcwd(folder, sizeof folder))
        return NULL;
    return error_new(arena, ERROR_USAGE,
                     "cannot tell the current folder: %s; change to another one",
                     strerror(errno == ERANGE ? ENAMETOOLONG : errno));
}

static const struct error *failure(struct arena *arena, const char *what, const char *path)
{
    return error_new(arena, ERROR_USAGE, "cannot %s '%s': %s", what, path, strerror(errno));
}

/* The size is only a first guess: files under /proc and pipes have none. */
static size_t expected_size(FILE *stream)
{
    struct stat status;
    if (fstat(fileno(stream), &status) != 0 || !S_ISREG(status.st_mode) || status.st_size <= 0)
        return FIRST_READ;
    return (size_t)status.st_size + 1;
}

/* NULL: there is no end of it. */
static char *read_all(struct arena *arena, FILE *stream, size_t *len)
{
    size_t cap = expected_size(stream);
    char *bytes = arena_alloc(arena, cap + 1);
    size_t room = cap;
    *len = 0;
    for (;;) {
        size_t got = fread(bytes + *len, 1, room, stream);
        *len += got;
        if (got < room)
            return bytes; /* zeroed memory ends it with a NUL */
        if (cap > LARGEST_STREAM)
            return NULL;
        char *larger = arena_alloc(arena, cap * 2 + 1);
        memcpy(larger, bytes, *len);
        bytes = larger;
        room = cap;
        cap *= 2;
    }
}

static const struct error *read_stream(struct arena *arena, FILE *stream, const char *path,
                                       const char **bytes, size_t *len)
{
    if (!stream)
        return failure(arena, "read", path);
    errno = 0;
    char *contents = read_all(arena, stream, len);
    bool failed = !contents || ferror(stream) != 0;
    if (!contents)
        errno = EFBIG;
    const struct error *error = failed ? failure(arena, "read", path) : NULL;
    fclose(stream);
    *bytes = contents;
    return error;
}

const struct error *file_read(struct arena *arena, const char *path, const char **bytes,
                              size_t *len)
{
    return read_stream(arena, fopen(path, "rbe"), path, bytes, len);
}

const struct error *file_read_standard_input(struct arena *arena, const char **bytes, size_t *len)
{
    int copy = dup(STDIN_FILENO);
    FILE *stream = copy < 0 ? NULL : fdopen(copy, "rb");
    return read_stream(arena, stream, "standard input", bytes, len);
}

static const struct error *refusal(struct arena *arena, const char *path, const char *why)
{
    return error_new(arena, ERROR_USAGE, "cannot read '%s': %s", path, why);
}

/* No more than the size that the file says it has: those below /proc say none, but some of them
 * never end. */
static const struct error *read_sized(struct arena *arena, const char *path, int file, size_t size,
                                      const char **bytes, size_t *len)
{
    char *text = arena_alloc(arena, size + 1);
    ssize_t got = 1;
    for (*len = 0; got > 0 && *len < size; *len += got > 0 ? (size_t)got : 0)
        do
            got = read(file, text + *len, size - *len);
        while (got < 0 && errno == EINTR);
    *bytes = text;
    return got < 0 ? failure(arena, "read", path) : NULL;
}

const struct error *file_read_untrusted(struct arena *arena, const char *path, size_t most,
                                        const char **bytes, size_t *len)
{
    struct stat status;
    const struct error *error;
    /* To open a device may be to set it off: asked before, and again of what was opened. */
    if (stat(path, &status) == 0 && !S_ISREG(status.st_mode))
        return refusal(arena, path, "it is no regular file");
    int file = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (file < 0 || fstat(file, &status) != 0)
        error = failure(arena, "read", path);
    else if (!S_ISREG(status.st_mode))
        error = refusal(arena, path, "it is no regular file");
    else if (status.st_size < 0 || (uint64_t)status.st_size > most)
        error = refusal(arena, path, arena_printf(arena, "it is larger than %zu MiB", most >> 20));
    else
        error = read_sized(arena, path, file, (size_t)status.st_size, bytes, len);
    if (file >= 0)
        close(file);
    return error;
}

static const char *resolved(struct arena *arena, const char *path)
{
    const char *real = file_real_path(arena, path);
    return real ? real : arena_strdup(arena, path);
}

static const char *folder_of(const struct file_writer *writer)
{
    const char *slash = strrchr(writer->path, '/');
    size_t len = slash ? (size_t)(slash - writer->path) : 0;
    return slash ? arena_strndup(writer->arena, writer->path, len + !len) : ".";
}

/* Not the target's name and more, which may be longer than names are. */
static const char *temporary_name(const struct file_writer *writer, int attempt)
{
    return arena_printf(writer->arena, "%s/.cuhostlint.%ld.%d.tmp", folder_of(writer),
                        (long)getpid(), attempt);
}

/* A file without a name, in the target's folder: gone when the process is. -1 where the file system
 * has no such files, or /proc does not lead to them. */
static int open_nameless(struct file_writer *writer)
{
    int file = access("/proc/self/fd", X_OK) == 0
                   ? open(folder_of(writer), O_WRONLY | O_TMPFILE | O_CLOEXEC, 0666)
                   : -1;
    writer->is_nameless = file >= 0;
    return file;
}

/* A new file beside the target, under a name that nobody else has. */
static int open_named(struct file_writer *writer)
{
    for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
        writer->name = temporary_name(writer, attempt);
        int file = open(writer->name, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0666);
        if (file >= 0 || errno != EEXIST)
            return file;
    }
    return -1;
}

static int open_temporary(struct file_writer *writer)
{
    int file = open_nameless(writer);
    return file >= 0 ? file : open_named(writer);
}

static bool link_nameless(const char *nameless, const char *name)
{
    return linkat(AT_FDCWD, nameless, AT_FDCWD, name, AT_SYMLINK_FOLLOW) == 0;
}

/* Gives the nameless file the target's name. Where a file has it, the new one is to take its place,
 * and no call does that without a name of its own first. */
static bool make_named(struct file_writer *writer)
{
    const char *nameless = arena_printf(writer->arena, "/proc/self/fd/%d", fileno(writer->stream));
    const char *name = writer->path;
    bool is_named = link_nameless(nameless, name);
    for (int attempt = 0; !is_named && errno == EEXIST && attempt < ATTEMPTS; attempt++) {
        name = temporary_name(writer, attempt);
        is_named = link_nameless(nameless, name);
    }
    writer->name = is_named ? name : NULL;
    return is_named;
}

static void remove_named(const struct file_writer *writer)
{
    if (writer->name)
        unlink(writer->name);
}

static int open_target(struct file_writer *writer)
{
    struct stat status;
    bool exists = stat(writer->path, &status) == 0;
    if (exists && S_ISDIR(status.st_mode)) {
        errno = EISDIR;
        return -1;
    }
    if (exists && !S_ISREG(status.st_mode))
        return open(writer->path, O_WRONLY | O_CLOEXEC);
    /* A file that its owner made read-only is not to be replaced behind his back. */
    if (exists && access(writer->path, W_OK) != 0)
        return -1;
    int file = open_temporary(writer);
    if (file >= 0 && exists) { /* as it was, as far as one may: root works on others' files */
        (void)!fchown(file, status.st_uid, status.st_gid);
        (void)!fchmod(file, status.st_mode & 07777);
    }
    return file;
}

const struct error *file_writer_open(struct arena *arena, const char *path,
                                     struct file_writer **writer)
{
    struct file_writer *opened = arena_new_object(arena, struct file_writer);
    opened->arena = arena;
    opened->path = resolved(arena, path);
    int file = open_target(opened);
    if (file < 0)
        return failure(arena, "write", path);
    opened->stream = fdopen(file, "wb");
    if (!opened->stream) {
        const struct error *error = failure(arena, "write", path);
        close(file);
        remove_named(opened);
        return error;
    }
    *writer = opened;
    return NULL;
}

FILE *file_writer_stream(struct file_writer *writer)
{
    return writer->stream;
}

/* Why an earlier write failed is gone by now: one byte more fails for the same reason. */
bool file_flush(FILE *stream)
{
    if (fflush(stream) != 0)
        return false;
    if (!ferror(stream))
        return true;
    if (write(fileno(stream), "\n", 1) == 1)
        errno = EIO;
    return false;
}

const struct error *file_writer_commit(struct file_writer *writer)
{
    bool written = file_flush(writer->stream) && (!writer->is_nameless || make_named(writer));
    const struct error *error = written ? NULL : failure(writer->arena, "write", writer->path);
    if (fclose(writer->stream) != 0 && !error)
        error = failure(writer->arena, "write", writer->path);
    if (!writer->name)
        return error;
    /* What has the target's name already stays as it is: rename() does nothing then. */
    if (!error && rename(writer->name, writer->path) != 0)
        error = failure(writer->arena, "write", writer->path);
    if (error)
        remove_named(writer);
    return error;
}

void file_writer_discard(struct file_writer *writer)
{
    fclose(writer->stream);
    remove_named(writer);
}

const struct error *file_replace(struct arena *arena, const char *path, const char *bytes,
                                 size_t len)
{
    struct file_writer *writer;
    const struct error *error = file_writer_open(arena, path, &writer);
    if (error)
        return error;
    fwrite(bytes, 1, len, file_writer_stream(writer)); /* a short write sets the stream's error */
    return file_writer_commit(writer);
}
