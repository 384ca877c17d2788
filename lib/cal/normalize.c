#include "cal/normalize_impl.h"

#include <stdarg.h>
#include <stdio.h>

#include "cal/vcalendar1.h"

void
normalize_init(struct normalize *normalize)
{
	normalize->pairs = (struct repair){.tell = normalize->report,
	    .arg = normalize->arg,
	    .zone = normalize->zone,
	    .zone_arg = normalize->zone_arg};
	normalize->missing = normalize->pairs;
	normalize->missing.tell = NULL;
	normalize->converted = normalize->missing;
	repair_parse(&normalize->pairs.set, "end", NULL);
	repair_parse(&normalize->converted.set, "rule,until,exdate", NULL);
	repair_parse(&normalize->missing.set, "encoding,uid,stamp", NULL);
}

void
normalize_calendar(struct normalize *normalize)
{
	normalize->vcalendar1 = false;
}

void
normalize_free(struct normalize *normalize)
{
	repair_free(&normalize->pairs);
	repair_free(&normalize->missing);
	repair_free(&normalize->converted);
	buf_free(&normalize->buf);
}

void
normalize_say(const struct normalize *normalize, const struct draft_line *line,
    enum error_code code, const char *format, ...)
{
	struct error err;
	char text[220];
	va_list args;

	va_start(args, format);
	if (vsnprintf(text, sizeof(text), format, args) < 0)
		text[0] = '\0';
	va_end(args);
	error_set(&err, code, line->line.pos, "%s", text);
	normalize->report(normalize->arg, &err);
}

void
normalize_add_clean(struct buf *out, struct str text)
{
	for (size_t i = 0; i < text.n; i++) {
		unsigned char c = (unsigned char)text.p[i];

		if ((c >= ' ' && c != 0x7f) || c == '\t')
			buf_add_char(out, text.p[i]);
	}
}

static void
add_upper(struct buf *out, struct str name)
{
	for (size_t i = 0; i < name.n; i++) {
		char c = ascii_upper(name.p[i]);

		buf_add_char(out, ascii_alpha(c) || ascii_digit(c) ? c : '-');
	}
}

/* --- lines ---------------------------------------------------------------- */

static void
set_made(struct normalize *normalize, struct draft_line *line)
{
	struct draft *draft = normalize->draft;
	enum draft_kind kind = line->kind;
	struct buf valid = {0};
	struct str made;

	text_to_utf8(&valid, buf_str(&normalize->buf));
	made = arena_copy(draft->arena, buf_str(&valid));
	if (!buf_ok(&valid))
		normalize->buf.failed = true;
	buf_free(&valid);

	if (!buf_ok(&normalize->buf) || !made.p) {
		draft->failed = true;
		return;
	}
	draft_set(draft, line, made);
	/* The value of BEGIN and END is the component's name. */
	if (kind == DRAFT_BEGIN || kind == DRAFT_END)
		line->kind = kind;
}

static void
fix_pair(struct normalize *normalize, struct draft_line *line)
{
	buf_reset(&normalize->buf);
	buf_add_str(&normalize->buf,
	    line->kind == DRAFT_BEGIN ? STR("BEGIN:") : STR("END:"));
	add_upper(&normalize->buf, line->line.value);
	set_made(normalize, line);
}

/* BEGIN and END of what no component is called. */
static bool
is_no_pair(const struct draft_line *line)
{
	return str_ieq(line->line.name, STR("BEGIN")) ||
	       str_ieq(line->line.name, STR("END"));
}

/* Nothing is lost of what nobody can read. */
static void
fix_junk(struct normalize *normalize, struct draft_line *line)
{
	struct str text = str_trim(draft_text(line));
	struct buf escaped = {0};

	if (text.n == 0) {
		draft_drop(normalize->draft, line);
		return;
	}
	normalize_say(normalize, line, ERR_SYNTAX,
	    "not a content line: \"%.*s\"; kept as X-KALENDS-LINE",
	    STR_ARG(str_head(text, 40)));
	buf_reset(&normalize->buf);
	buf_add_str(&normalize->buf, STR("X-KALENDS-LINE:"));
	text_escape(&escaped, text);
	normalize_add_clean(&normalize->buf, buf_str(&escaped));
	buf_free(&escaped);
	set_made(normalize, line);
}

static void
fix_property(struct normalize *normalize, struct draft_line *line)
{
	struct normal normal = {.line = line,
	    .kind = property_kind(line->line.name),
	    .value = line->line.value};
	struct buf *out = &normalize->buf;

	normalize_look(normalize, &normal);
	buf_reset(out);
	add_upper(out, line->line.name);
	normalize_params(normalize, &normal, out);
	buf_add_char(out, ':');
	normalize_value(normalize, &normal, out);
	set_made(normalize, line);
}

/* VERSION of what is written here is always the same. */
static void
fix_version(struct draft *draft)
{
	struct draft_part whole = draft_whole(draft);
	struct draft_line *line = NULL;

	if (draft->name.n)
		return;
	while ((line = draft_find(draft, &whole, STR("VERSION"), line)))
		draft_set(draft, line, STR("VERSION:2.0"));
}

void
normalize_pairs(struct normalize *normalize, struct draft *draft)
{
	repair_draft(&normalize->pairs, draft);
}

void
normalize_draft(struct normalize *normalize, struct draft *draft)
{
	normalize->draft = draft;
	draft->strict = true;
	draft->ending = STR("\r\n");
	normalize_pairs(normalize, draft);
	if (vcalendar1_is(draft))
		normalize->vcalendar1 = true;
	if (normalize->vcalendar1) {
		vcalendar1_convert(draft, normalize->report, normalize->arg);
		repair_draft(&normalize->converted, draft);
	}
	repair_draft(&normalize->missing, draft);
	for (size_t i = 0; i < draft->count && !draft->failed; i++) {
		struct draft_line *line = &draft->lines[i];

		if (line->dropped)
			continue;
		switch (line->kind) {
		case DRAFT_BEGIN:
		case DRAFT_END:
			fix_pair(normalize, line);
			break;
		case DRAFT_JUNK:
			fix_junk(normalize, line);
			break;
		case DRAFT_PROPERTY:
			if (is_no_pair(line))
				fix_junk(normalize, line);
			else
				fix_property(normalize, line);
			break;
		case DRAFT_LONG:
			break;
		}
	}
	fix_version(draft);
}
