/*
 * The reader with windows of some bytes over sources made of memory, and its
 * laws. With limits this small every text crosses windows everywhere, goes to
 * the spool, has lines that are elided and records that are too large.
 *
 * It brings the reader's own sources in; the library's copy is not linked.
 */
#ifndef KALENDS_TESTS_TINY_READER_H
#define KALENDS_TESTS_TINY_READER_H

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define LIMIT_LINE   ((size_t)96)
#define LIMIT_RECORD ((size_t)400)
#define WINDOW_FIRST ((size_t)32)
#define WINDOW_MOST  (LIMIT_LINE + 32)
#define ELIDED_KEPT  ((size_t)24)
#define SPOOL_WASTE  ((uint64_t)128)

#include "base/str.h"

/* What the reader reads from. */
static struct tiny_source {
	struct str bytes;
	size_t at;           /* of a pipe */
	unsigned step, seed; /* bytes a read gives: 1 .. step; 0: all */
} tiny_source;

static size_t
tiny_chunk(size_t n)
{
	size_t most;

	if (tiny_source.step == 0)
		return n;
	tiny_source.seed = tiny_source.seed * 1103515245u + 12345u;
	most = 1 + (tiny_source.seed >> 16) % tiny_source.step;
	return n < most ? n : most;
}

static ssize_t
tiny_pread(int fd, char *to, size_t n, off_t at)
{
	struct str rest = str_from(tiny_source.bytes, (size_t)at);

	(void)fd;
	rest = str_head(rest, tiny_chunk(n));
	if (rest.n)
		memcpy(to, rest.p, rest.n);
	return (ssize_t)rest.n;
}

static ssize_t
tiny_read(int fd, char *to, size_t n)
{
	ssize_t got = tiny_pread(fd, to, n, (off_t)tiny_source.at);

	tiny_source.at += (size_t)got;
	return got;
}

#define read  tiny_read
#define pread tiny_pread
#include "lib/text/classify.c"
#include "lib/text/reader.c"
#include "lib/text/replay.c"
#include "lib/text/window.c"
#undef read
#undef pread

#include "tests/unit/reader_trace.h"

struct tiny {
	struct reader reader;
	struct spool bytes; /* of all items in order */
	struct buf trace;   /* of all items */
	struct buf faults;
	struct error err;
	const char *law; /* the first that did not hold */
};

static bool
tiny_law(struct tiny *tiny, bool holds, const char *law)
{
	if (!holds && !tiny->law)
		tiny->law = law;
	return holds;
}

/* step: see tiny_source; a file where `pipe` is false. */
static void
tiny_open(struct tiny *tiny, struct str input, bool pipe, unsigned step)
{
	*tiny = (struct tiny){0};
	tiny_source = (struct tiny_source){input, 0, step, step * 7919u};
	spool_init(&tiny->bytes, input.n + 1);
	if (!reader_init(&tiny->reader, -1, "tiny", &tiny->err))
		abort();
	tiny->reader.seekable = !pipe;
	tiny->reader.spool.memory = 40;
	tiny->reader.report = trace_fault;
	tiny->reader.report_arg = &tiny->faults;
}

static void
tiny_close(struct tiny *tiny)
{
	reader_free(&tiny->reader);
	spool_free(&tiny->bytes);
	buf_free(&tiny->trace);
	buf_free(&tiny->faults);
}

/* As many line ends as a person counts: CR CR LF, CRLF, LF and CR are one. */
static size_t
tiny_lines(struct str s)
{
	size_t lines = 0;

	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '\r' && i + 2 < s.n && s.p[i + 1] == '\r' &&
		    s.p[i + 2] == '\n')
			i += 2;
		else if (s.p[i] == '\r' && i + 1 < s.n && s.p[i + 1] == '\n')
			i++;
		else if (s.p[i] != '\r' && s.p[i] != '\n')
			continue;
		lines++;
	}
	return lines;
}

static bool
tiny_ends_line(const struct reader *reader)
{
	size_t end = (size_t)(reader->record.offset + reader->record.size);
	char last = end ? tiny_source.bytes.p[end - 1] : '\n';

	return reader->item == ITEM_NONE ||
	       reader_ends_line(reader) == (last == '\n' || last == '\r');
}

