/* A month: a board of its weeks; side by side: a line for each calendar. */
#include <stdio.h>

#include "term/board.h"
#include "term/planner.h"

#define LINES_WITHOUT_SCREEN 10
#define LINES_LEAST          4

static int32_t
first(const struct view *view, int32_t day)
{
	struct civil civil = civil_of_day(day);

	(void)view;
	return civil_day(civil.year, civil.month, 1);
}

static int32_t
next(const struct view *view, int32_t day)
{
	struct civil civil = civil_of_day(day);

	(void)view;
	return day + civil_month_days(civil.year, civil.month);
}

static int32_t
week_of(const struct view *view, int32_t day)
{
	return day - (civil_weekday(day) - view->week_start + 7) % 7;
}

/* Lines of a week, so that the month fits the screen. */
static size_t
lines_of_a_week(const struct view *view, const struct page *page)
{
	int32_t last = week_of(view, page->first + page->days - 1);
	size_t weeks = (size_t)(last - week_of(view, page->first)) / 7 + 1;
	size_t height = view->screen.height, lines;

	if (height == 0)
		return LINES_WITHOUT_SCREEN;
	/* Title, heads, rules, and the next prompt. */
	lines = height > 4 + weeks ? (height - 4 - weeks) / weeks : 0;
	return lines < LINES_LEAST ? LINES_LEAST : lines;
}

static size_t
set_columns(const struct view *view, const struct page *page, int32_t week,
    struct column *columns)
{
	size_t count = 0;

	for (int32_t day = week; day < week + 7; day++) {
		bool within =
		    day >= page->first && day < page->first + page->days;

		if (!(view->hours.days & 1u << civil_weekday(day)))
			continue;
		columns[count].day = day;
		columns[count++].calendar = within ? COLUMN_ALL : COLUMN_NONE;
	}
	return count;
}

static void
draw_weeks(struct view *view, const struct page *page, struct leftovers *left)
{
	struct column columns[7];
	struct board board = {.view = view,
	    .page = page,
	    .columns = columns,
	    .gutter = 3,
	    .most = lines_of_a_week(view, page),
	    .numbers = true,
	    .left = left};
	int32_t week = week_of(view, page->first);

	board.count = set_columns(view, page, week, columns);
	columns_place(columns, board.count, board.gutter,
	    view->screen.width - board.gutter);
	board_heads(&board, true);
	for (; week < page->first + page->days && !view->failed; week += 7) {
		int32_t monday = week + (7 - view->week_start) % 7;
		char label[16];
		int year;

		set_columns(view, page, week, columns);
		if (week > page->first)
			board_rule(&board, false);
		snprintf(label, sizeof(label), "%2d",
		    civil_week(monday, MONDAY, &year));
		board_row(&board, str_of(label),
		    (struct ink){.flags = INK_DIM});
	}
	board_rule(&board, true);
}

static void
write_title(struct view *view, const struct page *page)
{
	struct buf title = {0};

	view_date(view, &title, DATE_MONTH, page->first);
	view_heading(view, buf_str(&title), zone_id(view->zone));
	buf_free(&title);
}

/* What is only on days that have no column. */
static void
leave_days(const struct view *view, const struct page *page,
    struct leftovers *left)
{
	for (size_t i = 0; i < page->count; i++) {
		const struct page_item *item = &page->items[i];
		int32_t hidden = INT32_MAX;
		bool shown = false;

		for (int32_t day = page->first; day < page->first + page->days;
		     day++) {
			if (!page_item_is(item, day, SIZE_MAX))
				continue;
			if (view->hours.days & 1u << civil_weekday(day))
				shown = true;
			else if (hidden == INT32_MAX)
				hidden = day;
		}
		if (!shown && hidden != INT32_MAX)
			leftovers_add(left, item, hidden);
	}
}

static void
draw(struct view *view, const struct page *page)
{
	struct leftovers left = {0};

	write_title(view, page);
	if (view->by_calendar) {
		planner_draw(view, page);
	} else {
		draw_weeks(view, page, &left);
		leave_days(view, page, &left);
	}
	footer_leftovers(view, page, &left);
	footer_spare(view, page);
	footer_legend(view);
	leftovers_free(&left);
}

const struct view_kind view_month = {
    .name = "month",
    .pages = {first, next, draw},
    .whole = true,
    .start = pager_start,
    .add = pager_add,
    .finish = pager_finish,
};
