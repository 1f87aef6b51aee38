/* The YAML that clang-tidy writes with --export-fixes and clang-apply-replacements reads. */
#include "fix/fix.h"
#include "support/file.h"
#include "support/mem.h"
#include "support/utf8.h"

#include <string.h>
#include <yaml.h>

struct exporter {
    struct arena *arena;
    const char *folder;
    yaml_document_t document;
};

static int must(int id)
{
    if (!id)
        mem_exhausted();
    return id;
}

static int scalar(struct exporter *e, const char *text, yaml_scalar_style_t style)
{
    const char *clean = utf8_clean(e->arena, text);
    return must(yaml_document_add_scalar(&e->document, NULL, (const yaml_char_t *)clean,
                                         (int)strlen(clean), style));
}

static int mapping(struct exporter *e)
{
    return must(yaml_document_add_mapping(&e->document, NULL, YAML_BLOCK_MAPPING_STYLE));
}

static int sequence(struct exporter *e)
{
    return must(yaml_document_add_sequence(&e->document, NULL, YAML_BLOCK_SEQUENCE_STYLE));
}

static void put(struct exporter *e, int map, const char *key, int value)
{
    int name = scalar(e, key, YAML_PLAIN_SCALAR_STYLE);
    must(yaml_document_append_mapping_pair(&e->document, map, name, value));
}

static void put_text(struct exporter *e, int map, const char *key, const char *text)
{
    put(e, map, key, scalar(e, text, YAML_DOUBLE_QUOTED_SCALAR_STYLE));
}

static void put_number(struct exporter *e, int map, const char *key, uint32_t number)
{
    put(e, map, key, scalar(e, arena_printf(e->arena, "%u", number), YAML_PLAIN_SCALAR_STYLE));
}

static int replacements(struct exporter *e, const struct fix *fix)
{
    int list = sequence(e);
    for (size_t i = 0; fix && i < fix->replacements.len; i++) {
        const struct replacement *replacement = &fix->replacements.data[i];
        int map = mapping(e);
        put_text(e, map, "FilePath", replacement->at.file);
        put_number(e, map, "Offset", replacement->at.offset);
        put_number(e, map, "Length", replacement->at.end_offset - replacement->at.offset);
        put_text(e, map, "ReplacementText", replacement->text);
        must(yaml_document_append_sequence_item(&e->document, list, map));
    }
    return list;
}

static int message(struct exporter *e, const struct position *at, const char *text,
                   const struct fix *fix)
{
    int map = mapping(e);
    put_text(e, map, "Message", text);
    put_text(e, map, "FilePath", at->file ? at->file : "");
    put_number(e, map, "FileOffset", at->offset);
    put(e, map, "Replacements", replacements(e, fix));
    return map;
}

static const char *clang_level(enum level level)
{
    switch (level) {
    case LEVEL_ERROR:
        return "Error";
    case LEVEL_WARNING:
        return "Warning";
    case LEVEL_NOTE:
        return "Remark";
    }
    return "Warning";
}

static int diagnostic(struct exporter *e, const struct finding *finding, const struct fix *fix)
{
    int map = mapping(e), notes = sequence(e);
    put_text(e, map, "DiagnosticName", finding->rule);
    put(e, map, "DiagnosticMessage", message(e, &finding->at, finding->message, fix));
    for (size_t i = 0; i < finding->path.len; i++)
        must(yaml_document_append_sequence_item(
            &e->document, notes,
            message(e, &finding->path.data[i].at, finding->path.data[i].message, NULL)));
    put(e, map, "Notes", notes);
    put(e, map, "Level", scalar(e, clang_level(finding->level), YAML_PLAIN_SCALAR_STYLE));
    put_text(e, map, "BuildDirectory", e->folder);
    return map;
}

static void fill_document(struct exporter *e, const struct findings *findings,
                          const struct fix_plan *plan, const char *source)
{
    int root = mapping(e), list = sequence(e);
    put_text(e, root, "MainSourceFile", source);
    put(e, root, "Diagnostics", list);
    for (size_t i = 0; i < findings->list.len; i++) {
        const struct finding *finding = &findings->list.data[i];
        const struct fix *fix = plan->chosen[i] ? &finding->fixes.data[0] : NULL;
        if (!finding->suppressed_by)
            must(yaml_document_append_sequence_item(&e->document, list,
                                                    diagnostic(e, finding, fix)));
    }
}

const struct error *fix_export(const struct findings *findings, const struct fix_plan *plan,
                               const char *source, const char *folder, const char *path)
{
    struct file_writer *writer;
    const struct error *error = file_writer_open(findings->arena, path, &writer);
    if (error)
        return error;
    struct exporter e = {.arena = findings->arena, .folder = folder};
    must(yaml_document_initialize(&e.document, NULL, NULL, NULL, 0, 0));
    fill_document(&e, findings, plan, source);
    yaml_emitter_t emitter;
    must(yaml_emitter_initialize(&emitter));
    yaml_emitter_set_output_file(&emitter, file_writer_stream(writer));
    yaml_emitter_set_unicode(&emitter, 1);
    yaml_emitter_set_width(&emitter, -1); /* never fold: texts are code */
    (void)yaml_emitter_dump(&emitter,
                            &e.document); /* releases the document; the stream keeps errors */
    yaml_emitter_delete(&emitter);
    return file_writer_commit(writer);
}
