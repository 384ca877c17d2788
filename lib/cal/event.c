#include <stdlib.h>

#include "cal/event_impl.h"

/* What one reading carries along. */
struct reading {
	struct event *event;
	const struct record *record;
	const struct event_context *context;
	struct when due;
	struct event_date *last_date;
	size_t date_room, exdate_room;
	struct event_rule **rule_end, **exrule_end;
	size_t rule_count, exrule_count;
};

static void
report(const struct event_context *context, const struct error *err)
{
	if (context->report)
		context->report(context->arg, err);
}

/* --- times ---------------------------------------------------------------- */

static const struct zone *
zone_of(const struct event_context *context, struct str tzid, struct pos pos)
{
	enum zone_source source;
	const struct zone *zone = zones_resolve(context->zones, context->scope,
	    tzid, context->policy, &source);
	const struct zone *other = zones_other(context->zones, context->scope,
	    tzid, context->policy, source);

	if (context->odd_zone && (source == ZONE_FROM_NOWHERE || other != NULL))
		context->odd_zone(context->arg, tzid, pos, source, zone, other);
	return zone ? zone : context->zone;
}

/* The place of the value in its line: near enough for a message. */
static struct pos
value_pos(const struct line *line)
{
	struct pos pos = line->pos;

	pos.column = line->name.n + line->params.n + 2;
	return pos;
}

static void
give_zone(struct when *when, const struct line *line,
    const struct event_context *context)
{
	struct str tzid;

	if (when->kind == WHEN_FLOATING &&
	    line_param(line, STR("TZID"), context->arena, &tzid)) {
		when->zone = zone_of(context, tzid, line->pos);
		when->kind = WHEN_ZONED;
	}
}

bool
event_when(struct when *when, const struct line *line, struct str value,
    const struct event_context *context)
{
	struct error err;

	if (!when_parse(when, str_trim(value), value_pos(line), &err)) {
		report(context, &err);
		*when = (struct when){0};
		return false;
	}
	give_zone(when, line, context);
	return true;
}

/* --- rules and dates ------------------------------------------------------ */

static bool
read_rule(struct reading *reading, const struct line *line, bool exclude)
{
	const struct event_context *context = reading->context;
	struct event_rule ***end =
	    exclude ? &reading->exrule_end : &reading->rule_end;
	size_t *count = exclude ? &reading->exrule_count : &reading->rule_count;
	struct event_rule *rule;
	struct error err;

	if (++*count > LIMIT_RULES) {
		if (*count > LIMIT_RULES + 1)
			return true;
		error_set(&err, ERR_LIMIT, value_pos(line),
		    "more than %d rules: the rest is not looked at",
		    LIMIT_RULES);
		report(context, &err);
		return true;
	}
	rule = arena_alloc(context->arena, sizeof(*rule));
	if (!rule)
		return false;
	if (!rule_parse(&rule->rule, str_trim(line->value), value_pos(line),
		&err)) {
		report(context, &err);
		return true;
	}
	**end = rule;
	*end = &rule->next;
	return true;
}

static bool
read_period(struct event_date *date, const struct line *line, struct str value,
    const struct event_context *context)
{
	size_t slash = str_find_byte(value, '/');
	struct str end = str_from(value, slash + 1);
	struct error err;

	if (slash == SIZE_MAX)
		return event_when(&date->when, line, value, context);
	if (!event_when(&date->when, line, str_head(value, slash), context))
		return false;
	if (end.n && (end.p[0] == 'P' || end.p[0] == '+' || end.p[0] == 'p')) {
		date->has_duration = duration_parse(&date->duration, end, false,
		    value_pos(line), &err);
		if (!date->has_duration)
			report(context, &err);
	} else {
		date->has_end = event_when(&date->end, line, end, context);
	}
	return true;
}

