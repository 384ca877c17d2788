#include "term/grid_impl.h"

/* Columns of text in which one time fits, both do, and always stand. */
#define ONE_FITS    7
#define BOTH_FIT    12
#define WIDE_ENOUGH 24

/* Where a block lies on the canvas. */
struct box {
	size_t x, y, width, height;
};

static bool
ends_here(const struct block *block)
{
	return !block->below &&
	       block->item->item.until > block->item->item.from;
}

/* "09:15", "09:15-10:25", "-10:25": what the rows do not tell, or all where
 * there is room. Nothing where there is none. */
static void
write_time(const struct grid *grid, const struct block *block,
    const struct pack_span *span, size_t width, struct buf *to)
{
	const struct agenda_item *item = &block->item->item;
	const struct axis_row *rows = grid->axis.rows;
	bool odd_start =
	    !block->above &&
	    (item->until == item->from || block->from != rows[span->from].from);
	bool odd_end =
	    ends_here(block) && block->until != rows[span->until - 1].until;
	bool all = width >= WIDE_ENOUGH ||
	           ((odd_start || odd_end) && width >= BOTH_FIT &&
		       span->until - span->from > 1);

	/* A title that has but one line needs some of it. */
	if (width < (span->until - span->from > 1 ? ONE_FITS : BOTH_FIT) ||
	    (!all && !odd_start))
		return;
	if (!block->above)
		view_clock(to, item->start);
	if (!all || !ends_here(block))
		return;
	buf_add_str(to, screen_glyph(&grid->view->screen, GLYPH_DASH));
	view_clock(to, item->end);
}

static void
draw_edge(const struct block *block, const struct look *look,
    struct canvas *canvas, const struct box *box)
{
	enum glyph first = GLYPH_FIRST;
	size_t last = box->y + box->height - 1;

	if (look->light)
		first = GLYPH_LIGHT_FIRST;
	/* The glyphs of an edge follow one another, from its top down. */
	for (size_t y = box->y; y <= last; y++)
		canvas_glyph(canvas, box->x, y, first + 1, look->ink);
	canvas_glyph(canvas, box->x, last, first + 2, look->ink);
	canvas_glyph(canvas, box->x, box->y,
	    box->height > 1 ? first : first + 3, look->ink);
	if (block->below)
		canvas_glyph(canvas, box->x, last, GLYPH_BELOW, look->ink);
	if (block->above)
		canvas_glyph(canvas, box->x, box->y, GLYPH_ABOVE, look->ink);
}

static void
draw_block(const struct grid *grid, const struct block *block,
    const struct pack_span *span, struct canvas *canvas, const struct box *box)
{
	struct flow flow = {.canvas = canvas,
	    .screen = canvas->screen,
	    .x = box->x + 1,
	    .y = box->y,
	    .width = box->width > 1 ? box->width - 1 : 1,
	    .height = box->height};
	struct buf time = {0};
	struct look look;

	look_of(grid->view, block->item, &look);
	canvas_clear(canvas, box->x, box->y, box->width, box->height);
	canvas_fill(canvas, box->x, box->y, box->width, box->height, look.ink);
	draw_edge(block, &look, canvas, box);
	if (box->width < 2)
		return;
	write_time(grid, block, span, flow.width, &time);
	look_write(grid->view, block->item, &look, buf_str(&time), &flow);
	buf_free(&time);
}

/* The box of a span, beside a count where some of its cluster are hidden. */
static void
find_box(const struct grid *grid, const struct column *column,
    const struct pack_span *span, bool crowded, struct box *box)
{
	size_t width = column->width, from, until;

	if (crowded && !grid_counts_at_foot(width))
		width -= COUNT_WIDTH;
	from = width * span->lane / span->lanes;
	until = width * (span->lane + span->reach) / span->lanes;
	*box = (struct box){.x = column->x + from,
	    .y = grid->lines[span->from],
	    .width = until > from ? until - from : 1};
	box->height = grid->lines[span->until - 1] - box->y + 1;
}

static void
draw_count(const struct column *column, size_t y, size_t count,
    struct canvas *canvas)
{
	struct ink bold = {.flags = INK_BOLD};
	struct buf text = {0};
	size_t width;

	buf_printf(&text, "+%zu", count);
	width = text.n < column->width ? text.n : column->width;
	canvas_text(canvas, column->x + column->width - width, y, width,
	    buf_str(&text), bold);
	buf_free(&text);
}

/* One cluster; gives how many of it are hidden, and where its count goes. */
static size_t
draw_cluster(struct grid *grid, size_t at, size_t first, size_t count,
    struct canvas *canvas, struct leftovers *left, size_t *row)
{
	const struct column *column = &grid->columns[at];
	const struct stack *stack = &grid->stacks[at];
	size_t hidden = 0;
	struct box box;

	for (size_t i = first; i < first + count; i++) {
		if (!stack->spans[i].hidden)
			continue;
		if (hidden++ == 0)
			*row = stack->spans[i].from;
		leftovers_add(left, stack->blocks[i].item, column->day);
	}
	for (size_t i = first; i < first + count; i++) {
		if (stack->spans[i].hidden)
			continue;
		find_box(grid, column, &stack->spans[i], hidden > 0, &box);
		draw_block(grid, &stack->blocks[i], &stack->spans[i], canvas,
		    &box);
	}
	return hidden;
}

void
grid_draw_stack(struct grid *grid, size_t at, struct canvas *canvas,
    struct leftovers *left)
{
	const struct column *column = &grid->columns[at];
	const struct stack *stack = &grid->stacks[at];
	bool foot = grid_counts_at_foot(column->width);
	size_t next, all = 0, row = 0;

	for (size_t i = 0; i < stack->count; i = next) {
		size_t hidden;

		for (next = i + 1;
		     next < stack->count &&
		     stack->spans[next].cluster == stack->spans[i].cluster;)
			next++;
		hidden =
		    draw_cluster(grid, at, i, next - i, canvas, left, &row);
		all += hidden;
		if (hidden && !foot)
			draw_count(column, grid->lines[row], hidden, canvas);
	}
	if (all && foot)
		draw_count(column, grid->height - 1, all, canvas);
}
