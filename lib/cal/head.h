/*
 * The properties of a calendar that is made from others (RFC 5545, 3.6): what
 * all of them agree on stays, what they say differently is left out. VERSION,
 * PRODID, METHOD, NAME and COLOR are not among it: whoever writes the calendar
 * decides about these.
 */
#ifndef KALENDS_CAL_HEAD_H
#define KALENDS_CAL_HEAD_H

#include "text/draft.h"

enum head_property {
	HEAD_VERSION,
	HEAD_PRODID,
	HEAD_NAME,        /* RFC 7986 */
	HEAD_WR_CALNAME,  /* X-WR-CALNAME, what was before it */
	HEAD_COLOR,       /* RFC 7986 */
	HEAD_APPLE_COLOR, /* X-APPLE-CALENDAR-COLOR */
	HEAD_OTHER,
};

struct head_line {
	enum head_property property;
	uint64_t key;          /* of its name, parameters and value */
	struct fragment piece; /* what is to be written */
	bool here;             /* in the calendar at hand, too */
};

struct head {
	struct head_line *lines;
	size_t count, room;
	uint64_t calendars;
};

void head_free(struct head *head);
void head_reset(struct head *head);

/* A content line of the calendar at hand; not METHOD. */
bool head_add(struct head *head, const struct draft_line *line,
    const struct fragment *piece, struct error *err);

/* The end of a calendar. One without any component, or that is none, need not
 * be counted. */
void head_close(struct head *head);

/* The first line with that property that all calendars have; NULL: none. */
const struct head_line *head_find(const struct head *head,
    enum head_property property);

#endif
