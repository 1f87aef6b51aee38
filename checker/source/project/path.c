#include "source/project/path.h"

#include <string.h>
#include <sys/stat.h>

const char *source_path_join(struct arena *arena, const char *dir, const char *name)
{
    if (name[0] == '/')
        return name;
    const char *slash = dir[0] && dir[strlen(dir) - 1] == '/' ? "" : "/";
    return arena_printf(arena, "%s%s%s", dir, slash, name);
}

/* Drops the last part of the normal path in out[0..len), keeping the root's slash. */
static size_t drop_last_part(const char *out, size_t len)
{
    while (len > 0 && out[len - 1] != '/')
        len--;
    return len > 0 ? len - 1 : 0;
}

const char *source_path_normal(struct arena *arena, const char *dir, const char *name)
{
    const char *full = source_path_join(arena, dir, name);
    char *out = arena_alloc(arena, strlen(full) + 2);
    size_t len = 0;
    for (const char *part = full; *part;) {
        part += strspn(part, "/");
        size_t size = strcspn(part, "/");
        if (size == 2 && part[0] == '.' && part[1] == '.') {
            len = drop_last_part(out, len);
        } else if (size > 0 && !(size == 1 && part[0] == '.')) {
            out[len++] = '/';
            memcpy(out + len, part, size);
            len += size;
        }
        part += size;
    }
    if (len == 0)
        out[len++] = '/';
    out[len] = '\0';
    return out;
}

const char *source_path_parent(struct arena *arena, const char *path)
{
    const char *slash = strrchr(path, '/');
    if (!slash)
        return ".";
    return slash == path ? "/" : arena_strndup(arena, path, (size_t)(slash - path));
}

const char *source_path_base(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

const char *source_path_ending(const char *path)
{
    const char *base = source_path_base(path);
    const char *dot = strrchr(base, '.');
    return dot && dot != base ? dot : "";
}

size_t source_path_stem_length(const char *path)
{
    return strlen(source_path_base(path)) - strlen(source_path_ending(path));
}

bool source_path_is_below(const char *path, const char *folder)
{
    size_t len = strlen(folder);
    if (len == 1)
        return true; /* the root */
    return strncmp(path, folder, len) == 0 && (path[len] == '/' || path[len] == '\0');
}

bool source_path_is_file(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0 && S_ISREG(info.st_mode);
}

bool source_path_is_folder(const char *path)
{
    struct stat info;
    return stat(path, &info) == 0 && S_ISDIR(info.st_mode);
}

const char *source_path_shown(struct arena *arena, const char *current, const char *path)
{
    if (strcmp(current, "/") == 0 || strcmp(current, path) == 0 ||
        !source_path_is_below(path, current))
        return path;
    return arena_strdup(arena, path + strlen(current) + 1);
}

bool source_path_ends_in(const char *path, const char *name)
{
    size_t len = strlen(path), size = strlen(name);
    return len > size && path[len - size - 1] == '/' && strcmp(path + len - size, name) == 0;
}
