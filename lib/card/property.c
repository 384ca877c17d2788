#include "card/property.h"

#include "base/utf8.h"

/* --- parameters ----------------------------------------------------------- */

struct card_param *
card_param(struct card_property *property, struct str name)
{
	for (size_t i = 0; i < property->count; i++)
		if (str_ieq(property->params[i].name, name))
			return &property->params[i];
	return NULL;
}

void
card_param_add(struct card_property *property, struct str name,
    struct str values)
{
	if (property->count == CARD_PARAMS_MOST) {
		property->failed = true;
		return;
	}
	property->params[property->count++] = (struct card_param){name, values};
}

void
card_param_drop(struct card_property *property, struct str name)
{
	size_t kept = 0;

	for (size_t i = 0; i < property->count; i++)
		if (!str_ieq(property->params[i].name, name))
			property->params[kept++] = property->params[i];
	property->count = kept;
}

struct str
card_join(struct card_property *property, struct str a, struct str b)
{
	char *to = arena_alloc(property->arena, a.n + b.n + 1);

	if (!to) {
		property->failed = true;
		return a;
	}
	if (a.n)
		memcpy(to, a.p, a.n);
	if (b.n)
		memcpy(to + a.n, b.p, b.n);
	return (struct str){to, a.n + b.n};
}

/* A value of a parameter, in quotes where it must have some. */
static struct str
quoted_if(struct card_property *property, struct str value)
{
	for (size_t i = 0; i < value.n; i++)
		if (str_find_byte(STR(":;,"), value.p[i]) != SIZE_MAX)
			return card_join(property,
			    card_join(property, STR("\""), value), STR("\""));
	return value;
}

/* The values without one of them; *taken where it was there. */
static struct str
without(struct card_property *property, struct str values, struct str type,
    bool *taken)
{
	struct str kept = {"", 0}, value;

	while (param_value_next(&values, &value)) {
		if (str_ieq(value, type)) {
			*taken = true;
			continue;
		}
		if (kept.n)
			kept = card_join(property, kept, STR(","));
		kept = card_join(property, kept, quoted_if(property, value));
	}
	return kept;
}

bool
card_type_take(struct card_property *property, struct str type)
{
	bool taken = false;
	size_t kept = 0;

	for (size_t i = 0; i < property->count; i++) {
		struct card_param *param = &property->params[i];
		bool here = false;
		struct str rest = {NULL, 0};

		if (str_eq(param->name, STR("TYPE")))
			rest = without(property, param->values, type, &here);
		taken = taken || here;
		if (here && rest.n == 0)
			continue;
		if (here)
			param->values = rest;
		property->params[kept++] = *param;
	}
	property->count = kept;
	return taken;
}

/* --- reading -------------------------------------------------------------- */

static struct str
kept_text(struct card_property *property, struct buf *text)
{
	struct str copy = arena_copy(property->arena, buf_str(text));

	property->failed |= !buf_ok(text) || (text->n && !copy.p);
	buf_free(text);
	return copy;
}

/* What is known in upper case; other names stay as somebody wrote them. */
static struct str
spelled(struct str name, const struct card_known *known)
{
	return known ? known->name : name;
}

/* TYPE="work,voice" is the list that TYPE=work,voice is (RFC 6350, 5.6). */
static struct str
without_quotes(struct str values)
{
	struct str inside;

	if (values.n < 3 || values.p[0] != '"' || values.p[values.n - 1] != '"')
		return values;
	inside = str_head(str_from(values, 1), values.n - 2);
	for (size_t i = 0; i < inside.n; i++)
		if (!ascii_alpha(inside.p[i]) && !ascii_digit(inside.p[i]) &&
		    inside.p[i] != ',' && inside.p[i] != '-')
			return values;
	return inside;
}

/* What a word without "=" means (vCard 2.1). */
static struct str
meaning_of(struct str word)
{
	static const struct str encodings[] = {STR_C("QUOTED-PRINTABLE"),
	    STR_C("BASE64"), STR_C("B"), STR_C("7BIT"), STR_C("8BIT")};
	static const struct str values[] = {STR_C("INLINE"), STR_C("URL"),
	    STR_C("CONTENT-ID"), STR_C("CID")};

	for (size_t i = 0; i < sizeof(encodings) / sizeof(encodings[0]); i++)
		if (str_ieq(word, encodings[i]))
			return STR("ENCODING");
	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++)
		if (str_ieq(word, values[i]))
			return STR("VALUE");
	return STR("TYPE");
}

