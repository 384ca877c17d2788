/*
 * What zones.c and its neighbours share. Private to lib/time.
 */
#ifndef KALENDS_TIME_ZONES_IMPL_H
#define KALENDS_TIME_ZONES_IMPL_H

#include "base/arena.h"
#include "time/zones.h"

/* Names and what was found under them, which may be nothing. The map copies
 * the names and does not own the zones. {0} is an empty one. */
struct zone_map_entry {
	uint64_t hash;
	struct str name;
	const struct zone *zone;
};

/* Must not be moved: its address is in the hashes. */
struct zone_map {
	struct zone_map_entry *entries; /* name.p is NULL where free */
	size_t count, room;             /* room is a power of two, or 0 */
};

bool zone_map_find(const struct zone_map *map, struct str name,
    const struct zone **zone);
bool zone_map_add(struct zone_map *map, struct str name,
    const struct zone *zone);
void zone_map_reset(struct zone_map *map);
void zone_map_free(struct zone_map *map);

/* Every zone name below a zoneinfo folder, in no order. */
struct zone_list {
	struct arena arena;
	struct str *names;
	size_t count, room;
};

void zone_list_read(struct zone_list *list, const char *dir);
void zone_list_free(struct zone_list *list);

/* The name that differs in case only; empty where there is none. */
struct str zone_list_fold(const struct zone_list *list, struct str name);

/* The name that somebody who typed this most likely meant, or empty. */
struct str zone_list_near(const struct zone_list *list, struct str name);

#endif
