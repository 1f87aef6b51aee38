#include "validate/record.h"

#include "support/embedded.h"
#include "support/strbuf.h"
#include "support/vec.h"

#include <float.h>
#include <jansson.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>

/* Programs that ended with the same words. */
struct outcome {
    const char *reason;
    size_t programs;
    double fastest, slowest; /* microseconds of a turn, where the programs measure that */
};

struct tally {
    struct arena *arena;
    size_t findings, programs, confirmed;
    VEC(struct outcome) outcomes; /* of those confirmed */
};

static const char *text_of(const json_t *object, const char *key)
{
    const char *text = json_string_value(json_object_get(object, key));
    return text ? text : "";
}

static struct outcome *outcome_of(struct tally *tally, const char *reason)
{
    for (size_t i = 0; i < tally->outcomes.len; i++)
        if (strcmp(tally->outcomes.data[i].reason, reason) == 0)
            return &tally->outcomes.data[i];
    struct outcome *outcome = vec_add(tally->arena, &tally->outcomes);
    *outcome = (struct outcome){.reason = reason, .fastest = DBL_MAX};
    return outcome;
}

/* "41.5 microseconds for each turn" */
static void add_times(struct outcome *outcome, const json_t *entry)
{
    const json_t *output = json_object_get(entry, "output");

    for (size_t i = 0; i < json_array_size(output); i++) {
        const char *line = json_string_value(json_array_get(output, i));
        char *end;
        double time = line ? strtod(line, &end) : 0;
        if (!line || end == line || strcmp(end, " microseconds for each turn") != 0)
            continue;
        outcome->fastest = time < outcome->fastest ? time : outcome->fastest;
        outcome->slowest = time > outcome->slowest ? time : outcome->slowest;
    }
}

static void count(struct tally *tally, const json_t *entry)
{
    json_int_t findings = json_integer_value(json_object_get(entry, "findings"));

    tally->programs++;
    tally->findings += findings > 0 ? (size_t)findings : 1;
    if (strcmp(text_of(entry, "verdict"), "confirmed") != 0)
        return;
    struct outcome *outcome =
        outcome_of(tally, arena_strdup(tally->arena, text_of(entry, "reason")));
    outcome->programs++;
    tally->confirmed++;
    add_times(outcome, entry);
}

static void write_outcome(struct strbuf *out, const struct outcome *outcome)
{
    strbuf_addf(out, "- %zu times: %s", outcome->programs, outcome->reason);
    if (outcome->slowest > 0)
        strbuf_addf(out, "; measured: %.0f to %.0f", outcome->fastest, outcome->slowest);
    strbuf_adds(out, "\n");
}

static void describe(struct strbuf *out, const json_t *record, const char *rule)
{
    struct tally tally = {.arena = out->arena};
    const char *code;
    json_t *entry;

    json_object_foreach(json_object_get(record, "programs"), code, entry)
    {
        if (strcmp(text_of(entry, "rule"), rule) == 0)
            count(&tally, entry);
    }
    if (!tally.programs)
        return;
    strbuf_addf(out,
                "\n%s, driver %s, CUDA %s, %s: %zu findings replayed by %zu programs, %zu "
                "confirmed.\n\n",
                text_of(record, "gpu"), text_of(record, "driver"), text_of(record, "cuda"),
                text_of(record, "date"), tally.findings, tally.programs, tally.confirmed);
    for (size_t i = 0; i < tally.outcomes.len; i++)
        write_outcome(out, &tally.outcomes.data[i]);
}

const char *record_section(struct arena *arena, const char *rule)
{
    static const char folder[] = "testdata/gpu/";
    struct strbuf out;

    strbuf_init(&out, arena);
    for (size_t i = 0; i < embedded_file_count; i++) {
        const struct embedded_file *file = &embedded_files[i];
        if (strncmp(file->path, folder, sizeof folder - 1) != 0)
            continue;
        json_t *record = json_loadb(file->text, file->len, 0, NULL);
        describe(&out, record, rule);
        json_decref(record);
    }
    return out.len ? arena_printf(arena, "## Replayed on a GPU\n%s", out.text) : NULL;
}
