/*
 * What a terminal shows as one character (UAX #29), and how many columns it
 * takes: a letter with its accents one, a Chinese character or an emoji (also
 * one of several joined ones) two.
 */
#ifndef KALENDS_CLI_GRAPHEME_H
#define KALENDS_CLI_GRAPHEME_H

#include "base/str.h"

struct grapheme {
	struct str bytes;
	int32_t first; /* its first character; -1 where invalid */
	size_t width;  /* columns */
};

/* Takes one off the front of *rest, which is not empty. */
void grapheme_next(struct str *rest, struct grapheme *grapheme);

/* Columns of a text without controls. */
size_t text_width(struct str text);

/* Whether it has a letter that is written from right to left. */
bool text_is_rtl(struct str text);

/* Whether a line may be broken between two neighbours that are no blanks: next
 * to a wide character, but not before closing or after opening punctuation. */
bool grapheme_may_break(const struct grapheme *before,
    const struct grapheme *after);

#endif
