/*
 * Spare time: what of the hours asked for nothing takes.
 */
#ifndef KALENDS_TERM_SPARE_H
#define KALENDS_TERM_SPARE_H

#include "cal/busy.h"
#include "term/pager.h"

/* The stretches of a day within the view's hours in which no item of the page
 * takes time; of one calendar, or of all together (SIZE_MAX). Shorter ones than
 * five minutes do not count. `set` is {0} or was filled here; false without
 * memory. */
bool spare_find(const struct view *view, const struct page *page, int32_t day,
    size_t calendar, struct busy_set *set);

/* "08:00-10:00 11:30-18:00", appended. */
void spare_write(struct view *view, const struct busy_set *set, struct buf *to);

#endif
