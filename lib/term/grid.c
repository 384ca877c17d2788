#include "term/grid.h"

#include <string.h>

#include "term/grid_impl.h"
#include "term/names.h"
#include "term/spare.h"

#define CLOCK_WIDTH 5 /* "09:00" */

static const struct ink dim = {.flags = INK_DIM};
static const struct ink bold = {.flags = INK_BOLD};

/* --- what stands at the left ---------------------------------------------- */

/* The zone's short name before or after the change of the page. */
static void
zone_name(const struct grid *grid, bool after, struct zone_span *span)
{
	const struct axis *axis = &grid->axis;

	span->name[0] = '\0';
	for (size_t i = 0; i < grid->count; i++) {
		const struct axis_day *day = &grid->stacks[i].day;

		if (day->change != INT64_MAX &&
		    day->clock_after == axis->doubled_at)
			zone_span_at(axis->zone, day->change - (after ? 0 : 1),
			    span);
	}
}

/* Wide enough for "02:00 CEST" where that hour is shown. */
static size_t
gutter_width(const struct grid *grid)
{
	struct zone_span before, after;
	size_t name = 0;

	for (size_t i = 0; i < grid->axis.count; i++) {
		if (!grid_is_doubled(grid, &grid->axis.rows[i]))
			continue;
		zone_name(grid, false, &before);
		zone_name(grid, true, &after);
		name = strlen(before.name) > strlen(after.name)
		           ? strlen(before.name)
		           : strlen(after.name);
		break;
	}
	return CLOCK_WIDTH + (name ? name + 1 : 0) + 1;
}

static void
draw_clock(const struct grid *grid, size_t row, struct canvas *canvas)
{
	const struct axis_row *at = &grid->axis.rows[row];
	bool within = at->from >= grid->axis.first &&
	              at->until <= grid->axis.last && row > 0 && !at->skipped;
	struct zone_span span;
	struct buf text = {0};
	bool again;
	int32_t clock = axis_clock(&grid->axis, at->from, &again);

	if (within && clock % 3600 && grid->axis.slot < 3600 &&
	    3600 % grid->axis.slot == 0)
		return;
	view_clock(&text, clock);
	if (grid_is_doubled(grid, at)) {
		zone_name(grid, again, &span);
		buf_printf(&text, " %s", span.name);
	}
	canvas_text(canvas, 0, grid->lines[row], grid->gutter - 1,
	    buf_str(&text), within ? (struct ink){0} : dim);
	buf_free(&text);
}

static void
draw_now(struct grid *grid, struct canvas *canvas)
{
	struct ink red = {INK_COLORED | INK_BOLD, {0xe0, 0x30, 0x30}};

	for (size_t i = 0; i < grid->count; i++) {
		const struct axis_day *day = &grid->stacks[i].day;
		int32_t place = axis_place(&grid->axis, day, grid->view->now);
		size_t row = axis_row_of(&grid->axis, place);

		if (day->day != grid->view->today ||
		    place < grid->axis.rows[row].from ||
		    place >= grid->axis.rows[row].until)
			continue;
		canvas_glyph(canvas, grid->gutter - 1, grid->lines[row],
		    GLYPH_NOW, red);
	}
}

/* --- the frame ------------------------------------------------------------ */

static void
draw_heads(const struct grid *grid, struct canvas *canvas)
{
	const struct view *view = grid->view;
	struct buf head = {0};

	for (size_t i = 0; i < grid->count; i++) {
		const struct column *column = &grid->columns[i];
		bool today = column->day == view->today &&
		             column->calendar == COLUMN_ALL;
		struct ink ink = bold;
		size_t x = column->x;

		buf_reset(&head);
		if (column->calendar != COLUMN_ALL) {
			const struct calendar *calendar =
			    &view->calendars.list[column->calendar];

			ink = (struct ink){INK_COLORED | INK_BOLD,
			    calendar->color};
			buf_add_str(&head, calendar->name);
		} else {
			names_head(&head, canvas->screen, column->day,
			    column->width - (today ? 1 : 0));
		}
		if (today) {
			ink.flags |= INK_REVERSED;
			canvas_fill(canvas, x, 0, column->width, 1, ink);
			canvas_glyph(canvas, x++, 0, GLYPH_TODAY, ink);
		}
		canvas_text(canvas, x, 0, column->x + column->width - x,
		    buf_str(&head), ink);
	}
	buf_free(&head);
}

