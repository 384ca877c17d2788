/*
 * Inside the vdir: vdir.c opens and reads, change.c writes temporary files,
 * commit.c puts them in place, sweep.c clears up after a crash. Nobody else
 * includes this.
 */
#ifndef KALENDS_STORE_VDIR_IMPL_H
#define KALENDS_STORE_VDIR_IMPL_H

#include <dirent.h>
#include <sys/stat.h>

#include "store/lock.h"
#include "store/vdir.h"

/*
 * Names of temporary files: ".kalends-", a letter, fields, ".tmp".
 *
 *	w-PID-N		being written, or whole and waiting: worth nothing
 *	r-OLD-NEW-NAME	a replacement that changes places with an item: it holds
 *			NEW before, OLD after, or what somebody else wrote
 *	d-OLD-NEW-NAME	an item set aside to be removed (NEW is zeros)
 *
 * OLD and NEW are digests of contents, NAME of the item's name; of each the
 * first TEMP_HASH bytes in hex.
 */
#define TEMP_START  ".kalends-"
#define TEMP_END    ".tmp"
#define TEMP_LETTER (sizeof(TEMP_START) - 1) /* where the letter is */
#define TEMP_HASH   16
#define TEMP_NAME   128

struct change {
	enum vdir_change kind;
	bool safe;    /* of VDIR_ADD: the UID itself may be the name */
	bool fixed;   /* it must have this name and no other */
	bool nothing; /* it is there already, byte for byte */
	char *name;   /* item; of VDIR_ADD the UID's, where that is safe */
	char *given;  /* of VDIR_ADD: the name it got */
	struct digest identity, old, new;
	char temp[TEMP_NAME]; /* empty: none */
	uint64_t token;
	enum vdir_outcome outcome;
	struct error err;
};

struct vdir {
	const char *path;
	int fd;
	bool writes;
	struct stat folder; /* its owner gets what root makes */
	struct store_lock lock;
	DIR *dir;
	struct item_reader items;
	bool has_items;
	struct vdir_item other; /* one that is looked at in passing */
	struct arena names;     /* of items that errors are about */
	struct buf path_now;    /* of the item at hand */
	struct change *changes;
	size_t count, room;
	uint64_t bytes, temps;
};

/* Digest of what a name has. False with errno, ENOENT and so on. */
bool vdir_digest(const struct vdir *vdir, const char *name,
    struct digest *digest);

/* The r and d names; name: of the item. */
void vdir_temp_name(char temp[TEMP_NAME], char letter, const struct digest *old,
    const struct digest *new, const char *name);

/* Whether the field of a temporary file's name is that digest. */
bool vdir_field_is(const char *temp, unsigned field,
    const struct digest *digest);

/* After VDIR_WRITE has its locks. */
bool vdir_sweep(struct vdir *vdir, struct error *err);

/* Makes `temp` and the item change places, and sees that `old` comes out. Else
 * it undoes that. */
enum vdir_outcome vdir_swap_in(struct vdir *vdir, struct change *change);

/* Gives the content of `temp` the name of a note, where there is none. */
bool vdir_place_note(struct vdir *vdir, struct change *change,
    const char *which);

#endif