static bool
add_date(struct reading *reading, const struct event_date *date, bool exclude)
{
	struct event *event = reading->event;
	struct event_date **dates = exclude ? &event->exdates : &event->dates;
	size_t *count = exclude ? &event->exdate_count : &event->date_count;
	size_t *room = exclude ? &reading->exdate_room : &reading->date_room;

	if (*count == *room) {
		size_t more = *room ? *room * 2 : 8;
		struct event_date *grown =
		    arena_array(reading->context->arena, more, sizeof(*grown));

		if (!grown)
			return false;
		if (*count)
			memcpy(grown, *dates, *count * sizeof(*grown));
		*dates = grown;
		*room = more;
	}
	(*dates)[(*count)++] = *date;
	return true;
}

static bool
read_dates(struct reading *reading, const struct line *line, bool exclude)
{
	struct str rest = line->value, value;
	struct error err;

	while (str_cut(&rest, ',', &value)) {
		struct event_date date = {0};
		size_t count = exclude ? reading->event->exdate_count
		                       : reading->event->date_count;

		value = str_trim(value);
		if (value.n == 0)
			continue;
		if (count == LIMIT_VALUES) {
			error_set(&err, ERR_LIMIT, value_pos(line),
			    "more than %zu dates: the rest is not looked at",
			    LIMIT_VALUES);
			report(reading->context, &err);
			break;
		}
		if (read_period(&date, line, value, reading->context) &&
		    !add_date(reading, &date, exclude))
			return false;
	}
	return true;
}

/* --- properties ----------------------------------------------------------- */

static void
read_recurrence_id(struct reading *reading, const struct line *line)
{
	struct event *event = reading->event;
	struct str range;

	event_when(&event->recurrence_id, line, line->value, reading->context);
	event->this_and_future =
	    line_param(line, STR("RANGE"), reading->context->arena, &range) &&
	    str_ieq(range, STR("THISANDFUTURE"));
}

static void
read_duration(struct reading *reading, const struct line *line)
{
	struct event *event = reading->event;
	struct error err;

	if (event->length != LENGTH_NONE)
		return;
	if (!duration_parse(&event->duration, str_trim(line->value), false,
		value_pos(line), &err)) {
		report(reading->context, &err);
		return;
	}
	if (event->duration.days < 0 || event->duration.seconds < 0) {
		error_set(&err, ERR_VALUE, value_pos(line),
		    "a negative DURATION: taken as none");
		report(reading->context, &err);
		return;
	}
	event->length = LENGTH_DURATION;
}

static void
read_end(struct reading *reading, const struct line *line)
{
	if (event_when(&reading->event->end, line, line->value,
		reading->context))
		reading->event->length = LENGTH_END;
}

static bool
read_property(struct reading *reading, enum property property,
    const struct line *line)
{
	struct event *event = reading->event;

	switch (property) {
	case P_DTSTART:
		if (event->start.kind == WHEN_NONE)
			event_when(&event->start, line, line->value,
			    reading->context);
		break;
	case P_DTEND:
		if (event->type == EVENT_EVENT || event->type == EVENT_NONE)
			read_end(reading, line);
		break;
	case P_DUE:
		if (event->type == EVENT_TODO)
			read_end(reading, line);
		break;
	case P_DURATION:
		read_duration(reading, line);
		break;
	case P_RRULE:
	case P_EXRULE:
		return read_rule(reading, line, property == P_EXRULE);
	case P_RDATE:
	case P_EXDATE:
		return read_dates(reading, line, property == P_EXDATE);
	case P_RECURRENCE_ID:
		read_recurrence_id(reading, line);
		break;
	case P_UID:
		event->uid = str_trim(line->value);
		break;
	case P_SEQUENCE:
		str_number(str_trim(line->value), INT32_MAX, &event->sequence);
		break;
	case P_NONE:
		break;
	}
	return true;
}

static bool
floats(const struct when *when)
{
	return when->kind != WHEN_UTC && when->kind != WHEN_ZONED;
}

