/*
 * The reader: bytes in, items out, over a sliding window.
 *
 * Every byte of the input belongs to exactly one item, in order, so that what
 * a filter passes on is by construction what came in. An item is a line of the
 * calendar itself (its BEGIN, a property, its END), a record (a whole top-level
 * component), or a line outside of every calendar.
 *
 * Memory does not follow the input: a record up to the window's size lies in
 * the window; of a larger one the lines up to LIMIT_LINE are kept as text, up
 * to LIMIT_RECORD, and its bytes stay in the source (a file is read again, a
 * pipe is kept in a spool) until somebody asks to have them copied.
 *
 * What needs whole series reads a calendar twice: reader_mark() at its BEGIN,
 * reader_rewind() at its END.
 */
#ifndef KALENDS_TEXT_READER_H
#define KALENDS_TEXT_READER_H

#include <sys/types.h>

#include "base/limits.h"
#include "base/out.h"
#include "base/spool.h"
#include "text/newline.h"
#include "text/record.h"

enum item {
	ITEM_NONE,   /* the input has ended */
	ITEM_BEGIN,  /* BEGIN:VCALENDAR */
	ITEM_LINE,   /* a property of the calendar; also what is no line */
	ITEM_RECORD, /* a component; outside of a VCALENDAR too */
	ITEM_END,    /* END:VCALENDAR */
	ITEM_TEXT,   /* a line outside of calendars and components */
};

/* A component that is open, by name; a longer name is cut, which only makes
 * two very long names equal. */
struct open_name {
	unsigned char n;
	char name[47];
};

struct reader {
	/* What reader_next() fills. Lives until the next call. */
	enum item item;
	struct record record; /* the item; not only of ITEM_RECORD */
	bool in_calendar;     /* the item lies between BEGIN and END */
	uint64_t calendar;    /* number of the calendar, from 1; 0 before any */

	/* Told of each fault of the input, before the item that has it is
	 * given out. May be NULL. */
	void (*report)(void *arg, const struct error *err);
	void *report_arg;

	/* Private from here. */
	int fd;
	const char *name;
	bool seekable; /* a file: what has gone by can be read again */
	bool ended, filling_last;
	bool unended;         /* the last line that was read has no line end */
	uint64_t fd_at;       /* source offset that the next read gives */
	off_t fd_base;        /* where in the file the source begins */
	uint64_t source_size; /* at most; UINT64_MAX: to the end of the file */
	char *window;
	size_t room, filled; /* of window */
	size_t at;           /* next unread byte in window */
	uint64_t base;       /* source offset of window[0] */
	size_t line;         /* physical lines before `at` */
	struct newline newline;

	bool marked;
	uint64_t mark_at;
	struct {
		size_t line;
		uint64_t calendar;
		bool in_calendar;
	} mark_state;
	struct spool spool; /* of a pipe: bytes that left the window */
	uint64_t spool_from, spool_end;

	size_t start;   /* of the item, in window */
	size_t logical; /* of the current logical line, in window */
	size_t item_line, logical_line;
	uint64_t item_offset;
	bool partial; /* the item's text is in `text` */
	bool folded, elided, over_limit;
	enum { QUOTED_UNKNOWN, QUOTED_NO, QUOTED_YES } quoted;
	struct buf text;
	struct mark *marks;
	size_t mark_count, mark_room;
	uint64_t *places; /* of the marks made since the item is partial */
	size_t place_count, place_room, places_from;
	uint64_t
	    logical_offset; /* of the current logical line, in the source */
	struct open_name open[LIMIT_NESTING];
	size_t depth, too_deep;
};

/* name is borrowed and must live as long as the reader and its errors. */
bool reader_init(struct reader *reader, int fd, const char *name,
    struct error *err);
void reader_free(struct reader *reader);

/* Goes on to another input with the same memory; calendars count on. */
void reader_open(struct reader *reader, int fd, const char *name);

/* Gives back what somebody has read of an input just opened: its first bytes, a
 * few. */
void reader_prime(struct reader *reader, struct str bytes);

/* The same with a part of a regular file as the whole source. */
void reader_open_part(struct reader *reader, int fd, uint64_t at, uint64_t size,
    const char *name);

/* The next item; ITEM_NONE at the end. False when the source could not be read
 * (ERR_IO) or there is no memory: what was whole before that has been given. */
bool reader_next(struct reader *reader, struct error *err);

/* Writes the bytes of the current item, exactly as they came. */
bool reader_copy(struct reader *reader, struct out *out, struct error *err);

/* The same, into a spool. */
bool reader_keep(struct reader *reader, struct spool *spool, struct error *err);

/* Whether the item's last line has its line end: only the input's last may
 * lack it. */
bool reader_ends_line(const struct reader *reader);

/* Writes bytes of a file (`seekable`) that have gone by, as those of a record:
 * its offset and size. */
bool reader_copy_range(struct reader *reader, uint64_t offset, uint64_t size,
    struct out *out, struct error *err);

/* Bytes of the current item from an offset after its first one, into a spool;
 * see record_place(). */
bool reader_keep_part(struct reader *reader, uint64_t from, uint64_t size,
    struct spool *spool, struct error *err);

/* The file that the items can be read from again with pread(), and where in it
 * the source begins; -1 where that is a pipe. */
int reader_file(const struct reader *reader, uint64_t *base);

/* Remembers the current item as the place to come back to; what follows it can
 * be read again until reader_release(). */
void reader_mark(struct reader *reader);
/* The next reader_next() gives the marked item again. The mark stays. */
bool reader_rewind(struct reader *reader, struct error *err);
bool reader_release(struct reader *reader, struct error *err);

/* The next reader_next() gives the current item once more. */
bool reader_unread(struct reader *reader, struct error *err);

#endif
