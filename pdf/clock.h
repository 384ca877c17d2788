/*
 * The axis of hours: from minutes of the day to the height on a page. Hours of
 * the core have full height, others less.
 *
 * It is that of the clock on the wall. On the day on which clocks go forward
 * there is a gap in it; on the day on which they go back an hour comes twice,
 * and has two halves in its place, so that what happens in the first never
 * covers what happens in the second.
 */
#ifndef KALENDS_PDF_CLOCK_H
#define KALENDS_PDF_CLOCK_H

#include "pdf/sheet.h"

enum { DAY_MINUTES = 1440 };

struct clock_axis {
	double top, scale; /* points a minute of the core */
	int from, until, core_from, core_until;
};

/* A day as the clock on the wall shows it. */
struct clock_day {
	int32_t day;
	int hours; /* 24, 23, 25; 0: something between */
	/* Minutes that are left out, or (`twice`) come again. */
	double gap_from, gap_until;
	bool twice;
	int64_t turn; /* instant at which they come again */
};

void clock_day_set(struct clock_day *day, struct agenda_paper *agenda,
    int32_t number);

/* Minutes of the day that an entry takes. */
void clock_span(const struct clock_day *day, const struct entry *entry,
    double *from, double *until);

/* So that all timed entries of the days are on it. */
void clock_set(struct clock_axis *axis, struct agenda_paper *agenda,
    const struct clock_day *days, int count, double top, double bottom);

double clock_y(const struct clock_axis *axis, double minute);

#endif
