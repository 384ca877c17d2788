#include "card/value.h"

#include "base/buf.h"

/* Whether all of the value is encoded, its separators too (vCard 2.1). */
static bool
is_encoded(const struct line *line)
{
	return line_is_quoted_printable(line->raw);
}

static bool
cut_part(struct str *rest, bool encoded, struct str *part)
{
	if (encoded)
		return str_cut(rest, ';', part);
	return text_list_next(rest, ';', part);
}

/* "a\, b,c" is two items: "a, b" and "c". */
static struct str
joined(struct str part, struct arena *arena)
{
	struct buf list = {0};
	struct str item, all;
	bool any = false;

	if (str_find_byte(part, ',') == SIZE_MAX)
		return str_trim(text_unescape(part, arena));
	while (text_list_next(&part, ',', &item)) {
		item = str_trim(text_unescape(item, arena));
		if (item.n == 0)
			continue;
		if (any)
			buf_add_str(&list, STR(", "));
		buf_add_str(&list, item);
		any = true;
	}
	all = arena_copy(arena, buf_str(&list));
	buf_free(&list);
	return all;
}

struct str
card_part(const struct line *line, size_t number, struct arena *arena)
{
	bool encoded = is_encoded(line);
	struct str rest = encoded ? line_text(line, arena) : line->value, part;
	size_t at = 0;

	while (cut_part(&rest, encoded, &part))
		if (at++ == number)
			return encoded ? str_trim(part) : joined(part, arena);
	return (struct str){NULL, 0};
}

static struct str
simple(const struct record *record, struct str name, struct arena *arena)
{
	struct component card;
	struct line line;

	component_of_record(&card, record);
	if (!component_line(&card, name, &line, arena))
		return (struct str){NULL, 0};
	return str_trim(line_text(&line, arena));
}

/* Prefix, given, additional, family, suffix (RFC 6350, 6.2.2). */
static struct str
put_together(const struct record *record, struct arena *arena)
{
	static const size_t order[] = {3, 1, 2, 0, 4};
	struct component card;
	struct buf name = {0};
	struct line line;
	struct str all;

	component_of_record(&card, record);
	if (!component_line(&card, STR("N"), &line, arena))
		return (struct str){NULL, 0};
	for (size_t i = 0; i < sizeof(order) / sizeof(order[0]); i++) {
		struct str part = card_part(&line, order[i], arena);

		if (part.n && name.n)
			buf_add_char(&name, ' ');
		buf_add_str(&name, part);
	}
	all = arena_copy(arena, buf_str(&name));
	buf_free(&name);
	return all;
}

struct str
card_name(const struct record *record, struct arena *arena)
{
	static const struct str others[] = {STR_C("NICKNAME"), STR_C("EMAIL")};
	struct str name = simple(record, STR("FN"), arena);
	struct component card;
	struct line line;

	if (name.n == 0)
		name = put_together(record, arena);
	component_of_record(&card, record);
	if (name.n == 0 && component_line(&card, STR("ORG"), &line, arena))
		name = card_part(&line, 0, arena);
	for (size_t i = 0; i < 2 && name.n == 0; i++)
		name = simple(record, others[i], arena);
	return name;
}

bool
card_is_group(const struct record *record, struct arena *arena)
{
	return str_ieq(simple(record, STR("KIND"), arena), STR("group")) ||
	       str_ieq(simple(record, STR("X-ADDRESSBOOKSERVER-KIND"), arena),
		   STR("group"));
}

struct str
card_address(struct str value)
{
	value = str_trim(value);
	return str_istarts(value, STR("mailto:")) ? str_from(value, 7) : value;
}
