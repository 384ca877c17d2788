/* Parameters: names in upper case, each once, values quoted where they must
 * be (RFC 5545, 3.2; RFC 6868). */
#include "cal/normalize_impl.h"

static bool
is_token(struct str name)
{
	for (size_t i = 0; i < name.n; i++)
		if (!ascii_alpha(name.p[i]) && !ascii_digit(name.p[i]) &&
		    name.p[i] != '-')
			return false;
	return name.n > 0;
}

/* vCalendar 1.0 leaves names out: ";QUOTED-PRINTABLE". */
static struct str
name_of_word(struct str word)
{
	static const struct str encodings[] = {STR_C("BASE64"), STR_C("8BIT")};
	static const struct str types[] = {STR_C("BINARY"), STR_C("BOOLEAN"),
	    STR_C("CAL-ADDRESS"), STR_C("DATE"), STR_C("DATE-TIME"),
	    STR_C("DURATION"), STR_C("FLOAT"), STR_C("INTEGER"),
	    STR_C("PERIOD"), STR_C("RECUR"), STR_C("TEXT"), STR_C("TIME"),
	    STR_C("URI"), STR_C("UTC-OFFSET")};

	for (size_t i = 0; i < sizeof(encodings) / sizeof(encodings[0]); i++)
		if (str_ieq(word, encodings[i]))
			return STR("ENCODING");
	for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
		if (str_ieq(word, types[i]))
			return STR("VALUE");
	return (struct str){NULL, 0};
}

static void
add_upper(struct buf *out, struct str name)
{
	for (size_t i = 0; i < name.n; i++)
		buf_add_char(out, ascii_upper(name.p[i]));
}

static bool
wants_quotes(struct str value)
{
	for (size_t i = 0; i < value.n; i++)
		if (str_find_byte(STR(":;,"), value.p[i]) != SIZE_MAX)
			return true;
	return false;
}

static void
add_value(struct buf *out, struct str value)
{
	bool quotes = wants_quotes(value);
	struct buf clean = {0};

	normalize_add_clean(&clean, value);
	if (quotes)
		buf_add_char(out, '"');
	for (size_t i = 0; i < clean.n; i++) {
		if (clean.p[i] == '"')
			buf_add(out, "^'", 2);
		else
			buf_add_char(out, clean.p[i]);
	}
	if (quotes)
		buf_add_char(out, '"');
	if (!buf_ok(&clean))
		out->failed = true;
	buf_free(&clean);
}

static bool
is_void_value(const struct normal *normal, struct str name, struct str value)
{
	if (str_ieq(name, STR("CHARSET")))
		return true;
	if (str_ieq(name, STR("ENCODING")))
		return str_ieq(value, STR("QUOTED-PRINTABLE")) ||
		       str_ieq(value, STR("7BIT"));
	if (str_ieq(name, STR("TZID")))
		return normal->drop_tzid;
	if (!str_ieq(name, STR("VALUE")))
		return false;
	return normal->set_value == VALUE_DATE ||
	       (normal->set_value == VALUE_NONE &&
		   str_istarts(value, STR("DATE")));
}

/* Whether the parameter says what the value no longer is, or never was: the
 * value as it would be written counts, without control characters. */
static bool
is_void(const struct normal *normal, struct str name, struct str values,
    struct buf *out)
{
	struct buf clean = {0};
	struct str value;
	bool is;

	if (!param_value_next(&values, &value))
		value = values;
	normalize_add_clean(&clean, value);
	is = is_void_value(normal, name, buf_str(&clean));
	if (!buf_ok(&clean))
		out->failed = true;
	buf_free(&clean);
	return is;
}

/* Whether the parameters so far have one of that name. */
static bool
was_before(struct str rest, const char *end, struct str name)
{
	struct param param;

	while (param_next(&rest, &param) && param.values.p < end)
		if (str_ieq(param.name, name))
			return true;
	return false;
}

static void
add_param(struct normalize *normalize, const struct normal *normal,
    struct str name, struct str values, struct buf *out)
{
	struct str value;
	bool first = true;

	if (!is_token(name) ||
	    was_before(normal->line->line.params, values.p, name)) {
		normalize_say(normalize, normal->line, ERR_SYNTAX,
		    is_token(name) ? "parameter %.*s a second time: left out"
				   : "\"%.*s\" is no parameter: left out",
		    STR_ARG(str_head(name.n ? name : values, 40)));
		return;
	}
	buf_add_char(out, ';');
	add_upper(out, name);
	buf_add_char(out, '=');
	while (param_value_next(&values, &value)) {
		if (!first)
			buf_add_char(out, ',');
		add_value(out, value);
		first = false;
	}
}

void
normalize_params(struct normalize *normalize, const struct normal *normal,
    struct buf *out)
{
	struct str rest = normal->line->line.params;
	struct param param;

	while (param_next(&rest, &param)) {
		struct str name = param.name;

		if (name.n == 0 &&
		    str_ieq(param.values, STR("QUOTED-PRINTABLE")))
			continue;
		if (name.n == 0)
			name = name_of_word(param.values);
		if (!is_void(normal, name, param.values, out))
			add_param(normalize, normal, name, param.values, out);
	}
	if (normal->set_value == VALUE_DATE)
		buf_add_str(out, STR(";VALUE=DATE"));
}
