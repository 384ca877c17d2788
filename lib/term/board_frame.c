/* The board's heads, rules, row of spare time, and the page of a team. */
#include "term/board.h"

#include "term/names.h"
#include "term/spare.h"

#define TEAM_NARROWEST 8
#define TEAM_LINES     12

static const struct ink dim = {.flags = INK_DIM};
static const struct ink bold = {.flags = INK_BOLD};

static void
draw_rule(const struct board *board, struct canvas *canvas, size_t y,
    enum glyph cross)
{
	canvas_rule(canvas, 0, y, canvas->width, GLYPH_RULE, dim);
	for (size_t i = 0; i < board->count; i++)
		canvas_glyph(canvas, board->columns[i].x - 1, y, cross, dim);
}

static void
draw_head(const struct board *board, const struct column *column, bool weekday,
    struct canvas *canvas)
{
	bool today = column->day == board->view->today && !weekday;
	struct ink ink = bold;
	struct buf head = {0};
	size_t x = column->x;

	if (today) {
		ink.flags |= INK_REVERSED;
		canvas_fill(canvas, x, 0, column->width, 1, ink);
		canvas_glyph(canvas, x++, 0, GLYPH_TODAY, ink);
	}
	if (weekday)
		names_weekday(&head, canvas->screen, civil_weekday(column->day),
		    column->width);
	else
		names_head(&head, canvas->screen, column->day,
		    column->width - (today ? 1 : 0));
	canvas_text(canvas, x, 0, column->x + column->width - x, buf_str(&head),
	    ink);
	buf_free(&head);
}

void
board_heads(struct board *board, bool weekdays)
{
	struct canvas canvas;

	if (!canvas_init(&canvas, &board->view->screen,
		board->view->screen.width, 2)) {
		board->view->failed = true;
		return;
	}
	for (size_t i = 0; i < board->count; i++) {
		canvas_glyph(&canvas, board->columns[i].x - 1, 0, GLYPH_COLUMN,
		    dim);
		draw_head(board, &board->columns[i], weekdays, &canvas);
	}
	draw_rule(board, &canvas, 1, GLYPH_CROSS);
	if (!canvas_write(&canvas))
		board->view->failed = true;
	canvas_free(&canvas);
}

void
board_rule(struct board *board, bool last)
{
	struct canvas canvas;

	if (!canvas_init(&canvas, &board->view->screen,
		board->view->screen.width, 1)) {
		board->view->failed = true;
		return;
	}
	draw_rule(board, &canvas, 0, last ? GLYPH_FOOT : GLYPH_CROSS);
	if (!canvas_write(&canvas))
		board->view->failed = true;
	canvas_free(&canvas);
}

/* --- spare time ----------------------------------------------------------- */

static void
write_spare(const struct board *board, size_t at, struct flow *flow)
{
	struct ink green = {INK_COLORED, {0x2f, 0x9e, 0x44}};
	struct busy_set set = {0};
	struct buf text = {0};

	if (!spare_find(board->view, board->page, board->columns[at].day,
		COLUMN_ALL, &set))
		board->view->failed = true;
	spare_write(board->view, &set, &text);
	flow_text(flow, text.n ? buf_str(&text) : STR("-"), green);
	busy_free(&set);
	buf_free(&text);
}

/* A row of the time that nobody of the page takes. */
static void
draw_spare(struct board *board)
{
	struct canvas canvas;
	size_t height = 1;

	for (size_t i = 0; i < board->count; i++) {
		struct flow flow = {.screen = &board->view->screen,
		    .width = board->columns[i].width,
		    .height = TEAM_LINES};

		write_spare(board, i, &flow);
		if (flow_lines(&flow) > height)
			height = flow_lines(&flow);
	}
	if (!canvas_init(&canvas, &board->view->screen,
		board->view->screen.width, height)) {
		board->view->failed = true;
		return;
	}
	canvas_text(&canvas, 0, 0, board->gutter - 1,
	    str_of(board->view->screen.words->free), dim);
	for (size_t i = 0; i < board->count; i++) {
		struct flow flow = {.canvas = &canvas,
		    .screen = &board->view->screen,
		    .x = board->columns[i].x,
		    .width = board->columns[i].width,
		    .height = height};

		for (size_t y = 0; y < height; y++)
			canvas_glyph(&canvas, board->columns[i].x - 1, y,
			    GLYPH_COLUMN, dim);
		write_spare(board, i, &flow);
	}
	if (!canvas_write(&canvas))
		board->view->failed = true;
	canvas_free(&canvas);
}

/* --- a team --------------------------------------------------------------- */

static void
draw_band(struct view *view, const struct page *page, struct column *columns,
    size_t count, size_t gutter, struct leftovers *left)
{
	struct board board = {.view = view,
	    .page = page,
	    .columns = columns,
	    .count = count,
	    .gutter = gutter,
	    .most = TEAM_LINES,
	    .left = left};

	columns_place(columns, count, gutter, view->screen.width - gutter);
	board_heads(&board, false);
	for (size_t i = 0; i < view->calendars.count && !view->failed; i++) {
		const struct calendar *calendar = &view->calendars.list[i];
		struct ink ink = {INK_COLORED | INK_BOLD, calendar->color};

		for (size_t k = 0; k < count; k++)
			columns[k].calendar = i;
		if (i)
			board_rule(&board, false);
		board_row(&board, calendar->name, ink);
	}
	if (view->free) {
		board_rule(&board, false);
		draw_spare(&board);
	}
	board_rule(&board, true);
}

void
board_team(struct view *view, const struct page *page, struct column *columns,
    size_t count, struct leftovers *left)
{
	size_t width = view->screen.width;
	size_t gutter = width >= 120 ? 16 : width >= 60 ? 11 : 8;
	size_t most = (width - gutter) / (TEAM_NARROWEST + 1);
	size_t bands = (count + most - 1) / most;

	for (size_t i = 0; i < bands && !view->failed; i++) {
		size_t from = count * i / bands;
		size_t until = count * (i + 1) / bands;

		draw_band(view, page, columns + from, until - from, gutter,
		    left);
	}
}
