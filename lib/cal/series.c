#include "cal/series.h"

#include <stdlib.h>

#include "cal/instances.h"
#include "cal/length.h"

/* An override with the instant of the instance that it stands for. */
struct override {
	const struct event *event;
	int64_t key;
	size_t order;  /* as it stands in the file */
	int64_t shift; /* of THISANDFUTURE, on the wall clock */
};

/* Occurrences moved back to before others that are not reached yet. */
#define WAITING_MOST ((size_t)1 << 18)

struct series {
	const struct event *master;
	struct series_options options;
	struct instances *instances;
	bool ended;
	int64_t reached; /* all instances before this have been seen */

	struct override *overrides; /* sorted by key, then order */
	size_t override_count;
	struct override *futures; /* those of them with THISANDFUTURE */
	size_t future_count;
	int64_t back; /* no more than 0: how far THISANDFUTURE moves back */

	/* Occurrences of overrides, by start. */
	struct occurrence *fixed;
	size_t fixed_count, fixed_next;

	/* Occurrences that a THISANDFUTURE may still overtake: a heap. */
	struct occurrence *heap;
	size_t heap_count, heap_room;

	struct zone_cursor start_cursor, end_cursor;
};

static bool
no_memory(struct error *err)
{
	return error_set(err, ERR_MEMORY, pos_none(), "no memory");
}

/* --- one event, one occurrence ------------------------------------------ */

static bool
touches(const struct occurrence *occurrence,
    const struct series_options *options)
{
	return occurrence->from < options->until &&
	       (occurrence->until > options->from ||
		   occurrence->from >= options->from);
}

bool
series_single(const struct event *event, const struct series_options *options,
    struct occurrence *occurrence)
{
	struct zone_cursor cursor = {0};

	*occurrence = (struct occurrence){.event = event,
	    .start = event->start,
	    .recurrence_id = event->recurrence_id};
	occurrence->from = when_instant(&event->start, options->zone, &cursor);
	occurrence_set_end(occurrence, event, options->zone, &cursor);
	return touches(occurrence, options);
}

/* At least as long as any occurrence with this event's length. */
static int64_t
length_bound(const struct event *event, const struct zone *zone)
{
	struct occurrence occurrence = {.start = event->start};
	struct zone_cursor cursor = {0};

	occurrence.from = when_instant(&event->start, zone, &cursor);
	occurrence_set_end(&occurrence, event, zone, &cursor);
	return occurrence.until - occurrence.from + 2 * SECONDS_A_DAY;
}

/* --- THISANDFUTURE -------------------------------------------------------- */

/* How far the override moves its instance on its own wall clock, on which a
 * start that is skipped is the later time that it means (3.3.5). */
static int64_t
shift_of(const struct event *override, const struct event *master,
    const struct zone *zone)
{
	int64_t key = instance_key(master, &override->recurrence_id, zone);
	struct zone_cursor cursor = {0};
	struct when was, is;

	if (override->start.kind == WHEN_DATE)
		return override->start.local -
		       (int64_t)local_day(override->recurrence_id.local) *
		           SECONDS_A_DAY;
	was = when_of_instant(&override->start, key, zone, &cursor);
	is = when_of_instant(&override->start,
	    when_instant(&override->start, zone, &cursor), zone, &cursor);
	return is.local - was.local;
}

