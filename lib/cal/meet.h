/*
 * When people can meet.
 *
 * Starts are tried every `step` from each midnight of a zone. Whoever is added
 * is laid against all of them at once: the cost is that of people times the
 * slots and spans of each. A slot fits where no required person is in its way,
 * a room is free if rooms were asked for, and enough people can come.
 *
 * Somebody is in the way of a slot that meets busy time of theirs, or
 * comes nearer to it than the buffer, that is not wholly within their hours, or
 * that meets a holiday. Unknown time is not in the way, but nobody counts as
 * free or as coming who has some.
 *
 * Slots are ranked by
 *	1. how few required people are unknown,
 *	2. how many optional people can come,
 *	3. with MEET_COMPACT, how little free time is left within the hour
 *	   before and the hour after, summed over the required people,
 *	4. their start; with MEET_LATE the latest first.
 * Misses by how few are in the way, then how few are missing, then as above.
 */
#ifndef KALENDS_CAL_MEET_H
#define KALENDS_CAL_MEET_H

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "cal/busy.h"
#include "cal/hours.h"

enum meet_role { MEET_REQUIRED, MEET_OPTIONAL, MEET_ROOM };
enum meet_prefer { MEET_EARLY, MEET_LATE, MEET_COMPACT };

#define MEET_SLOTS ((size_t)4 << 20) /* at most */
#define MEET_GAP   1800 /* seconds: free time shorter than this is a gap */
#define MEET_EDGE  3600 /* seconds before and after that COMPACT looks at */

struct meet_options {
	int64_t from, until; /* slots lie within */
	int64_t duration, step, buffer;
	const struct zone *zone; /* whose midnights starts are counted from */
	struct hours hours;      /* on everybody's own wall clock */
	enum meet_prefer prefer;
	enum busy_type blocks; /* the lowest type that is in the way */
	size_t min_attend;     /* people who can come, at least */
	bool apart;            /* of the slots given none overlaps another */
};

struct meet_person {
	struct str name, address;
	enum meet_role role;
	const struct zone *zone;
	struct busy_set time; /* as it was added */
	struct busy_set off;  /* out of hours; holidays not in it */
	struct busy_set holidays;
};

/* What is in a slot's way, and who can come. */
struct meet_tally {
	uint32_t in_the_way; /* required people, and 1 for want of a room */
	uint32_t attend;     /* people who can come */
	uint32_t optional;   /* those of them who are */
	uint32_t unknown;    /* required people of whom nobody knows */
	uint32_t room;       /* 1 + the index of the person that is it; or 0 */
	int64_t idle;        /* see MEET_COMPACT */
};

struct meet {
	struct meet_options options;
	struct meet_person *people; /* rooms too, in the order they came */
	size_t count, room;
	size_t required, optional, rooms; /* how many of each */
	int64_t *starts;
	struct meet_tally *tallies;
	size_t slots;
	size_t *ranked; /* of meet_rank() */
	size_t ranked_count;

	struct arena arena;
	struct busy_set blocked; /* of the person who is being added */
	uint8_t *flags;          /* of that person, one a slot */
};

/* ERR_LIMIT above MEET_SLOTS, ERR_MEMORY. */
bool meet_init(struct meet *meet, const struct meet_options *options,
    struct error *err);
void meet_free(struct meet *meet);

/* Adds somebody. `time` is settled, and reaches MEET_EDGE and the buffer beyond
 * the range; `holidays` are spans of local time, which hold for whoever is no
 * room. All is copied. False without memory. */
bool meet_add(struct meet *meet, enum meet_role role, struct str name,
    struct str address, const struct zone *zone, const struct busy_set *time,
    const struct busy_set *holidays);

/* Ranks the slots that fit, or those that do not, into ->ranked: at most `most`
 * of them. False without memory. */
bool meet_rank(struct meet *meet, bool misses, size_t most);

/* Whether somebody can come in a slot. */
enum meet_answer {
	MEET_FREE,
	MEET_UNKNOWN,
	MEET_BUSY,
	MEET_AWAY, /* BUSY_UNAVAILABLE */
	MEET_TENTATIVE,
	MEET_OFF, /* out of their hours */
	MEET_HOLIDAY,
};

/* The reason and, for the busy ones, the span that is first in the way. */
enum meet_answer meet_ask(const struct meet *meet,
    const struct meet_person *person, size_t slot, struct busy_span *span);

/* "all 12 free; 2 of 3 optional, not dora; room 12B; leaves alice a 10 minute
 * gap"; for a miss who is in the way. Times are in the options' zone. */
bool meet_reasons(const struct meet *meet, size_t slot, struct buf *out);

#endif
