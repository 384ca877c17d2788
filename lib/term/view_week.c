/* A week: an hour grid of its days; side by side: a row for each calendar. */
#include <stdio.h>

#include "term/board.h"
#include "term/grid.h"

#define NARROWEST 8

static int32_t
first(const struct view *view, int32_t day)
{
	return day - (civil_weekday(day) - view->week_start + 7) % 7;
}

static int32_t
next(const struct view *view, int32_t first)
{
	(void)view;
	return first + 7;
}

/* "23 November 2026 - 29 November 2026", and the ISO week of its Monday. */
static void
write_title(struct view *view, int32_t first)
{
	enum date_form form = view->screen.width < 60 ? DATE_SHORT : DATE_PLAIN;
	struct buf title = {0}, right = {0};
	int32_t monday = first + (7 - view->week_start) % 7;
	char week[16];
	int year;

	view_date(view, &title, form, first);
	buf_add_str(&title, STR(" \342\200\223 ")); /* an en dash */
	view_date(view, &title, form, first + 6);
	snprintf(week, sizeof(week), "%d", civil_week(monday, MONDAY, &year));
	words_fill(&right, view->screen.words->week, str_of(week),
	    (struct str){NULL, 0});
	buf_add_str(&right, STR("  "));
	buf_add_str(&right, zone_id(view->zone));
	view_heading(view, buf_str(&title), buf_str(&right));
	buf_free(&title);
	buf_free(&right);
}

static bool
is_shown(const struct view *view, int32_t day)
{
	return view->hours.days & 1u << civil_weekday(day);
}

/* What is on a day that is not shown, and on none that is. */
static void
leave_day(const struct view *view, const struct page *page, int32_t day,
    struct leftovers *left)
{
	for (size_t i = 0; i < page->count; i++) {
		const struct page_item *item = &page->items[i];
		bool shown = false;

		for (int32_t k = page->first; k < page->first + 7; k++)
			shown |= is_shown(view, k) &&
			         page_item_is(item, k, SIZE_MAX);
		if (!shown && page_item_is(item, day, SIZE_MAX))
			leftovers_add(left, item, day);
	}
}

static void
draw(struct view *view, const struct page *page)
{
	struct column columns[7];
	struct leftovers left = {0};
	size_t count = 0;

	for (int32_t day = page->first; day < page->first + 7; day++) {
		if (is_shown(view, day)) {
			columns[count++] =
			    (struct column){.day = day, .calendar = COLUMN_ALL};
			continue;
		}
		leave_day(view, page, day, &left);
	}
	write_title(view, page->first);
	if (view->by_calendar)
		board_team(view, page, columns, count, &left);
	else
		grid_draw(view, page, columns, count, NARROWEST, &left);
	footer_leftovers(view, page, &left);
	footer_clocks(view, page);
	if (!view->by_calendar)
		footer_spare(view, page);
	footer_legend(view);
	leftovers_free(&left);
}

const struct view_kind view_week = {
    .name = "week",
    .pages = {first, next, draw},
    .whole = true,
    .start = pager_start,
    .add = pager_add,
    .finish = pager_finish,
};
