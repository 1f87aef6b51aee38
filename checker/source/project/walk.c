#include "source/project/walk.h"

#include "source/project/path.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
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

bool source_is_header(const char *path)
{
    enum source_language language;
    bool is_header = false;
    return source_language_of_ending(path, &language, &is_header) && is_header;
}

bool source_is_source(const char *path)
{
    enum source_language language;
    bool is_header = true;
    return source_language_of_ending(path, &language, &is_header) && !is_header;
}

struct walk {
    const struct walk_limits *limits;
    void (*visit)(void *context, const char *path);
    void *context;
    struct arena *arena; /* of the names */
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

struct names {
    struct words files, folders;
};

enum kind { KIND_FILE, KIND_FOLDER, KIND_OTHER };

/* The folder's entry says what it is, on most file systems; a link to a file is a file. */
static enum kind kind_of(int folder, const struct dirent *entry)
{
    struct stat info;
    if (entry->d_type == DT_REG)
        return KIND_FILE;
    if (entry->d_type == DT_DIR)
        return KIND_FOLDER;
    if (entry->d_type != DT_LNK && entry->d_type != DT_UNKNOWN)
        return KIND_OTHER;
    if (fstatat(folder, entry->d_name, &info, 0) == 0 && S_ISREG(info.st_mode))
        return KIND_FILE;
    if (fstatat(folder, entry->d_name, &info, AT_SYMLINK_NOFOLLOW) == 0 && S_ISDIR(info.st_mode))
        return KIND_FOLDER;
    return KIND_OTHER;
}

static void sort(struct words *names)
{
    if (names->len > 1)
        qsort(names->data, names->len, sizeof *names->data, by_name);
}

static bool has(const struct words *paths, const char *name)
{
    for (size_t i = 0; i < paths->len; i++)
        if (strcmp(strrchr(paths->data[i], '/') + 1, name) == 0)
            return true;
    return false;
}

/* What CMake has made or fetched there is no source of the project. */
static bool is_build_tree(const struct names *names)
{
    return has(&names->files, "CMakeCache.txt") && !has(&names->files, "CMakeLists.txt");
}

static void list_folder(struct walk *walk, const char *folder, struct names *names)
{
    DIR *dir = opendir(folder);
    if (!dir && walk->limits->lose && errno != ENOENT)
        walk->limits->lose(walk->context, folder, errno);
    if (!dir)
        return;
    for (struct dirent *entry; (entry = readdir(dir));) {
        enum kind kind = is_left_out(entry->d_name) ? KIND_OTHER : kind_of(dirfd(dir), entry);
        if (kind == KIND_OTHER)
            continue;
        struct words *list = kind == KIND_FILE ? &names->files : &names->folders;
        vec_push(walk->arena, list, source_path_join(walk->arena, folder, entry->d_name));
    }
    closedir(dir);
    sort(&names->files);
    sort(&names->folders);
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

static void walk_folder(struct walk *walk, const char *folder, unsigned depth)
{
    struct names names = {0};
    if (!within_limits(walk))
        return;
    list_folder(walk, folder, &names);
    if (depth > 0 && is_build_tree(&names))
        return;
    for (size_t i = 0; i < names.files.len; i++)
        walk->visit(walk->context, names.files.data[i]);
    walk->files += names.files.len;
    if (depth == walk->limits->max_depth) {
        walk->complete = walk->complete && names.folders.len == 0;
        return;
    }
    for (size_t i = 0; i < names.folders.len; i++)
        walk_folder(walk, names.folders.data[i], depth + 1);
}

bool source_walk(const char *folder, const struct walk_limits *limits,
                 void (*visit)(void *context, const char *path), void *context)
{
    struct arena *arena = arena_new();
    struct walk walk = {
        .limits = limits, .visit = visit, .context = context, .arena = arena, .complete = true};
    clock_gettime(CLOCK_MONOTONIC, &walk.start);
    walk_folder(&walk, folder, 0);
    arena_free(arena);
    return walk.complete;
}
