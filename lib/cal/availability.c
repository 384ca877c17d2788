#include "cal/availability.h"

#include <stdlib.h>

#include "cal/instant.h"

/* --- the component's own lines -------------------------------------------- */

struct own {
	int64_t from, until;
	struct when start;
	struct line duration; /* raw is NULL where absent */
	uint64_t priority;
	enum busy_type type;
};

/* BUSYTYPE, which cannot be FREE. */
static enum busy_type
busy_type_of_range(struct str value)
{
	enum busy_type type = busy_type_parse(value);

	return type == BUSY_FREE ? BUSY_UNAVAILABLE : type;
}

static bool
read_property(struct own *own, const struct line *line,
    const struct event_context *context)
{
	struct str value = str_trim(line->value);
	struct when when;

	if (str_ieq(line->name, STR("DTSTART")))
		return instant_read(line, value, context, &own->start,
		    &own->from);
	if (str_ieq(line->name, STR("DTEND")))
		return instant_read(line, value, context, &when, &own->until);
	if (str_ieq(line->name, STR("DURATION")))
		own->duration = *line;
	else if (str_ieq(line->name, STR("BUSYTYPE")))
		own->type = busy_type_of_range(value);
	else if (str_ieq(line->name, STR("PRIORITY")))
		str_number(value, 9, &own->priority);
	return true;
}

static bool
read_own(struct own *own, const struct component *component,
    const struct event_context *context)
{
	struct line line;
	size_t at = 0;
	bool whole = true;

	while (component_next_line(component, &at, &line, context->arena))
		whole &= read_property(own, &line, context);
	if (own->duration.raw.p && own->start.kind != WHEN_NONE)
		whole &= instant_read_after(&own->duration, own->duration.value,
		    context, &own->start, &own->until);
	return whole;
}

/* --- AVAILABLE ------------------------------------------------------------ */

/* An AVAILABLE is an event in all that tells when it is: it is read as the
 * record of one. */
static struct record *
as_event(const struct component *child, struct arena *arena)
{
	const struct record *whole = child->record;
	struct record *record = arena_alloc(arena, sizeof(*record));
	struct mark *marks = arena_array(arena, child->count, sizeof(*marks));
	size_t line = whole->marks[child->first].line;

	if (!record || !marks)
		return NULL;
	for (size_t i = 0; i < child->count; i++) {
		marks[i] = whole->marks[child->first + i];
		marks[i].line -= (uint32_t)line;
		marks[i].depth -= whole->marks[child->first].depth;
	}
	*record = (struct record){.name = STR("VEVENT"),
	    .text = whole->text,
	    .marks = marks,
	    .count = child->count,
	    .pos = whole->pos};
	record->pos.line += line;
	return record;
}

/* Reads all that can be; *count gets how many. NULL without memory. */
static const struct event **
read_children(const struct component *component,
    const struct event_context *context, size_t *count)
{
	struct arena *arena = context->arena;
	const struct event **events;
	struct component child;
	struct error err;
	size_t at = 0, room = 1;

	*count = 0;
	while (component_next_child(component, &at, &child))
		room++;
	events = arena_array(arena, room, sizeof(*events));
	for (at = 0; events && component_next_child(component, &at, &child);) {
		struct event *event;
		struct record *record;

		if (!component_is(&child, STR("AVAILABLE")))
			continue;
		event = arena_alloc(arena, sizeof(*event));
		record = as_event(&child, arena);
		if (!event || !record)
			return NULL;
		if (event_read(event, record, context, &err))
			events[(*count)++] = event;
		else
			instant_report(context, &err);
	}
	return events;
}

static bool
add_series(struct layer *layer, const struct event *master,
    const struct event *const *overrides, size_t count,
    const struct event_context *context, const struct series_options *options)
{
	struct error err = {0};
	struct occurrence occurrence;
	struct series *series =
	    series_new(master, overrides, count, options, &err);

	while (series && series_next(series, &occurrence, &err))
		busy_add_within(&layer->set, occurrence.from, occurrence.until,
		    BUSY_FREE, options->from, options->until);
	series_free(series);
	if (err.code != ERR_NONE) {
		err.pos = master ? master->pos : overrides[0]->pos;
		instant_report(context, &err);
	}
	return !layer->set.failed;
}

/* By UID; in the file's order where that is the same. */
static int
by_uid(const void *a, const void *b)
{
	const struct event *x = *(const struct event *const *)a;
	const struct event *y = *(const struct event *const *)b;
	int order = str_cmp(x->uid, y->uid);

	if (order)
		return order;
	return x->pos.line < y->pos.line ? -1 : x->pos.line > y->pos.line;
}

/* The series of one UID: its newest master, which has the overrides; other
 * masters stand alone. */
static bool
add_group(struct layer *layer, const struct event **events, size_t count,
    const struct event_context *context, const struct series_options *options)
{
	const struct event *master = NULL;
	size_t n = 0;

	for (size_t i = 0; i < count; i++)
		if (events[i]->recurrence_id.kind == WHEN_NONE &&
		    (!master || events[i]->sequence >= master->sequence))
			master = events[i];
	for (size_t i = 0; i < count; i++) {
		const struct event *event = events[i];

		if (event->recurrence_id.kind != WHEN_NONE)
			events[n++] = event;
		else if (event != master &&
			 !add_series(layer, event, NULL, 0, context, options))
			return false;
	}
	if (!master && n == 0)
		return true;
	return add_series(layer, master, events, n, context, options);
}

static bool
add_all(struct layer *layer, const struct event **events, size_t count,
    const struct event_context *context, const struct series_options *options)
{
	if (count)
		qsort(events, count, sizeof(*events), by_uid);
	for (size_t first = 0, next; first < count; first = next) {
		struct str uid = events[first]->uid;

		for (next = first + 1;
		     next < count && uid.n && str_eq(events[next]->uid, uid);)
			next++;
		if (!add_group(layer, events + first, next - first, context,
			options))
			return false;
	}
	return true;
}

bool
availability_read(struct layer *layer, const struct record *record,
    const struct event_context *context, const struct series_options *options)
{
	struct own own = {.from = INT64_MIN,
	    .until = INT64_MAX,
	    .type = BUSY_UNAVAILABLE};
	struct component component;
	const struct event **events;
	size_t count;

	component_of_record(&component, record);
	if (!read_own(&own, &component, context))
		return false;
	layer->from = own.from > options->from ? own.from : options->from;
	layer->until = own.until < options->until ? own.until : options->until;
	layer->type = own.type;
	layer->rank = own.priority ? 10 - (int64_t)own.priority : 0;
	if (layer->from >= layer->until)
		return true;
	events = read_children(&component, context, &count);
	return events && add_all(layer, events, count, context, options);
}
