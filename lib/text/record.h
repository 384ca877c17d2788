/*
 * A record: one top-level component (VEVENT, VTODO, VTIMEZONE, VCARD ...) with
 * the bytes it came in, and an index of its content lines.
 *
 * The index costs the reader nothing extra to make (it looks at each line end
 * anyway) and lets a filter look at the properties it cares about without
 * going over the bytes again. Lines are split, unfolded and decoded only when
 * somebody asks.
 */
#ifndef KALENDS_TEXT_RECORD_H
#define KALENDS_TEXT_RECORD_H

#include "base/arena.h"
#include "base/error.h"
#include "base/str.h"
#include "text/line.h"

enum mark_flag {
	MARK_FOLDED = 1, /* more than one physical line */
	MARK_ELIDED = 2, /* above LIMIT_LINE: only its first bytes are here */
	MARK_BEGIN = 4,  /* BEGIN:..., the first line of a component */
	MARK_END = 8,    /* END:... */
	MARK_DEEP = 16,  /* below LIMIT_NESTING: not interpreted */
};

/* A logical line of a record. */
struct mark {
	uint32_t at;    /* offset in record.text */
	uint32_t size;  /* bytes, folds and line ending included */
	uint32_t line;  /* physical lines before it in the record */
	uint16_t depth; /* 0 for the record's own BEGIN and END, 1 for its
			   properties and the BEGIN of a component in it */
	uint16_t flags;
};

struct record {
	struct str name; /* "VEVENT" as written; compare with str_ieq() */
	struct str text; /* the bytes; where `partial`, without long lines */
	const struct mark *marks;
	size_t count;
	struct pos pos;        /* of its BEGIN */
	uint64_t offset, size; /* of all its bytes in the source */
	bool partial; /* bytes must be copied from the source, see reader.h */
	/* Of a partial record: where its lines from `places_from` on begin, in
	 * the source, after `offset`; see record_place(). */
	const uint64_t *places;
	size_t places_from;
	bool cut; /* its END never came */
};

/* A component: a record or one inside it. Lines first .. first + count - 1,
 * BEGIN and END included (END is missing in one that was cut off). */
struct component {
	const struct record *record;
	size_t first, count;
	struct str name;
};

void component_of_record(struct component *component,
    const struct record *record);

/* Whether it is a VEVENT (upper case given); also where the name is folded. */
bool component_is(const struct component *component, struct str name);

/* Walks the properties of a component, those of components inside it left
 * out. *at starts at 0. Lines that are no content lines are skipped (the
 * reader's user has reported them: record_check()). An elided line gives what
 * is there of it. False at the end, or without memory. */
bool component_next_line(const struct component *component, size_t *at,
    struct line *line, struct arena *arena);

/* Walks the components directly inside. *at starts at 0. */
bool component_next_child(const struct component *component, size_t *at,
    struct component *child);

/* The mark of the first property of that name; 0 where there is none. */
size_t component_find(const struct component *component, struct str name);

/* That property; false where there is none. */
bool component_line(const struct component *component, struct str name,
    struct line *line, struct arena *arena);

/* Splits the line of mark i, which may be of any depth. */
bool record_line(const struct record *record, size_t i, struct line *line,
    struct arena *arena, struct error *err);

/* Where the line of mark i begins, in bytes after the record's first one in the
 * source; i == count gives the record's size. */
uint64_t record_place(const struct record *record, size_t i);

/* Fast look at mark i without splitting: whether its name is `name` (upper
 * case given), any case, folds included. */
bool record_line_is(const struct record *record, size_t i, struct str name);

#endif
