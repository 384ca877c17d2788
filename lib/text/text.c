/* Values of type TEXT, and the quoted-printable of vCalendar 1.0. */
#include "text/line.h"

#include <iconv.h>
#include <stdlib.h>

/* More than any system has names for. */
#define CHARSETS_MOST 2048

#include "base/utf8.h"

struct str
text_unescape(struct str value, struct arena *arena)
{
	char *to;
	size_t n = 0;

	if (str_find_byte(value, '\\') == SIZE_MAX)
		return value;
	to = arena_alloc(arena, value.n);
	if (!to)
		return value;
	for (size_t i = 0; i < value.n; i++) {
		char c = value.p[i];

		if (c == '\\' && i + 1 < value.n) {
			c = value.p[++i];
			if (c == 'n' || c == 'N')
				c = '\n';
		}
		to[n++] = c;
	}
	return (struct str){to, n};
}

bool
text_list_next(struct str *rest, char separator, struct str *item)
{
	struct str s = *rest;
	size_t n = 0;

	if (!s.p)
		return false;
	while (n < s.n && s.p[n] != separator)
		n += s.p[n] == '\\' && n + 1 < s.n ? 2 : 1;
	*item = str_head(s, n);
	if (n < s.n)
		*rest = str_from(s, n + 1);
	else
		*rest = (struct str){NULL, 0};
	return true;
}

bool
text_escape(struct buf *out, struct str text)
{
	for (size_t i = 0; i < text.n; i++) {
		char c = text.p[i];

		if (c == '\r' && i + 1 < text.n && text.p[i + 1] == '\n')
			continue;
		if (c == '\n' || c == '\r') {
			buf_add(out, "\\n", 2);
			continue;
		}
		if (c == '\\' || c == ',' || c == ';')
			buf_add_char(out, '\\');
		buf_add_char(out, c);
	}
	return buf_ok(out);
}

static int
hex(char c)
{
	if (ascii_digit(c))
		return c - '0';
	c = ascii_upper(c);
	return c >= 'A' && c <= 'F' ? c - 'A' + 10 : -1;
}

static struct str
quoted_printable(struct str value, struct arena *arena)
{
	char *to = arena_alloc(arena, value.n ? value.n : 1);
	size_t n = 0;

	if (!to)
		return value;
	for (size_t i = 0; i < value.n; i++) {
		int high, low;

		if (value.p[i] != '=') {
			to[n++] = value.p[i];
			continue;
		}
		/* A soft break: "=" and the end of the physical line. */
		if (i + 1 < value.n && value.p[i + 1] == '\n') {
			i++;
			continue;
		}
		high = i + 1 < value.n ? hex(value.p[i + 1]) : -1;
		low = i + 2 < value.n ? hex(value.p[i + 2]) : -1;
		if (high < 0 || low < 0) {
			if (i + 1 < value.n)
				to[n++] = '=';
			continue;
		}
		to[n++] = (char)(high << 4 | low);
		i += 2;
	}
	return (struct str){to, n};
}

/* A name that iconv_open() may be asked for: no "//" options, no paths. */
static bool
is_charset_name(struct str name)
{
	for (size_t i = 0; i < name.n; i++)
		if (!ascii_alpha(name.p[i]) && !ascii_digit(name.p[i]) &&
		    str_find_byte(STR("-_:.+()"), name.p[i]) == SIZE_MAX)
			return false;
	return name.n > 0 && name.n < 64;
}

/* A converter to UTF-8. Opening one loads a library, which is a thousand times
 * the work of converting a line: an arena keeps it for all its rounds. */
struct charset {
	struct arena_kept kept;
	iconv_t cd;
	size_t name_n;
	char name[64];
};

static void
drop_charset(struct arena_kept *kept)
{
	struct charset *charset = (void *)kept;

	iconv_close(charset->cd);
	free(charset);
}

static struct charset *
open_charset(struct str name)
{
	struct charset *charset = calloc(1, sizeof(*charset));

	if (!charset)
		return NULL;
	charset->kept.drop = drop_charset;
	charset->name_n = name.n;
	memcpy(charset->name, name.p, name.n);
	charset->cd = iconv_open("UTF-8", charset->name);
	if (charset->cd != (iconv_t)-1)
		return charset;
	free(charset);
	return NULL;
}

