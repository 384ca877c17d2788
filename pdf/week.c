/* Days as columns over an axis of hours: day, work week, week. */
#include "cal/pack.h"
#include "pdf/sheet.h"

enum { DAY_MINUTES = 1440 };

/* Hours outside the core take OUTSIDE of the height of those in it. */
#define OUTSIDE 0.38

struct axis {
	double top, scale; /* points a minute of the core */
	int from, until, core_from, core_until;
};

struct grid {
	struct sheet *sheet;
	struct axis axis;
	int32_t first;
	int days;
	double x[8];
};

static double
weight(const struct axis *axis, int minute)
{
	double sum = 0;
	int low = axis->from, high = minute;

	if (low < axis->core_from)
		sum +=
		    OUTSIDE *
		    ((high < axis->core_from ? high : axis->core_from) - low);
	if (high > axis->core_from)
		sum += (high < axis->core_until ? high : axis->core_until) -
		       axis->core_from;
	if (high > axis->core_until)
		sum += OUTSIDE * (high - axis->core_until);
	return sum;
}

static double
axis_y(const struct axis *axis, int minute)
{
	return axis->top + axis->scale * weight(axis, minute);
}

/* Minutes of the day that an entry takes. */
static void
minutes_of(const struct entry *entry, int32_t day, int *from, int *until)
{
	*from = entry->first < day ? 0 : local_second(entry->item.start) / 60;
	*until =
	    entry->last > day
		? DAY_MINUTES
		: (int)((entry->item.end - (int64_t)day * SECONDS_A_DAY) / 60);
	if (*until < *from)
		*until = *from;
	if (*until > DAY_MINUTES)
		*until = DAY_MINUTES;
}

static void
set_axis(struct grid *grid, double top, double bottom)
{
	struct agenda_paper *agenda = grid->sheet->agenda;
	struct axis *axis = &grid->axis;

	*axis = (struct axis){.top = top,
	    .from = agenda->core_from,
	    .until = agenda->core_until,
	    .core_from = agenda->core_from,
	    .core_until = agenda->core_until};
	for (size_t i = 0; i < agenda->count; i++)
		for (int day = 0; day < grid->days; day++) {
			int32_t at = grid->first + day;
			int from, until;

			if (entry_is_bar(&agenda->entries[i]) ||
			    !entry_on(&agenda->entries[i], SIZE_MAX, at))
				continue;
			minutes_of(&agenda->entries[i], at, &from, &until);
			until = until < from + 30 ? from + 30 : until;
			if (from < axis->from)
				axis->from = from / 60 * 60;
			if (until > axis->until)
				axis->until = (until + 59) / 60 * 60;
		}
	if (axis->until > DAY_MINUTES)
		axis->until = DAY_MINUTES;
	axis->scale = (bottom - top) / weight(axis, axis->until);
}

static void
draw_hours(struct grid *grid)
{
	static const double dots[] = {0.6, 1.8};
	struct sheet *sheet = grid->sheet;
	const struct axis *axis = &grid->axis;
	struct text_style style = {.size = sheet_small(sheet),
	    .color = grey(0.35),
	    .one_line = true,
	    .align = ALIGN_END};
	double line = sheet_line(sheet, style.size);
	double left = sheet->margin, right = grid->x[grid->days];

	for (int at = axis->from; at <= axis->until; at += 60) {
		bool core = at >= axis->core_from && at <= axis->core_until;
		bool edge = at == axis->core_from || at == axis->core_until;
		double y = axis_y(axis, at);
		char text[16];

		sheet_rule(sheet, grid->x[0], y, right, y, edge ? 0.7 : 0.35,
		    edge ? 0.5 : 0.78);
		if (core && at < axis->core_until) {
			cairo_set_dash(sheet->cr, dots, 2, 0);
			sheet_rule(sheet, grid->x[0], axis_y(axis, at + 30),
			    right, axis_y(axis, at + 30), 0.25, 0.7);
			cairo_set_dash(sheet->cr, dots, 0, 0);
		}
		if (at == axis->until ||
		    (!core && ((at / 60) % 2 || at + 60 == axis->core_from)))
			continue;
		snprintf(text, sizeof(text), "%02d:00", at / 60);
		sheet_text(sheet, left, y - (at == axis->from ? 1 : line / 2),
		    grid->x[0] - left - 3, line, STR(""), str_of(text), &style,
		    NULL);
	}
}

