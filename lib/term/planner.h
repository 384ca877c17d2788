/*
 * The planner: a line for each calendar, a cell for each day: who is away, and
 * how much there is.
 */
#ifndef KALENDS_TERM_PLANNER_H
#define KALENDS_TERM_PLANNER_H

#include "term/pager.h"

/* A cell is a bar where the one thing on that day lasts the whole of it, else
 * the number of things. The days of the page stand below each other, half by
 * half, where they would be too narrow. */
void planner_draw(struct view *view, const struct page *page);

#endif
