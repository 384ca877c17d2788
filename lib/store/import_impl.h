/*
 * Inside the import: import.c goes through source and folder and decides,
 * import_folder.c reads the folder, import_write.c writes, import_again.c
 * decides again where somebody else was faster. Nobody else includes this.
 */
#ifndef KALENDS_STORE_IMPORT_IMPL_H
#define KALENDS_STORE_IMPORT_IMPL_H

#include "base/hashset.h"
#include "store/import.h"

#define BATCH_MOST  ((size_t)4096)
#define BATCH_BYTES ((uint64_t)64 << 20)

/* An object that is being decided: what it is compared with. */
struct import_target {
	struct buf uid;
	struct digest identity;
	bool exists;                /* else there is nothing to compare with */
	struct revision *revisions; /* of the item, or accepted from source */
	size_t count, room;

	char name[VDIR_NAME]; /* of the item; empty: none */
	struct digest version;
	bool several; /* the item has other objects too */

	bool accepted; /* something of the source is to be written */
	enum import_verdict verdict;
	struct buf pieces; /* of it, packed: a size_t before each */
	struct pos pos;
};

/* A change that waits in the vdir, by its token. */
struct import_entry {
	bool removal, again;
	enum import_verdict verdict;
	struct buf uid, pieces;
	struct digest identity, version;
	char name[VDIR_NAME];
	struct pos pos;
};

struct importing {
	struct import *import;
	struct assembly assembly;
	struct arena arena;
	bool broken; /* nothing can be written any more */
	uint64_t items, objects;

	/* The folder, in the order of keys. */
	struct sorter *stored;
	bool has_stored;
	struct buf stored_key;
	struct str stored_item; /* lives until the next one */

	struct import_target target;
	struct revision *revisions; /* of the object or item at hand */
	size_t revision_room;
	struct buf key, payload;
	struct vdir_item item;

	struct import_entry *entries;
	size_t entry_count, entry_room;

	/* The names of items that are known; none more above seen_most. One
	 * that is taken for another is only not looked at. */
	struct hashset seen;
	size_t seen_most;
};

/* --- import.c ------------------------------------------------------------- */

/* What a version of an object is to another one that is there. */
enum import_verdict import_judge(const struct import *import,
    struct revision *revisions, size_t count, struct import_target *target);
bool import_accepts(enum import_verdict verdict);

/* Makes the target what an item is. */
bool target_from_item(struct import_target *target, const char *name,
    const struct digest *version, bool several,
    const struct revision *revisions, size_t count, struct error *err);
void target_reset(struct import_target *target);
bool revisions_room(struct revision **revisions, size_t *room, size_t count,
    struct error *err);

void import_tell(struct importing *run, enum import_verdict verdict,
    struct str uid, const char *name, struct pos pos);
void import_complain(struct importing *run, enum error_code code,
    struct pos pos, const char *format, ...)
    __attribute__((format(printf, 4, 5)));

void import_progress(struct importing *run);

/* --- import_folder.c ------------------------------------------------------ */

/* Reads all items into run->stored. */
bool import_scan(struct importing *run, struct error *err);
/* Goes to the next one; run->has_stored tells whether there is one. */
bool import_next_stored(struct importing *run, struct error *err);
/* Makes the target what the folder has of a key. */
bool import_take_stored(struct importing *run, struct str key,
    struct error *err);
/* Passes an item that the source has not. */
bool import_pass_stored(struct importing *run, struct error *err);

/* --- import_write.c ------------------------------------------------------- */

/* Writes what the target has accepted, or says what would be done. */
bool import_write(struct importing *run, struct error *err);
bool import_remove(struct importing *run, const char *name,
    const struct digest *version, struct str uid, struct error *err);
/* Whether it is time to flush; never between import_take_stored() and
 * import_write(), since deciding anew takes the target. */
bool import_is_full(const struct importing *run);
bool import_flush(struct importing *run, struct error *err);
bool import_assemble(struct importing *run, struct str pieces,
    struct error *err);
/* Names of items that are known, so that others' stand out. */
bool import_see(struct importing *run, const char *name, struct error *err);
bool import_has_seen(const struct importing *run, const char *name);

/* --- import_again.c ------------------------------------------------------- */

/* Decides an entry anew, with what is in the folder now. */
bool import_again(struct importing *run, struct import_entry *entry,
    struct error *err);

/* After a commit: looks for items that others have added meanwhile and that
 * have objects which we have added too. */
bool import_newcomers(struct importing *run, struct error *err);

#endif
