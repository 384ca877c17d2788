#include "base/arena.h"

#include <stdalign.h>
#include <stdlib.h>

#include "base/memory.h"

#define BLOCK_SIZE ((size_t)16 << 10)

struct arena_block {
	struct arena_block *next;
	size_t used, room;
	alignas(max_align_t) char bytes[];
};

void
arena_init(struct arena *arena, size_t max)
{
	*arena = (struct arena){.max = max};
}

static void
free_chain(struct arena_block *block)
{
	while (block) {
		struct arena_block *next = block->next;

		free(block);
		block = next;
	}
}

void
arena_reset(struct arena *arena)
{
	struct arena_block *block = arena->first;

	if (!block)
		return;
	free_chain(block->next);
	block->next = NULL;
	if (block->room > 4 * BLOCK_SIZE) {
		free(block);
		arena->first = NULL;
	} else {
		block->used = 0;
	}
	arena->current = arena->first;
	arena->used = 0;
}

void
arena_free(struct arena *arena)
{
	while (arena->kept) {
		struct arena_kept *kept = arena->kept;

		arena->kept = kept->next;
		kept->drop(kept);
	}
	free_chain(arena->first);
	*arena = (struct arena){.max = arena->max};
}

void
arena_keep(struct arena *arena, struct arena_kept *kept)
{
	kept->next = arena->kept;
	arena->kept = kept;
}

static bool
add_block(struct arena *arena, size_t n)
{
	size_t room = n > BLOCK_SIZE ? n : BLOCK_SIZE;
	struct arena_block *block;

	if (n > SIZE_MAX - sizeof(*block))
		return false;
	block = malloc(sizeof(*block) + room);
	if (!block) {
		memory_note_short();
		return false;
	}
	*block = (struct arena_block){.room = room};
	if (arena->current)
		arena->current->next = block;
	else
		arena->first = block;
	arena->current = block;
	return true;
}

void *
arena_alloc(struct arena *arena, size_t n)
{
	struct arena_block *block = arena->current;
	size_t align = alignof(max_align_t);
	char *p;

	if (n > SIZE_MAX / 2 || (arena->max && n > arena->max - arena->used))
		return NULL;
	n = (n + align - 1) / align * align;
	if (arena->max && n > arena->max - arena->used)
		return NULL;
	if (!block || block->room - block->used < n) {
		if (!add_block(arena, n))
			return NULL;
		block = arena->current;
	}
	p = block->bytes + block->used;
	block->used += n;
	arena->used += n;
	return memset(p, 0, n);
}

void *
arena_array(struct arena *arena, size_t count, size_t size)
{
	if (size && count > SIZE_MAX / size)
		return NULL;
	return arena_alloc(arena, count * size);
}

struct str
arena_copy(struct arena *arena, struct str s)
{
	const char *p = arena_cstr(arena, s);

	return (struct str){p, p ? s.n : 0};
}

char *
arena_cstr(struct arena *arena, struct str s)
{
	char *p = s.n < SIZE_MAX ? arena_alloc(arena, s.n + 1) : NULL;

	if (p && s.n)
		memcpy(p, s.p, s.n);
	return p;
}
