#include "cal/length.h"

struct when
when_of_instant(const struct when *like, int64_t instant,
    const struct zone *zone, struct zone_cursor *cursor)
{
	struct when when = *like;

	if (when.kind == WHEN_UTC)
		when.local = instant;
	else
		when.local = zone_local(cursor,
		    when.kind == WHEN_ZONED ? when.zone : zone, instant);
	return when;
}

/* Days on the wall clock, then seconds in exact time. The end is known as an
 * instant first: its wall clock time may be one that comes twice. */
static void
add_duration(struct occurrence *occurrence, const struct duration *duration,
    const struct zone *zone, struct zone_cursor *cursor)
{
	struct when day = occurrence->start;

	if (day.kind == WHEN_DATE) {
		occurrence->end = when_add(&occurrence->start, duration);
		occurrence->until =
		    when_instant(&occurrence->end, zone, cursor);
		return;
	}
	occurrence->until = occurrence->from;
	if (duration->days) {
		/* A start that the clock skips means another time. */
		day = when_of_instant(&day, occurrence->from, zone, cursor);
		day.local += duration->days * SECONDS_A_DAY;
		occurrence->until = when_instant(&day, zone, cursor);
	}
	occurrence->until += duration->seconds;
	occurrence->end = when_of_instant(&occurrence->start, occurrence->until,
	    zone, cursor);
}

static void
add_exact(struct occurrence *occurrence, const struct event *event,
    const struct zone *zone, struct zone_cursor *cursor)
{
	struct zone_cursor start = {0}, end = {0};

	occurrence->until = occurrence->from;
	if (event->has_exact)
		occurrence->until += event->exact;
	else
		occurrence->until += when_instant(&event->end, zone, &end) -
		                     when_instant(&event->start, zone, &start);
	occurrence->end =
	    when_of_instant(&event->end, occurrence->until, zone, cursor);
}

static void
set_days(struct occurrence *occurrence, const struct event *event,
    const struct zone *zone, struct zone_cursor *cursor)
{
	struct duration days = {.days = 1};

	if (event->length == LENGTH_DURATION)
		days = event->duration;
	else if (event->length == LENGTH_END)
		days.days =
		    (event->end.local - event->start.local) / SECONDS_A_DAY;
	add_duration(occurrence, &days, zone, cursor);
	if (occurrence->end.local == occurrence->start.local) {
		days = (struct duration){.days = 1};
		add_duration(occurrence, &days, zone, cursor);
	}
}

static void
not_before(struct occurrence *occurrence)
{
	if (occurrence->until >= occurrence->from)
		return;
	occurrence->until = occurrence->from;
	occurrence->end = occurrence->start;
}

void
occurrence_set_end(struct occurrence *occurrence, const struct event *event,
    const struct zone *zone, struct zone_cursor *cursor)
{
	if (occurrence->start.kind == WHEN_DATE) {
		set_days(occurrence, event, zone, cursor);
	} else if (event->length == LENGTH_DURATION) {
		add_duration(occurrence, &event->duration, zone, cursor);
	} else if (event->length == LENGTH_NONE) {
		occurrence->end = occurrence->start;
		occurrence->until = occurrence->from;
	} else {
		add_exact(occurrence, event, zone, cursor);
	}
	not_before(occurrence);
}

void
occurrence_set_period(struct occurrence *occurrence,
    const struct event_date *date, const struct zone *zone,
    struct zone_cursor *cursor)
{
	if (date->has_end) {
		occurrence->end = date->end;
		occurrence->until = when_instant(&date->end, zone, cursor);
	} else if (date->has_duration) {
		add_duration(occurrence, &date->duration, zone, cursor);
	} else {
		return;
	}
	not_before(occurrence);
}
