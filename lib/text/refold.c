#include "text/refold.h"

static void
put(struct refold *refold, const char *bytes, size_t n, struct buf *out)
{
	if (refold->column + n > 75) {
		buf_add(out, "\r\n ", 3);
		refold->column = 1;
	}
	buf_add(out, bytes, n);
	refold->column += n;
}

/* Bytes that turned out not to be a character go one by one. */
static void
put_held(struct refold *refold, struct buf *out)
{
	if (refold->held_count && refold->held_count == refold->held_wanted) {
		put(refold, refold->held, refold->held_count, out);
	} else {
		for (size_t i = 0; i < refold->held_count; i++)
			put(refold, &refold->held[i], 1, out);
	}
	refold->held_count = 0;
}

static size_t
wanted(unsigned char c)
{
	return c >= 0xf0 ? 4 : c >= 0xe0 ? 3 : 2;
}

static void
take(struct refold *refold, char c, struct buf *out)
{
	unsigned char byte = (unsigned char)c;

	if (refold->held_count && (byte & 0xc0) == 0x80) {
		refold->held[refold->held_count++] = c;
		if (refold->held_count == refold->held_wanted)
			put_held(refold, out);
		return;
	}
	put_held(refold, out);
	if (byte >= 0xc2 && byte < 0xf5) {
		refold->held[0] = c;
		refold->held_count = 1;
		refold->held_wanted = wanted(byte);
	} else if (byte >= ' ' ? byte != 0x7f : c == '\t') {
		put(refold, &c, 1, out);
	}
}

bool
refold_add(struct refold *refold, struct str raw, struct buf *out)
{
	for (size_t i = 0; i < raw.n; i++) {
		char c = raw.p[i];
		bool blank = c == ' ' || c == '\t';

		if (c == '\r' || c == '\n') {
			refold->after_end = true;
			continue;
		}
		if (!refold->after_end || !blank)
			take(refold, c, out);
		refold->after_end = false;
	}
	return buf_ok(out);
}

bool
refold_end(struct refold *refold, struct buf *out)
{
	put_held(refold, out);
	*refold = (struct refold){0};
	return buf_add(out, "\r\n", 2);
}
