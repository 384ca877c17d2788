/*
 * One person (or room): all that is known of the time that is theirs, from
 * calendars, VFREEBUSYs and VAVAILABILITYs, and the free/busy time that
 * follows.
 *
 * First comes when they are available (RFC 7953, 4 and 5): component by
 * component from the lowest PRIORITY up, each making its range busy but for
 * what is AVAILABLE in it. Then VFREEBUSYs from the oldest DTSTAMP up, each
 * replacing what older ones say of its range. Both, and the events, then lie
 * over one another, the highest type of each moment counting.
 *
 * Who has VFREEBUSYs and no calendar is unknown outside of their ranges.
 */
#ifndef KALENDS_CAL_PERSON_H
#define KALENDS_CAL_PERSON_H

#include "base/buf.h"
#include "base/error.h"
#include "cal/busy.h"

enum layer_kind { LAYER_REPORT, LAYER_AVAILABILITY };

/* A VFREEBUSY or VAVAILABILITY. */
struct layer {
	enum layer_kind kind;
	/* DTSTAMP; or how high its PRIORITY is: 0 for none, 1 for 9 ... 9 for
	 * 1. Lower ranks are replaced. */
	int64_t rank;
	int64_t from, until; /* its range, clipped to the one asked for */
	enum busy_type type; /* of availability: BUSYTYPE */
	struct busy_set set; /* periods; what is AVAILABLE */
};

struct person {
	struct buf name, address; /* address without "mailto:"; may be empty */
	struct busy_set events;
	struct layer *layers;
	size_t layer_count, layer_room;
	bool has_calendar, has_reports;
};

/* {0} is nobody. */
void person_free(struct person *person);
void person_reset(struct person *person, struct str name, struct str address);

/* A new layer, to be filled; NULL without memory. Lives until the next. */
struct layer *person_layer(struct person *person, enum layer_kind kind);

/* The free/busy time in [from, until), settled; free time is not in it. False
 * without memory. The person's own sets are used up. */
bool person_settle(struct person *person, int64_t from, int64_t until,
    struct busy_set *to);

/* As bytes, and back: what was packed is added to the person. */
bool person_pack(struct person *person, struct buf *out);
bool person_unpack(struct person *person, struct str packed);

#endif
