/*
 * Looking up numbers by names: a table of hashes. Two names may have one hash,
 * so the caller compares what it finds.
 */
#ifndef KALENDS_CLI_LOOKUP_H
#define KALENDS_CLI_LOOKUP_H

#include "base/str.h"

#define LOOKUP_NONE SIZE_MAX

struct lookup {
	struct lookup_entry *entries;
	size_t count, room;
};

/* salt: tells names of one kind from those of another. */
uint64_t lookup_hash(struct str name, uint64_t salt);

void lookup_free(struct lookup *lookup);

/* False without memory. */
bool lookup_add(struct lookup *lookup, uint64_t hash, size_t number);

/* The next number that was added with that hash, in the order in which they
 * were; *at is SIZE_MAX before the first. LOOKUP_NONE after the last. */
size_t lookup_next(const struct lookup *lookup, uint64_t hash, size_t *at);

#endif
