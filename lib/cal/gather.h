/*
 * Gathering: the components of calendars taken apart and kept, to be written
 * again as calendars of their own. Records go in as the reader gives them;
 * objects come out: the components of one UID and one calendar, in order.
 *
 * Memory does not follow the input: bytes go to spools, and what is to be
 * known of a component (a piece, some hundred bytes) through a sorter.
 *
 * An object never mixes two calendars: Alice's and Bob's copy of one meeting
 * are two objects. Components without a UID are objects of one component.
 */
#ifndef KALENDS_CAL_GATHER_H
#define KALENDS_CAL_GATHER_H

#include "base/sorter.h"
#include "base/spool.h"
#include "cal/revision.h"
#include "text/reader.h"

/* A component that was put away. */
struct piece {
	uint64_t calendar; /* which one it came from: gather_calendar() */
	uint64_t order;    /* counts the components as they came */
	uint64_t at, size; /* its bytes, in gather->bytes */
	struct revision revision;
	struct pos pos;
	bool newline;          /* its bytes end in a line ending */
	const uint64_t *zones; /* hashes of the TZIDs that it names */
	size_t zone_count;
	struct str tags; /* what gather->tag said, each with a NUL after it */
};

/* A calendar that pieces came from. */
struct gather_calendar {
	uint64_t at, size;     /* its own lines, in gather->envelopes */
	struct digest own;     /* of those */
	uint64_t zones, count; /* its zones: which of all, how many */
	char method[24];       /* of METHOD, upper case, cut off; empty: none */
	const char *file;
	bool lf; /* its lines end in LF alone */
	bool has_version, has_product;
	bool bare; /* components that stand outside of any VCALENDAR */
};

/* A VTIMEZONE; of several in a calendar with one TZID the first. */
struct gather_zone {
	uint64_t tzid;     /* hash */
	uint64_t at, size; /* its bytes, in gather->bytes; size 0: undefined */
	struct digest content;
};

struct gather_object {
	struct str uid; /* empty: none */
	struct digest identity;
	struct piece *pieces; /* in the order of the source */
	size_t count;
	bool over; /* more than LIMIT_OVERRIDES: the rest is left out */
};

enum gather_by {
	GATHER_BY_UID,      /* all objects of a UID, calendar after calendar */
	GATHER_BY_CALENDAR, /* a calendar's objects by UID, then the next's */
};

struct gather {
	/* Set by the caller after gather_init(). */
	enum gather_by by;
	/* The calendars' own lines of these names are left out (upper case;
	 * `left_out_count` of them). */
	const struct str *left_out;
	size_t left_out_count;
	/* Says what else is to be known of a component: appends strings, each
	 * with a NUL after it. May be NULL. */
	bool (*tag)(void *arg, const struct record *record, struct buf *tags,
	    struct arena *arena);
	/* What is left out, and why. */
	void (*report)(void *arg, const struct error *err);
	void *arg;

	/* What was seen so far. */
	uint64_t pieces, calendars;
	/* Of the first calendar that has them: NAME or X-WR-CALNAME; COLOR or
	 * X-APPLE-CALENDAR-COLOR. */
	struct buf name, color;

	/* Private from here. */
	struct reader *reader;
	struct spool bytes, envelopes, table, zone_table;
	struct sorter *sorter;
	struct arena arena; /* of the record, or of the object given out */
	struct buf key, payload, tags;
	struct gather_calendar now; /* the open one, not yet in the table */
	struct gather_zone *zones;  /* of it */
	size_t zone_count, zone_room;
	bool open, told_text, sorted;
	uint64_t name_from, color_from; /* which calendar, from 1 */
	struct piece *object;           /* given out */
	size_t object_room;
	struct buf ahead_key, ahead, object_key, uid;
	bool has_ahead;
};

/* memory: as --memory; a part of it is used here. The reader's inputs may
 * change, its file names must live on. */
bool gather_init(struct gather *gather, struct reader *reader, size_t memory,
    struct error *err);
void gather_free(struct gather *gather);

/* Takes the reader's item. A component that is cut off (the reader tells of it)
 * and what is no part of a calendar is left out. False on ERR_IO or
 * ERR_MEMORY. */
bool gather_take(struct gather *gather, struct error *err);

/* After the last item of each input. */
bool gather_input_end(struct gather *gather, struct error *err);

/* The next object; the first call ends taking. It lives until the next call.
 * False at the end (err->code ERR_NONE) or on an error. */
bool gather_next(struct gather *gather, struct gather_object *object,
    struct error *err);

/* The calendar of a piece, and a zone of it: one without size where it defines
 * no such zone. */
bool gather_calendar(struct gather *gather, uint64_t number,
    struct gather_calendar *calendar, struct error *err);
bool gather_zone(struct gather *gather, const struct gather_calendar *calendar,
    uint64_t tzid, struct gather_zone *zone, struct error *err);

/* A piece as bytes, and back: what it points to lies in the arena. */
bool piece_pack(const struct piece *piece, struct buf *out);
bool piece_unpack(struct piece *piece, struct str packed, struct arena *arena);

/* Appends a key to sort objects by: in the order of their UIDs' bytes, and no
 * object's key begins with another's. Those without UID come first. */
bool object_key(struct buf *key, struct str uid, const struct digest *identity);

/* The UID of such a key, which *rest begins with and then is behind. */
bool object_key_uid(struct str *rest, struct buf *uid);

#endif
