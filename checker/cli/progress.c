#include "cli/progress.h"

#include "support/clock.h"

#include <stdio.h>
#include <string.h>
#include <sys/ioctl.h>
#include <unistd.h>

static const double quiet_seconds = 0.5; /* runs shorter than this draw nothing */
static const double redraw_seconds = 0.1;
#define CLEAR_LINE "\r\033[K"
enum { DEFAULT_COLUMNS = 80, CLEAR_LINE_BYTES = sizeof CLEAR_LINE - 1 };

struct progress progress_start(bool wanted)
{
    return (struct progress){
        .is_on = wanted && isatty(STDERR_FILENO),
        .start = clock_seconds(),
    };
}

void progress_stage(struct progress *progress, const char *what, const char *units, size_t total)
{
    progress->what = what;
    progress->units = units;
    progress->done = 0;
    progress->total = total;
    progress->stage_start = clock_seconds();
}

static size_t terminal_columns(void)
{
    struct winsize size;

    if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        return size.ws_col;
    return DEFAULT_COLUMNS;
}

/* A name from a foreign repository: what is no plain character must not reach the terminal. Of a
 * long one the end is shown. */
static void print_name(const char *name, size_t room)
{
    size_t len = strlen(name);
    const char *shown = len > room ? name + (len - room) : name;

    for (; *shown != '\0'; shown++)
        fputc(*shown < ' ' || *shown > '~' ? '?' : *shown, stderr);
}

static void draw(const struct progress *progress, double now, const char *detail)
{
    size_t left = progress->total - progress->done;
    double seconds_left = (now - progress->stage_start) / (double)progress->done * (double)left;
    size_t columns = terminal_columns();
    int printed = fprintf(stderr, CLEAR_LINE "%s %zu/%zu %s, %.0f s left: ", progress->what,
                          progress->done, progress->total, progress->units, seconds_left);

    if (printed > CLEAR_LINE_BYTES) {
        size_t used = (size_t)printed - CLEAR_LINE_BYTES;

        if (columns > used + 1)
            print_name(detail, columns - used - 1);
    }
    fflush(stderr);
}

void progress_advance(struct progress *progress, size_t done, const char *detail)
{
    double now;

    progress->done = done;
    if (!progress->is_on || done == 0 || done > progress->total)
        return;
    now = clock_seconds();
    if (now - progress->start < quiet_seconds || now - progress->last_drawn < redraw_seconds)
        return;
    progress->last_drawn = now;
    progress->is_shown = true;
    draw(progress, now, detail);
}

void progress_hide(struct progress *progress)
{
    if (progress->is_shown) {
        fputs(CLEAR_LINE, stderr);
        fflush(stderr);
    }
    progress->is_shown = false;
}
