#include "base/utf8.h"
#include "text/row.h"

/* Unicode's limit of nested directions (UAX #9, 3.3.2). */
#define ISOLATES_MOST 125

#define ODD "\xef\xbf\xbd" /* U+FFFD; as long as an isolate in UTF-8 */

/* Isolates are let through on trial: where in the output each open one is. */
struct isolates {
	size_t at[ISOLATES_MOST];
	size_t depth;
};

static bool
is_control(int32_t c)
{
	return c < 0x20 || (c >= 0x7f && c < 0xa0);
}

static bool
is_override(int32_t c)
{
	return c >= 0x202a && c <= 0x202e;
}

static bool
is_blank(int32_t c)
{
	return c == '\t' || c == '\n' || c == '\r' || c == 0x85 ||
	       c == 0x2028 || c == 0x2029;
}

/* False for one that cannot be let through. */
static bool
take_isolate(struct isolates *isolates, int32_t c, size_t at)
{
	if (c == 0x2069) {
		if (!isolates->depth)
			return false;
		isolates->depth--;
		return true;
	}
	if (isolates->depth == ISOLATES_MOST)
		return false;
	isolates->at[isolates->depth++] = at;
	return true;
}

/* One that was never closed would turn what follows on the line around. */
static void
drop_open(const struct isolates *isolates, struct buf *out)
{
	for (size_t i = 0; i < isolates->depth; i++)
		memcpy(out->p + isolates->at[i], ODD, 3);
}

bool
text_for_terminal(struct buf *out, struct str text)
{
	struct isolates isolates = {.depth = 0};

	while (text.n) {
		struct str character = text;
		int32_t c = utf8_next(&text);

		character.n -= text.n;
		if (c == '\r' && text.n && text.p[0] == '\n')
			continue;
		if (is_blank(c))
			buf_add_char(out, ' ');
		else if (is_control(c) || is_override(c) ||
			 (c >= 0x2066 && c <= 0x2069 &&
			     !take_isolate(&isolates, c, out->n)))
			buf_add_str(out, STR(ODD));
		else
			buf_add_str(out, character);
	}
	if (buf_ok(out))
		drop_open(&isolates, out);
	return buf_ok(out);
}
