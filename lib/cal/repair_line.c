/* Lines that are not what RFC 5545, 3.1, says a line is. */
#include "base/utf8.h"
#include "cal/repair_impl.h"

/* --- encoding ------------------------------------------------------------- */

static bool
is_control(char c)
{
	unsigned char byte = (unsigned char)c;

	return (byte < ' ' && byte != '\t') || byte == 0x7f;
}

static bool
has_controls(struct str text)
{
	for (size_t i = 0; i < text.n; i++)
		if (is_control(text.p[i]))
			return true;
	return false;
}

static void
remove_controls(struct buf *text)
{
	size_t n = 0;

	for (size_t i = 0; i < text->n; i++)
		if (!is_control(text->p[i]))
			text->p[n++] = text->p[i];
	text->n = n;
}

void
repair_encoding(struct repair *repair, struct draft *draft)
{
	for (size_t i = 0; i < draft->count; i++) {
		struct draft_line *line = &draft->lines[i];
		struct str text = draft_text(line), charset;
		struct buf *out;

		bool valid = utf8_valid(text);

		if (line->dropped || line->kind == DRAFT_LONG ||
		    (line->kind == DRAFT_PROPERTY &&
			line_is_quoted_printable(line->line.params)) ||
		    (valid && !has_controls(text)) ||
		    line_param(&line->line, STR("CHARSET"), draft->arena,
			&charset))
			continue;
		out = repair_buf(repair);
		text_to_utf8(out, text);
		remove_controls(out);
		draft_set(draft, line, repair_made(repair));
		repair_say(repair, line,
		    valid ? "%.*s has control characters"
			  : "%.*s is in Windows-1252",
		    STR_ARG(line->line.name));
	}
}

/* --- blanks, colon -------------------------------------------------------- */

static bool
is_known(struct str name)
{
	return property_kind(name) != PROPERTY_UNKNOWN ||
	       str_istarts(name, STR("X-"));
}

void
repair_blanks(struct repair *repair, struct draft *draft)
{
	for (size_t i = 0; i < draft->count; i++) {
		struct draft_line *line = &draft->lines[i];
		struct str text = line->text, rest;
		size_t n = line->line.name.n;
		struct buf *out;

		if (line->kind != DRAFT_JUNK || !is_known(line->line.name))
			continue;
		rest = str_trim(str_from(text, n));
		if (rest.n == 0 || (rest.p[0] != ':' && rest.p[0] != ';'))
			continue;
		out = repair_buf(repair);
		buf_add_str(out, line->line.name);
		buf_add_str(out, rest);
		draft_set(draft, line, repair_made(repair));
		repair_say(repair, line, "blanks after %.*s",
		    STR_ARG(line->line.name));
	}
}

void
repair_colon(struct repair *repair, struct draft *draft)
{
	for (size_t i = 0; i < draft->count; i++) {
		struct draft_line *line = &draft->lines[i];
		enum property_kind kind = property_kind(line->line.name);
		struct buf *out;

		if (line->kind != DRAFT_PROPERTY || line->dropped ||
		    line->line.params.n || kind < PROPERTY_TIME ||
		    kind > PROPERTY_TRIGGER ||
		    !str_istarts(line->line.value, STR("VALUE=")) ||
		    str_find_byte(line->line.value, ':') == SIZE_MAX)
			continue;
		out = repair_buf(repair);
		buf_add_str(out, line->line.name);
		buf_add_char(out, ';');
		buf_add_str(out, line->line.value);
		draft_set(draft, line, repair_made(repair));
		repair_say(repair, line, "a semicolon after %.*s",
		    STR_ARG(line->line.name));
	}
}

/* --- line breaks ---------------------------------------------------------- */

/* Octets of the last physical line that has any, and how many line ends follow
 * it. */
static size_t
last_length(struct str raw, size_t *ends)
{
	size_t n = 0;

	*ends = 0;
	while (raw.n && (raw.p[raw.n - 1] == '\n' || raw.p[raw.n - 1] == '\r'))
		*ends += raw.p[--raw.n] == '\n';
	if (*ends == 0)
		*ends = 1;
	while (n < raw.n && raw.p[raw.n - 1 - n] != '\n' &&
	       raw.p[raw.n - 1 - n] != '\r')
		n++;
	return n;
}

static bool
holds_text(struct str name)
{
	enum property_kind kind = property_kind(name);

	return kind == PROPERTY_TEXT || kind == PROPERTY_UNKNOWN;
}

/* "https://...", or within text that was broken before "Room: 12". */
static bool
is_prose(const struct draft_line *line, bool broken)
{
	static const struct str schemes[] = {STR_C("http"), STR_C("https"),
	    STR_C("mailto"), STR_C("ftp"), STR_C("tel")};
	struct str name = line->line.name;

	if (line->kind != DRAFT_PROPERTY || line->dropped ||
	    line->line.params.n || is_known(name))
		return false;
	for (size_t i = 0; i < sizeof(schemes) / sizeof(schemes[0]); i++)
		if (str_ieq(name, schemes[i]))
			return true;
	for (size_t i = 1; broken && i < name.n; i++)
		if (name.p[i] >= 'a' && name.p[i] <= 'z')
			return true;
	return false;
}

