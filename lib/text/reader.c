#include "text/reader_impl.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

bool
reader_init(struct reader *reader, int fd, const char *name, struct error *err)
{
	*reader = (struct reader){.room = WINDOW_FIRST};
	spool_init(&reader->spool, 0);
	reader->window = malloc(reader->room);
	if (!reader->window)
		return error_set(err, ERR_MEMORY, pos_none(), "no memory");
	reader_open(reader, fd, name);
	return true;
}

void
reader_open(struct reader *reader, int fd, const char *name)
{
	off_t base = lseek(fd, 0, SEEK_CUR);
	struct stat st;

	reader->fd = fd, reader->name = name;
	reader->seekable =
	    base >= 0 && fstat(fd, &st) == 0 && S_ISREG(st.st_mode);
	reader->fd_base = reader->seekable ? base : 0;
	reader->source_size = UINT64_MAX;
	reader->fd_at = reader->base = reader->item_offset = 0;
	reader->ended = reader->filling_last = reader->unended = false;
	reader->filled = reader->at = reader->start = reader->logical = 0;
	reader->item = ITEM_NONE;
	reader->marked = reader->partial = reader->in_calendar = false;
	reader->line = reader->depth = reader->too_deep = 0;
	reader->spool_from = reader->spool_end = 0;
	spool_reset(&reader->spool, NULL);
	newline_start(&reader->newline, 0);
}

void
reader_prime(struct reader *reader, struct str bytes)
{
	memcpy(reader->window, bytes.p, bytes.n);
	reader->filled = bytes.n;
	reader->fd_at = bytes.n;
}

void
reader_open_part(struct reader *reader, int fd, uint64_t at, uint64_t size,
    const char *name)
{
	reader_open(reader, fd, name);
	reader->seekable = true;
	reader->fd_base = (off_t)at;
	reader->source_size = size;
}

void
reader_free(struct reader *reader)
{
	spool_free(&reader->spool);
	buf_free(&reader->text);
	free(reader->window);
	free(reader->marks);
	free(reader->places);
	*reader = (struct reader){.fd = -1};
}

static void __attribute__((format(printf, 4, 5)))
complain(struct reader *reader, enum error_code code, size_t line,
    const char *format, ...)
{
	struct error err;
	struct pos pos = {reader->name, line + 1, 1};
	char text[200];
	va_list args;

	if (!reader->report)
		return;
	va_start(args, format);
	if (vsnprintf(text, sizeof(text), format, args) < 0)
		text[0] = '\0';
	va_end(args);
	error_set(&err, code, pos, "%s", text);
	reader->report(reader->report_arg, &err);
}

/* --- marks -------------------------------------------------------------- */

static bool
add_place(struct reader *reader)
{
	if (reader->place_count == reader->place_room) {
		size_t room = reader->place_room ? reader->place_room * 2 : 256;
		uint64_t *places =
		    realloc(reader->places, room * sizeof(*places));

		if (!places)
			return false;
		reader->places = places;
		reader->place_room = room;
	}
	reader->places[reader->place_count++] =
	    reader->logical_offset - reader->item_offset;
	return true;
}

static bool
add_mark(struct reader *reader, uint16_t flags, size_t depth)
{
	struct mark *mark;
	struct str line = reader_logical(reader);

	if (reader->over_limit)
		return true;
	if (reader->partial && !add_place(reader))
		return false;
	if (reader->mark_count == reader->mark_room) {
		size_t room = reader->mark_room ? reader->mark_room * 2 : 256;
		struct mark *marks =
		    realloc(reader->marks, room * sizeof(*marks));

		if (!marks)
			return false;
		reader->marks = marks;
		reader->mark_room = room;
	}
	mark = &reader->marks[reader->mark_count++];
	mark->line = (uint32_t)(reader->logical_line - reader->item_line);
	mark->depth = (uint16_t)depth;
	mark->flags = flags | (reader->folded ? MARK_FOLDED : 0) |
	              (reader->too_deep ? MARK_DEEP : 0);
	if (reader->elided) {
		mark->flags |= MARK_ELIDED;
		mark->size = ELIDED_KEPT;
		mark->at = (uint32_t)(reader->text.n - ELIDED_KEPT);
		return true;
	}
	mark->size = (uint32_t)line.n;
	if (line.n > LIMIT_LINE)
		mark->flags |= MARK_ELIDED;
	if (!reader->partial) {
		mark->at = (uint32_t)(reader->logical - reader->start);
		return true;
	}
	mark->at = (uint32_t)reader->text.n;
	return buf_add_str(&reader->text, line);
}

static bool
mark_line(struct reader *reader, uint16_t flags, size_t depth,
    struct error *err)
{
	/* Lines count too: millions of them, of a byte each, are more than
	 * their bytes. */
	if (reader->partial && !reader->over_limit &&
	    (reader->text.n > LIMIT_RECORD ||
		reader->mark_count > LIMIT_RECORD / 8)) {
		reader->over_limit = true;
		complain(reader, ERR_LIMIT, reader->logical_line,
		    "component of more than %zu MiB: what follows in it is "
		    "passed on and not looked at",
		    LIMIT_RECORD >> 20);
	}
	if (add_mark(reader, flags, depth))
		return true;
	return error_set(err, ERR_MEMORY,
	    (struct pos){reader->name, reader->logical_line + 1, 1},
	    "no memory");
}