static void
draw_frame(const struct grid *grid, struct canvas *canvas)
{
	size_t rule = grid->top - 1, foot = grid->height - 1;

	for (size_t i = 0; i < grid->count; i++) {
		size_t x = grid->columns[i].x - 1;

		for (size_t y = 0; y < grid->height; y++)
			canvas_glyph(canvas, x, y, GLYPH_COLUMN, dim);
	}
	for (size_t i = 0; i < grid->axis.count; i++)
		if (grid->axis.rows[i].skipped)
			canvas_rule(canvas, 0, grid->lines[i] - 1,
			    canvas->width, GLYPH_SKIP, dim);
	canvas_rule(canvas, 0, rule, canvas->width, GLYPH_RULE, dim);
	canvas_rule(canvas, 0, foot, canvas->width, GLYPH_RULE, dim);
	for (size_t i = 0; i < grid->count; i++) {
		size_t x = grid->columns[i].x - 1;

		canvas_glyph(canvas, x, rule, GLYPH_CROSS, dim);
		canvas_glyph(canvas, x, foot, GLYPH_FOOT, dim);
	}
}

/* --- cells without an event ----------------------------------------------- */

static void
draw_gone(const struct grid *grid, size_t at, struct canvas *canvas)
{
	const struct column *column = &grid->columns[at];

	for (size_t i = 0; i < grid->axis.count; i++)
		if (axis_is_gone(&grid->axis, &grid->axis.rows[i],
			&grid->stacks[at].day))
			canvas_rule(canvas, column->x, grid->lines[i],
			    column->width, GLYPH_GONE, dim);
}

static void
draw_spare(struct grid *grid, size_t at, struct canvas *canvas)
{
	struct ink green = {INK_COLORED | INK_DIM, {0x2f, 0x9e, 0x44}};
	const struct column *column = &grid->columns[at];
	const struct axis_day *day = &grid->stacks[at].day;
	struct axis *axis = &grid->axis;
	struct busy_set set = {0};

	if (!spare_find(grid->view, grid->page, column->day, column->calendar,
		&set))
		grid->view->failed = true;
	for (size_t i = 0; i < set.count; i++) {
		int32_t from = axis_place(axis, day, set.spans[i].from);
		int32_t until = axis_place(axis, day, set.spans[i].until);

		for (size_t k = 0; k < axis->count; k++)
			if (axis->rows[k].from >= from &&
			    axis->rows[k].until <= until)
				canvas_rule(canvas, column->x, grid->lines[k],
				    column->width, GLYPH_FREE, green);
	}
	busy_free(&set);
}

static bool
draw(struct grid *grid, struct leftovers *left)
{
	struct canvas canvas;
	bool ok;

	if (!canvas_init(&canvas, &grid->view->screen, grid->view->screen.width,
		grid->height))
		return false;
	draw_frame(grid, &canvas);
	if (grid->heads)
		draw_heads(grid, &canvas);
	for (size_t i = 0; i < grid->axis.count; i++)
		draw_clock(grid, i, &canvas);
	draw_now(grid, &canvas);
	bars_draw(grid->view, &grid->bars, grid->columns, &canvas, grid->heads);
	bars_leave(&grid->bars, grid->columns, left);
	for (size_t i = 0; i < grid->count; i++) {
		if (grid->view->free)
			draw_spare(grid, i, &canvas);
		draw_gone(grid, i, &canvas);
		grid_draw_stack(grid, i, &canvas, left);
	}
	ok = canvas_write(&canvas);
	canvas_free(&canvas);
	return ok;
}

/* --- columns -------------------------------------------------------------- */

static void
draw_band(struct view *view, const struct page *page, struct column *columns,
    size_t count, struct leftovers *left)
{
	struct grid grid = {.view = view,
	    .page = page,
	    .columns = columns,
	    .count = count,
	    .gutter = CLOCK_WIDTH + 1,
	    .heads = page->days > 1 || columns[0].calendar != COLUMN_ALL};
	bool ok;

	/* Places first: only they tell how wide the gutter must be. */
	columns_place(columns, count, grid.gutter,
	    view->screen.width - grid.gutter);
	ok = grid_layout(&grid);
	if (ok && gutter_width(&grid) > grid.gutter) {
		size_t gutter = gutter_width(&grid);

		grid_free(&grid);
		grid = (struct grid){.view = view,
		    .page = page,
		    .columns = columns,
		    .count = count,
		    .gutter = gutter,
		    .heads = grid.heads};
		columns_place(columns, count, gutter,
		    view->screen.width - gutter);
		ok = grid_layout(&grid);
	}
	if (!ok || !draw(&grid, left))
		view->failed = true;
	grid_free(&grid);
}

void
grid_draw(struct view *view, const struct page *page, struct column *columns,
    size_t count, size_t narrowest, struct leftovers *left)
{
	size_t most = (view->screen.width - CLOCK_WIDTH - 1) / (narrowest + 1);
	size_t bands;

	if (most < 1)
		most = 1;
	bands = (count + most - 1) / most;
	for (size_t i = 0; i < bands && !view->failed; i++) {
		size_t from = count * i / bands;
		size_t until = count * (i + 1) / bands;

		draw_band(view, page, columns + from, until - from, left);
	}
}
