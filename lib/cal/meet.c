#include "cal/meet.h"

#include <stdlib.h>

#include "time/civil.h"

static bool
no_memory(struct error *err)
{
	return error_set(err, ERR_MEMORY, pos_none(), "no memory");
}

/* --- slots ---------------------------------------------------------------- */

/* The starts of one day; only counts them where to is NULL. */
static size_t
starts_of_day(const struct meet_options *options, int64_t midnight,
    int64_t next, int64_t *to)
{
	int64_t last = options->until - options->duration;
	int64_t start = midnight;
	size_t n = 0;

	if (start < options->from)
		start += (options->from - start + options->step - 1) /
		         options->step * options->step;
	for (; start < next && start <= last; start += options->step) {
		if (to)
			to[n] = start;
		if (++n > MEET_SLOTS)
			break;
	}
	return n;
}

static size_t
all_starts(const struct meet_options *options, int64_t *to)
{
	struct zone_cursor cursor = {0};
	int64_t local = zone_local(&cursor, options->zone, options->from);
	int64_t day = (int64_t)local_day(local) * SECONDS_A_DAY;
	int64_t midnight = zone_instant(&cursor, options->zone, day, NULL);
	size_t n = 0;

	while (midnight < options->until && n <= MEET_SLOTS) {
		int64_t next;

		day += SECONDS_A_DAY;
		next = zone_instant(&cursor, options->zone, day, NULL);
		n += starts_of_day(options, midnight, next, to ? to + n : NULL);
		midnight = next;
	}
	return n;
}

bool
meet_init(struct meet *meet, const struct meet_options *options,
    struct error *err)
{
	*meet = (struct meet){.options = *options};
	meet->slots = all_starts(options, NULL);
	if (meet->slots > MEET_SLOTS)
		return error_set(err, ERR_LIMIT, pos_none(),
		    "more than %zu starts in the range: take a longer --step, "
		    "or less time",
		    MEET_SLOTS);
	meet->starts = calloc(meet->slots + 1, sizeof(*meet->starts));
	meet->tallies = calloc(meet->slots + 1, sizeof(*meet->tallies));
	meet->flags = calloc(meet->slots + 1, sizeof(*meet->flags));
	if (!meet->starts || !meet->tallies || !meet->flags)
		return no_memory(err);
	all_starts(options, meet->starts);
	return true;
}

void
meet_free(struct meet *meet)
{
	for (size_t i = 0; i < meet->count; i++) {
		busy_free(&meet->people[i].time);
		busy_free(&meet->people[i].off);
		busy_free(&meet->people[i].holidays);
	}
	free(meet->people);
	free(meet->starts);
	free(meet->tallies);
	free(meet->ranked);
	free(meet->flags);
	busy_free(&meet->blocked);
	arena_free(&meet->arena);
}

/* --- a person against all slots ------------------------------------------- */

static struct meet_person *
new_person(struct meet *meet)
{
	if (meet->count == meet->room) {
		size_t room = meet->room ? meet->room * 2 : 16;
		struct meet_person *people =
		    realloc(meet->people, room * sizeof(*people));

		if (!people)
			return NULL;
		meet->people = people;
		meet->room = room;
	}
	meet->people[meet->count] = (struct meet_person){0};
	return &meet->people[meet->count++];
}

/* When somebody does not work at all, in and around the range. */
static bool
set_off(const struct meet *meet, struct meet_person *person,
    const struct busy_set *holidays)
{
	const struct meet_options *options = &meet->options;
	int64_t from = options->from - MEET_EDGE;
	int64_t until = options->until + MEET_EDGE;
	struct zone_cursor cursor = {0};
	struct busy_set hours = {0};
	bool ok;

	if (person->role == MEET_ROOM)
		return true;
	busy_add(&person->off, from, until, BUSY_BUSY);
	hours_add(&options->hours, person->zone, from, until, &hours);
	ok = busy_settle(&hours) && busy_cut(&person->off, &hours);
	busy_free(&hours);
	for (size_t i = 0; i < holidays->count; i++) {
		const struct busy_span *day = &holidays->spans[i];

		busy_add_within(&person->holidays,
		    zone_instant(&cursor, person->zone, day->from, NULL),
		    zone_instant(&cursor, person->zone, day->until, NULL),
		    BUSY_BUSY, from, until);
	}
	return busy_settle(&person->holidays) && ok;
}