/* A value without what may not stand in one (RFC 6868 has words for quotes). */
static struct str
cleaned(struct card_property *property, struct str value)
{
	struct buf utf8 = {0}, text = {0};

	text_to_utf8(&utf8, value);
	for (size_t i = 0; i < utf8.n; i++)
		if (utf8.p[i] != '"' && (unsigned char)utf8.p[i] >= 32 &&
		    utf8.p[i] != 127)
			buf_add_char(&text, utf8.p[i]);
	buf_free(&utf8);
	return kept_text(property, &text);
}

/* A list of values, each in quotes where it must be. */
static struct str
tidy(struct card_property *property, struct str values)
{
	struct str list = {"", 0}, value;
	bool any = false;

	while (param_value_next(&values, &value)) {
		if (any)
			list = card_join(property, list, STR(","));
		any = true;
		list = card_join(property, list,
		    quoted_if(property, cleaned(property, value)));
	}
	return list;
}

bool
card_is_token(struct str name)
{
	for (size_t i = 0; i < name.n; i++)
		if (!ascii_alpha(name.p[i]) && !ascii_digit(name.p[i]) &&
		    name.p[i] != '-' && name.p[i] != '_')
			return false;
	return name.n > 0;
}

static void
read_params(struct card_property *property, const struct line *line,
    bool *mended)
{
	struct str rest = line->params;
	struct param param;

	while (param_next(&rest, &param)) {
		struct str name =
		    spelled(param.name, card_known_param(param.name));

		if (param.name.n == 0 && param.values.n == 0)
			continue;
		if (param.name.n == 0) {
			name = meaning_of(param.values);
			*mended = true;
		} else if (!card_is_token(name)) {
			param.values = card_join(property,
			    cleaned(property, name), param.values);
			name = STR("X-KEPT-PARAM");
			*mended = true;
		}
		param.values = tidy(property, param.values);
		if (str_eq(name, STR("TYPE")))
			param.values = without_quotes(param.values);
		card_param_add(property, name, param.values);
	}
}

/* Text of vCard 2.1, in which only the semicolon is escaped; many escape more.
 */
static void
add_plain(struct buf *to, struct str text, bool parts)
{
	for (size_t i = 0; i < text.n; i++) {
		char c = text.p[i];
		bool escaped =
		    c == '\\' && i + 1 < text.n &&
		    str_find_byte(STR(";,\\"), text.p[i + 1]) != SIZE_MAX;

		if (c == '\r' && i + 1 < text.n && text.p[i + 1] == '\n')
			continue;
		if (escaped)
			c = text.p[++i];
		if (c == ';' && parts && !escaped)
			buf_add_char(to, ';');
		else
			text_escape(to, (struct str){&c, 1});
	}
}

static void
add_again(struct card_property *property, struct buf *to, struct str text)
{
	text_escape(to, text_unescape(text, property->arena));
}

/* A list of texts; one that is none has no bare comma. */
static void
add_items(struct card_property *property, struct buf *to, struct str list)
{
	struct str item;
	bool any = false;

	while (text_list_next(&list, ',', &item)) {
		if (any)
			buf_add_char(to, ',');
		any = true;
		add_again(property, to, item);
	}
}

/* As 3.0 has it. */
static struct str
escaped(struct card_property *property, struct str value, bool quoted)
{
	enum card_value kind = card_property_value(property);
	struct buf text = {0};

	switch (kind) {
	case CARD_TEXT:
	case CARD_PARTS:
		add_plain(&text, value, kind == CARD_PARTS);
		break;
	case CARD_TEXTS:
		add_items(property, &text, value);
		break;
	default:
		if (!quoted)
			return value;
		/* A line end in it would be the line's. */
		for (size_t i = 0; i < value.n; i++)
			if (value.p[i] == '\n')
				buf_add_str(&text, STR("\\n"));
			else if (value.p[i] != '\r')
				buf_add_char(&text, value.p[i]);
	}
	return kept_text(property, &text);
}

/* Escapes as they should be: "\n" for "\N", "\," for a comma that parts
 * nothing. */
