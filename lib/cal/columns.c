#include "cal/columns.h"

enum source {
	FROM_TIME, /* computed from the occurrence */
	FROM_EVENT,
	FROM_CALENDAR,
	FROM_TEXT,
	FROM_RAW, /* as it stands: UID, URL are no TEXT */
	FROM_LIST,
	FROM_NUMBER,
	FROM_MOMENT,
	FROM_ADDRESS,
	FROM_ADDRESSES,
};

struct column {
	struct str name;
	enum source source;
	struct str property;
};

static const struct column known[] = {
    {STR_C("start"), FROM_TIME, STR_C("")},
    {STR_C("end"), FROM_TIME, STR_C("")},
    {STR_C("epoch"), FROM_TIME, STR_C("")},
    {STR_C("allday"), FROM_TIME, STR_C("")},
    {STR_C("duration"), FROM_TIME, STR_C("")},
    {STR_C("uid"), FROM_RAW, STR_C("UID")},
    {STR_C("recurrence-id"), FROM_TIME, STR_C("")},
    {STR_C("summary"), FROM_TEXT, STR_C("SUMMARY")},
    {STR_C("location"), FROM_TEXT, STR_C("LOCATION")},
    {STR_C("status"), FROM_TEXT, STR_C("STATUS")},
    {STR_C("transp"), FROM_TEXT, STR_C("TRANSP")},
    {STR_C("class"), FROM_TEXT, STR_C("CLASS")},
    {STR_C("categories"), FROM_LIST, STR_C("CATEGORIES")},
    {STR_C("organizer"), FROM_ADDRESS, STR_C("ORGANIZER")},
    {STR_C("attendees"), FROM_ADDRESSES, STR_C("ATTENDEE")},
    {STR_C("calendar"), FROM_CALENDAR, STR_C("")},
    {STR_C("color"), FROM_CALENDAR, STR_C("COLOR")},
    {STR_C("url"), FROM_RAW, STR_C("URL")},
    {STR_C("description"), FROM_TEXT, STR_C("DESCRIPTION")},
    {STR_C("type"), FROM_EVENT, STR_C("")},
    {STR_C("due"), FROM_MOMENT, STR_C("DUE")},
    {STR_C("completed"), FROM_MOMENT, STR_C("COMPLETED")},
    {STR_C("percent"), FROM_NUMBER, STR_C("PERCENT-COMPLETE")},
    {STR_C("priority"), FROM_NUMBER, STR_C("PRIORITY")},
    {STR_C("sequence"), FROM_NUMBER, STR_C("SEQUENCE")},
};

enum {
	START,
	END,
	EPOCH,
	ALLDAY,
	DURATION,
	RECURRENCE_ID = 6,
	CALENDAR = 15,
	DUE = 20,
	KNOWN = sizeof(known) / sizeof(known[0]),
};

/* The known name that shares the longest beginning with an unknown one; empty
 * where it is hardly any. */
static struct str
nearest(struct str word)
{
	struct str best = {NULL, 0};
	size_t best_n = 1;

	for (size_t i = 0; i < KNOWN; i++) {
		struct str name = known[i].name;
		size_t n = 0;

		while (n < word.n && n < name.n && word.p[n] == name.p[n])
			n++;
		if (n > best_n) {
			best = name;
			best_n = n;
		}
	}
	return best;
}

static bool
unknown(struct str word, struct error *err)
{
	struct str near = nearest(word);

	if (near.n == 0)
		return error_set(err, ERR_USAGE, pos_none(),
		    "no column \"%.*s\": the help lists them", STR_ARG(word));
	return error_set(err, ERR_USAGE, pos_none(),
	    "no column \"%.*s\"; did you mean %.*s?", STR_ARG(word),
	    STR_ARG(near));
}

bool
columns_parse(struct columns *columns, struct str list, struct error *err)
{
	struct str word;

	columns->count = 0;
	while (str_cut(&list, ',', &word)) {
		size_t i = 0;

		word = str_trim(word);
		while (i < KNOWN && !str_ieq(known[i].name, word))
			i++;
		if (i == KNOWN)
			return unknown(word, err);
		if (columns->count == COLUMNS_MOST)
			return error_set(err, ERR_USAGE, pos_none(),
			    "more than %d columns", COLUMNS_MOST);
		columns->names[columns->count] = known[i].name;
		columns->which[columns->count++] = (uint8_t)i;
	}
	return true;
}

/* --- times ---------------------------------------------------------------- */

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

static struct field
moment(const struct columns_context *context, struct zone_cursor *cursor,
    const struct when *when, int64_t instant, char *to)
{
	size_t n;

	if (when->kind == WHEN_NONE)
		return (struct field){.kind = FIELD_ABSENT};
	n = when->kind == WHEN_DATE
	        ? date_put(local_day(when->local), to)
	        : instant_put(instant, context->zone, cursor, to);
	return text_field((struct str){to, n});
}

static struct field
length(struct columns_context *context, const struct occurrence *occurrence)
{
	struct duration duration = {0};

	if (occurrence->start.kind == WHEN_DATE)
		duration.days =
		    (occurrence->end.local - occurrence->start.local) /
		    SECONDS_A_DAY;
	else
		duration.seconds = occurrence->until - occurrence->from;
	buf_reset(&context->length);
	duration_write(&duration, &context->length);
	return text_field(buf_str(&context->length));
}

