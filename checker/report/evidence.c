#include "report/evidence.h"

#include "report/json_value.h"

#include <inttypes.h>

json_t *evidence_predicts(struct arena *arena, const struct prediction *predicts)
{
    if (!predicts->call)
        return json_null();
    return json_make("{s:o, s:i, s:o}", "call", json_text(arena, predicts->call), "code",
                     predicts->code, "name", json_text(arena, predicts->name));
}

json_t *evidence_validation(struct arena *arena, const struct validation *validation,
                            const char *program)
{
    json_t *json =
        json_make("{s:s, s:o, s:o, s:o, s:o}", "verdict", verdict_name(validation->verdict),
                  "reason", json_text(arena, validation->reason), "code",
                  json_text(arena, arena_printf(arena, "%016" PRIx64, validation->code)), "program",
                  json_text(arena, program), "output", json_text(arena, validation->output));

    if (validation->in_program != VERDICT_NONE)
        json_put(json, "inProgram",
                 json_make("{s:s, s:o}", "verdict", verdict_name(validation->in_program), "reason",
                           json_text(arena, validation->in_program_reason)));
    return json;
}
