/* A day: its hours, calendars together or side by side. */
#include <stdio.h>
#include <stdlib.h>

#include "term/grid.h"

#define NARROWEST 12

static int32_t
first(const struct view *view, int32_t day)
{
	(void)view;
	return day;
}

static int32_t
next(const struct view *view, int32_t day)
{
	(void)view;
	return day + 1;
}

static void
write_title(struct view *view, int32_t day)
{
	struct buf title = {0}, right = {0};
	char week[16];
	int year;

	view_date(view, &title, DATE_LONG, day);
	if (day == view->today)
		buf_printf(&title, " (%s)", view->screen.words->today);
	snprintf(week, sizeof(week), "%d", civil_week(day, MONDAY, &year));
	words_fill(&right, view->screen.words->week, str_of(week),
	    (struct str){NULL, 0});
	buf_add_str(&right, STR("  "));
	buf_add_str(&right, zone_id(view->zone));
	view_heading(view, buf_str(&title), buf_str(&right));
	buf_free(&title);
	buf_free(&right);
}

static void
draw(struct view *view, const struct page *page)
{
	bool apart = view->by_calendar && view->calendars.count > 0;
	size_t count = apart ? view->calendars.count : 1;
	struct column *columns;
	struct leftovers left = {0};

	if (!(view->hours.days & 1u << civil_weekday(page->first)) &&
	    page->count == 0 && page->lost[0] == 0)
		return;
	columns = calloc(count, sizeof(*columns));
	if (!columns) {
		view->failed = true;
		return;
	}
	for (size_t i = 0; i < count; i++) {
		columns[i].day = page->first;
		columns[i].calendar = apart ? i : COLUMN_ALL;
	}
	write_title(view, page->first);
	grid_draw(view, page, columns, count, NARROWEST, &left);
	footer_leftovers(view, page, &left);
	footer_clocks(view, page);
	footer_spare(view, page);
	footer_legend(view);
	leftovers_free(&left);
	free(columns);
}

const struct view_kind view_day = {
    .name = "day",
    .pages = {first, next, draw},
    .whole = true,
    .start = pager_start,
    .add = pager_add,
    .finish = pager_finish,
};
