#include "base/sorter.h"

#include <stdlib.h>
#include <unistd.h>

#include "base/buf.h"
#include "base/sorter_impl.h"

#define OUT_MOST ((size_t)256 << 10)

/* Each entry also needs half a sort_entry of scratch while sorting. */
#define PER_ENTRY (sizeof(struct sort_entry) + sizeof(struct sort_entry) / 2)

static bool
no_memory(struct error *err)
{
	return error_set(err, ERR_MEMORY, pos_none(), "no memory to sort");
}

struct sorter *
sorter_new(size_t memory)
{
	struct sorter *sorter = calloc(1, sizeof(*sorter));

	if (!sorter)
		return NULL;
	if (memory < SORTER_LEAST)
		memory = SORTER_LEAST;
	sorter->fd = -1;
	sorter->out_room = memory / 16 < OUT_MOST ? memory / 16 : OUT_MOST;
	sorter->memory = (memory - sorter->out_room) & ~(size_t)15;
	sorter->room = (SORTER_LEAST - SORTER_LEAST / 16) & ~(size_t)15;
	sorter->block = malloc(sorter->room);
	if (!sorter->block) {
		free(sorter);
		return NULL;
	}
	return sorter;
}

void
sorter_free(struct sorter *sorter)
{
	if (!sorter)
		return;
	if (sorter->fd >= 0)
		close(sorter->fd);
	free(sorter->block);
	free(sorter->out);
	free(sorter->runs);
	free(sorter->sources);
	free(sorter->heap);
	free(sorter->large);
	free(sorter);
}

bool
sorter_reset(struct sorter *sorter, struct error *err)
{
	sorter->bytes = sorter->count = sorter->given = 0;
	sorter->out_bytes = sorter->run_count = sorter->live = 0;
	sorter->sorted = NULL;
	sorter->merging = sorter->top_given = sorter->failed = false;
	free(sorter->large);
	sorter->large = NULL;
	sorter->large_room = 0;
	if (sorter->file_end && ftruncate(sorter->fd, 0) < 0)
		return error_errno(err, pos_none(),
		    "cannot empty a temporary file");
	sorter->file_end = 0;
	return true;
}

/* The sort_entries, the last one added first. */
static struct sort_entry *
entries_of(const struct sorter *sorter)
{
	void *top = sorter->block + sorter->room;

	return (struct sort_entry *)top - sorter->count;
}

static struct str
key_at(const struct sorter *sorter, size_t at)
{
	const char *p = sorter->block + at;
	struct str key;
	size_t payload;

	p += size_read(p, &key.n);
	key.p = p + size_read(p, &payload);
	return key;
}

/* The keys' common beginning is left out of the prefixes: keys of one calendar
 * often begin alike (a date, a domain). */
static void
fill_prefixes(struct sorter *sorter, struct sort_entry *entries)
{
	struct str first = key_at(sorter, entries[0].at);
	size_t skip = first.n;

	for (size_t i = 1; i < sorter->count && skip; i++) {
		struct str key = key_at(sorter, entries[i].at);
		size_t same = 0;

		while (
		    same < skip && same < key.n && key.p[same] == first.p[same])
			same++;
		skip = same;
	}
	sorter->skip = skip;
	for (size_t i = 0; i < sorter->count; i++)
		entries[i].prefix =
		    key_prefix(key_at(sorter, entries[i].at), skip);
}

static void
sort_memory(struct sorter *sorter)
{
	struct sort_entry *entries = entries_of(sorter);
	size_t align = _Alignof(struct sort_entry);
	size_t scratch = (sorter->bytes + align - 1) / align * align;

	sorter->sorted = entries;
	if (!sorter->count)
		return;
	for (size_t i = 0, j = sorter->count - 1; i < j; i++, j--) {
		struct sort_entry entry = entries[i];

		entries[i] = entries[j];
		entries[j] = entry;
	}
	fill_prefixes(sorter, entries);
	sorter_sort(sorter, entries, sorter->count,
	    (void *)(sorter->block + scratch));
}

static struct str
entry_at(const struct sorter *sorter, size_t at)
{
	const char *p = sorter->block + at;
	size_t key, payload, header;

	header = size_read(p, &key);
	header += size_read(p + header, &payload);
	return (struct str){p, header + key + payload};
}

