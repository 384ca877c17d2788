#include "text/reader_impl.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

static struct pos
here(const struct reader *reader)
{
	return (struct pos){reader->name, 0, 0};
}

/* The first byte that somebody may still ask for; UINT64_MAX for none. */
static uint64_t
wanted_from(const struct reader *reader)
{
	if (reader->marked)
		return reader->mark_at;
	return reader->partial ? reader->item_offset : UINT64_MAX;
}

/* Before the first n bytes leave the window: a pipe cannot be read again. */
static bool
spool_leaving(struct reader *reader, size_t n, struct error *err)
{
	uint64_t from = wanted_from(reader);
	uint64_t until = reader->base + n;
	struct str bytes;

	if (reader->seekable || from >= until || reader->spool_end >= until)
		return true;
	if (reader->spool_end <= reader->spool_from) {
		reader->spool_from = from > reader->base ? from : reader->base;
		reader->spool_end = reader->spool_from;
	}
	bytes.p = reader->window + (reader->spool_end - reader->base);
	bytes.n = (size_t)(until - reader->spool_end);
	reader->spool_end = until;
	return spool_add(&reader->spool, bytes, err);
}

static bool
drop(struct reader *reader, size_t n, struct error *err)
{
	if (n == 0)
		return true;
	if (!spool_leaving(reader, n, err))
		return false;
	memmove(reader->window, reader->window + n, reader->filled - n);
	reader->filled -= n;
	reader->base += n;
	reader->at -= n;
	/* Of a partial item these may lie before the window: unused then. */
	reader->start = reader->start > n ? reader->start - n : 0;
	reader->logical = reader->logical > n ? reader->logical - n : 0;
	return true;
}

/* How many bytes at the front of the window are no longer needed there. */
static size_t
droppable(const struct reader *reader)
{
	size_t keep = reader->start;
	uint64_t mark = reader->mark_at;

	if (reader->partial)
		keep = reader->elided ? reader->at : reader->logical;
	/* A short calendar that will be read twice stays, and costs nothing. */
	if (reader->marked && mark >= reader->base &&
	    mark - reader->base < keep &&
	    reader->filled - (mark - reader->base) <= reader->room / 4 * 3)
		keep = (size_t)(mark - reader->base);
	return keep;
}

static bool
grow(struct reader *reader, struct error *err)
{
	size_t room = reader->room * 2;
	char *window;

	if (room > WINDOW_MOST)
		room = WINDOW_MOST;
	window = realloc(reader->window, room);
	if (!window)
		return error_set(err, ERR_MEMORY, here(reader), "no memory");
	reader->window = window;
	reader->room = room;
	return true;
}

static bool
out_of_memory(struct reader *reader, struct error *err)
{
	return error_set(err, ERR_MEMORY, here(reader), "no memory");
}

/* The window is full of one item: its lines move to `text`, and a line that
 * alone fills the window is elided. */
static bool
make_partial(struct reader *reader, struct error *err)
{
	struct str whole = {reader->window + reader->start,
	    reader->logical - reader->start};

	if (!reader->partial) {
		buf_reset(&reader->text);
		if (!buf_add_str(&reader->text, whole))
			return out_of_memory(reader, err);
		reader->partial = true;
		reader->places_from = reader->mark_count;
	}
	if (droppable(reader) > 0)
		return true;
	if (!reader->elided) {
		reader_note_quoted(reader);
		if (!reader->over_limit &&
		    !buf_add(&reader->text, reader->window + reader->logical,
			ELIDED_KEPT))
			return out_of_memory(reader, err);
		reader->elided = true;
	}
	/* What a line ends in is told by its last bytes: "=", CR, CR. */
	if (reader->at + 3 < reader->filled)
		reader->at = reader->filled - 3;
	return true;
}

static bool
read_some(struct reader *reader, struct error *err)
{
	char *to = reader->window + reader->filled;
	size_t room = reader->room - reader->filled, got = 0;
	ssize_t n;

	if (room > reader->source_size - reader->fd_at)
		room = (size_t)(reader->source_size - reader->fd_at);

	if (!reader->seekable && reader->fd_at < reader->spool_end) {
		if (!spool_read(&reader->spool,
			reader->fd_at - reader->spool_from, to, room, &got,
			err))
			return false;
	} else if (!reader->filling_last) {
		do
			n = reader->seekable
			        ? pread(reader->fd, to, room,
				      reader->fd_base + (off_t)reader->fd_at)
			        : read(reader->fd, to, room);
		while (n < 0 && errno == EINTR);
		if (n < 0)
			return error_errno(err, here(reader), "cannot read");
		reader->filling_last = n == 0;
		got = (size_t)n;
	}
	reader->ended = got == 0;
	reader->filled += got;
	reader->fd_at += got;
	return true;
}

