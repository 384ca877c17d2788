#include "text/line.h"

#include "base/utf8.h"

static bool
is_break(char c)
{
	return c == '\r' || c == '\n';
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t';
}

/* A parameter that is being compared, letter by letter, with both its forms. */
struct quoted_form {
	size_t n;
	bool bare, full; /* it is that form so far */
};

static const struct str bare_form = STR_C("QUOTED-PRINTABLE");
static const struct str full_form = STR_C("ENCODING=QUOTED-PRINTABLE");

static bool
form_is(const struct quoted_form *form)
{
	return (form->bare && form->n == bare_form.n) ||
	       (form->full && form->n == full_form.n);
}

static void
form_add(struct quoted_form *form, char c)
{
	form->bare =
	    form->bare && form->n < bare_form.n && bare_form.p[form->n] == c;
	form->full =
	    form->full && form->n < full_form.n && full_form.p[form->n] == c;
	form->n++;
}

/* *closed: whether every quote was, which is asked only where they count. */
static bool
has_quoted_form(struct str raw, bool quotes, bool *closed)
{
	struct quoted_form form = {0};
	bool quoted = false;

	for (size_t i = 0; i < raw.n; i++) {
		char c = ascii_upper(raw.p[i]);

		if (is_break(c) ||
		    (is_blank(c) && i > 0 && is_break(raw.p[i - 1])))
			continue;
		if (c == '"') {
			quoted = quotes && !quoted;
		} else if (quoted || (c != ';' && c != ':' && c != ',')) {
			form_add(&form, c);
		} else {
			if (form_is(&form) || c == ':')
				return form_is(&form);
			form = (struct quoted_form){0, c == ';', c == ';'};
		}
	}
	*closed = !quoted;
	return false;
}

bool
line_is_quoted_printable(struct str raw)
{
	bool closed = true;

	if (has_quoted_form(raw, true, &closed))
		return true;
	/* As find_colon() has it. */
	return !closed && has_quoted_form(raw, false, &closed);
}

/* Soft breaks of quoted-printable stay, as "=" and a newline, for line_text();
 * a blank after one is a fold's. */
static struct str
unfold(struct str raw, struct arena *arena)
{
	bool quoted = line_is_quoted_printable(raw);
	char *to = arena_alloc(arena, raw.n ? raw.n : 1);
	size_t n = 0;

	if (!to)
		return (struct str){NULL, 0};
	for (size_t i = 0; i < raw.n; i++) {
		if (!is_break(raw.p[i])) {
			to[n++] = raw.p[i];
			continue;
		}
		while (i + 1 < raw.n && is_break(raw.p[i + 1]))
			i++;
		if (quoted && n && to[n - 1] == '=')
			to[n++] = '\n';
		if (i + 1 < raw.n && is_blank(raw.p[i + 1]))
			i++;
	}
	return (struct str){to, n};
}

static struct str
without_ending(struct str raw)
{
	while (raw.n && is_break(raw.p[raw.n - 1]))
		raw.n--;
	return raw;
}

static bool
has_break(struct str s)
{
	return str_find_byte(s, '\n') != SIZE_MAX ||
	       str_find_byte(s, '\r') != SIZE_MAX;
}

static bool
is_name_char(char c)
{
	return ascii_alpha(c) || ascii_digit(c) || c == '-' || c == '_' ||
	       c == '/';
}

/* The colon that ends the parameters: the first outside of quotes; where a
 * quote is never closed, the first colon of all. */
static size_t
find_colon(struct str s)
{
	bool quoted = false;

	for (size_t i = 0; i < s.n; i++) {
		if (s.p[i] == '"')
			quoted = !quoted;
		else if (s.p[i] == ':' && !quoted)
			return i;
	}
	return str_find_byte(s, ':');
}

static void
split_name(struct line *line, struct str s)
{
	size_t n = 0;

	while (n < s.n && is_name_char(s.p[n]))
		n++;
	if (n < s.n && s.p[n] == '.' && n > 0) {
		line->group = str_head(s, n);
		s = str_from(s, n + 1);
		for (n = 0; n < s.n && is_name_char(s.p[n]);)
			n++;
	}
	line->name = str_head(s, n);
}

struct str
line_head(struct str raw, char *to, size_t room)
{
	struct str head = {to, 0};

	for (size_t i = 0; i < raw.n && head.n < room; i++) {
		if (!is_break(raw.p[i])) {
			to[head.n++] = raw.p[i];
			continue;
		}
		while (i + 1 < raw.n && is_break(raw.p[i + 1]))
			i++;
		if (i + 1 < raw.n && is_blank(raw.p[i + 1]))
			i++;
	}
	return str_starts(head, STR("\xef\xbb\xbf")) ? str_from(head, 3) : head;
}

bool
line_is(struct str raw, struct str name, bool grouped)
{
	char unfolded[256];
	struct str head = line_head(raw, unfolded, sizeof(unfolded));
	struct line line = {.raw = raw};

	split_name(&line, head);
	head = str_from(head, (size_t)(line.name.p + line.name.n - head.p));
	return str_ieq(line.name, name) && (grouped || line.group.n == 0) &&
	       head.n && (head.p[0] == ':' || head.p[0] == ';');
}