/* What holds of each item by itself. */
static void
tiny_check_item(struct tiny *tiny, uint64_t end_before)
{
	const struct reader *reader = &tiny->reader;
	const struct record *record = &reader->record;
	struct str input = tiny_source.bytes;
	uint64_t wanted = reader->marked ? reader->mark_at : record->offset;
	uint64_t spooled = reader->spool_end - reader->spool_from;

	tiny_law(tiny, record->offset == end_before, "items join up");
	tiny_law(tiny,
	    reader->item == ITEM_NONE ||
		record->pos.line ==
		    1 + tiny_lines(str_head(input, (size_t)record->offset)),
	    "line numbers are right");
	tiny_law(tiny, record->partial || record->text.n == record->size,
	    "a whole record is all text");
	tiny_law(tiny, tiny_ends_line(reader), "line ends are told");
	tiny_law(tiny, record->text.n <= LIMIT_RECORD + 2 * WINDOW_MOST,
	    "text is bounded");
	tiny_law(tiny,
	    reader->spool_end <= reader->spool_from ||
		spool_size(&reader->spool) == spooled,
	    "the spool holds what it says");
	tiny_law(tiny,
	    spool_size(&reader->spool) <=
		2 * (tiny_source.at - wanted) + SPOOL_WASTE + 2 * WINDOW_MOST,
	    "the spool is bounded");
	for (size_t i = 0; i < record->count; i++)
		tiny_law(tiny,
		    record->marks[i].size <= record->text.n &&
			record->marks[i].at <=
			    record->text.n - record->marks[i].size,
		    "marks lie in the text");
}

/* One item into trace and bytes; false at the end. */
static bool
tiny_next(struct tiny *tiny)
{
	struct reader *reader = &tiny->reader;
	uint64_t end_before = reader->base + reader->at;

	if (!tiny_law(tiny, reader_next(reader, &tiny->err), "no error"))
		return false;
	tiny_check_item(tiny, end_before);
	trace_item(reader, &tiny->trace);
	if (reader->item == ITEM_NONE)
		return false;
	return tiny_law(tiny, reader_keep(reader, &tiny->bytes, &tiny->err),
	    "copies");
}

static bool
tiny_same(struct str a, struct str b, const char *what)
{
	size_t i = 0;

	if (str_eq(a, b))
		return true;
	while (i < a.n && i < b.n && a.p[i] == b.p[i])
		i++;
	while (i > 0 && a.p[i - 1] != '\n')
		i--;
	if (getenv("TINY_VERBOSE"))
		fprintf(stderr, "%s:\n-%.*s\n+%.*s\n", what,
		    STR_ARG(str_head(str_from(a, i), 600)),
		    STR_ARG(str_head(str_from(b, i), 600)));
	return false;
}

/* (a) the bytes; (b) the same items as `want`, which may be NULL. */
static void
tiny_check_end(struct tiny *tiny, const struct tiny *want)
{
	tiny_law(tiny,
	    tiny_same(tiny_source.bytes, buf_str(&tiny->bytes.head), "bytes"),
	    "the items are the input");
	if (!want)
		return;
	tiny_law(tiny,
	    tiny_same(buf_str(&want->trace), buf_str(&tiny->trace), "items"),
	    "the same items however it is read");
}

static const char *
tiny_plain(struct tiny *tiny, struct str input, bool pipe, unsigned step,
    const struct tiny *want)
{
	tiny_open(tiny, input, pipe, step);
	while (tiny_next(tiny))
		;
	tiny_check_end(tiny, want);
	if (want)
		tiny_law(tiny,
		    tiny_same(buf_str(&want->faults), buf_str(&tiny->faults),
			"faults"),
		    "the same faults however it is read");
	return tiny->law;
}

/* Reads from the current item to the END of its calendar, and again; trace and
 * bytes have it once. */
static bool
tiny_twice(struct tiny *tiny)
{
	struct reader *reader = &tiny->reader;
	struct buf first = {0};
	size_t trace_from = tiny->trace.n, bytes_from = tiny->bytes.head.n;
	bool more;

	reader_mark(reader);
	if (!reader_rewind(reader, &tiny->err))
		abort();
	do
		more = tiny_next(tiny);
	while (more && reader->item != ITEM_END);
	buf_add(&first, tiny->trace.p + trace_from, tiny->trace.n - trace_from);
	tiny->trace.n = trace_from;
	tiny->bytes.head.n = bytes_from;
	if (!tiny_law(tiny, reader_rewind(reader, &tiny->err), "rewinds"))
		abort();
	do
		more = tiny_next(tiny);
	while (more && reader->item != ITEM_END);
	tiny_law(tiny,
	    tiny_same(buf_str(&first),
		str_from(buf_str(&tiny->trace), trace_from), "again"),
	    "reader_rewind gives the same items");
	buf_free(&first);
	return more;
}

