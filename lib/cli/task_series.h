/*
 * Tasks that come again: of the open occurrences of a series the last that is
 * overdue, and the first that is not, stand for all.
 */
#ifndef KALENDS_CLI_TASK_SERIES_H
#define KALENDS_CLI_TASK_SERIES_H

#include "cli/lookup.h"
#include "cli/task_tree.h"

struct task_series {
	struct lookup open; /* by calendar and UID */
};

void task_series_free(struct task_series *series);

/* now, today: an instant, and the day on the wall. */
bool task_is_overdue(const struct agenda_item *item, int64_t now,
    int32_t today);

/* True where a task of the tree stands for this open one too; it then has its
 * times, if it is the later one of two that are overdue. */
bool task_series_join(const struct task_series *series, struct task_tree *tree,
    const struct agenda_item *item, bool overdue);

/* The tree's last task stands for those to come. False without memory. */
bool task_series_add(struct task_series *series, const struct task_tree *tree,
    bool overdue);

#endif
