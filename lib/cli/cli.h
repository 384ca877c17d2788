/*
 * What every program does the same way: options, inputs, output, messages and
 * the exit status. Only here and in cmd/ is anything printed or exited.
 */
#ifndef KALENDS_CLI_CLI_H
#define KALENDS_CLI_CLI_H

#include "base/out.h"
#include "cli/input.h"
#include "cli/option.h"
#include "text/reader.h"
#include "time/zones.h"

enum cli_status {
	STATUS_DONE = 0,
	STATUS_NOTHING = 1, /* only where "nothing found" is an answer */
	STATUS_TROUBLE = 2,
};

enum cli_color { COLOR_AUTO, COLOR_ALWAYS, COLOR_NEVER };

struct cli {
	const struct program *program;
	char **operands; /* what is left of argv after the options */
	size_t operand_count;

	/* The shared options, as given; NULL where they were not. */
	const char *from_word, *to_word, *zone_word, *now_word;
	const char *output_path;
	enum zone_policy zone_policy;
	enum cli_color color;
	size_t memory;
	bool silent;

	/* Set by cli_resolve_time() (cli/time.c). */
	struct zones *zones;
	const struct zone *zone;  /* of -z, else the user's */
	int64_t now, from, until; /* instants; from and until by the words */
	void (*release)(struct cli *cli); /* so that a program without times
					     links nothing of them */

	bool trouble;    /* something went wrong: the exit status will be 2 */
	bool unread;     /* ... so that not all of the input was seen */
	bool starved;    /* ... for want of memory */
	bool line_shown; /* progress.h has a line on the terminal */
	struct out out;
	char *output_temp; /* written, then renamed to output_path */

	struct inputs inputs;
	struct reader reader;
	bool reading; /* the reader stands in an input */
	/* Set by a program that passes no text on: an input of nothing else is
	 * trouble. */
	bool wants_calendars;
	bool had_text, had_calendar; /* of the input at hand */
};

/* A program's own options come here. False with the error for a bad value. */
struct cli_options {
	bool (*set)(void *arg, int key, const char *value, struct error *err);
	void *arg;
};

/* Reads the options; --help, --version and --completion print and exit 0, a
 * mistake prints one line and exits 2. Opens the output. */
void cli_start(struct cli *cli, const struct program *program, int argc,
    char **argv, const struct cli_options *own);

/* SIZE: "64M", "512K", "2G", plain bytes. */
bool cli_read_size(struct str word, size_t *size);

/* The operands from the n-th on are inputs. ending: ".ics". */
void cli_open_inputs(struct cli *cli, size_t from, const char *ending);
/* So that others can be opened. */
void cli_close_inputs(struct cli *cli);

/* The next item of the next input (cli->reader). Faults are reported on the
 * way. False at the end of all. */
bool cli_next(struct cli *cli);

/* The same in two steps: the next input, and the next item of it alone. */
bool cli_next_input(struct cli *cli);
bool cli_next_here(struct cli *cli);

/* Prints "file:line:column: message" (or "program: file: message") on standard
 * error, unless -s, and remembers the trouble. */
void cli_report(struct cli *cli, const struct error *err);

/* The same for something that is not trouble. */
void cli_note(struct cli *cli, const struct error *err);

/* Takes progress.h's line off the terminal; messages do it too. */
void cli_clear_line(struct cli *cli);

/* A mistake in how the program was called: one line, exit 2. */
void cli_usage(struct cli *cli, const char *format, ...)
    __attribute__((format(printf, 2, 3), noreturn));

/* Reports and exits 2; an unfinished -o FILE is removed. */
void cli_die(struct cli *cli, const struct error *err)
    __attribute__((noreturn));
/* The same for want of memory. */
void cli_no_memory(struct cli *cli) __attribute__((noreturn));

/* For programs that write many files: each is written as -o FILE is, beside its
 * place, which it takes when it is whole. What was open before must be ended.
 * `path` lives until then. */
bool cli_begin_output(struct cli *cli, const char *path, struct error *err);
bool cli_end_output(struct cli *cli, struct error *err);

/* Writes; a write that fails ends the program with a message and 2. */
void cli_write(struct cli *cli, struct str bytes);
void cli_copy_item(struct cli *cli);

/* Ends well: everything written and checked, -o FILE in its place. Gives the
 * exit status: 2 where there was trouble, else `status`. */
int cli_finish(struct cli *cli, enum cli_status status);

/* Resolves -z, --now, -f and -t, in that order whatever theirs was. Without -f
 * and -t, from and until are the words given here (NULL: the first and last
 * instant there is). */
void cli_resolve_time(struct cli *cli, const char *from_default,
    const char *to_default);

#endif
