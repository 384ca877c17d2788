/*
 * A zone in the making, from a VTIMEZONE. Private to vtimezone*.c.
 */
#ifndef KALENDS_TIME_VTIMEZONE_IMPL_H
#define KALENDS_TIME_VTIMEZONE_IMPL_H

#include "base/arena.h"
#include "time/rule.h"
#include "time/zone_impl.h"

/* No zone of this world has a thousand transitions; no input makes us keep
 * more than these. */
#define ONSETS_MAX      10000
#define OBSERVANCES_MAX 10000
#define RULES_MAX       16 /* without an end: each costs every question */
/* So many changes within the three days that local times of two offsets can be
 * apart, no more: a question about a time near them looks at all. */
#define DENSE_MAX  16
#define DENSE_SPAN (3 * SECONDS_A_DAY)

struct onset {
	int64_t at;
	uint16_t type;
};

struct zone_draft {
	struct arena arena;
	struct error *err;
	struct pos pos; /* of the VTIMEZONE */
	struct onset *onsets;
	size_t onset_count, onset_room;
	struct zone_type *types; /* the first: before any onset */
	size_t type_count, type_room;
	struct yearly rules[RULES_MAX];
	size_t rule_count;
	bool begun;
	int64_t earliest; /* onset, when begun */
};

/* One STANDARD or DAYLIGHT. */
struct observance {
	bool dst, has_start, has_from, has_to;
	int64_t start; /* local, in `from` */
	int32_t from, to;
	uint16_t type;
	size_t onsets; /* how many it had so far */
	struct str name;
	struct pos pos;
};

bool draft_onset(struct zone_draft *draft, struct observance *observance,
    int64_t instant);

/* All onsets of an RRULE: a yearly rule where it is one, else expanded. */
bool draft_rule(struct zone_draft *draft, struct observance *observance,
    const struct rule *rule, struct pos pos);

#endif
