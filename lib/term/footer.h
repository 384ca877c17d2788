/*
 * What stands below a page: what had no room in it, when there is time, what
 * the clocks do, and whose colour is whose.
 */
#ifndef KALENDS_TERM_FOOTER_H
#define KALENDS_TERM_FOOTER_H

#include "term/axis.h"
#include "term/pager.h"

/* Items without room, by the day on which they had none. */
struct leftover {
	const struct page_item *item;
	int32_t day;
};

struct leftovers {
	struct leftover *list;
	size_t count, room;
	bool failed; /* no memory: some are not there */
};

void leftovers_add(struct leftovers *left, const struct page_item *item,
    int32_t day);
void leftovers_free(struct leftovers *left);

/* The first ones of each day, and how many more there are, those that the page
 * has lost included. */
void footer_leftovers(struct view *view, const struct page *page,
    const struct leftovers *left);

/* "Sun 25 Oct: 03:00 - 02:00" where the clock changes. */
void footer_clocks(struct view *view, const struct page *page);

/* The spare time of each day: of all calendars together; where they stand side
 * by side, of each too. */
void footer_spare(struct view *view, const struct page *page);

/* Calendars and their colours, where they are several and there are some. */
void footer_legend(struct view *view);

#endif
