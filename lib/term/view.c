#include "term/view.h"

#include <langinfo.h>

#include "cli/agenda_item.h"

static void
widen(struct view *view)
{
	const struct pages *pages = &view->kind->pages;
	int32_t first, last;

	if (!view->kind->whole)
		return;
	first = pages->first(view, view_day_of(view, view->from));
	last = pages->first(view, view_day_of(view, view->until - 1));
	last = pages->next(view, last);
	view->from = zone_instant(&view->cursor, view->zone,
	    (int64_t)first * SECONDS_A_DAY, NULL);
	view->until = zone_instant(&view->cursor, view->zone,
	    (int64_t)last * SECONDS_A_DAY, NULL);
}

void
view_init(struct view *view, struct out *out, size_t width,
    enum cli_color color)
{
	struct screen *screen = &view->screen;

	screen_init(screen, out, width, color);
	agenda_line_init(&view->line, out, screen->width, screen->color,
	    nl_langinfo(CODESET));
	view->today = view_day_of(view, view->now);
	if (view->slot == 0)
		view->slot =
		    screen->height && screen->height < 32 ? 3600 : 1800;
	widen(view);
}

void
view_free(struct view *view)
{
	buf_free(&view->held);
	buf_free(&view->held_names);
	calendars_free(&view->calendars);
	agenda_line_free(&view->line);
	screen_free(&view->screen);
}

size_t
view_calendar(void *arg, struct str name, struct str color)
{
	struct view *view = arg;
	size_t number = calendars_number(&view->calendars, name, color);

	if (number != SIZE_MAX)
		return number;
	view->failed = true;
	return 0;
}

static bool
start(struct view *view)
{
	if (!view->state) {
		calendars_color(&view->calendars);
		view->state = view->kind->start(view);
	}
	if (!view->state)
		view->failed = true;
	return !view->failed;
}

/* --- copies --------------------------------------------------------------- */

static bool
is_cancelled(const struct agenda_item *item)
{
	return str_ieq(item->status, STR("CANCELLED"));
}

static bool
is_copy(const struct agenda_item *a, const struct agenda_item *b)
{
	return a->uid.n && a->number != b->number && a->from == b->from &&
	       a->until == b->until && a->allday == b->allday &&
	       a->takes == b->takes && a->completed == b->completed &&
	       str_eq(a->uid, b->uid) && str_eq(a->summary, b->summary) &&
	       is_cancelled(a) == is_cancelled(b);
}

static void
give_held(struct view *view)
{
	struct agenda_item item;

	if (view->held.n == 0)
		return;
	agenda_item_unpack(&item, buf_str(&view->held));
	item.calendar = buf_str(&view->held_names);
	view->kind->add(view, view->state, &item);
	buf_reset(&view->held);
}

static void
hold(struct view *view, const struct agenda_item *item)
{
	struct agenda_item held;

	if (view->held.n) {
		agenda_item_unpack(&held, buf_str(&view->held));
		if (is_copy(&held, item)) {
			buf_add_str(&view->held_names, STR(", "));
			buf_add_str(&view->held_names, item->calendar);
			return;
		}
		give_held(view);
	}
	buf_reset(&view->held_names);
	if (!agenda_item_pack(item, &view->held) ||
	    !buf_add_str(&view->held_names, item->calendar))
		view->failed = true;
}

void
view_show(void *arg, const struct agenda_item *item)
{
	struct view *view = arg;

	if (!start(view))
		return;
	if (view->by_calendar || view->kind == &view_tasks)
		view->kind->add(view, view->state, item);
	else
		hold(view, item);
}

bool
view_finish(struct view *view)
{
	if (start(view))
		give_held(view);
	if (view->state)
		view->kind->finish(view, view->state);
	return !view->failed && view->screen.out->failure == 0;
}

/* --- what views have in common -------------------------------------------- */

int32_t
view_day_of(struct view *view, int64_t instant)
{
	return local_day(zone_local(&view->cursor, view->zone, instant));
}

void
view_item_days(struct view *view, const struct agenda_item *item,
    int32_t *first, int32_t *last)
{
	*first = *last = local_day(item->start);
	if (item->allday && item->end > item->start)
		*last = local_day(item->end - 1);
	else if (!item->allday && item->until > item->from)
		*last = view_day_of(view, item->until - 1);
}

struct color
view_color(const struct view *view, const struct agenda_item *item)
{
	struct color color;

	if (color_parse(&color, item->color))
		return color;
	if (item->number < view->calendars.count)
		return view->calendars.list[item->number].color;
	return (struct color){0, 0, 0};
}

void
view_heading(struct view *view, struct str title, struct str right)
{
	struct agenda_line *line = &view->line;
	struct buf shown = {0};

	if (view->any)
		agenda_line_end(line);
	view->any = true;
	agenda_line_words(line, title, STYLE_HEADING);
	charset_reduce(&view->screen.charset, &shown, right);
	if (shown.n)
		agenda_line_right(line, buf_str(&shown), STYLE_DIM);
	buf_free(&shown);
	agenda_line_end(line);
}

void
view_date(const struct view *view, struct buf *to, enum date_form form,
    int32_t day)
{
	words_date(to, form, day, &view->screen.charset);
}

void
view_clock(struct buf *to, int64_t local)
{
	struct civil civil = civil_of_local(local);

	buf_printf(to, "%02d:%02d", civil.hour, civil.minute);
}
