/*
 * Free/busy time as rows: one span a line, or a JSON object a line.
 */
#ifndef KALENDS_CLI_BUSY_ROWS_H
#define KALENDS_CLI_BUSY_ROWS_H

#include "base/error.h"
#include "cal/busy.h"
#include "text/row.h"
#include "time/zone.h"

#define BUSY_COLUMNS 7

struct busy_rows {
	size_t count;
	uint8_t which[BUSY_COLUMNS];
	struct str names[BUSY_COLUMNS];
	bool json;
	const struct zone *zone; /* in which times are written */
	struct zone_cursor cursor;
};

/* "start,end,epoch,type,who,address,duration" or some of these. ERR_USAGE. */
bool busy_rows_parse(struct busy_rows *rows, struct str list,
    struct error *err);

/* The names of the columns, as a row. */
bool busy_rows_header(const struct busy_rows *rows, struct buf *out);

/* The spans of a set, each a row; who and address may be empty. */
bool busy_rows_write(struct busy_rows *rows, struct buf *out, struct str who,
    struct str address, const struct busy_set *set);

#endif
