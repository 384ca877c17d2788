/*
 * A growing byte buffer that carries its maximum and remembers a failure.
 *
 * Writers append without checking each call; buf_ok() tells at the end whether
 * every byte went in. After a failure nothing more is appended, so a buffer
 * never holds text with a hole in it.
 */
#ifndef KALENDS_BASE_BUF_H
#define KALENDS_BASE_BUF_H

#include "base/str.h"

struct buf {
	char *p;
	size_t n, room;
	size_t max;  /* never grows beyond; 0 means SIZE_MAX / 2 */
	bool failed; /* no memory, or above max */
};

/* {0} is a buffer without maximum. */
void buf_init(struct buf *buf, size_t max);
void buf_free(struct buf *buf);

/* Forgets content and failure, keeps the memory. */
void buf_reset(struct buf *buf);

/* buf_add() where there is no room yet. */
bool buf_add_more(struct buf *buf, const void *bytes, size_t n);

static inline bool
buf_add(struct buf *buf, const void *bytes, size_t n)
{
	size_t room = buf->max && buf->max < buf->room ? buf->max : buf->room;

	if (buf->failed || n > room - buf->n || n == 0)
		return buf_add_more(buf, bytes, n);
	memcpy(buf->p + buf->n, bytes, n);
	buf->n += n;
	return true;
}

bool buf_add_str(struct buf *buf, struct str s);
bool buf_add_char(struct buf *buf, char c);
bool buf_printf(struct buf *buf, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

/* Makes room for n more bytes; buf->p + buf->n is then writable that far. */
bool buf_reserve(struct buf *buf, size_t n);

static inline bool
buf_ok(const struct buf *buf)
{
	return !buf->failed;
}

static inline struct str
buf_str(const struct buf *buf)
{
	return (struct str){buf->p, buf->n};
}

#endif
