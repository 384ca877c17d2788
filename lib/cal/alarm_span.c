/* Where to look for occurrences whose alarms can come in the range. */
#include <stdlib.h>

#include "cal/alarm_find_impl.h"

/* Spans of one series; more become one. */
#define SPANS_MOST   4096
#define DAY_AND_MORE (26 * INT64_C(3600))

int64_t
alarm_clamp(int64_t instant)
{
	const int64_t first = LOCAL_FIRST - 400 * SECONDS_A_DAY;
	const int64_t last = LOCAL_LAST + 400 * SECONDS_A_DAY;

	return instant < first ? first : instant > last ? last : instant;
}

static bool
add_span(struct alarm_find *find, int64_t from, int64_t until)
{
	struct alarm_span *spans = find->spans;

	if (find->span_count == SPANS_MOST) {
		for (size_t i = 1; i < find->span_count; i++) {
			if (spans[i].from < spans[0].from)
				spans[0].from = spans[i].from;
			if (spans[i].until > spans[0].until)
				spans[0].until = spans[i].until;
		}
		find->span_count = 1;
	}
	if (find->span_count == find->span_room) {
		size_t room = find->span_room ? find->span_room * 2 : 16;

		spans = realloc(spans, room * sizeof(*spans));
		if (!spans)
			return false;
		find->spans = spans;
		find->span_room = room;
	}
	spans[find->span_count++] =
	    (struct alarm_span){alarm_clamp(from), alarm_clamp(until)};
	return true;
}

/* What the alarm reaches: all its times at once where the stretches that they
 * reach lie close, else each by itself. */
static bool
add_alarm_spans(struct alarm_find *find, const struct alarm *alarm)
{
	int64_t offset =
	    alarm->offset.days * SECONDS_A_DAY + alarm->offset.seconds;
	int64_t slack = alarm_slack(alarm);
	/* One that ends at the first moment does not touch the range. */
	int64_t from = find->from - offset - slack - 1;
	int64_t until = find->until - offset + slack;
	int64_t step = alarm_step(alarm);
	int64_t times = (int64_t)alarm->repeat;

	if (alarm->related == ALARM_ABSOLUTE)
		return true;
	if (step <= until - from)
		return add_span(find, from - times * step, until);
	for (int64_t n = 0; n <= times; n++)
		if (!add_span(find, from - n * step, until - n * step))
			return false;
	return true;
}

/* Occurrences whose snooze ends in the range, wherever they are. */
static bool
add_snooze_spans(struct alarm_find *find, const struct alarms *alarms)
{
	bool any = false;

	for (size_t i = 0; i < alarms->snooze_count; i++) {
		const struct alarm_snooze *snooze = &alarms->snoozes[i];
		int64_t at = snooze->recurrence;

		if (snooze->until < find->from || snooze->until >= find->until)
			continue;
		any = true;
		if (!add_span(find, alarm_clamp(at) - DAY_AND_MORE,
			alarm_clamp(at) + DAY_AND_MORE))
			return false;
	}
	for (size_t i = 0; any && i < find->override_count; i++) {
		int64_t at = when_instant(&find->overrides[i]->start,
		    find->context->zone, NULL);

		if (!add_span(find, at, at + 1))
			return false;
	}
	return true;
}

static int
by_from(const void *a, const void *b)
{
	const struct alarm_span *x = a, *y = b;

	return (x->from > y->from) - (x->from < y->from);
}

static void
merge_spans(struct alarm_find *find)
{
	struct alarm_span *spans = find->spans;
	size_t kept = 0;

	if (find->span_count < 2)
		return;
	qsort(spans, find->span_count, sizeof(*spans), by_from);
	for (size_t i = 1; i < find->span_count; i++)
		if (spans[i].from > spans[kept].until)
			spans[++kept] = spans[i];
		else if (spans[i].until > spans[kept].until)
			spans[kept].until = spans[i].until;
	find->span_count = kept + 1;
}

bool
alarm_spans(struct alarm_find *find)
{
	find->span_count = 0;
	for (size_t i = 0; i < find->member_count; i++) {
		const struct alarms *alarms = &find->members[i].alarms;

		for (size_t k = 0; k < alarms->count; k++)
			if (!add_alarm_spans(find, &alarms->list[k]))
				return false;
	}
	if (!add_snooze_spans(find, &find->members[0].alarms))
		return false;
	merge_spans(find);
	return true;
}
