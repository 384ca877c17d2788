#include "cli/agenda_line.h"

#include <locale.h>
#include <stdio.h>
#include <time.h>

#include "cli/color.h"
#include "cli/grapheme.h"
#include "text/row.h"
#include "time/civil.h"

void
agenda_line_init(struct agenda_line *line, struct out *out, size_t width,
    bool color, const char *codeset)
{
	*line =
	    (struct agenda_line){.out = out, .width = width, .color = color};
	charset_init(&line->charset, codeset);
}

void
agenda_line_free(struct agenda_line *line)
{
	charset_free(&line->charset);
	buf_free(&line->line);
	buf_free(&line->clean);
	buf_free(&line->reduced);
}

static void
put_blanks(struct agenda_line *line)
{
	for (; line->blanks; line->blanks--) {
		buf_add_char(&line->line, ' ');
		line->column++;
	}
}

static void
put(struct agenda_line *line, struct str text, enum agenda_text style)
{
	static const char *const codes[] = {"", "\033[1m", "\033[36m", "",
	    "\033[9m", "\033[2m"};
	bool styled = line->color && codes[style][0];

	put_blanks(line);
	if (styled)
		buf_add_str(&line->line, str_of(codes[style]));
	buf_add_str(&line->line, text);
	if (styled)
		buf_add_str(&line->line, STR("\033[0m"));
	line->column += text_width(text);
}

void
agenda_line_add(struct agenda_line *line, struct str text,
    enum agenda_text style)
{
	put(line, text, style);
}

static void
wrap(struct agenda_line *line)
{
	size_t indent = line->indent;

	agenda_line_end(line);
	line->indent = indent;
	line->blanks = indent;
}

/* A word that is wider than a line is broken between characters. */
static void
put_word(struct agenda_line *line, struct str word, enum agenda_text style)
{
	size_t width = text_width(word);

	if (line->column + line->blanks + width > line->width &&
	    line->column + line->blanks > line->indent)
		wrap(line);
	while (line->column + line->blanks + width > line->width) {
		struct str rest = word;
		size_t n = 0, used = line->column + line->blanks;
		struct grapheme one;

		while (rest.n) {
			grapheme_next(&rest, &one);
			if (used + one.width > line->width && n)
				break;
			used += one.width;
			n += one.bytes.n;
		}
		put(line, str_head(word, n), style);
		word = str_from(word, n);
		if (word.n == 0)
			return;
		wrap(line);
		width = text_width(word);
	}
	put(line, word, style);
}

void
agenda_line_words(struct agenda_line *line, struct str text,
    enum agenda_text style)
{
	bool isolate = line->charset.utf8 && text_is_rtl(text);
	struct str rest, word;
	bool first = true;

	buf_reset(&line->clean);
	buf_reset(&line->reduced);
	text_for_terminal(&line->clean, text);
	rest = buf_str(&line->clean);
	if (!line->charset.utf8) {
		charset_reduce(&line->charset, &line->reduced, rest);
		rest = buf_str(&line->reduced);
	}
	/* FSI and PDI keep a right-to-left title from turning the line. */
	if (isolate)
		put(line, STR("\342\201\250"), STYLE_PLAIN);
	while (str_cut(&rest, ' ', &word)) {
		if (!first && (line->column > line->indent || line->blanks))
			line->blanks++;
		first = false;
		if (word.n)
			put_word(line, word, style);
	}
	if (isolate)
		put(line, STR("\342\201\251"), STYLE_PLAIN);
}

void
agenda_line_bullet(struct agenda_line *line, struct str color)
{
	struct color parsed;
	char sgr[COLOR_SGR_ROOM];

	line->blanks = 2;
	if (!line->color || !color_parse(&parsed, color))
		return;
	color_sgr(sgr, color_readable(parsed), color_depth());
	buf_add_str(&line->line, STR("\033["));
	buf_add_str(&line->line, str_of(sgr));
	buf_add_str(&line->line, line->charset.utf8
				     ? STR("m\342\226\214\033[0m")
				     : STR("m*\033[0m"));
	line->column = 1;
	line->blanks = 1;
}

void
agenda_line_indent(struct agenda_line *line, size_t column)
{
	line->indent = column;
	if (line->column + line->blanks < column)
		line->blanks = column - line->column;
}

/* At the right edge, where there is room. */
static void
put_right(struct agenda_line *line, struct str text, enum agenda_text style)
{
	size_t width = text_width(text);

	if (line->column + width + 2 > line->width)
		return;
	line->blanks = line->width - width - line->column;
	put(line, text, style);
}

/* Text in the locale's character set to UTF-8. */
static void
from_locale(struct agenda_line *line, struct str text, struct buf *to)
{
	if (line->charset.utf8)
		buf_add_str(to, text);
	else
		charset_read(&line->charset, to, text);
}

static bool
language_is(const char *code)
{
	const char *locale = setlocale(LC_TIME, NULL);

	return locale && str_starts(str_of(locale), str_of(code));
}

/* A long date in the order of the locale's language, in its character set. */
static size_t
long_date(int32_t day, char *text, size_t room)
{
	struct civil civil = civil_of_day(day);
	struct tm tm = {.tm_year = civil.year - 1900,
	    .tm_mon = civil.month - 1,
	    .tm_mday = civil.day,
	    .tm_wday = ((int)civil_weekday(day) + 1) % 7,
	    .tm_yday = civil_yearday(day) - 1};

	if (language_is("ja") || language_is("zh"))
		return strftime(text, room, "%Y\345\271\264%B%e\346\227\245 %A",
		    &tm);
	return strftime(text, room, "%A %e %B %Y", &tm);
}

/* strftime pads days below 10 with a blank. */
static struct str
squeezed(char *text, size_t n)
{
	size_t kept = 0;

	for (size_t i = 0; i < n; i++)
		if (text[i] != ' ' || (kept && text[kept - 1] != ' '))
			text[kept++] = text[i];
	return (struct str){text, kept};
}

void
agenda_line_day(struct agenda_line *line, int32_t day, bool today)
{
	struct buf words = {0};
	char text[160];
	size_t n = long_date(day, text, sizeof(text));
	int year, week = civil_week(day, MONDAY, &year);

	from_locale(line, squeezed(text, n), &words);
	agenda_line_add(line, buf_str(&words), STYLE_HEADING);
	if (today)
		agenda_line_add(line, STR(" (today)"), STYLE_HEADING);
	snprintf(text, sizeof(text), "week %d", week);
	put_right(line, str_of(text), STYLE_DIM);
	agenda_line_end(line);
	buf_free(&words);
}

void
agenda_line_end(struct agenda_line *line)
{
	if (line->charset.utf8) {
		out_add(line->out, buf_str(&line->line));
	} else {
		buf_reset(&line->clean);
		charset_write(&line->charset, &line->clean,
		    buf_str(&line->line));
		out_add(line->out, buf_str(&line->clean));
	}
	out_add(line->out, STR("\n"));
	buf_reset(&line->line);
	line->column = line->blanks = line->indent = 0;
}
