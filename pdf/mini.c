/* A small calendar of a month; see sheet.h. */
#include "base/utf8.h"
#include "pdf/sheet.h"

struct place {
	struct sheet *sheet;
	const struct mini *mini;
	double x, y, column, row;
};

static void
put(const struct place *place, int column, int row, struct str text, bool bold,
    double level)
{
	struct text_style style = {.size = place->mini->size,
	    .color = grey(level),
	    .bold = bold,
	    .one_line = true,
	    .align = ALIGN_CENTER};

	sheet_text(place->sheet, place->x + place->column * column,
	    place->y + place->row * row, place->column, place->row, STR(""),
	    text, &style, NULL);
}

/* The first letter of a day's name. */
static void
put_weekday(const struct place *place, int column, int32_t day)
{
	struct buf name = {0};
	struct str text, rest;

	language_weekday(place->sheet->agenda->language, &name, day, false);
	text = rest = buf_str(&name);
	utf8_next(&rest);
	/* Every weekday begins with the article in Arabic. */
	if (str_starts(text, STR("ال")) && text.n > 6) {
		text = rest = str_from(text, 4);
		utf8_next(&rest);
	}
	put(place, column, 1, str_head(text, text.n - rest.n), false, 0.35);
	buf_free(&name);
}

static void
put_days(const struct place *place, int32_t first, int32_t next)
{
	struct sheet *sheet = place->sheet;
	int start = agenda_into_week(sheet->agenda, first);

	for (int32_t day = first; day < next; day++) {
		int at = start + (int)(day - first);
		bool marked =
		    day >= place->mini->from && day < place->mini->until;
		double x = place->x + place->column * (at % 7);
		int line = at / 7 + 2;
		double y = place->y + place->row * line;
		size_t target = 0;

		if (marked)
			sheet_fill(sheet, x, y, place->column, place->row,
			    grey(0.86));
		if (place->mini->ground)
			target = place->mini->ground(sheet, place->mini->arg,
			    day, x, y, place->column, place->row);
		if (target)
			sheet_link_begin(sheet, 'y', target);
		buf_reset(&sheet->clock);
		language_number(sheet->agenda->language, &sheet->clock,
		    (uint64_t)(day - first) + 1);
		put(place, at % 7, line, buf_str(&sheet->clock), marked,
		    civil_weekday(day) >= SATURDAY ? 0.3 : 0.1);
		if (target)
			sheet_link_end(sheet);
	}
}

void
mini_draw(struct sheet *sheet, const struct mini *mini, double x, double y,
    double *w, double *h, bool draw)
{
	struct text_style style = {.size = mini->size,
	    .color = grey(0.1),
	    .bold = true,
	    .one_line = true,
	    .align = ALIGN_CENTER};
	struct place place = {.sheet = sheet,
	    .mini = mini,
	    .x = x,
	    .y = y,
	    .column = mini->column > 0 ? mini->column : mini->size * 2.1,
	    .row = mini->row > 0 ? mini->row : mini->size * 1.28};
	int32_t first = mini->day - civil_of_day(mini->day).day + 1;

	*w = place.column * 7;
	*h = place.row * 8;
	if (!draw)
		return;
	buf_reset(&sheet->title);
	sheet_date(sheet, &sheet->title, DATE_MONTH, first);
	sheet_text(sheet, x, y, *w, place.row, STR(""), buf_str(&sheet->title),
	    &style, NULL);
	for (int i = 0; i < 7; i++) {
		/* Day 4 is a Monday: 1970-01-05. */
		int32_t day = 4 + (int32_t)sheet->agenda->week_start + i;

		put_weekday(&place, i, day);
	}
	put_days(&place, first, civil_add_months(first, 1));
}
