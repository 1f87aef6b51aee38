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

struct progress progress_start(bool wanted, size_t total)
{
    return (struct progress){
        .is_on = wanted && total > 1 && isatty(STDERR_FILENO),
        .total = total,
        .start = clock_seconds(),
    };
}

static size_t terminal_columns(void)
{
    struct winsize size;

    if (ioctl(STDERR_FILENO, TIOCGWINSZ, &size) == 0 && size.ws_col > 0)
        return size.ws_col;
    return DEFAULT_COLUMNS;
}

/* A name from a foreign repository: what is no plain character must not reach the terminal. */
static void print_name(const char *name, size_t room)
{
    size_t len = strlen(name);
    const char *shown = len > room ? name + (len - room) : name;

    for (; *shown != '\0'; shown++)
        fputc(*shown < ' ' || *shown > '~' ? '?' : *shown, stderr);
}

static void draw(const struct progress *progress, double now, const char *name)
{
    size_t left = progress->total - progress->done;
    double seconds_left = (now - progress->start) / (double)progress->done * (double)left;
    size_t columns = terminal_columns();
    int printed = fprintf(stderr, CLEAR_LINE "%zu/%zu files, %.0f s left: ", progress->done,
                          progress->total, seconds_left);

    if (printed > CLEAR_LINE_BYTES) {
        size_t used = (size_t)printed - CLEAR_LINE_BYTES;

        if (columns > used + 1)
            print_name(name, columns - used - 1);
    }
    fflush(stderr);
}

void progress_advance(struct progress *progress, const char *name)
{
    double now = clock_seconds();

    progress->done++;
    if (!progress->is_on || now - progress->start < quiet_seconds ||
        now - progress->last_drawn < redraw_seconds)
        return;
    progress->last_drawn = now;
    progress->is_shown = true;
    draw(progress, now, name);
}

void progress_end(struct progress *progress)
{
    if (progress->is_shown) {
        fputs(CLEAR_LINE, stderr);
        fflush(stderr);
    }
    progress->is_shown = false;
}