/* --- a day ---------------------------------------------------------------- */

struct slots {
	struct pack_span *spans;
	struct entry **entries;
	size_t count;
};

static int
by_start(const void *a, const void *b)
{
	const struct pack_span *left = a, *right = b;

	if (left->from != right->from)
		return left->from < right->from ? -1 : 1;
	return left->cluster < right->cluster ? -1 : 1;
}

/* Visual extents, in tenths of a point: never lower than a line of text. */
static bool
collect(struct grid *grid, int32_t day, struct slots *slots)
{
	struct sheet *sheet = grid->sheet;
	struct agenda_paper *agenda = sheet->agenda;
	double least = sheet_line(sheet, SHEET_SMALLEST) + 0.6;
	size_t room = agenda->count + 1;

	slots->count = 0;
	slots->spans = arena_array(&sheet->arena, room, sizeof(*slots->spans));
	slots->entries = arena_array(&sheet->arena, room, sizeof(void *));
	if (!slots->spans || !slots->entries)
		return false;
	for (size_t i = 0; i < agenda->count; i++) {
		struct entry *entry = &agenda->entries[i];
		double top, bottom,
		    floor = axis_y(&grid->axis, grid->axis.until);
		int from, until;

		if (entry_is_bar(entry) || !entry_on(entry, SIZE_MAX, day))
			continue;
		minutes_of(entry, day, &from, &until);
		top = axis_y(&grid->axis, from);
		bottom = axis_y(&grid->axis, until);
		if (bottom < top + least)
			bottom = top + least;
		if (bottom > floor) {
			bottom = floor;
			top = top > floor - least ? floor - least : top;
		}
		/* `cluster` keeps the place until it is packed. */
		slots->spans[slots->count++] =
		    (struct pack_span){.from = (size_t)(top * 10),
			.until = (size_t)(bottom * 10),
			.cluster = i};
	}
	qsort(slots->spans, slots->count, sizeof(*slots->spans), by_start);
	for (size_t i = 0; i < slots->count; i++)
		slots->entries[i] = &agenda->entries[slots->spans[i].cluster];
	return true;
}

static void
draw_box(struct grid *grid, struct entry *entry, int32_t day, double x,
    double y, double w, double h)
{
	struct sheet *sheet = grid->sheet;
	struct str lead;
	struct paint paint;
	bool fits;

	paint_of(sheet, entry, &paint);
	paint_draw(sheet, &paint, x, y, w, h);
	sheet_frame(sheet, x - 0.2, y - 0.2, w + 0.4, h + 0.4, 0.4, grey(1),
	    false);
	buf_reset(&sheet->clock);
	if (entry->first == day)
		entry_clock(entry, false, &sheet->clock);
	else
		buf_add_str(&sheet->clock, STR("…"));
	lead = buf_str(&sheet->clock);
	fits = entry_draw(sheet, x + 4, y + (h > 14 ? 1 : 0), w - 5,
	    h - (h > 14 ? 1 : 0), entry, &paint, lead, sheet_body(sheet));
	sheet_dump(sheet, "box", x, y, w, h, entry, !fits);
}

