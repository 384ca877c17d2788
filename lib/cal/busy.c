#include "cal/busy.h"

#include <stdlib.h>

#define SETTLE_FROM 1024 /* spans: below, a set just grows */

void
busy_free(struct busy_set *set)
{
	free(set->spans);
	*set = (struct busy_set){0};
}

void
busy_reset(struct busy_set *set)
{
	set->count = set->settled = 0;
	set->failed = false;
}

/* --- adding --------------------------------------------------------------- */

static bool
reserve(struct busy_set *set, size_t count)
{
	size_t room = set->room ? set->room : 16;
	struct busy_span *spans;

	if (count <= set->room)
		return true;
	while (room < count)
		room *= 2;
	spans = realloc(set->spans, room * sizeof(*spans));
	if (!spans) {
		set->failed = true;
		return false;
	}
	set->spans = spans;
	set->room = room;
	return true;
}

/* Gives memory back that settling has made useless: room for as much again as
 * there is stays, so that the next settling has something to do. */
static void
shrink(struct busy_set *set)
{
	size_t room = 16;
	struct busy_span *spans;

	while (room < set->count * 2)
		room *= 2;
	if (room >= set->room)
		return;
	spans = realloc(set->spans, room * sizeof(*spans));
	if (!spans)
		return;
	set->spans = spans;
	set->room = room;
}

/* A full set is settled before it grows, where that may help. */
static bool
make_room(struct busy_set *set)
{
	if (set->count < set->room)
		return true;
	if (set->count >= SETTLE_FROM && set->count / 2 > set->settled) {
		if (!busy_settle(set))
			return false;
		if (set->count < set->room / 2)
			return true;
	}
	return reserve(set, set->count + 1);
}

void
busy_add(struct busy_set *set, int64_t from, int64_t until, enum busy_type type)
{
	if (until <= from || set->failed || !make_room(set))
		return;
	set->spans[set->count++] = (struct busy_span){from, until, type};
}

void
busy_add_within(struct busy_set *set, int64_t from, int64_t until,
    enum busy_type type, int64_t first, int64_t last)
{
	busy_add(set, from > first ? from : first, until < last ? until : last,
	    type);
}

void
busy_add_set(struct busy_set *set, const struct busy_set *other)
{
	set->failed |= other->failed;
	for (size_t i = 0; i < other->count; i++)
		busy_add(set, other->spans[i].from, other->spans[i].until,
		    other->spans[i].type);
}

/* --- settling ------------------------------------------------------------- */

static int
by_start(const void *a, const void *b)
{
	const struct busy_span *x = a, *y = b;

	return x->from < y->from ? -1 : x->from > y->from;
}

/* Where the spans from `first` on stop to ascend. */
static size_t
run_end(const struct busy_set *set, size_t first)
{
	size_t i = first + 1;

	while (i < set->count && set->spans[i].from >= set->spans[i - 1].from)
		i++;
	return i < set->count ? i : set->count;
}

/* Two ascending runs into one, the first of which ends at `middle`. */
static bool
merge_runs(struct busy_set *set, size_t middle)
{
	struct busy_span *a = set->spans, *end = a + middle;
	struct busy_span *b = end, *last = a + set->count;
	struct busy_set to = {0};

	if (!reserve(&to, set->count))
		return false;
	while (a < end || b < last) {
		bool first = b == last || (a < end && a->from <= b->from);

		to.spans[to.count++] = first ? *a++ : *b++;
	}
	free(set->spans);
	*set = to;
	return true;
}

/* Most sets are one settled set after another. */
static bool
sort(struct busy_set *set)
{
	size_t middle = run_end(set, 0);

	if (middle < set->count && run_end(set, middle) == set->count)
		return merge_runs(set, middle);
	if (middle < set->count)
		qsort(set->spans, set->count, sizeof(*set->spans), by_start);
	return true;
}

/* Appends to a settled beginning: a neighbour of its type is lengthened. */
static void
append(struct busy_set *set, int64_t from, int64_t until, enum busy_type type)
{
	struct busy_span *last =
	    set->count ? &set->spans[set->count - 1] : NULL;

	if (last && last->until == from && last->type == type)
		last->until = until;
	else if (set->spans)
		set->spans[set->count++] =
		    (struct busy_span){from, until, type};
}

