/*
 * A vdir: a calendar as a folder, a file an object (the format that vdirsyncer
 * specifies and khal, todoman and Radicale read too).
 *
 *	DIR/NAME.ics		an item: all components of one UID, with their
 *				VTIMEZONEs, in one VCALENDAR without METHOD
 *	DIR/displayname, color	what the calendar is called; "#rrggbb"
 *	DIR/.kalends-*.tmp	ours, while something is being changed
 *
 * Items end in ".ics"; hidden files and those in ".tmp" are nobody's business.
 *
 * Names. A UID is hostile. It is the name where it is harmless: 1 to 200 bytes
 * of A-Z a-z 0-9 . _ @ + -, no dot in front. Else the name is the first 40
 * hex digits of the UID's SHA-256; where a file of that name has another UID
 * (a case-insensitive disk, an attack), "-2", "-3" and so on follow. Others
 * name as they like: an object is found by reading, never by its name alone.
 *
 * Readers see each item whole, old or new, at any time, and need no lock. Items
 * and folders are opened below the folder's descriptor, symbolic links and what
 * is no regular file are refused, so nothing leads out of the folder. Writers
 * of kalends exclude each other (lock.h). Those that know no lock of ours
 * (vdirsyncer, khal, an editor) are guarded against as follows.
 *
 *  - A new item is written to a temporary file and given a name that must not
 *    exist.
 *  - A replacement changes places with the item in one step. What came out must
 *    be, byte for byte, the version that the caller has read; else it goes
 *    back and the change is refused: VDIR_CHANGED. Read again, decide again.
 *  - An item that is removed is set aside, compared, and put back if it has
 *    changed.
 *
 * A change is on disk before its name is (fsync of the file, or one syncfs for
 * many), and the folder is synchronised before vdir_commit() returns. After a
 * crash, of the process or the machine, each item is old or new. Temporary
 * files carry in their names what they are (".kalends-KIND-OLD-NEW-NAME.tmp",
 * hashes), and vdir_open() for writing sweeps up after the dead: also a foreign
 * version that had just come out goes back to its place.
 *
 * Files are made with mode 0600 and folders with 0700; a replacement keeps
 * mode and, for root, the owner. What root makes belongs to the folder's owner.
 * rename.h tells what is weaker on filesystems without renameat2(2).
 *
 *	vdir = vdir_open(path, VDIR_WRITE | VDIR_CREATE, &err);
 *	for (;;) {
 *		found = vdir_find(vdir, uid, &item, &err);
 *		... decide; make `content`, a spool ...
 *		if (found)
 *			vdir_replace(vdir, item.name, &item.version, content,
 *			    0, &err);
 *		else
 *			vdir_add(vdir, uid, &identity, content, 0, &err);
 *		vdir_commit(vdir, told, arg, &err);
 *		... told VDIR_DONE: over; VDIR_CHANGED: once more ...
 *	}
 */
#ifndef KALENDS_STORE_VDIR_H
#define KALENDS_STORE_VDIR_H

#include "base/digest.h"
#include "base/spool.h"
#include "store/item.h"

struct vdir;

enum vdir_flags {
	VDIR_WRITE = 1,    /* takes the locks, waiting for them; sweeps up */
	VDIR_CREATE = 2,   /* makes the folder (not its parents) if need be */
	VDIR_LOCKED = 4,   /* the caller has store_lock_root()'s lock */
	VDIR_NOFOLLOW = 8, /* `path` itself may not be a symbolic link */
};

/* NULL on ERR_IO (ERR_ABSENT where there is no such folder), ERR_MEMORY. path
 * is borrowed: for errors. */
struct vdir *vdir_open(const char *path, unsigned flags, struct error *err);
void vdir_close(struct vdir *vdir);

/* --- reading -------------------------------------------------------------- */

/* The names of items, in no order; names live until the next call. One that
 * comes or goes meanwhile may be among them or not. False at the end (err->code
 * ERR_NONE) or on ERR_IO. */
