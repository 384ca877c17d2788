/*
 * Time zones: from a TZif file of the system (RFC 8536, read by us: the 64-bit
 * data and the footer) or from a VTIMEZONE (RFC 5545, 3.6.5).
 *
 * A zone is immutable once made and safe to share. Conversions go through a
 * cursor, the caller's own small cache, which makes a run of nearby times
 * cost a comparison each.
 */
#ifndef KALENDS_TIME_ZONE_H
#define KALENDS_TIME_ZONE_H

#include "base/error.h"
#include "base/str.h"

struct zone;
struct component; /* text/record.h */

/* A stretch of time with one offset from UTC: [from, until) in instants;
 * INT64_MIN and INT64_MAX where open. */
struct zone_span {
	int64_t from, until;
	int32_t offset; /* seconds east of UTC */
	bool dst;
	char name[16]; /* abbreviation, "CET"; cut when longer */
};

/* Start with {0}; used with another zone it starts again by itself. Never
 * shared between threads; set back to {0} when its zone is freed. */
struct zone_cursor {
	const struct zone *zone;
	struct zone_span span;
	/* local times that surely happen once, in this span */
	int64_t local_from, local_until;
};

enum zone_fit {
	ZONE_FIT_ONE,     /* the local time happens once */
	ZONE_FIT_GAP,     /* it is skipped: taken with the offset before it */
	ZONE_FIT_OVERLAP, /* it happens twice: the first was taken (3.3.5) */
};

/* The span that holds an instant. */
void zone_span_at(const struct zone *zone, int64_t instant,
    struct zone_span *span);

/* Local time of an instant. cursor may be NULL here and below. */
int64_t zone_local(struct zone_cursor *cursor, const struct zone *zone,
    int64_t instant);

/* Instant of a local time; *fit (may be NULL) tells how it fell. */
int64_t zone_instant(struct zone_cursor *cursor, const struct zone *zone,
    int64_t local, enum zone_fit *fit);

/* The identifier: "Europe/Paris", "UTC", or a VTIMEZONE's TZID. */
struct str zone_id(const struct zone *zone);
bool zone_is_utc(const struct zone *zone);
const struct zone *zone_utc(void);

/* True when both give the same offset at every instant of [from, until); of
 * the years 1 to 9999 at most. */
bool zone_same(const struct zone *a, const struct zone *b, int64_t from,
    int64_t until);

/* A zone from the bytes of a TZif file (version 2 and up; version 1 data is
 * used only where there is nothing else). `id` is copied. The zone is the
 * caller's, to be given to zone_free(). ERR_SYNTAX for bytes that are no TZif
 * or contradict themselves. */
struct zone *zone_from_tzif(struct str bytes, struct str id, struct error *err);

/* A zone from a VTIMEZONE component. Observances are expanded by our own rules
 * engine, as far as a question needs; RDATEs, several RRULEs, UNTIL in UTC.
 * Before the first onset its TZOFFSETFROM holds. Of equal onsets the last in
 * the text counts. With an RRULE, DTSTART is an onset only where the rule
 * yields it. Rules other than yearly ones are expanded to 2500.
 *
 * ERR_SYNTAX or ERR_VALUE, with position, for a definition without TZID,
 * without a usable observance, or with a value that cannot be read (half a
 * zone would be silently wrong); ERR_LIMIT above ten thousand onsets, sixteen
 * in three days or sixteen rules without an end. Nothing of the component is
 * kept: its text may go away. */
struct zone *zone_from_vtimezone(const struct component *component,
    struct error *err);

/* A fixed offset; `id` is copied. NULL without memory, or for an offset of 26
 * hours and more. */
struct zone *zone_fixed(struct str id, int32_t offset);

void zone_free(struct zone *zone);

#endif