/* All that is in the way of this person's coming. */
static bool
set_blocked(struct meet *meet, const struct meet_person *person)
{
	int64_t buffer = person->role == MEET_ROOM ? 0 : meet->options.buffer;
	struct busy_set *blocked = &meet->blocked;

	busy_reset(blocked);
	for (size_t i = 0; i < person->time.count; i++) {
		const struct busy_span *span = &person->time.spans[i];

		if (span->type >= meet->options.blocks)
			busy_add(blocked, span->from - buffer,
			    span->until + buffer, BUSY_BUSY);
	}
	busy_add_set(blocked, &person->off);
	busy_add_set(blocked, &person->holidays);
	return busy_settle(blocked);
}

enum { BLOCKED = 1, IN_DOUBT = 2 };

/* Marks the slots that meet spans of a type of a settled set. */
static void
mark_slots(struct meet *meet, const struct busy_set *set, bool unknown_only,
    uint8_t flag)
{
	int64_t duration = meet->options.duration;
	size_t first = 0, next = 0;

	for (size_t i = 0; i < set->count; i++) {
		const struct busy_span *span = &set->spans[i];

		if (unknown_only && span->type != BUSY_UNKNOWN)
			continue;
		while (first < meet->slots &&
		       meet->starts[first] + duration <= span->from)
			first++;
		next = first > next ? first : next;
		for (; next < meet->slots && meet->starts[next] < span->until;
		     next++)
			meet->flags[next] |= flag;
	}
}

/* Free time within the hour before and the hour after each slot that has
 * nothing in its way. */
static void
add_idle(struct meet *meet)
{
	const struct busy_span *spans = meet->blocked.spans;
	size_t count = meet->blocked.count, at = 0;

	for (size_t i = 0; i < meet->slots; i++) {
		int64_t from = meet->starts[i];
		int64_t until = from + meet->options.duration;
		int64_t before = MEET_EDGE, after = MEET_EDGE;

		while (at < count && spans[at].until <= from)
			at++;
		if (meet->flags[i] & BLOCKED)
			continue;
		if (at > 0 && from - spans[at - 1].until < before)
			before = from - spans[at - 1].until;
		if (at < count && spans[at].from - until < after)
			after = spans[at].from - until;
		meet->tallies[i].idle += before + after;
	}
}

static void
tally_person(struct meet *meet, enum meet_role role)
{
	for (size_t i = 0; i < meet->slots; i++) {
		struct meet_tally *tally = &meet->tallies[i];
		uint8_t flags = meet->flags[i];

		tally->attend += flags == 0;
		if (role == MEET_OPTIONAL) {
			tally->optional += flags == 0;
			continue;
		}
		tally->in_the_way += flags & BLOCKED;
		tally->unknown += flags == IN_DOUBT;
	}
}

static void
tally_room(struct meet *meet, uint32_t index)
{
	for (size_t i = 0; i < meet->slots; i++)
		if (!meet->flags[i] && !meet->tallies[i].room)
			meet->tallies[i].room = index + 1;
}

static void
tally(struct meet *meet, const struct meet_person *person)
{
	memset(meet->flags, 0, meet->slots);
	mark_slots(meet, &meet->blocked, false, BLOCKED);
	mark_slots(meet, &person->time, true, IN_DOUBT);
	if (person->role == MEET_ROOM) {
		tally_room(meet, (uint32_t)(person - meet->people));
		return;
	}
	tally_person(meet, person->role);
	if (meet->options.prefer == MEET_COMPACT &&
	    person->role == MEET_REQUIRED)
		add_idle(meet);
}

