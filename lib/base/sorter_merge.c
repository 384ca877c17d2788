#define _GNU_SOURCE /* fallocate() */
#include <fcntl.h>
#include <stdlib.h>

#include "base/sorter_impl.h"

#define WINDOW_MOST ((size_t)1 << 20)

static size_t
key_held(const struct source *source)
{
	size_t held = source->filled - source->head - source->header;

	return held < source->key ? held : source->key;
}

/* Two long keys that are alike as far as the windows hold them. */
static int
compare_on_disk(struct sorter *sorter, const struct source *a,
    const struct source *b, size_t from)
{
	size_t common = a->key < b->key ? a->key : b->key;
	char x[2048], y[2048];
	int order = 0;

	while (from < common && order == 0) {
		size_t n = common - from;

		if (n > sizeof(x))
			n = sizeof(x);
		if (!run_read(sorter, a->at + a->header + from, x, n,
			&sorter->failure) ||
		    !run_read(sorter, b->at + b->header + from, y, n,
			&sorter->failure)) {
			sorter->failed = true;
			return 0;
		}
		order = memcmp(x, y, n);
		from += n;
	}
	return order;
}

static bool
source_less(struct sorter *sorter, const struct source *a,
    const struct source *b)
{
	size_t held, common;
	int order;

	if (a->prefix != b->prefix)
		return a->prefix < b->prefix;
	held = key_held(a) < key_held(b) ? key_held(a) : key_held(b);
	common = a->key < b->key ? a->key : b->key;
	order = memcmp(a->window + a->head + a->header,
	    b->window + b->head + b->header, held);
	if (order == 0 && held < common)
		order = compare_on_disk(sorter, a, b, held);
	if (order == 0 && a->key != b->key)
		order = a->key < b->key ? -1 : 1;
	return order ? order < 0 : a->order < b->order;
}

static void
sink(struct sorter *sorter, size_t i)
{
	struct source **heap = sorter->heap;
	struct source *source = heap[i];

	for (;;) {
		size_t child = 2 * i + 1;

		if (child >= sorter->live)
			break;
		if (child + 1 < sorter->live &&
		    source_less(sorter, heap[child + 1], heap[child]))
			child++;
		if (!source_less(sorter, heap[child], source))
			break;
		heap[i] = heap[child];
		i = child;
	}
	heap[i] = source;
}

/* A failed comparison comes out here. */
static bool
heap_good(struct sorter *sorter, struct error *err)
{
	if (!sorter->failed)
		return true;
	if (err)
		*err = sorter->failure;
	return false;
}

static bool
heap_advance(struct sorter *sorter, struct error *err)
{
	struct error local;

	if (!source_advance(sorter, sorter->heap[0], &local)) {
		if (local.code != ERR_NONE) {
			sorter->failed = true;
			sorter->failure = local;
			return heap_good(sorter, err);
		}
		sorter->heap[0] = sorter->heap[--sorter->live];
	}
	if (sorter->live)
		sink(sorter, 0);
	return heap_good(sorter, err);
}

static bool
room_for(struct sorter *sorter, size_t count, struct error *err)
{
	struct source *sources;
	struct source **heap;

	if (count <= sorter->source_room)
		return true;
	sources = realloc(sorter->sources, count * sizeof(*sources));
	if (sources)
		sorter->sources = sources;
	heap = realloc(sorter->heap, count * sizeof(*heap));
	if (heap)
		sorter->heap = heap;
	if (!sources || !heap)
		return error_set(err, ERR_MEMORY, pos_none(),
		    "no memory to merge");
	sorter->source_room = count;
	return true;
}

static bool
open_runs(struct sorter *sorter, size_t first, size_t count, struct error *err)
{
	size_t window = sorter->room / (count ? count : 1);
	struct error local;

	if (!room_for(sorter, count, err))
		return false;
	if (window > WINDOW_MOST)
		window = WINDOW_MOST;
	sorter->live = 0;
	for (size_t i = 0; i < count; i++) {
		const struct run *run = &sorter->runs[first + i];
		struct source *source = &sorter->sources[i];

		*source = (struct source){.at = run->at,
		    .end = run->at + run->size,
		    .window = sorter->block + i * window,
		    .room = window,
		    .order = i};
		if (source_load(sorter, source, &local)) {
			sorter->heap[sorter->live++] = source;
		} else if (local.code != ERR_NONE) {
			if (err)
				*err = local;
			return false;
		}
	}
	for (size_t i = sorter->live / 2; i-- > 0;)
		sink(sorter, i);
	return heap_good(sorter, err);
}

