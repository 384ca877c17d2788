#include "term/board.h"

#include <stdlib.h>

#include "cli/grapheme.h"
#include "term/names.h"
#include "term/spare.h"

#define LABEL_LINES 2
#define ENTRY_LINES 3  /* of one title at most */
#define NARROW      8  /* below it cells only count */
#define TITLE_LEAST 3  /* beside the clock, on its line */
#define CLOCK_FITS  12 /* from there on "09:00", else "9h" */

static const struct ink dim = {.flags = INK_DIM};
static const struct ink bold = {.flags = INK_BOLD};

/* What is in a cell below its bars. */
struct cell_list {
	const struct page_item **items;
	size_t *lines; /* that each takes, 0 for those that are only counted */
	size_t count, hidden, height;
};

struct row {
	struct bars bars;
	struct cell_list *cells;
	size_t height;
};

/* --- entries -------------------------------------------------------------- */

/* "09:00", "9h", "-01:30". */
static void
write_clock(const struct view *view, const struct column *column,
    const struct page_item *item, struct buf *to)
{
	struct civil civil = civil_of_local(item->item.start);

	if (item->first < column->day) {
		buf_add_str(to, screen_glyph(&view->screen, GLYPH_DASH));
		view_clock(to, item->item.end);
	} else if (column->width >= CLOCK_FITS) {
		view_clock(to, item->item.start);
	} else {
		buf_printf(to, "%d", civil.hour);
		if (civil.minute)
			buf_printf(to, ":%02d", civil.minute);
		else
			buf_add_char(to, 'h');
	}
	buf_add_char(to, ' ');
}

static void
write_entry(const struct view *view, const struct column *column,
    const struct page_item *item, struct flow *flow)
{
	struct look look;
	struct buf clock = {0};

	look_of(view, item, &look);
	if (look.ink.flags & INK_FILLED) {
		look.ink.flags = look.note.flags = INK_COLORED;
		look.text.flags &= (uint8_t)~INK_FILLED;
		look.text.flags |= INK_COLORED;
	}
	flow->indent = 1;
	write_clock(view, column, item, &clock);
	if (flow->height > 1 ||
	    text_width(buf_str(&clock)) + TITLE_LEAST <= flow->width)
		flow_text(flow, buf_str(&clock), dim);
	look_write_title(view, item, &look, flow);
	buf_free(&clock);
}

static size_t
measure(const struct view *view, const struct column *column,
    const struct page_item *item)
{
	struct flow flow = {.screen = &view->screen,
	    .width = column->width,
	    .height = ENTRY_LINES};

	write_entry(view, column, item, &flow);
	return flow_lines(&flow);
}

/* --- the places of a row -------------------------------------------------- */

static bool
collect(const struct board *board, const struct column *column,
    struct cell_list *cell)
{
	size_t room = 0;

	for (size_t i = 0; i < board->page->count; i++) {
		const struct page_item *item = &board->page->items[i];

		if (item->bar ||
		    !page_item_is(item, column->day, column->calendar))
			continue;
		if (cell->count == room) {
			const struct page_item **more;

			room = room * 2 + 16;
			more = realloc(cell->items, room * sizeof(*more));
			if (!more)
				return false;
			cell->items = more;
		}
		cell->items[cell->count++] = item;
	}
	cell->lines = calloc(cell->count + 1, sizeof(*cell->lines));
	return cell->lines != NULL;
}

/* Each gets a line, as far as there are some; what is left over goes to long
 * titles, the first ones first. */
static void
share_lines(const struct board *board, const struct column *column,
    struct cell_list *cell, size_t room)
{
	size_t shown = cell->count, spare;

	if (shown > room)
		shown = room > 0 ? room - 1 : 0;
	cell->hidden = cell->count - shown;
	spare = room - shown - (cell->hidden && room ? 1 : 0);
	cell->height = shown + (cell->hidden ? 1 : 0);
	for (size_t i = 0; i < shown; i++) {
		size_t wanted = 1;

		if (spare)
			wanted = measure(board->view, column, cell->items[i]);
		if (wanted > 1 + spare)
			wanted = 1 + spare;
		cell->lines[i] = wanted;
		cell->height += wanted - 1;
		spare -= wanted - 1;
	}
}

static void
row_free(struct row *row, size_t count)
{
	for (size_t i = 0; row->cells && i < count; i++) {
		free(row->cells[i].items);
		free(row->cells[i].lines);
	}
	free(row->cells);
	bars_free(&row->bars);
}

static bool
row_layout(const struct board *board, struct row *row)
{
	size_t top = board->numbers ? 1 : 0;
	size_t most = board->most > top + 1 ? board->most - top : 1;

	if (row->height < top + 1)
		row->height = top + 1;
	row->cells = calloc(board->count + 1, sizeof(*row->cells));
	if (!row->cells || !bars_pack(&row->bars, board->page, board->columns,
			       board->count, most > 3 ? most * 2 / 3 : most))
		return false;
	for (size_t i = 0; i < board->count; i++) {
		size_t bars = bars_height(&row->bars, i);
		struct cell_list *cell = &row->cells[i];

		if (!collect(board, &board->columns[i], cell))
			return false;
		share_lines(board, &board->columns[i], cell,
		    most > bars ? most - bars : 1);
		if (top + bars + cell->height > row->height)
			row->height = top + bars + cell->height;
	}
	return true;
}