static struct str
escaped_again(struct card_property *property)
{
	enum card_value kind = card_property_value(property);
	struct str rest = property->value, part;
	bool lists = !str_eq(property->name, STR("ORG"));
	struct buf text = {0};
	bool any = false;

	if (kind == CARD_TEXT) {
		add_again(property, &text, rest);
	} else if (kind == CARD_TEXTS) {
		add_items(property, &text, rest);
	} else if (kind == CARD_PARTS) {
		while (text_list_next(&rest, ';', &part)) {
			if (any)
				buf_add_char(&text, ';');
			any = true;
			if (lists)
				add_items(property, &text, part);
			else
				add_again(property, &text, part);
		}
	} else {
		return rest;
	}
	return kept_text(property, &text);
}

/* base64 in several lines has blanks where they were joined. */
static struct str
without_blanks(struct card_property *property, struct str value)
{
	struct buf text = {0};

	if (str_find_byte(value, ' ') == SIZE_MAX &&
	    str_find_byte(value, '\t') == SIZE_MAX)
		return value;
	for (size_t i = 0; i < value.n; i++)
		if (value.p[i] != ' ' && value.p[i] != '\t')
			buf_add_char(&text, value.p[i]);
	return kept_text(property, &text);
}

static void
read_encoding(struct card_property *property, enum card_version version,
    bool *mended)
{
	struct card_param *value = card_param(property, STR("VALUE"));
	struct card_param *encoding;

	if (value && str_ieq(value->values, STR("URL")))
		value->values = STR("uri");
	else if (value && str_ieq(value->values, STR("INLINE")))
		card_param_drop(property, STR("VALUE"));
	if (card_property_value(property) == CARD_BINARY &&
	    str_istarts(property->value, STR("data:")))
		property->value = without_blanks(property, property->value);
	encoding = card_param(property, STR("ENCODING"));
	if (!encoding)
		return;
	if (str_ieq(encoding->values, STR("BASE64")) ||
	    str_ieq(encoding->values, STR("B"))) {
		*mended |= version != CARD_21 && encoding->values.n > 1;
		encoding->values = STR("b");
		property->value = without_blanks(property, property->value);
	} else {
		card_param_drop(property, STR("ENCODING"));
	}
}

bool
card_property_read(struct card_property *property, const struct line *line,
    enum card_version version, struct arena *arena, bool *mended)
{
	bool quoted;
	struct buf text = {0};

	property->group = line->group;
	property->name = spelled(line->name, card_known(line->name));
	property->count = 0;
	property->pos = line->pos;
	property->arena = arena;
	property->failed = false;
	*mended = false;
	read_params(property, line, mended);
	if (version == CARD_21)
		*mended = false;
	property->value = line_decoded(line, arena, &quoted);
	if (!utf8_valid(property->value)) {
		text_to_utf8(&text, property->value);
		property->value = kept_text(property, &text);
		*mended = true;
	}
	*mended |= quoted && version != CARD_21;
	card_param_drop(property, STR("CHARSET"));
	if (quoted || version == CARD_21)
		property->value = escaped(property, property->value, quoted);
	else
		property->value = escaped_again(property);
	read_encoding(property, version, mended);
	return !property->failed;
}

enum card_value
card_property_value(const struct card_property *property)
{
	struct str name = property->name;
	const struct card_known *known = card_known(name);

	/* Kept under another name it is what it was. */
	if (!known && str_istarts(name, STR("X-")))
		known = card_known(str_from(name, 2));
	return known ? known->value : CARD_RAW;
}

/* --- writing -------------------------------------------------------------- */

bool
card_property_write(const struct card_property *property, struct buf *out)
{
	struct buf line = {0};
	bool ok;

	if (property->group.n) {
		buf_add_str(&line, property->group);
		buf_add_char(&line, '.');
	}
	buf_add_str(&line, property->name);
	for (size_t i = 0; i < property->count; i++) {
		buf_add_char(&line, ';');
		buf_add_str(&line, property->params[i].name);
		buf_add_char(&line, '=');
		buf_add_str(&line, property->params[i].values);
	}
	buf_add_char(&line, ':');
	buf_add_str(&line, property->value);
	ok = buf_ok(&line) && line_write(out, buf_str(&line));
	buf_free(&line);
	return ok;
}
