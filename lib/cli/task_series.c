#include "cli/task_series.h"

#include "time/civil.h"

void
task_series_free(struct task_series *series)
{
	lookup_free(&series->open);
}

bool
task_is_overdue(const struct agenda_item *item, int64_t now, int32_t today)
{
	if (!item->due)
		return false;
	return item->allday ? local_day(item->deadline) < today
	                    : item->deadline_at < now;
}

static uint64_t
hash_of(const struct agenda_item *item, bool overdue)
{
	return lookup_hash(item->uid, item->number * 2 + (overdue ? 1 : 0));
}

/* The task that stands for this one too, or NULL. */
static struct task *
find(const struct task_series *series, const struct task_tree *tree,
    const struct agenda_item *item, bool overdue)
{
	uint64_t hash = hash_of(item, overdue);
	size_t at = SIZE_MAX, number;

	while (
	    (number = lookup_next(&series->open, hash, &at)) != LOOKUP_NONE) {
		struct task *task = &tree->tasks[number];

		if (task->overdue == overdue &&
		    task->item.number == item->number &&
		    str_eq(task->item.uid, item->uid))
			return task;
	}
	return NULL;
}

bool
task_series_join(const struct task_series *series, struct task_tree *tree,
    const struct agenda_item *item, bool overdue)
{
	struct task *task = find(series, tree, item, overdue);

	if (!task || !overdue)
		return task != NULL;
	task->earlier++;
	task->item.start = item->start;
	task->item.end = item->end;
	task->item.from = item->from;
	task->item.until = item->until;
	task->item.deadline = item->deadline;
	task->item.deadline_at = item->deadline_at;
	return true;
}

bool
task_series_add(struct task_series *series, const struct task_tree *tree,
    bool overdue)
{
	size_t last = tree->count - 1;

	return lookup_add(&series->open,
	    hash_of(&tree->tasks[last].item, overdue), last);
}