/* --- drawing -------------------------------------------------------------- */

static void
draw_number(const struct board *board, const struct column *column,
    struct canvas *canvas)
{
	bool today = column->day == board->view->today;
	struct ink ink = bold;
	struct buf number = {0};

	if (!board->numbers || column->calendar == COLUMN_NONE)
		return;
	buf_printf(&number, "%d", civil_of_day(column->day).day);
	if (today) {
		ink.flags |= INK_REVERSED;
		canvas_fill(canvas, column->x, 0, column->width, 1, ink);
		if (column->width > 2)
			canvas_glyph(canvas, column->x + number.n, 0,
			    GLYPH_TODAY, ink);
	}
	canvas_text(canvas, column->x, 0, column->width, buf_str(&number), ink);
	buf_free(&number);
}

/* "+12", or without the sign where only that has room. */
static bool
draw_count(const struct column *column, struct canvas *canvas, size_t y,
    size_t count)
{
	struct buf text = {0};
	struct str shown;
	bool fits;

	buf_printf(&text, "+%zu", count);
	shown = buf_str(&text);
	if (shown.n > column->width)
		shown = str_from(shown, 1);
	fits = shown.n <= column->width;
	if (fits)
		canvas_text(canvas, column->x, y, column->width, shown, bold);
	buf_free(&text);
	return fits;
}

static void
draw_cell(const struct board *board, const struct row *row, size_t at,
    struct canvas *canvas)
{
	const struct column *column = &board->columns[at];
	const struct cell_list *cell = &row->cells[at];
	size_t y = (board->numbers ? 1 : 0) + bars_height(&row->bars, at);

	draw_number(board, column, canvas);
	for (size_t i = 0; i < cell->count && cell->lines[i]; i++) {
		struct flow flow = {.canvas = canvas,
		    .screen = canvas->screen,
		    .x = column->x,
		    .y = y,
		    .width = column->width,
		    .height = cell->lines[i]};

		write_entry(board->view, column, cell->items[i], &flow);
		y += cell->lines[i];
	}
	if (cell->hidden)
		draw_count(column, canvas, y, cell->hidden);
}

static void
leave_all(const struct board *board, const struct column *column)
{
	for (size_t i = 0; i < board->page->count; i++)
		if (page_item_is(&board->page->items[i], column->day,
			column->calendar))
			leftovers_add(board->left, &board->page->items[i],
			    column->day);
}

/* Cells too narrow for words: how much there is. */
static void
draw_counts(const struct board *board, struct canvas *canvas)
{
	for (size_t i = 0; i < board->count; i++) {
		const struct column *column = &board->columns[i];
		size_t count = 0;

		draw_number(board, column, canvas);
		for (size_t k = 0; k < board->page->count; k++)
			count += page_item_is(&board->page->items[k],
			    column->day, column->calendar);
		if (count &&
		    !draw_count(column, canvas, board->numbers ? 1 : 0, count))
			leave_all(board, column);
	}
}

static void
draw_lines(const struct board *board, struct canvas *canvas)
{
	for (size_t i = 0; i < board->count; i++)
		for (size_t y = 0; y < canvas->height; y++)
			canvas_glyph(canvas, board->columns[i].x - 1, y,
			    GLYPH_COLUMN, dim);
}

static void
draw_label(const struct board *board, struct str label, struct ink ink,
    struct canvas *canvas)
{
	struct flow flow = {.canvas = canvas,
	    .screen = canvas->screen,
	    .width = board->gutter - 1,
	    .height = canvas->height};

	flow_text(&flow, label, ink);
}

static bool
is_narrow(const struct board *board)
{
	return board->count > 0 && board->columns[0].width < NARROW;
}

static size_t
least_height(const struct board *board, struct str label)
{
	struct flow flow = {.screen = &board->view->screen,
	    .width = board->gutter - 1,
	    .height = LABEL_LINES};

	if (board->numbers)
		return 2;
	flow_text(&flow, label, bold);
	return flow_lines(&flow);
}

void
board_row(struct board *board, struct str label, struct ink ink)
{
	struct row row = {.height = least_height(board, label)};
	bool narrow = is_narrow(board);
	struct canvas canvas = {0};

	if ((!narrow && !row_layout(board, &row)) ||
	    !canvas_init(&canvas, &board->view->screen,
		board->view->screen.width, row.height)) {
		board->view->failed = true;
		row_free(&row, board->count);
		return;
	}
	draw_lines(board, &canvas);
	draw_label(board, label, ink, &canvas);
	if (narrow)
		draw_counts(board, &canvas);
	else
		bars_draw(board->view, &row.bars, board->columns, &canvas,
		    board->numbers ? 1 : 0);
	for (size_t i = 0; !narrow && i < board->count; i++)
		draw_cell(board, &row, i, &canvas);
	if (!canvas_write(&canvas))
		board->view->failed = true;
	canvas_free(&canvas);
	row_free(&row, board->count);
}
