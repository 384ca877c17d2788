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

static struct str
without_bom(struct str line)
{
	return str_starts(line, STR("\xef\xbb\xbf")) ? str_from(line, 3) : line;
}

enum line_kind
reader_classify(const struct reader *reader, struct open_name *name)
{
	struct str line = reader_logical(reader);
	char unfolded[128];
	size_t n = 0;

	if (reader->elided)
		return LINE_OTHER;
	if (line.p[0] == '\xef')
		line = without_bom(line);
	if (line.n == 0 || line.p[0] == '\r' || line.p[0] == '\n')
		return LINE_BLANK;
	if (ascii_upper(line.p[0]) != 'B' && ascii_upper(line.p[0]) != 'E')
		return LINE_OTHER;
	if (!reader->folded)
		return classify_unfolded(line, name);
	for (size_t i = 0; i < line.n && n < sizeof(unfolded); i++) {
		if (line.p[i] != '\r' && line.p[i] != '\n') {
			unfolded[n++] = line.p[i];
			continue;
		}
		while (i + 1 < line.n &&
		       (line.p[i + 1] == '\r' || line.p[i + 1] == '\n'))
			i++;
		i++; /* the SPACE or TAB */
	}
	return classify_unfolded((struct str){unfolded, n}, name);
}

/* vCalendar 1.0: a line that ends in "=" goes on where its parameters say
 * quoted-printable. */
bool
reader_soft_break(const struct reader *reader)
{
	struct str line = reader_logical(reader);
	size_t n = line.n;
	size_t colon;

	while (n && (line.p[n - 1] == '\n' || line.p[n - 1] == '\r'))
		n--;
	if (n == line.n || n == 0 || line.p[n - 1] != '=')
		return false;
	colon = str_find_byte(line, ':');
	for (size_t i = 0; colon != SIZE_MAX && i + 16 <= colon; i++)
		if (str_ieq((struct str){line.p + i, 16},
			STR("QUOTED-PRINTABLE")))
			return true;
	return false;
}
