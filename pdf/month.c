/* Months: a row a week, a cell a day. */
#include "pdf/rows.h"

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

/* Whether entries of the day are drawn. */
static bool
is_open(const struct month *month, int32_t day)
{
	return in_month(month, day) ||
	       month->sheet->agenda->adjacent == ADJACENT_FULL;
}

static double
head_height(const struct month *month)
{
	return sheet_line(month->sheet, sheet_head(month->sheet)) + 1;
}

/* As many lanes as there may be in a row of that height. */
static size_t
lanes_in(const struct month *month, double h)
{
	struct sheet *sheet = month->sheet;
	double step = sheet_line(sheet, sheet_small(sheet)) + 2.4;
	size_t lanes = h > head_height(month)
	                   ? (size_t)((h - head_height(month)) / step)
	                   : 1;

	if (sheet->agenda->overflow == OVERFLOW_INLINE)
		return lanes < 1 ? 1 : lanes > 60 ? 60 : lanes;
	return lanes > 5 ? 5 : lanes < 1 ? 1 : lanes;
}

/* Bars of a week; those of other months' days only where these are open. */
static void
draw_bars(const struct month *month, int32_t first, double y, size_t lanes,
    bool draw, double *low)
{
	struct sheet *sheet = month->sheet;
	int from = 0, until = 7;

	while (from < 7 && !is_open(month, first + from))
		low[from++] = 0;
	while (until > from && !is_open(month, first + until - 1))
		low[--until] = 0;
	sheet_bars(sheet, month->x + from, first + from, until - from, y, lanes,
	    SIZE_MAX, draw, low + from);
}

static double
row_need(const struct month *month, int32_t first)
{
	struct sheet *sheet = month->sheet;
	double most = 0, low[7];

	arena_reset(&sheet->arena);
	draw_bars(month, first, 0, lanes_in(month, sheet->height), false, low);
	for (int i = 0; i < 7; i++) {
		double need = low[i];

		if (is_open(month, first + i))
			need += cell_need(sheet, first + i, SIZE_MAX,
			    month->x[i + 1] - month->x[i]);
		most = need > most ? need : most;
	}
	return most + head_height(month) + 2;
}

/* --- a row ---------------------------------------------------------------- */

static void
draw_holiday(const struct month *month, int32_t day, double x, double y,
    double w)
{
	struct sheet *sheet = month->sheet;
	struct text_style style = {.size = sheet_small(sheet),
	    .color = grey(0.3),
	    .italic = true,
	    .one_line = true,
	    .align = ALIGN_END};

	if (w > 20)
		sheet_text(sheet, x, y + 1.5, w, sheet_line(sheet, style.size),
		    STR(""), agenda_holiday(sheet->agenda, day), &style, NULL);
}

static void
draw_number(const struct month *month, int32_t day, double x, double y,
    double w, double h)
{
	struct sheet *sheet = month->sheet;
	bool own = in_month(month, day);
	struct text_style style = {.size = sheet_head(sheet),
	    .one_line = true,
	    .color = grey(own ? 0.1 : 0.4),
	    .bold = own};
	struct rgb ground = own ? paint_day(sheet, day) : grey(0.965);

	if (ground.r < 1)
		sheet_fill(sheet, x, y + 0.4, w, h - 0.8, ground);
	if (!own && sheet->agenda->adjacent == ADJACENT_NONE)
		return;
	buf_reset(&sheet->clock);
	language_number(sheet->agenda->language, &sheet->clock,
	    (uint64_t)civil_of_day(day).day);
	sheet_text(sheet, x + 3, y, 40, sheet_line(sheet, style.size), STR(""),
	    buf_str(&sheet->clock), &style, NULL);
	if (own)
		draw_holiday(month, day, x + 18 * sheet->scale, y,
		    w - 18 * sheet->scale - 3);
}

static void
draw_week_number(const struct month *month, int32_t first, double y)
{
	struct sheet *sheet = month->sheet;
	struct text_style style = {.size = sheet_small(sheet),
	    .color = grey(0.4),
	    .one_line = true};
	int year;

	if (!sheet->agenda->week_numbers)
		return;
	buf_reset(&sheet->clock);
	language_number(sheet->agenda->language, &sheet->clock,
	    (uint64_t)civil_week(first, sheet->agenda->week_start, &year));
	sheet_text(sheet, sheet->margin, y + 2, 13 * sheet->scale,
	    sheet_line(sheet, style.size), STR(""), buf_str(&sheet->clock),
	    &style, NULL);
}

