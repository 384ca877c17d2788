#include "term/task_draw.h"

#include "cli/grapheme.h"

#define MARGIN      2
#define DEEPEST     12
#define TITLE_LINES 3
#define DUE_WIDTH   19 /* "Wed 18 Nov 18:00" and wider ones */
#define BAR_WIDTH   6
#define PART_WIDTH  12 /* a bar, and "100%" */
#define RANK_WIDTH  4
#define WIDE        68 /* from there on all stands beside the title */

static const struct ink dim = {.flags = INK_DIM};

/* "Wed 18 Nov 18:00"; of what has no end, when it begins. */
static void
write_due(const struct view *view, const struct task *task, struct buf *to)
{
	const struct agenda_item *item = &task->item;
	int64_t local = item->due ? item->deadline : item->start;

	if (item->undated)
		return;
	if (!item->due) {
		buf_add_str(to, screen_glyph(&view->screen, GLYPH_NOW));
		buf_add_char(to, ' ');
	}
	view_date(view, to, DATE_SHORT, local_day(local));
	if (item->allday)
		return;
	buf_add_char(to, ' ');
	view_clock(to, local);
}

static struct ink
due_ink(const struct view *view, const struct task *task)
{
	struct ink red = {INK_COLORED | INK_BOLD, {0xd0, 0x30, 0x30}};
	struct ink orange = {INK_COLORED | INK_BOLD, {0xd0, 0x80, 0x10}};

	if (!task->open)
		return dim;
	if (task->overdue)
		return red;
	if (task->item.due && local_day(task->item.deadline) == view->today)
		return orange;
	return (struct ink){0};
}

static int
percent_of(const struct task *task)
{
	if (task->item.completed)
		return 100;
	return task->item.percent > 100 ? 100 : task->item.percent;
}

/* --- the title ------------------------------------------------------------ */

/* The branches from the root down to a task, on its first line and below. */
struct branches {
	enum glyph first[DEEPEST], rest[DEEPEST];
	size_t count;
};

static void
find_branches(const struct task_tree *tree, size_t at, size_t depth,
    struct branches *branches)
{
	size_t count = depth < DEEPEST ? depth : DEEPEST;

	branches->count = count;
	for (size_t i = count; i > 0; i--) {
		bool more = tree->tasks[at].sibling != TASK_NONE;
		enum glyph trunk = more ? GLYPH_TRUNK : GLYPH_NONE;

		branches->rest[i - 1] = branches->first[i - 1] = trunk;
		if (i == count)
			branches->first[i - 1] =
			    more ? GLYPH_BRANCH : GLYPH_BRANCH_LAST;
		at = tree->tasks[at].parent;
	}
}

static void
draw_branches(const struct branches *branches, struct canvas *canvas)
{
	for (size_t y = 0; y < canvas->height; y++)
		for (size_t i = 0; i < branches->count; i++)
			canvas_text(canvas, MARGIN + 2 * i, y, 2,
			    screen_glyph(canvas->screen,
				y ? branches->rest[i] : branches->first[i]),
			    dim);
}

static enum glyph
box_of(const struct task *task)
{
	if (str_ieq(task->item.status, STR("CANCELLED")))
		return GLYPH_VOID;
	return task->item.completed ? GLYPH_DONE : GLYPH_OPEN;
}

static void
write_note(struct flow *flow, struct str text, struct ink ink)
{
	struct buf note = {0};

	buf_printf(&note, " (%.*s)", STR_ARG(text));
	flow_text(flow, buf_str(&note), ink);
	buf_free(&note);
}

static void
write_title(const struct view *view, const struct task *task, struct flow *flow)
{
	const struct words *words = view->screen.words;
	struct str title = task->item.summary;
	struct ink ink = {0};
	struct buf earlier = {0};

	if (!task->open)
		ink.flags = INK_DIM;
	if (str_ieq(task->item.status, STR("CANCELLED")))
		ink.flags |= INK_STRUCK;
	if (str_trim(title).n == 0)
		title = str_of(words->no_title);
	flow_text(flow, title, ink);
	if (task->overdue && task->open)
		write_note(flow, str_of(words->overdue), due_ink(view, task));
	if (str_ieq(task->item.status, STR("CANCELLED")))
		write_note(flow, str_of(words->cancelled), dim);
	if (task->earlier) {
		buf_printf(&earlier, " +%zu", task->earlier);
		flow_text(flow, buf_str(&earlier), due_ink(view, task));
	}
	if (view->calendars.count > 1 && !view->by_calendar) {
		buf_reset(&earlier);
		buf_printf(&earlier, " [%.*s]", STR_ARG(task->item.calendar));
		flow_text(flow, buf_str(&earlier), dim);
	}
	buf_free(&earlier);
}

/* --- beside it ------------------------------------------------------------ */

static struct ink
priority_ink(int priority)
{
	if (priority <= 4)
		return (struct ink){INK_BOLD, {0, 0, 0}};
	return priority > 5 ? dim : (struct ink){0};
}

