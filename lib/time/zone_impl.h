/*
 * What a zone is made of. Private to lib/time's zone files and their tests.
 *
 * A zone is a sorted table of transitions, each to a type (an offset with its
 * name), and a few yearly rules. The transition that holds at an instant is
 * the last one at or before it, of the table or of any rule. That serves both
 * sources alike: the footer of a TZif file is two yearly rules that begin with
 * the file's last transition, an RRULE of a VTIMEZONE is one that begins with
 * its DTSTART. Nothing is expanded ahead, nothing is changed by a question.
 */
#ifndef KALENDS_TIME_ZONE_IMPL_H
#define KALENDS_TIME_ZONE_IMPL_H

#include "time/civil.h"
#include "time/zone.h"

/* RFC 8536, 3.2: an offset lies between -25 and 26 hours, both excluded. */
#define ZONE_OFFSET_MAX 93599

struct zone_type {
	int32_t offset;
	bool dst;
	char name[16];
};

enum yearly_kind {
	YEARLY_NTH,      /* nth weekday of the month; negative from its end */
	YEARLY_AFTER,    /* first such weekday on or after a day of the month */
	YEARLY_MONTHDAY, /* a day of the month; negative from its end */
	YEARLY_JULIAN,   /* POSIX Jn: day 1 to 365, 29 February never counts */
	YEARLY_ZERO,     /* POSIX n: days after 1 January */
};

/* One onset in a year (or none: a fifth Sunday, a 29 February). */
struct yearly {
	enum yearly_kind kind;
	uint8_t month;
	uint8_t weekday;     /* enum weekday */
	int16_t day;         /* nth, day of month or day of year, see kind */
	uint16_t type;       /* of the time that follows */
	int32_t time;        /* seconds after that day's midnight, any sign */
	int32_t before;      /* offset from UTC in which `time` is meant */
	int64_t first, last; /* onsets outside are none; both included */
};

/* A zone's parts, as arrays of whoever makes one; zone_build() copies. `at`
 * ascends strictly. At equal instants the higher type wins. */
struct zone_parts {
	struct str id;
	size_t count;
	const int64_t *at;
	const uint16_t *to; /* count types, one for each transition */
	size_t type_count;
	const struct zone_type *types;
	uint16_t type_first; /* before the first transition */
	size_t rule_count;
	const struct yearly *rules;
};

struct zone {
	struct zone_parts parts; /* pointing into the same block of memory */
	int32_t least, most;     /* of all offsets */
};

/* NULL without memory. */
struct zone *zone_build(const struct zone_parts *parts);

/* The onset of a year; false where it has none. first and last not applied. */
bool yearly_onset(const struct yearly *rule, int64_t year, int64_t *instant);

/* The last onset at or before an instant, and the first after it. */
bool yearly_before(const struct yearly *rule, int64_t instant, int64_t *onset);
bool yearly_after(const struct yearly *rule, int64_t instant, int64_t *onset);

/* POSIX TZ (RFC 8536, 3.3.1, with the extensions of version 3). */
struct posix_tz {
	struct zone_type std, dst;
	bool has_dst;    /* rules[] are set */
	bool always_dst; /* summer time that never ends: only dst is used */
	struct yearly rules[2]; /* into dst (type 1) and out of it (type 0) */
};

/* False for text that is no TZ string. */
bool posix_tz_parse(struct posix_tz *tz, struct str text);

/* A zone from a TZ string; NULL for one that is none, or without memory. */
struct zone *zone_from_posix(struct str text, struct str id);

/* Copies an abbreviation: at most 15 bytes, control characters as '?'. */
void zone_type_name(struct zone_type *type, struct str name);

/* Names a type by its offset, as tzdata does without letters: "+02". */
void zone_type_number(struct zone_type *type);

/* Sums that stop at the ends of int64_t. */
static inline int64_t
instant_add(int64_t instant, int64_t seconds)
{
	int64_t sum;

	if (__builtin_add_overflow(instant, seconds, &sum))
		return seconds < 0 ? INT64_MIN : INT64_MAX;
	return sum;
}

#endif
