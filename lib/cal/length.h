/*
 * How long occurrences last (RFC 5545, 3.6.1, 3.8.5.3): DTEND and DUE give
 * every instance the same exact length, DURATION the same nominal one.
 */
#ifndef KALENDS_CAL_LENGTH_H
#define KALENDS_CAL_LENGTH_H

#include "cal/series.h"

/* A time of the kind and zone of `like` at an instant; zone is that of DATE and
 * floating times. */
struct when when_of_instant(const struct when *like, int64_t instant,
    const struct zone *zone, struct zone_cursor *cursor);

/* Gives an occurrence, whose start and from are set, the length of an event:
 * its end and until. */
void occurrence_set_end(struct occurrence *occurrence,
    const struct event *event, const struct zone *zone,
    struct zone_cursor *cursor);

/* The same for RDATE;VALUE=PERIOD; nothing where the date has no length. */
void occurrence_set_period(struct occurrence *occurrence,
    const struct event_date *date, const struct zone *zone,
    struct zone_cursor *cursor);

#endif
