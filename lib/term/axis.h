/*
 * The axis of an hour grid: the rows of a page of some days, each a stretch of
 * the wall clock.
 *
 * Positions on it are seconds from midnight, stretched where an hour comes
 * twice on one of the days: what follows the doubled hour stands that much
 * further down, on all days. An hour that does not exist on one of the days has
 * its place on the others. So every instant of every day has one place, and the
 * order of places is that of time.
 *
 * Rows of one slot each lie within the hours asked for. Outside of them there
 * are rows only where something is, from one change to the next.
 */
#ifndef KALENDS_TERM_AXIS_H
#define KALENDS_TERM_AXIS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "time/zone.h"

#define AXIS_SLOTS 1620 /* a minute each, and an hour twice */

/* A day and what its clock does. */
struct axis_day {
	int32_t day;
	int64_t begins, ends; /* instants */
	/* The first change within it: an instant, INT64_MAX where there is
	 * none, and seconds of the wall clock before and after. */
	int64_t change;
	int32_t clock_before, clock_after;
};

void axis_day_set(struct axis_day *day, int32_t number,
    const struct zone *zone);

struct axis_row {
	int32_t from, until; /* positions */
	bool skipped;        /* time before it has no row */
};

struct axis {
	const struct zone *zone;
	struct zone_cursor cursor;
	int32_t slot;
	int32_t first, last; /* of the hours, positions */
	/* The stretch that comes twice on one day; 0 long where none does. */
	int32_t doubled_at, doubled;
	size_t slots;
	int32_t touching[AXIS_SLOTS + 1]; /* how many begin less end there */
	bool cut[AXIS_SLOTS + 1];

	struct axis_row rows[AXIS_SLOTS];
	size_t count;
};

/* hours in seconds of the wall clock, slot in seconds, at least 60. */
void axis_init(struct axis *axis, const struct zone *zone,
    const struct axis_day *days, size_t count, int32_t hours_from,
    int32_t hours_until, int32_t slot);

/* The place of an instant of a day; before it 0, after it the axis's end. */
int32_t axis_place(struct axis *axis, const struct axis_day *day,
    int64_t instant);

/* There is something in [from, until), places; it gets a row at least. */
void axis_touch(struct axis *axis, int32_t from, int32_t until);

/* Makes the rows. */
void axis_finish(struct axis *axis);

/* The row that a place is in; the last one for the end of the axis. */
size_t axis_row_of(const struct axis *axis, int32_t place);

/* The wall clock at a place, in seconds of the day, and whether it is the
 * second time that it shows that. */
int32_t axis_clock(const struct axis *axis, int32_t place, bool *again);

/* Whether a row lies in time that does not exist on a day. */
bool axis_is_gone(const struct axis *axis, const struct axis_row *row,
    const struct axis_day *day);

#endif
