/*
 * The board: rows of cells, a day each, with what is on it as a list; bars lie
 * across. The weeks of a month are its rows, or the people of a team.
 */
#ifndef KALENDS_TERM_BOARD_H
#define KALENDS_TERM_BOARD_H

#include "term/bars.h"
#include "term/footer.h"

struct board {
	struct view *view;
	const struct page *page;
	struct column *columns; /* placed; days and calendars as set */
	size_t count;
	size_t gutter;          /* columns before the first line */
	size_t most;            /* lines of a row at most */
	bool numbers;           /* cells begin with the day's number */
	struct leftovers *left; /* gets what has not even room to be counted */
};

/* The line of the columns' names, and a rule. weekdays: without numbers. */
void board_heads(struct board *board, bool weekdays);

/* One row. What does not fit is counted in its cell. */
void board_row(struct board *board, struct str label, struct ink ink);

/* A rule between two rows, or below the last. */
void board_rule(struct board *board, bool last);

/* The whole page of a team: a row for each calendar, columns of days, below
 * each other where they would be too narrow. */
void board_team(struct view *view, const struct page *page,
    struct column *columns, size_t count, struct leftovers *left);

#endif
