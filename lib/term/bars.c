#include "term/bars.h"

#include <stdlib.h>

/* Columns from which on a title has room for a time beside it. */
#define CLOCK_FITS 18

static bool
find_columns(struct bar *bar, const struct column *columns, size_t count)
{
	bool found = false;

	for (size_t i = 0; i < count; i++) {
		if (!page_item_is(bar->item, columns[i].day,
			columns[i].calendar))
			continue;
		if (!found)
			bar->first = i;
		bar->last = i;
		found = true;
	}
	return found;
}

/* By their first column, long before short. */
static int
compare(const void *a, const void *b)
{
	const struct bar *one = a, *other = b;

	if (one->first != other->first)
		return one->first < other->first ? -1 : 1;
	if (one->last != other->last)
		return one->last > other->last ? -1 : 1;
	return one->item < other->item ? -1 : one->item > other->item;
}

static void
count_lanes(struct bars *bars)
{
	for (size_t i = 0; i < bars->count; i++) {
		const struct pack_span *span = &bars->spans[i];

		/* The lane that a hidden one would have had has its count. */
		if (bars->lanes < span->lane + 1)
			bars->lanes = span->lane + 1;
		for (size_t k = bars->list[i].first;
		     span->hidden && k <= bars->list[i].last; k++)
			bars->hidden[k]++;
	}
}

bool
bars_pack(struct bars *bars, const struct page *page,
    const struct column *columns, size_t count, size_t most)
{
	*bars = (struct bars){.column_count = count};
	bars->list = calloc(page->bars + 1, sizeof(*bars->list));
	bars->hidden = calloc(count + 1, sizeof(*bars->hidden));
	if (!bars->list || !bars->hidden)
		return false;
	for (size_t i = 0, left = page->bars; left; i++) {
		struct bar *bar = &bars->list[bars->count];

		if (!page->items[i].bar)
			continue;
		left--;
		bar->item = &page->items[i];
		if (find_columns(bar, columns, count))
			bars->count++;
	}
	qsort(bars->list, bars->count, sizeof(*bars->list), compare);
	bars->spans = calloc(bars->count + 1, sizeof(*bars->spans));
	if (!bars->spans)
		return false;
	for (size_t i = 0; i < bars->count; i++) {
		bars->spans[i].from = bars->list[i].first;
		bars->spans[i].until = bars->list[i].last + 1;
	}
	pack_spans(bars->spans, bars->count, most, most > 1 ? most - 1 : 1);
	count_lanes(bars);
	return true;
}

void
bars_free(struct bars *bars)
{
	free(bars->list);
	free(bars->spans);
	free(bars->hidden);
}

size_t
bars_height(const struct bars *bars, size_t column)
{
	size_t height = 0;

	for (size_t i = 0; i < bars->count; i++)
		if (bars->list[i].first <= column &&
		    column <= bars->list[i].last &&
		    height < bars->spans[i].lane + 1)
			height = bars->spans[i].lane + 1;
	return height;
}

void
bars_leave(const struct bars *bars, const struct column *columns,
    struct leftovers *left)
{
	for (size_t i = 0; i < bars->count; i++)
		if (bars->spans[i].hidden)
			leftovers_add(left, bars->list[i].item,
			    columns[bars->list[i].first].day);
}

void
columns_place(struct column *columns, size_t count, size_t x, size_t width)
{
	for (size_t i = 0; i < count; i++) {
		size_t from = x + width * i / count;
		size_t until = x + width * (i + 1) / count;

		columns[i].x = from + 1;
		columns[i].width = until - from - 1;
	}
}

/* --- drawing -------------------------------------------------------------- */

/* "18:00" of what begins, ends within a day. */
static void
add_clock(struct buf *to, const struct agenda_item *item, int64_t local)
{
	if (!item->allday)
		view_clock(to, local);
}

static void
draw_ends(const struct bar *bar, const struct column *columns,
    struct canvas *canvas, size_t y, struct ink ink, size_t used)
{
	const struct column *first = &columns[bar->first];
	const struct column *last = &columns[bar->last];
	size_t end = last->x + last->width - 1;
	bool before = bar->item->first < first->day;
	bool after = bar->item->last > last->day;

	canvas_glyph(canvas, first->x, y,
	    before ? GLYPH_BEFORE : GLYPH_BAR_FIRST, ink);
	if (used < end)
		canvas_rule(canvas, used, y, end - used, GLYPH_BAR, ink);
	if (end > first->x && (after || used <= end))
		canvas_glyph(canvas, end, y,
		    after ? GLYPH_AFTER : GLYPH_BAR_LAST, ink);
}

static void
draw_bar(const struct view *view, const struct bar *bar,
    const struct column *columns, struct canvas *canvas, size_t y)
{
	const struct column *first = &columns[bar->first];
	const struct column *last = &columns[bar->last];
	size_t width = last->x + last->width - first->x;
	bool after = bar->item->last > last->day;
	struct flow flow = {.canvas = canvas,
	    .screen = canvas->screen,
	    .x = first->x + 1,
	    .y = y,
	    .width = width > 2 ? width - 1 - (after ? 1 : 0) : 1,
	    .height = 1};
	struct buf time = {0};
	struct look look;

	look_of(view, bar->item, &look);
	canvas_fill(canvas, first->x, y, width, 1, look.ink);
	if (bar->item->first >= first->day && width >= CLOCK_FITS)
		add_clock(&time, &bar->item->item, bar->item->item.start);
	look_write(view, bar->item, &look, buf_str(&time), &flow);
	buf_reset(&time);
	if (!after)
		add_clock(&time, &bar->item->item, bar->item->item.end);
	draw_ends(bar, columns, canvas, y, look.ink,
	    first->x + 1 + flow.column);
	if (time.n && flow.column + time.n + 3 <= flow.width)
		canvas_text(canvas, first->x + width - time.n - 1, y, time.n,
		    buf_str(&time), look.note);
	buf_free(&time);
}

void
bars_draw(const struct view *view, const struct bars *bars,
    const struct column *columns, struct canvas *canvas, size_t y)
{
	struct ink bold = {.flags = INK_BOLD};
	struct buf text = {0};

	for (size_t i = 0; i < bars->count; i++)
		if (!bars->spans[i].hidden)
			draw_bar(view, &bars->list[i], columns, canvas,
			    y + bars->spans[i].lane);
	for (size_t i = 0; i < bars->column_count; i++) {
		if (!bars->hidden[i])
			continue;
		buf_reset(&text);
		buf_printf(&text, "+%zu", bars->hidden[i]);
		canvas_text(canvas, columns[i].x, y + bars_height(bars, i) - 1,
		    columns[i].width, buf_str(&text), bold);
	}
	buf_free(&text);
}