/* Brings more bytes into the window, or finds that there are none. */
static bool
fill(struct reader *reader, struct error *err)
{
	size_t from;

	if (!drop(reader, droppable(reader), err))
		return false;
	if (reader->filled == reader->room) {
		if (reader->room < WINDOW_MOST) {
			if (!grow(reader, err))
				return false;
		} else if (!make_partial(reader, err) ||
			   !drop(reader, droppable(reader), err)) {
			return false;
		}
	}
	/* No line ends before the last two bytes; see may_go_on(). */
	from =
	    reader->filled < reader->at + 2 ? reader->at : reader->filled - 2;
	newline_start(&reader->newline, from);
	return read_some(reader, err);
}

/* "\r\r\n", a frequent fault of transfers, ends one line and not two. */
static bool
is_doubled_cr(const struct reader *reader, size_t end)
{
	const char *p = reader->window + end;

	return p[0] == '\r' && reader->filled - end > 2 && p[1] == '\r' &&
	       p[2] == '\n';
}

/* Whether more bytes can tell more of the line that ends here: whether it goes
 * on is told by the byte after it. */
static bool
may_go_on(const struct reader *reader, size_t end)
{
	struct str rest;

	if (end == SIZE_MAX)
		return true;
	rest = (struct str){reader->window + end, reader->filled - end};
	return !reader->ended && (rest.n == 1 || str_eq(rest, STR("\r\r")));
}

enum step
reader_physical_line(struct reader *reader, struct error *err)
{
	size_t end;

	for (;;) {
		end = newline_next(&reader->newline, reader->window,
		    reader->filled, reader->ended);
		if (end == SIZE_MAX && reader->ended) {
			if (reader->at == reader->filled)
				return STEP_END;
			end = reader->filled - 1;
			reader->unended = true;
			break;
		}
		if (may_go_on(reader, end)) {
			if (!fill(reader, err))
				return STEP_ERROR;
			continue;
		}
		if (!is_doubled_cr(reader, end))
			break;
	}
	reader->at = end + 1;
	reader->line++;
	return STEP_LINE;
}

/* Moves the few bytes still wanted to the front of an emptied spool. */
static bool
compact(struct reader *reader, uint64_t from, struct error *err)
{
	size_t n = (size_t)(reader->spool_end - from), got = 0;
	char *rest = malloc(n ? n : 1);
	bool ok = rest != NULL;

	if (!ok)
		return out_of_memory(reader, err);
	for (size_t have = 0; ok && have < n; have += got)
		ok =
		    spool_read(&reader->spool, from - reader->spool_from + have,
			rest + have, n - have, &got, err);
	ok = ok && spool_reset(&reader->spool, err) &&
	     spool_add(&reader->spool, (struct str){rest, n}, err);
	reader->spool_from = from;
	free(rest);
	return ok;
}

bool
reader_trim_spool(struct reader *reader, struct error *err)
{
	uint64_t from = reader->marked ? reader->mark_at : reader->item_offset;

	if (reader->spool_end == reader->spool_from ||
	    from <= reader->spool_from)
		return true;
	if (from >= reader->spool_end) {
		reader->spool_from = reader->spool_end = 0;
		return spool_reset(&reader->spool, err);
	}
	/* What is kept is moved through memory: a window of it at most. */
	if (from - reader->spool_from > SPOOL_WASTE &&
	    reader->spool_end - from <= WINDOW_MOST)
		return compact(reader, from, err);
	return true;
}

bool
reader_go(struct reader *reader, uint64_t offset, struct error *err)
{
	if (offset >= reader->base && offset <= reader->base + reader->filled) {
		reader->at = (size_t)(offset - reader->base);
	} else {
		if (!spool_leaving(reader, reader->filled, err))
			return false;
		reader->base = reader->fd_at = offset;
		reader->at = reader->filled = 0;
		reader->ended = false;
		if (reader->seekable)
			reader->filling_last = false;
	}
	reader->start = reader->logical = reader->at;
	reader->item_offset = offset;
	newline_start(&reader->newline, reader->at);
	return true;
}
