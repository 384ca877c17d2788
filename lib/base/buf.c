#include "base/buf.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "base/memory.h"

void
buf_init(struct buf *buf, size_t max)
{
	*buf = (struct buf){.max = max};
}

void
buf_free(struct buf *buf)
{
	free(buf->p);
	*buf = (struct buf){.max = buf->max};
}

void
buf_reset(struct buf *buf)
{
	buf->n = 0;
	buf->failed = false;
}

/* `extra`: room for a NUL that is no content. */
static bool
reserve(struct buf *buf, size_t n, size_t extra)
{
	size_t max = buf->max ? buf->max : SIZE_MAX / 2;
	size_t room = buf->room;
	char *p;

	if (buf->failed || n > max - buf->n) {
		buf->failed = true;
		return false;
	}
	n += extra;
	max += extra;
	if (buf->n + n <= room)
		return true;
	if (room < 64)
		room = 64;
	while (room < buf->n + n)
		room = room > max / 2 ? max : room * 2;
	p = realloc(buf->p, room);
	if (!p) {
		memory_note_short();
		buf->failed = true;
		return false;
	}
	buf->p = p;
	buf->room = room;
	return true;
}

bool
buf_reserve(struct buf *buf, size_t n)
{
	return reserve(buf, n, 0);
}

bool
buf_add_more(struct buf *buf, const void *bytes, size_t n)
{
	if (!buf_reserve(buf, n))
		return false;
	if (n)
		memcpy(buf->p + buf->n, bytes, n);
	buf->n += n;
	return true;
}

bool
buf_add_str(struct buf *buf, struct str s)
{
	return buf_add(buf, s.p, s.n);
}

bool
buf_add_char(struct buf *buf, char c)
{
	return buf_add(buf, &c, 1);
}

bool
buf_printf(struct buf *buf, const char *format, ...)
{
	va_list args;
	int n;

	va_start(args, format);
	n = vsnprintf(NULL, 0, format, args);
	va_end(args);
	if (n < 0 || !reserve(buf, (size_t)n, 1)) {
		buf->failed = true;
		return false;
	}
	va_start(args, format);
	vsnprintf(buf->p + buf->n, (size_t)n + 1, format, args);
	va_end(args);
	buf->n += (size_t)n;
	return true;
}
