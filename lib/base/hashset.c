#include "base/hashset.h"

#include <stdlib.h>

#include "base/digest.h"

void
hashset_free(struct hashset *set)
{
	free(set->slots);
	*set = (struct hashset){0};
}

uint64_t
hash_of(struct str bytes)
{
	struct digest digest = digest_of(bytes);
	uint64_t hash;

	memcpy(&hash, digest.bytes, sizeof(hash));
	return hash ? hash : 1;
}

static uint64_t *
slot_of(uint64_t *slots, size_t room, uint64_t hash)
{
	size_t i = (size_t)hash & (room - 1);

	while (slots[i] && slots[i] != hash)
		i = (i + 1) & (room - 1);
	return &slots[i];
}

static bool
grow(struct hashset *set)
{
	size_t room = set->room ? set->room * 2 : 64;
	uint64_t *slots = calloc(room, sizeof(*slots));

	if (!slots)
		return false;
	for (size_t i = 0; i < set->room; i++)
		if (set->slots[i])
			*slot_of(slots, room, set->slots[i]) = set->slots[i];
	free(set->slots);
	set->slots = slots;
	set->room = room;
	return true;
}

bool
hashset_add(struct hashset *set, uint64_t hash)
{
	uint64_t *slot;

	if ((set->count + 1) * 2 > set->room && !grow(set))
		return false;
	slot = slot_of(set->slots, set->room, hash);
	set->count += *slot == 0;
	*slot = hash;
	return true;
}

bool
hashset_has(const struct hashset *set, uint64_t hash)
{
	return set->room && *slot_of(set->slots, set->room, hash) != 0;
}
