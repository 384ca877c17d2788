#include "cal/alarm_find.h"

#include <stdlib.h>

#include "cal/alarm_find_impl.h"

static void
report(const struct alarm_find *find, const struct error *err)
{
	if (find->context->report)
		find->context->report(find->context->arg, err);
}

static bool
no_memory(const struct alarm_find *find, const struct event *event)
{
	struct error err;

	error_set(&err, ERR_MEMORY, event->pos, "no memory");
	report(find, &err);
	return true;
}

/* --- members -------------------------------------------------------------- */

static int
by_event(const void *a, const void *b)
{
	uintptr_t x = (uintptr_t)((const struct alarm_member *)a)->event;
	uintptr_t y = (uintptr_t)((const struct alarm_member *)b)->event;

	return (x > y) - (x < y);
}

struct alarm_member *
alarm_member_of(const struct alarm_find *find, const struct event *event)
{
	struct alarm_member key = {.event = event};

	if (find->member_count == 1)
		return find->members;
	return bsearch(&key, find->members, find->member_count, sizeof(key),
	    by_event);
}

bool
alarm_member_is_silent(const struct alarm_find *find,
    struct alarm_member *member)
{
	if (member->silent == SILENT_UNKNOWN)
		member->silent = alarm_is_silent(member->event, find->choice,
				     find->context->arena)
		                     ? SILENT_YES
		                     : SILENT_NO;
	return member->silent == SILENT_YES;
}

static bool
read_member(struct alarm_find *find, const struct event *event)
{
	struct alarm_member *member = &find->members[find->member_count];

	*member = (struct alarm_member){.event = event,
	    .order = find->member_count++};
	return alarms_read(&member->alarms, event, find->choice, find->context);
}

/* What Thunderbird keeps of a series stands in its master. */
static void
share_marks(struct alarm_find *find)
{
	const struct alarms *master;

	if (!find->master || find->member_count == 1)
		return;
	master = &alarm_member_of(find, find->master)->alarms;
	for (size_t i = 0; i < find->member_count; i++) {
		struct alarms *alarms = &find->members[i].alarms;

		if (master->acknowledged > alarms->acknowledged)
			alarms->acknowledged = master->acknowledged;
		alarms->snoozes = master->snoozes;
		alarms->snooze_count = master->snooze_count;
	}
}

/* --- one alarm of one occurrence ------------------------------------------ */

struct anchor {
	struct when when;
	int64_t instant;
};

/* A task's DUE that is a DATE is that day, not the end of it (3.8.2.3). */
static bool
ends_at_start(const struct occurrence *occurrence)
{
	const struct event *event = occurrence->event;

	if (event->type != EVENT_TODO)
		return false;
	return event->length == LENGTH_NONE ||
	       (event->length == LENGTH_DURATION &&
		   occurrence->start.kind == WHEN_DATE &&
		   event->duration.days == 0);
}

static struct anchor
anchor_of(const struct alarm *alarm, const struct occurrence *occurrence)
{
	if (alarm->related == ALARM_END && !ends_at_start(occurrence))
		return (struct anchor){occurrence->end, occurrence->until};
	return (struct anchor){occurrence->start, occurrence->from};
}

static int64_t
moment(struct alarm_find *find, const struct alarm *alarm,
    const struct anchor *anchor, uint64_t n)
{
	return alarm_moment(alarm, n, &anchor->when, anchor->instant,
	    find->context->zone, &find->cursor);
}

/* The first n whose moment can be at or after `at`. */
static uint64_t
first_time(const struct alarm *alarm, int64_t first, int64_t at)
{
	int64_t away = at - first - alarm_slack(alarm);

	if (alarm->repeat == 0 || away <= 0)
		return 0;
	return (uint64_t)(away / alarm_step(alarm));
}

static bool
is_acknowledged(const struct alarm_find *find,
    const struct alarm_member *member, const struct alarm *alarm, int64_t at)
{
	return !find->choice->acknowledged &&
	       (at <= alarm->acknowledged || at <= member->alarms.acknowledged);
}

static bool
tell(struct alarm_find *find, struct alarm_member *member,
    const struct alarm_due *due)
{
	if (due->at < find->from || due->at >= find->until ||
	    is_acknowledged(find, member, due->alarm, due->at) ||
	    alarm_member_is_silent(find, member))
		return true;
	return find->found(find->arg, due);
}

bool
alarm_give(struct alarm_find *find, struct alarm_member *member,
    const struct alarm *alarm, const struct occurrence *occurrence,
    int64_t snoozed)
{
	const struct anchor anchor = anchor_of(alarm, occurrence);
	int64_t first = moment(find, alarm, &anchor, 0);
	struct alarm_due due = {.alarm = alarm, .occurrence = occurrence};
	uint64_t n = first_time(alarm, first, find->from);

	for (; n <= alarm->repeat; n++) {
		due.at = n ? moment(find, alarm, &anchor, n) : first;
		due.repeat = n;
		if (due.at >= find->until + alarm_slack(alarm))
			break;
		if (due.at >= snoozed && !tell(find, member, &due))
			return false;
	}
	return true;
}

/* --- what Thunderbird snoozed --------------------------------------------- */

static int64_t
snoozed_until(const struct alarm_find *find, const struct alarm_member *member,
    const struct occurrence *occurrence)
{
	const struct when *id = &occurrence->recurrence_id;
	const struct alarms *alarms = &member->alarms;
	int64_t until = INT64_MIN, instant;

	if (id->kind == WHEN_NONE || !find->master)
		return alarms->snoozed;
	if (alarms->snooze_count == 0)
		return INT64_MIN;
	instant = when_instant(id, find->context->zone, NULL);
	for (size_t i = 0; i < alarms->snooze_count; i++) {
		const struct alarm_snooze *snooze = &alarms->snoozes[i];

		if ((snooze->recurrence == instant ||
			(id->kind <= WHEN_FLOATING &&
			    snooze->recurrence == id->local)) &&
		    snooze->until > until)
			until = snooze->until;
	}
	return until;
}

