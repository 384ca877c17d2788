/* A month as weeks of cells, and a week of people as rows of cells. */
#include "pdf/sheet.h"

static void
weekday_heads(struct sheet *sheet, const double *x, int32_t first, bool dates)
{
	struct text_style style = {.size = sheet_head(sheet),
	    .color = grey(0.15),
	    .bold = true,
	    .one_line = true};
	double line = sheet_line(sheet, style.size);

	for (int i = 0; i < 7; i++) {
		struct str text;

		buf_reset(&sheet->title);
		sheet_date(sheet, &sheet->title, DATE_SHORT, first + i);
		text = buf_str(&sheet->title);
		if (!dates && str_find_byte(text, ' ') != SIZE_MAX)
			text = str_head(text, str_find_byte(text, ' '));
		sheet_text(sheet, x[i] + 3, sheet->top, x[i + 1] - x[i] - 4,
		    line, STR(""), text, &style, NULL);
	}
	sheet_rule(sheet, x[0], sheet->top + line + 1, x[7],
	    sheet->top + line + 1, 0.9, 0.3);
}

static void
columns(struct sheet *sheet, double left, double *x)
{
	double width = sheet->width - sheet->margin - left;

	for (int i = 0; i <= 7; i++)
		x[i] = left + width * i / 7;
}

/* --- month ---------------------------------------------------------------- */

struct month {
	struct sheet *sheet;
	int32_t from, until; /* its own days */
	double x[8];
};

static bool
in_month(const struct month *month, int32_t day)
{
	return day >= month->from && day < month->until;
}

static double
row_need(const struct month *month, int32_t first)
{
	struct sheet *sheet = month->sheet;
	double most = 0;

	for (int i = 0; i < 7; i++) {
		double need = in_month(month, first + i)
		                  ? cell_need(sheet, first + i, SIZE_MAX,
					month->x[1] - month->x[0])
		                  : 0;

		most = need > most ? need : most;
	}
	return most + sheet_line(sheet, sheet_head(sheet)) + 2 +
	       sheet_bars(sheet, month->x, first, 7, 0, 5, SIZE_MAX, false);
}

static void
draw_numbers(const struct month *month, int32_t first, double y, double h)
{
	struct sheet *sheet = month->sheet;
	struct text_style style = {.size = sheet_head(sheet),
	    .one_line = true,
	    .bold = true};
	double line = sheet_line(sheet, style.size);

	for (int i = 0; i < 7; i++) {
		int32_t day = first + i;
		bool own = in_month(month, day);
		char text[16];

		if (!own || civil_weekday(day) >= SATURDAY)
			sheet_fill(sheet, month->x[i], y + 0.4,
			    month->x[i + 1] - month->x[i], h - 0.8,
			    grey(0.965));
		style.color = grey(own ? 0.1 : 0.5);
		style.bold = own;
		snprintf(text, sizeof(text), "%d", civil_of_day(day).day);
		sheet_text(sheet, month->x[i] + 3, y, 40, line, STR(""),
		    str_of(text), &style, NULL);
	}
}

static void
draw_week_number(const struct month *month, int32_t first, double y)
{
	struct sheet *sheet = month->sheet;
	struct text_style style = {.size = sheet_small(sheet),
	    .color = grey(0.4),
	    .one_line = true};
	char text[16];
	int year;

	if (!sheet->agenda->week_numbers)
		return;
	snprintf(text, sizeof(text), "%d",
	    civil_week(first, sheet->agenda->week_start, &year));
	sheet_text(sheet, sheet->margin, y + 2, 13 * sheet->scale,
	    sheet_line(sheet, style.size), STR(""), str_of(text), &style, NULL);
}

static void
draw_row(const struct month *month, int32_t first, double y, double h)
{
	struct sheet *sheet = month->sheet;
	double head = sheet_line(sheet, sheet_head(sheet)) + 1, bars;
	double step = sheet_line(sheet, sheet_small(sheet)) + 2.4;
	size_t lanes = (size_t)((h - head) / step);

	draw_numbers(month, first, y, h);
	draw_week_number(month, first, y);
	lanes = lanes > 5 ? 5 : lanes < 1 ? 1 : lanes;
	arena_reset(&sheet->arena);
	bars = sheet_bars(sheet, month->x, first, 7, y + head, lanes, SIZE_MAX,
	    true);
	for (int i = 0; i < 7; i++)
		if (in_month(month, first + i))
			cell_draw(sheet, month->x[i], y + head + bars,
			    month->x[i + 1] - month->x[i], h - head - bars - 1,
			    first + i, SIZE_MAX);
}

/* Rows are as high as they need, as far as the page has it: at least 0.6 of
 * an even share. */
static void
draw_rows(const struct month *month, int32_t first, int rows, double top)
{
	struct sheet *sheet = month->sheet;
	double share = (sheet->bottom - top) / rows, least = share * 0.6;
	double want[6], low[6], sum = 0, y = top, rest;

	for (int i = 0; i < rows; i++) {
		double need = row_need(month, first + 7 * i) - least;

		want[i] = need > 0 ? need : 0;
		sum += want[i];
	}
	rest = (sheet->bottom - top) - least * rows;
	for (int i = 0; i < rows; i++) {
		double h = least;

		if (sum > rest)
			h += want[i] * rest / sum;
		else
			h += want[i] + (rest - sum) / rows;
		draw_row(month, first + 7 * i, y, h);
		low[i] = y += h;
	}
	for (int i = 0; i < rows; i++)
		sheet_rule(sheet, month->x[0], low[i], month->x[7], low[i], 0.5,
		    0.6);
	for (int i = 0; i <= 7; i++)
		sheet_rule(sheet, month->x[i], top, month->x[i], y, 0.5, 0.6);
}