/* What had no lane, at the end of its cluster's place. */
static void
draw_rest(struct grid *grid, const struct slots *slots, size_t at, double right)
{
	struct sheet *sheet = grid->sheet;
	struct text_style style = {.size = sheet_small(sheet),
	    .color = grey(0.2),
	    .bold = true,
	    .one_line = true,
	    .align = ALIGN_CENTER};
	size_t cluster = slots->spans[at].cluster, count = 0;
	double y = (double)slots->spans[at].from / 10, w = 16;
	double h = sheet_line(sheet, style.size);
	char text[24];

	for (size_t i = at;
	     i < slots->count && slots->spans[i].cluster == cluster; i++) {
		struct entry *entry = slots->entries[i];

		if (!slots->spans[i].hidden)
			continue;
		count++;
		if (entry->ref)
			continue;
		sheet_ref(sheet, entry);
		sheet_target(sheet, 'e', entry->ref, y);
	}
	snprintf(text, sizeof(text), "+%zu", count);
	if (!sheet->agenda->clip)
		sheet_link_begin(sheet, 'd', slots->entries[at]->ref);
	sheet_text(sheet, right - w, y, w, h, STR(""), str_of(text), &style,
	    NULL);
	if (!sheet->agenda->clip)
		sheet_link_end(sheet);
}

#define NARROWEST 30.0

static void
draw_column(struct grid *grid, int number)
{
	struct sheet *sheet = grid->sheet;
	double left = grid->x[number], width = grid->x[number + 1] - left - 1;
	size_t most = (size_t)(width / NARROWEST / sheet->scale);
	size_t rest = SIZE_MAX;
	struct slots slots;

	arena_reset(&sheet->arena);
	if (!collect(grid, grid->first + number, &slots)) {
		sheet->failed = true;
		return;
	}
	most = most < 2 ? 2 : most > PACK_LANES ? PACK_LANES : most;
	pack_spans(slots.spans, slots.count, most, most);
	for (size_t i = 0; i < slots.count; i++) {
		const struct pack_span *span = &slots.spans[i];
		struct entry *entry = slots.entries[i];
		bool crowded = false;
		double lane, w;

		if (width < 6) {
			sheet_ref(sheet, entry);
			continue;
		}
		for (size_t k = 0; k < slots.count; k++)
			crowded |= slots.spans[k].cluster == span->cluster &&
			           slots.spans[k].hidden;
		if (span->hidden) {
			if (rest != span->cluster)
				draw_rest(grid, &slots, i, left + width);
			rest = span->cluster;
			continue;
		}
		w = crowded ? width - 18 : width;
		lane = w / (double)span->lanes;
		draw_box(grid, entry, grid->first + number,
		    left + 1 + lane * (double)span->lane,
		    (double)span->from / 10, lane * (double)span->reach - 1,
		    (double)(span->until - span->from) / 10);
	}
}

/* --- the page ------------------------------------------------------------- */

static void
draw_heads(struct grid *grid, double top, double bottom)
{
	struct sheet *sheet = grid->sheet;
	struct text_style style = {.size = sheet_head(sheet),
	    .color = grey(0.1),
	    .bold = true,
	    .one_line = true};
	double line = grid->days > 1 ? sheet_line(sheet, style.size) : 0;
	double right = grid->x[grid->days];

	for (int i = 0; i < grid->days; i++) {
		int32_t day = grid->first + i;
		double w = grid->x[i + 1] - grid->x[i];

		if (w < 6)
			continue;
		if (civil_weekday(day) >= SATURDAY)
			sheet_fill(sheet, grid->x[i], top, w, bottom - top,
			    grey(0.965));
		if (grid->days == 1)
			continue;
		buf_reset(&sheet->title);
		sheet_date(sheet, &sheet->title, DATE_SHORT, day);
		sheet_text(sheet, grid->x[i] + 3, top, w - 4, line, STR(""),
		    buf_str(&sheet->title), &style, NULL);
	}
	sheet_rule(sheet, grid->x[0], top + line + 1, right, top + line + 1,
	    0.9, 0.3);
}

static void
draw_columns(struct grid *grid, double top, double bottom)
{
	for (int i = 0; i <= grid->days; i++)
		sheet_rule(grid->sheet, grid->x[i], top, grid->x[i], bottom,
		    0.5, 0.6);
}

static void
set_columns(struct grid *grid)
{
	struct sheet *sheet = grid->sheet;
	uint8_t shown = sheet->agenda->days;
	double left = sheet->margin + 24 * sheet->scale, right;
	double width = sheet->width - sheet->margin - left;
	int count = 0;

	for (int i = 0; i < grid->days; i++)
		count += shown >> civil_weekday(grid->first + i) & 1;
	for (int i = 0; i < grid->days; i++) {
		bool has = shown >> civil_weekday(grid->first + i) & 1;

		right = left + (has && count ? width / count : 0);
		grid->x[i] = left;
		left = right;
	}
	grid->x[grid->days] = left;
}

