/* A list of days, as icsexpand --agenda has it; side by side: a list for each
 * calendar. With spare time among the rest where it is asked for. */
#include <stdio.h>
#include <stdlib.h>

#include "term/bars.h"
#include "term/spare.h"

struct list {
	struct agenda *agenda; /* of the calendar at hand */
	size_t number;
	void *pager;       /* where spare time is wanted */
	int32_t first_day; /* of the pages */
};

/* --- spare time among the items of a day ---------------------------------- */

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
add_spare(struct view *view, struct list *list, const struct busy_span *span)
{
	struct agenda_item item = {
	    .start = zone_local(&view->cursor, view->zone, span->from),
	    .end = zone_local(&view->cursor, view->zone, span->until),
	    .summary = str_of(view->screen.words->free),
	    .color = STR("#2f9e44"),
	    .priority = -1,
	    .percent = -1,
	};

	if (!agenda_add(list->agenda, &item))
		view->failed = true;
}

static void
add_item(struct view *view, struct list *list, const struct agenda_item *item)
{
	struct agenda_item shown = *item;
	struct color color = view_color(view, item);
	char text[16];

	snprintf(text, sizeof(text), "#%02x%02x%02x", (unsigned)color.red,
	    (unsigned)color.green, (unsigned)color.blue);
	if (view->calendars.count > 1)
		shown.color = str_of(text);
	if (!agenda_add(list->agenda, &shown))
		view->failed = true;
}

/* One day: what begins on it, and what is spare, in the order of time. */
static void
draw_day(struct view *view, const struct page *page)
{
	struct list *list = view->state;
	struct busy_set set = {0};
	size_t at = 0;

	if ((view->hours.days & 1u << civil_weekday(page->first)) &&
	    !spare_find(view, page, page->first, COLUMN_ALL, &set))
		view->failed = true;
	for (size_t i = 0; i < page->count; i++) {
		const struct page_item *item = &page->items[i];

		if (item->first < page->first && page->first > list->first_day)
			continue;
		while (at < set.count && set.spans[at].from < item->item.from)
			add_spare(view, list, &set.spans[at++]);
		add_item(view, list, &item->item);
	}
	while (at < set.count)
		add_spare(view, list, &set.spans[at++]);
	busy_free(&set);
}

/* --- lists ---------------------------------------------------------------- */

static bool
open_list(struct view *view, struct list *list)
{
	struct agenda_style style = {
	    .width = view->screen.width,
	    .color = view->screen.color,
	    .from = zone_local(&view->cursor, view->zone, view->from),
	    .until = zone_local(&view->cursor, view->zone, view->until),
	    .today = view->today,
	    .calendars = view->by_calendar ? 1 : view->calendars.count,
	};

	if (view->by_calendar && list->number < view->calendars.count)
		view_heading(view, view->calendars.list[list->number].name,
		    (struct str){NULL, 0});
	list->agenda = agenda_new(&style, view->screen.out);
	list->first_day = view_day_of(view, view->from);
	if (view->free)
		list->pager = pager_start(view);
	return list->agenda && (list->pager || !view->free);
}

static void
close_list(struct view *view, struct list *list)
{
	if (list->pager)
		pager_finish(view, list->pager);
	if (list->agenda && !agenda_finish(list->agenda))
		view->failed = true;
	if (list->agenda)
		agenda_free(list->agenda);
	list->agenda = NULL;
	list->pager = NULL;
}

static void *
start(struct view *view)
{
	struct list *list = calloc(1, sizeof(*list));

	if (!list || open_list(view, list))
		return list;
	close_list(view, list);
	free(list);
	return NULL;
}

static void
turn_to(struct view *view, struct list *list, size_t number)
{
	while (list->number < number && !view->failed) {
		close_list(view, list);
		list->number++;
		if (!open_list(view, list))
			view->failed = true;
	}
}

static void
add(struct view *view, void *state, const struct agenda_item *item)
{
	struct list *list = state;

	if (view->by_calendar)
		turn_to(view, list, item->number);
	if (view->failed)
		return;
	if (list->pager)
		pager_add(view, list->pager, item);
	else
		add_item(view, list, item);
}

static void
finish(struct view *view, void *state)
{
	struct list *list = state;

	if (view->by_calendar && view->calendars.count)
		turn_to(view, list, view->calendars.count - 1);
	close_list(view, list);
	free(list);
}

const struct view_kind view_list = {
    .name = "list",
    .pages = {first, next, draw_day},
    .start = start,
    .add = add,
    .finish = finish,
};
