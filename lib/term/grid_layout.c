#include <stdlib.h>

#include "term/grid_impl.h"

static size_t
lanes_in(size_t width)
{
	size_t lanes = width / LANE_NARROWEST;

	if (lanes < 1)
		return 1;
	return lanes < PACK_LANES ? lanes : PACK_LANES;
}

/* Of what ends as the day begins nothing is on it. */
static bool
touches(const struct page_item *item, const struct axis_day *day)
{
	const struct agenda_item *what = &item->item;

	if (item->bar || what->from >= day->ends)
		return false;
	return what->until > day->begins || what->from >= day->begins;
}

static bool
fill(struct grid *grid, size_t at)
{
	const struct column *column = &grid->columns[at];
	struct stack *stack = &grid->stacks[at];
	size_t room = 0;

	for (size_t i = 0; i < grid->page->count; i++) {
		const struct page_item *item = &grid->page->items[i];
		struct block *block;

		if (!touches(item, &stack->day) ||
		    (column->calendar != COLUMN_ALL &&
			item->item.number != column->calendar))
			continue;
		if (stack->count == room) {
			room = room * 2 + 16;
			block = realloc(stack->blocks, room * sizeof(*block));
			if (!block)
				return false;
			stack->blocks = block;
		}
		block = &stack->blocks[stack->count++];
		*block = (struct block){.item = item,
		    .from =
			axis_place(&grid->axis, &stack->day, item->item.from),
		    .until =
			axis_place(&grid->axis, &stack->day, item->item.until),
		    .above =
			item->item
			    .from<stack->day.begins, .below = item->item.until>
				stack->day.ends};
		axis_touch(&grid->axis, block->from, block->until);
	}
	return true;
}

/* By start, long before short, as they came. */
static int
compare(const void *a, const void *b)
{
	const struct block *one = a, *other = b;

	if (one->from != other->from)
		return one->from < other->from ? -1 : 1;
	if (one->until != other->until)
		return one->until > other->until ? -1 : 1;
	return one->item < other->item ? -1 : one->item > other->item;
}

static bool
pack(struct grid *grid, size_t at)
{
	struct stack *stack = &grid->stacks[at];
	size_t width = grid->columns[at].width, most;

	stack->spans = calloc(stack->count + 1, sizeof(*stack->spans));
	if (!stack->spans)
		return false;
	if (stack->count)
		qsort(stack->blocks, stack->count, sizeof(*stack->blocks),
		    compare);
	for (size_t i = 0; i < stack->count; i++) {
		const struct block *block = &stack->blocks[i];
		struct pack_span *span = &stack->spans[i];

		span->from = axis_row_of(&grid->axis, block->from);
		span->until = span->from + 1;
		if (block->until > block->from)
			span->until =
			    axis_row_of(&grid->axis, block->until - 1) + 1;
	}
	most = lanes_in(width);
	pack_spans(stack->spans, stack->count, most,
	    grid_counts_at_foot(width) ? most : lanes_in(width - COUNT_WIDTH));
	return true;
}

/* The hours that are always shown: from the first to the last of --hours. */
static void
find_hours(const struct hours *hours, int32_t *from, int32_t *until)
{
	*from = (int32_t)SECONDS_A_DAY;
	*until = 0;
	for (size_t i = 0; i < hours->count; i++) {
		int32_t end = hours->stretches[i].until;

		if (hours->stretches[i].from < *from)
			*from = hours->stretches[i].from;
		if (end <= hours->stretches[i].from) {
			*from = 0;
			end = (int32_t)SECONDS_A_DAY;
		}
		if (end > *until)
			*until = end;
	}
}

/* Lines of the page: heads, bars, a rule, the rows, a rule. */
static void
set_lines(struct grid *grid)
{
	size_t y = grid->heads + grid->bars.lanes + 1;

	grid->top = y;
	for (size_t i = 0; i < grid->axis.count; i++) {
		if (grid->axis.rows[i].skipped)
			y++;
		grid->lines[i] = y++;
	}
	grid->height = y + 1;
}

bool
grid_layout(struct grid *grid)
{
	struct view *view = grid->view;
	struct axis_day days[PAGE_DAYS];
	size_t day_count = 0;
	int32_t from, until;

	grid->stacks = calloc(grid->count + 1, sizeof(*grid->stacks));
	if (!grid->stacks)
		return false;
	for (size_t i = 0; i < grid->count; i++) {
		axis_day_set(&grid->stacks[i].day, grid->columns[i].day,
		    view->zone);
		if (day_count < PAGE_DAYS)
			days[day_count++] = grid->stacks[i].day;
	}
	find_hours(&view->hours, &from, &until);
	axis_init(&grid->axis, view->zone, days, day_count, from, until,
	    view->slot);
	for (size_t i = 0; i < grid->count; i++)
		if (!fill(grid, i))
			return false;
	axis_finish(&grid->axis);
	for (size_t i = 0; i < grid->count; i++)
		if (!pack(grid, i))
			return false;
	if (!bars_pack(&grid->bars, grid->page, grid->columns, grid->count,
		BAR_LINES))
		return false;
	set_lines(grid);
	return true;
}

void
grid_free(struct grid *grid)
{
	for (size_t i = 0; grid->stacks && i < grid->count; i++) {
		free(grid->stacks[i].blocks);
		free(grid->stacks[i].spans);
	}
	free(grid->stacks);
	bars_free(&grid->bars);
}
