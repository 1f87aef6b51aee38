/* Checkstyle's XML: the format that most CI systems read. */
#include "report/formats.h"
#include "report/xml.h"

#include <string.h>

static const char *severity_of(enum level level)
{
    return level == LEVEL_NOTE ? "info" : level_name(level);
}

static void write_finding(struct arena *arena, const struct finding *finding, FILE *out)
{
    fprintf(out,
            "    <error line=\"%u\" column=\"%u\" severity=\"%s\" message=\"%s\" "
            "source=\"cuhostlint.%s\"/>\n",
            finding->at.line, finding->at.column, severity_of(finding->level),
            xml_text(arena, finding->message), xml_text(arena, finding->rule));
}

/* Findings are sorted by file: those of one follow each other. */
void report_checkstyle(struct arena *arena, const struct findings *findings,
                       const struct report_run *run, FILE *out)
{
    const char *open = NULL;
    fputs("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<checkstyle version=\"8.0\">\n", out);
    for (size_t i = 0; i < findings->list.len; i++) {
        const struct finding *finding = &findings->list.data[i];
        if (finding->suppressed_by || !finding->at.file)
            continue;
        if (!open || strcmp(open, finding->at.file) != 0) {
            if (open)
                fputs("  </file>\n", out);
            open = finding->at.file;
            fprintf(out, "  <file name=\"%s\">\n", xml_text(arena, report_shown_path(run, open)));
        }
        write_finding(arena, finding, out);
    }
    fputs(open ? "  </file>\n</checkstyle>\n" : "</checkstyle>\n", out);
}
