/*
 * Errors as values. A function that can fail returns bool and, when false,
 * has filled a struct error. lib/ never prints one; lib/cli does, as
 * "file:line:column: message".
 */
#ifndef KALENDS_BASE_ERROR_H
#define KALENDS_BASE_ERROR_H

#include <stdbool.h>
#include <stddef.h>

enum error_code {
	ERR_NONE,
	ERR_SYNTAX, /* the text is not what its grammar says */
	ERR_VALUE,  /* well formed, but a value out of its range */
	ERR_LIMIT,  /* above a limit of limits.h */
	ERR_CUT,    /* input ended inside a component */
	ERR_IO,     /* a system call failed; the message has strerror's text */
	ERR_MEMORY, /* no memory */
	ERR_USAGE,  /* what the caller asked for makes no sense */
	ERR_ABSENT, /* a thing named was not found (zone, file, module) */
};

/* Where in an input. line and column count from 1; 0 where there is none.
 * `file` is borrowed and outlives the error (input names live till the end). */
struct pos {
	const char *file;
	size_t line, column;
};

struct error {
	enum error_code code;
	struct pos pos;
	char message[256]; /* one line, no control characters, no newline */
};

/* Fills *err (which may be NULL) and returns false, so that a function can say
 * "return error_set(err, ERR_SYNTAX, pos, ...)". Control characters that come
 * in through the arguments (C1 and invalid UTF-8 too) are replaced by '?':
 * text of a calendar never reaches a terminal with them. */
bool error_set(struct error *err, enum error_code code, struct pos pos,
    const char *format, ...) __attribute__((format(printf, 4, 5)));

/* ERR_IO with strerror(errno) after the message: "cannot read: No such..." */
bool error_errno(struct error *err, struct pos pos, const char *format, ...)
    __attribute__((format(printf, 3, 4)));

static inline struct pos
pos_none(void)
{
	return (struct pos){NULL, 0, 0};
}

#endif
