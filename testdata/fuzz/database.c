/* compile_commands.json, and what becomes of each command in it. */
#include "source/commands/database.h"

#include "fuzz.h"
#include "source/commands/translate.h"

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t size)
{
    struct arena *arena = arena_new();
    struct database *database;
    const char *text = fuzz_text(arena, data, size);
    if (!source_database_parse(arena, "/nowhere/compile_commands.json", text, size, &database))
        for (size_t i = 0; i < database->entries.len; i++) {
            const struct database_entry *entry = &database->entries.data[i];
            struct translation translation;
            struct words words = {0};
            size_t others;
            fuzz_check(source_database_find(database, entry->file, &others) != NULL,
                       "an entry's file is found");
            (void)source_database_nearest(database, entry->file, "/");
            source_database_command(arena, entry, &words);
            source_translation_init(&translation, arena, entry->directory);
            source_translate_command(&translation, &words);
            source_translation_finish(&translation);
        }
    arena_free(arena);
    return 0;
}
