/*
 * An arena: memory that is given out piece by piece and taken back all at
 * once. Whatever a record needs lives in that record's arena; the input loop
 * resets it before the next record.
 */
#ifndef KALENDS_BASE_ARENA_H
#define KALENDS_BASE_ARENA_H

#include "base/str.h"

struct arena_block;

struct arena {
	struct arena_block *first, *current;
	size_t max;  /* bytes given out at most; 0: no bound */
	size_t used; /* bytes given out since the last reset */
};

/* {0} is an arena without bound. */
void arena_init(struct arena *arena, size_t max);

/* Takes everything back; keeps one block of memory for the next round. */
void arena_reset(struct arena *arena);
void arena_free(struct arena *arena);

/* n bytes aligned for any type, zeroed; NULL without memory or above max. */
void *arena_alloc(struct arena *arena, size_t n);

/* count * size bytes, NULL also when the product overflows. */
void *arena_array(struct arena *arena, size_t count, size_t size);

/* A copy of s; a slice with p == NULL when there is no memory for it. */
struct str arena_copy(struct arena *arena, struct str s);

/* A NUL-terminated copy, or NULL. */
char *arena_cstr(struct arena *arena, struct str s);

#endif
