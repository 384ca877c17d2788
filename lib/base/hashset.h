/*
 * A set of 64-bit hashes, eight to sixteen bytes each, for "was that there
 * before". Two texts with one hash are one: who uses it says why that is no
 * harm.
 */
#ifndef KALENDS_BASE_HASHSET_H
#define KALENDS_BASE_HASHSET_H

#include "base/str.h"

/* {0} is the empty set. */
struct hashset {
	uint64_t *slots; /* open addressing; 0: free */
	size_t count, room;
};

void hashset_free(struct hashset *set);

/* Of bytes that a hostile sender may have chosen: the first 8 of their SHA-256;
 * never 0. */
uint64_t hash_of(struct str bytes);

/* False without memory. */
bool hashset_add(struct hashset *set, uint64_t hash);
bool hashset_has(const struct hashset *set, uint64_t hash);

#endif
