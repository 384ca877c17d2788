#include "time/zones_impl.h"

#include <stdlib.h>

/* FNV-1a, begun with the map's address: an input cannot know which of its
 * names would fall together. */
static uint64_t
hash_of(const struct zone_map *map, struct str name)
{
	uint64_t hash = 14695981039346656037u ^ (uint64_t)(uintptr_t)map;

	for (size_t i = 0; i < name.n; i++)
		hash = (hash ^ (unsigned char)name.p[i]) * 1099511628211u;
	return hash ^ hash >> 32;
}

static struct zone_map_entry *
slot_of(const struct zone_map *map, uint64_t hash, struct str name)
{
	size_t at = hash & (map->room - 1);

	while (map->entries[at].name.p &&
	       (map->entries[at].hash != hash ||
		   !str_eq(map->entries[at].name, name)))
		at = (at + 1) & (map->room - 1);
	return &map->entries[at];
}

bool
zone_map_find(const struct zone_map *map, struct str name,
    const struct zone **zone)
{
	const struct zone_map_entry *entry;

	*zone = NULL;
	if (map->count == 0)
		return false;
	entry = slot_of(map, hash_of(map, name), name);
	*zone = entry->zone;
	return entry->name.p != NULL;
}

static bool
grow(struct zone_map *map)
{
	struct zone_map bigger = {.room = map->room ? map->room * 2 : 16};

	bigger.entries = calloc(bigger.room, sizeof(*bigger.entries));
	if (!bigger.entries)
		return false;
	for (size_t i = 0; i < map->room; i++) {
		const struct zone_map_entry *entry = &map->entries[i];

		if (entry->name.p)
			*slot_of(&bigger, entry->hash, entry->name) = *entry;
	}
	bigger.count = map->count;
	free(map->entries);
	*map = bigger;
	return true;
}

bool
zone_map_add(struct zone_map *map, struct str name, const struct zone *zone)
{
	struct zone_map_entry *entry;
	uint64_t hash = hash_of(map, name);
	char *copy;

	if (map->count * 2 >= map->room && !grow(map))
		return false;
	entry = slot_of(map, hash, name);
	if (!entry->name.p) {
		copy = malloc(name.n + 1);
		if (!copy)
			return false;
		if (name.n)
			memcpy(copy, name.p, name.n);
		entry->name = (struct str){copy, name.n};
		entry->hash = hash;
		map->count++;
	}
	entry->zone = zone;
	return true;
}

void
zone_map_reset(struct zone_map *map)
{
	for (size_t i = 0; i < map->room && map->count; i++) {
		/* copied in zone_map_add(), so ours to free */
		union {
			const char *shared;
			char *own;
		} name = {.shared = map->entries[i].name.p};

		if (name.own) {
			free(name.own);
			map->count--;
		}
		map->entries[i] = (struct zone_map_entry){0};
	}
}

void
zone_map_free(struct zone_map *map)
{
	zone_map_reset(map);
	free(map->entries);
	*map = (struct zone_map){0};
}
