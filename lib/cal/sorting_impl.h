/*
 * Inside the sorting: sorting.c takes items and writes them, sorting_keys.c
 * brings components into the sorter. Nobody else includes this.
 */
#ifndef KALENDS_CAL_SORTING_IMPL_H
#define KALENDS_CAL_SORTING_IMPL_H

#include "cal/sorting.h"

/* Where the bytes of a component are. */
enum where {
	WHERE_HERE,   /* in the payload */
	WHERE_SOURCE, /* in the file that is read */
	WHERE_SPOOL,
	WHERE_NOWHERE, /* of check: its line is enough */
};

/* What a component is sorted with besides its key. */
struct place {
	uint64_t number; /* in its calendar: order among equals */
	uint64_t line;
	uint64_t offset, size;
	uint8_t where, owed;
	uint32_t own; /* bytes of its own key, where series are sorted */
};

/* Adds a component with its place. */
bool sorting_add(struct sorting *sorting, const struct record *record,
    struct place *place, struct error *err);

/* Keeps it until every zone is known: at the end of the calendar. */
bool sorting_wait(struct sorting *sorting, const struct record *record,
    const struct place *place, struct error *err);
bool sorting_add_waiting(struct sorting *sorting, struct error *err);

/* Gives each member of a series the place of its first. */
bool sorting_regroup(struct sorting *sorting, struct error *err);

/* The place that a key in the sorter ends with. */
struct place sorting_place(struct str key);

#endif
