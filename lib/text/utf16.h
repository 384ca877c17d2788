/*
 * Inputs in UTF-16, as some programs of Windows save them: to nobody else they
 * are text at all.
 */
#ifndef KALENDS_TEXT_UTF16_H
#define KALENDS_TEXT_UTF16_H

#include "text/reader.h"

/* Looks at the first bytes of the input that the reader has just been opened
 * for. With a byte order mark of UTF-16 the reader is opened again for a copy
 * in UTF-8, an unlinked temporary file, whose descriptor *fd is the caller's;
 * else *fd is -1. ERR_IO where the input cannot be read or the copy written. */
bool utf16_open(struct reader *reader, int *fd, struct error *err);

#endif
