/*
 * Calendars that become one VCALENDAR: its properties are what all of them
 * agree on, its zones come first and once each (zone_merge.h), then the
 * components as they came. Calendars of different METHODs are never mixed: each
 * METHOD gets a VCALENDAR of its own (RFC 5546, 1.4).
 *
 * A join that is `verbatim` takes one calendar and leaves everything in its
 * place.
 */
#ifndef KALENDS_CAL_JOIN_H
#define KALENDS_CAL_JOIN_H

#include "cal/head.h"
#include "cal/zone_merge.h"

/* What a piece of the output is; `number` of a component is its own. */
enum piece_kind {
	PIECE_BEGIN,
	PIECE_LINE,
	PIECE_ZONE,
	PIECE_COMPONENT,
	PIECE_END,
	PIECE_TEXT, /* outside of calendars */
};

#define METHODS_MOST 60

struct join {
	/* Set by the caller before join_begin(); borrowed. */
	bool verbatim, strict;
	struct str name, color, apple_color; /* empty: the calendars' own */
	bool add_version; /* verbatim: VERSION and PRODID where missing */
	struct zone_merge *zones; /* NULL: verbatim, and zones do not matter */
	struct depot *depot;
	/* Told of what is wrong and goes on all the same. */
	void (*report)(void *arg, const struct error *err);
	/* Told of what has another name now; may be NULL. */
	void (*tell)(void *arg, const struct error *err);
	void *arg;

	/* Private from here. */
	struct arena arena;
	struct ledger items;
	struct spool log;
	struct head head;
	struct str methods[METHODS_MOST]; /* values; empty: none */
	struct fragment method_lines[METHODS_MOST];
	size_t method_count;
	uint32_t calendars;
	bool open; /* inside a calendar */
	bool bare; /* which is none: components without one */
	struct str method;
	struct fragment method_line;
	bool has_version, has_prodid;
	struct str ending; /* of the calendar's own lines */
	struct reader again;
	bool again_ready;
};

void join_init(struct join *join, struct depot *depot);
void join_free(struct join *join);

/* Starts anew. */
bool join_begin(struct join *join, struct error *err);

/* A calendar begins; begin is its line, NULL for components that stand outside
 * of any. */
bool join_calendar(struct join *join, const struct fragment *begin,
    struct error *err);

/* Lines of the calendar itself, in their place. */
bool join_lines(struct join *join, struct draft *lines, struct error *err);

/* Its VTIMEZONE. What a component is: see the ledger `items`. */
bool join_zone(struct join *join, const struct fragment *piece, struct str text,
    struct pos pos, struct error *err);

/* The end of the calendar; end is its line, NULL where there was none. */
bool join_end(struct join *join, const struct fragment *end, struct error *err);

/* Appends what is to be written to the ledger. */
bool join_finish(struct join *join, struct ledger *output, struct error *err);

#endif