static bool
spill(struct sorter *sorter, struct error *err)
{
	if (!sorter->count)
		return true;
	sort_memory(sorter);
	if (!run_begin(sorter, err))
		return false;
	for (size_t i = 0; i < sorter->count; i++)
		if (!run_write(sorter, entry_at(sorter, sorter->sorted[i].at),
			err))
			return false;
	sorter->bytes = sorter->count = 0;
	return run_end(sorter, err);
}

static bool
fits(const struct sorter *sorter, size_t need)
{
	size_t used = sorter->bytes + (sorter->count + 1) * PER_ENTRY +
	              _Alignof(struct sort_entry);

	return used <= sorter->room && need <= sorter->room - used;
}

/* Twice the block, as long as it may grow and there is memory. */
static bool
grow(struct sorter *sorter)
{
	size_t old = sorter->room;
	size_t room = old > sorter->memory / 2 ? sorter->memory : old * 2;
	size_t top = sorter->count * sizeof(struct sort_entry);
	char *block;

	if (room <= old)
		return false;
	block = realloc(sorter->block, room);
	if (!block) {
		sorter->memory = old;
		return false;
	}
	memmove(block + room - top, block + old - top, top);
	sorter->block = block;
	sorter->room = room;
	return true;
}

static bool
add_to_file(struct sorter *sorter, struct str header, struct str key,
    struct str payload, struct error *err)
{
	/* What came before must be in an earlier run: order among equals. */
	return spill(sorter, err) && run_begin(sorter, err) &&
	       run_write(sorter, header, err) && run_write(sorter, key, err) &&
	       run_write(sorter, payload, err) && run_end(sorter, err);
}

static void
put(struct sorter *sorter, struct str bytes)
{
	if (bytes.n)
		memcpy(sorter->block + sorter->bytes, bytes.p, bytes.n);
	sorter->bytes += bytes.n;
}

bool
sorter_add(struct sorter *sorter, struct str key, struct str payload,
    struct error *err)
{
	char sizes[HEADER_MOST];
	struct str header = {sizes, size_write(sizes, key.n)};
	size_t need;

	header.n += size_write(sizes + header.n, payload.n);
	if (key.n > SIZE_MAX / 4 || payload.n > SIZE_MAX / 4)
		return no_memory(err);
	need = header.n + key.n + payload.n;
	while (!fits(sorter, need))
		if (!grow(sorter))
			break;
	if (!fits(sorter, need)) {
		if (need > sorter->room / 2)
			return add_to_file(sorter, header, key, payload, err);
		if (!spill(sorter, err))
			return false;
	}
	sorter->count++;
	*entries_of(sorter) = (struct sort_entry){0, sorter->bytes};
	put(sorter, header);
	put(sorter, key);
	put(sorter, payload);
	return true;
}

bool
sorter_finish(struct sorter *sorter, struct error *err)
{
	if (sorter->run_count == 0) {
		sort_memory(sorter);
		return true;
	}
	if (!spill(sorter, err))
		return false;
	sorter->merging = true;
	return merge_begin(sorter, err);
}

bool
sorter_next(struct sorter *sorter, struct str *key, struct str *payload,
    struct error *err)
{
	const struct sort_entry *entry;

	if (err)
		err->code = ERR_NONE;
	if (sorter->merging)
		return merge_next(sorter, key, payload, err);
	if (sorter->given == sorter->count)
		return false;
	entry = &sorter->sorted[sorter->given++];
	/* Sorted entries lie all over the block: fetch the ones to come. */
	if (sorter->count - sorter->given > 8)
		__builtin_prefetch(sorter->block + entry[8].at);
	*key = key_at(sorter, entry->at);
	*payload = entry_at(sorter, entry->at);
	*payload = str_from(*payload, (size_t)(key->p - payload->p) + key->n);
	return true;
}

bool
sorter_key_int(struct buf *key, int64_t number)
{
	uint64_t bits = (uint64_t)number ^ (uint64_t)1 << 63;
	char bytes[8];

	for (int i = 0; i < 8; i++)
		bytes[i] = (char)(bits >> (56 - 8 * i));
	return buf_add(key, bytes, sizeof(bytes));
}

int64_t
sorter_key_read(struct str key)
{
	uint64_t number = 0;

	for (size_t i = 0; i < 8 && i < key.n; i++)
		number = number << 8 | (unsigned char)key.p[i];
	return (int64_t)(number ^ (uint64_t)1 << 63);
}