static struct field
from_time(struct columns_context *context, const struct occurrence *occurrence,
    unsigned which, char *to)
{
	const struct when *id = &occurrence->recurrence_id;
	struct zone_cursor *cursor = &context->cursor;

	if (occurrence->start.kind == WHEN_NONE)
		return (struct field){.kind = FIELD_ABSENT};
	switch (which) {
	case START:
		return moment(context, cursor, &occurrence->start,
		    occurrence->from, to);
	case DUE:
		/* Without DTSTART the day or moment it is due is the start. */
		if (!occurrence->event->has_start)
			return moment(context, cursor, &occurrence->start,
			    occurrence->from, to);
		/* fallthrough */
	case END:
		return moment(context, cursor, &occurrence->end,
		    occurrence->until, to);
	case EPOCH:
		return number_field(occurrence->from);
	case ALLDAY:
		return (struct field){.kind = FIELD_BOOL,
		    .number = occurrence->start.kind == WHEN_DATE};
	case DURATION:
		return length(context, occurrence);
	default:
		return moment(context, cursor, id,
		    id->kind == WHEN_NONE
			? 0
			: when_instant(id, context->zone, NULL),
		    to);
	}
}

/* The DUE of a task with one is the end of each occurrence. */
static bool
is_from_time(const struct occurrence *occurrence, unsigned which)
{
	const struct event *event = occurrence->event;

	return known[which].source == FROM_TIME ||
	       (which == DUE && event->type == EVENT_TODO &&
		   occurrence->start.kind != WHEN_NONE &&
		   (event->length != LENGTH_NONE || !event->has_start));
}

/* --- properties ----------------------------------------------------------- */

/* Without "mailto:", which says nothing in a column of addresses. */
static struct str
address(struct str value)
{
	value = str_trim(value);
	return str_istarts(value, STR("mailto:")) ? str_from(value, 7) : value;
}

static struct field
moment_property(struct columns_context *context, const struct event *event,
    const struct column *column)
{
	struct zone_cursor cursor = {0};
	struct when when = {0};
	struct line line;
	char *to;

	if (!event_line(event, column->property, &line, &context->held) ||
	    !when_parse(&when, str_trim(line.value), line.pos, NULL))
		return (struct field){.kind = FIELD_ABSENT};
	to = arena_alloc(&context->held, MOMENT_ROOM);
	if (!to)
		return (struct field){.kind = FIELD_ABSENT};
	return moment(context, &cursor, &when,
	    when_instant(&when, context->zone, NULL), to);
}

static struct field
list_property(struct columns_context *context, const struct event *event,
    const struct column *column)
{
	struct field field = {.kind = FIELD_ABSENT};
	struct arena *arena = &context->held;
	struct str *items = NULL;
	size_t at = 0, room = 0;
	struct line line;

	while (component_next_line(&event->component, &at, &line, arena)) {
		struct str rest = line.value, item;
		bool whole = column->source == FROM_ADDRESSES;

		if (!str_ieq(line.name, column->property))
			continue;
		while (whole || text_list_next(&rest, ',', &item)) {
			if (field.count == room) {
				size_t more = room ? room * 2 : 8;
				struct str *grown =
				    arena_array(arena, more, sizeof(*grown));

				if (!grown)
					return field;
				if (room)
					memcpy(grown, items,
					    room * sizeof(*grown));
				items = grown;
				room = more;
			}
			items[field.count++] =
			    whole ? address(line.value)
				  : text_unescape(str_trim(item), arena);
			if (whole)
				break;
		}
	}
	field.items = items;
	field.kind = field.count ? FIELD_LIST : FIELD_ABSENT;
	return field;
}

static struct field
text_property(struct columns_context *context, const struct event *event,
    const struct column *column)
{
	struct line line;
	uint64_t number;

	if (!event_line(event, column->property, &line, &context->held))
		return (struct field){.kind = FIELD_ABSENT};
	switch (column->source) {
	case FROM_RAW:
		return text_field(str_trim(line.value));
	case FROM_ADDRESS:
		return text_field(address(line.value));
	case FROM_NUMBER:
		if (!str_number(str_trim(line.value), INT64_MAX, &number))
			return (struct field){.kind = FIELD_ABSENT};
		return number_field((int64_t)number);
	default:
		return text_field(line_text(&line, &context->held));
	}
}

static struct field
property(struct columns_context *context, const struct event *event,
    unsigned which)
{
	static const struct str types[] = {STR_C(""), STR_C("event"),
	    STR_C("todo"), STR_C("journal")};
	const struct column *column = &known[which];
	struct field field;

	switch (column->source) {
	case FROM_EVENT:
		return text_field(types[event->type]);
	case FROM_CALENDAR:
		if (which == CALENDAR)
			return text_field(context->calendar);
		field = text_property(context, event, column);
		return field.kind == FIELD_ABSENT ? text_field(context->color)
		                                  : field;
	case FROM_MOMENT:
		return moment_property(context, event, column);
	case FROM_LIST:
	case FROM_ADDRESSES:
		return list_property(context, event, column);
	default:
		return text_property(context, event, column);
	}
}

void
columns_context_free(struct columns_context *context)
{
	arena_free(&context->held);
	buf_free(&context->length);
}

const struct field *
columns_fill(const struct columns *columns, const struct occurrence *occurrence,
    struct columns_context *context)
{
	const struct event *event = occurrence->event;
	bool held = event->number && event->number == context->event;

	if (!held)
		arena_reset(&context->held);
	context->event = event->number;
	for (size_t i = 0; i < columns->count; i++) {
		unsigned which = columns->which[i];

		if (is_from_time(occurrence, which))
			context->fields[i] = from_time(context, occurrence,
			    which, context->times[i]);
		else if (!held)
			context->fields[i] = property(context, event, which);
	}
	return buf_ok(&context->length) ? context->fields : NULL;
}
