/*
 * Inside the sorter: sorter.c takes entries and sorts what memory holds,
 * sorter_run.c writes and reads runs, sorter_merge.c merges them. Nobody else
 * includes this.
 *
 * An entry is the same bytes in memory and in the file: two sizes, key,
 * payload. A size takes seven bits a byte, the lowest first; all but its last
 * byte have the top bit set.
 */
#ifndef KALENDS_BASE_SORTER_IMPL_H
#define KALENDS_BASE_SORTER_IMPL_H

#include "base/sorter.h"

#define SORTER_LEAST  ((size_t)256 << 10)
#define SORTER_WINDOW ((size_t)16 << 10) /* bytes of a run read at a time */
#define HEADER_MOST   20

/* What is sorted instead of the entry: eight bytes of its key decide most
 * comparisons without a look at the entry. */
struct sort_entry {
	uint64_t prefix;
	size_t at;
};

struct run {
	uint64_t at, size; /* in the file */
};

/* A run being read. window[head .. filled) are the bytes of the file from
 * `at` on; they begin with an entry and hold it whole where it fits. */
struct source {
	uint64_t at, end;
	char *window;
	size_t room, head, filled;
	size_t header, key, payload; /* sizes of the entry at the head */
	uint64_t prefix;
	size_t order;
};

struct sorter {
	size_t memory; /* what block may grow to */
	/* Entries fill the block from the bottom, their sort_entries from the
	 * top; merging carves the windows of the runs out of it. */
	char *block;
	size_t room, bytes, count;
	struct sort_entry *sorted; /* count of them, after sorter_finish() */
	size_t skip;  /* bytes that all keys in memory begin with */
	size_t given; /* of the sorted ones */

	int fd;
	uint64_t file_end;
	char *out; /* what waits to be written at file_end */
	size_t out_room, out_bytes;
	struct run *runs;
	size_t run_count, run_room;

	struct source *sources;
	struct source **heap; /* the least on top */
	size_t live, source_room;
	bool merging, top_given, failed;
	struct error failure; /* of a comparison, which has no other way */
	char *large;          /* an entry larger than its window */
	size_t large_room;
};

static inline size_t
size_write(char *to, size_t size)
{
	size_t n = 0;

	for (; size >= 0x80; size >>= 7)
		to[n++] = (char)(size | 0x80);
	to[n++] = (char)size;
	return n;
}

static inline size_t
size_read(const char *from, size_t *size)
{
	size_t n = 0;
	unsigned shift = 0;

	*size = 0;
	do {
		*size |= ((size_t)(unsigned char)from[n] & 0x7f) << shift;
		shift += 7;
	} while (from[n++] & (char)0x80);
	return n;
}

/* The eight bytes of a key after its first `skip`, zeros after its end. */
static inline uint64_t
key_prefix(struct str key, size_t skip)
{
	size_t n = key.n > skip ? key.n - skip : 0;
	uint64_t prefix = 0;

	for (size_t i = 0; i < n && i < 8; i++)
		prefix |= (uint64_t)(unsigned char)key.p[skip + i]
		          << (56 - 8 * i);
	return prefix;
}

/* Stable; scratch holds count / 2. */
void sorter_sort(const struct sorter *sorter, struct sort_entry *entries,
    size_t count, struct sort_entry *scratch);

/* A run is what is written between begin and end. */
bool run_begin(struct sorter *sorter, struct error *err);
bool run_write(struct sorter *sorter, struct str bytes, struct error *err);
bool run_end(struct sorter *sorter, struct error *err);

/* Fills the window from where the run's first entry is; false at the end of
 * the run (err->code ERR_NONE) or on an error. */
bool source_load(const struct sorter *sorter, struct source *source,
    struct error *err);
/* Goes on to the next entry; then as source_load(). */
bool source_advance(const struct sorter *sorter, struct source *source,
    struct error *err);
bool run_read(const struct sorter *sorter, uint64_t at, char *to, size_t n,
    struct error *err);

/* Merges until as few runs are left as can be read at once, and gets ready
 * to read those. */
bool merge_begin(struct sorter *sorter, struct error *err);
bool merge_next(struct sorter *sorter, struct str *key, struct str *payload,
    struct error *err);

#endif
