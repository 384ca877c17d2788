/* The short way for the lines that nearly all of an input is made of. */
#include "text/reader_impl.h"

/* A blank line, BEGIN, END, or a BOM before one. */
static bool
may_be_special(char c)
{
	switch (c) {
	case 'B':
	case 'b':
	case 'E':
	case 'e':
	case '\r':
	case '\n':
	case '\xef':
		return true;
	default:
		return false;
	}
}

/* Where lines are looked for; the reader's own state in a few registers. */
struct plain_place {
	const char *p;
	size_t at, filled;
	struct newline newline;
	bool last; /* nothing follows these bytes */
};

/* The end of the logical line at `at`: of its last byte, an LF that no fold
 * follows. SIZE_MAX where a CR alone ends a line, where quoted-printable may go
 * on, or where the window does not tell. */
static inline size_t
find_end(struct plain_place *place, size_t *lines)
{
	const char *p = place->p;

	for (*lines = 1;; ++*lines) {
		size_t end, last;

		end = newline_next(&place->newline, p, place->filled,
		    place->last);
		if (end == SIZE_MAX || end + 1 >= place->filled ||
		    p[end] != '\n')
			return SIZE_MAX;
		last = end - (end > place->at && p[end - 1] == '\r');
		if (last > place->at && p[last - 1] == '=')
			return SIZE_MAX;
		if (p[end + 1] != ' ' && p[end + 1] != '\t')
			return end;
	}
}

void
reader_plain_lines(struct reader *reader)
{
	struct plain_place place = {reader->window, reader->at, reader->filled,
	    reader->newline, reader->ended};
	size_t line = reader->line - reader->item_line, lines, end, size;

	if (reader->partial || reader->too_deep)
		return;
	while (place.at < place.filled && !may_be_special(place.p[place.at]) &&
	       reader->mark_count < reader->mark_room) {
		end = find_end(&place, &lines);
		size = end + 1 - place.at;
		if (end == SIZE_MAX || size > LIMIT_LINE ||
		    !memchr(place.p + place.at, ':', size))
			break;
		reader->marks[reader->mark_count++] = (struct mark){
		    .at = (uint32_t)(place.at - reader->start),
		    .size = (uint32_t)size,
		    .line = (uint32_t)line,
		    .depth = (uint16_t)reader->depth,
		    .flags = lines > 1 ? MARK_FOLDED : 0,
		};
		place.at = end + 1;
		line += lines;
		reader->at = place.at;
		reader->newline = place.newline;
	}
	reader->line = reader->item_line + line;
}