static void
draw_row(const struct month *month, int32_t first, double y, double h)
{
	struct sheet *sheet = month->sheet;
	double head = head_height(month), low[7];

	for (int i = 0; i < 7; i++)
		draw_number(month, first + i, month->x[i], y,
		    month->x[i + 1] - month->x[i], h);
	draw_week_number(month, first, y);
	arena_reset(&sheet->arena);
	draw_bars(month, first, y + head, lanes_in(month, h), true, low);
	for (int i = 0; i < 7; i++)
		if (is_open(month, first + i))
			cell_draw(sheet, month->x[i], y + head + low[i],
			    month->x[i + 1] - month->x[i],
			    h - head - low[i] - 1, first + i, SIZE_MAX);
}

/* --- a page --------------------------------------------------------------- */

static void
draw_frame(const struct month *month, double top, const double *low, int rows)
{
	struct sheet *sheet = month->sheet;
	double bottom = rows > 0 ? low[rows - 1] : top;

	for (int i = 0; i < rows; i++)
		sheet_rule(sheet, month->x[0], low[i], month->x[7], low[i], 0.5,
		    0.6, false);
	for (int i = 0; i <= 7; i++)
		sheet_rule(sheet, month->x[i], top, month->x[i], bottom, 0.5,
		    0.6, false);
}

/* Rows are as high as they need, as far as the page has it: at least 0.6 of
 * an even share. */
static void
draw_rows(const struct month *month, int32_t first, int rows, double top)
{
	struct sheet *sheet = month->sheet;
	double room = sheet->bottom - top, least = room / rows * 0.6;
	double want[6], low[6], sum = 0, y = top, rest = room - least * rows;

	for (int i = 0; i < rows; i++) {
		double need = row_need(month, first + 7 * i) - least;

		want[i] = need > 0 ? need : 0;
		sum += want[i];
	}
	for (int i = 0; i < rows; i++) {
		double h = least;

		if (sum > rest)
			h += want[i] * rest / sum;
		else
			h += want[i] + (rest - sum) / rows;
		draw_row(month, first + 7 * i, y, h);
		low[i] = y += h;
	}
	draw_frame(month, top, low, rows);
}

static double
open_page(struct month *month, int32_t first)
{
	struct sheet *sheet = month->sheet;
	struct agenda_paper *agenda = sheet->agenda;
	double gutter = agenda->week_numbers ? 14 * sheet->scale : 0;
	struct page_head head = {.beside = agenda_subject(agenda)};
	struct buf title = {0};

	sheet_date(sheet, &title, DATE_MONTH, month->from);
	head.title = buf_str(&title);
	sheet_page(sheet, &head);
	sheet->failed |= !buf_ok(&title);
	buf_free(&title);
	rows_columns(sheet, sheet->margin + gutter, month->x);
	return rows_heads(sheet, month->x, first, false);
}

/* Rows as high as they need, over as many pages as they take. */
static void
draw_grown(struct month *month, int32_t first, int rows)
{
	struct sheet *sheet = month->sheet;
	double top = open_page(month, first), y = top, low[6];
	double least = (sheet->bottom - top) / rows * 0.6;
	int on_page = 0;

	for (int i = 0; i < rows; i++) {
		double h = row_need(month, first + 7 * i);

		h = h < least ? least : h;
		if (on_page && y + h > sheet->bottom) {
			draw_frame(month, top, low, on_page);
			sheet_page_end(sheet);
			y = top = open_page(month, first + 7 * i);
			on_page = 0;
		}
		if (y + h > sheet->bottom)
			h = sheet->bottom - y;
		draw_row(month, first + 7 * i, y, h);
		low[on_page++] = y += h;
	}
	draw_frame(month, top, low, on_page);
	sheet_page_end(sheet);
}

static void
draw_one(struct sheet *sheet, int32_t from, int32_t until)
{
	struct agenda_paper *agenda = sheet->agenda;
	struct month month = {.sheet = sheet, .from = from, .until = until};
	int32_t first = from - agenda_into_week(agenda, from);
	int rows = (int)(until - first + 6) / 7;

	if (agenda->overflow == OVERFLOW_INLINE) {
		draw_grown(&month, first, rows);
	} else {
		double top = open_page(&month, first);

		draw_rows(&month, first, rows, top);
		sheet_page_end(sheet);
	}
	draw_details_inline(sheet);
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
	sheet->cell_size = 0;
}
