/* All alarms of one component, and whether they are silent. */
#include "cal/alarm.h"

bool
alarms_possible(const struct alarm_choice *choice, const struct record *record)
{
	struct component child, component;
	size_t at = 0;

	if (choice->timed.count || choice->allday.count)
		return true;
	component_of_record(&component, record);
	while (component_next_child(&component, &at, &child))
		if (component_is(&child, STR("VALARM")))
			return true;
	return false;
}

/* --- VALARMs -------------------------------------------------------------- */

static size_t
count_valarms(const struct component *component)
{
	struct component child;
	size_t at = 0, count = 0;

	while (component_next_child(component, &at, &child))
		count += component_is(&child, STR("VALARM"));
	return count;
}

static void
settle_snooze(struct alarm *alarm, const struct alarm *all, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (all[i].uid.n && str_eq(all[i].uid, alarm->original) &&
		    all[i].acknowledged > alarm->acknowledged)
			alarm->acknowledged = all[i].acknowledged;
}

/* Adds an alarm unless it is a copy. */
static void
add(struct alarms *alarms, const struct alarm *alarm)
{
	for (size_t i = 0; i < alarms->count; i++) {
		struct alarm *other = &alarms->list[i];

		if (!alarm_is_copy(other, alarm))
			continue;
		if (alarm->acknowledged > other->acknowledged)
			other->acknowledged = alarm->acknowledged;
		return;
	}
	alarms->list[alarms->count++] = *alarm;
}

static bool
read_valarms(struct alarms *alarms, size_t count, const struct event *event,
    const struct alarm_choice *choice, const struct event_context *context)
{
	struct arena *arena = context->arena;
	struct alarm *all = arena_array(arena, count, sizeof(*all));
	bool *counts = arena_array(arena, count, sizeof(*counts));
	struct component child;
	size_t at = 0, n = 0;

	alarms->list = arena_array(arena, count, sizeof(*alarms->list));
	if (!all || !counts || !alarms->list)
		return false;
	while (
	    n < count && component_next_child(&event->component, &at, &child))
		if (component_is(&child, STR("VALARM"))) {
			all[n].component = child;
			counts[n] = alarm_read(&all[n], event, choice, context);
			n++;
		}
	for (size_t i = 0; i < n; i++) {
		if (!counts[i])
			continue;
		if (all[i].snoozes)
			settle_snooze(&all[i], all, n);
		add(alarms, &all[i]);
	}
	return true;
}

static bool
give_defaults(struct alarms *alarms, const struct event *event,
    const struct alarm_choice *choice, struct arena *arena)
{
	bool allday = event->start.kind == WHEN_DATE;
	const struct alarm_defaults *defaults =
	    allday ? &choice->allday : &choice->timed;
	size_t count = defaults->count;

	if (count == 0 || event->start.kind == WHEN_NONE)
		return true;
	alarms->list = arena_array(arena, count, sizeof(*alarms->list));
	if (!alarms->list)
		return false;
	for (size_t i = 0; i < count; i++)
		alarms->list[i] = (struct alarm){
		    .action = STR("DISPLAY"),
		    .trigger = defaults->list[i].text,
		    .offset = defaults->list[i].offset,
		    .related =
			event->type == EVENT_TODO ? ALARM_END : ALARM_START,
		    .acknowledged = INT64_MIN,
		};
	alarms->count = count;
	return true;
}

/* --- Thunderbird ---------------------------------------------------------- */

#define SNOOZE STR("X-MOZ-SNOOZE-TIME")

static bool
add_snooze(struct alarms *alarms, const struct line *line, int64_t until,
    struct arena *arena)
{
	struct str name = str_from(line->name, SNOOZE.n);
	uint64_t microseconds;
	bool negative = str_starts(name, STR("--"));

