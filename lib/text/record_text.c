#include "text/record_text.h"

#include "base/limits.h"

static size_t
physical_end(struct str text, size_t at)
{
	while (at < text.n && text.p[at] != '\n' && text.p[at] != '\r')
		at++;
	while (at < text.n && (text.p[at] == '\n' || text.p[at] == '\r'))
		at++;
	return at;
}

/* Folds included; how many physical lines, in *lines. */
static size_t
logical_end(struct str text, size_t at, uint32_t *lines)
{
	*lines = 0;
	do {
		at = physical_end(text, at);
		++*lines;
	} while (at < text.n && (text.p[at] == ' ' || text.p[at] == '\t'));
	return at;
}

static uint16_t
flags_of(struct str raw, uint32_t lines)
{
	uint16_t flags = lines > 1 ? MARK_FOLDED : 0;

	if (line_is(raw, STR("BEGIN"), false))
		flags |= MARK_BEGIN;
	else if (line_is(raw, STR("END"), false))
		flags |= MARK_END;
	return flags;
}

static size_t
count_lines(struct str text)
{
	size_t count = 0;
	uint32_t lines;

	for (size_t at = 0; at < text.n; at = logical_end(text, at, &lines))
		count++;
	return count;
}

bool
record_of_text(struct record *record, struct str text, struct pos pos,
    struct arena *arena)
{
	struct mark *marks =
	    arena_array(arena, count_lines(text) + 1, sizeof(*marks));
	uint32_t line = 0, lines;
	size_t count = 0, depth = 0, end;
	struct line begin;

	if (!marks)
		return false;
	for (size_t at = 0; at < text.n; at = end) {
		struct mark *mark = &marks[count++];
		struct str raw;

		end = logical_end(text, at, &lines);
		raw = (struct str){text.p + at, end - at};
		*mark = (struct mark){(uint32_t)at, (uint32_t)raw.n, line,
		    (uint16_t)depth, flags_of(raw, lines)};
		line += lines;
		if (mark->flags & MARK_END && depth)
			mark->depth = (uint16_t)--depth;
		else if (mark->flags & MARK_BEGIN && depth < LIMIT_NESTING)
			depth++;
	}
	*record = (struct record){.text = text,
	    .marks = marks,
	    .count = count,
	    .pos = pos,
	    .size = text.n};
	if (count == 0 || !(marks[0].flags & MARK_BEGIN) ||
	    !record_line(record, 0, &begin, arena, NULL))
		return false;
	record->name = str_trim(begin.value);
	return true;
}
