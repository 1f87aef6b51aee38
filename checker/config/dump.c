#include "config/config.h"
#include "support/utf8.h"

#include <string.h>

static const char *const model_sections[] = {"functions", "containers", "allocators", "constants"};

/* Always in double quotes: nothing then depends on what a plain word means in YAML. */
static void add_quoted(struct strbuf *out, const char *text)
{
    strbuf_addc(out, '"');
    for (struct utf8_char c; *text; text += c.len) {
        c = utf8_next(text, strlen(text));
        if (*text == '"' || *text == '\\')
            strbuf_addf(out, "\\%c", *text);
        else if (*text == '\n')
            strbuf_adds(out, "\\n");
        else if (!c.valid || !utf8_is_printable(c.code))
            strbuf_addf(out, c.code > 0xFF ? "\\U%08X" : "\\x%02x", c.code);
        else
            strbuf_add(out, text, c.len);
    }
    strbuf_addc(out, '"');
}

/* A plain word of the input stays plain where it is made of harmless characters. */
static void add_scalar(struct strbuf *out, const struct ynode *node)
{
    static const char harmless[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
                                   "0123456789_-.+";
    if (node->is_plain && *node->text && strspn(node->text, harmless) == strlen(node->text))
        strbuf_adds(out, node->text);
    else
        add_quoted(out, node->text);
}

/* A value on one line. */
static void add_flow(struct strbuf *out, const struct ynode *node)
{
    if (node->kind == YNODE_SCALAR) {
        add_scalar(out, node);
        return;
    }
    bool is_mapping = node->kind == YNODE_MAPPING;
    strbuf_addc(out, is_mapping ? '{' : '[');
    for (size_t i = 0; i < node->items.len; i++) {
        if (i > 0)
            strbuf_adds(out, is_mapping && i % 2 ? ": " : ", ");
        add_flow(out, node->items.data[i]);
    }
    strbuf_addc(out, is_mapping ? '}' : ']');
}

static void add_section(struct strbuf *out, const char *key, const struct ynode *section)
{
    strbuf_addf(out, "%s:\n", key);
    bool is_mapping = section->kind == YNODE_MAPPING;
    for (size_t i = 0; i < section->items.len; i += is_mapping ? 2 : 1) {
        strbuf_adds(out, is_mapping ? "  " : "  - ");
        add_flow(out, section->items.data[i]);
        if (is_mapping) {
            strbuf_adds(out, ": ");
            add_flow(out, section->items.data[i + 1]);
        }
        strbuf_addc(out, '\n');
    }
    if (!section->items.len)
        strbuf_adds(out, is_mapping ? "  {}\n" : "  []\n");
}

static void add_text(struct strbuf *out, const char *key, const char *text)
{
    if (!text)
        return;
    strbuf_addf(out, "%s: ", key);
    add_quoted(out, text);
    strbuf_addc(out, '\n');
}

/* File names below the folder stay relative, as they were written. */
static void add_file(struct strbuf *out, const struct config *config, const char *key,
                     const char *file)
{
    size_t len = strlen(config->folder);
    bool is_below = file && strncmp(file, config->folder, len) == 0 && file[len] == '/';
    add_text(out, key, is_below && file[len + 1] ? file + len + 1 : file);
}

static void add_paths(struct strbuf *out, const struct config *config)
{
    if (config->paths.len)
        strbuf_adds(out, "paths:\n");
    for (size_t i = 0; i < config->paths.len; i++) {
        const struct config_path *path = &config->paths.data[i];
        strbuf_adds(out, "  - {path: ");
        add_quoted(out, arena_printf(out->arena, "/%s", path->glob));
        if (path->rules) {
            strbuf_adds(out, ", rules: ");
            add_quoted(out, path->rules);
        }
        if (path->has_lint)
            strbuf_addf(out, ", lint: %s", path->lint ? "true" : "false");
        strbuf_adds(out, "}\n");
    }
}

static void add_levels(struct strbuf *out, const struct config *config)
{
    if (config->levels.len)
        strbuf_adds(out, "levels:\n");
    for (size_t i = 0; i < config->levels.len; i++) {
        strbuf_adds(out, "  ");
        add_quoted(out, config->levels.data[i].rules);
        strbuf_addf(out, ": %s\n", level_name(config->levels.data[i].level));
    }
}

void config_dump(const struct config *config, struct strbuf *out)
{
    const char *fail_on = config->has_fail_on ? level_name(config->fail_on) : "warning";
    if (config->file) {
        strbuf_adds(out, "# from ");
        add_quoted(out, config->file);
        strbuf_addc(out, '\n');
    }
    add_text(out, "rules", config->rules ? config->rules : "all");
    strbuf_addf(out, "fail-on: %s\n", config->fail_never ? "never" : fail_on);
    add_levels(out, config);
    add_text(out, "header-filter", config->header_filter);
    add_file(out, config, "baseline", config->baseline);
    add_file(out, config, "cuda-path", config->cuda_path);
    add_file(out, config, "database", config->database);
    add_paths(out, config);
    for (size_t i = 0; config->document && i < sizeof model_sections / sizeof *model_sections;
         i++) {
        const struct ynode *section = ydoc_get(config->document, model_sections[i]);
        if (section)
            add_section(out, model_sections[i], section);
    }
}
