/*
 * One content line (RFC 5545, 3.1; RFC 6350, 3.3) and what stands in it.
 *
 * Nothing is validated beyond the grammar of a line, and nothing is changed:
 * `raw` keeps the bytes. Only a folded line is copied, unfolded, into an arena.
 */
#ifndef KALENDS_TEXT_LINE_H
#define KALENDS_TEXT_LINE_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "base/str.h"

struct line {
	struct str raw;   /* as it came: folds and line ending included */
	struct str group; /* vCard's "item1" of "item1.EMAIL:..."; else empty */
	struct str name;  /* "DTSTART"; compare with str_ieq() */
	struct str params; /* ";TZID=Europe/Paris"; walk with param_next() */
	struct str value;  /* after the colon, still escaped, unfolded */
	struct pos pos;    /* where the line begins */
};

/* Splits the bytes of one logical line. `raw` may be folded (any of CRLF, LF,
 * CR followed by SPACE or TAB; also inside a UTF-8 character) and may have
 * soft breaks of quoted-printable (vCalendar 1.0). Unfolded bytes come from
 * the arena; a line that is not folded is not copied. ERR_SYNTAX for a line
 * without a name or without a colon; then name, params and value are what was
 * found, and raw is whole. */
bool line_parse(struct line *line, struct str raw, struct pos pos,
    struct arena *arena, struct error *err);

/* Whether quoted-printable (vCalendar 1.0) is a parameter: the word alone, or
 * as ENCODING; folded or not. raw is the beginning of a line. Such a line goes
 * on after "=". */
bool line_is_quoted_printable(struct str raw);

/* The front of a line without folds and BOM, as much of it as `to` has room
 * for. */
struct str line_head(struct str raw, char *to, size_t room);

/* Whether that is the name of a raw line, in any case; `grouped`: a group may
 * stand before it. */
bool line_is(struct str raw, struct str name, bool grouped);

/* One parameter: name, and the value list as it stands ("a","b" or c). A
 * parameter without "=" (vCalendar 1.0's ";QUOTED-PRINTABLE") has an empty
 * name and the word as value. */
struct param {
	struct str name, values;
};

/* Walks `rest`, a copy of line->params. False at the end. */
bool param_next(struct str *rest, struct param *param);

/* Walks the values of a parameter ("rest" starts as param->values): commas
 * outside quotes part them. The value has its quotes off; carets are still
 * encoded. */
bool param_value_next(struct str *rest, struct str *value);

/* RFC 6868: ^n, ^^, ^'. Returns the value itself where there is no caret. */
struct str param_decode(struct str value, struct arena *arena);

/* First value of the named parameter, quotes off and carets decoded. False
 * where the line has no such parameter. */
bool line_param(const struct line *line, struct str name, struct arena *arena,
    struct str *value);

/* TEXT (RFC 5545, 3.3.11). Unescapes "\n", "\,", "\;", "\\" (an unknown escape
 * keeps its character); returns the slice itself where there is none. */
struct str text_unescape(struct str value, struct arena *arena);

/* Cuts the next item of a list at an unescaped comma (or semicolon). */
bool text_list_next(struct str *rest, char separator, struct str *item);

/* The value as people read it: quoted-printable and CHARSET decoded where the
 * line says so (vCalendar 1.0), else unescaped. A separator other than 0
 * keeps items apart: see text_list_next() on line->value first. */
struct str line_text(const struct line *line, struct arena *arena);

/* The value with quoted-printable and CHARSET decoded; backslashes stay as they
 * are. *quoted: whether it was quoted-printable. */
struct str line_decoded(const struct line *line, struct arena *arena,
    bool *quoted);

/* A parameter's value with its quotes, where it needs some, and RFC 6868's
 * carets; other control characters are left out. */
bool param_escape(struct buf *out, struct str value);

/* Appends text; bytes that are no UTF-8 are taken for Windows-1252. */
bool text_to_utf8(struct buf *out, struct str text);

/* Writing. text_escape: TEXT with its escapes. line_write: name, params and
 * value are given as one unfolded line without its ending; it leaves folded at
 * 75 octets, never inside a UTF-8 character, with CRLF. */
bool text_escape(struct buf *out, struct str text);
bool line_write(struct buf *out, struct str unfolded);

/* The same with another line ending, as the lines around it have. */
bool line_write_as(struct buf *out, struct str unfolded, struct str ending);

#endif
