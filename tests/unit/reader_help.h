/* Readers over real descriptors, and readings to compare. Included by tests,
 * never linked. */
#ifndef KALENDS_TESTS_READER_HELP_H
#define KALENDS_TESTS_READER_HELP_H

#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/unit/reader_trace.h"

/* An unlinked file that holds the text, at its start. */
static inline int
help_file(struct str text)
{
	int fd = spool_file(NULL);
	struct str rest = text;

	while (fd >= 0 && rest.n) {
		ssize_t n =
		    pwrite(fd, rest.p, rest.n, (off_t)(text.n - rest.n));

		if (n <= 0)
			abort();
		rest = str_from(rest, (size_t)n);
	}
	return fd;
}

static inline void
help_write_pieces(int fd, struct str text, size_t step)
{
	unsigned seed = (unsigned)step;

	while (text.n) {
		size_t n;
		ssize_t done;

		seed = seed * 1103515245u + 12345u;
		n = 1 + (seed >> 8) % step;
		done = write(fd, text.p, n < text.n ? n : text.n);
		if (done < 0)
			break;
		text = str_from(text, (size_t)done);
	}
}

/* The reading end of a pipe; a child writes pieces of 1 .. step bytes. */
static inline int
help_pipe(struct str text, size_t step, pid_t *child)
{
	int ends[2];

	if (pipe(ends) < 0 || (*child = fork()) < 0)
		abort();
	if (*child == 0) {
		close(ends[0]);
		help_write_pieces(ends[1], text, step);
		_exit(0);
	}
	close(ends[1]);
	return ends[0];
}

static inline void
help_reap(pid_t child)
{
	while (waitpid(child, NULL, 0) < 0)
		;
}

/* One pass over an input. */
struct reading {
	struct reader reader;
	struct buf trace; /* of all items; only where `traces` */
	bool traces;
	bool plain;      /* passes are not compared: nothing is kept of them */
	struct out *out; /* their bytes, or NULL */
	uint64_t kept;   /* the most that the spool held */
	const char *fault; /* a law that did not hold */
	struct error err;
};

/* Reads on to the END, or the end; false at the end. */
static inline bool
reading_pass(struct reading *reading, struct buf *trace, struct out *out)
{
	struct reader *reader = &reading->reader;

	do {
		if (!reader_next(reader, &reading->err)) {
			reading->fault = reading->err.message;
			return false;
		}
		if (trace)
			trace_item(reader, trace);
		if (reader->item == ITEM_NONE)
			return false;
		if (out && !reader_copy(reader, out, &reading->err)) {
			reading->fault = reading->err.message;
			return false;
		}
		if (spool_size(&reader->spool) > reading->kept)
			reading->kept = spool_size(&reader->spool);
	} while (reader->item != ITEM_END);
	return true;
}

/* From the calendar's BEGIN, which is the current item, to its END: looked at
 * first, then written. */
static inline bool
reading_twice(struct reading *reading)
{
	struct reader *reader = &reading->reader;
	struct buf first = {0}, second = {0};
	bool more;

	reader_mark(reader);
	if (!reader_rewind(reader, &reading->err))
		reading->fault = "cannot rewind";
	reading_pass(reading, reading->plain ? NULL : &first, NULL);
	if (!reader_rewind(reader, &reading->err))
		reading->fault = "cannot rewind";
	more = reading_pass(reading, reading->plain ? NULL : &second,
	    reading->out);
	if (!str_eq(buf_str(&first), buf_str(&second)))
		reading->fault = "the second pass differs";
	if (reading->traces)
		buf_add_str(&reading->trace, buf_str(&second));
	buf_free(&first);
	buf_free(&second);
	if (!reader_release(reader, &reading->err))
		reading->fault = "cannot release";
	return more && !reading->fault;
}

/* Reads all of fd, each calendar twice if so. */
static inline void
reading_run(struct reading *reading, int fd, bool twice)
{
	struct reader *reader = &reading->reader;

	if (!reader_init(reader, fd, "input", &reading->err))
		abort();
	while (!reading->fault) {
		if (!reader_next(reader, &reading->err)) {
			reading->fault = reading->err.message;
			break;
		}
		if (twice && reader->item == ITEM_BEGIN) {
			if (!reading_twice(reading))
				break;
			continue;
		}
		if (reading->traces)
			trace_item(reader, &reading->trace);
		if (reader->item == ITEM_NONE)
			break;
		if (reading->out &&
		    !reader_copy(reader, reading->out, &reading->err))
			reading->fault = reading->err.message;
		if (spool_size(&reader->spool) > reading->kept)
			reading->kept = spool_size(&reader->spool);
	}
	reader_free(reader);
}

static inline bool
help_holds(int fd, struct str text)
{
	char chunk[65536];
	ssize_t n;
	size_t at = 0;

	while ((n = pread(fd, chunk, sizeof(chunk), (off_t)at)) > 0) {
		if (!str_eq((struct str){chunk, (size_t)n},
			str_head(str_from(text, at), (size_t)n)))
			return false;
		at += (size_t)n;
	}
	return n == 0 && at == text.n;
}

/* Reads the text as a file (step 0) or a pipe; what comes out is what went in.
 * Adds a trace; gives NULL, or the law that does not hold. */
static inline const char *
help_reads(struct str text, size_t step, bool twice, struct buf *trace,
    uint64_t *kept)
{
	struct reading reading = {.traces = trace != NULL};
	int to = spool_file(NULL);
	pid_t child = 0;
	struct out out;
	int fd = step ? help_pipe(text, step, &child) : help_file(text);

	if (to < 0 || !out_init(&out, to))
		abort();
	reading.out = &out;
	reading_run(&reading, fd, twice);
	close(fd);
	if (child)
		help_reap(child);
	if (!out_flush(&out) || (!reading.fault && !help_holds(to, text)))
		reading.fault = "what came out is not what went in";
	out_free(&out);
	close(to);
	if (trace)
		buf_add_str(trace, buf_str(&reading.trace));
	if (kept)
		*kept = reading.kept;
	buf_free(&reading.trace);
	return reading.fault;
}

#endif