/* DTEND and DUE against DTSTART: one kind, not before it. */
static void
settle_end(struct event *event, const struct event_context *context)
{
	struct when *start = &event->start, *end = &event->end;
	bool dates = start->kind == WHEN_DATE;
	struct zone_cursor cursor = {0};
	struct error err;
	int64_t from, until;

	if (dates && end->kind != WHEN_DATE) {
		int64_t day = local_day(end->local);

		day += local_second(end->local) > 0;
		*end = (struct when){WHEN_DATE, day * SECONDS_A_DAY, NULL};
	} else if (!dates && end->kind == WHEN_DATE) {
		end->kind =
		    start->kind == WHEN_UTC ? WHEN_FLOATING : start->kind;
		end->zone = start->zone;
	}
	from = when_instant(start, context->zone, &cursor);
	until = when_instant(end, context->zone, &cursor);
	if (until >= from) {
		if (dates && end->local == start->local)
			event->length = LENGTH_NONE;
		event->exact = until - from;
		event->has_exact = !floats(start) && !floats(end);
		return;
	}
	event->length = LENGTH_NONE;
	/* Not before it on the clock, which skips DTSTART. */
	if (start->kind == end->kind && start->zone == end->zone &&
	    end->local >= start->local)
		return;
	error_set(&err, ERR_VALUE, event->pos,
	    "%s before DTSTART: taken as no length",
	    event->type == EVENT_TODO ? "DUE" : "DTEND");
	report(context, &err);
}

static bool
settle(struct event *event, const struct event_context *context,
    struct error *err)
{
	event->has_start = event->start.kind != WHEN_NONE;
	if (!event->has_start && event->type == EVENT_TODO &&
	    event->length == LENGTH_END) {
		event->start = event->end;
		event->length = LENGTH_NONE;
	}
	if (event->start.kind == WHEN_NONE &&
	    event->recurrence_id.kind != WHEN_NONE)
		event->start = event->recurrence_id;
	if (event->start.kind == WHEN_NONE) {
		if (event->type != EVENT_EVENT)
			return true;
		return error_set(err, ERR_VALUE, event->pos,
		    "VEVENT without a usable DTSTART: it has no place in "
		    "time");
	}
	if (event->length == LENGTH_END)
		settle_end(event, context);
	return true;
}

/* The properties of which `wanted` has the bit. */
static bool
read_properties(struct event *event, const struct record *record,
    const struct event_context *context, unsigned wanted, struct error *err)
{
	struct reading reading = {.event = event,
	    .record = record,
	    .context = context};
	struct line line;

	reading.rule_end = &event->rules;
	reading.exrule_end = &event->exrules;
	for (size_t i = 1; i < record->count; i++) {
		enum property property = event_property_of(record, i);

		if (property == P_NONE || !(wanted & 1u << property) ||
		    !record_line(record, i, &line, context->arena, NULL))
			continue;
		if (record->marks[i].flags & MARK_ELIDED) {
			error_set(err, ERR_LIMIT, line.pos,
			    "line of more than %zu bytes: not looked at",
			    LIMIT_LINE);
			report(context, err);
			continue;
		}
		if (!read_property(&reading, property, &line))
			return error_set(err, ERR_MEMORY, line.pos,
			    "no memory");
	}
	return settle(event, context, err);
}

bool
event_read(struct event *event, const struct record *record,
    const struct event_context *context, struct error *err)
{
	*event = (struct event){.type = event_type_of(record->name),
	    .pos = record->pos};
	component_of_record(&event->component, record);
	event->memo = event_memo_new(context->arena);
	if (event->type == EVENT_NONE)
		return error_set(err, ERR_SYNTAX, record->pos,
		    "no event, task or journal");
	return read_properties(event, record, context, ~0u, err);
}

bool
event_read_times(struct event *event, const struct record *record,
    const struct event_context *context, struct error *err)
{
	const unsigned wanted = 1u << P_DTSTART | 1u << P_DTEND | 1u << P_DUE |
	                        1u << P_DURATION | 1u << P_RECURRENCE_ID;

	*event = (struct event){.type = event_type_of(record->name),
	    .pos = record->pos};
	component_of_record(&event->component, record);
	return read_properties(event, record, context, wanted, err) &&
	       event->start.kind != WHEN_NONE;
}
