#include "cli/agenda_item.h"

#include <stddef.h>
#include <stdio.h>
#include <string.h>

/* "09:00 New York", where the event keeps another clock than the agenda. */
static struct str
zone_note(const struct occurrence *occurrence, const struct zone *zone,
    struct arena *arena)
{
	const struct when *start = &occurrence->start;
	struct zone_cursor cursor = {0};
	struct civil civil;
	struct str name;
	char text[64];
	size_t at;

	if (start->kind != WHEN_ZONED ||
	    start->local == zone_local(&cursor, zone, occurrence->from))
		return (struct str){NULL, 0};
	name = zone_id(start->zone);
	while ((at = str_find_byte(name, '/')) != SIZE_MAX)
		name = str_from(name, at + 1);
	/* Names of Windows are long, and say winter in summer too. */
	at = str_find(name, STR(" Standard Time"));
	if (at != SIZE_MAX && at > 0)
		name = str_head(name, at);
	civil = civil_of_local(start->local);
	snprintf(text, sizeof(text), "%02d:%02d %.*s", civil.hour, civil.minute,
	    STR_ARG(str_head(name, 40)));
	for (char *c = text; *c; c++)
		if (*c == '_')
			*c = ' ';
	return arena_copy(arena, str_of(text));
}

static int
number(const struct event *event, struct str property, struct arena *arena)
{
	uint64_t value;

	if (!str_number(str_trim(event_text(event, property, arena)), 1000,
		&value))
		return -1;
	return (int)value;
}

/* The next UID that a RELATED-TO names as a parent or child: without a RELTYPE
 * it means the parent (RFC 5545, 3.2.15). */
static bool
next_related(const struct event *event, struct str reltype, size_t *at,
    struct str *uid, struct arena *arena)
{
	struct line line;
	struct str type;

	while (component_next_line(&event->component, at, &line, arena)) {
		if (!str_ieq(line.name, STR("RELATED-TO")))
			continue;
		if (!line_param(&line, STR("RELTYPE"), arena, &type))
			type = STR("PARENT");
		if (!str_ieq(type, reltype))
			continue;
		*uid = str_trim(line_text(&line, arena));
		return true;
	}
	return false;
}

static struct str
parent(const struct event *event, struct arena *arena)
{
	struct str uid = {NULL, 0};
	size_t at = 0;

	next_related(event, STR("PARENT"), &at, &uid, arena);
	return uid;
}

/* A newline after each. */
static struct str
children(const struct event *event, struct arena *arena)
{
	struct str uid, list = {NULL, 0};
	size_t at = 0, n = 0;
	char *p;

	while (next_related(event, STR("CHILD"), &at, &uid, arena))
		n += uid.n + 1;
	p = n ? arena_alloc(arena, n) : NULL;
	if (!p)
		return list;
	list.p = p;
	for (at = 0; next_related(event, STR("CHILD"), &at, &uid, arena) &&
		     list.n + uid.n < n;
	     list.n += uid.n + 1) {
		memcpy(p + list.n, uid.p, uid.n);
		p[list.n + uid.n] = '\n';
	}
	return list;
}

void
agenda_item_make(struct agenda_item *item, const struct occurrence *occurrence,
    const struct zone *zone, struct zone_cursor *cursor, struct arena *arena)
{
	const struct event *event = occurrence->event;
	static const struct str types[] = {STR_C(""), STR_C("event"),
	    STR_C("todo"), STR_C("journal")};

	*item = (struct agenda_item){
	    .allday = occurrence->start.kind == WHEN_DATE,
	    .summary = event_text(event, STR("SUMMARY"), arena),
	    .location = event_text(event, STR("LOCATION"), arena),
	    .status = event_text(event, STR("STATUS"), arena),
	    .transp = event_text(event, STR("TRANSP"), arena),
	    .class = event_text(event, STR("CLASS"), arena),
	    .color = event_text(event, STR("COLOR"), arena),
	    .type = types[event->type],
	    .zone_note = zone_note(occurrence, zone, arena),
	    .priority = -1,
	    .percent = -1,
	    .from = occurrence->from,
	    .until = occurrence->until,
	    .uid = event->uid,
	    .recurs = occurrence->recurrence_id.kind != WHEN_NONE,
	    .undated = occurrence->start.kind == WHEN_NONE,
	};
	if (item->allday) {
		item->start = occurrence->start.local;
		item->end = occurrence->end.local;
	} else {
		item->start = zone_local(cursor, zone, occurrence->from);
		item->end = zone_local(cursor, zone, occurrence->until);
	}
	if (event->type != EVENT_TODO)
		return;
	item->priority = number(event, STR("PRIORITY"), arena);
	item->percent = number(event, STR("PERCENT-COMPLETE"), arena);
	item->parent = parent(event, arena);
	item->children = children(event, arena);
	/* A DUE that is alone, or DTSTART over again, gives no length. */
	item->due =
	    !item->undated && (event->length != LENGTH_NONE ||
				  event_text(event, STR("DUE"), arena).n > 0);
	item->deadline = event->length != LENGTH_NONE ? item->end : item->start;
	item->deadline_at =
	    event->length != LENGTH_NONE ? occurrence->until : occurrence->from;
	item->completed = str_ieq(item->status, STR("COMPLETED")) ||
	                  event_text(event, STR("COMPLETED"), arena).n > 0;
}

/* From here on an item has texts only. */
#define NUMBERS offsetof(struct agenda_item, summary)
#define TEXTS   ((sizeof(struct agenda_item) - NUMBERS) / sizeof(struct str))

bool
agenda_item_pack(const struct agenda_item *item, struct buf *out)
{
	const struct str *texts = (const void *)((const char *)item + NUMBERS);
	uint32_t sizes[TEXTS];

	for (size_t i = 0; i < TEXTS; i++)
		sizes[i] = (uint32_t)texts[i].n;
	buf_add(out, item, NUMBERS);
	buf_add(out, sizes, sizeof(sizes));
	for (size_t i = 0; i < TEXTS; i++)
		buf_add_str(out, texts[i]);
	return buf_ok(out);
}

void
agenda_item_unpack(struct agenda_item *item, struct str packed)
{
	struct str *texts = (void *)((char *)item + NUMBERS);
	uint32_t sizes[TEXTS];

	memcpy(item, packed.p, NUMBERS);
	memcpy(sizes, packed.p + NUMBERS, sizeof(sizes));
	packed = str_from(packed, NUMBERS + sizeof(sizes));
	for (size_t i = 0; i < TEXTS; i++) {
		texts[i] = (struct str){packed.p, sizes[i]};
		packed = str_from(packed, sizes[i]);
	}
}
