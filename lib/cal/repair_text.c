/* Texts: what must be escaped, and HTML where plain text is wanted. */
#include "cal/repair_impl.h"

/* Whether something is escaped that must not be, or the other way round. */
static bool
is_faulty(struct str value)
{
	for (size_t i = 0; i < value.n; i++) {
		char next = i + 1 < value.n ? value.p[i + 1] : '\0';

		if (value.p[i] == ',' || value.p[i] == ';')
			return true;
		if (value.p[i] != '\\')
			continue;
		if (str_find_byte(STR("\\;,nN"), next) == SIZE_MAX)
			return true;
		i++;
	}
	return false;
}

void
repair_escape(struct repair *repair, struct draft *draft)
{
	static const struct str names[] = {STR_C("SUMMARY"),
	    STR_C("DESCRIPTION"), STR_C("LOCATION"), STR_C("COMMENT"),
	    STR_C("CONTACT"), STR_C("NAME"), STR_C("X-WR-CALNAME"),
	    STR_C("X-WR-CALDESC")};

	for (size_t i = 0; i < draft->count; i++) {
		struct draft_line *line = &draft->lines[i];
		struct str encoding;
		bool text = false;

		for (size_t k = 0; k < sizeof(names) / sizeof(names[0]); k++)
			text = text || draft_is(line, names[k]);
		/* vCalendar 1.0 has no escapes, but commas. */
		if (!text || !is_faulty(line->line.value) ||
		    line_param(&line->line, STR("ENCODING"), draft->arena,
			&encoding) ||
		    str_find(line->line.params, STR(";QUOTED-PRINTABLE")) !=
			SIZE_MAX)
			continue;
		text_escape(repair_buf(repair),
		    text_unescape(line->line.value, draft->arena));
		draft_set_value(draft, line, repair_made(repair));
		repair_say(repair, line, "%.*s is escaped anew",
		    STR_ARG(line->line.name));
	}
}

/* --- HTML ----------------------------------------------------------------- */

struct entity {
	struct str name, text;
};

static const struct entity entities[] = {
    {STR_C("&amp;"), STR_C("&")},
    {STR_C("&lt;"), STR_C("<")},
    {STR_C("&gt;"), STR_C(">")},
    {STR_C("&quot;"), STR_C("\"")},
    {STR_C("&#39;"), STR_C("'")},
    {STR_C("&nbsp;"), STR_C(" ")},
};

static const struct str breaks[] = {STR_C("<br"), STR_C("</p"), STR_C("</div"),
    STR_C("</li"), STR_C("</h"), STR_C("</tr")};

/* The end of a tag that begins here, or 0 for a "<" that is none. */
static size_t
tag_end(struct str text)
{
	char next = text.n > 1 ? text.p[1] : '\0';
	size_t end = str_find_byte(text, '>');

	if (end == SIZE_MAX || (next != '/' && !ascii_alpha(next)))
		return 0;
	return end + 1;
}

static bool
has_tags(struct str text)
{
	static const struct str tags[] = {STR_C("<br"), STR_C("<p>"),
	    STR_C("<p "), STR_C("<a "), STR_C("<b>"), STR_C("<div"),
	    STR_C("<span"), STR_C("<ul"), STR_C("<html"), STR_C("<i>"),
	    STR_C("<strong")};

	for (size_t i = 0; i < text.n; i++)
		for (size_t k = 0; k < sizeof(tags) / sizeof(tags[0]); k++)
			if (text.p[i] == '<' &&
			    str_istarts(str_from(text, i), tags[k]))
				return true;
	return false;
}

static size_t
add_entity(struct buf *out, struct str text)
{
	for (size_t i = 0; i < sizeof(entities) / sizeof(entities[0]); i++)
		if (str_istarts(text, entities[i].name)) {
			buf_add_str(out, entities[i].text);
			return entities[i].name.n;
		}
	buf_add_char(out, text.p[0]);
	return 1;
}

static void
add_plain(struct buf *out, struct str text)
{
	while (text.n) {
		size_t end = text.p[0] == '<' ? tag_end(text) : 0;

		if (end) {
			for (size_t i = 0;
			     i < sizeof(breaks) / sizeof(breaks[0]); i++)
				if (str_istarts(text, breaks[i])) {
					buf_add_char(out, '\n');
					break;
				}
			text = str_from(text, end);
		} else if (text.p[0] == '&') {
			text = str_from(text, add_entity(out, text));
		} else {
			buf_add_char(out, text.p[0]);
			text = str_from(text, 1);
		}
	}
}

void
repair_html(struct repair *repair, struct draft *draft)
{
	struct draft_part whole = draft_whole(draft);
	struct draft_line *line =
	    draft_find(draft, &whole, STR("DESCRIPTION"), NULL);
	struct str text, html;
	struct buf *out;
	size_t at;

	if (draft->name.n == 0 || !line)
		return;
	text = line_text(&line->line, draft->arena);
	if (!has_tags(text) ||
	    draft_find(draft, &whole, STR("X-ALT-DESC"), NULL))
		return;
	out = repair_buf(repair);
	buf_add_str(out, STR("X-ALT-DESC;FMTTYPE=text/html:"));
	text_escape(out, text);
	html = repair_made(repair);
	add_plain(repair_buf(repair), text);
	text = repair_made(repair);
	text_escape(repair_buf(repair), str_trim(text));
	draft_set_value(draft, line, repair_made(repair));
	repair_say(repair, line, "HTML goes to X-ALT-DESC");
	at = (size_t)(line - draft->lines);
	draft_insert(draft, at + 1, DRAFT_PROPERTY, line->depth, html,
	    line->line.pos);
}
