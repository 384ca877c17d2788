#include "cal/alarm.h"

#include "cal/length.h"

/* Zones are less than 26 hours from UTC, so two offsets less than 52 apart. */
#define SLACK (3 * SECONDS_A_DAY)

static void
report(const struct event_context *context, const struct error *err)
{
	if (context->report)
		context->report(context->arg, err);
}

/* --- one VALARM ----------------------------------------------------------- */

enum property {
	P_ACTION,
	P_TRIGGER,
	P_REPEAT,
	P_DURATION,
	P_ACKNOWLEDGED,
	P_UID,
	P_RELATED_TO,
	P_PROXIMITY,
	P_APPLE_PROXIMITY,
	P_KDE_ENABLED,
	P_APPLE_UID,
	P_NONE,
};

static const struct str property_names[] = {STR_C("ACTION"), STR_C("TRIGGER"),
    STR_C("REPEAT"), STR_C("DURATION"), STR_C("ACKNOWLEDGED"), STR_C("UID"),
    STR_C("RELATED-TO"), STR_C("PROXIMITY"), STR_C("X-APPLE-PROXIMITY"),
    STR_C("X-KDE-KCALCORE-ENABLED"), STR_C("X-WR-ALARMUID")};

static enum property
property_of(const struct record *record, size_t i)
{
	char first = ascii_upper(record->text.p[record->marks[i].at]);

	for (int p = 0; p < P_NONE; p++)
		if (property_names[p].p[0] == first &&
		    record_line_is(record, i, property_names[p]))
			return (enum property)p;
	return P_NONE;
}

/* Lines of a VALARM while it is read; name.p is NULL where there is none. */
struct lines {
	struct line of[P_NONE];
};

static bool
has(const struct lines *lines, enum property property)
{
	return lines->of[property].name.p != NULL;
}

static struct str
value_of(const struct lines *lines, enum property property)
{
	return str_trim(lines->of[property].value);
}

static void
take_acknowledged(struct alarm *alarm, const struct line *line,
    const struct event_context *context)
{
	struct when when;
	int64_t at;

	if (!event_when(&when, line, line->value, context))
		return;
	at = when_instant(&when, context->zone, NULL);
	if (at > alarm->acknowledged)
		alarm->acknowledged = at;
}

static void
take_related_to(struct alarm *alarm, const struct line *line,
    const struct event_context *context)
{
	struct str type;

	if (!line_param(line, STR("RELTYPE"), context->arena, &type) ||
	    !str_ieq(type, STR("SNOOZE")))
		return;
	alarm->snoozes = true;
	alarm->original = str_trim(line->value);
}

/* The first line of each name; of what may come more often all at once. */
static void
collect(struct lines *lines, struct alarm *alarm,
    const struct event_context *context)
{
	const struct component *component = &alarm->component;
	const struct record *record = component->record;
	const struct mark *marks = record->marks;
	unsigned depth = marks[component->first].depth + 1u;
	size_t end = component->first + component->count;
	struct line line;

	for (size_t i = component->first + 1; i < end; i++) {
		enum property property = P_NONE;

		if (marks[i].depth == depth &&
		    !(marks[i].flags &
			(MARK_BEGIN | MARK_END | MARK_DEEP | MARK_ELIDED)))
			property = property_of(record, i);
		if (property == P_NONE ||
		    !record_line(record, i, &line, context->arena, NULL))
			continue;
		if (property == P_ACKNOWLEDGED)
			take_acknowledged(alarm, &line, context);
		else if (property == P_RELATED_TO)
			take_related_to(alarm, &line, context);
		else if (!has(lines, property))
			lines->of[property] = line;
	}
}

static struct pos
value_pos(const struct line *line)
{
	struct pos pos = line->pos;

	pos.column = line->name.n + line->params.n + 2;
	return pos;
}

/* By what stands there: VALUE=DATE-TIME is often left out. */
static bool
read_trigger(struct alarm *alarm, const struct line *line,
    const struct event *event, const struct event_context *context)
{
	struct str value = str_trim(line->value), related;
	struct error err;
	struct when when;

	alarm->trigger = value;
	if (value.n && ascii_digit(value.p[0])) {
		alarm->related = ALARM_ABSOLUTE;
		if (!event_when(&when, line, value, context))
			return false;
		alarm->at = when_instant(&when, context->zone, NULL);
		return true;
	}
	if (line_param(line, STR("RELATED"), context->arena, &related) &&
	    str_ieq(related, STR("END")))
		alarm->related = ALARM_END;
	if (!duration_parse(&alarm->offset, value, false, value_pos(line),
		&err)) {
		report(context, &err);
		return false;
	}
	if (event->start.kind != WHEN_NONE)
		return true;
	error_set(&err, ERR_VALUE, line->pos,
	    "TRIGGER of a task without DTSTART and DUE: it has no moment");
	report(context, &err);
	return false;
}

