/* Bars of entries over days; see sheet.h. */
#include "cal/pack.h"
#include "pdf/sheet.h"

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

static void
draw_bar(struct sheet *sheet, double left, double right, double y, double h,
    struct entry *entry, bool before, bool after)
{
	struct paint paint;
	struct str lead = STR("");
	double w = right - left - 2, x = left + 1, inner;
	bool fits;

	/* Of days that have no column: they have a strip. */
	if (w < 6)
		return;
	paint_of(sheet, entry, &paint);
	paint_draw(sheet, &paint, x, y, w, h);
	if (before)
		sheet_dart(sheet, x + 3.2 + h * 0.3, y + h * 0.25, -h * 0.3,
		    h * 0.5, paint.ink);
	if (after)
		sheet_dart(sheet, x + w - 1 - h * 0.3, y + h * 0.25, h * 0.3,
		    h * 0.5, paint.ink);
	if (!entry->item.allday) {
		buf_reset(&sheet->clock);
		entry_clock(sheet, entry, true, &sheet->clock);
		lead = buf_str(&sheet->clock);
	}
	inner = before ? 4 + h * 0.5 : 4;
	fits = entry_draw(sheet, x + inner, y,
	    w - inner - (after ? h * 0.5 : 0) - 1, h, entry, &paint, lead,
	    sheet_small(sheet));
	sheet_dump(sheet, "bar", x, y, w, h, entry, &paint, !fits);
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
			sheet_hide(sheet, bars->entries[i], y);
			ref = ref ? ref : bars->entries[i]->ref;
			hidden++;
		}
		if (hidden && x[day + 1] > x[day] + 6)
			sheet_more(sheet, x[day] + 2, y,
			    x[day + 1] - x[day] - 2, hidden, ref, ALIGN_START);
	}
}

/* That a day's bars reach down to. */
static size_t
lanes_on(const struct bars *bars, size_t day, size_t most)
{
	size_t lanes = 0;

	for (size_t i = 0; i < bars->count; i++) {
		const struct pack_span *span = &bars->spans[i];
		size_t lane = span->hidden ? most - 1 : span->lane;

		if (span->from <= day && day < span->until && lane + 1 > lanes)
			lanes = lane + 1;
	}
	return lanes;
}

double
sheet_bars(struct sheet *sheet, const double *x, int32_t first, int days,
    double y, size_t lanes, size_t calendar, bool draw, double *low)
{
	double h = sheet_line(sheet, sheet_small(sheet)) + 1, step = h + 1.4;
	struct bars bars;

	if (!collect(sheet, &bars, first, days, calendar, lanes)) {
		for (int day = 0; low && day < days; day++)
			low[day] = 0;
		return 0;
	}
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
	for (int day = 0; low && day < days; day++)
		low[day] = step * (double)lanes_on(&bars, (size_t)day, lanes);
	return step * (double)bars.lanes;
}
