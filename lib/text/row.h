/*
 * Rows: one thing a line, TAB-separated, or a JSON object a line.
 *
 * In a text row TAB, newline, backslash and other control characters of a value
 * are \t, \n, \\ and \xHH (C1 controls, U+0080 to U+009F, and invalid UTF-8
 * too, a \xHH for each byte); several values are joined by ", " with "\," for a
 * comma inside a value. In JSON they are strings, arrays, numbers and booleans;
 * an absent field is null; invalid UTF-8 becomes U+FFFD.
 */
#ifndef KALENDS_TEXT_ROW_H
#define KALENDS_TEXT_ROW_H

#include "base/buf.h"
#include "base/error.h"
#include "base/str.h"

enum field_kind {
	FIELD_ABSENT, /* empty; null in JSON */
	FIELD_TEXT,
	FIELD_NUMBER, /* decimal integer */
	FIELD_BOOL,   /* "yes", "no"; true, false */
	FIELD_LIST,
};

struct field {
	enum field_kind kind;
	struct str text;	 /* TEXT */
	int64_t number;		 /* NUMBER, BOOL */
	const struct str *items; /* LIST */
	size_t count;
};

/* One line with its newline. names: as many as fields. */
bool row_write_text(struct buf *out, const struct field *fields, size_t count);
bool row_write_json(struct buf *out, const struct str *names,
    const struct field *fields, size_t count);

/* Text for a terminal: control characters (C0, DEL, C1, bidi overrides and
 * isolates left open, invalid UTF-8) made visible as "\n" -> " ", others
 * U+FFFD; nothing can move the cursor or change colours. */
bool text_for_terminal(struct buf *out, struct str text);

#endif
