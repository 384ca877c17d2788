/*
 * The columns of a row of icsexpand: what can be said of an occurrence.
 */
#ifndef KALENDS_CAL_COLUMNS_H
#define KALENDS_CAL_COLUMNS_H

#include "cal/series.h"
#include "text/row.h"

#define COLUMNS_MOST 64

struct columns {
	size_t count;
	uint8_t which[COLUMNS_MOST];
	struct str names[COLUMNS_MOST];
};

/* "start,end,summary". An unknown name: ERR_USAGE with a near one. */
bool columns_parse(struct columns *columns, struct str list, struct error *err);

/* Where an occurrence comes from, and how times are to be shown. */
struct columns_context {
	struct str calendar, color;
	const struct zone *zone;
	struct zone_cursor cursor;
	struct arena *arena; /* texts of fields live here */
};

/* Fills fields[columns->count]. False without memory. */
bool columns_fill(const struct columns *columns,
    const struct occurrence *occurrence, struct columns_context *context,
    struct field *fields);

#endif