bool
meet_add(struct meet *meet, enum meet_role role, struct str name,
    struct str address, const struct zone *zone, const struct busy_set *time,
    const struct busy_set *holidays)
{
	struct meet_person *person = new_person(meet);

	if (!person)
		return false;
	person->name = arena_copy(&meet->arena, name);
	person->address = arena_copy(&meet->arena, address);
	person->role = role;
	person->zone = zone;
	busy_add_set(&person->time, time);
	person->time.settled = person->time.count;
	if ((name.n && !person->name.p) || (address.n && !person->address.p) ||
	    person->time.failed || !set_off(meet, person, holidays) ||
	    !set_blocked(meet, person))
		return false;
	meet->required += role == MEET_REQUIRED;
	meet->optional += role == MEET_OPTIONAL;
	meet->rooms += role == MEET_ROOM;
	tally(meet, person);
	return true;
}

/* --- ranking -------------------------------------------------------------- */

/* What one slot is ranked by; lower is better. */
struct rank {
	uint32_t in_the_way, missing, unknown, optional;
	int64_t idle, start;
	size_t slot;
};

static int
compare(int64_t a, int64_t b)
{
	return a < b ? -1 : a > b;
}

static int
by_rank(const void *a, const void *b)
{
	const struct rank *x = a, *y = b;
	int order = compare(x->in_the_way, y->in_the_way);

	if (order == 0)
		order = compare(x->missing, y->missing);
	if (order == 0)
		order = compare(x->unknown, y->unknown);
	if (order == 0)
		order = compare(y->optional, x->optional);
	if (order == 0)
		order = compare(x->idle, y->idle);
	return order ? order : compare(x->start, y->start);
}

static struct rank
rank_of(const struct meet *meet, size_t slot)
{
	const struct meet_tally *tally = &meet->tallies[slot];
	const struct meet_options *options = &meet->options;
	int64_t start = meet->starts[slot];
	struct rank rank = {.in_the_way = tally->in_the_way,
	    .unknown = tally->unknown,
	    .optional = tally->optional,
	    .idle = tally->idle,
	    .start = options->prefer == MEET_LATE ? -start : start,
	    .slot = slot};

	if (meet->rooms && !tally->room)
		rank.in_the_way++;
	if (tally->attend < options->min_attend)
		rank.missing = (uint32_t)(options->min_attend - tally->attend);
	return rank;
}

static bool
overlaps(const struct meet *meet, size_t slot)
{
	int64_t start = meet->starts[slot];

	for (size_t i = 0; i < meet->ranked_count; i++) {
		int64_t other = meet->starts[meet->ranked[i]];

		if (start < other + meet->options.duration &&
		    other < start + meet->options.duration)
			return true;
	}
	return false;
}

bool
meet_rank(struct meet *meet, bool misses, size_t most)
{
	struct rank *ranks = calloc(meet->slots + 1, sizeof(*ranks));
	size_t n = 0;

	free(meet->ranked);
	meet->ranked = calloc(meet->slots + 1, sizeof(*meet->ranked));
	meet->ranked_count = 0;
	if (!ranks || !meet->ranked) {
		free(ranks);
		return false;
	}
	for (size_t i = 0; i < meet->slots; i++) {
		struct rank rank = rank_of(meet, i);

		if (misses == (rank.in_the_way || rank.missing))
			ranks[n++] = rank;
	}
	qsort(ranks, n, sizeof(*ranks), by_rank);
	for (size_t i = 0; i < n && meet->ranked_count < most; i++)
		if (!meet->options.apart || !overlaps(meet, ranks[i].slot))
			meet->ranked[meet->ranked_count++] = ranks[i].slot;
	free(ranks);
	return true;
}
