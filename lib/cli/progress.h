/*
 * How far long work has come: one line on standard error, only where that is a
 * terminal, and gone when the work is done or a message comes.
 */
#ifndef KALENDS_CLI_PROGRESS_H
#define KALENDS_CLI_PROGRESS_H

#include "cli/cli.h"

struct progress {
	/* Private. */
	struct cli *cli;
	bool on;
	int64_t next; /* when the line may change again, in milliseconds */
};

/* Nothing is shown with -s, or in the first half second. */
void progress_start(struct progress *progress, struct cli *cli);

/* Shows a line, at most some times a second: cheap to call for each record. */
void progress_show(struct progress *progress, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Takes the line away. */
void progress_end(struct progress *progress);

#endif
