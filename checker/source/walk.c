#include "source/walk.h"

#include "source/path.h"
#include "support/map.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

bool source_language_of_ending(const char *path, enum source_language *language, bool *is_header)
{
    static const struct {
        const char *ending;
        enum source_language language;
        bool is_header;
    } endings[] = {
        {".c", SOURCE_C, false},     {".cc", SOURCE_CXX, false},  {".cpp", SOURCE_CXX, false},
        {".cxx", SOURCE_CXX, false}, {".c++", SOURCE_CXX, false}, {".C", SOURCE_CXX, false},
        {".cu", SOURCE_CUDA, false}, {".hip", SOURCE_HIP, false}, {".h", SOURCE_CXX, true},
        {".hh", SOURCE_CXX, true},   {".hpp", SOURCE_CXX, true},  {".hxx", SOURCE_CXX, true},
        {".h++", SOURCE_CXX, true},  {".cuh", SOURCE_CUDA, true}, {".inl", SOURCE_CXX, true},
        {".ipp", SOURCE_CXX, true},  {".tpp", SOURCE_CXX, true},  {".inc", SOURCE_CXX, true},
    };
    const char *ending = source_path_ending(path);
    for (size_t i = 0; i < sizeof endings / sizeof endings[0]; i++) {
        if (strcmp(ending, endings[i].ending) == 0) {
            *language = endings[i].language;
            *is_header = endings[i].is_header;
            return true;
        }
    }
    return false;
}

struct walk {
    const struct walk_limits *limits;
    void (*visit)(void *context, const char *path);
    void *context;
    struct arena *arena; /* names, and the folders met so far */
    struct map folders;
    size_t files;
    struct timespec start;
    bool complete;
};

static bool is_left_out(const char *name)
{
    return name[0] == '.' || strcmp(name, "CMakeFiles") == 0 || strcmp(name, "node_modules") == 0;
}

static int by_name(const void *a, const void *b)
{
    return strcmp(*(const char *const *)a, *(const char *const *)b);
}

static void list_folder(struct walk *walk, const char *folder, struct words *names)
{
    DIR *dir = opendir(folder);
    if (!dir)
        return;
    for (struct dirent *entry; (entry = readdir(dir));)
        if (!is_left_out(entry->d_name))
            vec_push(walk->arena, names, arena_strdup(walk->arena, entry->d_name));
    closedir(dir);
    if (names->len > 1)
        qsort(names->data, names->len, sizeof *names->data, by_name);
}

static bool within_limits(struct walk *walk)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    double seconds = (double)(now.tv_sec - walk->start.tv_sec) +
                     (double)(now.tv_nsec - walk->start.tv_nsec) * 1e-9;
    walk->complete = walk->complete && walk->files < walk->limits->max_files &&
                     seconds < walk->limits->max_seconds;
    return walk->complete;
}

static bool is_new_folder(struct walk *walk, const struct stat *info)
{
    uint64_t key = hash_u64((uint64_t)info->st_ino ^ hash_u64((uint64_t)info->st_dev));
    if (map_get_u64(&walk->folders, key) != MAP_NONE)
        return false;
    map_set_u64(&walk->folders, key, 0);
    return true;
}

static void walk_folder(struct walk *walk, const char *folder, unsigned depth)
{
    struct words names = {0}, below = {0};
    list_folder(walk, folder, &names);
    for (size_t i = 0; i < names.len && within_limits(walk); i++) {
        const char *path = source_path_join(walk->arena, folder, names.data[i]);
        struct stat info;
        if (stat(path, &info) != 0)
            continue;
        if (S_ISREG(info.st_mode)) {
            walk->files++;
            walk->visit(walk->context, path);
        } else if (S_ISDIR(info.st_mode) && is_new_folder(walk, &info)) {
            vec_push(walk->arena, &below, path);
        }
    }
    if (depth == walk->limits->max_depth) {
        walk->complete = walk->complete && below.len == 0;
        return;
    }
    for (size_t i = 0; i < below.len && within_limits(walk); i++)
        walk_folder(walk, below.data[i], depth + 1);
}

bool source_walk(const char *folder, const struct walk_limits *limits,
                 void (*visit)(void *context, const char *path), void *context)
{
    struct arena *arena = arena_new();
    struct walk walk = {.limits = limits,
                        .visit = visit,
                        .context = context,
                        .arena = arena,
                        .folders = {.arena = arena},
                        .complete = true};
    clock_gettime(CLOCK_MONOTONIC, &walk.start);
    struct stat info;
    if (stat(folder, &info) == 0)
        is_new_folder(&walk, &info);
    walk_folder(&walk, folder, 0);
    arena_free(arena);
    return walk.complete;
}
