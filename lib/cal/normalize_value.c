/* Values in the form that their type has. */
#include "base/utf8.h"
#include "cal/normalize_impl.h"
#include "time/when.h"

/* --- what they need ------------------------------------------------------- */

static bool
is_encoding(struct str word)
{
	return str_ieq(word, STR("QUOTED-PRINTABLE"));
}

/* Quoted-printable, or a CHARSET. */
static bool
is_encoded(const struct line *line)
{
	struct str rest = line->params, value;
	struct param param;

	while (param_next(&rest, &param)) {
		struct str values = param.values;

		if (str_ieq(param.name, STR("CHARSET")))
			return true;
		if ((param.name.n == 0 ||
			str_ieq(param.name, STR("ENCODING"))) &&
		    param_value_next(&values, &value) && is_encoding(value))
			return true;
	}
	return false;
}

static bool
is_quoted(const struct line *line)
{
	return line_is_quoted_printable(line->params);
}

/* VALUE and TZID where there are dates or times, by the first of them. */
static void
look_at_time(struct normal *normal)
{
	struct str rest = normal->value, value;
	struct when when;

	if (!str_cut(&rest, ',', &value))
		return;
	value = str_head(value, str_find_byte(value, '/'));
	if (!when_parse(&when, str_trim(value), pos_none(), NULL))
		return;
	if (when.kind == WHEN_DATE)
		normal->set_value = VALUE_DATE;
	else
		normal->set_value = VALUE_NONE;
	normal->drop_tzid = when.kind != WHEN_FLOATING;
}

/* A text may be decoded from another character set than it said. */
static struct str
valid_text(struct normalize *normalize, struct str text)
{
	struct buf out = {0};

	if (utf8_valid(text))
		return text;
	text_to_utf8(&out, text);
	text = arena_copy(normalize->draft->arena, buf_str(&out));
	if (!buf_ok(&out) || !text.p)
		normalize->draft->failed = true;
	buf_free(&out);
	return text;
}

void
normalize_look(struct normalize *normalize, struct normal *normal)
{
	const struct line *line = &normal->line->line;

	if (normal->kind == PROPERTY_TIME || normal->kind == PROPERTY_TIMES ||
	    normal->kind == PROPERTY_STAMP)
		look_at_time(normal);
	if (!is_encoded(line))
		return;
	normal->decoded = true;
	normal->value =
	    valid_text(normalize, line_text(line, normalize->draft->arena));
}

/* --- writing them --------------------------------------------------------- */

static void
add_text(struct buf *out, struct str text)
{
	struct buf escaped = {0};

	if (!text_escape(&escaped, text))
		out->failed = true;
	normalize_add_clean(out, buf_str(&escaped));
	buf_free(&escaped);
}

/* What was decoded from quoted-printable has no backslashes to be undone. */
static void
add_item(struct normalize *normalize, const struct normal *normal,
    struct str item, struct buf *out)
{
	if (!normal->decoded)
		item = text_unescape(item, normalize->draft->arena);
	add_text(out, item);
}

static void
add_list(struct normalize *normalize, const struct normal *normal,
    char separator, struct buf *out)
{
	struct str rest = normal->value, item;
	bool first = true;

	while (text_list_next(&rest, separator, &item)) {
		if (!first)
			buf_add_char(out, separator);
		add_item(normalize, normal, item, out);
		first = false;
	}
}

/* Times, lengths, rules. */
static void
add_upper(struct buf *out, struct str value)
{
	size_t from = out->n;

	normalize_add_clean(out, value);
	for (size_t i = from; i < out->n; i++)
		out->p[i] = ascii_upper(out->p[i]);
}

void
normalize_value(struct normalize *normalize, const struct normal *normal,
    struct buf *out)
{
	switch (normal->kind) {
	case PROPERTY_TEXT:
		add_item(normalize, normal, normal->value, out);
		break;
	case PROPERTY_TEXTS:
		add_list(normalize, normal, ',', out);
		break;
	case PROPERTY_PARTS:
		add_list(normalize, normal, ';', out);
		break;
	case PROPERTY_UNKNOWN:
		/* A text of several lines has to be escaped; what its type is
		 * nobody knows else. */
		if (normal->decoded && is_quoted(&normal->line->line))
			add_text(out, normal->value);
		else
			normalize_add_clean(out, normal->value);
		break;
	case PROPERTY_OTHER:
	case PROPERTY_ADDRESS:
		normalize_add_clean(out, str_trim(normal->value));
		break;
	default:
		add_upper(out, str_trim(normal->value));
		break;
	}
}
