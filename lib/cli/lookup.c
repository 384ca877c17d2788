#include "cli/lookup.h"

#include <stdlib.h>

#include "base/memory.h"

struct lookup_entry {
	uint64_t hash;
	size_t number; /* one more; 0: none here */
};

uint64_t
lookup_hash(struct str name, uint64_t salt)
{
	uint64_t hash = UINT64_C(0xcbf29ce484222325) + salt * 977;

	for (size_t i = 0; i < name.n; i++)
		hash =
		    (hash ^ (unsigned char)name.p[i]) * UINT64_C(0x100000001b3);
	return hash ^ hash >> 32;
}

void
lookup_free(struct lookup *lookup)
{
	free(lookup->entries);
	*lookup = (struct lookup){0};
}

static void
put(struct lookup *lookup, uint64_t hash, size_t number)
{
	size_t mask = lookup->room - 1, at = (size_t)hash & mask;

	while (lookup->entries[at].number)
		at = (at + 1) & mask;
	lookup->entries[at] = (struct lookup_entry){hash, number};
}

static bool
grow(struct lookup *lookup)
{
	struct lookup old = *lookup;
	size_t start = 0;

	lookup->room = old.room ? old.room * 2 : 64;
	lookup->entries = calloc(lookup->room, sizeof(*lookup->entries));
	if (!lookup->entries) {
		memory_note_short();
		*lookup = old;
		return false;
	}
	/* From a free place on, so that equal hashes keep their order. */
	while (start < old.room && old.entries[start].number)
		start++;
	for (size_t i = 0; i < old.room; i++) {
		const struct lookup_entry *entry =
		    &old.entries[(start + i) % old.room];

		if (entry->number)
			put(lookup, entry->hash, entry->number);
	}
	free(old.entries);
	return true;
}

bool
lookup_add(struct lookup *lookup, uint64_t hash, size_t number)
{
	if (lookup->count * 2 >= lookup->room && !grow(lookup))
		return false;
	put(lookup, hash, number + 1);
	lookup->count++;
	return true;
}

size_t
lookup_next(const struct lookup *lookup, uint64_t hash, size_t *at)
{
	size_t mask = lookup->room - 1;

	if (lookup->room == 0)
		return LOOKUP_NONE;
	*at = (*at == SIZE_MAX ? (size_t)hash : *at + 1) & mask;
	for (; lookup->entries[*at].number; *at = (*at + 1) & mask)
		if (lookup->entries[*at].hash == hash)
			return lookup->entries[*at].number - 1;
	return LOOKUP_NONE;
}
