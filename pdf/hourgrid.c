#include "pdf/hourgrid.h"

#include <stdlib.h>

#include "cal/pack.h"

void
hourgrid_columns(struct hourgrid *grid, double left, double right)
{
	struct agenda_paper *agenda = grid->sheet->agenda;
	int count = 0;

	for (int i = 0; i < grid->days; i++) {
		clock_day_set(&grid->day[i], agenda, grid->first + i);
		count += agenda->days >> civil_weekday(grid->first + i) & 1;
	}
	for (int i = 0, k = 0; i < grid->days; i++) {
		grid->x[i] = left + (right - left) * k / (count ? count : 1);
		k += agenda->days >> civil_weekday(grid->first + i) & 1;
	}
	grid->x[grid->days] = right;
}

static double
width_of(const struct hourgrid *grid, int day)
{
	return grid->x[day + 1] - grid->x[day];
}

/* --- what is there without entries ---------------------------------------- */

/* Where the clock leaves minutes out; where it shows them twice. */
static void
draw_gap(struct hourgrid *grid, int number)
{
	const struct clock_day *day = &grid->day[number];
	double x = grid->x[number], w = width_of(grid, number);
	double from = clock_y(&grid->axis, day->gap_from);
	double until = clock_y(&grid->axis, day->gap_until);

	if (day->gap_until <= day->gap_from ||
	    day->gap_until <= grid->axis.from ||
	    day->gap_from >= grid->axis.until)
		return;
	if (!day->twice) {
		sheet_hatch(grid->sheet, x, from, w, until - from, 3,
		    grey(0.72));
		return;
	}
	sheet_fill(grid->sheet, x, from, w, until - from, grey(0.95));
	sheet_rule(grid->sheet, x, (from + until) / 2, x + w,
	    (from + until) / 2, 0.5, 0.55, false);
}

static void
draw_still(struct sheet *sheet, void *arg)
{
	struct hourgrid *grid = arg;
	const struct clock_axis *axis = &grid->axis;
	double left = grid->x[0], right = grid->x[grid->days];

	for (int i = 0; i < grid->days; i++) {
		if (width_of(grid, i) > 1)
			sheet_fill(sheet, grid->x[i], grid->heads,
			    width_of(grid, i), grid->bottom - grid->heads,
			    paint_day(sheet, grid->first + i));
		draw_gap(grid, i);
	}
	for (int at = axis->from; at <= axis->until; at += 60) {
		bool core = at >= axis->core_from && at < axis->core_until;
		bool edge = at == axis->core_from || at == axis->core_until;
		double y = clock_y(axis, at);

		sheet_rule(sheet, left, y, right, y, edge ? 0.7 : 0.35,
		    edge ? 0.5 : 0.78, false);
		if (core && at + 30 <= axis->until)
			sheet_rule(sheet, left, clock_y(axis, at + 30), right,
			    clock_y(axis, at + 30), 0.25, 0.7, true);
	}
	for (int i = 0; i <= grid->days; i++)
		sheet_rule(sheet, grid->x[i], grid->heads, grid->x[i],
		    grid->bottom, 0.5, 0.6, false);
}

/* Everything that draw_still() draws by. */
static void
draw_background(struct hourgrid *grid)
{
	struct {
		struct clock_axis axis;
		double x[8], heads, bottom, gap[7][3], level[7];
	} key;

	memset(&key, 0, sizeof(key));
	key.axis = grid->axis;
	key.heads = grid->heads;
	key.bottom = grid->bottom;
	for (int i = 0; i < grid->days; i++) {
		key.x[i] = grid->x[i];
		key.gap[i][0] = grid->day[i].gap_from;
		key.gap[i][1] = grid->day[i].gap_until;
		key.gap[i][2] = grid->day[i].twice;
		key.level[i] = paint_day(grid->sheet, grid->first + i).r;
	}
	key.x[grid->days] = grid->x[grid->days];
	sheet_still(grid->sheet, &key, sizeof(key), draw_still, grid);
}

static void
draw_hours(struct hourgrid *grid)
{
	struct sheet *sheet = grid->sheet;
	const struct clock_axis *axis = &grid->axis;
	struct text_style style = {.size = sheet_small(sheet),
	    .color = grey(0.35),
	    .one_line = true,
	    .align = ALIGN_END};
	double line = sheet_line(sheet, style.size), left = sheet->margin;

	for (int at = axis->from; at < axis->until; at += 60) {
		bool core = at >= axis->core_from && at <= axis->core_until;
		double y = clock_y(axis, at);

		if (!core && ((at / 60) % 2 || at + 60 == axis->core_from))
			continue;
		buf_reset(&sheet->clock);
		language_hour(sheet->agenda->language, &sheet->clock, at / 60);
		sheet_text(sheet, left, y - (at == axis->from ? 1 : line / 2),
		    grid->x[0] - left - 3, line, STR(""),
		    buf_str(&sheet->clock), &style, NULL);
	}
}

