#include "findings/changed.h"

#include "support/file.h"
#include "support/strbuf.h"

#include <assert.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

struct reader {
    struct changed *changed;
    const char *folder;
    const char *at, *end; /* what is left of the diff */
    uint32_t line_number; /* of the diff, for messages */
    const char *file;     /* the new name in the current file header; NULL: deleted, or none yet */
    bool saw_header;
    uint32_t old_left, new_left; /* lines of the current hunk still to come */
    uint32_t new_line;           /* the next line of the new file */
    bool only_removed; /* the lines just read were taken out, and none put in their place */
};

/* ---- file names ------------------------------------------------------------------------ */

static int octal_value(const char *digits)
{
    int value = 0;
    for (int i = 0; i < 3; i++) {
        if (digits[i] < '0' || digits[i] > '7')
            return -1;
        value = value * 8 + (digits[i] - '0');
    }
    return value;
}

/* git writes unusual names as C strings: "b/gr\303\266\303\237e.cu". */
static const char *unquoted(struct arena *arena, const char *name)
{
    static const char letters[] = "abtnvfr", meanings[] = "\a\b\t\n\v\f\r";
    struct strbuf result;
    strbuf_init(&result, arena);
    for (const char *c = name + 1; *c && *c != '"'; c++) {
        if (*c != '\\' || !c[1]) {
            strbuf_addc(&result, *c);
            continue;
        }
        c++;
        const char *letter = strchr(letters, *c);
        int octal = octal_value(c);
        if (octal >= 0) {
            strbuf_addc(&result, (char)octal);
            c += 2;
        } else {
            strbuf_addc(&result, letter ? meanings[letter - letters] : *c);
        }
    }
    return result.text;
}

static bool has_prefix(const char *name)
{
    return name[0] && strchr("abciwo", name[0]) && name[1] == '/';
}

/* With links resolved where the file is there, as findings name it. */
static const char *existing(struct arena *arena, const char *folder, const char *name)
{
    const char *path = name[0] == '/' ? name : arena_printf(arena, "%s/%s", folder, name);
    return file_real_path(arena, path);
}

/* "b/src/x.cu" may mean src/x.cu, or, without prefixes, itself: what exists decides. */
static const char *resolved(const struct reader *reader, const char *name)
{
    struct arena *arena = reader->changed->arena;
    const char *path = has_prefix(name) ? existing(arena, reader->folder, name + 2) : NULL;
    if (!path)
        path = existing(arena, reader->folder, name);
    const char *guess = has_prefix(name) ? name + 2 : name;
    return path ? path : arena_printf(arena, "%s/%s", reader->folder, guess);
}

/* Behind "+++ ": a name, perhaps quoted, perhaps with a tab and a date after it. */
static void read_name(struct reader *reader, const char *line, size_t len)
{
    struct arena *arena = reader->changed->arena;
    const char *name = arena_strndup(arena, line, len);
    name = *name == '"' ? unquoted(arena, name) : arena_strndup(arena, name, strcspn(name, "\t\r"));
    reader->saw_header = true;
    reader->file = strcmp(name, "/dev/null") == 0 ? NULL : resolved(reader, name);
}

/* ---- ranges ---------------------------------------------------------------------------- */

static struct changed_file *file_at(struct changed *changed, const char *path)
{
    uint32_t known = map_get(&changed->by_path, path);
    if (known != MAP_NONE) {
        assert(known < changed->files.len);
        return &changed->files.data[known];
    }
    map_set(&changed->by_path, path, (uint32_t)changed->files.len);
    struct changed_file *file = vec_add(changed->arena, &changed->files);
    file->path = path;
    return file;
}

/* Takes the lines into the range, if they begin in it or right behind it. */
static bool widen(struct line_range *range, uint32_t first, uint32_t last)
{
    if (first < range->first || first > range->last + 1)
        return false;
    if (last > range->last)
        range->last = last;
    return true;
}

static void add_lines(struct reader *reader, uint32_t first, uint32_t last)
{
    if (!reader->file)
        return;
    struct changed_file *file = file_at(reader->changed, reader->file);
    if (file->ranges.len && widen(&file->ranges.data[file->ranges.len - 1], first, last))
        return;
    vec_push(reader->changed->arena, &file->ranges, (struct line_range){first, last});
}

void changed_add_file(struct changed *changed, const char *path)
{
    struct changed_file *file = file_at(changed, path);
    vec_push(changed->arena, &file->ranges, (struct line_range){1, UINT32_MAX});
}

/* ---- hunks ----------------------------------------------------------------------------- */

static const struct error *malformed(const struct reader *reader, const char *what)
{
    return error_new(reader->changed->arena, ERROR_USAGE, "line %u of the diff: %s",
                     reader->line_number, what);
}

/* "12,3" or "12": a start and a count, 1 where it is left out. */
static bool read_pair(const char **at, uint32_t *start, uint32_t *count)
{
    char *end;
    if (**at < '0' || **at > '9')
        return false;
    unsigned long first = strtoul(*at, &end, 10), lines = 1;
    if (*end == ',')
        lines = strtoul(end + 1, &end, 10);
    *at = end;
    if (first >= UINT32_MAX / 2 || lines >= UINT32_MAX / 2)
        return false;
    *start = (uint32_t)first;
    *count = (uint32_t)lines;
    return true;
}

