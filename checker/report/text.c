/* For people: as clang prints its diagnostics. Editors' patterns rely on the first line of each:
 * "path:line:column: level: message [rule]". */
#include "report/formats.h"
#include "report/snippet.h"
#include "support/strbuf.h"

#include <string.h>

#define PLACE_COLOR "\033[1m"
#define MESSAGE_COLOR "\033[1m"
#define ERROR_COLOR "\033[0;1;31m"
#define WARNING_COLOR "\033[0;1;35m"
#define NOTE_COLOR "\033[0;1;36m"
#define COLOR_OFF "\033[0m"

struct writer {
    struct arena *arena;
    const struct report_run *run;
    struct snippet_style style;
};

static const char *level_color(enum level level)
{
    switch (level) {
    case LEVEL_ERROR:
        return ERROR_COLOR;
    case LEVEL_WARNING:
        return WARNING_COLOR;
    case LEVEL_NOTE:
        return NOTE_COLOR;
    }
    return NOTE_COLOR;
}

static const char *safe(const struct writer *w, const char *text)
{
    return snippet_printable(w->arena, text, strlen(text));
}

/* How a text says what is written with brackets. */
static const struct {
    const char *written, *said;
} bracketed[] = {
    {"operator new[]", "array new"},
    {"operator delete[]", "array delete"},
    {"new[]", "array new"},
    {"delete[]", "array delete"},
};

/* Editors take the first '[' for the beginning of the rule's name: a message has none. */
static const char *safe_message(const struct writer *w, const char *message)
{
    struct strbuf text;
    const char *at = safe(w, message);
    strbuf_init(&text, w->arena);
    while (*at) {
        size_t i = 0, count = sizeof bracketed / sizeof *bracketed;
        while (i < count && strncmp(at, bracketed[i].written, strlen(bracketed[i].written)) != 0)
            i++;
        if (i < count) {
            strbuf_adds(&text, bracketed[i].said);
            at += strlen(bracketed[i].written);
        } else {
            strbuf_addc(&text, (char)(*at == '[' ? '(' : *at == ']' ? ')' : *at));
            at++;
        }
    }
    return text.text;
}

/* "[rule]" ends findings; notes have none. */
static void write_heading(const struct writer *w, const struct position *at, enum level level,
                          const char *message, const char *rule)
{
    bool color = w->style.color;
    const char *place = color ? PLACE_COLOR : "";
    const char *off = color ? COLOR_OFF : "";
    bool bold = color && rule;
    fprintf(w->style.out, "%s%s:%u:%u:%s %s%s:%s %s%s", place,
            safe(w, report_shown_path(w->run, at->file)), at->line, at->column, off,
            color ? level_color(level) : "", level_name(level), off, bold ? MESSAGE_COLOR : "",
            safe_message(w, message));
    if (rule)
        fprintf(w->style.out, " [%s]", safe(w, rule));
    fprintf(w->style.out, "%s\n", bold ? off : "");
}

static const struct text *text_of(const struct writer *w, const struct position *at)
{
    return text_get(w->run->texts, at->file);
}

/* The only fix of a finding is shown right below its line, if it all fits there. */
static const struct fix *fix_below(const struct finding *finding)
{
    if (finding->fixes.len != 1)
        return NULL;
    const struct fix *fix = &finding->fixes.data[0];
    for (size_t i = 0; i < fix->replacements.len; i++) {
        const struct replacement *replacement = &fix->replacements.data[i];
        if (strcmp(replacement->at.file, finding->at.file) != 0 ||
            replacement->at.line != finding->at.line || !snippet_can_show(replacement))
            return NULL;
    }
    return fix;
}

static void write_steps(const struct writer *w, const struct finding *finding)
{
    for (size_t i = 0; i < finding->path.len; i++) {
        const struct path_step *step = &finding->path.data[i];
        if (!step->at.file)
            continue;
        write_heading(w, &step->at, LEVEL_NOTE, step->message, NULL);
        const struct text *text = text_of(w, &step->at);
        if (text)
            snippet_write(w->arena, &w->style, text, &step->at, NULL, 0);
    }
}

static void write_fixes(const struct writer *w, const struct finding *finding)
{
    for (size_t i = 0; i < finding->fixes.len; i++) {
        const struct fix *fix = &finding->fixes.data[i];
        if (!fix->replacements.len)
            continue;
        const struct position *at = &fix->replacements.data[0].at;
        write_heading(w, at, LEVEL_NOTE, arena_printf(w->arena, "fix: %s", fix->description), NULL);
        const struct text *text = text_of(w, at);
        if (text)
            snippet_write_fix(w->arena, &w->style, text, fix);
    }
}

static void write_finding(const struct writer *w, const struct finding *finding)
{
    write_heading(w, &finding->at, finding->level, finding->message, finding->rule);
    const struct fix *below = fix_below(finding);
    const struct text *text = text_of(w, &finding->at);
    if (text)
        snippet_write(w->arena, &w->style, text, &finding->at,
                      below ? below->replacements.data : NULL, below ? below->replacements.len : 0);
    write_steps(w, finding);
    if (!below)
        write_fixes(w, finding);
}

void report_text(struct arena *arena, const struct findings *findings, const struct report_run *run,
                 FILE *out)
{
    struct writer w = {arena, run, {out, run->color}};
    for (size_t i = 0; i < findings->list.len; i++) {
        const struct finding *finding = &findings->list.data[i];
        if (!finding->suppressed_by && finding->at.file)
            write_finding(&w, finding);
    }
}
