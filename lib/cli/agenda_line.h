/*
 * Lines of the agenda: styled text, wrapped to the width of the terminal with
 * a hanging indent. A line has no blanks at its end and, without colour, no
 * escape sequence.
 */
#ifndef KALENDS_CLI_AGENDA_LINE_H
#define KALENDS_CLI_AGENDA_LINE_H

#include <stdint.h>

#include "base/buf.h"
#include "base/out.h"
#include "cli/charset.h"

enum agenda_text {
	STYLE_PLAIN,
	STYLE_HEADING,
	STYLE_TIME,
	STYLE_TITLE,
	STYLE_STRUCK,
	STYLE_DIM,
};

struct agenda_line {
	struct out *out;
	struct charset charset;
	size_t width, indent, column;
	size_t blanks; /* asked for, not yet written */
	bool color;
	enum agenda_text style; /* that the line has at its end */
	bool isolate, isolated; /* right-to-left text is to come, has begun */
	struct buf line, clean, reduced;
};

void agenda_line_init(struct agenda_line *line, struct out *out, size_t width,
    bool color, const char *codeset);
void agenda_line_free(struct agenda_line *line);

/* As it is, without wrapping. */
void agenda_line_add(struct agenda_line *line, struct str text,
    enum agenda_text style);

/* From a calendar: made safe, wrapped between words. */
void agenda_line_words(struct agenda_line *line, struct str text,
    enum agenda_text style);

/* The same behind a blank; on the next line where as a whole it fits only
 * there. */
void agenda_line_note(struct agenda_line *line, struct str text,
    enum agenda_text style);

/* Two columns: the calendar's colour where the terminal has some. */
void agenda_line_bullet(struct agenda_line *line, struct str color);

/* A comma behind the word before; none where the line is full and what follows
 * stands on the next one. */
void agenda_line_comma(struct agenda_line *line);

/* Blanks up to the column, and from there on all wrapped lines. */
void agenda_line_indent(struct agenda_line *line, size_t column);

/* At the right edge, where there is room. */
void agenda_line_right(struct agenda_line *line, struct str text,
    enum agenda_text style);

/* The heading of a day, a whole line: a long date in the locale's language and
 * order, and the number of the week. */
void agenda_line_day(struct agenda_line *line, int32_t day, bool today);

/* Writes the line; an empty one where nothing was added. */
void agenda_line_end(struct agenda_line *line);

#endif
