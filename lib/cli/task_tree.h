/*
 * Tasks as a forest: subtasks below what they are a part of (RELATED-TO of
 * RFC 5545, 3.8.4.5), the most urgent first.
 *
 * A task whose parent is not there, or that would be a part of itself, stands
 * at the root. A parent is looked for in its own calendar first.
 */
#ifndef KALENDS_CLI_TASK_TREE_H
#define KALENDS_CLI_TASK_TREE_H

#include "cli/agenda.h"

#define TASK_NONE SIZE_MAX

struct task {
	struct agenda_item item;
	bool open; /* neither done nor cancelled */
	bool overdue;
	size_t earlier; /* occurrences before it that are open too */

	/* Set by task_tree_build(); numbers of tasks, or TASK_NONE. */
	bool shown; /* or a task below it is */
	size_t parent, child, sibling;
	int64_t rank;

	/* Private. */
	size_t walk;
};

struct task_tree {
	struct task *tasks;
	size_t count, room;
	size_t root; /* the first; the others are its siblings */
};

void task_tree_free(struct task_tree *tree);

/* A new task, all zero but for the links; NULL without memory. */
struct task *task_tree_add(struct task_tree *tree);

/* Links those that are `open`, all with `all`, and what they are parts of.
 * False without memory. */
bool task_tree_build(struct task_tree *tree, bool all);

/* The next in the order of the tree, TASK_NONE after the last; *depth is 0 at
 * the root. Begins with TASK_NONE. */
size_t task_tree_next(const struct task_tree *tree, size_t at, size_t *depth);

#endif
