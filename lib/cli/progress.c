#include "cli/progress.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#define FIRST_AFTER 500 /* milliseconds */
#define THEN_EACH   200

static int64_t
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000 + t.tv_nsec / 1000000;
}

void
progress_start(struct progress *progress, struct cli *cli)
{
	const char *term = getenv("TERM");

	*progress = (struct progress){.cli = cli};
	progress->on = !cli->silent && isatty(STDERR_FILENO) && term &&
	               strcmp(term, "dumb") != 0;
	if (progress->on)
		progress->next = now() + FIRST_AFTER;
}

void
progress_show(struct progress *progress, const char *format, ...)
{
	char text[79];
	va_list args;
	int64_t t;

	if (!progress->on || (t = now()) < progress->next)
		return;
	progress->next = t + THEN_EACH;
	va_start(args, format);
	if (vsnprintf(text, sizeof(text), format, args) < 0)
		text[0] = '\0';
	va_end(args);
	fprintf(stderr, "\r%s\033[K", text);
	fflush(stderr);
	progress->cli->line_shown = true;
}

void
progress_end(struct progress *progress)
{
	cli_clear_line(progress->cli);
	progress->on = false;
}