/* A line as long as this was folded, and lost its blank. */
#define FOLD_LEAST 70

static bool
goes_back(const struct draft_line *to, const struct draft_line *line,
    size_t length, bool broken)
{
	if (holds_text(to->line.name))
		return line->kind == DRAFT_JUNK || is_prose(line, broken);
	return line->kind == DRAFT_JUNK && length >= FOLD_LEAST;
}

static void
give_back(struct repair *repair, struct draft_line *to, struct draft_line *line,
    size_t *length, size_t *ends)
{
	struct draft *draft = repair->draft;
	struct buf *out = repair_buf(repair);

	buf_add_str(out, draft_text(to));
	if (*length < FOLD_LEAST)
		for (size_t i = 0; i < *ends; i++)
			buf_add(out, "\\n", 2);
	buf_add_str(out, draft_text(line));
	*length = last_length(line->line.raw, ends);
	draft_drop(draft, line);
	draft_set(draft, to, repair_made(repair));
	repair_say(repair, line, "belongs to %.*s above",
	    STR_ARG(to->line.name));
}

void
repair_line_break(struct repair *repair, struct draft *draft)
{
	struct draft_line *to = NULL;
	size_t length = 0, ends = 0;
	bool broken = false;

	for (size_t i = 0; i < draft->count; i++) {
		struct draft_line *line = &draft->lines[i];

		if (line->dropped)
			continue;
		if (line->kind == DRAFT_JUNK && str_trim(line->text).n == 0) {
			ends++;
			continue;
		}
		if (to && to->depth == line->depth &&
		    goes_back(to, line, length, broken)) {
			give_back(repair, to, line, &length, &ends);
			broken = true;
			continue;
		}
		to = line->kind == DRAFT_PROPERTY ? line : NULL;
		broken = false;
		length = last_length(line->line.raw, &ends);
	}
}

/* --- END ------------------------------------------------------------------ */

static void
add_end(struct repair *repair, size_t before, unsigned depth, struct str name)
{
	struct draft *draft = repair->draft;
	struct pos pos = draft->lines[before ? before - 1 : 0].line.pos;
	struct buf *out = repair_buf(repair);

	buf_add_str(out, STR("END:"));
	buf_add_str(out, name);
	draft_insert(draft, before, DRAFT_END, depth, repair_made(repair), pos);
	if (!draft->failed)
		repair_say(repair, &draft->lines[before], "END:%.*s is added",
		    STR_ARG(name));
}

static bool
is_stray(const struct draft_line *line)
{
	struct str name = str_trim(line->line.value);

	if (line->kind != DRAFT_PROPERTY || line->dropped ||
	    !str_ieq(line->line.name, STR("END")) || name.n == 0)
		return false;
	for (size_t i = 0; i < name.n; i++)
		if (!ascii_alpha(name.p[i]) && !ascii_digit(name.p[i]) &&
		    name.p[i] != '-')
			return false;
	return true;
}

/* The name of the component that is open at a depth, before line i. */
static struct str
open_at(const struct draft *draft, size_t i, unsigned depth)
{
	while (i-- > 0)
		if (draft->lines[i].kind == DRAFT_BEGIN &&
		    draft->lines[i].depth == depth)
			return draft->lines[i].line.value;
	return draft->name;
}

void
repair_end(struct repair *repair, struct draft *draft)
{
	unsigned open = 0; /* how many components are open */

	for (size_t i = 0; i < draft->count && !draft->failed; i++) {
		struct draft_line *line = &draft->lines[i];

		if (is_stray(line)) {
			repair_say(repair, line, "END:%.*s ends nothing",
			    STR_ARG(line->line.value));
			draft_drop(draft, line);
		}
		if (draft->name.n == 0 || line->kind == DRAFT_LONG)
			continue;
		if (line->kind == DRAFT_END && line->depth + 1 < open) {
			open--;
			add_end(repair, i, open, open_at(draft, i, open));
			continue; /* and looks at the same line again */
		}
		open = line->kind == DRAFT_BEGIN ? line->depth + 1
		       : line->kind == DRAFT_END ? line->depth
		                                 : open;
	}
	if (!draft->cut)
		return;
	while (open && !draft->failed) {
		open--;
		add_end(repair, draft->count, open,
		    open_at(draft, draft->count, open));
	}
	draft->cut = false;
}

/* --- METHOD --------------------------------------------------------------- */

void
repair_method(struct repair *repair, struct draft *draft)
{
	for (size_t i = 0; i < draft->count; i++) {
		struct draft_line *line = &draft->lines[i];

		if (!draft_is(line, STR("METHOD")))
			continue;
		if (draft->name.n == 0 && !repair->method_seen) {
			repair->method_seen = true;
			continue;
		}
		repair_say(repair, line, "METHOD:%.*s is left out",
		    STR_ARG(line->line.value));
		draft_drop(draft, line);
	}
}
