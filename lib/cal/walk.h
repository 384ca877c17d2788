/*
 * Walking a calendar series by series, in bounded memory.
 *
 * Overrides and VTIMEZONEs may stand anywhere in their VCALENDAR, so each
 * calendar is read twice. The first pass finds the zones and which UIDs have
 * overrides; in the second most records are a series of their own, and the few
 * that are not are put aside and come back grouped by UID. The unit is one
 * VCALENDAR: two calendars with one UID are never confused.
 *
 *	while (cli_next(cli))
 *		if (walk_starts(walk)) {
 *			walk_begin(walk);		first pass
 *			while (walk_next(walk))		second pass
 *				if (walk_is_member(walk)) walk_put_aside(walk);
 *				else ... the record alone is a series ...
 *			while (walk_next_group(walk)) ... walk->group ...
 *		}
 */
#ifndef KALENDS_CAL_WALK_H
#define KALENDS_CAL_WALK_H

#include "base/sorter.h"
#include "cal/event.h"
#include "text/reader.h"

struct walk {
	struct reader *reader;
	struct arena arena;       /* of one record or group */
	struct zone_scope *scope; /* the calendar's own zones */

	/* Of the calendar, from its own lines; empty where absent. */
	struct buf name, color, method;
	bool has_events, has_members; /* some UID has overrides */

	struct record **group; /* of walk_next_group(), in file order */
	size_t group_count;

	/* Private from here. */
	bool root; /* components that stand outside of any VCALENDAR */
	bool ended;
	uint64_t calendar;
	uint64_t *overridden; /* hashes of UIDs, open addressing; 0: free */
	size_t overridden_count, overridden_room, overridden_most;
	bool all_members; /* too many overrides to remember */
	struct sorter *aside;
	bool aside_used, aside_finished, aside_ended;
	struct buf key, packed, group_key;
	struct record *ahead; /* first of the next group, in `spare` */
	struct arena spare;
	size_t group_room;
};

/* memory: as --memory; a part of it is used here. */
bool walk_init(struct walk *walk, struct reader *reader, size_t memory,
    struct error *err);
void walk_free(struct walk *walk);

/* Whether the reader's item is the first of something to walk: a calendar, or
 * a component outside of any. */
bool walk_starts(const struct walk *walk);

/* First pass; the reader then stands before the first item again. Faults are
 * not reported in this pass: the second one does. A VTIMEZONE that cannot be
 * used is told to `report` (may be NULL). */
bool walk_begin(struct walk *walk,
    void (*report)(void *arg, const struct error *err), void *arg,
    struct error *err);

/* Second pass: the reader's next item of this calendar. False at its end
 * (ERR_NONE), when the reader has given the calendar's last item, or on an
 * error. May be gone through again after walk_again(). */
bool walk_next(struct walk *walk, struct error *err);
bool walk_again(struct walk *walk, struct error *err);

/* Ends the calendar: the reader need not keep it any longer. */
bool walk_end(struct walk *walk, struct error *err);

/* Whether the reader's record belongs to a series of several records. */
bool walk_is_member(struct walk *walk);

/* Keeps the record for its group. */
bool walk_put_aside(struct walk *walk, struct error *err);

/* The next series of several records; they live until the next call. */
bool walk_next_group(struct walk *walk, struct error *err);

#endif