/* Copies the entry on top, which may be larger than any window. */
static bool
copy_top(struct sorter *sorter, struct error *err)
{
	const struct source *top = sorter->heap[0];
	size_t size = top->header + top->key + top->payload;
	size_t held = top->filled - top->head;
	char piece[4096];

	if (held > size)
		held = size;
	if (!run_write(sorter, (struct str){top->window + top->head, held},
		err))
		return false;
	while (held < size) {
		size_t n = size - held;

		if (n > sizeof(piece))
			n = sizeof(piece);
		if (!run_read(sorter, top->at + held, piece, n, err) ||
		    !run_write(sorter, (struct str){piece, n}, err))
			return false;
		held += n;
	}
	return true;
}

/* Gives the disk space of runs that were merged back; a file system that
 * cannot do that keeps it until the end. */
static void
release(const struct sorter *sorter, size_t first, size_t count)
{
#ifdef FALLOC_FL_PUNCH_HOLE
	for (size_t i = first; i < first + count; i++)
		if (fallocate(sorter->fd,
			FALLOC_FL_PUNCH_HOLE | FALLOC_FL_KEEP_SIZE,
			(off_t)sorter->runs[i].at,
			(off_t)sorter->runs[i].size) < 0)
			return;
#else
	(void)sorter, (void)first, (void)count;
#endif
}

/* Makes one run, which becomes number `to`, of neighbours: only these may be
 * merged, or entries with equal keys would change places. */
static bool
merge_runs(struct sorter *sorter, size_t first, size_t count, size_t to,
    struct error *err)
{
	if (!open_runs(sorter, first, count, err) || !run_begin(sorter, err))
		return false;
	while (sorter->live)
		if (!copy_top(sorter, err) || !heap_advance(sorter, err))
			return false;
	if (!run_end(sorter, err))
		return false;
	release(sorter, first, count);
	sorter->runs[to] = sorter->runs[--sorter->run_count];
	return true;
}

/* One level: as many groups of `most` runs as it takes to come down to `most`,
 * the others stay as they are. */
static bool
merge_level(struct sorter *sorter, size_t most, struct error *err)
{
	size_t count = sorter->run_count;
	size_t groups = (count - most + most - 2) / (most - 1);
	size_t at = 0, to = 0;

	for (; groups && at < count; groups--) {
		size_t n = count - at < most ? count - at : most;

		if (n > 1) {
			if (!merge_runs(sorter, at, n, to++, err))
				return false;
		} else {
			sorter->runs[to++] = sorter->runs[at];
		}
		at += n;
	}
	while (at < count)
		sorter->runs[to++] = sorter->runs[at++];
	sorter->run_count = to;
	return true;
}

bool
merge_begin(struct sorter *sorter, struct error *err)
{
	size_t most = sorter->room / SORTER_WINDOW;

	while (sorter->run_count > most)
		if (!merge_level(sorter, most, err))
			return false;
	sorter->top_given = false;
	return open_runs(sorter, 0, sorter->run_count, err);
}

/* The entry on top where its window holds it, else a copy. */
static const char *
top_bytes(struct sorter *sorter, struct error *err)
{
	const struct source *top = sorter->heap[0];
	size_t size = top->header + top->key + top->payload;

	if (size <= top->filled - top->head)
		return top->window + top->head;
	if (size > sorter->large_room) {
		free(sorter->large);
		sorter->large_room = 0;
		sorter->large = malloc(size);
		if (!sorter->large) {
			error_set(err, ERR_MEMORY, pos_none(),
			    "no memory for an entry of %zu bytes", size);
			return NULL;
		}
		sorter->large_room = size;
	}
	if (!run_read(sorter, top->at, sorter->large, size, err))
		return NULL;
	return sorter->large;
}

bool
merge_next(struct sorter *sorter, struct str *key, struct str *payload,
    struct error *err)
{
	const struct source *top;
	const char *p;

	if (!heap_good(sorter, err))
		return false;
	if (sorter->top_given && !heap_advance(sorter, err))
		return false;
	sorter->top_given = false;
	if (!sorter->live)
		return false;
	p = top_bytes(sorter, err);
	if (!p)
		return false;
	top = sorter->heap[0];
	*key = (struct str){p + top->header, top->key};
	*payload = (struct str){key->p + key->n, top->payload};
	sorter->top_given = true;
	return true;
}