/* --- items -------------------------------------------------------------- */

static bool
open_is(const struct open_name *open, struct str name)
{
	return str_ieq((struct str){open->name, open->n}, name);
}

static bool
finish(struct reader *reader, enum item item)
{
	struct record *record = &reader->record;

	reader->item = item;
	record->text = reader->partial
	                   ? buf_str(&reader->text)
	                   : (struct str){reader->window + reader->start,
				 reader->at - reader->start};
	record->marks = reader->marks;
	record->count = reader->mark_count;
	record->pos = (struct pos){reader->name, reader->item_line + 1, 1};
	record->offset = reader->item_offset;
	record->size = reader->base + reader->at - reader->item_offset;
	record->partial = reader->partial;
	record->places = reader->places;
	record->places_from = reader->places_from;
	return true;
}

/* Gives the current line back: it belongs to what comes next. */
static void
push_back(struct reader *reader)
{
	reader->at = reader->logical;
	reader->line = reader->logical_line;
	newline_start(&reader->newline, reader->at);
}

static bool
cut_here(struct reader *reader, const char *why)
{
	struct str name = reader->record.name;

	complain(reader, ERR_CUT, reader->item_line,
	    "%.*s without END (%s); passed on as it is", STR_ARG(name), why);
	push_back(reader);
	reader->record.cut = true;
	return finish(reader, ITEM_RECORD);
}

/* Components that never stand in one another: a second BEGIN of such a one
 * means that an END is missing. (VPOLL may hold events.) */
static bool
is_sibling(const struct open_name *open)
{
	static const struct str names[] = {STR_C("VEVENT"), STR_C("VTODO"),
	    STR_C("VJOURNAL"), STR_C("VFREEBUSY"), STR_C("VTIMEZONE"),
	    STR_C("VAVAILABILITY")};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (open_is(open, names[i]))
			return true;
	return false;
}

/* A VCARD in a VCARD is the value of an AGENT (vCard 2.1), or the next one. */
static bool
is_next_card(const struct reader *reader, const struct open_name *name)
{
	const struct mark *last = &reader->marks[reader->mark_count - 1];
	const char *text =
	    reader->partial ? reader->text.p : reader->window + reader->start;
	struct str line = {text + last->at, last->size};

	return open_is(name, STR("VCARD")) &&
	       open_is(&reader->open[0], STR("VCARD")) &&
	       !line_is(line, STR("AGENT"), true);
}

/* What to do after a line has been looked at. */
enum verdict { GO_ON, ITEM_DONE, FAILED };

static enum verdict
begin_inside(struct reader *reader, const struct open_name *name,
    struct error *err)
{
	size_t depth = reader->depth;

	if (open_is(name, STR("VCALENDAR"))) {
		cut_here(reader, "a VCALENDAR begins");
		return ITEM_DONE;
	}
	if ((is_sibling(name) && is_sibling(&reader->open[0])) ||
	    is_next_card(reader, name)) {
		cut_here(reader, "another component begins");
		return ITEM_DONE;
	}
	if (depth == LIMIT_NESTING) {
		if (reader->too_deep++ == 0)
			complain(reader, ERR_LIMIT, reader->logical_line,
			    "components nested deeper than %d: passed on and "
			    "not looked at",
			    LIMIT_NESTING);
		return mark_line(reader, 0, depth, err) ? GO_ON : FAILED;
	}
	if (!mark_line(reader, MARK_BEGIN, depth, err))
		return FAILED;
	reader->open[reader->depth++] = *name;
	return GO_ON;
}

static enum verdict
end_inside(struct reader *reader, const struct open_name *name,
    struct error *err)
{
	struct str text = {name->name, name->n};
	size_t depth = reader->depth;

	/* It is never open in here, however deep. */
	if (open_is(name, STR("VCALENDAR"))) {
		cut_here(reader, "the VCALENDAR ends");
		return ITEM_DONE;
	}
	if (reader->too_deep) {
		if (!mark_line(reader, 0, depth, err))
			return FAILED;
		reader->too_deep--;
		return GO_ON;
	}
	while (depth > 0 && !open_is(&reader->open[depth - 1], text))
		depth--;
	if (depth == 0) {
		complain(reader, ERR_SYNTAX, reader->logical_line,
		    "END:%.*s without BEGIN; passed on as it is",
		    STR_ARG(text));
		return mark_line(reader, 0, reader->depth, err) ? GO_ON
		                                                : FAILED;
	}
	if (depth < reader->depth)
		complain(reader, ERR_SYNTAX, reader->logical_line,
		    "END:%.*s, but %.*s is still open", STR_ARG(text),
		    (int)reader->open[reader->depth - 1].n,
		    reader->open[reader->depth - 1].name);
	reader->depth = depth - 1;
	if (!mark_line(reader, MARK_END, reader->depth, err))
		return FAILED;
	if (reader->depth > 0)
		return GO_ON;
	finish(reader, ITEM_RECORD);
	return ITEM_DONE;
}

