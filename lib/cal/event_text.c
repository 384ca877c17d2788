/* Looking for properties of an event, again and again. */
#include "cal/event.h"

#define MEMO_ENTRIES 12
#define MEMO_NAME    15

struct event_memo {
	size_t count;
	size_t marks[MEMO_ENTRIES];
	uint8_t sizes[MEMO_ENTRIES];
	char names[MEMO_ENTRIES][MEMO_NAME];
};

struct event_memo *
event_memo_new(struct arena *arena)
{
	return arena_alloc(arena, sizeof(struct event_memo));
}

/* The mark of a property, 0 where there is none; remembered. */
static size_t
find_property(const struct event *event, struct str property)
{
	struct event_memo *memo = event->memo;
	size_t i = 0;

	if (!memo || property.n > MEMO_NAME)
		return component_find(&event->component, property);
	for (; i < memo->count; i++)
		if (str_eq((struct str){memo->names[i], memo->sizes[i]},
			property))
			return memo->marks[i];
	if (i == MEMO_ENTRIES)
		return component_find(&event->component, property);
	memo->count++;
	memcpy(memo->names[i], property.p, property.n);
	memo->sizes[i] = (uint8_t)property.n;
	memo->marks[i] = component_find(&event->component, property);
	return memo->marks[i];
}

bool
event_line(const struct event *event, struct str property, struct line *line,
    struct arena *arena)
{
	size_t mark = find_property(event, property);

	if (mark == 0)
		return false;
	return record_line(event->component.record, mark, line, arena, NULL) ||
	       component_line(&event->component, property, line, arena);
}

struct str
event_text(const struct event *event, struct str property, struct arena *arena)
{
	struct line line;

	if (!event_line(event, property, &line, arena))
		return (struct str){NULL, 0};
	return line_text(&line, arena);
}
