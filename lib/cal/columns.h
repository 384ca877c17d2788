/*
 * The columns of a row of icsexpand: what can be said of an occurrence.
 */
#ifndef KALENDS_CAL_COLUMNS_H
#define KALENDS_CAL_COLUMNS_H

#include "cal/series.h"
#include "text/row.h"
#include "time/when.h"

#define COLUMNS_MOST 64

struct columns {
	size_t count;
	uint8_t which[COLUMNS_MOST];
	struct str names[COLUMNS_MOST];
};

/* "start,end,summary". An unknown name: ERR_USAGE with a near one. */
bool columns_parse(struct columns *columns, struct str list, struct error *err);

/* Where occurrences come from, and how times are to be shown; {0} with these
 * set. */
struct columns_context {
	struct str calendar, color; /* set before each call */
	const struct zone *zone;

	/* Private from here. */
	struct zone_cursor cursor;
	uint64_t event; /* number of the one whose properties are held */
	struct arena held;
	char times[COLUMNS_MOST][MOMENT_ROOM];
	struct buf length;
	struct field fields[COLUMNS_MOST];
};

void columns_context_free(struct columns_context *context);

/* The fields, as many as columns, until the next call: what the properties of
 * an event say is looked for once for all its occurrences. NULL without
 * memory. */
const struct field *columns_fill(const struct columns *columns,
    const struct occurrence *occurrence, struct columns_context *context);

#endif
