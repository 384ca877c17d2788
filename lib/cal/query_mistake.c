/* What people write instead of a test, taken from other languages; it would
 * be found nowhere, and nobody would be told. */
#include "cal/query_impl.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* "SUMMARY:lunch", as it stands in the file. */
static bool
is_content_line(struct str word)
{
	static const struct str names[] = {STR_C("SUMMARY"),
	    STR_C("DESCRIPTION"), STR_C("LOCATION"), STR_C("UID"),
	    STR_C("STATUS"), STR_C("CLASS"), STR_C("CATEGORIES"),
	    STR_C("ATTENDEE"), STR_C("ORGANIZER"), STR_C("DTSTART"),
	    STR_C("DTEND"), STR_C("DUE"), STR_C("RRULE"), STR_C("TRANSP")};
	size_t colon = str_find_byte(word, ':');

	for (size_t i = 0; colon != SIZE_MAX && i < COUNT(names); i++)
		if (str_eq(str_head(word, colon), names[i]))
			return true;
	return false;
}

static bool
is_any(struct str word, const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (str_eq(word, str_of(words[i])))
			return true;
	return false;
}

const char *
query_text_mistake(struct str word, size_t name)
{
	static const char *const ands[] = {"&&", "&", "||", "|", "!"};
	char first = word.n ? word.p[0] : ' ';
	char next = word.n > name ? word.p[name] : ' ';

	if (is_any(word, ands, COUNT(ands)))
		return "write and, or, not (quote it to look for it)";
	if (first == '<' || first == '>' || next == '<' || next == '>')
		return "nothing is compared with < or >: -f and -t choose by "
		       "time (quote it to look for it)";
	if (first == '=' || first == '~' || first == ';' ||
	    str_starts(word, STR("!=")) || str_starts(word, STR("!~")))
		return "a property is missing before this, such as SUMMARY "
		       "(quote it to look for it)";
	if (name && (next == '=' || next == '~' || next == ';'))
		return "quote text with = ~ or ; in it";
	if (is_content_line(word))
		return "a test is written SUMMARY=text, with = (quote it to "
		       "look for it)";
	return NULL;
}

const char *
query_value_mistake(struct str value)
{
	if (value.n > 1 && value.p[0] == '\'' && value.p[value.n - 1] == '\'')
		return "in an expression quotes are double: \"text\" (quote it "
		       "to look for single ones)";
	return NULL;
}
