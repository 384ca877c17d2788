/* Tasks: a tree, the most urgent first. */
#include <stdlib.h>

#include "cli/task_series.h"
#include "term/task_draw.h"

struct tasks {
	struct task_tree tree;
	struct arena arena;
	struct task_series series;
	size_t number; /* of the calendar, where they stand apart */
	size_t lost;   /* for want of memory */
};

static void *
start(struct view *view)
{
	(void)view;
	return calloc(1, sizeof(struct tasks));
}

static bool
take_texts(struct agenda_item *item, struct arena *arena)
{
	struct str *texts[] = {&item->summary, &item->calendar, &item->status,
	    &item->class, &item->color, &item->uid, &item->parent,
	    &item->children};

	item->location = item->transp = item->zone_note = item->type =
	    (struct str){NULL, 0};
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		size_t n = texts[i]->n;

		*texts[i] = arena_copy(arena, *texts[i]);
		if (n && !texts[i]->p)
			return false;
	}
	return true;
}

static bool
put(struct view *view, struct tasks *tasks, const struct agenda_item *item,
    bool open)
{
	bool overdue = open && task_is_overdue(item, view->now, view->today);
	bool series = open && item->recurs && !view->ranged;
	struct agenda_item taken = *item;
	struct task *task;

	if (series &&
	    task_series_join(&tasks->series, &tasks->tree, item, overdue))
		return true;
	if (view->memory &&
	    tasks->arena.used + tasks->tree.count * sizeof(*task) >
		view->memory)
		return false;
	if (!take_texts(&taken, &tasks->arena))
		return false;
	task = task_tree_add(&tasks->tree);
	if (!task)
		return false;
	task->item = taken;
	task->open = open;
	task->overdue = overdue;
	if (series && !task_series_add(&tasks->series, &tasks->tree, overdue)) {
		tasks->tree.count--;
		return false;
	}
	return true;
}

/* --- drawing -------------------------------------------------------------- */

static void
write_count(struct view *view, size_t count, const char *word)
{
	struct buf text = {0};

	if (count == 0)
		return;
	buf_printf(&text, "%zu %s", count, word);
	agenda_line_indent(&view->line, 2);
	agenda_line_words(&view->line, buf_str(&text), STYLE_DIM);
	agenda_line_end(&view->line);
	buf_free(&text);
}

static void
write_lost(struct view *view, size_t count)
{
	struct buf number = {0}, text = {0};

	if (count == 0)
		return;
	buf_printf(&number, "%zu", count);
	agenda_line_indent(&view->line, 2);
	words_fill(&text, view->screen.words->more, buf_str(&number),
	    (struct str){NULL, 0});
	agenda_line_words(&view->line, buf_str(&text), STYLE_HEADING);
	agenda_line_end(&view->line);
	buf_free(&number);
	buf_free(&text);
}

static void
write_heading(struct view *view, const struct tasks *tasks)
{
	struct buf title = {0}, date = {0};

	buf_add_str(&title, str_of(view->screen.words->tasks));
	if (view->by_calendar && tasks->number < view->calendars.count) {
		buf_add_str(&title, STR(": "));
		buf_add_str(&title, view->calendars.list[tasks->number].name);
	}
	view_date(view, &date, DATE_LONG, view->today);
	view_heading(view, buf_str(&title), buf_str(&date));
	buf_free(&title);
	buf_free(&date);
}

/* Those that were not linked. */
static size_t
count_hidden(const struct task_tree *tree)
{
	size_t count = 0;

	for (size_t i = 0; i < tree->count; i++)
		count += !tree->tasks[i].shown;
	return count;
}

static void
draw(struct view *view, struct tasks *tasks)
{
	struct task_tree *tree = &tasks->tree;
	size_t at = TASK_NONE, depth;

	write_heading(view, tasks);
	if (!task_tree_build(tree, view->done))
		view->failed = true;
	else
		while ((at = task_tree_next(tree, at, &depth)) != TASK_NONE &&
		       !view->failed)
			task_draw(view, tree, at, depth);
	if (tree->count == 0) {
		agenda_line_words(&view->line,
		    str_of(view->screen.words->nothing_ever), STYLE_PLAIN);
		agenda_line_end(&view->line);
	}
	if (!view->failed)
		write_count(view, count_hidden(tree), view->screen.words->done);
	write_lost(view, tasks->lost);
	task_tree_free(tree);
	task_series_free(&tasks->series);
	arena_reset(&tasks->arena);
	tasks->lost = 0;
}

static void
add(struct view *view, void *state, const struct agenda_item *item)
{
	struct tasks *tasks = state;
	bool open =
	    !item->completed && !str_ieq(item->status, STR("CANCELLED"));

	/* Calendar by calendar, also those that have none. */
	while (view->by_calendar && tasks->number < item->number) {
		draw(view, tasks);
		tasks->number++;
	}
	if (!put(view, tasks, item, open))
		tasks->lost++;
}

static void
finish(struct view *view, void *state)
{
	struct tasks *tasks = state;

	draw(view, tasks);
	while (view->by_calendar && ++tasks->number < view->calendars.count)
		draw(view, tasks);
	arena_free(&tasks->arena);
	free(tasks);
}

const struct view_kind view_tasks = {
    .name = "tasks",
    .start = start,
    .add = add,
    .finish = finish,
};
