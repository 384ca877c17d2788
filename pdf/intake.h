/*
 * Gathers what listing.h gives: calendars by name, items that fall into the
 * days asked for.
 */
#ifndef KALENDS_PDF_INTAKE_H
#define KALENDS_PDF_INTAKE_H

#include "base/arena.h"
#include "pdf/agenda.h"

struct intake {
	/* Set by the caller: filled in; its range and zone are known. */
	struct agenda_paper *agenda;
	bool mask;  /* private events lose title, place and UID */
	bool apart; /* a meeting that several have is several entries */

	/* Private but for the count of events, copies included. */
	size_t events;
	size_t room, calendar_room;
	struct arena arena;
	bool failed;
};

/* listing.h's callbacks; arg is the intake. */
size_t intake_calendar(void *arg, struct str name, struct str color);
void intake_entry(void *arg, const struct agenda_item *item);

/* False without memory. */
bool intake_finish(struct intake *intake);
void intake_free(struct intake *intake);

#endif
