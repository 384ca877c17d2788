/* Absolute alarms of a series (RFC 5545, 3.8.6.3: such an alarm "will only
 * trigger for the specified absolute DATE-TIME"). */
#include <stdlib.h>

#include "cal/alarm_find_impl.h"

/* Occurrences that are looked at until one is not silent. */
#define LOOKED_AT 10000

/* The first occurrence that is not over at an instant and not silent. */
static bool
next_occurrence(const struct alarm_find *find, int64_t at,
    struct occurrence *occurrence)
{
	struct series_options options;
	struct series *series = alarm_series(find, &options, at, INT64_MAX);
	bool found = false;

	for (int i = 0; series && !found && i < LOOKED_AT; i++) {
		if (!alarm_next(find, series, occurrence))
			break;
		found = !alarm_member_is_silent(find,
		    alarm_member_of(find, occurrence->event));
	}
	series_free(series);
	return found;
}

/* The last one before it: in the day before, then further and further back. */
static bool
last_occurrence(const struct alarm_find *find, int64_t at,
    struct occurrence *occurrence)
{
	struct series_options options;
	struct occurrence next;
	bool found = false;

	for (int64_t back = SECONDS_A_DAY; !found; back *= 8) {
		bool all = at - back < LOCAL_FIRST;
		struct series *series = alarm_series(find, &options,
		    all ? INT64_MIN : at - back, at);

		while (series && alarm_next(find, series, &next))
			if (!alarm_member_is_silent(find,
				alarm_member_of(find, next.event))) {
				*occurrence = next;
				found = true;
			}
		series_free(series);
		if (all || !series)
			break;
	}
	return found;
}

/* The occurrence that an override makes, unless another one of the same
 * instance took its place. */
static bool
own_occurrence(const struct alarm_find *find, const struct event *event,
    struct occurrence *occurrence)
{
	int64_t at = when_instant(&event->start, find->context->zone, NULL);
	struct series_options options;
	struct series *series = alarm_series(find, &options, at, at + 1);
	bool found = false;

	while (!found && series && alarm_next(find, series, occurrence))
		found = occurrence->event == event && occurrence->from == at;
	series_free(series);
	return found;
}

static bool
find_occurrence(const struct alarm_find *find, struct alarm_member *member,
    int64_t at, struct occurrence *occurrence)
{
	if (alarm_member_is_silent(find, member))
		return false;
	if (member->event != find->master)
		return own_occurrence(find, member->event, occurrence);
	if (member->event->start.kind == WHEN_NONE) {
		*occurrence = (struct occurrence){.event = member->event};
		return true;
	}
	return next_occurrence(find, at, occurrence) ||
	       last_occurrence(find, at, occurrence);
}

/* --- copies --------------------------------------------------------------- */

struct entry {
	struct alarm_member *member;
	const struct alarm *alarm;
};

static bool
in_range(const struct alarm_find *find, const struct alarm *alarm)
{
	int64_t last = alarm->at + (int64_t)alarm->repeat * alarm_step(alarm);

	return last >= find->from && alarm->at < find->until;
}

static size_t
collect(const struct alarm_find *find, struct entry *entries)
{
	size_t count = 0;

	for (size_t i = 0; i < find->member_count; i++) {
		struct alarm_member *member = &find->members[i];

		for (size_t k = 0; k < member->alarms.count; k++) {
			const struct alarm *alarm = &member->alarms.list[k];

			if (alarm->related != ALARM_ABSOLUTE ||
			    !in_range(find, alarm))
				continue;
			if (entries)
				entries[count] = (struct entry){member, alarm};
			count++;
		}
	}
	return count;
}

/* Copies beside each other, the master's first. */
static int
by_alarm(const void *a, const void *b)
{
	const struct entry *x = a, *y = b;
	int order;

	if (x->alarm->at != y->alarm->at)
		return x->alarm->at < y->alarm->at ? -1 : 1;
	order = str_cmp(x->alarm->action, y->alarm->action);
	if (order == 0)
		order = str_cmp(x->alarm->identity, y->alarm->identity);
	if (order != 0)
		return order;
	return (x->member->order > y->member->order) -
	       (x->member->order < y->member->order);
}

/* The first of the copies that has an occurrence; acknowledged with any. */
static bool
give_copies(struct alarm_find *find, const struct entry *entries, size_t count)
{
	int64_t acknowledged = INT64_MIN;
	struct occurrence occurrence;
	struct alarm alarm;

	for (size_t i = 0; i < count; i++)
		if (entries[i].alarm->acknowledged > acknowledged)
			acknowledged = entries[i].alarm->acknowledged;
	for (size_t i = 0; i < count; i++) {
		if (!find_occurrence(find, entries[i].member,
			entries[i].alarm->at, &occurrence))
			continue;
		alarm = *entries[i].alarm;
		alarm.acknowledged = acknowledged;
		return alarm_give(find, entries[i].member, &alarm, &occurrence,
		    INT64_MIN);
	}
	return true;
}

bool
alarm_give_absolute(struct alarm_find *find)
{
	size_t count = collect(find, NULL), n;
	struct entry *entries;
	struct error err;
	bool ok = true;

	if (count == 0)
		return true;
	entries = arena_array(find->context->arena, count, sizeof(*entries));
	if (!entries) {
		error_set(&err, ERR_MEMORY, find->members[0].event->pos,
		    "no memory");
		if (find->context->report)
			find->context->report(find->context->arg, &err);
		return true;
	}
	collect(find, entries);
	qsort(entries, count, sizeof(*entries), by_alarm);
	for (size_t i = 0; ok && i < count; i += n) {
		n = 1;
		while (i + n < count &&
		       alarm_is_copy(entries[i].alarm, entries[i + n].alarm))
			n++;
		ok = give_copies(find, entries + i, n);
	}
	return ok;
}
