/* Reading again: copies of items, marks, rewinding. */
#include "text/reader_impl.h"

#include <errno.h>
#include <unistd.h>

/* One piece of the range, from wherever the source still has it. */
static bool
read_at(struct reader *reader, uint64_t offset, char *to, size_t n, size_t *got,
    struct error *err)
{
	ssize_t done;

	*got = 0;
	if (!reader->seekable)
		return spool_read(&reader->spool, offset - reader->spool_from,
		    to, n, got, err);
	do
		done =
		    pread(reader->fd, to, n, reader->fd_base + (off_t)offset);
	while (done < 0 && errno == EINTR);
	if (done < 0)
		return error_errno(err, (struct pos){reader->name, 0, 0},
		    "cannot read");
	*got = (size_t)done;
	return true;
}

/* Where copied bytes go. */
struct sink {
	struct out *out;
	struct spool *spool;
};

static bool
sink_add(const struct sink *sink, struct str bytes, struct error *err)
{
	if (sink->spool)
		return spool_add(sink->spool, bytes, err);
	out_add(sink->out, bytes);
	return true;
}

static bool
copy_range(struct reader *reader, uint64_t offset, uint64_t size,
    const struct sink *sink, struct error *err)
{
	char chunk[16384];

	while (size) {
		size_t n = size < sizeof(chunk) ? (size_t)size : sizeof(chunk);
		uint64_t end = reader->base + reader->filled;
		struct str piece = {chunk, 0};

		if (offset >= reader->base && offset < end) {
			piece.p = reader->window + (offset - reader->base);
			piece.n = (size_t)(end - offset);
			piece = str_head(piece,
			    size > SIZE_MAX ? SIZE_MAX : (size_t)size);
		} else {
			if (!reader->seekable && offset < reader->base &&
			    n > reader->base - offset)
				n = (size_t)(reader->base - offset);
			if (!read_at(reader, offset, chunk, n, &piece.n, err))
				return false;
			if (piece.n == 0)
				return error_set(err, ERR_IO,
				    (struct pos){reader->name, 0, 0},
				    "the file has become shorter while it "
				    "was read");
		}
		if (!sink_add(sink, piece, err))
			return false;
		offset += piece.n;
		size -= piece.n;
	}
	return true;
}

static bool
copy_item(struct reader *reader, const struct sink *sink, struct error *err)
{
	const struct record *record = &reader->record;

	if (!record->partial)
		return sink_add(sink, record->text, err);
	return copy_range(reader, record->offset, record->size, sink, err);
}

bool
reader_copy(struct reader *reader, struct out *out, struct error *err)
{
	struct sink sink = {.out = out};

	return copy_item(reader, &sink, err);
}

bool
reader_keep(struct reader *reader, struct spool *spool, struct error *err)
{
	struct sink sink = {.spool = spool};

	return copy_item(reader, &sink, err);
}

bool
reader_copy_range(struct reader *reader, uint64_t offset, uint64_t size,
    struct out *out, struct error *err)
{
	struct sink sink = {.out = out};

	return copy_range(reader, offset, size, &sink, err);
}

bool
reader_ends_line(const struct reader *reader)
{
	return !reader->unended || reader->at < reader->filled;
}

bool
reader_keep_part(struct reader *reader, uint64_t from, uint64_t size,
    struct spool *spool, struct error *err)
{
	struct sink sink = {.spool = spool};
	const struct record *record = &reader->record;

	if (!record->partial)
		return spool_add(spool,
		    str_head(str_from(record->text, (size_t)from),
			(size_t)size),
		    err);
	return copy_range(reader, record->offset + from, size, &sink, err);
}

int
reader_file(const struct reader *reader, uint64_t *base)
{
	*base = (uint64_t)reader->fd_base;
	return reader->seekable ? reader->fd : -1;
}

void
reader_mark(struct reader *reader)
{
	reader->marked = true;
	reader->mark_at = reader->item_offset;
	reader->mark_state.line = reader->item_line;
	reader->mark_state.calendar = reader->calendar;
	reader->mark_state.in_calendar = reader->in_calendar;
	if (reader->item == ITEM_BEGIN) {
		reader->mark_state.calendar--;
		reader->mark_state.in_calendar = false;
	}
}

static bool
go(struct reader *reader, uint64_t offset, size_t line, struct error *err)
{
	if (!reader_go(reader, offset, err))
		return false;
	reader->line = reader->item_line = line;
	reader->depth = 0;
	reader->item = ITEM_NONE;
	return true;
}

bool
reader_rewind(struct reader *reader, struct error *err)
{
	if (!go(reader, reader->mark_at, reader->mark_state.line, err))
		return false;
	reader->calendar = reader->mark_state.calendar;
	reader->in_calendar = reader->mark_state.in_calendar;
	return true;
}

bool
reader_unread(struct reader *reader, struct error *err)
{
	if (reader->item == ITEM_BEGIN) {
		reader->calendar--;
		reader->in_calendar = false;
	}
	return go(reader, reader->item_offset, reader->item_line, err);
}

bool
reader_release(struct reader *reader, struct error *err)
{
	reader->marked = false;
	return reader_trim_spool(reader, err);
}