/* NULL for one that the system does not have. */
static struct charset *
charset_of(struct str name, struct arena *arena)
{
	struct charset *charset;
	size_t count = 0;

	for (struct arena_kept *kept = arena->kept; kept; kept = kept->next) {
		if (kept->drop != drop_charset)
			continue;
		charset = (void *)kept;
		if (str_ieq((struct str){charset->name, charset->name_n}, name))
			return charset;
		count++;
	}
	charset = count < CHARSETS_MOST ? open_charset(name) : NULL;
	if (charset)
		arena_keep(arena, &charset->kept);
	return charset;
}

static struct str
to_utf8(struct str value, struct str name, struct arena *arena)
{
	size_t room = value.n * 4 + 4, left = room, n = value.n;
	struct charset *charset;
	char *from, *to, *end;

	if (!is_charset_name(name) || str_ieq(name, STR("UTF-8")))
		return value;
	/* Who says Shift_JIS means Microsoft's, where 5C is a backslash. */
	if (str_ieq(name, STR("SHIFT_JIS")) || str_ieq(name, STR("SHIFT-JIS")))
		name = STR("CP932");
	charset = charset_of(name, arena);
	/* iconv() does not write to its input, whatever its type says. */
	from = arena_cstr(arena, value);
	to = end = arena_alloc(arena, room);
	if (!charset || !to || !from)
		return value;
	iconv(charset->cd, NULL, NULL, NULL, NULL);
	/* The second call gives the character that waits for an accent. */
	if (iconv(charset->cd, &from, &n, &end, &left) != (size_t)-1 &&
	    iconv(charset->cd, NULL, NULL, &end, &left) != (size_t)-1)
		value = (struct str){to, room - left};
	return value;
}

static bool
says_quoted_printable(const struct line *line)
{
	struct str rest = line->params, value;
	struct param param;

	while (param_next(&rest, &param))
		if ((param.name.n == 0 ||
			str_ieq(param.name, STR("ENCODING"))) &&
		    param_value_next(&param.values, &value) &&
		    str_ieq(value, STR("QUOTED-PRINTABLE")))
			return true;
	return false;
}

struct str
line_decoded(const struct line *line, struct arena *arena, bool *quoted)
{
	struct str value = line->value, charset;

	*quoted = line->params.n && says_quoted_printable(line);
	if (*quoted)
		value = quoted_printable(value, arena);
	if (line->params.n && line_param(line, STR("CHARSET"), arena, &charset))
		value = to_utf8(value, charset, arena);
	return value;
}

struct str
line_text(const struct line *line, struct arena *arena)
{
	bool quoted;
	/* Before the backslashes: a byte of a character may look like one. */
	struct str value = line_decoded(line, arena, &quoted);

	return quoted ? value : text_unescape(value, arena);
}

/* Windows-1252, 0x80 to 0x9f; what it leaves open is taken from Latin-1. */
static const uint16_t windows_1252[32] = {0x20ac, 0x81, 0x201a, 0x0192, 0x201e,
    0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8d,
    0x017d, 0x8f, 0x90, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
    0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0x9d, 0x017e, 0x0178};

static void
add_byte(struct buf *out, unsigned char byte)
{
	unsigned code = byte;

	if (byte >= 0x80 && byte < 0xa0)
		code = windows_1252[byte - 0x80];
	if (code >= 0x800)
		buf_add_char(out, (char)(0xe0 | code >> 12));
	else
		buf_add_char(out, (char)(0xc0 | code >> 6));
	if (code >= 0x800)
		buf_add_char(out, (char)(0x80 | (code >> 6 & 0x3f)));
	buf_add_char(out, (char)(0x80 | (code & 0x3f)));
}

bool
text_to_utf8(struct buf *out, struct str text)
{
	while (text.n) {
		const char *at = text.p;

		if (utf8_next(&text) < 0)
			add_byte(out, (unsigned char)*at);
		else
			buf_add(out, at, (size_t)(text.p - at));
	}
	return buf_ok(out);
}
