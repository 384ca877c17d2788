/*
 * Inside the search for alarms: alarm_find.c goes through occurrences,
 * alarm_absolute.c through alarms that have no occurrence of their own. Nobody
 * else includes this.
 */
#ifndef KALENDS_CAL_ALARM_FIND_IMPL_H
#define KALENDS_CAL_ALARM_FIND_IMPL_H

#include "cal/alarm_find.h"

/* A component of the series with its alarms. */
struct alarm_member {
	const struct event *event;
	struct alarms alarms;
	size_t order; /* master, then overrides as they were given */
	enum { SILENT_UNKNOWN, SILENT_NO, SILENT_YES } silent;
};

/* Occurrences that touch [from, until) are looked at. */
struct alarm_span {
	int64_t from, until;
};

struct alarm_member *alarm_member_of(const struct alarm_find *find,
    const struct event *event);
bool alarm_member_is_silent(const struct alarm_find *find,
    struct alarm_member *member);

/* Gives the times of an alarm in the range that are neither acknowledged nor
 * before `snoozed` (INT64_MIN: not), of a member that is not silent. */
bool alarm_give(struct alarm_find *find, struct alarm_member *member,
    const struct alarm *alarm, const struct occurrence *occurrence,
    int64_t snoozed);

/* The absolute alarms of a series that recurs, each once. */
bool alarm_give_absolute(struct alarm_find *find);

/* Fills find->spans, in order, apart from each other. False without memory. */
bool alarm_spans(struct alarm_find *find);
/* Into the years that there are. */
int64_t alarm_clamp(int64_t instant);

/* Of the series, what touches [from, until); NULL, reported, for one that
 * cannot be expanded. alarm_next() is series_next(), faults reported. */
struct series *alarm_series(const struct alarm_find *find,
    struct series_options *options, int64_t from, int64_t until);
bool alarm_next(const struct alarm_find *find, struct series *series,
    struct occurrence *occurrence);

#endif
