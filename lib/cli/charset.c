#include "cli/charset.h"

#include <iconv.h>
#include <utf8proc.h>

#include "base/utf8.h"
#include "cli/grapheme.h"

static void *
opened(const char *to, const char *from)
{
	iconv_t handle = iconv_open(to, from);

	return handle == (iconv_t)-1 ? NULL : handle;
}

static bool
is_ascii(const char *codeset)
{
	static const struct str names[] = {STR_C("ANSI_X3.4-1968"),
	    STR_C("ASCII"), STR_C("US-ASCII"), STR_C("646"), STR_C("")};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (str_ieq(names[i], str_of(codeset)))
			return true;
	return false;
}

void
charset_init(struct charset *charset, const char *codeset)
{
	*charset = (struct charset){
	    .utf8 = str_ieq(str_of(codeset), STR("UTF-8")) ||
	            str_ieq(str_of(codeset), STR("UTF8")),
	};
	if (charset->utf8 || is_ascii(codeset))
		return;
	charset->to = opened(codeset, "UTF-8");
	charset->from = opened("UTF-8", codeset);
}

void
charset_free(struct charset *charset)
{
	if (charset->to)
		iconv_close(charset->to);
	if (charset->from)
		iconv_close(charset->from);
	charset->to = charset->from = NULL;
}

/* False where a character is not in the set, or was put as another. */
static bool
convert(void *handle, struct buf *out, struct str text)
{
	char *from = (char *)(uintptr_t)text.p;
	size_t left = text.n;

	while (left) {
		size_t room, lost;
		char *to;

		if (!buf_reserve(out, left * 4 + 16))
			return false;
		to = out->p + out->n;
		room = out->room - out->n;
		lost = iconv(handle, &from, &left, &to, &room);
		out->n = (size_t)(to - out->p);
		if (lost != 0) {
			iconv(handle, NULL, NULL, NULL, NULL);
			return false;
		}
	}
	return true;
}

static bool
has(const struct charset *charset, struct str character)
{
	char room[64];
	struct buf out = {.p = room, .room = sizeof(room), .max = sizeof(room)};
	size_t n = 0;

	/* A letter of ASCII may have marks. */
	while (n < character.n && (unsigned char)character.p[n] < 0x80)
		n++;
	if (n == character.n)
		return true;
	return charset->to && character.n * 4 + 16 <= sizeof(room) &&
	       convert(charset->to, &out, character);
}

/* What decomposition does not turn into ASCII. */
static const struct {
	int32_t c;
	const char *ascii;
} likenesses[] = {
    {0xa0, " "},
    {0xab, "\""},
    {0xb7, "-"},
    {0xbb, "\""},
    {0xc6, "AE"},
    {0xd7, "x"},
    {0xd8, "O"},
    {0xdf, "ss"},
    {0xe6, "ae"},
    {0xf8, "o"},
    {0x110, "D"},
    {0x111, "d"},
    {0x131, "i"},
    {0x141, "L"},
    {0x142, "l"},
    {0x152, "OE"},
    {0x153, "oe"},
    {0x2010, "-"},
    {0x2011, "-"},
    {0x2012, "-"},
    {0x2013, "-"},
    {0x2014, "-"},
    {0x2015, "-"},
    {0x2018, "'"},
    {0x2019, "'"},
    {0x201a, "'"},
    {0x201c, "\""},
    {0x201d, "\""},
    {0x201e, "\""},
    {0x2022, "*"},
    {0x2044, "/"},
    {0x20ac, "EUR"},
    {0x2190, "<-"},
    {0x2192, "->"},
    {0x2194, "<->"},
    {0x2212, "-"},
};

static void
add_likeness(const struct charset *charset, struct buf *out, int32_t c)
{
	utf8proc_uint8_t bytes[4];
	struct str character = {(const char *)bytes, 0};

	for (size_t i = 0; i < sizeof(likenesses) / sizeof(*likenesses); i++)
		if (likenesses[i].c == c) {
			buf_add_str(out, str_of(likenesses[i].ascii));
			return;
		}
	character.n = (size_t)utf8proc_encode_char(c, bytes);
	if (has(charset, character))
		buf_add_str(out, character);
	else
		buf_add_char(out, '?');
}

/* One visible character that the set does not have. */
static void
add_reduced(const struct charset *charset, struct buf *out,
    const struct grapheme *grapheme)
{
	utf8proc_int32_t parts[32];
	int last = 0;
	utf8proc_ssize_t n;

	if (grapheme->width == 0)
		return;
	n = grapheme->first < 0 || grapheme->width > 1
	        ? 0
	        : utf8proc_decompose_char(grapheme->first, parts, 32,
		      UTF8PROC_COMPAT | UTF8PROC_DECOMPOSE | UTF8PROC_STRIPMARK,
		      &last);
	if (n <= 0 || n > 32)
		buf_add_char(out, '?');
	for (utf8proc_ssize_t i = 0; i < n && n <= 32; i++)
		add_likeness(charset, out, parts[i]);
}

bool
charset_reduce(const struct charset *charset, struct buf *out, struct str text)
{
	if (charset->utf8)
		return buf_add_str(out, text);
	while (text.n) {
		struct grapheme grapheme;

		grapheme_next(&text, &grapheme);
		if (has(charset, grapheme.bytes))
			buf_add_str(out, grapheme.bytes);
		else
			add_reduced(charset, out, &grapheme);
	}
	return buf_ok(out);
}

bool
charset_write(const struct charset *charset, struct buf *out, struct str text)
{
	if (!charset->to)
		return buf_add_str(out, text);
	/* Only memory can be missing: everything is in the set. */
	if (!convert(charset->to, out, text))
		out->failed = true;
	return buf_ok(out);
}

bool
charset_read(const struct charset *charset, struct buf *out, struct str text)
{
	size_t n = out->n;

	/* Names of days may come in another set than LC_CTYPE's. */
	if (utf8_valid(text))
		return buf_add_str(out, text);
	if (charset->from && convert(charset->from, out, text))
		return true;
	if (!buf_ok(out))
		return false;
	out->n = n;
	return buf_add_char(out, '?');
}
