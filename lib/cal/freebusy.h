/*
 * VFREEBUSY (RFC 5545, 3.6.4): reading, and writing as RFC 5546, 3.3 asks.
 */
#ifndef KALENDS_CAL_FREEBUSY_H
#define KALENDS_CAL_FREEBUSY_H

#include "base/buf.h"
#include "cal/busy.h"
#include "cal/event.h"

/* What a VFREEBUSY says. Slices live as long as its record and the arena. */
struct freebusy {
	struct str uid;
	int64_t stamp; /* DTSTAMP; INT64_MIN where absent */
	/* DTSTART, DTEND; INT64_MIN and INT64_MAX where absent. */
	int64_t from, until;
	/* The whole lines, for a reply; their raw is NULL where absent. Of
	 * several ATTENDEEs the first. */
	struct line organizer, attendee;
};

/* Reads all but FREEBUSY. A time that cannot be read is reported to `context`
 * and makes the result false. */
bool freebusy_read(struct freebusy *freebusy, const struct record *record,
    const struct event_context *context);

/* Adds the periods of FREEBUSY, free ones left out, clipped to [from, until).
 * *reach gets the first and last moment of all periods, free ones and those
 * outside too; from is not before until where there is none. False, with a
 * report, where a period could not be read: then not all is known. */
bool freebusy_read_periods(const struct record *record,
    const struct event_context *context, int64_t from, int64_t until,
    struct busy_set *set, struct busy_span *reach);

/* "mailto:" off; empty for an absent line. cn: the CN parameter. */
struct str freebusy_address(const struct line *line);
struct str freebusy_cn(const struct line *line, struct arena *arena);

/* --- writing -------------------------------------------------------------- */

struct freebusy_text {
	struct str program;   /* for PRODID */
	struct str method;    /* "PUBLISH", "REPLY" */
	struct str uid, name; /* name: of the calendar; may be empty */
	int64_t stamp, from, until;
	/* Unfolded lines, "ORGANIZER;CN=...:mailto:..."; may be empty. */
	struct str organizer, attendee;
	struct str status; /* of REQUEST-STATUS; may be empty */
};

/* A VCALENDAR with one VFREEBUSY: periods in ascending order, each line of one
 * type, all times in UTC. */
bool freebusy_write(struct buf *out, const struct freebusy_text *text,
    const struct busy_set *set);

/* A UID of 36 characters, made of what `seed` holds: the same for the same. */
#define FREEBUSY_UID 36
void freebusy_make_uid(char uid[FREEBUSY_UID + 1], struct str seed);

#endif