static enum verdict
single_line(struct reader *reader, enum item item, struct error *err)
{
	if (!mark_line(reader, 0, 0, err))
		return FAILED;
	finish(reader, item);
	return ITEM_DONE;
}

static enum verdict
begin_outside(struct reader *reader, const struct open_name *name,
    struct error *err)
{
	if (open_is(name, STR("VCALENDAR"))) {
		if (reader->in_calendar)
			complain(reader, ERR_CUT, reader->item_line,
			    "VCALENDAR begins inside a VCALENDAR: an END is "
			    "missing before");
		reader->in_calendar = true;
		reader->calendar++;
		return single_line(reader, ITEM_BEGIN, err);
	}
	if (!mark_line(reader, MARK_BEGIN, 0, err))
		return FAILED;
	reader->open[0] = *name;
	reader->depth = 1;
	reader->record.name = (struct str){reader->open[0].name, name->n};
	return GO_ON;
}

static void
check_line(struct reader *reader)
{
	struct str line = reader_logical(reader);

	if (reader->elided || reader->over_limit ||
	    str_find_byte(line, ':') != SIZE_MAX)
		return;
	line = str_head(str_trim(line), 40);
	complain(reader, ERR_SYNTAX, reader->logical_line,
	    "not a content line (no colon): \"%.*s\"; passed on as it is",
	    STR_ARG(line));
}

/* A logical line is complete: [logical, at). */
static enum verdict
take_line(struct reader *reader, struct error *err)
{
	struct open_name name;
	enum line_kind kind = reader_classify(reader, &name);
	bool inside = reader->depth > 0;
	enum item item = reader->in_calendar ? ITEM_LINE : ITEM_TEXT;

	switch (kind) {
	case LINE_BEGIN:
		return inside ? begin_inside(reader, &name, err)
		              : begin_outside(reader, &name, err);
	case LINE_END:
		if (inside)
			return end_inside(reader, &name, err);
		if (!open_is(&name, STR("VCALENDAR")) || !reader->in_calendar)
			complain(reader, ERR_SYNTAX, reader->logical_line,
			    "END:%.*s without BEGIN; passed on as it is",
			    (int)name.n, name.name);
		else
			item = ITEM_END;
		return single_line(reader, item, err);
	case LINE_BLANK:
		if (inside)
			return GO_ON;
		break;
	case LINE_OTHER:
		if (inside || reader->in_calendar)
			check_line(reader);
		break;
	}
	if (!inside)
		return single_line(reader, item, err);
	return mark_line(reader, 0, reader->depth, err) ? GO_ON : FAILED;
}

static bool
goes_on(struct reader *reader)
{
	char next;

	if (reader->at == reader->filled)
		return false;
	next = reader->window[reader->at];
	if (next == ' ' || next == '\t')
		return true;
	return reader_soft_break(reader);
}

static bool
at_end(struct reader *reader)
{
	if (reader->depth > 0) {
		reader->logical = reader->at;
		reader->logical_line = reader->line;
		return cut_here(reader, "the input ends");
	}
	if (reader->in_calendar)
		complain(reader, ERR_CUT, reader->line,
		    "the input ends inside a VCALENDAR (no END:VCALENDAR)");
	reader->in_calendar = false;
	return finish(reader, ITEM_NONE);
}

/* A large record does not keep its memory. */
static void
shrink(struct reader *reader)
{
	if (reader->partial)
		buf_free(&reader->text);
	if (reader->place_room) {
		free(reader->places);
		reader->places = NULL;
		reader->place_room = 0;
	}
	if (reader->mark_room > MARKS_KEPT) {
		free(reader->marks);
		reader->marks = NULL;
		reader->mark_room = 0;
	}
}

static void
start_item(struct reader *reader)
{
	shrink(reader);
	if (reader->item == ITEM_END)
		reader->in_calendar = false;
	reader->start = reader->at;
	reader->item_line = reader->line;
	reader->item_offset = reader->base + reader->at;
	reader->partial = reader->over_limit = false;
	reader->mark_count = reader->place_count = 0;
	reader->depth = reader->too_deep = 0;
	reader->record.cut = false;
	reader->record.name = (struct str){NULL, 0};
}

bool
reader_next(struct reader *reader, struct error *err)
{
	enum verdict verdict = GO_ON;

	start_item(reader);
	if (!reader_trim_spool(reader, err))
		return false;
	while (verdict == GO_ON) {
		if (reader->depth > 0)
			reader_plain_lines(reader);
		reader->logical = reader->at;
		reader->logical_line = reader->line;
		reader->logical_offset = reader->base + reader->at;
		reader->folded = reader->elided = false;
		reader->quoted = QUOTED_UNKNOWN;
		for (;;) {
			enum step step = reader_physical_line(reader, err);

			if (step == STEP_ERROR)
				return false;
			if (step == STEP_END)
				return at_end(reader);
			if (!goes_on(reader))
				break;
			reader->folded = true;
		}
		verdict = take_line(reader, err);
	}
	return verdict == ITEM_DONE;
}
