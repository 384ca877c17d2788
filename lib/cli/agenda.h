/*
 * An agenda for people: days as headings, times, titles, places.
 *
 * Items are given in the order of their start; the agenda is written as they
 * come. What lasts several days is shown on each of them; what several
 * calendars have alike, one item after the other, is one line that names them.
 * Nothing of an item reaches the terminal with its control characters.
 */
#ifndef KALENDS_CLI_AGENDA_H
#define KALENDS_CLI_AGENDA_H

#include "base/error.h"
#include "base/out.h"
#include "cal/busy.h"
#include "time/civil.h"
#include "time/zone.h"

struct agenda_item {
	int64_t start, end; /* local times in the agenda's zone; all-day:
				      midnights, end exclusive */
	bool allday;
	bool due, completed;   /* tasks: `end` is when it is due */
	int priority, percent; /* tasks; -1: none */

	/* For views that show more than a list does. */
	bool recurs, undated, declined;
	enum busy_type takes; /* what it does to its owner's time */
	int64_t from, until;  /* instants of start and end */
	/* Tasks with `due` that are not moved to it: local time, instant. */
	int64_t deadline, deadline_at;
	size_t number; /* of the calendar, as listing's caller has it */

	/* All texts stand here: see agenda_item_pack(). */
	struct str summary, location, calendar, status, transp, class, type;
	struct str
	    color; /* of the calendar: a CSS name (RFC 7986) or #rrggbb */
	struct str zone_note; /* "09:00 New York" where the event's own wall
				 clock shows another time; else empty */
	struct str uid;
	/* Filled in by listing's `more` alone. */
	struct str description, people, url;
	struct str parent;   /* tasks: RELATED-TO, the UID it is a part of */
	struct str children; /* the UIDs of its parts, a newline after each */
};

struct agenda_style {
	size_t width; /* columns; 0: of the terminal, else 80 */
	bool color;
	int64_t from, until; /* local times of the range, for headings */
	int32_t today;       /* day number, marked; CIVIL_LAST_DAY + 1: none */
	size_t calendars;    /* more than one: their names are shown */
};

struct agenda;

struct agenda *agenda_new(const struct agenda_style *style, struct out *out);
/* False without memory, or where writing has failed. */
bool agenda_add(struct agenda *agenda, const struct agenda_item *item);
/* Writes what is still to come, and "Nothing from ... to ..." when there was
 * nothing at all. */
bool agenda_finish(struct agenda *agenda);
void agenda_free(struct agenda *agenda);

#endif
