/*
 * One task of the tree, as lines on the terminal.
 */
#ifndef KALENDS_TERM_TASK_DRAW_H
#define KALENDS_TERM_TASK_DRAW_H

#include "cli/task_tree.h"
#include "term/view.h"

/* Title at the left, what is known of it at the right, or below where there is
 * no room beside it. */
void task_draw(struct view *view, const struct task_tree *tree, size_t at,
    size_t depth);

#endif
