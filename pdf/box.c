/* An entry's text in a box, bars over days, cells of a day; see sheet.h. */
#include "cal/pack.h"
#include "pdf/sheet.h"

bool
entry_on(const struct entry *entry, size_t calendar, int32_t day)
{
	return entry->first <= day && day <= entry->last &&
	       (calendar == SIZE_MAX || entry->item.number == calendar);
}

/* Title, and the place after it. */
static struct str
full_title(struct sheet *sheet, const struct entry *entry)
{
	entry_title(sheet, entry, &sheet->title);
	if (entry->item.location.n && !sheet->bare) {
		buf_add_str(&sheet->title, STR(" · "));
		buf_add_str(&sheet->title, entry->item.location);
	}
	return buf_str(&sheet->title);
}

bool
entry_draw(struct sheet *sheet, double x, double y, double w, double h,
    struct entry *entry, const struct paint *paint, struct str lead,
    double largest)
{
	struct text_style style = {.size = largest,
	    .color = paint->ink,
	    .bold_lead = true,
	    .strike = paint->strike};
	struct str title = full_title(sheet, entry);
	double line = sheet_line(sheet, style.size), mark = 0;
	bool fits;

	if (line > h + 0.2 ||
	    (largest != sheet->cell_size &&
		!sheet_fits(sheet, w, h, lead, title, &style))) {
		style.size = sheet_small(sheet);
		if (sheet_line(sheet, style.size) > h + 0.2)
			style.size = SHEET_SMALLEST;
		line = sheet_line(sheet, style.size);
	}
	style.one_line = h < 2 * line;
	if (w < 46)
		lead = STR("");
	fits = sheet_fits(sheet, w, h, lead, title, &style);
	if (!fits && w > 30)
		mark = 9;
	/* Text of one line stands in the middle. */
	if (style.one_line && h > line)
		y += (h - line) / 2;
	cairo_tag_begin(sheet->cr, "P", NULL);
	sheet_text(sheet, x, y, w - mark, h, lead, title, &style, NULL);
	cairo_tag_end(sheet->cr, "P");
	if (!fits)
		sheet_mark(sheet, x + w, y, entry);
	entry->shown = true;
	return fits;
}

/* --- bars ----------------------------------------------------------------- */

struct bars {
	struct pack_span *spans;
	struct entry **entries;
	size_t count, lanes;
};

static bool
collect(struct sheet *sheet, struct bars *bars, int32_t first, int days,
    size_t calendar, size_t most)
{
	struct agenda_paper *agenda = sheet->agenda;
	size_t room = agenda->count + 1;

	*bars = (struct bars){
	    .spans = arena_array(&sheet->arena, room, sizeof(*bars->spans)),
	    .entries = arena_array(&sheet->arena, room, sizeof(void *)),
	};
	if (!bars->spans || !bars->entries) {
		sheet->failed = true;
		return false;
	}
	for (size_t i = 0; i < agenda->count; i++) {
		struct entry *entry = &agenda->entries[i];
		int32_t from = entry->first, last = entry->last;

		if (!entry_is_bar(entry) || from >= first + days ||
		    last < first ||
		    (calendar != SIZE_MAX && entry->item.number != calendar))
			continue;
		if (from < first)
			from = first;
		if (last >= first + days)
			last = first + days - 1;
		bars->entries[bars->count] = entry;
		bars->spans[bars->count++] =
		    (struct pack_span){.from = (size_t)(from - first),
			.until = (size_t)(last - first) + 1};
	}
	pack_spans(bars->spans, bars->count, most, most > 1 ? most - 1 : 1);
	for (size_t i = 0; i < bars->count; i++) {
		size_t lane =
		    bars->spans[i].hidden ? most - 1 : bars->spans[i].lane;

		if (lane + 1 > bars->lanes)
			bars->lanes = lane + 1;
	}
	return true;
}

/* A dart at the edge where a bar goes on beyond the page's days. */
static void
draw_dart(struct sheet *sheet, double x, double y, double h, double turn,
    struct rgb color)
{
	cairo_set_source_rgb(sheet->cr, color.r, color.g, color.b);
	cairo_move_to(sheet->cr, x, y + h * 0.25);
	cairo_line_to(sheet->cr, x + turn * h * 0.3, y + h * 0.5);
	cairo_line_to(sheet->cr, x, y + h * 0.75);
	cairo_fill(sheet->cr);
}

static void
draw_bar(struct sheet *sheet, double left, double right, double y, double h,
    struct entry *entry, bool before, bool after)
{
	struct paint paint;
	struct str lead = STR("");
	double w = right - left - 2, x = left + 1, inner;
	bool fits;

	if (w < 6) {
		sheet_ref(sheet, entry);
		return;
	}
	paint_of(sheet, entry, &paint);
	paint_draw(sheet, &paint, x, y, w, h);
	if (before)
		draw_dart(sheet, x + 3.2 + h * 0.3, y, h, -1, paint.ink);
	if (after)
		draw_dart(sheet, x + w - 1 - h * 0.3, y, h, 1, paint.ink);
	if (!entry->item.allday) {
		buf_reset(&sheet->clock);
		entry_clock(entry, true, &sheet->clock);
		lead = buf_str(&sheet->clock);
	}
	inner = before ? 4 + h * 0.5 : 4;
	fits = entry_draw(sheet, x + inner, y,
	    w - inner - (after ? h * 0.5 : 0) - 1, h, entry, &paint, lead,
	    sheet_small(sheet));
	sheet_dump(sheet, "bar", x, y, w, h, entry, !fits);
}

