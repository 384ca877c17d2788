/* Files of a folder, under names that people gave. */
#include <stdio.h>
#include <stdlib.h>

#include "store/parts.h"

#define FILES_MOST 1024
#define BYTES_MOST ((uint64_t)64 << 20)

const char *const parts_verdict_names[PARTS_VERDICTS] = {"new", "replaced",
    "unchanged", "failed"};

struct parts_waiting {
	uint64_t components;
};

void
parts_folder_free(struct parts_folder *folder)
{
	hashset_free(&folder->used);
	free(folder->waiting);
}

static void
tell(struct parts_folder *folder, enum parts_verdict verdict, const char *name,
    uint64_t components)
{
	struct parts_result result = {verdict, name, components};

	folder->counts[verdict]++;
	folder->found(folder->arg, &result);
}

static void
give_up(struct parts_folder *folder, const struct error *err)
{
	if (!folder->broken)
		folder->report(folder->arg, err);
	folder->broken = true;
}

bool
parts_name(struct parts_folder *folder, struct str label, char name[VDIR_NAME],
    struct error *err)
{
	char lower[VDIR_NAME];
	uint64_t hash;
	size_t n;

	vdir_safe_name(name, label);
	n = strlen(name) - 4;
	for (unsigned k = 2;; k++) {
		size_t i = 0;

		for (; name[i]; i++)
			lower[i] = ascii_lower(name[i]);
		hash = hash_of((struct str){lower, i});
		if (!hashset_has(&folder->used, hash))
			break;
		snprintf(name + n, VDIR_NAME - n, "-%u.ics", k);
	}
	return hashset_add(&folder->used, hash) ||
	       error_set(err, ERR_MEMORY, pos_none(), "no memory");
}

static bool
has_room(struct parts_folder *folder, struct error *err)
{
	if (folder->waiting)
		return true;
	folder->waiting = calloc(FILES_MOST, sizeof(*folder->waiting));
	return folder->waiting ||
	       error_set(err, ERR_MEMORY, pos_none(), "no memory");
}

static bool
is_there(const struct parts_folder *folder, const char *name)
{
	struct vdir_item item = {0};
	struct error err;
	bool there =
	    folder->vdir && (vdir_read(folder->vdir, name, &item, &err) ||
				err.code != ERR_ABSENT);

	vdir_item_free(&item);
	return there;
}

bool
parts_write(struct parts_folder *folder, const char *name,
    struct spool *content, uint64_t components, struct error *err)
{
	uint64_t bytes;
	size_t token;

	if (folder->dry_run || folder->broken) {
		tell(folder,
		    folder->broken           ? PARTS_FAILED
		    : is_there(folder, name) ? PARTS_REPLACED
					     : PARTS_NEW,
		    name, components);
		return true;
	}
	if (!has_room(folder, err))
		return false;
	token = vdir_waiting(folder->vdir, &bytes);
	folder->waiting[token].components = components;
	if (!vdir_put(folder->vdir, name, content, token, err)) {
		give_up(folder, err);
		tell(folder, PARTS_FAILED, name, components);
		return parts_flush(folder, err);
	}
	if (vdir_waiting(folder->vdir, &bytes) < FILES_MOST &&
	    bytes < BYTES_MOST)
		return true;
	return parts_flush(folder, err);
}

static void
told(void *arg, const struct vdir_result *result)
{
	struct parts_folder *folder = arg;
	enum parts_verdict verdict = PARTS_FAILED;
	struct error err;

	if (result->outcome == VDIR_DONE && result->same) {
		verdict = PARTS_UNCHANGED;
	} else if (result->outcome == VDIR_DONE) {
		verdict =
		    result->change == VDIR_ADD ? PARTS_NEW : PARTS_REPLACED;
	} else if (result->outcome == VDIR_CHANGED) {
		error_set(&err, ERR_IO, vdir_pos(folder->vdir, result->name),
		    "somebody else writes it too: left alone");
		folder->report(folder->arg, &err);
	} else {
		give_up(folder, &result->err);
	}
	tell(folder, verdict, result->name,
	    folder->waiting[result->token].components);
}

bool
parts_flush(struct parts_folder *folder, struct error *err)
{
	if (!folder->dry_run && !vdir_commit(folder->vdir, told, folder, err))
		give_up(folder, err);
	return true;
}
