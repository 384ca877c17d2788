/*
 * What was done: a row for each thing, or only how often each was done, as text
 * or as JSON Lines.
 */
#ifndef KALENDS_CLI_TALLY_H
#define KALENDS_CLI_TALLY_H

#include "cli/cli.h"
#include "text/row.h"

struct tally {
	/* Set by the caller. */
	bool rows, counts; /* which of both; neither: nothing is written */
	bool json;

	/* Private. */
	struct cli *cli;
	struct buf line;
};

void tally_start(struct tally *tally, struct cli *cli);
void tally_free(struct tally *tally);

/* A row, where rows are wanted: names are for JSON. */
void tally_row(struct tally *tally, const struct str *names,
    const struct field *fields, size_t count);

/* What was done how often, where counts are wanted; what never was is left
 * out. */
void tally_counts(struct tally *tally, const char *const *what,
    const uint64_t *counts, size_t n);

/* A field of text; absent where that is empty. */
struct field tally_text(struct str text);
struct field tally_number(uint64_t number);

#endif
