/*
 * UTF-8 (RFC 3629), leniently: any byte sequence can be walked.
 */
#ifndef KALENDS_BASE_UTF8_H
#define KALENDS_BASE_UTF8_H

#include "base/str.h"

/* A byte that is not the first of a character. */
static inline bool
utf8_is_tail(char c)
{
	return ((unsigned char)c & 0xc0) == 0x80;
}

/* Takes one character off the front of *rest (which is not empty). Gives -1
 * for a byte that belongs to no valid character, and takes that one byte. */
int32_t utf8_next(struct str *rest);

bool utf8_valid(struct str s);

#endif
