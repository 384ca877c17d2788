#include "text/fold.h"

#include "base/utf8.h"

#include <utf8proc.h>

/* No character needs more than four times its bytes (a unit test asks all). */
#define GROWTH 4
#define PARTS  32 /* code points that one decomposes into, 18 at most */

struct writer {
	char *p;
	size_t n, room;
};

static void
put_byte(struct writer *to, char c)
{
	if (to->n < to->room)
		to->p[to->n++] = c;
}

static void
put(struct writer *to, int32_t c)
{
	unsigned char bytes[4];
	size_t n = (size_t)utf8proc_encode_char(c, bytes);

	if (n > to->room - to->n)
		return;
	memcpy(to->p + to->n, bytes, n);
	to->n += n;
}

static void
put_folded(struct writer *to, int32_t c)
{
	const utf8proc_option_t options =
	    UTF8PROC_CASEFOLD | UTF8PROC_DECOMPOSE | UTF8PROC_STRIPMARK;
	int32_t parts[PARTS];
	int last = UTF8PROC_BOUNDCLASS_START;
	utf8proc_ssize_t n =
	    utf8proc_decompose_char(c, parts, PARTS, options, &last);

	for (utf8proc_ssize_t i = 0; i < n && i < PARTS; i++)
		put(to, parts[i]);
}

/* Marks go first: "ᾳ" must become what "α" with its mark below becomes. */
static void
put_char(struct writer *to, int32_t c, bool fold)
{
	const utf8proc_option_t options =
	    UTF8PROC_DECOMPOSE | UTF8PROC_STRIPMARK;
	int32_t parts[PARTS];
	int last = UTF8PROC_BOUNDCLASS_START;
	utf8proc_ssize_t n =
	    utf8proc_decompose_char(c, parts, PARTS, options, &last);

	for (utf8proc_ssize_t i = 0; i < n && i < PARTS; i++)
		if (fold)
			put_folded(to, parts[i]);
		else
			put(to, parts[i]);
}

static struct str
convert(struct str s, bool fold, struct arena *arena)
{
	struct writer to = {.room = s.n * GROWTH};
	struct str rest = s;

	if (s.n == 0)
		return s;
	if (s.n > SIZE_MAX / ((size_t)2 * GROWTH))
		return (struct str){NULL, 0};
	to.p = arena_alloc(arena, to.room);
	if (!to.p)
		return (struct str){NULL, 0};
	while (rest.n) {
		char c = rest.p[0];

		if ((unsigned char)c < 0x80) {
			put_byte(&to, fold ? ascii_lower(c) : c);
			rest = (struct str){rest.p + 1, rest.n - 1};
		} else {
			int32_t point = utf8_next(&rest);

			if (point < 0)
				put_byte(&to, c);
			else
				put_char(&to, point, fold);
		}
	}
	return (struct str){to.p, to.n};
}

struct str
fold_text(struct str s, struct arena *arena)
{
	return convert(s, true, arena);
}

struct str
fold_marks(struct str s, struct arena *arena)
{
	return fold_is_ascii(s) ? s : convert(s, false, arena);
}

bool
fold_is_ascii(struct str s)
{
	uint64_t word, all = 0;
	size_t i = 0;

	for (; i + sizeof(word) <= s.n; i += sizeof(word)) {
		memcpy(&word, s.p + i, sizeof(word));
		all |= word;
	}
	for (; i < s.n; i++)
		all |= (unsigned char)s.p[i];
	return (all & UINT64_C(0x8080808080808080)) == 0;
}

static bool
equal_here(const char *p, struct str needle)
{
	for (size_t i = 0; i < needle.n; i++)
		if (ascii_lower(p[i]) != needle.p[i])
			return false;
	return true;
}

size_t
fold_find_ascii(struct str s, struct str needle)
{
	const char *at, *end = s.p + s.n;
	char lower, upper;

	if (needle.n == 0)
		return 0;
	if (needle.n > s.n)
		return SIZE_MAX;
	lower = needle.p[0];
	upper = ascii_upper(lower);
	end -= needle.n - 1;
	for (at = s.p; at < end; at++)
		if ((*at == lower || *at == upper) && equal_here(at, needle))
			return (size_t)(at - s.p);
	return SIZE_MAX;
}
