/*
 * A listing of occurrences, sorted: rows, JSON Lines, an agenda for people, or
 * iCalendar again. What does not fit in memory is sorted on disk.
 */
#ifndef KALENDS_CLI_LISTING_H
#define KALENDS_CLI_LISTING_H

#include "base/sorter.h"
#include "cal/columns.h"
#include "cal/expand.h"
#include "cli/agenda.h"
#include "cli/cli.h"
#include "cli/label.h"
#include "text/envelope.h"

enum listing_form {
	FORM_ROWS,
	FORM_JSON,
	FORM_AGENDA,
	FORM_ICS,
	FORM_ITEMS, /* given to the caller, who shows them */
};

struct listing {
	/* Set by the caller before listing_start(). */
	enum listing_form form;
	struct columns columns;
	bool header, unsorted;
	/* Of FORM_ITEMS. `calendar` gives a number to each calendar that is
	 * met; by_calendar: those with a low number come first. `whole_tasks`:
	 * tasks are not moved to where they are due. */
	size_t (*calendar)(void *arg, struct str name, struct str color);
	void (*show)(void *arg, const struct agenda_item *item);
	/* May be NULL: adds to an item before it is kept. */
	void (*more)(void *arg, const struct occurrence *occurrence,
	    struct agenda_item *item, struct arena *arena);
	void *arg;
	bool by_calendar, whole_tasks;

	/* Private from here. */
	struct cli *cli;
	struct label label;
	struct arena arena;
	struct columns_context context;
	struct sorter *sorter;
	struct buf key, payload;
	struct zone_cursor cursor;
	struct envelope envelope;
	struct buf closing;
	struct walk *walk;
	bool any;
	size_t calendars; /* changes of the calendar's name, for the agenda */
	size_t number;    /* of the calendar at hand, by `calendar` */
	struct agenda *agenda;
};

void listing_start(struct listing *listing, struct cli *cli);

/* Before the calendar that the reader stands at is expanded. */
void listing_calendar(struct listing *listing, struct walk *walk);
/* expand's `found` and `aside`; arg is the listing. */
bool listing_found(void *arg, const struct occurrence *occurrence);
bool listing_aside(void *arg);
/* After it has been expanded. */
void listing_calendar_done(struct listing *listing);

/* Writes what is still held. */
void listing_finish(struct listing *listing);

#endif
