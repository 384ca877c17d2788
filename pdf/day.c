/* A day: its hours, and beside them months and lines to write on. */
#include "pdf/hourgrid.h"

static void
draw_head(struct sheet *sheet, struct hourgrid *grid)
{
	struct agenda_paper *agenda = sheet->agenda;
	struct buf title = {0}, beside = {0};
	struct page_head head = {.from = grid->first, .until = grid->first + 1};

	sheet_date(sheet, &title, DATE_LONG, grid->first);
	buf_add_str(&beside, agenda_subject(agenda));
	if (beside.n)
		buf_add_str(&beside, STR(" · "));
	if (!hourgrid_day_note(grid, 0, &beside) && beside.n)
		beside.n -= sizeof(" · ") - 1;
	head.title = buf_str(&title);
	head.beside = buf_str(&beside);
	sheet_page(sheet, &head);
	sheet->failed |= !buf_ok(&title) || !buf_ok(&beside);
	buf_free(&title);
	buf_free(&beside);
}

static void
draw_notes(struct sheet *sheet, double x, double y, double w)
{
	struct text_style style = {.size = sheet_head(sheet),
	    .color = grey(0.25),
	    .bold = true,
	    .one_line = true};
	double line = sheet_line(sheet, style.size), step = 18;

	sheet_text(sheet, x, y, w, line, STR(""),
	    str_of(sheet->agenda->words->notes), &style, NULL);
	y += line + 2;
	while (y <= sheet->bottom + 0.1) {
		sheet_rule(sheet, x, y, x + w, y, 0.35, 0.72, false);
		y += step;
	}
}

static void
draw_side(struct sheet *sheet, int32_t day, double x)
{
	double right = sheet->width - sheet->margin, w, h, y = sheet->top;
	struct mini mini = {.day = day,
	    .from = day,
	    .until = day + 1,
	    .size = sheet_small(sheet)};

	for (int i = 0; i < 2; i++) {
		mini_draw(sheet, &mini, x, y, &w, &h, false);
		/* As wide as the column has room for. */
		mini.size *= (right - x) / w;
		if (mini.size > sheet_body(sheet))
			mini.size = sheet_body(sheet);
		mini_draw(sheet, &mini, x, y, &w, &h, true);
		y += h + 10;
		mini.day = civil_add_months(day - civil_of_day(day).day + 1, 1);
	}
	draw_notes(sheet, x, y, right - x);
}

static void
draw_page(struct sheet *sheet, int32_t day)
{
	struct hourgrid grid = {.sheet = sheet, .first = day, .days = 1};
	double right = sheet->width - sheet->margin;
	double side =
	    right - sheet->margin > 380 ? 0.24 * (right - sheet->margin) : 0;

	clock_day_set(&grid.day[0], sheet->agenda, day);
	draw_head(sheet, &grid);
	hourgrid_columns(&grid, sheet->margin + 24 * sheet->scale,
	    right - side - (side > 0 ? 12 : 0));
	hourgrid_draw(&grid, sheet->top, sheet->bottom, 10);
	if (side > 0)
		draw_side(sheet, day, right - side);
	sheet_page_end(sheet);
	draw_details_inline(sheet);
}

void
draw_day(struct sheet *sheet)
{
	struct agenda_paper *agenda = sheet->agenda;

	/* One column has room for larger type. */
	sheet->scale *= 1.2;
	for (int32_t at = agenda->first; at < agenda->until; at++)
		draw_page(sheet, at);
	sheet->scale /= 1.2;
}
