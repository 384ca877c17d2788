/*
 * Inside zone_merge: zone_merge.c looks at calendars, zone_merge_settle.c
 * decides names and gives them out. Nobody else includes this.
 */
#ifndef KALENDS_CAL_ZONE_MERGE_IMPL_H
#define KALENDS_CAL_ZONE_MERGE_IMPL_H

#include "base/arena.h"
#include "cal/zone_merge.h"

#define DEFINITIONS_MOST 20000
#define TZIDS_MOST       100000
#define NO_DEFINITION    UINT32_MAX

/* A text of a VTIMEZONE; the same text is one definition. */
struct definition {
	struct str text;
	uint64_t hash;
	uint32_t tzid;
	struct pos pos;
	struct zone *zone; /* NULL: cannot be used */
};

/* What a TZID means in some of the calendars. */
struct variant {
	uint32_t definition;        /* NO_DEFINITION: used without one */
	int64_t earliest;           /* local time; INT64_MAX: none known */
	uint64_t parts, used_parts; /* bits */
	uint32_t same;              /* the variant that stands for it */
	struct str name;            /* what it will be called */
};

struct tzid {
	struct str name;
	uint64_t hash;
	struct variant *variants;
	uint32_t count, room;
	struct pos pos; /* of the first use */

	/* In the calendar at hand. */
	bool touched, used;
	uint32_t definition, variant;
	int64_t earliest;
	uint64_t opened; /* number of the opened calendar that has it */
};

struct slots {
	uint32_t *at; /* index + 1; 0: free */
	size_t room, count;
};

struct zone_merge {
	struct zone_merge_options options;
	struct arena arena;
	struct definition *definitions;
	size_t definition_count, definition_room;
	struct slots definition_slots;
	struct tzid *tzids;
	size_t tzid_count, tzid_room;
	struct slots tzid_slots;
	uint32_t *touched;
	size_t touched_count, touched_room;
	uint64_t opened;
	size_t walks; /* comparisons year by year so far */
};

/* The entry of a TZID, made where there is none and `make`. NULL where there
 * is none, or without memory. */
struct tzid *zone_merge_tzid(struct zone_merge *merge, struct str name,
    bool make);

/* Without the blanks and backslashes that some write in the parameter. */
struct str zone_merge_key(struct str tzid, char *bytes, size_t room);

#define KEY_ROOM 256

#endif
