#include "cal/head.h"

#include <stdlib.h>

#define LINES_MOST 10000

void
head_free(struct head *head)
{
	free(head->lines);
	*head = (struct head){0};
}

void
head_reset(struct head *head)
{
	head->count = 0;
	head->calendars = 0;
}

static enum head_property
property_of(const struct draft_line *line)
{
	static const struct str names[] = {STR_C("VERSION"), STR_C("PRODID"),
	    STR_C("NAME"), STR_C("X-WR-CALNAME"), STR_C("COLOR"),
	    STR_C("X-APPLE-CALENDAR-COLOR")};

	for (int i = 0; i < HEAD_OTHER; i++)
		if (str_ieq(line->line.name, names[i]))
			return (enum head_property)i;
	return HEAD_OTHER;
}

static uint64_t
key_of(const struct draft_line *line)
{
	uint64_t key = 0;
	char upper[64];
	struct str name = str_head(line->line.name, sizeof(upper));

	for (size_t i = 0; i < name.n; i++)
		upper[i] = ascii_upper(name.p[i]);
	key = str_hash((struct str){upper, name.n});
	key = key * 31 + str_hash(line->line.params);
	key = key * 31 + str_hash(line->line.value);
	/* Of a long line the beginning was looked at. */
	return key * 31 + (line->kind == DRAFT_LONG ? line->piece.size : 0);
}

/* The same line of the calendars before. */
static bool
mark_here(struct head *head, uint64_t key)
{
	for (size_t i = 0; i < head->count; i++)
		if (head->lines[i].key == key && !head->lines[i].here) {
			head->lines[i].here = true;
			return true;
		}
	return false;
}

bool
head_add(struct head *head, const struct draft_line *line,
    const struct fragment *piece, struct error *err)
{
	struct head_line made = {.property = property_of(line),
	    .key = key_of(line),
	    .piece = *piece,
	    .here = true};

	if (mark_here(head, made.key) || head->calendars)
		return true;
	if (head->count == LINES_MOST)
		return error_set(err, ERR_LIMIT, line->line.pos,
		    "more than %d lines of a calendar itself", LINES_MOST);
	if (head->count == head->room) {
		size_t room = head->room ? head->room * 2 : 16;
		struct head_line *lines =
		    realloc(head->lines, room * sizeof(*lines));

		if (!lines)
			return error_set(err, ERR_MEMORY, line->line.pos,
			    "no memory");
		head->lines = lines;
		head->room = room;
	}
	head->lines[head->count++] = made;
	return true;
}

void
head_close(struct head *head)
{
	size_t kept = 0;

	for (size_t i = 0; i < head->count; i++) {
		struct head_line *line = &head->lines[i];

		if (!line->here)
			continue;
		line->here = false;
		head->lines[kept++] = *line;
	}
	head->count = kept;
	head->calendars++;
}

const struct head_line *
head_find(const struct head *head, enum head_property property)
{
	for (size_t i = 0; i < head->count; i++)
		if (head->lines[i].property == property)
			return &head->lines[i];
	return NULL;
}
