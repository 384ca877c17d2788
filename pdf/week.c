/* Weeks, and work weeks, of columns. */
#include "pdf/hourgrid.h"

/* "23 – 29 November 2026": what both dates begin or end with is said once. */
void
sheet_range(struct sheet *sheet, struct buf *to, int32_t first, int32_t last)
{
	struct buf from = {0}, until = {0};
	size_t same = 0, cut = 0, head = 0, at = 0;

	sheet_date(sheet, &from, DATE_PLAIN, first);
	sheet_date(sheet, &until, DATE_PLAIN, last);
	if (!from.n || !until.n)
		return;
	while (same < from.n && same < until.n &&
	       from.p[from.n - 1 - same] == until.p[until.n - 1 - same]) {
		same++;
		if (from.p[from.n - same] == ' ')
			cut = same;
	}
	while (ascii_alpha(*from.p) && at < from.n && at < until.n &&
	       from.p[at] == until.p[at])
		if (from.p[at++] == ' ')
			head = at;
	if (last > first) {
		size_t left = from.n - cut;

		/* "November 23 – 29, 2026" */
		left -= cut && left && from.p[left - 1] == ',';
		buf_add_str(to, str_head(buf_str(&from), left));
		buf_add_str(to, STR(" – "));
	} else {
		head = 0;
	}
	buf_add_str(to, str_from(buf_str(&until), head));
	sheet->failed |= !buf_ok(&from) || !buf_ok(&until);
	buf_free(&from);
	buf_free(&until);
}

void
week_head(struct sheet *sheet, int32_t first, int days, bool minis)
{
	struct agenda_paper *agenda = sheet->agenda;
	struct buf title = {0}, beside = {0};
	struct page_head head = {.minis = minis,
	    .from = first,
	    .until = first + days};
	int year;

	sheet_range(sheet, &title, first, first + days - 1);
	buf_add_str(&beside, agenda_subject(agenda));
	if (agenda->week_numbers) {
		if (beside.n)
			buf_add_str(&beside, STR(" · "));
		language_week(agenda->language, &beside,
		    civil_week(first, agenda->week_start, &year));
	}
	head.title = buf_str(&title);
	head.beside = buf_str(&beside);
	sheet_page(sheet, &head);
	sheet->failed |= !buf_ok(&title) || !buf_ok(&beside);
	buf_free(&title);
	buf_free(&beside);
}

/* --- days without a column ------------------------------------------------ */

static size_t
count_on(const struct agenda_paper *agenda, int32_t day)
{
	size_t count = 0;

	for (size_t i = 0; i < agenda->count; i++)
		count += entry_on(&agenda->entries[i], SIZE_MAX, day);
	return count;
}

/* The days that have none but entries, and the lines that these need. */
static int
hidden_days(const struct hourgrid *grid, int32_t *days, size_t *lines)
{
	int count = 0;

	*lines = 0;
	for (int i = 0; i < grid->days; i++) {
		size_t entries = count_on(grid->sheet->agenda, grid->first + i);

		if (grid->x[i + 1] - grid->x[i] >= 6 || entries == 0)
			continue;
		days[count++] = grid->first + i;
		*lines = entries > *lines ? entries : *lines;
	}
	*lines = *lines > 4 ? 4 : *lines;
	return count;
}

static void
draw_strip(struct hourgrid *grid, const int32_t *days, int count, double y,
    double h)
{
	struct sheet *sheet = grid->sheet;
	struct text_style style = {.size = sheet_small(sheet),
	    .color = grey(0.1),
	    .bold = true,
	    .one_line = true};
	double line = sheet_line(sheet, style.size), left = sheet->margin;
	double w = (grid->x[grid->days] - left) / count;

	sheet->cell_size = sheet_small(sheet);
	sheet->cell_bars = true;
	for (int i = 0; i < count; i++) {
		double x = left + w * i;

		buf_reset(&sheet->title);
		sheet_date(sheet, &sheet->title, DATE_SHORT, days[i]);
		sheet_text(sheet, x, y, w - 4, line, STR(""),
		    buf_str(&sheet->title), &style, NULL);
		cell_draw(sheet, x - 2, y + line + 1, w - 4, h - line - 1,
		    days[i], SIZE_MAX);
	}
	sheet->cell_bars = false;
	sheet->cell_size = 0;
}

static void
draw_page(struct sheet *sheet, int32_t first)
{
	struct hourgrid grid = {.sheet = sheet, .first = first, .days = 7};
	double strip = 0, line = sheet_line(sheet, sheet_small(sheet));
	int32_t hidden[7];
	size_t lines;
	int count;

	week_head(sheet, first, 7, true);
	hourgrid_columns(&grid, sheet->margin + 24 * sheet->scale,
	    sheet->width - sheet->margin);
	count = hidden_days(&grid, hidden, &lines);
	if (count)
		strip = (line + 0.8) * ((double)lines + 1) + 5;
	hourgrid_draw(&grid, sheet->top, sheet->bottom - strip, 6);
	if (count)
		draw_strip(&grid, hidden, count, sheet->bottom - strip + 4,
		    strip - 4);
	sheet_page_end(sheet);
	draw_details_inline(sheet);
}

void
draw_week(struct sheet *sheet)
{
	struct agenda_paper *agenda = sheet->agenda;

	for (int32_t at = agenda->first; at < agenda->until; at += 7)
		draw_page(sheet, at);
}