bool vdir_rewind(struct vdir *vdir, struct error *err);
bool vdir_next(struct vdir *vdir, const char **name, struct error *err);

/* Reads an item: what is in it and its version (item.h), no bytes. False:
 * ERR_ABSENT where there is none of that name; ERR_IO, ERR_SYNTAX and so on for
 * one that cannot be read or is no object: it is left alone. */
bool vdir_read(struct vdir *vdir, const char *name, struct vdir_item *item,
    struct error *err);

/* The item of a UID, by its likely names first, then by reading all. What
 * cannot be read is passed over. False: ERR_ABSENT, or trouble. */
bool vdir_find(struct vdir *vdir, struct str uid, struct vdir_item *item,
    struct error *err);

/* All bytes of an item; ERR_ABSENT where its version is another by now, and
 * ERR_LIMIT above bytes->max. */
bool vdir_bytes(struct vdir *vdir, const struct vdir_item *item,
    struct buf *bytes, struct error *err);

/* The path of an item, for errors about it; lives as long as the vdir. */
struct pos vdir_pos(struct vdir *vdir, const char *name);

/* --- writing -------------------------------------------------------------- */

enum vdir_change { VDIR_ADD, VDIR_REPLACE, VDIR_REMOVE };

enum vdir_outcome {
	VDIR_DONE,
	VDIR_CHANGED, /* by somebody else meanwhile; nothing was done */
	VDIR_FAILED,  /* err tells why; nothing was done */
};

struct vdir_result {
	enum vdir_change change;
	enum vdir_outcome outcome;
	uint64_t token;   /* as given with the change */
	const char *name; /* of the item; lives until told() returns */
	const struct digest *version; /* of what is there now, if not removed */
	bool same;                    /* vdir_put() found just that */
	struct error err;             /* VDIR_FAILED */
};

/* Changes wait until vdir_commit(): many at once cost little more than one, and
 * some thousand are a good number. Contents are written here. When one of these
 * fails (a full disk) that change is dropped; those before it still wait.
 * `token` is given back with the outcome.
 *
 * vdir_add: for a UID that no item has. identity: revision.h's
 * object_identity().
 * vdir_put: whatever item has that name, or none, is replaced: for files that
 * are named by the caller; the name must be vdir_safe_name()'s. */
bool vdir_add(struct vdir *vdir, struct str uid, const struct digest *identity,
    struct spool *content, uint64_t token, struct error *err);
bool vdir_replace(struct vdir *vdir, const char *name,
    const struct digest *version, struct spool *content, uint64_t token,
    struct error *err);
bool vdir_remove(struct vdir *vdir, const char *name,
    const struct digest *version, uint64_t token, struct error *err);
bool vdir_put(struct vdir *vdir, const char *name, struct spool *content,
    uint64_t token, struct error *err);

/* How many changes wait, and bytes of contents. */
size_t vdir_waiting(const struct vdir *vdir, uint64_t *bytes);

/* Puts them in place and tells the outcome of each, in order, once all are on
 * disk. False when disk or folder could not be synchronised or locked: then
 * what was told VDIR_FAILED may be there or not. */
bool vdir_commit(struct vdir *vdir,
    void (*told)(void *arg, const struct vdir_result *result), void *arg,
    struct error *err);

/* Writes `displayname` or `color` where the folder has none; `text` goes on one
 * line. True too where there is one already. */
bool vdir_note(struct vdir *vdir, const char *which, struct str text,
    struct error *err);

/* --- names ---------------------------------------------------------------- */

#define VDIR_NAME 256 /* room for a name with its NUL */

/* The n-th name, from 0, to try for an object; the same on every machine. */
void vdir_name(char name[VDIR_NAME], struct str uid,
    const struct digest *identity, unsigned n);

/* A name with ".ics" for a file called `text` by people: letters of any
 * alphabet stay, what is not safe becomes '-', one for several; "x" where
 * nothing is left of it. */
void vdir_safe_name(char name[VDIR_NAME], struct str text);

#endif