bool
line_parse(struct line *line, struct str raw, struct pos pos,
    struct arena *arena, struct error *err)
{
	struct str s = without_ending(raw);
	size_t colon;

	*line = (struct line){.raw = raw, .pos = pos};
	if (has_break(s)) {
		s = unfold(s, arena);
		if (!s.p)
			return error_set(err, ERR_MEMORY, pos, "no memory");
	}
	if (str_starts(s, STR("\xef\xbb\xbf")))
		s = str_from(s, 3);
	split_name(line, s);
	if (line->name.n == 0)
		return error_set(err, ERR_SYNTAX, pos,
		    "a content line begins with a name");
	s = str_from(s, (size_t)(line->name.p + line->name.n - s.p));
	colon = find_colon(s);
	if (colon == SIZE_MAX) {
		line->params = s;
		return error_set(err, ERR_SYNTAX, pos, "no colon after %.*s",
		    STR_ARG(line->name));
	}
	line->params = str_head(s, colon);
	line->value = str_from(s, colon + 1);
	if (line->params.n && line->params.p[0] != ';')
		return error_set(err, ERR_SYNTAX, pos,
		    "neither colon nor semicolon after %.*s",
		    STR_ARG(line->name));
	return true;
}

bool
param_next(struct str *rest, struct param *param)
{
	struct str s = *rest;
	bool quoted = false;
	size_t n, equals;

	while (s.n && s.p[0] == ';')
		s = str_from(s, 1);
	if (s.n == 0)
		return false;
	for (n = 0; n < s.n && (quoted || s.p[n] != ';'); n++)
		if (s.p[n] == '"')
			quoted = !quoted;
	*rest = str_from(s, n);
	s = str_head(s, n);
	equals = str_find_byte(s, '=');
	if (equals == SIZE_MAX) {
		*param = (struct param){.values = s};
		return true;
	}
	param->name = str_trim(str_head(s, equals));
	param->values = str_from(s, equals + 1);
	return true;
}

bool
param_value_next(struct str *rest, struct str *value)
{
	struct str s = *rest;
	bool quoted = false;
	size_t n;

	if (!s.p)
		return false;
	for (n = 0; n < s.n && (quoted || s.p[n] != ','); n++)
		if (s.p[n] == '"')
			quoted = !quoted;
	*value = str_head(s, n);
	if (n < s.n)
		*rest = str_from(s, n + 1);
	else
		*rest = (struct str){NULL, 0};
	if (value->n >= 2 && value->p[0] == '"' &&
	    value->p[value->n - 1] == '"')
		*value = (struct str){value->p + 1, value->n - 2};
	return true;
}

struct str
param_decode(struct str value, struct arena *arena)
{
	char *to;
	size_t n = 0;

	if (str_find_byte(value, '^') == SIZE_MAX)
		return value;
	to = arena_alloc(arena, value.n);
	if (!to)
		return value;
	for (size_t i = 0; i < value.n; i++) {
		char next = i + 1 < value.n ? value.p[i + 1] : '\0';
		char decoded = next == 'n'    ? '\n'
		               : next == '^'  ? '^'
		               : next == '\'' ? '"'
		                              : '\0';

		if (value.p[i] == '^' && decoded) {
			to[n++] = decoded;
			i++;
		} else {
			to[n++] = value.p[i];
		}
	}
	return (struct str){to, n};
}

bool
line_param(const struct line *line, struct str name, struct arena *arena,
    struct str *value)
{
	struct str rest = line->params;
	struct param param;

	while (param_next(&rest, &param)) {
		struct str values = param.values;

		if (!str_ieq(param.name, name))
			continue;
		if (!param_value_next(&values, value))
			*value = param.values;
		*value = param_decode(*value, arena);
		return true;
	}
	return false;
}

bool
param_escape(struct buf *out, struct str value)
{
	bool quoted = false;

	for (size_t i = 0; i < value.n; i++)
		quoted |=
		    value.p[i] == ':' || value.p[i] == ';' || value.p[i] == ',';
	if (quoted)
		buf_add_char(out, '"');
	for (size_t i = 0; i < value.n; i++) {
		char c = value.p[i];

		if (c == '^')
			buf_add(out, "^^", 2);
		else if (c == '"')
			buf_add(out, "^'", 2);
		else if (c == '\n')
			buf_add(out, "^n", 2);
		else if ((unsigned char)c >= 0x20 && c != 0x7f)
			buf_add_char(out, c);
	}
	if (quoted)
		buf_add_char(out, '"');
	return buf_ok(out);
}

bool
line_write(struct buf *out, struct str unfolded)
{
	return line_write_as(out, unfolded, STR("\r\n"));
}

bool
line_write_as(struct buf *out, struct str unfolded, struct str ending)
{
	size_t room = 75;

	while (unfolded.n > room) {
		size_t n = room;

		while (n > room - 4 && utf8_is_tail(unfolded.p[n]))
			n--;
		if (utf8_is_tail(unfolded.p[n]))
			n = room; /* no UTF-8: any place will do */
		buf_add_str(out, str_head(unfolded, n));
		buf_add_str(out, ending);
		buf_add_char(out, ' ');
		unfolded = str_from(unfolded, n);
		room = 74;
	}
	buf_add_str(out, unfolded);
	return buf_add_str(out, ending);
}
