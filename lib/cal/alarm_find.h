/*
 * Which alarms of a series come in a range: for each occurrence its own.
 *
 * How far an alarm lies from its occurrence is the series' own business: the
 * occurrences looked at are those that its alarms can reach from the range,
 * four weeks ahead or a year behind, and no others. Ranges partition: what is
 * found in [a, c) is what is found in [a, b) and [b, c).
 */
#ifndef KALENDS_CAL_ALARM_FIND_H
#define KALENDS_CAL_ALARM_FIND_H

#include "cal/alarm.h"

struct alarm_due {
	const struct alarm *alarm;
	/* start.kind is WHEN_NONE: an absolute alarm of a task without date. Of
	 * an absolute alarm of a series: the first occurrence that is not over
	 * when it comes, else the last. */
	const struct occurrence *occurrence;
	int64_t at;      /* an instant */
	uint64_t repeat; /* 0: its first time */
	bool snoozed;    /* by Thunderbird, until `at` */
};

struct alarm_find {
	/* Set by the caller. */
	int64_t from, until; /* alarms in [from, until), instants */
	const struct alarm_choice *choice;
	const struct event_context *context;
	const struct series_options *series; /* zone, school, limit */
	/* Gets each alarm, in no order. False stops. */
	bool (*found)(void *arg, const struct alarm_due *due);
	void *arg;

	/* Private from here. */
	struct zone_cursor cursor;
	struct alarm_member *members; /* by the address of their event */
	size_t member_count;
	const struct event *master;
	const struct event *const *overrides;
	size_t override_count;
	struct alarm_span *spans;
	size_t span_count, span_room;
};

/* Looks at one series (expand's `series`). Faults are told to context->report;
 * false where `found` said so. */
bool alarm_find(struct alarm_find *find, const struct event *master,
    const struct event *const *overrides, size_t count);

#endif