/* "@@ -1,2 +3,4 @@": see GNU diff's "Detailed Unified". With a count of 0 the start is the line
 * before. */
static const struct error *read_hunk_header(struct reader *reader, const char *line, size_t len)
{
    const char *at = arena_strndup(reader->changed->arena, line, len);
    uint32_t old_start, new_start;
    at += strspn(at, "@ -");
    bool good = read_pair(&at, &old_start, &reader->old_left);
    at += strspn(at, " +");
    good = good && read_pair(&at, &new_start, &reader->new_left);
    good = good && (new_start > 0 || reader->new_left == 0); /* lines count from 1 */
    if (!good || strncmp(at, " @@", 3) != 0)
        return malformed(reader, "this is no hunk header");
    reader->new_line = reader->new_left ? new_start : new_start + 1;
    return NULL;
}

/* Where lines are gone and nothing came instead, their neighbours are what the change touches. */
static void end_removal(struct reader *reader)
{
    if (reader->only_removed)
        add_lines(reader, reader->new_line > 1 ? reader->new_line - 1 : 1, reader->new_line);
    reader->only_removed = false;
}

static const struct error *read_hunk_line(struct reader *reader, char kind)
{
    bool is_old = kind == '-' || kind == ' ', is_new = kind == '+' || kind == ' ';
    if ((is_old && !reader->old_left) || (is_new && !reader->new_left) || (!is_old && !is_new))
        return malformed(reader, "the hunk does not have as many lines as it says");
    reader->old_left -= is_old;
    reader->new_left -= is_new;
    if (kind == '+')
        add_lines(reader, reader->new_line, reader->new_line);
    if (kind == ' ')
        end_removal(reader);
    reader->only_removed = kind == '-';
    reader->new_line += is_new;
    if (!reader->old_left && !reader->new_left)
        end_removal(reader);
    return NULL;
}

static bool starts_with(const char *line, size_t len, const char *prefix)
{
    size_t prefix_len = strlen(prefix);
    return len >= prefix_len && memcmp(line, prefix, prefix_len) == 0;
}

static const struct error *read_line(struct reader *reader, const char *line, size_t len)
{
    if (starts_with(line, len, "\\")) /* "\ No newline at end of file" */
        return NULL;
    if (reader->old_left || reader->new_left) /* editors strip the blank of an empty context line */
        return read_hunk_line(reader, len && line[0] != '\r' ? line[0] : ' ');
    if (starts_with(line, len, "+++ "))
        read_name(reader, line + 4, len - 4);
    else if (starts_with(line, len, "@@ ") && reader->saw_header)
        return read_hunk_header(reader, line, len);
    else if (starts_with(line, len, "diff --git "))
        reader->saw_header = true; /* a change of mode or name has no more than this */
    return NULL;
}

const struct error *changed_read(struct arena *arena, const char *diff, size_t len,
                                 const char *folder, struct changed *changed)
{
    *changed = (struct changed){.arena = arena, .by_path = {.arena = arena}};
    struct reader reader = {.changed = changed, .folder = folder, .at = diff, .end = diff + len};
    bool is_blank = true;
    while (reader.at < reader.end) {
        size_t left = (size_t)(reader.end - reader.at);
        const char *line_end = memchr(reader.at, '\n', left);
        size_t line_len = line_end ? (size_t)(line_end - reader.at) : left;
        reader.line_number++;
        is_blank = is_blank && line_len == 0;
        const struct error *error = read_line(&reader, reader.at, line_len);
        if (error)
            return error;
        reader.at += line_len + (line_end != NULL);
    }
    if (reader.old_left || reader.new_left)
        return malformed(&reader, "the last hunk is cut off");
    if (!reader.saw_header && !is_blank)
        return error_new(arena, ERROR_USAGE, "this is no unified diff: no line begins with '+++ '");
    return NULL;
}

/* ---- asking ---------------------------------------------------------------------------- */

bool changed_holds(const struct changed *changed, const struct position *at)
{
    uint32_t index = at->file ? map_get(&changed->by_path, at->file) : MAP_NONE;
    if (index == MAP_NONE)
        return false;
    const struct changed_file *file = &changed->files.data[index];
    uint32_t last = at->end_line > at->line ? at->end_line : at->line;
    for (size_t i = 0; i < file->ranges.len; i++)
        if (at->line <= file->ranges.data[i].last && last >= file->ranges.data[i].first)
            return true;
    return false;
}

static bool touches(const struct changed *changed, const struct finding *finding)
{
    if (changed_holds(changed, &finding->at))
        return true;
    for (size_t i = 0; i < finding->path.len; i++)
        if (changed_holds(changed, &finding->path.data[i].at))
            return true;
    return false;
}

size_t changed_filter(const struct changed *changed, struct findings *findings)
{
    size_t kept = 0, count = findings->list.len;
    for (size_t i = 0; i < count; i++)
        if (touches(changed, &findings->list.data[i]))
            findings->list.data[kept++] = findings->list.data[i];
    findings->list.len = kept;
    return count - kept;
}
