/*
 * Inside the grid: grid_layout.c finds places for what is on a page, grid.c
 * draws the hours, grid_block.c what is in them. Nobody else includes this.
 */
#ifndef KALENDS_TERM_GRID_IMPL_H
#define KALENDS_TERM_GRID_IMPL_H

#include "term/grid.h"

#define LANE_NARROWEST 4
#define BAR_LINES      12
#define COUNT_WIDTH    4 /* "+99" beside the lanes */

/* An event, or what of it lies in one column. */
struct block {
	const struct page_item *item;
	int32_t from, until; /* places on the axis */
	bool above, below;   /* it goes on on the day before, after */
};

/* The blocks of a column; spans count rows. */
struct stack {
	struct axis_day day;
	struct block *blocks;
	struct pack_span *spans;
	size_t count;
};

struct grid {
	struct view *view;
	const struct page *page;
	const struct column *columns;
	struct stack *stacks; /* of each column */
	size_t count;
	struct axis axis;
	struct bars bars;
	size_t gutter; /* columns before the first line */
	size_t heads;  /* lines of them: none where one column needs none */
	/* Lines: of each row; of the page. */
	size_t lines[AXIS_SLOTS], top, height;
};

/* False without memory. What was made is to be freed all the same. */
bool grid_layout(struct grid *grid);
void grid_free(struct grid *grid);

/* Whether a row lies in the hour that comes twice. */
static inline bool
grid_is_doubled(const struct grid *grid, const struct axis_row *row)
{
	const struct axis *axis = &grid->axis;

	return axis->doubled && row->from >= axis->doubled_at &&
	       row->from < axis->doubled_at + 2 * axis->doubled;
}

/* Draws the blocks of a column; those without room go to `left`. */
void grid_draw_stack(struct grid *grid, size_t at, struct canvas *canvas,
    struct leftovers *left);

/* Whether a column is too narrow for a count beside its lanes: it is then at
 * the column's foot. */
static inline bool
grid_counts_at_foot(size_t width)
{
	return width < COUNT_WIDTH + 2 * LANE_NARROWEST;
}

#endif
