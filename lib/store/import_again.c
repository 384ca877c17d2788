/* Where somebody else was faster. */
#include <stdio.h>
#include <stdlib.h>

#include "store/import_impl.h"

#define TRIES 8

/* --- once more ------------------------------------------------------------ */

struct outcome {
	enum vdir_outcome outcome;
	struct error err;
	char name[VDIR_NAME];
};

static void
keep_outcome(void *arg, const struct vdir_result *result)
{
	struct outcome *outcome = arg;

	outcome->outcome = result->outcome;
	outcome->err = result->err;
	snprintf(outcome->name, sizeof(outcome->name), "%s", result->name);
}

/* What the folder has of the entry's object now. */
static bool
look(struct importing *run, const struct import_entry *entry, struct error *err)
{
	struct import_target *target = &run->target;
	struct vdir_item *item = &run->item;
	struct vdir *vdir = run->import->vdir;
	bool found;

	target_reset(target);
	target->identity = entry->identity;
	if (!buf_add_str(&target->uid, buf_str(&entry->uid)))
		return error_set(err, ERR_MEMORY, pos_none(), "no memory");
	if (entry->uid.n)
		found = vdir_find(vdir, buf_str(&entry->uid), item, err);
	else
		found = vdir_read(vdir, entry->name, item, err) &&
		        digest_same(&item->identity, &entry->identity);
	if (found)
		return target_from_item(target, item->name, &item->version,
		    false, item->revisions, item->count, err);
	return err->code != ERR_MEMORY;
}

static bool
pieces_revisions(struct importing *run, struct str pieces, size_t *count,
    struct error *err)
{
	struct piece piece;
	size_t n;

	for (*count = 0; pieces.n; ++*count) {
		memcpy(&n, pieces.p, sizeof(n));
		pieces = str_from(pieces, sizeof(n));
		if (!revisions_room(&run->revisions, &run->revision_room,
			*count + 1, err))
			return false;
		memcpy(&piece, pieces.p, sizeof(piece));
		run->revisions[*count] = piece.revision;
		pieces = str_from(pieces, n);
	}
	return true;
}

static bool
try_again(struct importing *run, const struct import_entry *entry,
    enum import_verdict *verdict, struct outcome *outcome, struct error *err)
{
	struct import_target *target = &run->target;
	struct vdir *vdir = run->import->vdir;
	size_t count;
	bool ok;

	*outcome = (struct outcome){.outcome = VDIR_DONE};
	if (!look(run, entry, err) ||
	    !pieces_revisions(run, buf_str(&entry->pieces), &count, err))
		return false;
	*verdict = import_judge(run->import, run->revisions, count, target);
	memcpy(outcome->name, target->name, sizeof(outcome->name));
	if (!import_accepts(*verdict))
		return true;
	if (!import_assemble(run, buf_str(&entry->pieces), err))
		return false;
	if (target->name[0])
		ok = vdir_replace(vdir, target->name, &target->version,
		    &run->assembly.out, 0, &outcome->err);
	else
		ok = vdir_add(vdir, buf_str(&entry->uid), &entry->identity,
		    &run->assembly.out, 0, &outcome->err);
	if (!ok || !vdir_commit(vdir, keep_outcome, outcome, err))
		outcome->outcome = VDIR_FAILED;
	return true;
}

static void
tell_again(struct importing *run, const struct import_entry *entry,
    enum import_verdict verdict, const struct outcome *outcome)
{
	const char *name = outcome->name;

	if (outcome->outcome == VDIR_FAILED) {
		run->import->report(run->import->arg, &outcome->err);
		verdict = IMPORT_FAILED;
	} else if (verdict == IMPORT_CONFLICT ||
		   outcome->outcome == VDIR_CHANGED) {
		import_complain(run, ERR_VALUE, entry->pos,
		    "somebody else writes %s, and neither version is newer; "
		    "%s stays",
		    name, name);
		verdict = IMPORT_CONFLICT;
	}
	import_tell(run, verdict, buf_str(&entry->uid), name, entry->pos);
}

bool
import_again(struct importing *run, struct import_entry *entry,
    struct error *err)
{
	enum import_verdict verdict = IMPORT_CONFLICT;
	struct outcome outcome = {.outcome = VDIR_CHANGED};

	if (entry->removal) {
		/* Not what the source was without: it may be wanted. */
		import_complain(run, ERR_VALUE, (struct pos){entry->name, 0, 0},
		    "changed meanwhile: not removed");
		import_tell(run, IMPORT_CONFLICT, buf_str(&entry->uid),
		    entry->name, entry->pos);
		return true;
	}
	for (int i = 0; i < TRIES && outcome.outcome == VDIR_CHANGED; i++)
		if (!try_again(run, entry, &verdict, &outcome, err))
			return false;
	tell_again(run, entry, verdict, &outcome);
	return true;
}

/* --- newcomers ------------------------------------------------------------ */

static struct import_entry *
entry_of(struct importing *run, const struct digest *identity)
{
	for (size_t i = 0; i < run->entry_count; i++)
		if (run->entries[i].verdict == IMPORT_NEW &&
		    !run->entries[i].again &&
		    digest_same(&run->entries[i].identity, identity))
			return &run->entries[i];
	return NULL;
}

/* Takes ours away again; what is to become of the other's is decided anew. */
static bool
step_back(struct importing *run, struct import_entry *entry, struct error *err)
{
	struct outcome outcome;

	if (!vdir_remove(run->import->vdir, entry->name, &entry->version, 0,
		err) ||
	    !vdir_commit(run->import->vdir, keep_outcome, &outcome, err))
		return false;
	entry->again = outcome.outcome == VDIR_DONE;
	return true;
}

bool
import_newcomers(struct importing *run, struct error *err)
{
	struct vdir *vdir = run->import->vdir;
	struct vdir_item *item = &run->item;
	struct import_entry *entry;
	const char *name;

	if (run->broken || run->seen.count >= run->seen_most)
		return true;
	if (!vdir_rewind(vdir, err))
		return false;
	while (vdir_next(vdir, &name, err)) {
		if (import_has_seen(run, name))
			continue;
		if (!import_see(run, name, err))
			return false;
		if (!vdir_read(vdir, name, item, err) || item->several)
			continue;
		entry = entry_of(run, &item->identity);
		if (entry && !step_back(run, entry, err))
			return false;
	}
	return err->code == ERR_NONE;
}
