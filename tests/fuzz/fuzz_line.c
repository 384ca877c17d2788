/* Any bytes as a content line: everything that splits, walks or decodes it;
 * folding it, or writing it anew, changes nothing of it. */
#include <stdlib.h>

#include "text/line.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n);

static void
must(bool holds)
{
	if (!holds)
		abort();
}

static void
walk_parameters(const struct line *line, struct arena *arena)
{
	struct str rest = line->params, value;
	struct param param;
	size_t bytes = 0;

	while (param_next(&rest, &param)) {
		struct str values = param.values;

		bytes += param.name.n + param.values.n + 1;
		while (param_value_next(&values, &value))
			must(param_decode(value, arena).n <= value.n);
		if (param.name.n)
			must(line_param(line, param.name, arena, &value));
	}
	must(bytes <= line->params.n + 1);
}

static void
walk_value(const struct line *line, struct arena *arena)
{
	struct str rest = line->value, item;
	struct str text = text_unescape(line->value, arena);
	struct buf out = {0};
	size_t bytes = 0, items = 0;

	while (text_list_next(&rest, ',', &item)) {
		bytes += item.n;
		items++;
	}
	must(bytes + items == line->value.n + 1);
	must(text.n <= line->value.n);
	must(text_escape(&out, text));
	if (str_find_byte(text, '\r') == SIZE_MAX)
		must(str_eq(text_unescape(buf_str(&out), arena), text));
	buf_free(&out);
	line_text(line, arena);
}

static void
must_parse_as(const struct line *want, struct str raw, struct arena *arena)
{
	struct line line;

	must(line_parse(&line, raw, pos_none(), arena, NULL));
	must(str_eq(line.group, want->group));
	must(str_eq(line.name, want->name));
	must(str_eq(line.params, want->params));
	must(str_eq(line.value, want->value));
	if (line.name.n + line.group.n < 200)
		must(line_is(raw, line.name, true));
}

/* A fold after every `step` bytes. */
static void
fold(struct str s, size_t step, struct buf *out)
{
	static const char *const folds[] = {"\r\n ", "\n\t", "\r ", "\r\r\n "};

	for (size_t i = 0; i < s.n; i++) {
		buf_add_char(out, s.p[i]);
		if (i % step == step - 1)
			buf_add_str(out, str_of(folds[i / step % 4]));
	}
}

static void
write_anew(const struct line *line, struct str raw, size_t step,
    struct arena *arena)
{
	struct buf out = {0};

	fold(raw, step, &out);
	must_parse_as(line, buf_str(&out), arena);
	buf_reset(&out);
	must(line_write(&out, raw));
	must_parse_as(line, buf_str(&out), arena);
	buf_free(&out);
}

int
LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t n)
{
	struct arena arena = {0};
	struct error err = {0};
	struct line line;
	struct str raw = {(const char *)bytes, n};
	size_t step;

	if (n == 0)
		return 0;
	step = 1 + bytes[0] % 80u;
	raw = str_from(raw, 1);
	if (!line_parse(&line, raw, pos_none(), &arena, &err)) {
		must(err.code == ERR_SYNTAX);
		must(line.raw.p == raw.p && line.raw.n == raw.n);
	}
	walk_parameters(&line, &arena);
	if (err.code == ERR_NONE) {
		walk_value(&line, &arena);
		if (str_find_byte(raw, '\r') == SIZE_MAX &&
		    str_find_byte(raw, '\n') == SIZE_MAX &&
		    !line_is_quoted_printable(raw))
			write_anew(&line, raw, step, &arena);
	}
	arena_free(&arena);
	return 0;
}
