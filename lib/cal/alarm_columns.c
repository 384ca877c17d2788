#include "cal/alarm_columns.h"

enum own {
	ALARM,
	ALARM_EPOCH,
	LATE,
	ACTION,
	TRIGGER,
	RELATED,
	REPEAT,
	WHEN,
	MESSAGE,
	SUBJECT,
	RECIPIENTS,
	ALARM_UID,
	OWN,
};

static const struct str own_names[] = {STR_C("alarm"), STR_C("alarm-epoch"),
    STR_C("late"), STR_C("action"), STR_C("trigger"), STR_C("related"),
    STR_C("repeat"), STR_C("when"), STR_C("message"), STR_C("subject"),
    STR_C("recipients"), STR_C("alarm-uid")};

const char alarm_columns_all[] =
    "alarm,alarm-epoch,late,action,trigger,related,repeat,when,message,subject,"
    "recipients,alarm-uid,start,end,epoch,allday,duration,uid,recurrence-id,"
    "summary,location,status,transp,class,categories,organizer,attendees,"
    "calendar,color,url,description,type,due,completed,percent,priority,"
    "sequence";

static enum own
own_of(struct str word)
{
	int own = 0;

	while (own < OWN && !str_ieq(own_names[own], word))
		own++;
	return (enum own)own;
}

bool
alarm_columns_parse(struct alarm_columns *columns, struct str list,
    struct error *err)
{
	struct columns *rest = &columns->rest;
	struct columns one;
	struct str word;

	columns->count = rest->count = 0;
	while (str_cut(&list, ',', &word)) {
		enum own own = own_of(str_trim(word));
		size_t i = columns->count++;

		if (i == COLUMNS_MOST)
			return error_set(err, ERR_USAGE, pos_none(),
			    "more than %d columns", COLUMNS_MOST);
		columns->own[i] = (uint8_t)own;
		if (own != OWN) {
			columns->names[i] = own_names[own];
			continue;
		}
		if (!columns_parse(&one, word, err))
			return false;
		columns->names[i] = one.names[0];
		rest->names[rest->count] = one.names[0];
		rest->which[rest->count++] = one.which[0];
	}
	return true;
}

/* --- fields --------------------------------------------------------------- */

static struct field
text_field(struct str text)
{
	return (struct field){.kind = text.n ? FIELD_TEXT : FIELD_ABSENT,
	    .text = text};
}

static struct field
number_field(int64_t number)
{
	return (struct field){.kind = FIELD_NUMBER, .number = number};
}

/* Of a property of the VALARM; empty where it has none, or is a default. */
static struct str
alarm_text(const struct alarm *alarm, struct str property, struct arena *arena)
{
	struct line line;

	if (!alarm->component.record ||
	    !component_line(&alarm->component, property, &line, arena))
		return STR("");
	return line_text(&line, arena);
}

static struct field
moment(const struct alarm_due *due, struct columns_context *context,
    struct arena *arena)
{
	struct buf buf = {0};
	struct field field;

	instant_write(due->at, context->zone, &context->cursor, &buf);
	field = text_field(arena_copy(arena, buf_str(&buf)));
	buf_free(&buf);
	return field;
}

/* --- the time of an occurrence, for people -------------------------------- */

/* Days as dates, moments as "2026-11-23 09:00". */
static void
write_local(int64_t local, bool with_day, bool with_time, struct buf *out)
{
	int32_t second = local_second(local);

	if (with_day)
		date_write(local_day(local), out);
	if (with_day && with_time)
		buf_add_char(out, ' ');
	if (with_time)
		buf_printf(out, "%02d:%02d", second / 3600, second / 60 % 60);
}

static void
write_span(int64_t from, int64_t until, bool allday, struct buf *out)
{
	bool same_day = local_day(from) == local_day(until);

	write_local(from, true, !allday, out);
	if (until <= from)
		return;
	buf_add_str(out, same_day && !allday ? STR("-") : STR(" - "));
	write_local(until, !same_day, !allday, out);
}

/* A task that is due has that moment only. */
static struct field
when_field(const struct occurrence *occurrence, struct columns_context *context,
    struct arena *arena)
{
	const struct event *event = occurrence->event;
	const struct when *start = &occurrence->start;
	bool allday = start->kind == WHEN_DATE;
	struct zone_cursor *cursor = &context->cursor;
	struct buf buf = {0};
	struct field field;
	int64_t from, until;