/* (c) Each calendar twice; its mark is released, or moves on to the next. */
static const char *
tiny_marked(struct tiny *tiny, struct str input, bool pipe, unsigned step,
    bool release, const struct tiny *want)
{
	struct reader *reader = &tiny->reader;
	bool more = true;

	tiny_open(tiny, input, pipe, step);
	while (more) {
		if (!tiny_law(tiny, reader_next(reader, &tiny->err),
			"no error"))
			break;
		if (reader->item == ITEM_BEGIN) {
			more = tiny_twice(tiny);
		} else {
			trace_item(reader, &tiny->trace);
			more = reader->item != ITEM_NONE;
			if (more)
				reader_keep(reader, &tiny->bytes, &tiny->err);
		}
		if (release && !reader_release(reader, &tiny->err))
			abort();
	}
	tiny_check_end(tiny, want);
	return tiny->law;
}

/* Every item is given back and read once more. */
static const char *
tiny_unread(struct tiny *tiny, struct str input, unsigned step,
    const struct tiny *want)
{
	struct reader *reader = &tiny->reader;

	tiny_open(tiny, input, true, step);
	do {
		if (!reader_next(reader, &tiny->err) ||
		    !reader_unread(reader, &tiny->err))
			abort();
	} while (tiny_next(tiny));
	tiny_check_end(tiny, want);
	return tiny->law;
}

/* The current item is the one that a plain reading found there. */
static void
tiny_check_known(struct tiny *tiny, const struct tiny *want)
{
	struct reader *reader = &tiny->reader;
	uint64_t offset = reader->record.offset, size = reader->record.size;
	struct str bytes =
	    str_head(str_from(tiny_source.bytes, (size_t)offset), (size_t)size);

	buf_reset(&tiny->trace);
	buf_add_char(&tiny->trace, '\n');
	trace_item(reader, &tiny->trace);
	if (offset == 0)
		tiny_law(tiny,
		    str_starts(buf_str(&want->trace),
			str_from(buf_str(&tiny->trace), 1)),
		    "the first item again");
	else
		tiny_law(tiny,
		    str_find(buf_str(&want->trace), buf_str(&tiny->trace)) !=
			SIZE_MAX,
		    "an item is the same whenever it is read");
	tiny_law(tiny, tiny_ends_line(reader), "line ends are told again");
	spool_reset(&tiny->bytes, NULL);
	tiny_law(tiny,
	    reader->item == ITEM_NONE ||
		(reader_keep(reader, &tiny->bytes, &tiny->err) &&
		    str_eq(bytes, buf_str(&tiny->bytes.head))),
	    "its bytes are the same whenever it is read");
}

/* Marks, goes back, gives back and releases in any order. */
static const char *
tiny_hops(struct tiny *tiny, struct str input, bool pipe, unsigned step,
    const struct tiny *want)
{
	struct reader *reader = &tiny->reader;
	unsigned seed = step, hops = 0;
	bool ok = true;

	tiny_open(tiny, input, pipe, step);
	while (ok && !tiny->law) {
		if (!tiny_law(tiny, reader_next(reader, &tiny->err),
			"no error"))
			break;
		tiny_check_known(tiny, want);
		if (reader->item == ITEM_NONE && hops > 20)
			break;
		seed = seed * 1103515245u + 12345u;
		switch (hops < 60 ? (seed >> 16) % 9 : 8) {
		case 0:
		case 1:
			reader_mark(reader);
			break;
		case 2:
			ok = reader_release(reader, &tiny->err);
			tiny_check_known(tiny, want);
			break;
		case 3:
			ok = reader_unread(reader, &tiny->err);
			break;
		case 4:
		case 5:
			if (reader->marked)
				ok = reader_rewind(reader, &tiny->err);
			break;
		default:
			break;
		}
		hops++;
	}
	tiny_law(tiny, ok, "no error in going back");
	return tiny->law;
}

/* All laws for an input; NULL, or the law that does not hold. `step` sizes
 * the pieces in which a pipe comes. */
static inline const char *
tiny_laws(struct str input, unsigned step)
{
	struct tiny want, tiny;
	const char *law = tiny_plain(&want, input, false, 0, NULL);

	for (int how = 0; !law && how < 9; how++) {
		bool pipe = how & 1;

		if (how < 2)
			law = tiny_plain(&tiny, input, pipe, step, &want);
		else if (how < 6)
			law = tiny_marked(&tiny, input, pipe, step, how & 2,
			    &want);
		else if (how == 6)
			law = tiny_unread(&tiny, input, step, &want);
		else
			law = tiny_hops(&tiny, input, pipe, step, &want);
		tiny_close(&tiny);
	}
	tiny_close(&want);
	return law;
}

#endif