/* "+3": entries without room; each has its number on the details pages. */
static void
draw_more(struct sheet *sheet, double x, double y, double w, size_t count,
    size_t ref)
{
	struct text_style style = {.size = sheet_small(sheet),
	    .color = grey(0.2),
	    .one_line = true,
	    .bold = true};
	double h = sheet_line(sheet, style.size);
	char text[24];

	snprintf(text, sizeof(text), "+%zu", count);
	if (!sheet->agenda->clip)
		sheet_link_begin(sheet, 'd', ref);
	sheet_text(sheet, x + 2, y, w - 2, h, STR(""), str_of(text), &style,
	    NULL);
	if (!sheet->agenda->clip)
		sheet_link_end(sheet);
}

static void
hide(struct sheet *sheet, struct entry *entry, double y)
{
	if (entry->ref == 0) {
		sheet_ref(sheet, entry);
		sheet_target(sheet, 'e', entry->ref, y);
	}
}

static void
count_hidden(struct sheet *sheet, const struct bars *bars, const double *x,
    int days, double y)
{
	for (int day = 0; day < days; day++) {
		size_t hidden = 0, ref = 0;

		for (size_t i = 0; i < bars->count; i++) {
			const struct pack_span *span = &bars->spans[i];

			if (!span->hidden || span->from > (size_t)day ||
			    span->until <= (size_t)day)
				continue;
			hide(sheet, bars->entries[i], y);
			ref = ref ? ref : bars->entries[i]->ref;
			hidden++;
		}
		if (hidden && x[day + 1] > x[day] + 6)
			draw_more(sheet, x[day], y, x[day + 1] - x[day], hidden,
			    ref);
	}
}

double
sheet_bars(struct sheet *sheet, const double *x, int32_t first, int days,
    double y, size_t lanes, size_t calendar, bool draw)
{
	double h = sheet_line(sheet, sheet_small(sheet)) + 1, step = h + 1.4;
	struct bars bars;

	if (!collect(sheet, &bars, first, days, calendar, lanes))
		return 0;
	for (size_t i = 0; draw && i < bars.count; i++) {
		struct pack_span *span = &bars.spans[i];
		struct entry *entry = bars.entries[i];

		if (!span->hidden)
			draw_bar(sheet, x[span->from], x[span->until],
			    y + step * (double)span->lane, h, entry,
			    entry->first < first, entry->last >= first + days);
	}
	if (draw)
		count_hidden(sheet, &bars, x, days,
		    y + step * (double)(lanes - 1));
	return step * (double)bars.lanes;
}

/* --- cells ---------------------------------------------------------------- */

static struct str
clock_of(struct sheet *sheet, const struct entry *entry, int32_t day)
{
	buf_reset(&sheet->clock);
	if (entry->first == day)
		entry_clock(entry, false, &sheet->clock);
	else
		buf_add_str(&sheet->clock, STR("…"));
	return buf_str(&sheet->clock);
}

/* The lines that an entry would take, at most 6. */
static size_t
lines_of(struct sheet *sheet, struct entry *entry, int32_t day, double w)
{
	struct text_style style = {.size = sheet->cell_size, .bold_lead = true};
	size_t lines = sheet_lines(sheet, w, clock_of(sheet, entry, day),
	    full_title(sheet, entry), &style);

	return lines < 6 ? lines : 6;
}

static bool
in_cell(const struct entry *entry, int32_t day, size_t calendar)
{
	return !entry_is_bar(entry) && entry_on(entry, calendar, day);
}

double
cell_need(struct sheet *sheet, int32_t day, size_t calendar, double w)
{
	struct agenda_paper *agenda = sheet->agenda;
	double line = sheet_line(sheet, sheet->cell_size), sum = 0;

	for (size_t i = 0; i < agenda->count; i++) {
		struct entry *entry = &agenda->entries[i];

		if (in_cell(entry, day, calendar))
			sum += 0.8 + line * (double)lines_of(sheet, entry, day,
						w - 7);
	}
	return sum;
}

static void
draw_dot(struct sheet *sheet, const struct paint *paint, double x, double y,
    double h)
{
	double part = h / (double)paint->bar_count;

	if (paint->hollow || paint->dashed) {
		sheet_frame(sheet, x, y, 2.2, h, 0.5, paint->outline, false);
		return;
	}
	for (size_t i = 0; i < paint->bar_count; i++)
		sheet_fill(sheet, x, y + part * (double)i, 2.2, part,
		    paint->bars[i]);
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
		all += in_cell(&agenda->entries[i], day, calendar);
	left = all;
	spare = h > step * (double)all
	            ? (size_t)((h - step * (double)all) / line)
	            : 0;
	for (size_t i = 0; i < agenda->count && left; i++) {
		struct entry *entry = &agenda->entries[i];
		struct paint paint;
		size_t lines;
		bool fits;

		if (!in_cell(entry, day, calendar))
			continue;
		if (y + step > bottom || (left > 1 && y + 2 * step > bottom)) {
			hide(sheet, entry, y);
			ref = ref ? ref : entry->ref;
			continue;
		}
		lines = spare ? lines_of(sheet, entry, day, w - 7) : 1;
		if (lines > spare + 1)
			lines = spare + 1;
		spare -= lines - 1;
		paint_of(sheet, entry, &paint);
		paint.ink = paint.strike ? grey(0.4) : grey(0.05);
		draw_dot(sheet, &paint, x + 2, y + 0.8,
		    line * (double)lines - 1.6);
		/* Some scripts stand higher than the line. */
		fits = entry_draw(sheet, x + 6, y, w - 7,
		    line * (double)lines + 2, entry, &paint,
		    clock_of(sheet, entry, day), sheet->cell_size);
		sheet_dump(sheet, "line", x, y, w, line * (double)lines, entry,
		    !fits);
		y += step + line * (double)(lines - 1);
		left--;
	}
	if (ref)
		draw_more(sheet, x + 4, y, w - 4, left, ref);
}
