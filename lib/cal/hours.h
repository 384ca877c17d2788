/*
 * When somebody works: hours of the day and days of the week, on a wall clock.
 */
#ifndef KALENDS_CAL_HOURS_H
#define KALENDS_CAL_HOURS_H

#include "base/error.h"
#include "cal/busy.h"
#include "time/zone.h"

#define HOURS_MOST 8

struct hours {
	/* Seconds of the day; until 86400 at most. What ends before it begins
	 * goes on to the next day. */
	struct {
		int32_t from, until;
	} stretches[HOURS_MOST];
	size_t count;
	uint8_t days; /* bit 1 << MONDAY and so on */
};

/* All hours of all days. */
void hours_init(struct hours *hours);

/* "09:00-18:00", "9-12,13:30-18", "22:00-06:00". ERR_USAGE. */
bool hours_parse(struct hours *hours, struct str text, struct error *err);

/* "mon-fri", "mon,wed,sat-sun". */
bool hours_parse_days(struct hours *hours, struct str text, struct error *err);

/* Adds to a set what of [from, until) lies in these hours, as BUSY_FREE; a
 * stretch over midnight belongs to the day on which it begins. */
void hours_add(const struct hours *hours, const struct zone *zone, int64_t from,
    int64_t until, struct busy_set *set);

#endif
