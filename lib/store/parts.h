/*
 * Parts: calendars cut into files of a folder, by month, by attendee, by number
 * of components or by size. Components of one UID and calendar stay in one
 * file; each file is a whole iCalendar stream: assemble.h tells how calendars
 * of several sources share it.
 *
 * A file that is there already is replaced in one step, and left alone where it
 * would not change.
 */
#ifndef KALENDS_STORE_PARTS_H
#define KALENDS_STORE_PARTS_H

#include "base/hashset.h"
#include "cal/assemble.h"
#include "store/vdir.h"
#include "time/zone.h"

enum parts_by {
	PARTS_BY_MONTH,    /* 2026-11.ics, undated.ics */
	PARTS_BY_ATTENDEE, /* alice@example.org.ics, no-attendee.ics */
	PARTS_BY_COUNT,    /* part-00001.ics */
	PARTS_BY_SIZE,
};

enum parts_verdict {
	PARTS_NEW,
	PARTS_REPLACED,
	PARTS_UNCHANGED,
	PARTS_FAILED, /* could not be written */
};
#define PARTS_VERDICTS 4

/* "new" and so on. */
extern const char *const parts_verdict_names[PARTS_VERDICTS];

struct parts_result {
	enum parts_verdict verdict;
	const char *name;
	uint64_t components;
};

/* Files that are written into a folder under names that people gave. */
struct parts_folder {
	/* Set by the caller. */
	struct vdir *vdir; /* NULL: only say what would be written */
	bool dry_run;
	void (*found)(void *arg, const struct parts_result *result);
	void (*report)(void *arg, const struct error *err);
	void *arg;

	uint64_t counts[PARTS_VERDICTS];

	/* Private. */
	struct hashset used; /* names, in lower case */
	bool broken;
	struct parts_waiting *waiting;
	size_t waiting_room;
};

void parts_folder_free(struct parts_folder *folder);

/* A file name for `label`, which no other label has got: "-2" and so on is
 * added. Names that differ by case only count as one, for disks that think
 * so. */
bool parts_name(struct parts_folder *folder, struct str label,
    char name[VDIR_NAME], struct error *err);

/* Writes a file; what was done is told later, when it is on disk. */
bool parts_write(struct parts_folder *folder, const char *name,
    struct spool *content, uint64_t components, struct error *err);

/* Tells of all that was written. */
bool parts_flush(struct parts_folder *folder, struct error *err);

struct parts {
	/* Set by the caller. */
	struct parts_folder folder;
	struct gather *gather; /* BY_CALENDAR, with parts_tag_*() */
	size_t memory;
	enum parts_by by;
	uint64_t most; /* BY_COUNT components, BY_SIZE bytes */

	/* Private. */
	struct assembly assembly;
	struct sorter *sorter;
	struct buf key, payload, label;
	struct arena arena;
	uint64_t number; /* of the part, from 1 */
};

/* For gather's `tag`: the month of a component (zone: of times in UTC), its
 * attendees. */
bool parts_tag_month(const struct zone *zone, const struct record *record,
    struct buf *tags, struct arena *arena);
bool parts_tag_attendees(void *arg, const struct record *record,
    struct buf *tags, struct arena *arena);

bool parts_run(struct parts *parts, struct error *err);

#endif
