#include <jansson.h>

#include "base/utf8.h"
#include "text/row.h"

#define ODD "\xef\xbf\xbd" /* U+FFFD */

/* C1 controls, which a terminal may obey, are legal in a JSON string. */
static bool
has_c1(struct str text)
{
	for (size_t i = 1; i < text.n; i++)
		if ((unsigned char)text.p[i] < 0xa0 && text.p[i - 1] == '\xc2')
			return true;
	return false;
}

static json_t *
string_of(struct str text, bool *c1)
{
	struct buf clean = {0};
	json_t *string = NULL;

	*c1 |= has_c1(text);
	/* Valid text fails for want of memory only; it fails below again. */
	if ((string = json_stringn(text.n ? text.p : "", text.n)))
		return string;
	while (text.n) {
		struct str character = text;

		if (utf8_next(&text) < 0)
			character = STR(ODD);
		else
			character.n -= text.n;
		buf_add_str(&clean, character);
	}
	if (buf_ok(&clean))
		string = json_stringn_nocheck(clean.p, clean.n);
	buf_free(&clean);
	return string;
}

static json_t *
array_of(const struct field *field, bool *c1)
{
	json_t *array = json_array();

	for (size_t i = 0; i < field->count && array; i++)
		if (json_array_append_new(array,
			string_of(field->items[i], c1)) < 0) {
			json_decref(array);
			return NULL;
		}
	return array;
}

static json_t *
value_of(const struct field *field, bool *c1)
{
	switch (field->kind) {
	case FIELD_ABSENT:
		return json_null();
	case FIELD_TEXT:
		return string_of(field->text, c1);
	case FIELD_NUMBER:
		return json_integer(field->number);
	case FIELD_BOOL:
		return json_boolean(field->number != 0);
	case FIELD_LIST:
		return array_of(field, c1);
	}
	return NULL;
}

static bool
set(json_t *row, struct str name, const struct field *field, bool *c1)
{
	char key[256];

	if (name.n >= sizeof(key))
		return false;
	memcpy(key, name.p, name.n);
	key[name.n] = '\0';
	/* Frees the value also when it fails. */
	return json_object_set_new(row, key, value_of(field, c1)) == 0;
}

static int
append(const char *bytes, size_t n, void *out)
{
	return buf_add(out, bytes, n) ? 0 : -1;
}

bool
row_write_json(struct buf *out, const struct str *names,
    const struct field *fields, size_t count)
{
	json_t *row = json_object();
	bool good = row != NULL, c1 = false;
	size_t flags = JSON_COMPACT;

	for (size_t i = 0; i < count && good; i++)
		good = set(row, names[i], &fields[i], &c1);
	if (c1)
		flags |= JSON_ENSURE_ASCII;
	if (good)
		good = json_dump_callback(row, append, out, flags) == 0;
	json_decref(row);
	if (!good)
		out->failed = true;
	buf_add_char(out, '\n');
	return buf_ok(out);
}