/* How many of a sorted list have a key at or before one. */
static size_t
count_until(const struct override *list, size_t count, int64_t key)
{
	size_t low = 0, high = count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (list[middle].key <= key)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/* The override whose THISANDFUTURE holds at an instant, or NULL. */
static const struct override *
future_at(const struct series *series, int64_t key)
{
	size_t n = count_until(series->futures, series->future_count, key);

	return n ? &series->futures[n - 1] : NULL;
}

static bool
has_override(const struct series *series, int64_t key)
{
	size_t n = count_until(series->overrides, series->override_count, key);

	return n && series->overrides[n - 1].key == key;
}

/* --- occurrences of instances --------------------------------------------- */

static void
make_occurrence(struct series *series, const struct instance *instance,
    struct occurrence *occurrence)
{
	const struct event *master = series->master;
	const struct zone *zone = series->options.zone;
	const struct override *future = future_at(series, instance->instant);

	*occurrence = (struct occurrence){.event = master,
	    .start = master->start,
	    .from = instance->instant};
	occurrence->start.local = instance->local;
	if (event_recurs(master))
		occurrence->recurrence_id = occurrence->start;
	if (future) {
		const struct event *event = future->event;

		occurrence->event = event;
		occurrence->start = when_of_instant(&event->start,
		    instance->instant, zone, &series->start_cursor);
		if (event->start.kind == WHEN_DATE)
			occurrence->start.local =
			    (int64_t)local_day(occurrence->start.local) *
			    SECONDS_A_DAY;
		occurrence->start.local += future->shift;
		occurrence->from = when_instant(&occurrence->start, zone,
		    &series->start_cursor);
	}
	occurrence_set_end(occurrence, occurrence->event, zone,
	    &series->end_cursor);
	if (instance->date && !future)
		occurrence_set_period(occurrence, instance->date, zone,
		    &series->end_cursor);
}

/* --- the heap ------------------------------------------------------------- */

static bool
heap_add(struct series *series, const struct occurrence *occurrence,
    struct error *err)
{
	size_t i = series->heap_count;

	if (i == WAITING_MOST)
		return error_set(err, ERR_LIMIT, series->master->pos,
		    "too many instances are moved back: the rest of this "
		    "series is left out");
	if (i == series->heap_room) {
		size_t room = i ? i * 2 : 8;
		struct occurrence *heap =
		    realloc(series->heap, room * sizeof(*heap));

		if (!heap)
			return no_memory(err);
		series->heap = heap;
		series->heap_room = room;
	}
	series->heap_count++;
	while (i > 0 && series->heap[(i - 1) / 2].from > occurrence->from) {
		series->heap[i] = series->heap[(i - 1) / 2];
		i = (i - 1) / 2;
	}
	series->heap[i] = *occurrence;
	return true;
}

static struct occurrence
heap_take(struct series *series)
{
	struct occurrence *heap = series->heap;
	struct occurrence least = heap[0], last = heap[--series->heap_count];
	size_t n = series->heap_count, i = 0;

	for (;;) {
		size_t child = 2 * i + 1;

		if (child >= n)
			break;
		if (child + 1 < n && heap[child + 1].from < heap[child].from)
			child++;
		if (heap[child].from >= last.from)
			break;
		heap[i] = heap[child];
		i = child;
	}
	if (n)
		heap[i] = last;
	return least;
}

/* --- setting up ----------------------------------------------------------- */

static int
by_key(const void *a, const void *b)
{
	const struct override *x = a, *y = b;

	if (x->key != y->key)
		return x->key < y->key ? -1 : 1;
	return (x->order > y->order) - (x->order < y->order);
}

static int
by_start(const void *a, const void *b)
{
	const struct occurrence *x = a, *y = b;

	if (x->from != y->from)
		return x->from < y->from ? -1 : 1;
	return (x->event->pos.line > y->event->pos.line) -
	       (x->event->pos.line < y->event->pos.line);
}

/* Of two overrides of one instance the one with the greater SEQUENCE counts,
 * the later in the file where they are equal. */
static void
drop_doubles(struct series *series)
{
	struct override *list = series->overrides;
	size_t kept = 0;

	for (size_t i = 0; i < series->override_count; i++) {
		if (kept && list[kept - 1].key == list[i].key) {
			if (list[i].event->sequence >=
			    list[kept - 1].event->sequence)
				list[kept - 1] = list[i];
			continue;
		}
		list[kept++] = list[i];
	}
	series->override_count = kept;
}

static bool
set_overrides(struct series *series, const struct event *const *overrides,
    size_t count, struct error *err)
{
	const struct zone *zone = series->options.zone;

	if (count == 0)
		return true;
	series->overrides = calloc(count, sizeof(*series->overrides));
	series->fixed = calloc(count, sizeof(*series->fixed));
	if (!series->overrides || !series->fixed)
		return no_memory(err);
	for (size_t i = 0; i < count; i++) {
		const struct event *event = overrides[i];
		const struct event *like =
		    series->master ? series->master : event;

		series->overrides[i] = (struct override){event,
		    instance_key(like, &event->recurrence_id, zone), i, 0};
	}
	series->override_count = count;
	qsort(series->overrides, count, sizeof(*series->overrides), by_key);
	drop_doubles(series);
	for (size_t i = 0; i < series->override_count; i++) {
		const struct event *event = series->overrides[i].event;
		struct occurrence *fixed = &series->fixed[series->fixed_count];

		if (series_single(event, &series->options, fixed))
			series->fixed_count++;
	}
	qsort(series->fixed, series->fixed_count, sizeof(*series->fixed),
	    by_start);
	return true;
}

/* Lists the overrides with THISANDFUTURE; what the range looks like for
 * instances, given their shifts and all lengths. */
static bool
set_futures(struct series *series, int64_t *first, int64_t *until,
    struct error *err)
{
	const struct zone *zone = series->options.zone;
	int64_t length = length_bound(series->master, zone), forth = 0;
	struct override *futures =
	    calloc(series->override_count + 1, sizeof(*futures));

	if (!futures)
		return no_memory(err);
	series->futures = futures;
	for (size_t i = 0; i < series->override_count; i++) {
		struct override future = series->overrides[i];
		int64_t n;

		if (!future.event->this_and_future)
			continue;
		future.shift = shift_of(future.event, series->master, zone);
		n = length_bound(future.event, zone);
		length = n > length ? n : length;
		forth = future.shift > forth ? future.shift : forth;
		if (future.shift < series->back)
			series->back = future.shift;
		futures[series->future_count++] = future;
	}
	/* A shift is one of wall clocks: zones may add to it. */
	if (series->future_count)
		series->back -= 2 * SECONDS_A_DAY;
	*first = series->options.from - length - forth;
	*until = series->options.until - series->back;
	return true;
}

static void
clamp(struct series_options *options)
{
	int64_t first = LOCAL_FIRST - 400 * SECONDS_A_DAY;
	int64_t last = LOCAL_LAST + 400 * SECONDS_A_DAY;

	if (options->from < first)
		options->from = first;
	if (options->until > last)
		options->until = last;
}

struct series *
series_new(const struct event *master, const struct event *const *overrides,
    size_t count, const struct series_options *options, struct error *err)
{
	struct series *series = calloc(1, sizeof(*series));
	int64_t first = INT64_MIN, until = INT64_MAX;

	if (!series) {
		no_memory(err);
		return NULL;
	}
	series->master = master;
	series->options = *options;
	clamp(&series->options);
	if (!set_overrides(series, overrides, count, err))
		goto fail;
	series->ended = !master || master->start.kind == WHEN_NONE;
	if (series->ended)
		return series;
	if (!set_futures(series, &first, &until, err))
		goto fail;
	series->instances =
	    instances_new(master, &series->options, first, until, err);
	if (!series->instances)
		goto fail;
	return series;
fail:
	series_free(series);
	return NULL;
}

void
series_free(struct series *series)
{
	if (!series)
		return;
	instances_free(series->instances);
	free(series->overrides);
	free(series->futures);
	free(series->fixed);
	free(series->heap);
	free(series);
}

/* --- what comes out ------------------------------------------------------- */

/* Takes one more instance into the heap, or finds the end. */
static bool
advance(struct series *series, struct error *err)
{
	struct occurrence occurrence;
	struct instance instance;

	if (!instances_next(series->instances, &instance, err)) {
		series->ended = true;
		return err->code == ERR_NONE;
	}
	series->reached = instance.instant + series->back;
	if (has_override(series, instance.instant))
		return true;
	make_occurrence(series, &instance, &occurrence);
	if (!touches(&occurrence, &series->options))
		return true;
	return heap_add(series, &occurrence, err);
}

bool
series_next(struct series *series, struct occurrence *occurrence,
    struct error *err)
{
	const struct occurrence *fixed;

	while (!series->ended && (series->heap_count == 0 ||
				     series->heap[0].from > series->reached))
		if (!advance(series, err))
			return false;
	err->code = ERR_NONE;
	fixed = series->fixed_next < series->fixed_count
	            ? &series->fixed[series->fixed_next]
	            : NULL;
	if (series->heap_count &&
	    (!fixed || series->heap[0].from <= fixed->from)) {
		*occurrence = heap_take(series);
		return true;
	}
	if (!fixed)
		return false;
	*occurrence = *fixed;
	series->fixed_next++;
	return true;
}

bool
series_is_finite(const struct event *master)
{
	for (const struct event_rule *r = master->rules; r; r = r->next)
		if (r->rule.count == 0 && r->rule.until_kind == UNTIL_NONE)
			return false;
	return true;
}
