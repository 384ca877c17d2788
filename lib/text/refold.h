/*
 * Folding a line anew that is too long to be held: its bytes go through piece
 * by piece, old folds are taken out, new ones put in where line_write() would
 * have put them.
 */
#ifndef KALENDS_TEXT_REFOLD_H
#define KALENDS_TEXT_REFOLD_H

#include "base/buf.h"

struct refold {
	size_t column;  /* octets of the physical line so far */
	bool after_end; /* a blank that comes now is a fold's */
	char held[4];   /* a character that is not whole yet */
	size_t held_count, held_wanted;
};

/* {0} stands at the beginning of a line. Control characters other than TAB,
 * which no content line may have, are dropped. False without memory. */
bool refold_add(struct refold *refold, struct str raw, struct buf *out);

/* The end of the line: CRLF. */
bool refold_end(struct refold *refold, struct buf *out);

#endif
