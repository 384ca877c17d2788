#include "term/names.h"

#include <langinfo.h>
#include <locale.h>
#include <time.h>

#include "cli/grapheme.h"

/* 2024-01-01 was a Monday. */
static void
add_name(struct buf *to, const struct screen *screen, enum weekday weekday,
    bool whole)
{
	struct tm tm = {.tm_year = 124,
	    .tm_mday = 1 + (int)weekday,
	    .tm_wday = ((int)weekday + 1) % 7};
	char text[128];
	struct str name = {text, 0};

	name.n = whole ? strftime(text, sizeof(text), "%A", &tm)
	               : strftime(text, sizeof(text), "%a", &tm);
	charset_read(&screen->charset, to, str_trim(name));
}

static bool
fits(const struct buf *text, size_t from, size_t width)
{
	return text_width(str_from(buf_str(text), from)) <= width;
}

bool
names_weekday(struct buf *to, const struct screen *screen, enum weekday weekday,
    size_t width)
{
	size_t from = to->n;
	struct grapheme first;
	struct str rest;

	add_name(to, screen, weekday, true);
	if (fits(to, from, width))
		return buf_ok(to);
	to->n = from;
	add_name(to, screen, weekday, false);
	if (fits(to, from, width) || to->n == from)
		return buf_ok(to);
	rest = str_from(buf_str(to), from);
	grapheme_next(&rest, &first);
	to->n = from + first.bytes.n;
	return buf_ok(to);
}

static bool
is_east_asian(void)
{
	struct str locale = str_of(setlocale(LC_TIME, NULL));

	return str_starts(locale, STR("ja")) || str_starts(locale, STR("zh"));
}

static void
add_head(struct buf *to, const struct screen *screen, int32_t day, int form)
{
	enum weekday weekday = civil_weekday(day);
	int number = civil_of_day(day).day;

	if (form == 2) {
		buf_printf(to, "%d", number);
	} else if (is_east_asian()) {
		buf_printf(to, "%d\346\227\245(", number);
		add_name(to, screen, weekday, form == 0);
		buf_add_char(to, ')');
	} else {
		add_name(to, screen, weekday, form == 0);
		buf_printf(to, " %d", number);
	}
}

bool
names_head(struct buf *to, const struct screen *screen, int32_t day,
    size_t width)
{
	size_t from = to->n;

	for (int form = 0; form < 3; form++) {
		to->n = from;
		add_head(to, screen, day, form);
		if (fits(to, from, width))
			break;
	}
	return buf_ok(to);
}