	if (!str_number(str_from(name, negative ? 2 : 1), INT64_MAX,
		&microseconds) ||
	    alarms->snooze_count == LIMIT_SNOOZES)
		return true;
	if (!alarms->snoozes)
		alarms->snoozes =
		    arena_array(arena, LIMIT_SNOOZES, sizeof(*alarms->snoozes));
	if (!alarms->snoozes)
		return false;
	alarms->snoozes[alarms->snooze_count++] =
	    (struct alarm_snooze){(int64_t)(microseconds / 1000000) *
				      (negative ? -1 : 1),
		until};
	return true;
}

static bool
read_mark(struct alarms *alarms, const struct line *line,
    const struct event_context *context)
{
	bool snooze = str_istarts(line->name, SNOOZE);
	struct when when;
	int64_t at;

	if (!snooze && !str_ieq(line->name, STR("X-MOZ-LASTACK")))
		return true;
	if (!event_when(&when, line, line->value, context))
		return true;
	at = when_instant(&when, context->zone, NULL);
	if (!snooze) {
		if (at > alarms->acknowledged)
			alarms->acknowledged = at;
		return true;
	}
	if (line->name.n > SNOOZE.n)
		return add_snooze(alarms, line, at, context->arena);
	if (at > alarms->snoozed)
		alarms->snoozed = at;
	return true;
}

static bool
read_marks(struct alarms *alarms, const struct event *event,
    const struct event_context *context)
{
	const struct record *record = event->component.record;
	struct line line;

	for (size_t i = 1; i < record->count; i++) {
		const struct mark *mark = &record->marks[i];
		struct str raw = {record->text.p + mark->at, mark->size};

		if (mark->depth == 1 && str_istarts(raw, STR("X-MOZ-")) &&
		    record_line(record, i, &line, context->arena, NULL) &&
		    !read_mark(alarms, &line, context))
			return false;
	}
	return true;
}

bool
alarms_read(struct alarms *alarms, const struct event *event,
    const struct alarm_choice *choice, const struct event_context *context)
{
	size_t count = count_valarms(&event->component);
	struct error err;

	*alarms =
	    (struct alarms){.acknowledged = INT64_MIN, .snoozed = INT64_MIN};
	if (count > LIMIT_ALARMS) {
		error_set(&err, ERR_LIMIT, event->pos,
		    "more than %d alarms: the rest is not looked at",
		    LIMIT_ALARMS);
		if (context->report)
			context->report(context->arg, &err);
		count = LIMIT_ALARMS;
	}
	if (count ? !read_valarms(alarms, count, event, choice, context)
		  : !give_defaults(alarms, event, choice, context->arena))
		return false;
	return read_marks(alarms, event, context);
}

/* --- silence -------------------------------------------------------------- */

static bool
declined_by(const struct line *line, struct str owner, struct arena *arena)
{
	struct str address = str_trim(line->value), status;

	if (str_istarts(address, STR("mailto:")))
		address = str_from(address, 7);
	return str_ieq(address, owner) &&
	       line_param(line, STR("PARTSTAT"), arena, &status) &&
	       str_ieq(status, STR("DECLINED"));
}

/* Whether a line of the component silences it. */
static bool
silences(const struct line *line, const struct event *event,
    const struct alarm_choice *choice, struct arena *arena)
{
	struct str value = str_trim(line->value);
	bool todo = event->type == EVENT_TODO;

	if (str_ieq(line->name, STR("STATUS"))) {
		if (str_ieq(value, STR("CANCELLED")))
			return !choice->cancelled;
		return todo && str_ieq(value, STR("COMPLETED")) &&
		       !choice->completed;
	}
	if (todo && !choice->completed &&
	    (str_ieq(line->name, STR("COMPLETED")) ||
		(str_ieq(line->name, STR("PERCENT-COMPLETE")) &&
		    str_eq(value, STR("100")))))
		return true;
	return choice->owner.n && !choice->declined &&
	       str_ieq(line->name, STR("ATTENDEE")) &&
	       declined_by(line, choice->owner, arena);
}

bool
alarm_is_silent(const struct event *event, const struct alarm_choice *choice,
    struct arena *arena)
{
	struct line line;
	size_t at = 0;

	while (component_next_line(&event->component, &at, &line, arena))
		if (silences(&line, event, choice, arena))
			return true;
	return false;
}
