#include "term/axis.h"

#include "time/civil.h"

#define DAY ((int32_t)SECONDS_A_DAY)

void
axis_day_set(struct axis_day *day, int32_t number, const struct zone *zone)
{
	int64_t midnight = (int64_t)number * SECONDS_A_DAY;
	struct zone_cursor cursor = {0};
	struct zone_span before, after;

	*day = (struct axis_day){
	    .day = number,
	    .begins = zone_instant(&cursor, zone, midnight, NULL),
	    .ends = zone_instant(&cursor, zone, midnight + SECONDS_A_DAY, NULL),
	    .change = INT64_MAX,
	};
	if (day->ends - day->begins == SECONDS_A_DAY)
		return;
	/* A gap at midnight is a change as the day begins. */
	zone_span_at(zone, day->begins - 1, &before);
	if (before.until > day->begins)
		zone_span_at(zone, day->begins, &before);
	zone_span_at(zone, before.until, &after);
	day->change = before.until;
	day->clock_before = (int32_t)(before.until + before.offset - midnight);
	day->clock_after = (int32_t)(before.until + after.offset - midnight);
}

/* The place of a time of the wall clock, the first one where it is doubled. */
static int32_t
place_of_clock(const struct axis *axis, int32_t clock)
{
	if (axis->doubled && clock >= axis->doubled_at + axis->doubled)
		return clock + axis->doubled;
	return clock;
}

static void
cut_at(struct axis *axis, int32_t place)
{
	size_t slot = (size_t)(place / axis->slot);

	if (place >= 0 && slot <= axis->slots)
		axis->cut[slot] = true;
}

/* Where an hour is missing or comes twice, rows begin and end. */
static void
cut_changes(struct axis *axis, const struct axis_day *days, size_t count)
{
	for (size_t i = 0; i < 3 && axis->doubled; i++)
		cut_at(axis, axis->doubled_at + (int32_t)i * axis->doubled);
	for (size_t i = 0; i < count; i++) {
		if (days[i].change == INT64_MAX)
			continue;
		cut_at(axis, place_of_clock(axis, days[i].clock_before));
		cut_at(axis, place_of_clock(axis, days[i].clock_after));
	}
}

void
axis_init(struct axis *axis, const struct zone *zone,
    const struct axis_day *days, size_t count, int32_t hours_from,
    int32_t hours_until, int32_t slot)
{
	*axis = (struct axis){.zone = zone, .slot = slot};
	for (size_t i = 0; i < count && !axis->doubled; i++) {
		int32_t back = days[i].clock_before - days[i].clock_after;

		if (days[i].change == INT64_MAX || back <= 0 || back > 10800)
			continue;
		axis->doubled_at = days[i].clock_after;
		axis->doubled = back;
	}
	axis->slots = (size_t)((DAY + axis->doubled + slot - 1) / slot);
	cut_changes(axis, days, count);
	axis->first = place_of_clock(axis, hours_from);
	axis->last = place_of_clock(axis, hours_until);
}

int32_t
axis_place(struct axis *axis, const struct axis_day *day, int64_t instant)
{
	int32_t clock;

	if (instant <= day->begins)
		return 0;
	if (instant >= day->ends)
		return DAY + axis->doubled;
	clock = (int32_t)(zone_local(&axis->cursor, axis->zone, instant) -
			  (int64_t)day->day * SECONDS_A_DAY);
	if (instant >= day->change && day->clock_after < day->clock_before &&
	    clock >= axis->doubled_at &&
	    clock < axis->doubled_at + axis->doubled)
		return clock + axis->doubled;
	return place_of_clock(axis, clock);
}

void
axis_touch(struct axis *axis, int32_t from, int32_t until)
{
	size_t first = (size_t)(from / axis->slot);
	size_t last = (size_t)((until + axis->slot - 1) / axis->slot);

	if (first >= axis->slots)
		first = axis->slots - 1;
	if (last > axis->slots)
		last = axis->slots;
	if (last <= first)
		last = first + 1;
	axis->touching[first]++;
	axis->touching[last]--;
	axis->cut[first] = axis->cut[last] = true;
}

static void
add_row(struct axis *axis, size_t slot, bool skipped)
{
	axis->rows[axis->count++] = (struct axis_row){
	    .from = (int32_t)slot * axis->slot,
	    .until = (int32_t)(slot + 1) * axis->slot,
	    .skipped = skipped,
	};
}

void
axis_finish(struct axis *axis)
{
	int32_t touching = 0;
	bool empty = true; /* the slot before has no row */

	for (size_t i = 0; i < axis->slots; i++) {
		int32_t from = (int32_t)i * axis->slot;
		bool within =
		    from + axis->slot > axis->first && from < axis->last;
		bool was_within = from > axis->first && from <= axis->last;

		touching += axis->touching[i];
		if (!within && touching == 0) {
			empty = true;
			continue;
		}
		if (within || empty || was_within || axis->cut[i])
			add_row(axis, i, empty && axis->count > 0);
		else
			axis->rows[axis->count - 1].until = from + axis->slot;
		empty = false;
	}
}

size_t
axis_row_of(const struct axis *axis, int32_t place)
{
	size_t low = 0, high = axis->count;

	while (high - low > 1) {
		size_t middle = (low + high) / 2;

		if (axis->rows[middle].from <= place)
			low = middle;
		else
			high = middle;
	}
	return low;
}

int32_t
axis_clock(const struct axis *axis, int32_t place, bool *again)
{
	int32_t after = axis->doubled_at + axis->doubled;

	*again =
	    axis->doubled && place >= after && place < after + axis->doubled;
	return axis->doubled && place >= after ? place - axis->doubled : place;
}

bool
axis_is_gone(const struct axis *axis, const struct axis_row *row,
    const struct axis_day *day)
{
	bool has = day->change != INT64_MAX, again;

	axis_clock(axis, row->from, &again);
	if (again)
		return !has || day->clock_after >= day->clock_before;
	return has && row->from >= place_of_clock(axis, day->clock_before) &&
	       row->until <= place_of_clock(axis, day->clock_after);
}
