/*
 * Pages: items put together by the days that a page shows.
 *
 * Items come by ascending start; a page is drawn once no more can come for it,
 * and what goes on after it is kept for the next. Of what needs more memory
 * than the view may take only the number is known, for each day.
 */
#ifndef KALENDS_TERM_PAGER_H
#define KALENDS_TERM_PAGER_H

#include "term/view.h"

#define PAGE_DAYS 31

struct page_item {
	struct agenda_item item;
	int32_t first, last; /* days that have a part of it */
	bool bar;            /* of whole days, or a day long and longer */
};

struct page {
	int32_t first;
	int32_t days; /* PAGE_DAYS at most */
	const struct page_item *items;
	size_t count;
	size_t bars;            /* how many of them are bars */
	size_t lost[PAGE_DAYS]; /* items that are not there, by their days */
};

/* view_kind's start, add and finish for kinds that have pages. */
void *pager_start(struct view *view);
void pager_add(struct view *view, void *state, const struct agenda_item *item);
void pager_finish(struct view *view, void *state);

/* Whether an item has a part on a day, and is of a calendar (SIZE_MAX: of
 * any). */
static inline bool
page_item_is(const struct page_item *item, int32_t day, size_t calendar)
{
	return item->first <= day && day <= item->last &&
	       (calendar == SIZE_MAX || item->item.number == calendar);
}

#endif
