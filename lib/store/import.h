/*
 * Importing: objects that were gathered go into a vdir, each as an item.
 *
 * Source and folder are both gone through in the order of UIDs, side by side,
 * so that memory follows neither. Of a UID that several calendars of the source
 * have, one after the other is taken, as if they were imported one by one.
 *
 * Changes go into the folder some thousand at a time, each object whole or not
 * at all. An import that was killed is simply run again: what is there is found
 * unchanged.
 */
#ifndef KALENDS_STORE_IMPORT_H
#define KALENDS_STORE_IMPORT_H

#include "cal/assemble.h"
#include "store/vdir.h"

enum import_verdict {
	IMPORT_NEW,
	IMPORT_NEWER,     /* than the item, which it replaces */
	IMPORT_REPLACED,  /* not newer, but asked for by `replace` */
	IMPORT_OLDER,     /* than the item, which stays */
	IMPORT_UNCHANGED, /* the same components */
	IMPORT_CONFLICT,  /* neither is newer: the item stays */
	IMPORT_REMOVED,   /* by `mirror` */
	IMPORT_REFUSED,   /* cannot be stored; `report` was told why */
	IMPORT_FAILED,    /* could not be written */
};
#define IMPORT_VERDICTS 9

/* "new" and so on. */
extern const char *const import_verdict_names[IMPORT_VERDICTS];

/* Which items give way to an object that differs. */
enum import_replace {
	REPLACE_OLDER,
	REPLACE_CONFLICT, /* those in conflict too */
	REPLACE_ALL,      /* and those that are newer */
};

struct import_result {
	enum import_verdict verdict;
	struct str uid;
	const char *name; /* of the item; empty where there is none */
	struct pos pos;   /* in the source; of IMPORT_REMOVED none */
};

struct import {
	/* Set by the caller. */
	struct vdir *vdir;     /* NULL: a folder that is not there (dry_run) */
	struct gather *gather; /* BY_UID, with import_left_out left out */
	size_t memory;
	bool dry_run, mirror;
	enum import_replace replace;
	void (*found)(void *arg, const struct import_result *result);
	void (*report)(void *arg, const struct error *err);
	/* Called for each item read and object decided; may be NULL. */
	void (*progress)(void *arg, uint64_t items, uint64_t objects);
	void *arg;

	uint64_t counts[IMPORT_VERDICTS];
};

/* What of a calendar's own lines an item does not have: METHOD (RFC 4791, 4.1),
 * and what belongs to the folder. */
extern const struct str import_left_out[];
extern const size_t import_left_out_count;

/* False on ERR_IO, ERR_MEMORY in reading; what could not be written has been
 * reported and counted as IMPORT_FAILED. */
bool import_run(struct import *import, struct error *err);

#endif