static void
draw_percent(const struct view *view, const struct task *task,
    struct canvas *canvas, size_t x, size_t y)
{
	struct ink ink = {INK_COLORED, view_color(view, &task->item)};
	int percent = percent_of(task);
	size_t full = (size_t)(percent * BAR_WIDTH + 50) / 100;
	struct buf text = {0};

	if (!task->open)
		ink = dim;
	canvas_rule(canvas, x, y, full, GLYPH_FULL, ink);
	canvas_rule(canvas, x + full, y, BAR_WIDTH - full, GLYPH_EMPTY, dim);
	buf_printf(&text, "%4d%%", percent);
	canvas_text(canvas, x + BAR_WIDTH + 1, y, 5, str_trim(buf_str(&text)),
	    task->open ? (struct ink){0} : dim);
	buf_free(&text);
}

static void
draw_beside(const struct view *view, const struct task *task,
    struct canvas *canvas)
{
	size_t x = canvas->width - DUE_WIDTH - PART_WIDTH - RANK_WIDTH;
	struct buf text = {0};

	if (task->item.priority > 0) {
		buf_printf(&text, "!%d", task->item.priority);
		canvas_text(canvas, x, 0, RANK_WIDTH - 1, buf_str(&text),
		    priority_ink(task->item.priority));
	}
	buf_reset(&text);
	write_due(view, task, &text);
	canvas_text(canvas, x + RANK_WIDTH, 0, DUE_WIDTH - 1, buf_str(&text),
	    due_ink(view, task));
	if (percent_of(task) > 0)
		draw_percent(view, task, canvas, canvas->width - PART_WIDTH, 0);
	buf_free(&text);
}

static void
write_below(const struct view *view, const struct task *task, struct flow *flow)
{
	struct buf text = {0};

	write_due(view, task, &text);
	flow_text(flow, buf_str(&text), due_ink(view, task));
	buf_reset(&text);
	if (percent_of(task) > 0)
		buf_printf(&text, "  %d%%", percent_of(task));
	if (task->item.priority > 0)
		buf_printf(&text, "  !%d", task->item.priority);
	flow_text(flow, buf_str(&text), dim);
	buf_free(&text);
}

/* --- the whole ------------------------------------------------------------ */

struct place {
	struct branches branches;
	size_t x, width; /* of the title */
	size_t lines;    /* that it takes */
	bool below;      /* something stands below it */
};

static void
find_place(const struct view *view, const struct task *task,
    struct place *place)
{
	struct str box = screen_glyph(&view->screen, box_of(task));
	size_t beside = view->screen.width >= WIDE
	                    ? DUE_WIDTH + PART_WIDTH + RANK_WIDTH
	                    : 0;
	struct flow flow = {.screen = &view->screen, .height = TITLE_LINES};

	place->x = MARGIN + 2 * place->branches.count + text_width(box);
	place->width = 8;
	if (place->x + 8 + beside < view->screen.width)
		place->width = view->screen.width - place->x - beside;
	if (beside)
		place->width--;
	flow.width = place->width;
	write_title(view, task, &flow);
	place->lines = flow_lines(&flow);
	place->below =
	    !beside && (!task->item.undated || percent_of(task) > 0 ||
			   task->item.priority > 0);
}

static void
draw(const struct view *view, const struct task *task,
    const struct place *place, struct canvas *canvas)
{
	struct ink colored = {INK_COLORED, view_color(view, &task->item)};
	struct flow flow = {.canvas = canvas,
	    .screen = canvas->screen,
	    .x = place->x,
	    .width = place->width,
	    .height = place->lines};

	draw_branches(&place->branches, canvas);
	canvas_text(canvas, MARGIN + 2 * place->branches.count, 0,
	    canvas->width - MARGIN - 2 * place->branches.count,
	    screen_glyph(canvas->screen, box_of(task)),
	    task->open ? colored : dim);
	write_title(view, task, &flow);
	if (!place->below) {
		if (view->screen.width >= WIDE)
			draw_beside(view, task, canvas);
		return;
	}
	flow = (struct flow){.canvas = canvas,
	    .screen = canvas->screen,
	    .x = place->x,
	    .y = place->lines,
	    .width = place->width,
	    .height = 1};
	write_below(view, task, &flow);
}

void
task_draw(struct view *view, const struct task_tree *tree, size_t at,
    size_t depth)
{
	const struct task *task = &tree->tasks[at];
	struct place place = {0};
	struct canvas canvas = {0};

	find_branches(tree, at, depth, &place.branches);
	find_place(view, task, &place);
	if (canvas_init(&canvas, &view->screen, view->screen.width,
		place.lines + (place.below ? 1 : 0)))
		draw(view, task, &place, &canvas);
	if (!canvas.cells || !canvas_write(&canvas))
		view->failed = true;
	canvas_free(&canvas);
}
