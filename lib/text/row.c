#include "text/row.h"

#include "base/utf8.h"

/* What a byte needs. */
enum { PLAIN, ESCAPE, COMMA, HIGH };

static int
byte_class(unsigned char c)
{
	if (c >= 0x80)
		return HIGH;
	if (c < 0x20 || c == 0x7f || c == '\\')
		return ESCAPE;
	return c == ',' ? COMMA : PLAIN;
}

/* Bytes at the front of s that leave as they are; eight at a time. */
static size_t
plain_bytes(struct str s, bool list)
{
	const uint64_t ones = 0x0101010101010101, tops = ones << 7;
	size_t n = 0;

	for (; s.n - n >= 8; n += 8) {
		uint64_t word, del, slash, comma, odd;

		memcpy(&word, s.p + n, 8);
		del = word ^ (ones * 0x7f);
		slash = word ^ (ones * '\\');
		comma = word ^ (ones * ',');
		odd =
		    word | (word - ones * 0x20) | (del - ones) | (slash - ones);
		if (list)
			odd |= comma - ones;
		/* Borrows may call a plain byte odd, never the reverse. */
		if (odd & tops)
			break;
	}
	while (n < s.n) {
		int class = byte_class((unsigned char)s.p[n]);

		if (class == ESCAPE || class == HIGH ||
		    (class == COMMA && list))
			break;
		n++;
	}
	return n;
}

static void
write_hex(struct buf *out, struct str bytes)
{
	for (size_t i = 0; i < bytes.n; i++)
		buf_printf(out, "\\x%02X", (unsigned char)bytes.p[i]);
}

static void
write_escape(struct buf *out, char c)
{
	switch (c) {
	case '\t':
		buf_add_str(out, STR("\\t"));
		break;
	case '\n':
		buf_add_str(out, STR("\\n"));
		break;
	case '\\':
	case ',':
		buf_add_char(out, '\\');
		buf_add_char(out, c);
		break;
	default:
		write_hex(out, (struct str){&c, 1});
	}
}

static void
write_high(struct buf *out, struct str *rest)
{
	struct str character = *rest;
	int32_t c = utf8_next(rest);

	character.n -= rest->n;
	if (c < 0xa0) /* invalid, or C1 */
		write_hex(out, character);
	else
		buf_add_str(out, character);
}

static void
write_value(struct buf *out, struct str text, bool list)
{
	while (text.n) {
		size_t n = plain_bytes(text, list);

		buf_add(out, text.p, n);
		text = str_from(text, n);
		if (!text.n)
			break;
		if (byte_class((unsigned char)text.p[0]) == HIGH) {
			write_high(out, &text);
		} else {
			write_escape(out, text.p[0]);
			text = str_from(text, 1);
		}
	}
}

static void
write_field(struct buf *out, const struct field *field)
{
	switch (field->kind) {
	case FIELD_ABSENT:
		break;
	case FIELD_TEXT:
		write_value(out, field->text, false);
		break;
	case FIELD_NUMBER:
		buf_printf(out, "%lld", (long long)field->number);
		break;
	case FIELD_BOOL:
		buf_add_str(out, field->number ? STR("yes") : STR("no"));
		break;
	case FIELD_LIST:
		for (size_t i = 0; i < field->count; i++) {
			if (i)
				buf_add_str(out, STR(", "));
			write_value(out, field->items[i], true);
		}
	}
}

bool
row_write_text(struct buf *out, const struct field *fields, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		if (i)
			buf_add_char(out, '\t');
		write_field(out, &fields[i]);
	}
	buf_add_char(out, '\n');
	return buf_ok(out);
}
