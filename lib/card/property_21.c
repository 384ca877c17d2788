/* A property as vCard 2.1 writes it; see property.h. */
#include "card/property.h"

#define QP_WIDTH   72
#define BASE_WIDTH 72

/* Escapes of 3.0 undone; of parts the semicolons keep theirs. */
static struct str
plain(struct card_property *property)
{
	enum card_value kind = card_property_value(property);
	struct str rest = property->value, item;
	struct buf text = {0};
	bool any = false;

	if (kind == CARD_TEXT)
		return text_unescape(rest, property->arena);
	if (kind != CARD_PARTS)
		return rest;
	while (text_list_next(&rest, ';', &item)) {
		item = text_unescape(item, property->arena);
		if (any)
			buf_add_char(&text, ';');
		any = true;
		for (size_t i = 0; i < item.n; i++) {
			if (item.p[i] == ';')
				buf_add_char(&text, '\\');
			buf_add_char(&text, item.p[i]);
		}
	}
	item = arena_copy(property->arena, buf_str(&text));
	property->failed |= !buf_ok(&text);
	buf_free(&text);
	return item;
}

static bool
is_plain(struct str value)
{
	for (size_t i = 0; i < value.n; i++)
		if ((unsigned char)value.p[i] < 32 ||
		    (unsigned char)value.p[i] > 126)
			return false;
	return value.n == 0 ||
	       (value.p[value.n - 1] != ' ' && value.p[0] != ' ');
}

static bool
is_ascii(struct str value)
{
	for (size_t i = 0; i < value.n; i++)
		if ((unsigned char)value.p[i] > 126)
			return false;
	return true;
}

/* RFC 2045, 6.7, with the line ends that a text has. */
static void
add_quoted(struct buf *out, struct str value, size_t column)
{
	static const char digits[] = "0123456789ABCDEF";

	for (size_t i = 0; i < value.n; i++) {
		unsigned char c = (unsigned char)value.p[i];
		bool safe = c > 32 && c < 127 && c != '=';

		if (column > QP_WIDTH) {
			buf_add_str(out, STR("=\r\n"));
			column = 0;
		}
		if (c == '\n' && (i == 0 || value.p[i - 1] != '\r'))
			buf_add_str(out, STR("=0D"));
		if (safe || (c == ' ' && i + 1 < value.n && column)) {
			buf_add_char(out, (char)c);
			column++;
			continue;
		}
		buf_add_char(out, '=');
		buf_add_char(out, digits[c >> 4]);
		buf_add_char(out, digits[c & 15]);
		column += 3;
	}
	buf_add_str(out, STR("\r\n"));
}

/* An empty line ends it. */
static void
add_base64(struct buf *out, struct str value)
{
	while (value.n) {
		struct str line = str_head(value, BASE_WIDTH);

		buf_add_str(out, STR("\r\n "));
		buf_add_str(out, line);
		value = str_from(value, line.n);
	}
	buf_add_str(out, STR("\r\n\r\n"));
}

static void
add_types(struct buf *out, struct str values)
{
	struct str value;

	while (param_value_next(&values, &value)) {
		if (str_find_byte(value, ':') != SIZE_MAX ||
		    str_find_byte(value, ';') != SIZE_MAX) {
			buf_printf(out, ";TYPE=\"%.*s\"", STR_ARG(value));
			continue;
		}
		buf_add_char(out, ';');
		for (size_t i = 0; i < value.n; i++)
			buf_add_char(out, ascii_upper(value.p[i]));
	}
}

static void
add_params(const struct card_property *property, struct buf *out)
{
	for (size_t i = 0; i < property->count; i++) {
		const struct card_param *param = &property->params[i];

		if (str_eq(param->name, STR("TYPE"))) {
			add_types(out, param->values);
			continue;
		}
		if (str_eq(param->name, STR("ENCODING")))
			continue;
		buf_add_char(out, ';');
		buf_add_str(out, param->name);
		buf_add_char(out, '=');
		if (str_eq(param->name, STR("VALUE")) &&
		    str_ieq(param->values, STR("uri")))
			buf_add_str(out, STR("URL"));
		else
			buf_add_str(out, param->values);
	}
}

/* A card in the card (AGENT): lines, and no text. */
static void
add_card(struct buf *out, struct str card)
{
	struct str line;

	buf_add_str(out, STR(":\r\n"));
	card = str_trim(card);
	while (str_cut(&card, '\n', &line)) {
		buf_add_str(out, line);
		buf_add_str(out, STR("\r\n"));
	}
}

bool
card_property_write_21(struct card_property *property, struct buf *out)
{
	bool binary = card_param(property, STR("ENCODING"));
	struct str value = binary ? property->value : plain(property);
	size_t begin = out->n;

	if (property->group.n) {
		buf_add_str(out, property->group);
		buf_add_char(out, '.');
	}
	buf_add_str(out, property->name);
	add_params(property, out);
	if (str_eq(property->name, STR("AGENT")) &&
	    str_istarts(value, STR("BEGIN:VCARD"))) {
		add_card(out, value);
	} else if (binary) {
		buf_add_str(out, STR(";ENCODING=BASE64:"));
		add_base64(out, value);
	} else if (is_plain(value)) {
		buf_add_char(out, ':');
		buf_add_str(out, value);
		buf_add_str(out, STR("\r\n"));
	} else {
		if (!is_ascii(value))
			buf_add_str(out, STR(";CHARSET=UTF-8"));
		buf_add_str(out, STR(";ENCODING=QUOTED-PRINTABLE:"));
		add_quoted(out, value, out->n - begin);
	}
	return buf_ok(out) && !property->failed;
}
