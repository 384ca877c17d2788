/*
 * A view of calendars: what all views share. Items come in the order of their
 * start (with by_calendar and a list or tasks: calendar by calendar) and are
 * written as pages.
 *
 * Where calendars stand together, the copies of one meeting are one item, with
 * the names of all of them: same UID, times, title and state.
 */
#ifndef KALENDS_TERM_VIEW_H
#define KALENDS_TERM_VIEW_H

#include "cal/hours.h"
#include "cli/agenda.h"
#include "cli/agenda_line.h"
#include "term/calendars.h"
#include "term/canvas.h"

struct page;
struct view;

/* Items by pages; see pager.h. */
struct pages {
	/* The first day of the page that has the day, and of the next. */
	int32_t (*first)(const struct view *view, int32_t day);
	int32_t (*next)(const struct view *view, int32_t first);
	void (*draw)(struct view *view, const struct page *page);
};

struct view_kind {
	const char *name;                  /* as --view has it */
	struct pages pages;                /* none where draw is NULL */
	bool whole;                        /* whole pages are asked for */
	void *(*start)(struct view *view); /* NULL without memory */
	void (*add)(struct view *view, void *state,
	    const struct agenda_item *item);
	void (*finish)(struct view *view, void *state);
};

extern const struct view_kind view_list, view_day, view_week, view_month,
    view_tasks;

struct view {
	/* Set by the caller. */
	const struct view_kind *kind;
	const struct zone *zone;
	int64_t from, until; /* instants: the range asked for */
	int64_t now;
	struct hours hours;
	int32_t slot; /* seconds of a row; 0: what suits the screen */
	enum weekday week_start;
	bool by_calendar; /* calendars side by side */
	bool free;        /* say when there is time */
	bool done;        /* tasks: also those that are done or cancelled */
	bool ranged;      /* tasks: each occurrence of the range */
	size_t memory;    /* bytes that the items of a page may take */

	/* Private from here. */
	struct screen screen;
	struct agenda_line line; /* for what stands beside the canvases */
	struct calendars calendars;
	struct zone_cursor cursor;
	int32_t today;
	void *state;
	struct buf held, held_names; /* an item that copies may follow */
	bool any;                    /* a page has been written */
	bool failed;                 /* no memory, or a write that failed */
};

/* After the fields of the caller are set. The output is borrowed; width: 0 for
 * the terminal's. The range is widened to whole pages. */
void view_init(struct view *view, struct out *out, size_t width,
    enum cli_color color);
void view_free(struct view *view);

/* listing.h's callbacks; arg is the view. */
size_t view_calendar(void *arg, struct str name, struct str color);
void view_show(void *arg, const struct agenda_item *item);

/* Writes what is still to come. False without memory, or where something could
 * not be written (out->failure tells). */
bool view_finish(struct view *view);

/* What views have in common. */

/* Days of an instant in the view's zone; of an item: first and last that have
 * a part of it. */
int32_t view_day_of(struct view *view, int64_t instant);
void view_item_days(struct view *view, const struct agenda_item *item,
    int32_t *first, int32_t *last);

/* The colour of an item: its own, else its calendar's. */
struct color view_color(const struct view *view,
    const struct agenda_item *item);

/* A line in bold, with something dim at its right edge. */
void view_heading(struct view *view, struct str title, struct str right);

/* Dates in the locale's order (cli/words.h), as UTF-8; appended. */
void view_date(const struct view *view, struct buf *to, enum date_form form,
    int32_t day);

/* "09:00" of a local time. */
void view_clock(struct buf *to, int64_t local);

#endif
