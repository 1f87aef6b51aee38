#include "project.h"

#include "support/file.h"
#include "support/strbuf.h"

#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define MARK "@DIR@"

static const char *template_of(struct arena *arena, const char *folder)
{
    return arena_printf(arena, "%s/compile_commands.json.in", folder);
}

static const char *database_of(struct arena *arena, const char *build)
{
    return arena_printf(arena, "%s/compile_commands.json", build);
}

bool project_is(struct arena *arena, const char *folder)
{
    return access(template_of(arena, folder), R_OK) == 0;
}

static const struct error *write_database(struct arena *arena, const char *folder,
                                          const char *build)
{
    const char *text;
    size_t len;
    struct strbuf database;
    const struct error *error = file_read(arena, template_of(arena, folder), &text, &len);

    if (error != NULL)
        return error;
    strbuf_init(&database, arena);
    for (const char *mark; (mark = strstr(text, MARK)) != NULL; text = mark + strlen(MARK)) {
        strbuf_add(&database, text, (size_t)(mark - text));
        strbuf_adds(&database, folder);
    }
    strbuf_adds(&database, text);
    return file_replace(arena, database_of(arena, build), database.text, database.len);
}

const struct error *project_open(struct arena *arena, const char *folder, const char **build)
{
    char *made = arena_strdup(arena, "/tmp/cuhostlint-project-XXXXXX");

    if (mkdtemp(made) == NULL)
        return error_new(arena, ERROR_USAGE, "no temporary folder can be made");
    *build = made;
    return write_database(arena, folder, made);
}

void project_close(struct arena *arena, const char *build)
{
    (void)unlink(database_of(arena, build));
    (void)rmdir(build);
}
