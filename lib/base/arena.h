/*
 * An arena: memory that is given out piece by piece and taken back all at
 * once. Whatever a record needs lives in that record's arena; the input loop
 * resets it before the next record.
 */
#ifndef KALENDS_BASE_ARENA_H
#define KALENDS_BASE_ARENA_H

#include "base/str.h"

struct arena_block;

/* Something dear that later rounds use too: see arena_keep(). */
struct arena_kept {
	struct arena_kept *next;
	void (*drop)(struct arena_kept *kept);
};

struct arena {
	struct arena_block *first, *current;
	struct arena_kept *kept; /* the last one kept comes first */
	size_t max;              /* bytes given out at most; 0: no bound */
	size_t used;             /* bytes given out since the last reset */
};

/* {0} is an arena without bound. */
void arena_init(struct arena *arena, size_t max);

/* Takes everything back; keeps one block of memory for the next round, and what
 * arena_keep() was given. */
void arena_reset(struct arena *arena);
/* Takes that back too: gives it to its `drop`. */
void arena_free(struct arena *arena);

/* Whoever made it finds it again in arena->kept, by its `drop`. */
void arena_keep(struct arena *arena, struct arena_kept *kept);

/* n bytes aligned for any type, zeroed; NULL without memory or above max. */
void *arena_alloc(struct arena *arena, size_t n);

/* count * size bytes, NULL also when the product overflows. */
void *arena_array(struct arena *arena, size_t count, size_t size);

/* A copy of s; {NULL, 0} when there is no memory for it. */
struct str arena_copy(struct arena *arena, struct str s);

/* A NUL-terminated copy, or NULL. */
char *arena_cstr(struct arena *arena, struct str s);

#endif
