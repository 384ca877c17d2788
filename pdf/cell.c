/* A day's timed entries as lines of a cell; see sheet.h. */
#include "pdf/sheet.h"

static struct str
clock_of(struct sheet *sheet, const struct entry *entry, int32_t day)
{
	buf_reset(&sheet->clock);
	if (entry->first == day)
		entry_clock(sheet, entry, false, &sheet->clock);
	else
		buf_add_str(&sheet->clock, STR("…"));
	return buf_str(&sheet->clock);
}

/* The lines that an entry would take, at most 6 where they are paid for by
 * others. */
static size_t
lines_of(struct sheet *sheet, struct entry *entry, int32_t day, double w)
{
	struct text_style style = {.size = sheet->cell_size, .bold_lead = true};
	size_t most = sheet->agenda->overflow == OVERFLOW_INLINE ? 60 : 6;
	struct str text = entry_text(sheet, entry);
	size_t lines;

	if (text.n > 4000)
		return most;
	lines =
	    sheet_lines(sheet, w, clock_of(sheet, entry, day), text, &style);
	return lines < most ? lines : most;
}

/* Whether one of its days has a column, where its bar is. */
static bool
has_column(const struct agenda_paper *agenda, const struct entry *entry)
{
	if (entry->last - entry->first >= 6)
		return true;
	for (int32_t day = entry->first; day <= entry->last; day++)
		if (agenda->days >> civil_weekday(day) & 1)
			return true;
	return false;
}

static bool
in_cell(const struct sheet *sheet, const struct entry *entry, int32_t day,
    size_t calendar)
{
	if (!entry_on(entry, calendar, day))
		return false;
	return !entry_is_bar(entry) ||
	       (sheet->cell_bars && !has_column(sheet->agenda, entry));
}

double
cell_need(struct sheet *sheet, int32_t day, size_t calendar, double w)
{
	struct agenda_paper *agenda = sheet->agenda;
	double line = sheet_line(sheet, sheet->cell_size), sum = 0;

	for (size_t i = 0; i < agenda->count; i++) {
		struct entry *entry = &agenda->entries[i];

		if (in_cell(sheet, entry, day, calendar))
			sum += 0.8 + line * (double)lines_of(sheet, entry, day,
						w - 7);
	}
	return sum;
}

void
cell_draw(struct sheet *sheet, double x, double y, double w, double h,
    int32_t day, size_t calendar)
{
	struct agenda_paper *agenda = sheet->agenda;
	double line = sheet_line(sheet, sheet->cell_size), step = line + 0.8;
	double bottom = y + h;
	size_t all = 0;
	size_t spare, left, ref = 0;

	for (size_t i = 0; i < agenda->count; i++)
		all += in_cell(sheet, &agenda->entries[i], day, calendar);
	left = all;
	spare = h > step * (double)all
	            ? (size_t)((h - step * (double)all) / line)
	            : 0;
	for (size_t i = 0; i < agenda->count && left; i++) {
		struct entry *entry = &agenda->entries[i];
		struct paint paint;
		size_t lines;
		bool fits;

		if (!in_cell(sheet, entry, day, calendar))
			continue;
		if (y + step > bottom || (left > 1 && y + 2 * step > bottom)) {
			sheet_hide(sheet, entry, y);
			ref = ref ? ref : entry->ref;
			continue;
		}
		lines = spare ? lines_of(sheet, entry, day, w - 7) : 1;
		if (lines > spare + 1)
			lines = spare + 1;
		spare -= lines - 1;
		paint_of(sheet, entry, &paint);
		paint.ink = paint.strike ? grey(0.4) : grey(0.05);
		paint.fill = paint_day(sheet, day);
		paint_bar(sheet, &paint, x + 2, y + 0.8, 2.2,
		    line * (double)lines - 1.6);
		/* Some scripts stand higher than the line. */
		fits = entry_draw(sheet, x + 6, y, w - 7,
		    line * (double)lines + 2, entry, &paint,
		    clock_of(sheet, entry, day), sheet->cell_size);
		sheet_dump(sheet, "line", x, y, w, line * (double)lines, entry,
		    &paint, !fits);
		y += step + line * (double)(lines - 1);
		left--;
	}
	if (ref)
		sheet_more(sheet, x + 6, y, w - 6, left, ref, ALIGN_START);
}
