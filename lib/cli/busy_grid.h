/*
 * Free/busy time for people to look at: a block a day, people as rows, a
 * character a slot of time, the hours above.
 *
 *	Monday 23 November 2026                                week 48
 *	       08  10  12  14  16
 *	alice  ..##....~~##......
 */
#ifndef KALENDS_CLI_BUSY_GRID_H
#define KALENDS_CLI_BUSY_GRID_H

#include "base/out.h"
#include "cal/busy.h"
#include "cal/hours.h"

struct busy_grid_style {
	size_t width; /* columns of the terminal */
	bool color;
	int64_t from, until; /* the range */
	int64_t slot;        /* seconds */
	const struct zone *zone;
	struct hours hours; /* which hours and days are shown */
	int32_t today;
};

struct busy_grid;

/* NULL without memory. */
struct busy_grid *busy_grid_new(const struct busy_grid_style *style);
void busy_grid_free(struct busy_grid *grid);

/* The next row. A slot shows the highest type that it has any of. */
bool busy_grid_add(struct busy_grid *grid, struct str who,
    const struct busy_set *set);

bool busy_grid_write(struct busy_grid *grid, struct out *out);

#endif