	if (start->kind == WHEN_NONE)
		return (struct field){.kind = FIELD_ABSENT};
	from = allday ? start->local
	              : zone_local(cursor, context->zone, occurrence->from);
	until = allday ? occurrence->end.local - SECONDS_A_DAY
	               : zone_local(cursor, context->zone, occurrence->until);
	if (event->type == EVENT_TODO &&
	    (event->length != LENGTH_NONE || !event->has_start)) {
		if (allday && event->length != LENGTH_NONE)
			until = occurrence->end.local;
		from = until;
		buf_add_str(&buf, STR("due "));
	}
	write_span(from, until, allday, &buf);
	field = text_field(arena_copy(arena, buf_str(&buf)));
	buf_free(&buf);
	return field;
}

/* --- fields of the alarm -------------------------------------------------- */

static struct str
related(const struct alarm_due *due)
{
	const struct alarm *alarm = due->alarm;

	if (due->snoozed || alarm->snoozes)
		return STR("snooze");
	if (!alarm->component.record)
		return STR("default");
	if (alarm->related == ALARM_ABSOLUTE)
		return STR("absolute");
	if (alarm->related == ALARM_START)
		return STR("start");
	return due->occurrence->event->type == EVENT_TODO ? STR("due")
	                                                  : STR("end");
}

/* What to say: an alarm without a text of its own has its event's title. */
static struct str
message(const struct alarm_due *due, struct arena *arena)
{
	struct str text = alarm_text(due->alarm, STR("DESCRIPTION"), arena);

	if (str_trim(text).n)
		return text;
	return event_text(due->occurrence->event, STR("SUMMARY"), arena);
}

static struct field
recipients(const struct alarm_due *due, struct arena *arena)
{
	const struct component *component = &due->alarm->component;
	struct field field = {.kind = FIELD_ABSENT};
	struct str *items;
	struct line line;
	size_t at = 0;

	if (!component->record)
		return field;
	items = arena_array(arena, component->count, sizeof(*items));
	while (items && component_next_line(component, &at, &line, arena)) {
		struct str address = str_trim(line.value);

		if (!str_ieq(line.name, STR("ATTENDEE")))
			continue;
		if (str_istarts(address, STR("mailto:")))
			address = str_from(address, 7);
		items[field.count++] = address;
	}
	field.items = items;
	field.kind = field.count ? FIELD_LIST : FIELD_ABSENT;
	return field;
}

static struct field
own_field(enum own own, const struct alarm_due *due,
    struct alarm_columns_context *context)
{
	struct columns_context *rest = &context->rest;
	const struct alarm *alarm = due->alarm;
	struct arena *arena = context->arena;

	switch (own) {
	case ALARM:
		return moment(due, rest, arena);
	case ALARM_EPOCH:
		return number_field(due->at);
	case LATE:
		return number_field(
		    context->now > due->at ? context->now - due->at : 0);
	case ACTION:
		return text_field(alarm->action);
	case TRIGGER:
		return text_field(alarm->trigger);
	case RELATED:
		return text_field(related(due));
	case REPEAT:
		return number_field((int64_t)due->repeat);
	case WHEN:
		return when_field(due->occurrence, rest, arena);
	case MESSAGE:
		return text_field(message(due, arena));
	case SUBJECT:
		return text_field(alarm_text(alarm, STR("SUMMARY"), arena));
	case RECIPIENTS:
		return recipients(due, arena);
	default:
		return text_field(alarm->uid);
	}
}

bool
alarm_columns_fill(const struct alarm_columns *columns,
    const struct alarm_due *due, struct alarm_columns_context *context,
    struct field *fields)
{
	const struct field *rest = NULL;
	size_t at = 0;

	if (columns->rest.count)
		rest = columns_fill(&columns->rest, due->occurrence,
		    &context->rest);
	if (columns->rest.count && !rest)
		return false;
	for (size_t i = 0; i < columns->count; i++)
		fields[i] =
		    columns->own[i] == OWN
			? rest[at++]
			: own_field((enum own)columns->own[i], due, context);
	return true;
}
