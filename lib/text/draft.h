/*
 * A component, or the lines of a calendar itself, under edit: an array of
 * lines that are looked at, changed, dropped and added to one by one.
 *
 * A line that nobody touched leaves as the bytes that came in; what was changed
 * is folded by RFC 5545, 3.1, with the line ending that its component has. With
 * `strict` every line is written anew, with CRLF.
 *
 * All of it lives in the arena, or in the record it was made of.
 */
#ifndef KALENDS_TEXT_DRAFT_H
#define KALENDS_TEXT_DRAFT_H

#include "text/depot.h"

enum draft_kind {
	DRAFT_PROPERTY,
	DRAFT_BEGIN,
	DRAFT_END,
	DRAFT_JUNK, /* no content line; `text` is all of it, unfolded */
	DRAFT_LONG, /* above LIMIT_LINE, or too deep: in the depot, and not
		       looked at */
};

struct draft_line {
	enum draft_kind kind;
	unsigned depth; /* 1: of the outermost component, its BEGIN 0 */
	bool changed, dropped;
	size_t size; /* bytes that came in, folds included */
	/* PROPERTY: as line.h says; BEGIN and END: value is the component's
	 * name. pos is right for lines that were added too. */
	struct line line;
	struct str text;       /* unfolded; of a changed line what is written */
	struct fragment piece; /* LONG */
};

struct draft {
	struct arena *arena;
	struct draft_line *lines;
	size_t count, room;
	struct str ending; /* of the lines that are edited */
	bool strict;
	bool changed; /* some line was */
	bool cut;     /* its END never came */
	bool failed;  /* no memory; nothing of it may be written */
	struct pos pos;
	struct str name; /* of the component; empty for a calendar's lines */
};

/* Empty, to be filled by draft_add_raw(). */
void draft_init(struct draft *draft, struct arena *arena, struct pos pos);

/* The reader's item, a component. What is too long of it goes to the depot. */
bool draft_read(struct draft *draft, struct reader *reader, struct depot *depot,
    struct arena *arena, struct error *err);

/* Appends the reader's item, a line of the calendar; its bytes are copied. */
bool draft_add_item(struct draft *draft, struct reader *reader,
    struct depot *depot, struct error *err);

/* A component inside: the lines from its BEGIN to its END. */
struct draft_part {
	size_t first, end; /* end: one after its last line */
	unsigned depth;    /* of its properties */
	struct str name;
};

/* The outermost one, or, of a calendar's lines, all of them. */
struct draft_part draft_whole(const struct draft *draft);

/* The next component at any depth; *at starts at 0. A part is void once lines
 * were added or removed. */
bool draft_next_part(const struct draft *draft, size_t *at,
    struct draft_part *part);

/* The first property of that name (upper case) in the part, not in a component
 * inside it, after line `after` (0: from its beginning); NULL where there is
 * none. Void once lines were added. */
struct draft_line *draft_find(const struct draft *draft,
    const struct draft_part *part, struct str name,
    const struct draft_line *after);

/* Whether the property's name is this one (upper case). */
bool draft_is(const struct draft_line *line, struct str name);

/* What the line is, unfolded and without its ending. */
struct str draft_text(const struct draft_line *line);

/* Gives a line another text, without its ending: "NAME;PARAM=x:value". */
void draft_set(struct draft *draft, struct draft_line *line, struct str text);

/* The same by its parts. */
void draft_set_parts(struct draft *draft, struct draft_line *line,
    struct str name, struct str params, struct str value);
void draft_set_value(struct draft *draft, struct draft_line *line,
    struct str value);
void draft_set_params(struct draft *draft, struct draft_line *line,
    struct str params);

void draft_drop(struct draft *draft, struct draft_line *line);

/* Adds a line before line i; `at` is what its position is said to be. */
void draft_insert(struct draft *draft, size_t i, enum draft_kind kind,
    unsigned depth, struct str text, struct pos at);

/* The parameters with one of them set, added or (value NULL) removed; the value
 * is quoted where it must be. */
struct str draft_param(struct draft *draft, struct str params, struct str name,
    struct str value);

/* Writes it to the depot and appends the pieces to the ledger; kind, group and
 * number are taken from `like`. */
bool draft_write(const struct draft *draft, struct depot *depot,
    struct ledger *ledger, const struct fragment *like, struct error *err);

/* The same for its lines [from, end), without those that are LONG. */
bool draft_write_lines(const struct draft *draft, size_t from, size_t end,
    struct buf *out);

#endif
