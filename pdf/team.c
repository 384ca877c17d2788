/* Weeks of people: a row each. */
#include "pdf/rows.h"

static bool
grows(const struct sheet *sheet)
{
	return sheet->agenda->overflow == OVERFLOW_INLINE;
}

static size_t
lanes(const struct sheet *sheet)
{
	return grows(sheet) ? 40 : 4;
}

static double
person_need(struct sheet *sheet, const double *x, int32_t first, size_t who)
{
	double most = 0, low[7];

	arena_reset(&sheet->arena);
	sheet_bars(sheet, x, first, 7, 0, lanes(sheet), who, false, low);
	for (int i = 0; i < 7; i++) {
		double need =
		    low[i] + cell_need(sheet, first + i, who, x[1] - x[0]);

		most = need > most ? need : most;
	}
	most += 6;
	return most < 30 * sheet->scale ? 30 * sheet->scale : most;
}

static void
draw_person(struct sheet *sheet, const double *x, int32_t first, size_t who,
    double y, double h)
{
	struct text_style style = {.size = sheet_head(sheet),
	    .color = grey(0.05),
	    .bold = true};
	double low[7], name = x[0] - sheet->margin - 6;
	struct entry sample = {.item = {.number = who}};
	struct paint paint;

	for (int i = 0; i < 7; i++) {
		struct rgb ground = paint_day(sheet, first + i);

		if (ground.r < 1)
			sheet_fill(sheet, x[i], y + 0.4, x[i + 1] - x[i],
			    h - 0.8, ground);
	}
	paint_of(sheet, &sample, &paint);
	paint_bar(sheet, &paint, sheet->margin, y + 2, 2.5, h - 4);
	sheet_text(sheet, sheet->margin + 6, y + 2, name, h - 3, STR(""),
	    sheet->agenda->calendars[who].name, &style, NULL);
	arena_reset(&sheet->arena);
	sheet_bars(sheet, x, first, 7, y + 2, lanes(sheet), who, true, low);
	for (int i = 0; i < 7; i++)
		cell_draw(sheet, x[i], y + 3 + low[i], x[i + 1] - x[i],
		    h - low[i] - 4, first + i, who);
}

/* The largest type in which all people have room on a page. */
static void
choose_size(struct sheet *sheet, const double *x, int32_t first, double room)
{
	static const double sizes[] = {8.6, 7.9, 7.2};
	size_t count = sheet->agenda->calendar_count;

	for (size_t i = 0; i < sizeof(sizes) / sizeof(sizes[0]) && count < 40;
	     i++) {
		double sum = 0;

		sheet->cell_size = sizes[i] * sheet->scale;
		if (sheet->cell_size < sheet_small(sheet))
			break;
		for (size_t who = 0; who < count; who++)
			sum += person_need(sheet, x, first, who);
		if (sum < room)
			return;
	}
	sheet->cell_size = sheet_small(sheet);
}

static void
draw_holidays(struct sheet *sheet, const double *x, int32_t first)
{
	struct text_style style = {.size = sheet_small(sheet),
	    .color = grey(0.3),
	    .italic = true,
	    .one_line = true,
	    .align = ALIGN_END};
	double left = sheet_head(sheet) * 5.5;

	for (int i = 0; i < 7; i++)
		if (x[i + 1] - x[i] - left > 12)
			sheet_text(sheet, x[i] + left, sheet->top + 2,
			    x[i + 1] - x[i] - left - 3,
			    sheet_line(sheet, style.size), STR(""),
			    agenda_holiday(sheet->agenda, first + i), &style,
			    NULL);
}

/* As many people as have room together, one at least. */
static size_t
count_people(struct sheet *sheet, const double *x, int32_t first, size_t at,
    double room, double *sum)
{
	size_t next = at;

	*sum = 0;
	for (; next < sheet->agenda->calendar_count; next++) {
		double need = person_need(sheet, x, first, next);

		if (next > at && *sum + need > room)
			break;
		*sum += need;
	}
	return next;
}

/* People of [at, next) share a page; what is left of its height is given to
 * all of them alike. */
static size_t
draw_people(struct sheet *sheet, int32_t first, size_t at)
{
	double sum, y, top, room, extra, x[8];
	size_t next;

	week_head(sheet, first, 7, false);
	rows_columns(sheet, sheet->margin + 74 * sheet->scale, x);
	y = top = rows_heads(sheet, x, first, true);
	draw_holidays(sheet, x, first);
	room = sheet->bottom - y;
	choose_size(sheet, x, first, room);
	next = count_people(sheet, x, first, at, room, &sum);
	extra = sum < room ? (room - sum) / (double)(next - at) : 0;
	if (extra > 60 * sheet->scale)
		extra = 60 * sheet->scale;
	for (size_t who = at; who < next; who++) {
		double h = person_need(sheet, x, first, who) + extra;

		if (y + h > sheet->bottom)
			h = sheet->bottom - y;
		draw_person(sheet, x, first, who, y, h);
		/* Again, where the row's ground has covered it. */
		sheet_rule(sheet, sheet->margin, y, x[7], y, 0.6, 0.5, false);
		y += h;
	}
	sheet_rule(sheet, sheet->margin, y, x[7], y, 0.6, 0.5, false);
	for (int i = 0; i <= 7; i++)
		sheet_rule(sheet, x[i], top, x[i], y, 0.5, 0.6, false);
	sheet_page_end(sheet);
	return next;
}

void
draw_team(struct sheet *sheet)
{
	struct agenda_paper *agenda = sheet->agenda;

	for (int32_t day = agenda->first; day < agenda->until; day += 7) {
		size_t at = 0;

		do
			at = draw_people(sheet, day, at);
		while (at < agenda->calendar_count);
		draw_details_inline(sheet);
	}
	sheet->cell_size = 0;
}
