#include "term/spare.h"

#define SHORTEST 300

bool
spare_find(const struct view *view, const struct page *page, int32_t day,
    size_t calendar, struct busy_set *set)
{
	struct zone_cursor cursor = {0};
	int64_t midnight = (int64_t)day * SECONDS_A_DAY;
	int64_t from = zone_instant(&cursor, view->zone, midnight, NULL);
	int64_t until =
	    zone_instant(&cursor, view->zone, midnight + SECONDS_A_DAY, NULL);
	struct busy_set taken = {0};
	size_t kept = 0;
	bool ok;

	busy_reset(set);
	hours_add(&view->hours, view->zone, from, until, set);
	for (size_t i = 0; i < page->count; i++) {
		const struct page_item *item = &page->items[i];

		if (item->item.takes != BUSY_FREE &&
		    str_ieq(item->item.type, STR("event")) &&
		    page_item_is(item, day, calendar))
			busy_add_within(&taken, item->item.from,
			    item->item.until, item->item.takes, from, until);
	}
	ok = busy_settle(set) && busy_settle(&taken) && busy_cut(set, &taken);
	busy_free(&taken);
	for (size_t i = 0; i < set->count; i++)
		if (set->spans[i].until - set->spans[i].from >= SHORTEST)
			set->spans[kept++] = set->spans[i];
	set->count = kept;
	return ok;
}

void
spare_write(struct view *view, const struct busy_set *set, struct buf *to)
{
	struct str dash = screen_glyph(&view->screen, GLYPH_DASH);
	int64_t end;

	for (size_t i = 0; i < set->count; i++) {
		if (i)
			buf_add_str(to, STR("  "));
		view_clock(to,
		    zone_local(&view->cursor, view->zone, set->spans[i].from));
		buf_add_str(to, dash);
		end =
		    zone_local(&view->cursor, view->zone, set->spans[i].until);
		if (local_second(end) == 0)
			buf_add_str(to, STR("24:00"));
		else
			view_clock(to, end);
	}
}
