/*
 * Slots for a meeting as rows: one a line, or a JSON object a line.
 */
#ifndef KALENDS_CLI_MEET_ROWS_H
#define KALENDS_CLI_MEET_ROWS_H

#include "cal/meet.h"
#include "text/row.h"

#define MEET_COLUMNS 11

struct meet_rows {
	size_t count;
	uint8_t which[MEET_COLUMNS];
	struct str names[MEET_COLUMNS];
	bool json;
	const struct zone *zone;
	struct zone_cursor cursor;
	struct arena arena;
};

/* Of rank, start, end, epoch, attend, room, reasons, free, busy, unknown,
 * duration, each once. ERR_USAGE. */
bool meet_rows_parse(struct meet_rows *rows, struct str list,
    struct error *err);
bool meet_rows_header(const struct meet_rows *rows, struct buf *out);

/* rank counts from 1; 0 for a miss, which has none ("-"). */
bool meet_rows_write(struct meet_rows *rows, const struct meet *meet,
    size_t slot, size_t rank, struct buf *out);

#endif
