/* The side of the folder. */
#include <stdlib.h>

#include "store/import_impl.h"

/* An item as it goes through the sorter; its revisions follow. */
struct stored {
	char name[VDIR_NAME];
	struct digest version;
	bool several;
	size_t count;
};

static bool
add_stored(struct importing *run, struct str key, bool several,
    struct error *err)
{
	const struct vdir_item *item = &run->item;
	struct stored stored = {.version = item->version,
	    .several = several,
	    .count = several ? 0 : item->count};

	memcpy(stored.name, item->name, sizeof(stored.name));
	buf_reset(&run->payload);
	buf_add(&run->payload, &stored, sizeof(stored));
	buf_add(&run->payload, item->revisions,
	    stored.count * sizeof(*item->revisions));
	/* Of several with one key the first name is the first. */
	buf_reset(&run->key);
	buf_add_str(&run->key, key);
	buf_add_str(&run->key, str_of(item->name));
	if (!buf_ok(&run->key) || !buf_ok(&run->payload))
		return error_set(err, ERR_MEMORY, pos_none(), "no memory");
	return sorter_add(run->stored, buf_str(&run->key),
	    buf_str(&run->payload), err);
}

static bool
add_item(struct importing *run, struct error *err)
{
	const struct vdir_item *item = &run->item;
	struct str rest = buf_str(&item->keys), start;
	struct buf uid = {0};
	struct buf key = {0};
	bool ok = true;

	if (!item->several) {
		ok = object_key(&key, buf_str(&item->uid), &item->identity) &&
		     add_stored(run, buf_str(&key), false, err);
		buf_free(&key);
		return ok;
	}
	while (ok && rest.n) {
		start = rest;
		ok = object_key_uid(&rest, &uid) &&
		     add_stored(run, str_head(start, start.n - rest.n), true,
			 err);
	}
	buf_free(&uid);
	return ok;
}

bool
import_scan(struct importing *run, struct error *err)
{
	struct vdir *vdir = run->import->vdir;
	const char *name;

	if (!vdir)
		return sorter_finish(run->stored, err);
	if (!vdir_rewind(vdir, err))
		return false;
	while (vdir_next(vdir, &name, err)) {
		if (!import_see(run, name, err))
			return false;
		if (vdir_read(vdir, name, &run->item, err)) {
			if (!add_item(run, err))
				return false;
		} else if (err->code == ERR_MEMORY) {
			return false;
		} else if (err->code != ERR_ABSENT) {
			run->import->report(run->import->arg, err);
		}
		run->items++;
		import_progress(run);
	}
	return err->code == ERR_NONE && sorter_finish(run->stored, err);
}

bool
import_next_stored(struct importing *run, struct error *err)
{
	struct str key, rest;

	run->has_stored =
	    sorter_next(run->stored, &key, &run->stored_item, err);
	if (!run->has_stored)
		return err->code == ERR_NONE;
	rest = key;
	if (!object_key_uid(&rest, &run->payload))
		return error_set(err, ERR_MEMORY, pos_none(), "no memory");
	buf_reset(&run->stored_key);
	if (!buf_add_str(&run->stored_key, str_head(key, key.n - rest.n)))
		return error_set(err, ERR_MEMORY, pos_none(), "no memory");
	return true;
}

/* The item at hand, its revisions in run->revisions. */
static bool
read_stored(struct importing *run, struct stored *stored, struct error *err)
{
	struct str rest = run->stored_item;

	memcpy(stored, rest.p, sizeof(*stored));
	rest = str_from(rest, sizeof(*stored));
	if (!revisions_room(&run->revisions, &run->revision_room, stored->count,
		err))
		return false;
	if (stored->count)
		memcpy(run->revisions, rest.p, rest.n);
	return true;
}

/* Whether a name is one that we would have given. */
static bool
is_our_name(const struct import_target *target, const char *name)
{
	char ours[VDIR_NAME];

	for (unsigned n = 0; n < 3; n++) {
		vdir_name(ours, buf_str(&target->uid), &target->identity, n);
		if (strcmp(ours, name) == 0)
			return true;
	}
	return false;
}

/* A second item of the same UID: somebody made one while we did. The same twice
 * is once too often; the one that another program named stays. */
static bool
take_double(struct importing *run, const struct stored *stored,
    struct error *err)
{
	struct import_target *target = &run->target;
	struct pos pos = vdir_pos(run->import->vdir, stored->name);
	struct digest version = stored->version;
	char name[VDIR_NAME];
	enum object_order order = OBJECT_CONFLICT;

	memcpy(name, stored->name, sizeof(name));
	if (!stored->several && !target->several)
		order = object_compare(run->revisions, stored->count,
		    target->revisions, target->count);
	if (order == OBJECT_SAME) {
		if (is_our_name(target, target->name)) {
			memcpy(name, target->name, sizeof(name));
			version = target->version;
			memcpy(target->name, stored->name, sizeof(name));
			target->version = stored->version;
		}
		return import_remove(run, name, &version, buf_str(&target->uid),
		    err);
	}
	import_complain(run, ERR_VALUE, pos,
	    "has the same UID as %s, and differs; both stay", target->name);
	if (order != OBJECT_NEWER)
		return true;
	return target_from_item(target, stored->name, &stored->version,
	    stored->several, run->revisions, stored->count, err);
}

bool
import_take_stored(struct importing *run, struct str key, struct error *err)
{
	struct import_target *target = &run->target;
	struct stored stored;

	while (run->has_stored && str_eq(key, buf_str(&run->stored_key))) {
		if (!read_stored(run, &stored, err))
			return false;
		if (target->exists ? !take_double(run, &stored, err)
				   : !target_from_item(target, stored.name,
					 &stored.version, stored.several,
					 run->revisions, stored.count, err))
			return false;
		if (!import_next_stored(run, err))
			return false;
	}
	return true;
}

bool
import_pass_stored(struct importing *run, struct error *err)
{
	struct stored stored;
	struct str key = buf_str(&run->stored_key);
	struct buf uid = {0};
	bool ok = true;

	if (run->import->mirror)
		ok = object_key_uid(&key, &uid) &&
		     read_stored(run, &stored, err) &&
		     (stored.several ||
			 import_remove(run, stored.name, &stored.version,
			     buf_str(&uid), err));
	buf_free(&uid);
	return ok && import_next_stored(run, err);
}
