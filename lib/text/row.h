/*
 * Rows: one thing a line, TAB-separated, or a JSON object a line.
 *
 * In a text row TAB, newline, backslash and other control characters of a value
 * are \t, \n, \\ and \xHH (C1 controls, U+0080 to U+009F, and invalid UTF-8
 * too, a \xHH for each byte); several values are joined by ", " with "\," for a
 * comma inside a value. In JSON they are strings, arrays, numbers and booleans;
 * an absent field is null; invalid UTF-8 becomes U+FFFD. A row with C1 controls
 * is written in ASCII (\u009b), so that a terminal does not obey them.
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
	struct str text;         /* TEXT */
	int64_t number;          /* NUMBER, BOOL */
	const struct str *items; /* LIST */
	size_t count;
};

/* One line with its newline. False, with out->failed set, without memory.
 * row_write_json() needs jansson; names are as many as fields, all different,
 * of less than 256 bytes, and come in that order. */
bool row_write_text(struct buf *out, const struct field *fields, size_t count);
bool row_write_json(struct buf *out, const struct str *names,
    const struct field *fields, size_t count);

/* Text for a terminal, on one line: tabs, line ends and U+2028, U+2029 become a
 * blank (CR LF one); other controls (C0, DEL, C1), embeddings and overrides of
 * the direction, isolates that are not closed or not opened, and invalid UTF-8
 * become U+FFFD. Nothing can move the cursor, change colours or turn around
 * what stands beside it. */
bool text_for_terminal(struct buf *out, struct str text);

#endif
