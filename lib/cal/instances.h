/*
 * The recurrence set of a master (RFC 5545, 3.8.5), overrides left aside:
 * its instances by ascending instant, each once.
 */
#ifndef KALENDS_CAL_INSTANCES_H
#define KALENDS_CAL_INSTANCES_H

#include "cal/series.h"

struct instance {
	int64_t instant;
	int64_t local; /* in the master's zone; UTC: the instant */
	const struct event_date *date; /* the RDATE that made it, or NULL */
};

struct instances;

/* Instances of [first, until) are wanted; earlier ones may come, none at or
 * after `until` does. Borrows the event. */
struct instances *instances_new(const struct event *event,
    const struct series_options *options, int64_t first, int64_t until,
    struct error *err);
void instances_free(struct instances *set);

/* False at the end (ERR_NONE) or on an error. */
bool instances_next(struct instances *set, struct instance *instance,
    struct error *err);

/* Where EXDATE;VALUE=DATE, DATE masters and the like meet: the instant that an
 * instance of the master named by `when` has. A DATE names the instance on
 * that day, given the time of day of DTSTART. */
int64_t instance_key(const struct event *master, const struct when *when,
    const struct zone *zone);

#endif
