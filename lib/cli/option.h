/*
 * Option tables. One table per program feeds getopt_long, --help, the shell
 * completions and the check of the manual; the vocabulary that all programs
 * share is OPTION_* here.
 */
#ifndef KALENDS_CLI_OPTION_H
#define KALENDS_CLI_OPTION_H

#include <stddef.h>
#include <stdio.h>

/* Keys above any letter, for options without a short form. */
enum option_key {
	OPT_NOW = 256,
	OPT_ZONES,
	OPT_COLOR,
	OPT_MEMORY,
	OPT_HEADER,
	OPT_COMPLETION,
	OPT_FIRST_OWN, /* a program's own keys begin here */
};

struct option_row {
	int key;          /* the letter, or a key above 255 */
	const char *name; /* long name, without dashes */
	const char *arg;  /* "WHEN"; NULL: takes none. "auto|always|never" lists
			     the only words that are accepted; "[=LIST]" may be
			     left out: the value is then NULL */
	const char *help; /* half a line, no capital, no full stop */
};

/* What every program has. Rows end with one whose name is NULL. */
#define OPTION_RANGE                                                        \
	{'f', "from", "WHEN", "first moment of interest"},                  \
	{                                                                   \
		't', "to", "WHEN", "end, exclusive (a day, month: its end)" \
	}
#define OPTION_ZONE                                                \
	{'z', "tz", "ZONE", "zone of floating times and of rows"}, \
	{                                                          \
		OPT_ZONES, "zones", "system|stream",               \
		    "whose definition of a zone wins (system)"     \
	}
#define OPTION_NOW                                           \
	{                                                    \
		OPT_NOW, "now", "WHEN", "replaces the clock" \
	}
#define OPTION_OUTPUT                                        \
	{                                                    \
		'o', "output", "FILE",                       \
		    "write there instead of standard output" \
	}
#define OPTION_QUIET_ERRORS                                \
	{                                                  \
		's', "no-messages", NULL, "no diagnostics" \
	}
#define OPTION_COLOR                                     \
	{                                                \
		OPT_COLOR, "color", "auto|always|never", \
		    "colours and styles (auto)"          \
	}
#define OPTION_MEMORY                                       \
	{                                                   \
		OPT_MEMORY, "memory", "SIZE",               \
		    "held at most, beyond it on disk (64M)" \
	}
#define OPTION_HELP                                     \
	{'h', "help", NULL, "this text"},               \
	    {'V', "version", NULL, "name and version"}, \
	{                                               \
		0, NULL, NULL, NULL                     \
	}

struct program {
	const char *name;
	const char *operands; /* "[NAME=]INPUT ..." */
	const char *purpose;  /* one sentence */
	const char *notes;    /* lines after the options; may be NULL */
	const struct option_row *rows;
	const char *inputs; /* for completion: "ics", "vcf" */
};

/* --help, on one screen. */
void option_help(const struct program *program, FILE *to);

/* The script for one shell: "bash", "zsh" or "fish"; false for another. */
int option_completion(const struct program *program, const char *shell,
    FILE *to);

/* Whether `word` is one of "a|b|c", and which; -1 if not. */
int option_word(const char *words, const char *word);

#endif
