#include "findings/fingerprint.h"

#include "findings/text.h"
#include "support/map.h"
#include "support/strbuf.h"

#include <string.h>
#include <xxhash.h>

/* The range is what the rule points at; without one, the line is. */
static struct text_span flagged_text(const struct findings *findings, const struct position *at)
{
    const struct text *text =
        findings->texts && at->file ? text_get(findings->texts, at->file) : NULL;
    if (!text)
        return (struct text_span){"", 0};
    struct text_span range = text_range(text, at->offset, at->end_offset);
    return range.len ? range : text_line(text, at->line);
}

static void add_without_space(struct strbuf *key, struct text_span text)
{
    for (size_t i = 0; i < text.len; i++)
        if (!strchr(" \t\r\n\v\f\\", text.bytes[i]))
            strbuf_addc(key, text.bytes[i]);
}

/* Parts end with a NUL, which none of them holds: "ab" "c" and "a" "bc" stay apart. */
static void add_part(struct strbuf *key, const char *part)
{
    strbuf_adds(key, part ? part : "");
    strbuf_addc(key, '\0');
}

static struct strbuf key_of(const struct findings *findings, const struct finding *finding)
{
    struct strbuf key;
    strbuf_init(&key, findings->arena);
    add_part(&key, finding->rule);
    add_part(&key, finding->at.file ? text_path_below(findings->root, finding->at.file) : "");
    add_part(&key, finding->function);
    add_without_space(&key, flagged_text(findings, &finding->at));
    return key;
}

void fingerprint_all(struct findings *findings)
{
    struct map seen = {.arena = findings->arena};
    for (size_t i = 0; i < findings->list.len; i++) {
        struct finding *finding = &findings->list.data[i];
        struct strbuf key = key_of(findings, finding);
        uint64_t group = XXH3_64bits(key.text, key.len);
        uint32_t earlier = map_get_u64(&seen, group);
        uint32_t number = earlier == MAP_NONE ? 0 : earlier + 1;
        map_set_u64(&seen, group, number);
        strbuf_addc(&key, '\0');
        strbuf_addf(&key, "%u", number);
        XXH128_hash_t hash = XXH3_128bits(key.text, key.len);
        finding->fingerprint =
            arena_printf(findings->arena, "%016llx%016llx", (unsigned long long)hash.high64,
                         (unsigned long long)hash.low64);
    }
}