/* Of the alarms before that, the last one comes again then. */
static bool
give_snoozed(struct alarm_find *find, struct alarm_member *member,
    const struct occurrence *occurrence, int64_t until)
{
	struct alarm_due due = {.occurrence = occurrence,
	    .at = until,
	    .snoozed = true};
	int64_t latest = INT64_MIN;

	if (until < find->from || until >= find->until)
		return true;
	for (size_t i = 0; i < member->alarms.count; i++) {
		const struct alarm *alarm = &member->alarms.list[i];
		const struct anchor anchor = anchor_of(alarm, occurrence);
		int64_t first = moment(find, alarm, &anchor, 0);

		for (uint64_t n = first_time(alarm, first, until);
		     n <= alarm->repeat; n++) {
			int64_t at =
			    n ? moment(find, alarm, &anchor, n) : first;

			if (at >= until)
				break;
			if (at > latest) {
				latest = at;
				due.alarm = alarm;
				due.repeat = n;
			}
		}
	}
	return !due.alarm || tell(find, member, &due);
}

/* --- occurrences ---------------------------------------------------------- */

/* absolute: those too, where the component is all of its series. */
static bool
give_occurrence(struct alarm_find *find, struct alarm_member *member,
    const struct occurrence *occurrence, bool absolute)
{
	int64_t snoozed = snoozed_until(find, member, occurrence);

	for (size_t i = 0; i < member->alarms.count; i++) {
		const struct alarm *alarm = &member->alarms.list[i];

		if ((absolute || alarm->related != ALARM_ABSOLUTE) &&
		    !alarm_give(find, member, alarm, occurrence, snoozed))
			return false;
	}
	return snoozed == INT64_MIN ||
	       give_snoozed(find, member, occurrence, snoozed);
}

static bool
give_single(struct alarm_find *find, const struct event *event)
{
	const struct series_options options = {.from = INT64_MIN,
	    .until = INT64_MAX,
	    .zone = find->context->zone};
	struct occurrence occurrence = {.event = event};

	if (event->start.kind != WHEN_NONE)
		series_single(event, &options, &occurrence);
	return give_occurrence(find, find->members, &occurrence, true);
}

struct series *
alarm_series(const struct alarm_find *find, struct series_options *options,
    int64_t from, int64_t until)
{
	struct error err = {0};
	struct series *series;

	*options = *find->series;
	options->from = from;
	options->until = until;
	series = series_new(find->master, find->overrides, find->override_count,
	    options, &err);
	if (!series)
		report(find, &err);
	return series;
}

bool
alarm_next(const struct alarm_find *find, struct series *series,
    struct occurrence *occurrence)
{
	struct error err = {0};

	if (series_next(series, occurrence, &err))
		return true;
	if (err.code != ERR_NONE) {
		err.pos =
		    find->master ? find->master->pos : find->overrides[0]->pos;
		report(find, &err);
	}
	return false;
}

static bool
touches(const struct occurrence *occurrence, const struct alarm_span *span)
{
	return occurrence->from < span->until &&
	       (occurrence->until > span->from ||
		   occurrence->from >= span->from);
}

/* One that touches two spans was given with the first. */
static bool
give_span(struct alarm_find *find, size_t i)
{
	const struct alarm_span *span = &find->spans[i];
	struct series_options options;
	struct series *series =
	    alarm_series(find, &options, span->from, span->until);
	struct occurrence occurrence;
	bool ok = true;

	while (ok && series && alarm_next(find, series, &occurrence))
		if (i == 0 || !touches(&occurrence, span - 1))
			ok = give_occurrence(find,
			    alarm_member_of(find, occurrence.event),
			    &occurrence, false);
	series_free(series);
	return ok;
}

/* --- a series ------------------------------------------------------------- */

static bool
give_recurring(struct alarm_find *find)
{
	bool ok = true;

	if (!alarm_spans(find))
		return no_memory(find, find->members[0].event);
	for (size_t i = 0; ok && i < find->span_count; i++)
		ok = give_span(find, i);
	return ok && alarm_give_absolute(find);
}

static bool
recurs(const struct event *event)
{
	return event_recurs(event) || event->exdate_count || event->exrules;
}

bool
alarm_find(struct alarm_find *find, const struct event *master,
    const struct event *const *overrides, size_t count)
{
	const struct event *first = master ? master : overrides[0];
	size_t total = 0;
	bool ok = true;

	find->master = master;
	find->overrides = overrides;
	find->override_count = count;
	find->member_count = 0;
	find->from = alarm_clamp(find->from);
	find->until = alarm_clamp(find->until);
	find->members = arena_array(find->context->arena, count + 1,
	    sizeof(*find->members));
	if (!find->members)
		return no_memory(find, first);
	if (master)
		ok = read_member(find, master);
	for (size_t i = 0; ok && i < count; i++)
		ok = read_member(find, overrides[i]);
	if (!ok)
		return no_memory(find, first);
	for (size_t i = 0; i < find->member_count; i++)
		total += find->members[i].alarms.count;
	if (total == 0)
		return true;
	if (count == 0 && !recurs(master))
		return give_single(find, master);
	qsort(find->members, find->member_count, sizeof(*find->members),
	    by_event);
	share_marks(find);
	ok = give_recurring(find);
	free(find->spans);
	find->spans = NULL;
	find->span_count = find->span_room = 0;
	return ok;
}
