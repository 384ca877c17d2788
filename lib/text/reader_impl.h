/*
 * Inside the reader: reader.c makes items of lines, window.c makes lines of
 * bytes. Nobody else includes this.
 */
#ifndef KALENDS_TEXT_READER_IMPL_H
#define KALENDS_TEXT_READER_IMPL_H

#include "text/reader.h"

#ifndef WINDOW_FIRST
#define WINDOW_FIRST ((size_t)256 << 10)
#define WINDOW_MOST  (LIMIT_LINE + ((size_t)128 << 10))
#define ELIDED_KEPT  ((size_t)4 << 10)
#define SPOOL_WASTE  ((uint64_t)4 << 20)
#endif
#define MARKS_KEPT ((size_t)16 << 10)

enum step { STEP_LINE, STEP_END, STEP_ERROR };

/* Takes the next physical line into the current logical line: moves `at` past
 * its ending and counts it. STEP_END when no byte is left. A line too long for
 * the window turns the item partial, or is elided. The byte after the line, if
 * the input has one, is in the window when this returns. */
enum step reader_physical_line(struct reader *reader, struct error *err);

/* Inside a component: takes the logical lines from here on and marks them, as
 * long as they are of the many that need no further look: properties, folded or
 * not, that are in the window with the byte after them. */
void reader_plain_lines(struct reader *reader);

/* Bytes of the current logical line that are in the window. */
static inline struct str
reader_logical(const struct reader *reader)
{
	return (struct str){reader->window + reader->logical,
	    reader->at - reader->logical};
}

enum line_kind { LINE_OTHER, LINE_BLANK, LINE_BEGIN, LINE_END };

/* What the current logical line is; of BEGIN and END the name too. */
enum line_kind reader_classify(const struct reader *reader,
    struct open_name *name);

/* Whether the line so far ends in a soft break of quoted-printable. */
bool reader_soft_break(struct reader *reader);

/* Finds out, once a line, whether it is quoted-printable. */
void reader_note_quoted(struct reader *reader);

/* Drops spooled bytes that nothing can ask for any more. */
bool reader_trim_spool(struct reader *reader, struct error *err);

/* Sets the window so that the next byte read is the one at offset. */
bool reader_go(struct reader *reader, uint64_t offset, struct error *err);

#endif
