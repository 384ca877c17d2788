/* What was decided is written, some thousand changes at a time. */
#include <stdio.h>
#include <stdlib.h>

#include "store/import_impl.h"

/* --- names that are known ------------------------------------------------- */

bool
import_see(struct importing *run, const char *name, struct error *err)
{
	if (run->seen.count >= run->seen_most ||
	    hashset_add(&run->seen, hash_of(str_of(name))))
		return true;
	return error_set(err, ERR_MEMORY, pos_none(), "no memory");
}

bool
import_has_seen(const struct importing *run, const char *name)
{
	return hashset_has(&run->seen, hash_of(str_of(name)));
}

/* --- entries -------------------------------------------------------------- */

static struct import_entry *
new_entry(struct importing *run, struct str uid, struct str pieces,
    struct error *err)
{
	struct import_entry *entry;

	if (run->entry_count == run->entry_room) {
		size_t room = run->entry_room ? run->entry_room * 2 : 64;
		struct import_entry *grown =
		    realloc(run->entries, room * sizeof(*grown));

		if (!grown) {
			error_set(err, ERR_MEMORY, pos_none(), "no memory");
			return NULL;
		}
		run->entries = grown;
		run->entry_room = room;
	}
	entry = &run->entries[run->entry_count];
	*entry = (struct import_entry){0};
	buf_add_str(&entry->uid, uid);
	buf_add_str(&entry->pieces, pieces);
	if (buf_ok(&entry->uid) && buf_ok(&entry->pieces)) {
		run->entry_count++;
		return entry;
	}
	buf_free(&entry->uid);
	buf_free(&entry->pieces);
	error_set(err, ERR_MEMORY, pos_none(), "no memory");
	return NULL;
}

static void
drop_last(struct importing *run)
{
	struct import_entry *entry = &run->entries[--run->entry_count];

	buf_free(&entry->uid);
	buf_free(&entry->pieces);
}

/* A change that could not even be begun: a full disk, most likely. What waits
 * has its place on it already. */
static void
give_up(struct importing *run, const struct error *err)
{
	if (!run->broken)
		run->import->report(run->import->arg, err);
	run->broken = true;
}

/* --- writing -------------------------------------------------------------- */

bool
import_assemble(struct importing *run, struct str pieces, struct error *err)
{
	struct piece piece;
	size_t n;

	if (!assembly_reset(&run->assembly, err))
		return false;
	while (pieces.n) {
		memcpy(&n, pieces.p, sizeof(n));
		pieces = str_from(pieces, sizeof(n));
		arena_reset(&run->arena);
		if (!piece_unpack(&piece, str_head(pieces, n), &run->arena))
			return error_set(err, ERR_MEMORY, pos_none(),
			    "no memory");
		if (!assembly_add(&run->assembly, &piece, err))
			return false;
		pieces = str_from(pieces, n);
	}
	return assembly_end(&run->assembly, err);
}

static bool
begin_change(struct importing *run, uint64_t token, struct error *err)
{
	const struct import_target *target = &run->target;
	struct vdir *vdir = run->import->vdir;

	if (target->name[0])
		return vdir_replace(vdir, target->name, &target->version,
		    &run->assembly.out, token, err);
	return vdir_add(vdir, buf_str(&target->uid), &target->identity,
	    &run->assembly.out, token, err);
}

bool
import_write(struct importing *run, struct error *err)
{
	struct import_target *target = &run->target;
	struct str uid = buf_str(&target->uid);
	struct import_entry *entry;

	if (run->import->dry_run || run->broken) {
		import_tell(run, run->broken ? IMPORT_FAILED : target->verdict,
		    uid, target->name, target->pos);
		return true;
	}
	if (!import_assemble(run, buf_str(&target->pieces), err))
		return false;
	entry = new_entry(run, uid, buf_str(&target->pieces), err);
	if (!entry)
		return false;
	entry->identity = target->identity;
	entry->pos = target->pos;
	entry->verdict = target->verdict;
	if (!begin_change(run, run->entry_count - 1, err)) {
		drop_last(run);
		give_up(run, err);
		import_tell(run, IMPORT_FAILED, uid, target->name, target->pos);
		return import_flush(run, err);
	}
	return true;
}

bool
import_remove(struct importing *run, const char *name,
    const struct digest *version, struct str uid, struct error *err)
{
	struct str none = {NULL, 0};
	struct import_entry *entry;

	if (run->import->dry_run || run->broken) {
		import_tell(run, run->broken ? IMPORT_FAILED : IMPORT_REMOVED,
		    uid, name, pos_none());
		return true;
	}
	entry = new_entry(run, uid, none, err);
	if (!entry)
		return false;
	entry->removal = true;
	entry->verdict = IMPORT_REMOVED;
	return vdir_remove(run->import->vdir, name, version,
	    run->entry_count - 1, err);
}

/* --- outcomes ------------------------------------------------------------- */

static void
told(void *arg, const struct vdir_result *result)
{
	struct importing *run = arg;
	struct import_entry *entry = &run->entries[result->token];
	struct error err;

	snprintf(entry->name, sizeof(entry->name), "%s", result->name);
	entry->version = *result->version;
	switch (result->outcome) {
	case VDIR_DONE:
		import_see(run, result->name, &err);
		break;
	case VDIR_CHANGED:
		entry->again = true;
		break;
	case VDIR_FAILED:
		give_up(run, &result->err);
		entry->verdict = IMPORT_FAILED;
		break;
	}
}

bool
import_is_full(const struct importing *run)
{
	uint64_t bytes;

	return run->entry_count > 0 &&
	       (vdir_waiting(run->import->vdir, &bytes) >= BATCH_MOST ||
		   bytes >= BATCH_BYTES);
}

bool
import_flush(struct importing *run, struct error *err)
{
	bool ok = true;

	if (run->entry_count == 0)
		return true;
	if (!vdir_commit(run->import->vdir, told, run, err))
		give_up(run, err);
	ok = import_newcomers(run, err);
	for (size_t i = 0; i < run->entry_count; i++) {
		struct import_entry *entry = &run->entries[i];

		if (ok && entry->again)
			ok = import_again(run, entry, err);
		else
			import_tell(run, entry->verdict, buf_str(&entry->uid),
			    entry->name, entry->pos);
		buf_free(&entry->uid);
		buf_free(&entry->pieces);
	}
	run->entry_count = 0;
	return ok;
}
