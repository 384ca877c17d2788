/* What a content line is to the reader. */
#include "text/reader_impl.h"

static bool
is_name_char(char c)
{
	return ascii_alpha(c) || ascii_digit(c) || c == '-' || c == '_' ||
	       c == '.';
}

/* BEGIN:NAME or END:NAME, of an unfolded line. */
static enum line_kind
classify_unfolded(struct str line, struct open_name *name)
{
	enum line_kind kind = LINE_OTHER;
	struct str value;

	if (str_istarts(line, STR("BEGIN:")))
		kind = LINE_BEGIN;
	else if (str_istarts(line, STR("END:")))
		kind = LINE_END;
	else
		return LINE_OTHER;
	value = str_trim(str_from(line, kind == LINE_BEGIN ? 6 : 4));
	if (value.n == 0)
		return LINE_OTHER;
	for (size_t i = 0; i < value.n; i++)
		if (!is_name_char(value.p[i]))
			return LINE_OTHER;
	name->n =
	    (unsigned char)(value.n < sizeof(name->name) ? value.n
							 : sizeof(name->name));
	memcpy(name->name, value.p, name->n);
	return kind;
}

static bool
may_be_other_than_property(char c)
{
	c = ascii_upper(c);
	return c == 'B' || c == 'E' || c == '\r' || c == '\n' || c == '\xef';
}

enum line_kind
reader_classify(const struct reader *reader, struct open_name *name)
{
	struct str line = reader_logical(reader);
	char unfolded[128];

	if (reader->elided || !may_be_other_than_property(line.p[0]))
		return LINE_OTHER;
	if (reader->folded)
		line = line_head(line, unfolded, sizeof(unfolded));
	else if (str_starts(line, STR("\xef\xbb\xbf")))
		line = str_from(line, 3);
	if (line.n == 0 || line.p[0] == '\r' || line.p[0] == '\n')
		return LINE_BLANK;
	return classify_unfolded(line, name);
}

void
reader_note_quoted(struct reader *reader)
{
	if (reader->quoted == QUOTED_UNKNOWN)
		reader->quoted =
		    line_is_quoted_printable(reader_logical(reader))
			? QUOTED_YES
			: QUOTED_NO;
}

/* vCalendar 1.0: a line that ends in "=" goes on where its parameters say
 * quoted-printable. */
bool
reader_soft_break(struct reader *reader)
{
	struct str line = reader_logical(reader);

	if (line.n && line.p[line.n - 1] == '\n')
		line.n--;
	/* CR CR LF is one line end. */
	for (int i = 0; i < 2; i++)
		if (line.n && line.p[line.n - 1] == '\r')
			line.n--;
	if (line.n == 0 || line.p[line.n - 1] != '=')
		return false;
	reader_note_quoted(reader);
	return reader->quoted == QUOTED_YES;
}
