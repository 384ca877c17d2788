/*
 * What comes first: the keys that components are sorted by.
 *
 *	start,summary:i,x-room:rn
 *
 * A key is the name of a property in any case, or one of
 *
 *	start	DTSTART; where there is none the RECURRENCE-ID of an override,
 *		the DUE of a task
 *	end	when the first instance ends: DTEND, DUE or DURATION, and what
 *		RFC 5545, 3.6.1 says where there is none of them
 *	type	the name of the component
 *
 * with modifiers after a colon: r reverse, i ignore case and accents, n read
 * text as a number.
 *
 * Values are compared by their type (RFC 5545, 3.8; VALUE= counts): times by
 * their instant, a DATE before a time of the same instant; durations by length;
 * numbers as numbers of any size; words as STATUS in any case; addresses
 * without "mailto:", in any case; UIDs and URIs by their bytes; text, decoded,
 * as the locale collates (LC_COLLATE; by bytes in "C"), by its first 64 KiB. Of
 * several properties the first one counts. What is not of its type comes after
 * what is, what is missing last, also in reverse.
 */
#ifndef KALENDS_CAL_ORDER_H
#define KALENDS_CAL_ORDER_H

#include "cal/event.h"

#define ORDER_KEYS_MOST 16

enum order_flag {
	ORDER_REVERSE = 1,
	ORDER_FOLD = 2,
	ORDER_NUMERIC = 4,
};

enum order_kind { ORDER_START, ORDER_END, ORDER_TYPE, ORDER_PROPERTY };

enum order_type {
	ORDER_TEXT,
	ORDER_TIME,
	ORDER_DURATION,
	ORDER_NUMBER,
	ORDER_WORD,
	ORDER_ADDRESS,
	ORDER_BYTES,
};

struct order_key {
	enum order_kind kind;
	enum order_type type; /* of the property, where VALUE= says nothing */
	char name[64];        /* upper case */
	size_t name_n;
	unsigned flags;
};

struct order {
	struct order_key keys[ORDER_KEYS_MOST];
	size_t count;
	bool collate; /* text as the locale does; set by order_settle() */
};

/* Adds the keys of a list. ERR_USAGE with what would be right. */
bool order_add(struct order *order, struct str list, struct error *err);

/* Once all are added; without any, "start" is. `flags` hold for keys without
 * modifiers of their own. */
void order_settle(struct order *order, unsigned flags);

/* How records are looked at. */
struct order_context {
	struct zones *zones;
	const struct zone_scope *scope; /* of the calendar */
	enum zone_policy policy;
	const struct zone *zone; /* of floating times and unknown TZIDs */
	struct arena *arena;     /* of one record */

	/* Told of values that cannot be read and of TZIDs that are none. */
	void (*report)(void *arg, const struct error *err);
	void *arg;

	/* Private from here; {0}. */
	struct buf told;    /* TZIDs that were reported */
	struct buf settled; /* the last TZID that order_is_settled() found */
	struct zone_cursor cursor;
};

void order_context_free(struct order_context *context);

/* Forgets what holds for one calendar: its zones have been freed. */
void order_context_reset(struct order_context *context);

/* Whether all zones that the keys of the record need are certain before the
 * calendar has ended: a VTIMEZONE may stand below. */
bool order_is_settled(const struct order *order, const struct record *record,
    struct order_context *context);

/* Appends bytes that compare as the record does. False without memory. */
bool order_write(const struct order *order, const struct record *record,
    struct order_context *context, struct buf *key);

#endif
