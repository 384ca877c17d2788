#include "term/planner.h"

#include <stdlib.h>

#include "term/bars.h"
#include "term/look.h"
#include "term/names.h"

#define NARROWEST 3 /* a line and two digits */

static const struct ink dim = {.flags = INK_DIM};
static const struct ink bold = {.flags = INK_BOLD};

/* What a calendar has on a day. */
struct planned {
	size_t count;
	const struct page_item *bar; /* one of whole days */
};

struct band {
	struct view *view;
	const struct page *page;
	const struct planned *planned; /* by calendar, by day of the page */
	struct column columns[PAGE_DAYS];
	size_t count, gutter;
};

static bool
is_day_off(const struct view *view, int32_t day)
{
	return !(view->hours.days & 1u << civil_weekday(day)) ||
	       civil_weekday(day) >= SATURDAY;
}

static void
draw_heads(const struct band *band, struct canvas *canvas)
{
	struct buf head = {0};

	for (size_t i = 0; i < band->count; i++) {
		const struct column *column = &band->columns[i];
		struct ink ink = bold;

		if (column->day == band->view->today)
			ink.flags |= INK_REVERSED;
		else if (is_day_off(band->view, column->day))
			ink = dim;
		buf_reset(&head);
		names_weekday(&head, canvas->screen, civil_weekday(column->day),
		    column->width);
		canvas_text(canvas, column->x, 0, column->width, buf_str(&head),
		    ink);
		buf_reset(&head);
		buf_printf(&head, "%d", civil_of_day(column->day).day);
		canvas_text(canvas, column->x, 1, column->width, buf_str(&head),
		    ink);
		if (column->day == band->view->today)
			canvas_glyph(canvas, column->x - 1, 1, GLYPH_TODAY,
			    bold);
	}
	buf_free(&head);
}

static void
draw_cell(const struct band *band, size_t at, size_t calendar, size_t y,
    struct canvas *canvas)
{
	const struct column *column = &band->columns[at];
	const struct planned *planned =
	    &band->planned[calendar * PAGE_DAYS +
			   (size_t)(column->day - band->page->first)];
	const struct page_item *bar = planned->bar;
	size_t count = planned->count;
	struct buf text = {0};

	if (bar) {
		struct look look;
		size_t before = at > 0 && bar->first < column->day ? 1 : 0;

		look_of(band->view, bar, &look);
		canvas_fill(canvas, column->x - before, y,
		    column->width + before, 1, look.ink);
		if (!canvas->screen->color || !(look.ink.flags & INK_FILLED))
			canvas_rule(canvas, column->x - before, y,
			    column->width + before, GLYPH_BAR, look.ink);
	}
	buf_printf(&text, "%zu", count);
	if (text.n > column->width) {
		buf_reset(&text);
		buf_add_str(&text, STR("++"));
	}
	if (count > 1 || (count == 1 && !bar))
		canvas_text(canvas, column->x, y, column->width, buf_str(&text),
		    (struct ink){0});
	buf_free(&text);
}

static bool
draw_band(struct band *band)
{
	struct view *view = band->view;
	size_t people = view->calendars.count;
	struct canvas canvas;
	bool ok;

	if (band->count == 0)
		return true;
	/* All cells of one width; what is left over is the names'. */
	band->gutter += (view->screen.width - band->gutter) % band->count;
	columns_place(band->columns, band->count, band->gutter,
	    view->screen.width - band->gutter);
	if (!canvas_init(&canvas, &view->screen, view->screen.width,
		people + 3))
		return false;
	draw_heads(band, &canvas);
	canvas_rule(&canvas, 0, 2, canvas.width, GLYPH_RULE, dim);
	for (size_t i = 0; i < people; i++) {
		const struct calendar *calendar = &view->calendars.list[i];
		struct ink ink = {INK_COLORED | INK_BOLD, calendar->color};

		canvas_text(&canvas, 0, 3 + i, band->gutter - 1, calendar->name,
		    ink);
		for (size_t k = 0; k < band->count; k++)
			draw_cell(band, k, i, 3 + i, &canvas);
	}
	ok = canvas_write(&canvas);
	canvas_free(&canvas);
	return ok;
}

/* NULL without memory. */
static struct planned *
plan(const struct view *view, const struct page *page)
{
	struct planned *all =
	    calloc(view->calendars.count * PAGE_DAYS + 1, sizeof(*all));

	for (size_t i = 0; all && i < page->count; i++) {
		const struct page_item *item = &page->items[i];

		for (int32_t day = 0; day < page->days; day++) {
			struct planned *one =
			    &all[item->item.number * PAGE_DAYS + (size_t)day];

			if (!page_item_is(item, page->first + day, SIZE_MAX))
				continue;
			one->count++;
			if (item->bar)
				one->bar = item;
		}
	}
	return all;
}

void
planner_draw(struct view *view, const struct page *page)
{
	size_t width = view->screen.width, days = (size_t)page->days;
	size_t gutter = width >= 100 ? 20 : width >= 60 ? 14 : 9;
	size_t most = (width - gutter) / NARROWEST;
	size_t bands = (days + most - 1) / most;
	struct planned *planned = plan(view, page);

	if (!planned)
		view->failed = true;
	for (size_t i = 0; i < bands && !view->failed; i++) {
		struct band band = {.view = view,
		    .page = page,
		    .planned = planned,
		    .gutter = gutter};
		int32_t day = page->first + (int32_t)(days * i / bands);
		int32_t until = page->first + (int32_t)(days * (i + 1) / bands);

		for (; day < until; day++)
			band.columns[band.count++] =
			    (struct column){.day = day, .calendar = COLUMN_ALL};
		if (!draw_band(&band))
			view->failed = true;
	}
	free(planned);
}