/* Of the spans of one type that have begun only the latest end counts: what
 * holds at a moment is the highest type whose end is still to come. */
static void
emit(struct busy_set *to, const int64_t ends[BUSY_TYPES], int64_t from,
    int64_t until)
{
	while (from < until) {
		int type = BUSY_TYPES - 1;
		int64_t end;

		while (type >= 0 && ends[type] <= from)
			type--;
		if (type < 0)
			return;
		end = ends[type] < until ? ends[type] : until;
		append(to, from, end, (enum busy_type)type);
		from = end;
	}
}

bool
busy_settle(struct busy_set *set)
{
	int64_t ends[BUSY_TYPES] = {INT64_MIN, INT64_MIN, INT64_MIN, INT64_MIN,
	    INT64_MIN};
	struct busy_set to = {0};

	if (set->failed)
		return false;
	if (set->count == 0)
		return true;
	/* Each span adds a beginning and an end. */
	if (!sort(set) || !reserve(&to, set->count * 2)) {
		set->failed = true;
		return false;
	}
	for (size_t i = 0; i < set->count; i++) {
		const struct busy_span *span = &set->spans[i];
		int64_t next = i + 1 < set->count ? span[1].from : INT64_MAX;

		if (span->until > ends[span->type])
			ends[span->type] = span->until;
		emit(&to, ends, span->from, next);
	}
	free(set->spans);
	*set = to;
	shrink(set);
	set->settled = set->count;
	return true;
}

bool
busy_cut(struct busy_set *set, const struct busy_set *holes)
{
	struct busy_set to = {0};
	size_t hole = 0;

	if (set->failed || holes->failed ||
	    !reserve(&to, set->count + holes->count + 1)) {
		set->failed = true;
		return false;
	}
	for (size_t i = 0; i < set->count; i++) {
		struct busy_span span = set->spans[i];

		while (hole < holes->count &&
		       holes->spans[hole].until <= span.from)
			hole++;
		for (size_t k = hole;
		     k < holes->count && holes->spans[k].from < span.until;
		     k++) {
			if (holes->spans[k].from > span.from)
				append(&to, span.from, holes->spans[k].from,
				    span.type);
			span.from = holes->spans[k].until;
		}
		if (span.from < span.until)
			append(&to, span.from, span.until, span.type);
	}
	free(set->spans);
	*set = to;
	set->settled = set->count;
	return true;
}

/* --- asking --------------------------------------------------------------- */

size_t
busy_after(const struct busy_set *set, int64_t instant)
{
	size_t low = 0, high = set->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (set->spans[middle].until <= instant)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

enum busy_type
busy_highest(const struct busy_set *set, int64_t from, int64_t until)
{
	enum busy_type highest = BUSY_FREE;

	for (size_t i = busy_after(set, from);
	     i < set->count && set->spans[i].from < until; i++)
		if (set->spans[i].type > highest)
			highest = set->spans[i].type;
	return highest;
}

/* --- words ---------------------------------------------------------------- */

static const struct {
	struct str fbtype, word;
} words[BUSY_TYPES] = {
    {STR_C("FREE"), STR_C("free")},
    {STR_C("X-UNKNOWN"), STR_C("unknown")},
    {STR_C("BUSY-TENTATIVE"), STR_C("tentative")},
    {STR_C("BUSY"), STR_C("busy")},
    {STR_C("BUSY-UNAVAILABLE"), STR_C("unavailable")},
};

enum busy_type
busy_type_parse(struct str fbtype)
{
	for (int type = 0; type < BUSY_TYPES; type++)
		if (str_ieq(words[type].fbtype, fbtype))
			return (enum busy_type)type;
	return BUSY_BUSY;
}

struct str
busy_type_fbtype(enum busy_type type)
{
	return words[type].fbtype;
}

struct str
busy_type_word(enum busy_type type)
{
	return words[type].word;
}
