#include "validate/table.h"

#include "report/snippet.h"

#include <string.h>

enum { COLUMNS = 3 };

static const char *place(struct arena *arena, const struct report_run *run,
                         const struct finding *finding)
{
    const char *name = text_path_below(run->folder, finding->at.file);

    return arena_printf(arena, "%s:%u:%u", snippet_printable(arena, name, strlen(name)),
                        finding->at.line, finding->at.column);
}

static const char *color_of(const struct report_run *run, enum verdict verdict)
{
    if (!run->color)
        return "";
    switch (verdict) {
    case VERDICT_CONFIRMED:
    case VERDICT_SEEN:
        return "\033[1;31m"; /* a bug that is real */
    case VERDICT_REFUTED:
        return "\033[1;35m";
    default:
        return "\033[0m";
    }
}

static void cells_of(struct arena *arena, const struct report_run *run,
                     const struct finding *finding, const char *cells[COLUMNS])
{
    cells[0] = verdict_name(finding->validation->verdict);
    cells[1] = place(arena, run, finding);
    cells[2] = finding->rule;
}

static void write_total(const struct findings *findings, FILE *out)
{
    size_t counts[VERDICT_SEEN + 1] = {0};

    for (size_t i = 0; i < findings->list.len; i++)
        if (findings->list.data[i].validation)
            counts[findings->list.data[i].validation->verdict]++;
    fprintf(out, "%zu confirmed, %zu refuted, %zu inconclusive", counts[VERDICT_CONFIRMED],
            counts[VERDICT_REFUTED], counts[VERDICT_INCONCLUSIVE]);
    if (counts[VERDICT_NOT_REACHED])
        fprintf(out, ", %zu not reached", counts[VERDICT_NOT_REACHED]);
    if (counts[VERDICT_SEEN])
        fprintf(out, ", %zu seen only in the run", counts[VERDICT_SEEN]);
    fputc('\n', out);
}

/* What compilers and programs said. */
static const char *printable(struct arena *arena, const char *reason)
{
    return reason ? snippet_printable(arena, reason, strlen(reason)) : "";
}

/* "not reached" is what a program does with most findings when it is run without arguments. */
static void write_in_program(struct arena *arena, const struct validation *validation, FILE *out)
{
    if (validation->in_program == VERDICT_CONFIRMED || validation->in_program == VERDICT_REFUTED)
        fprintf(out, "; %s in the program itself: %s", verdict_name(validation->in_program),
                printable(arena, validation->in_program_reason));
    fputc('\n', out);
}

static void write_table(struct arena *arena, const struct findings *findings,
                        const struct report_run *run, FILE *out)
{
    size_t widths[COLUMNS] = {0};
    const char *cells[COLUMNS];

    for (size_t i = 0; i < findings->list.len; i++) {
        if (!findings->list.data[i].validation)
            continue;
        cells_of(arena, run, &findings->list.data[i], cells);
        for (size_t c = 0; c < COLUMNS; c++)
            widths[c] = strlen(cells[c]) > widths[c] ? strlen(cells[c]) : widths[c];
    }
    for (size_t i = 0; i < findings->list.len; i++) {
        const struct finding *finding = &findings->list.data[i];
        if (!finding->validation)
            continue;
        cells_of(arena, run, finding, cells);
        fprintf(out, "%s%-*s%s  %-*s  %-*s  %s", color_of(run, finding->validation->verdict),
                (int)widths[0], cells[0], run->color ? "\033[0m" : "", (int)widths[1], cells[1],
                (int)widths[2], cells[2], printable(arena, finding->validation->reason));
        write_in_program(arena, finding->validation, out);
    }
    write_total(findings, out);
}

const struct report_format validate_table = {"text", false, write_table};
