/*
 * The hour grid: columns of days or calendars, rows of hours, events as blocks
 * as long as they last, those that overlap beside each other.
 */
#ifndef KALENDS_TERM_GRID_H
#define KALENDS_TERM_GRID_H

#include "term/bars.h"
#include "term/footer.h"

/* Draws the columns (day and calendar are set), below each other where they
 * would be narrower than `narrowest`. heads: by_calendar their names, else
 * days. What finds no room goes to `left`. */
void grid_draw(struct view *view, const struct page *page,
    struct column *columns, size_t count, size_t narrowest,
    struct leftovers *left);

#endif
