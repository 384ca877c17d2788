/*
 * Days as columns over an axis of hours: what day and week have alike.
 */
#ifndef KALENDS_PDF_HOURGRID_H
#define KALENDS_PDF_HOURGRID_H

#include "pdf/clock.h"

struct hourgrid {
	struct sheet *sheet;
	struct clock_axis axis;
	int32_t first;
	int days;
	struct clock_day day[7];
	double x[8]; /* a day without a column has no width */
	double heads, bottom;
};

/* [left, right) for the days of the week that have a column. */
void hourgrid_columns(struct hourgrid *grid, double left, double right);

/* Heads of days (where there are several), bars, hours, entries, between top
 * and bottom. */
void hourgrid_draw(struct hourgrid *grid, double top, double bottom,
    size_t lanes);

/* Appends what is odd about a day; false where nothing is. */
bool hourgrid_day_note(const struct hourgrid *grid, int number, struct buf *to);

#endif