static void
draw_one(struct sheet *sheet, int32_t from, int32_t until)
{
	struct agenda_paper *agenda = sheet->agenda;
	struct month month = {.sheet = sheet, .from = from, .until = until};
	struct buf title = {0};
	struct str beside = agenda->title;
	int32_t first =
	    from -
	    (int32_t)((civil_weekday(from) + 7 - agenda->week_start) % 7);
	double gutter = agenda->week_numbers ? 14 * sheet->scale : 0;

	arena_reset(&sheet->arena);
	sheet_date(sheet, &title, DATE_MONTH, from);
	if (beside.n == 0 && agenda->calendar_count == 1)
		beside = agenda->calendars[0].name;
	sheet_page(sheet, buf_str(&title), beside);
	buf_free(&title);
	columns(sheet, sheet->margin + gutter, month.x);
	weekday_heads(sheet, month.x, first, false);
	draw_rows(&month, first, (int)(until - first + 6) / 7,
	    sheet->top + sheet_line(sheet, sheet_head(sheet)) + 2);
	sheet_page_end(sheet);
}

void
draw_month(struct sheet *sheet)
{
	struct agenda_paper *agenda = sheet->agenda;

	sheet->bare = true;
	sheet->cell_size = sheet_small(sheet);
	for (int32_t at = agenda->first; at < agenda->until;) {
		int32_t next = civil_add_months(at, 1);

		draw_one(sheet, at, next);
		at = next;
	}
	sheet->bare = false;
}

/* --- team ----------------------------------------------------------------- */

static double
person_need(struct sheet *sheet, const double *x, int32_t first, size_t who)
{
	double most = 0;

	for (int i = 0; i < 7; i++) {
		double need = cell_need(sheet, first + i, who, x[1] - x[0]);

		most = need > most ? need : most;
	}
	most += sheet_bars(sheet, x, first, 7, 0, 4, who, false) + 6;
	return most < 30 * sheet->scale ? 30 * sheet->scale : most;
}

static void
draw_person(struct sheet *sheet, const double *x, int32_t first, size_t who,
    double y, double h)
{
	struct text_style style = {.size = sheet_head(sheet),
	    .color = grey(0.05),
	    .bold = true};
	double bars, name = x[0] - sheet->margin - 6;
	struct entry sample = {.item = {.number = who}};
	struct paint paint;

	for (int i = 0; i < 7; i++)
		if (civil_weekday(first + i) >= SATURDAY)
			sheet_fill(sheet, x[i], y + 0.4, x[i + 1] - x[i],
			    h - 0.8, grey(0.965));
	paint_of(sheet, &sample, &paint);
	sheet_fill(sheet, sheet->margin, y + 2, 2.5, h - 4, paint.bar);
	sheet_text(sheet, sheet->margin + 6, y + 2, name, h - 3, STR(""),
	    sheet->agenda->calendars[who].name, &style, NULL);
	arena_reset(&sheet->arena);
	bars = sheet_bars(sheet, x, first, 7, y + 2, 4, who, true);
	for (int i = 0; i < 7; i++)
		cell_draw(sheet, x[i], y + 3 + bars, x[i + 1] - x[i],
		    h - bars - 4, first + i, who);
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
		for (size_t who = 0; who < count; who++) {
			sum += person_need(sheet, x, first, who);
			arena_reset(&sheet->arena);
		}
		if (sum < room)
			return;
	}
	sheet->cell_size = sheet_small(sheet);
}

/* People of [at, next) share a page; what is left of its height is given to
 * all of them alike. */
static size_t
draw_people(struct sheet *sheet, int32_t first, size_t at)
{
	size_t count = sheet->agenda->calendar_count, next = at;
	double line = sheet_line(sheet, sheet_head(sheet)), sum = 0, y, room;
	double x[8], extra;

	week_head(sheet, first, 7);
	columns(sheet, sheet->margin + 74 * sheet->scale, x);
	weekday_heads(sheet, x, first, true);
	y = sheet->top + line + 2;
	room = sheet->bottom - y;
	choose_size(sheet, x, first, room);
	for (; next < count; next++) {
		double need = person_need(sheet, x, first, next);

		arena_reset(&sheet->arena);
		if (next > at && sum + need > room)
			break;
		sum += need;
	}
	extra = sum < room ? (room - sum) / (double)(next - at) : 0;
	if (extra > 60 * sheet->scale)
		extra = 60 * sheet->scale;
	for (size_t who = at; who < next; who++) {
		double h = person_need(sheet, x, first, who) + extra;

		if (y + h > sheet->bottom)
			h = sheet->bottom - y;
		draw_person(sheet, x, first, who, y, h);
		/* Again, where the row's ground has covered it. */
		sheet_rule(sheet, sheet->margin, y, x[7], y, 0.6, 0.5);
		y += h;
	}
	sheet_rule(sheet, sheet->margin, y, x[7], y, 0.6, 0.5);
	for (int i = 0; i <= 7; i++)
		sheet_rule(sheet, x[i], sheet->top + line + 1, x[i], y, 0.5,
		    0.6);
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
	}
}