/* The name of a holiday, and the hours of a day that has not 24. */
bool
hourgrid_day_note(const struct hourgrid *grid, int number, struct buf *to)
{
	const struct agenda_paper *agenda = grid->sheet->agenda;
	struct str holiday = agenda_holiday(agenda, grid->first + number);

	buf_add_str(to, holiday);
	if (grid->day[number].hours == 24)
		return holiday.n > 0;
	if (holiday.n)
		buf_add_str(to, STR(" · "));
	language_number(agenda->language, to,
	    (uint64_t)grid->day[number].hours);
	buf_add_str(to, STR(" h"));
	return true;
}

static void
draw_day_note(struct hourgrid *grid, int number, double left, double y)
{
	struct sheet *sheet = grid->sheet;
	struct text_style style = {.size = sheet_small(sheet),
	    .color = grey(0.3),
	    .italic = true,
	    .one_line = true,
	    .align = ALIGN_END};
	double w = grid->x[number + 1] - left - 3;

	buf_reset(&sheet->clock);
	if (w > 8 && hourgrid_day_note(grid, number, &sheet->clock))
		sheet_text(sheet, left, y, w, sheet_line(sheet, style.size),
		    STR(""), buf_str(&sheet->clock), &style, NULL);
}

static void
draw_heads(struct hourgrid *grid, double top)
{
	struct sheet *sheet = grid->sheet;
	struct text_style style = {.size = sheet_head(sheet),
	    .color = grey(0.1),
	    .bold = true,
	    .one_line = true};
	double line = sheet_line(sheet, style.size);

	for (int i = 0; i < grid->days && grid->days > 1; i++) {
		double w = width_of(grid, i), text;

		if (w < 6)
			continue;
		buf_reset(&sheet->title);
		sheet_date(sheet, &sheet->title, DATE_SHORT, grid->first + i);
		sheet_text(sheet, grid->x[i] + 3, top, w - 4, line, STR(""),
		    buf_str(&sheet->title), &style, NULL);
		text = sheet_width(sheet, buf_str(&sheet->title), style.size,
		    true);
		draw_day_note(grid, i, grid->x[i] + text + 8, top + line * 0.2);
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
collect(struct hourgrid *grid, const struct clock_day *day, struct slots *slots)
{
	struct sheet *sheet = grid->sheet;
	struct agenda_paper *agenda = sheet->agenda;
	double least = sheet_line(sheet, SHEET_SMALLEST) + 0.6;
	double floor = clock_y(&grid->axis, grid->axis.until);
	size_t room = agenda->count + 1;

	slots->count = 0;
	slots->spans = arena_array(&sheet->arena, room, sizeof(*slots->spans));
	slots->entries = arena_array(&sheet->arena, room, sizeof(void *));
	if (!slots->spans || !slots->entries)
		return false;
	for (size_t i = 0; i < agenda->count; i++) {
		struct entry *entry = &agenda->entries[i];
		double top, bottom, from, until;

		if (entry_is_bar(entry) || !entry_on(entry, SIZE_MAX, day->day))
			continue;
		clock_span(day, entry, &from, &until);
		top = clock_y(&grid->axis, from);
		bottom = clock_y(&grid->axis, until);
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
draw_box(struct hourgrid *grid, struct entry *entry, int32_t day, double x,
    double y, double w, double h)
{
	struct sheet *sheet = grid->sheet;
	struct paint paint;
	bool fits;

	paint_of(sheet, entry, &paint);
	paint_draw(sheet, &paint, x, y, w, h);
	sheet_frame(sheet, x - 0.2, y - 0.2, w + 0.4, h + 0.4, 0.4, grey(1),
	    false);
	buf_reset(&sheet->clock);
	if (entry->first == day)
		entry_clock(sheet, entry, false, &sheet->clock);
	else
		buf_add_str(&sheet->clock, STR("…"));
	fits = entry_draw(sheet, x + 4, y + (h > 14 ? 1 : 0), w - 5,
	    h - (h > 14 ? 1 : 0), entry, &paint, buf_str(&sheet->clock),
	    sheet_body(sheet));
	sheet_dump(sheet, "box", x, y, w, h, entry, &paint, !fits);
}

/* What had no lane, at the end of its cluster's place. */
static void
draw_rest(struct hourgrid *grid, const struct slots *slots, size_t at,
    double right)
{
	struct sheet *sheet = grid->sheet;
	size_t cluster = slots->spans[at].cluster, count = 0;
	double y = (double)slots->spans[at].from / 10, w = 16;

	for (size_t i = at;
	     i < slots->count && slots->spans[i].cluster == cluster; i++) {
		if (!slots->spans[i].hidden)
			continue;
		count++;
		sheet_hide(sheet, slots->entries[i], y);
	}
	sheet_more(sheet, right - w, y, w, count, slots->entries[at]->ref,
	    ALIGN_CENTER);
}

static bool
is_crowded(const struct slots *slots, size_t cluster)
{
	for (size_t i = 0; i < slots->count; i++)
		if (slots->spans[i].cluster == cluster &&
		    slots->spans[i].hidden)
			return true;
	return false;
}

#define NARROWEST 30.0

static void
draw_column(struct hourgrid *grid, int number)
{
	struct sheet *sheet = grid->sheet;
	double left = grid->x[number], width = width_of(grid, number) - 1;
	size_t most = (size_t)(width / NARROWEST / sheet->scale);
	size_t rest = SIZE_MAX;
	struct slots slots;

	arena_reset(&sheet->arena);
	if (!collect(grid, &grid->day[number], &slots)) {
		sheet->failed = true;
		return;
	}
	most = most < 2 ? 2 : most > PACK_LANES ? PACK_LANES : most;
	pack_spans(slots.spans, slots.count, most, most);
	for (size_t i = 0; i < slots.count; i++) {
		const struct pack_span *span = &slots.spans[i];
		double lane;

		if (span->hidden) {
			if (rest != span->cluster)
				draw_rest(grid, &slots, i, left + width);
			rest = span->cluster;
			continue;
		}
		lane =
		    (is_crowded(&slots, span->cluster) ? width - 18 : width) /
		    (double)span->lanes;
		draw_box(grid, slots.entries[i], grid->first + number,
		    left + 1 + lane * (double)span->lane,
		    (double)span->from / 10, lane * (double)span->reach - 1,
		    (double)(span->until - span->from) / 10);
	}
}

/* --- all of it ------------------------------------------------------------ */

/* A column's mapping of minutes to the page. */
static void
dump_column(struct hourgrid *grid, int number)
{
	struct sheet *sheet = grid->sheet;
	const struct clock_axis *axis = &grid->axis;
	double x = grid->x[number], w = width_of(grid, number);
	struct civil civil = civil_of_day(grid->first + number);
	struct buf *line = &sheet->line;

	if (!sheet->dump || w < 6)
		return;
	if (sheet->press->mirrored)
		x = sheet->width - x - w;
	buf_reset(line);
	buf_printf(line,
	    "{\"page\":%zu,\"kind\":\"column\",\"x\":%.1f,\"y\":%.1f,"
	    "\"w\":%.1f,\"h\":%.1f,\"day\":\"%04d-%02d-%02d\",\"axis\":[",
	    sheet->page, x, axis->top, w,
	    clock_y(axis, axis->until) - axis->top, civil.year, civil.month,
	    civil.day);
	for (int at = axis->from; at <= axis->until; at += 60)
		buf_printf(line, "%s[%d,%.1f]", at > axis->from ? "," : "", at,
		    clock_y(axis, at));
	buf_add_str(line, STR("]}\n"));
	if (!sheet->dump(sheet->arg, buf_str(line)))
		sheet->failed = true;
}

void
hourgrid_draw(struct hourgrid *grid, double top, double bottom, size_t lanes)
{
	struct sheet *sheet = grid->sheet;
	double line = grid->days > 1 ? sheet_line(sheet, sheet_head(sheet)) : 0;
	double right = grid->x[grid->days], low, bars;
	struct clock_day shown[7];
	int count = 0;

	grid->heads = top + line + 1;
	grid->bottom = bottom;
	low = grid->heads + 2;
	arena_reset(&sheet->arena);
	bars = sheet_bars(sheet, grid->x, grid->first, grid->days, low, lanes,
	    SIZE_MAX, false, NULL);
	for (int i = 0; i < grid->days; i++)
		if (width_of(grid, i) >= 6)
			shown[count++] = grid->day[i];
	clock_set(&grid->axis, sheet->agenda, shown, count,
	    low + (bars > 0 ? bars + 2 : 1), bottom);
	draw_background(grid);
	draw_heads(grid, top);
	sheet_rule(sheet, grid->x[0], grid->heads, right, grid->heads, 0.9, 0.3,
	    false);
	arena_reset(&sheet->arena);
	sheet_bars(sheet, grid->x, grid->first, grid->days, low, lanes,
	    SIZE_MAX, true, NULL);
	draw_hours(grid);
	for (int i = 0; i < grid->days; i++) {
		dump_column(grid, i);
		if (width_of(grid, i) >= 6)
			draw_column(grid, i);
	}
}
