#include "cli/agenda_line.h"

#include <stdio.h>

#include "cli/color.h"
#include "cli/grapheme.h"
#include "cli/words.h"
#include "text/row.h"
#include "time/civil.h"

/* Isolates of the direction: U+2068, U+2069. */
#define FSI STR("\342\201\250")
#define PDI STR("\342\201\251")

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

/* A style lasts over the blanks between its words. */
static void
set_style(struct agenda_line *line, enum agenda_text style)
{
	static const char *const codes[] = {"", "\033[1m", "\033[36m", "",
	    "\033[9m", "\033[2m"};

	if (!line->color || line->style == style)
		return;
	if (codes[line->style][0])
		buf_add_str(&line->line, STR("\033[0m"));
	line->style = style;
	put_blanks(line);
	buf_add_str(&line->line, str_of(codes[style]));
}

static void
put(struct agenda_line *line, struct str text, enum agenda_text style)
{
	set_style(line, style);
	put_blanks(line);
	if (line->isolate && !line->isolated)
		buf_add_str(&line->line, FSI);
	line->isolated = line->isolate;
	buf_add_str(&line->line, text);
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

	/* An isolate ends with its line. */
	if (line->isolated)
		buf_add_str(&line->line, PDI);
	line->isolated = false;
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

/* What the terminal can show of it, without controls. */
static struct str
showable(struct agenda_line *line, struct str text)
{
	buf_reset(&line->clean);
	buf_reset(&line->reduced);
	text_for_terminal(&line->clean, text);
	if (line->charset.utf8)
		return buf_str(&line->clean);
	charset_reduce(&line->charset, &line->reduced, buf_str(&line->clean));
	return buf_str(&line->reduced);
}

void
agenda_line_words(struct agenda_line *line, struct str text,
    enum agenda_text style)
{
	bool isolate = line->charset.utf8 && text_is_rtl(text);
	struct str rest = showable(line, text), word;
	bool first = true;

	/* FSI and PDI keep a right-to-left title from turning the line. */
	line->isolate = isolate;
	while (str_cut(&rest, ' ', &word)) {
		if (!first && (line->column > line->indent || line->blanks))
			line->blanks++;
		first = false;
		if (word.n)
			put_word(line, word, style);
	}
	if (line->isolated)
		buf_add_str(&line->line, PDI);
	line->isolate = line->isolated = false;
}

void
agenda_line_note(struct agenda_line *line, struct str text,
    enum agenda_text style)
{
	size_t width = text_width(showable(line, text));

	if (line->column + 1 + width > line->width &&
	    line->indent + width <= line->width)
		wrap(line);
	else
		line->blanks++;
	agenda_line_words(line, text, style);
}

void
agenda_line_comma(struct agenda_line *line)
{
	line->blanks = 0;
	if (line->column < line->width)
		put(line, STR(","), STYLE_PLAIN);
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

void
agenda_line_right(struct agenda_line *line, struct str text,
    enum agenda_text style)
{
	size_t width = text_width(text);

	if (line->column + width + 2 > line->width)
		return;
	line->blanks = line->width - width - line->column;
	put(line, text, style);
}

void
agenda_line_day(struct agenda_line *line, int32_t day, bool today)
{
	const struct words *words = words_of(NULL);
	struct buf text = {0}, shown = {0};
	char number[16];
	int year;

	words_date(&text, DATE_LONG, day, &line->charset);
	if (today)
		buf_printf(&text, " (%s)", words->today);
	agenda_line_words(line, buf_str(&text), STYLE_HEADING);
	buf_reset(&text);
	snprintf(number, sizeof(number), "%d", civil_week(day, MONDAY, &year));
	words_fill(&text, words->week, str_of(number), (struct str){NULL, 0});
	charset_reduce(&line->charset, &shown, buf_str(&text));
	agenda_line_right(line, buf_str(&shown), STYLE_DIM);
	agenda_line_end(line);
	buf_free(&text);
	buf_free(&shown);
}

void
agenda_line_end(struct agenda_line *line)
{
	set_style(line, STYLE_PLAIN);
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
