#include "cli/grapheme.h"

#include <utf8proc.h>

#include "base/utf8.h"

#define VARIATION_EMOJI 0xfe0f
#define JOINER          0x200d

static size_t
width_of(int32_t c)
{
	int width = c < 0 ? 1 : utf8proc_charwidth(c);

	return width > 0 ? (size_t)width : 0;
}

static int
class_of(int32_t c)
{
	return utf8proc_get_property(c)->boundclass;
}

/* What makes a picture of a character that alone may be narrow. */
static bool
makes_picture(int32_t first, int32_t c)
{
	bool picture =
	    class_of(first) == UTF8PROC_BOUNDCLASS_EXTENDED_PICTOGRAPHIC;

	if (c == VARIATION_EMOJI)
		return picture || (first >= '#' && first <= '9');
	if (class_of(c) == UTF8PROC_BOUNDCLASS_REGIONAL_INDICATOR)
		return true;
	return picture && (c == JOINER || (c >= 0x1f3fb && c <= 0x1f3ff));
}

/* Most text: a printable character of ASCII that nothing joins. */
static bool
is_alone(struct str text)
{
	return text.n && text.p[0] >= ' ' && text.p[0] < '\x7f' &&
	       (text.n == 1 || !((unsigned char)text.p[1] & 0x80));
}

void
grapheme_next(struct str *rest, struct grapheme *grapheme)
{
	struct str start = *rest, after = *rest;
	int32_t last, state = 0;
	bool picture = false;

	if (is_alone(start)) {
		*grapheme = (struct grapheme){.bytes = str_head(start, 1),
		    .first = start.p[0],
		    .width = 1};
		*rest = str_from(start, 1);
		return;
	}
	last = utf8_next(&after);
	grapheme->first = last;
	grapheme->width = width_of(last);
	while (last >= 0 && after.n) {
		struct str ahead = after;
		int32_t c = utf8_next(&ahead);

		if (c < 0 || utf8proc_grapheme_break_stateful(last, c, &state))
			break;
		picture |= makes_picture(grapheme->first, c);
		grapheme->width += width_of(c);
		after = ahead;
		last = c;
	}
	if (picture)
		grapheme->width = 2;
	grapheme->bytes = str_head(start, start.n - after.n);
	*rest = after;
}

size_t
text_width(struct str text)
{
	struct grapheme grapheme;
	size_t width = 0;

	while (text.n) {
		grapheme_next(&text, &grapheme);
		width += grapheme.width;
	}
	return width;
}

bool
text_is_rtl(struct str text)
{
	while (text.n) {
		int32_t c = utf8_next(&text);
		int bidi = c < 0x590 ? 0 : utf8proc_get_property(c)->bidi_class;

		if (bidi == UTF8PROC_BIDI_CLASS_R ||
		    bidi == UTF8PROC_BIDI_CLASS_AL)
			return true;
	}
	return false;
}

static bool
stays_with_last(int32_t c)
{
	switch (utf8proc_category(c)) {
	case UTF8PROC_CATEGORY_PE:
	case UTF8PROC_CATEGORY_PF:
	case UTF8PROC_CATEGORY_PO:
	case UTF8PROC_CATEGORY_LM: /* the mark of a long vowel */
		return true;
	default:
		return false;
	}
}

static bool
stays_with_next(int32_t c)
{
	utf8proc_category_t category = utf8proc_category(c);

	return category == UTF8PROC_CATEGORY_PS ||
	       category == UTF8PROC_CATEGORY_PI;
}

static bool
is_letter(int32_t c)
{
	utf8proc_category_t category = utf8proc_category(c);

	return category >= UTF8PROC_CATEGORY_LU &&
	       category <= UTF8PROC_CATEGORY_LO;
}

bool
grapheme_may_break(const struct grapheme *before, const struct grapheme *after)
{
	if (before->first < 0 || after->first < 0)
		return true;
	if (before->first == '-' && before->width == 1)
		return is_letter(after->first);
	if (before->width < 2 && after->width < 2)
		return false;
	return !stays_with_last(after->first) &&
	       !stays_with_next(before->first);
}
