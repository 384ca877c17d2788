/* Lines that are not what RFC 5545, 3.1, says a line is. */
#include "base/utf8.h"
#include "cal/repair_impl.h"

/* --- encoding ------------------------------------------------------------- */

/* Windows-1252, 0x80 to 0x9f; what it leaves open is taken from Latin-1. */
static const uint16_t windows_1252[32] = {0x20ac, 0x81, 0x201a, 0x0192, 0x201e,
    0x2026, 0x2020, 0x2021, 0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0x8d,
    0x017d, 0x8f, 0x90, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
    0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0x9d, 0x017e, 0x0178};

static void
add_byte(struct buf *out, unsigned char byte)
{
	unsigned code = byte;

	if (byte >= 0x80 && byte < 0xa0)
		code = windows_1252[byte - 0x80];
	if (code >= 0x800)
		buf_add_char(out, (char)(0xe0 | code >> 12));
	else
		buf_add_char(out, (char)(0xc0 | code >> 6));
	if (code >= 0x800)
		buf_add_char(out, (char)(0x80 | (code >> 6 & 0x3f)));
	buf_add_char(out, (char)(0x80 | (code & 0x3f)));
}

void
repair_encoding(struct repair *repair, struct draft *draft)
{
	for (size_t i = 0; i < draft->count; i++) {
		struct draft_line *line = &draft->lines[i];
		struct str text = draft_text(line), charset;
		struct buf *out;

		if (line->dropped || line->kind == DRAFT_LONG ||
		    utf8_valid(text) ||
		    line_param(&line->line, STR("CHARSET"), draft->arena,
			&charset))
			continue;
		out = repair_buf(repair);
		while (text.n) {
			const char *at = text.p;

			if (utf8_next(&text) < 0)
				add_byte(out, (unsigned char)*at);
			else
				buf_add(out, at, (size_t)(text.p - at));
		}
		draft_set(draft, line, repair_made(repair));
		repair_say(repair, line, "%.*s is in Windows-1252",
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

static void
give_back(struct repair *repair, struct draft_line *to, struct draft_line *line,
    size_t *length, size_t *ends)
{
	struct draft *draft = repair->draft;
	struct buf *out = repair_buf(repair);

	buf_add_str(out, draft_text(to));
	/* A line as long as this was folded, and lost its blank. */
	if (*length < 70 && holds_text(to->line.name))
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
		bool junk = line->kind == DRAFT_JUNK;

		if (line->dropped)
			continue;
		if (junk && str_trim(line->text).n == 0) {
			ends++;
			continue;
		}
		if (to && to->depth == line->depth &&
		    (junk || (holds_text(to->line.name) &&
				 is_prose(line, broken)))) {
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
	return line->kind == DRAFT_PROPERTY && !line->dropped &&
	       str_ieq(line->line.name, STR("END"));
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