/* REPEAT without DURATION, or the other way round, repeats nothing (3.6.6). */
static void
read_repeat(struct alarm *alarm, const struct lines *lines,
    const struct event_context *context)
{
	const struct line *repeat = &lines->of[P_REPEAT];
	const struct line *delay = &lines->of[P_DURATION];
	struct error err;

	if (!has(lines, P_REPEAT) || !has(lines, P_DURATION))
		return;
	if (!str_number(str_trim(repeat->value), UINT32_MAX, &alarm->repeat)) {
		error_set(&err, ERR_VALUE, value_pos(repeat),
		    "REPEAT is no number: the alarm comes once");
		alarm->repeat = 0;
		report(context, &err);
		return;
	}
	if (alarm->repeat > LIMIT_REPEAT) {
		error_set(&err, ERR_LIMIT, value_pos(repeat),
		    "REPEAT above %d: taken as that", LIMIT_REPEAT);
		alarm->repeat = LIMIT_REPEAT;
		report(context, &err);
	}
	if (!duration_parse(&alarm->delay, str_trim(delay->value), false,
		value_pos(delay), &err)) {
		alarm->repeat = 0;
		report(context, &err);
	} else if (alarm->repeat && alarm_step(alarm) <= 0) {
		error_set(&err, ERR_VALUE, value_pos(delay),
		    "a DURATION of an alarm must be positive: it comes once");
		alarm->repeat = 0;
		report(context, &err);
	}
}

static bool
is_chosen(const struct alarm_choice *choice, struct str action)
{
	struct str rest = choice->actions, word;

	if (rest.n == 0)
		rest = STR("DISPLAY,AUDIO,EMAIL");
	while (str_cut(&rest, ',', &word))
		if (str_ieq(word, action))
			return !str_ieq(action, STR("NONE"));
	return false;
}

static struct str
upper(struct str text, struct arena *arena)
{
	char *copy = arena_alloc(arena, text.n + 1);

	for (size_t i = 0; copy && i < text.n; i++)
		copy[i] = ascii_upper(text.p[i]);
	return (struct str){copy, copy ? text.n : 0};
}

static void
identify(struct alarm *alarm, struct arena *arena)
{
	struct line line;

	if (alarm->uid.n)
		alarm->identity = alarm->uid;
	else if (component_line(&alarm->component, STR("DESCRIPTION"), &line,
		     arena))
		alarm->identity = str_trim(line.value);
}

bool
alarm_read(struct alarm *alarm, const struct event *event,
    const struct alarm_choice *choice, const struct event_context *context)
{
	const struct component *component = &alarm->component;
	struct lines lines = {0};
	struct error err;
	struct pos pos = component->record->pos;

	alarm->acknowledged = INT64_MIN;
	collect(&lines, alarm, context);
	alarm->uid = value_of(&lines, has(&lines, P_UID) ? P_UID : P_APPLE_UID);
	alarm->action = has(&lines, P_ACTION)
	                    ? upper(value_of(&lines, P_ACTION), context->arena)
	                    : STR("DISPLAY");
	if (!is_chosen(choice, alarm->action) || has(&lines, P_PROXIMITY) ||
	    has(&lines, P_APPLE_PROXIMITY) ||
	    str_ieq(value_of(&lines, P_KDE_ENABLED), STR("FALSE")))
		return false;
	if (!has(&lines, P_TRIGGER)) {
		pos.line += component->record->marks[component->first].line;
		error_set(&err, ERR_VALUE, pos,
		    "VALARM without TRIGGER: it has no moment");
		report(context, &err);
		return false;
	}
	read_repeat(alarm, &lines, context);
	if (!read_trigger(alarm, &lines.of[P_TRIGGER], event, context))
		return false;
	if (alarm->related == ALARM_ABSOLUTE)
		identify(alarm, context->arena);
	return true;
}

/* --- when ----------------------------------------------------------------- */

static int64_t
exact(const struct duration *duration)
{
	return duration->days * SECONDS_A_DAY + duration->seconds;
}

int64_t
alarm_step(const struct alarm *alarm)
{
	return exact(&alarm->delay);
}

int64_t
alarm_slack(const struct alarm *alarm)
{
	if (alarm->related == ALARM_ABSOLUTE)
		return 0;
	return alarm->offset.days || alarm->delay.days ? SLACK : 0;
}

int64_t
alarm_moment(const struct alarm *alarm, uint64_t n, const struct when *anchor,
    int64_t instant, const struct zone *zone, struct zone_cursor *cursor)
{
	int64_t times = (int64_t)n;
	int64_t days = times * alarm->delay.days;
	int64_t seconds = times * alarm->delay.seconds;
	struct when day;

	if (alarm->related == ALARM_ABSOLUTE)
		return alarm->at + days * SECONDS_A_DAY + seconds;
	days += alarm->offset.days;
	seconds += alarm->offset.seconds;
	if (days == 0)
		return instant + seconds;
	/* A time that the clock skips is the one after the gap (3.3.5), one
	 * that comes twice may be the second: the instant knows. */
	day = anchor->kind == WHEN_DATE
	          ? *anchor
	          : when_of_instant(anchor, instant, zone, cursor);
	day.local += days * SECONDS_A_DAY;
	return when_instant(&day, zone, cursor) + seconds;
}
