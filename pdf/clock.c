#include "pdf/clock.h"

#include <math.h>

/* Hours outside the core take OUTSIDE of the height of those in it. */
#define OUTSIDE 0.38

/* --- days ----------------------------------------------------------------- */

static int64_t
offset_at(struct agenda_paper *agenda, int64_t instant)
{
	return zone_local(&agenda->cursor, agenda->zone, instant) - instant;
}

/* The first instant of [from, until) that has another offset than `from`. */
static int64_t
find_turn(struct agenda_paper *agenda, int64_t from, int64_t until)
{
	int64_t low = from, high = until, before = offset_at(agenda, from);

	while (high - low > 1) {
		int64_t middle = low + (high - low) / 2;

		if (offset_at(agenda, middle) == before)
			low = middle;
		else
			high = middle;
	}
	return high;
}

void
clock_day_set(struct clock_day *day, struct agenda_paper *agenda,
    int32_t number)
{
	int64_t midnight = (int64_t)number * SECONDS_A_DAY, before, after;
	int64_t from =
	    zone_instant(&agenda->cursor, agenda->zone, midnight, NULL);
	int64_t until = zone_instant(&agenda->cursor, agenda->zone,
	    midnight + SECONDS_A_DAY, NULL);
	int64_t length = until - from;

	*day = (struct clock_day){.day = number, .hours = 24};
	if (length == SECONDS_A_DAY)
		return;
	day->hours = length % 3600 ? 0 : (int)(length / 3600);
	day->turn = find_turn(agenda, from, until);
	before = offset_at(agenda, from);
	if (day->turn == until) {
		/* It began with the gap. */
		day->gap_until = (double)(from + before - midnight) / 60;
		return;
	}
	after = offset_at(agenda, day->turn);
	day->twice = after < before;
	day->gap_from =
	    (double)(day->turn + (day->twice ? after : before) - midnight) / 60;
	day->gap_until =
	    (double)(day->turn + (day->twice ? before : after) - midnight) / 60;
	/* A turn of a whole day, where the date line was moved. */
	if (day->gap_from < 0 || day->gap_until > DAY_MINUTES)
		day->gap_from = day->gap_until = 0;
}

static double
clock_minute(const struct clock_day *day, int64_t local, int64_t instant)
{
	double minute =
	    (double)(local - (int64_t)day->day * SECONDS_A_DAY) / 60;
	double part;

	if (!day->twice || minute < day->gap_from || minute >= day->gap_until)
		return minute;
	part = (minute - day->gap_from) / 2;
	if (instant >= day->turn)
		part += (day->gap_until - day->gap_from) / 2;
	return day->gap_from + part;
}

void
clock_span(const struct clock_day *day, const struct entry *entry, double *from,
    double *until)
{
	const struct agenda_item *item = &entry->item;

	*from = entry->first < day->day
	            ? 0
	            : clock_minute(day, item->start, item->from);
	*until = entry->last > day->day
	             ? DAY_MINUTES
	             : clock_minute(day, item->end, item->until);
	if (*until < *from)
		*until = *from;
	if (*until > DAY_MINUTES)
		*until = DAY_MINUTES;
}

/* --- the axis ------------------------------------------------------------- */

static double
weight(const struct clock_axis *axis, double minute)
{
	double low = axis->from, core = axis->core_from;
	double end = axis->core_until, sum = 0;

	if (low < core)
		sum += OUTSIDE * ((minute < core ? minute : core) - low);
	if (minute > core)
		sum += (minute < end ? minute : end) - core;
	if (minute > end)
		sum += OUTSIDE * (minute - end);
	return sum;
}

double
clock_y(const struct clock_axis *axis, double minute)
{
	return axis->top + axis->scale * weight(axis, minute);
}

static void
widen(struct clock_axis *axis, double from, double until)
{
	if (until < from + 30)
		until = from + 30;
	if (from < axis->from)
		axis->from = (int)floor(from / 60) * 60;
	if (until > axis->until)
		axis->until = (int)ceil(until / 60) * 60;
	if (axis->until > DAY_MINUTES)
		axis->until = DAY_MINUTES;
}

void
clock_set(struct clock_axis *axis, struct agenda_paper *agenda,
    const struct clock_day *days, int count, double top, double bottom)
{
	*axis = (struct clock_axis){.top = top,
	    .from = agenda->core_from,
	    .until = agenda->core_until,
	    .core_from = agenda->core_from,
	    .core_until = agenda->core_until};
	for (size_t i = 0; i < agenda->count; i++) {
		const struct entry *entry = &agenda->entries[i];

		for (int day = 0; day < count && !entry_is_bar(entry); day++) {
			double from, until;

			if (!entry_on(entry, SIZE_MAX, days[day].day))
				continue;
			clock_span(&days[day], entry, &from, &until);
			widen(axis, from, until);
		}
	}
	axis->scale = (bottom - top) / weight(axis, axis->until);
}