/* "23 – 29 November 2026": what both dates end with is said once. */
void
sheet_range(struct sheet *sheet, struct buf *to, int32_t first, int32_t last)
{
	struct buf from = {0}, until = {0};
	size_t same = 0, cut = 0;

	sheet_date(sheet, &from, DATE_PLAIN, first);
	sheet_date(sheet, &until, DATE_PLAIN, last);
	while (same < from.n && same < until.n &&
	       from.p[from.n - 1 - same] == until.p[until.n - 1 - same]) {
		same++;
		if (from.p[from.n - same] == ' ')
			cut = same;
	}
	if (last > first) {
		size_t left = from.n - cut;

		/* "November 23, 2026" */
		left -= cut && left && from.p[left - 1] == ',';
		buf_add_str(to, str_head(buf_str(&from), left));
		buf_add_str(to, STR(" – "));
	}
	buf_add_str(to, buf_str(&until));
	sheet->failed |= !buf_ok(&from) || !buf_ok(&until);
	buf_free(&from);
	buf_free(&until);
}

void
week_head(struct sheet *sheet, int32_t first, int days)
{
	struct agenda_paper *agenda = sheet->agenda;
	struct buf title = {0}, beside = {0};
	char number[16];
	int year;

	if (days == 1)
		sheet_date(sheet, &title, DATE_LONG, first);
	else
		sheet_range(sheet, &title, first, first + days - 1);
	if (agenda->title.n) {
		buf_add_str(&beside, agenda->title);
	} else if (agenda->calendar_count == 1) {
		buf_add_str(&beside, agenda->calendars[0].name);
	}
	if (agenda->week_numbers) {
		snprintf(number, sizeof(number), "%d",
		    civil_week(first, agenda->week_start, &year));
		if (beside.n)
			buf_add_str(&beside, STR(" · "));
		words_fill(&beside, agenda->words->week, str_of(number),
		    STR(""));
	}
	sheet_page(sheet, buf_str(&title), buf_str(&beside));
	sheet->failed |= !buf_ok(&title) || !buf_ok(&beside);
	buf_free(&title);
	buf_free(&beside);
}

static void
draw_page(struct sheet *sheet, int32_t first, int days)
{
	struct grid grid = {.sheet = sheet, .first = first, .days = days};
	double line = days > 1 ? sheet_line(sheet, sheet_head(sheet)) : 0;
	double top, bars;

	arena_reset(&sheet->arena);
	week_head(sheet, first, days);
	set_columns(&grid);
	top = sheet->top + line + 3;
	draw_heads(&grid, sheet->top, sheet->bottom);
	bars = sheet_bars(sheet, grid.x, first, days, top, days == 1 ? 10 : 6,
	    SIZE_MAX, true);
	if (bars > 0) {
		top += bars + 1;
		sheet_rule(sheet, grid.x[0], top, grid.x[days], top, 0.7, 0.5);
	}
	set_axis(&grid, top + 1, sheet->bottom);
	draw_hours(&grid);
	draw_columns(&grid, sheet->top + line + 1, sheet->bottom);
	for (int i = 0; i < days; i++)
		draw_column(&grid, i);
	sheet_page_end(sheet);
}

void
draw_week(struct sheet *sheet)
{
	struct agenda_paper *agenda = sheet->agenda;

	for (int32_t at = agenda->first; at < agenda->until; at += 7)
		draw_page(sheet, at, 7);
}

void
draw_day(struct sheet *sheet)
{
	struct agenda_paper *agenda = sheet->agenda;

	/* One column has room for larger type. */
	sheet->scale *= 1.2;
	for (int32_t at = agenda->first; at < agenda->until; at++)
		draw_page(sheet, at, 1);
	sheet->scale /= 1.2;
}
