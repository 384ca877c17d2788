#include "store/import.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include "store/import_impl.h"

const char *const import_verdict_names[IMPORT_VERDICTS] = {"new", "newer",
    "replaced", "older", "unchanged", "conflict", "removed", "refused",
    "failed"};

const struct str import_left_out[] = {STR_C("METHOD"), STR_C("NAME"),
    STR_C("X-WR-CALNAME"), STR_C("COLOR"), STR_C("X-APPLE-CALENDAR-COLOR")};
const size_t import_left_out_count =
    sizeof(import_left_out) / sizeof(*import_left_out);

/* --- what is said --------------------------------------------------------- */

void
import_tell(struct importing *run, enum import_verdict verdict, struct str uid,
    const char *name, struct pos pos)
{
	struct import *import = run->import;
	struct import_result result = {verdict, uid, name, pos};

	import->counts[verdict]++;
	import->found(import->arg, &result);
}

void
import_complain(struct importing *run, enum error_code code, struct pos pos,
    const char *format, ...)
{
	struct error err;
	char text[256];
	va_list args;

	va_start(args, format);
	if (vsnprintf(text, sizeof(text), format, args) < 0)
		text[0] = '\0';
	va_end(args);
	error_set(&err, code, pos, "%s", text);
	run->import->report(run->import->arg, &err);
}

void
import_progress(struct importing *run)
{
	struct import *import = run->import;

	if (import->progress)
		import->progress(import->arg, run->items, run->objects);
}

/* --- targets -------------------------------------------------------------- */

bool
revisions_room(struct revision **revisions, size_t *room, size_t count,
    struct error *err)
{
	size_t more = *room ? *room : 16;
	struct revision *grown;

	if (count <= *room)
		return true;
	while (more < count)
		more *= 2;
	grown = realloc(*revisions, more * sizeof(*grown));
	if (!grown)
		return error_set(err, ERR_MEMORY, pos_none(), "no memory");
	*revisions = grown;
	*room = more;
	return true;
}

void
target_reset(struct import_target *target)
{
	target->exists = target->several = target->accepted = false;
	target->count = 0;
	target->name[0] = '\0';
	buf_reset(&target->uid);
	buf_reset(&target->pieces);
}

static bool
set_revisions(struct import_target *target, const struct revision *revisions,
    size_t count, struct error *err)
{
	if (!revisions_room(&target->revisions, &target->room, count, err))
		return false;
	if (count)
		memcpy(target->revisions, revisions,
		    count * sizeof(*revisions));
	target->count = count;
	target->exists = true;
	return true;
}

bool
target_from_item(struct import_target *target, const char *name,
    const struct digest *version, bool several,
    const struct revision *revisions, size_t count, struct error *err)
{
	snprintf(target->name, sizeof(target->name), "%s", name);
	target->version = *version;
	target->several = several;
	return set_revisions(target, revisions, count, err);
}

/* --- deciding ------------------------------------------------------------- */

bool
import_accepts(enum import_verdict verdict)
{
	return verdict == IMPORT_NEW || verdict == IMPORT_NEWER ||
	       verdict == IMPORT_REPLACED;
}

enum import_verdict
import_judge(const struct import *import, struct revision *revisions,
    size_t count, struct import_target *target)
{
	if (!target->exists)
		return IMPORT_NEW;
	switch (object_compare(revisions, count, target->revisions,
	    target->count)) {
	case OBJECT_SAME:
		return IMPORT_UNCHANGED;
	case OBJECT_NEWER:
		return IMPORT_NEWER;
	case OBJECT_OLDER:
		return import->replace >= REPLACE_ALL ? IMPORT_REPLACED
		                                      : IMPORT_OLDER;
	case OBJECT_CONFLICT:
		break;
	}
	return import->replace >= REPLACE_CONFLICT ? IMPORT_REPLACED
	                                           : IMPORT_CONFLICT;
}

/* A message to somebody is no calendar (RFC 5546, 1.4); what is published or
 * requested is the whole object, and can be stored. */
static bool
is_message(const char *method)
{
	return method[0] && strcmp(method, "PUBLISH") != 0 &&
	       strcmp(method, "REQUEST") != 0;
}

static bool
refuses(struct importing *run, const struct gather_object *object,
    bool *refused, struct error *err)
{
	const struct import_target *target = &run->target;
	struct pos pos = object->pieces[0].pos;
	struct gather_calendar calendar;

	*refused = true;
	if (!gather_calendar(run->import->gather, object->pieces[0].calendar,
		&calendar, err))
		return false;
	if (is_message(calendar.method))
		import_complain(run, ERR_VALUE, pos,
		    "METHOD:%s is a message about a calendar, not a part of "
		    "one: not imported",
		    calendar.method);
	else if (object->over)
		import_complain(run, ERR_LIMIT, pos,
		    "more than %zu components of one UID: not imported",
		    LIMIT_OVERRIDES);
	else if (target->several)
		import_complain(run, ERR_VALUE, pos,
		    "%s has this UID and others, which a file of a vdir must "
		    "not: not imported",
		    vdir_pos(run->import->vdir, target->name).file);
	else
		*refused = false;
	return true;
}

static bool
accept(struct importing *run, const struct gather_object *object,
    enum import_verdict verdict, struct error *err)
{
	struct import_target *target = &run->target;
	struct buf packed = {0};
	bool ok = true;

	/* What was accepted before, from another calendar, has given way. */
	if (target->accepted)
		import_tell(run, target->verdict, buf_str(&target->uid),
		    target->name, target->pos);
	target->accepted = true;
	target->verdict = verdict;
	target->pos = object->pieces[0].pos;
	buf_reset(&target->pieces);
	for (size_t i = 0; ok && i < object->count; i++) {
		buf_reset(&packed);
		ok = piece_pack(&object->pieces[i], &packed);
		buf_add(&target->pieces, &packed.n, sizeof(packed.n));
		ok = ok && buf_add_str(&target->pieces, buf_str(&packed));
	}
	buf_free(&packed);
	return ok ? set_revisions(target, run->revisions, object->count, err)
	          : error_set(err, ERR_MEMORY, pos_none(), "no memory");
}

static bool
decide(struct importing *run, const struct gather_object *object,
    struct error *err)
{
	struct import_target *target = &run->target;
	struct pos pos = object->pieces[0].pos;
	enum import_verdict verdict = IMPORT_REFUSED;
	bool refused;

	run->objects++;
	import_progress(run);
	if (!refuses(run, object, &refused, err) ||
	    !revisions_room(&run->revisions, &run->revision_room, object->count,
		err))
		return false;
	for (size_t i = 0; i < object->count; i++)
		run->revisions[i] = object->pieces[i].revision;
	if (!refused)
		verdict = import_judge(run->import, run->revisions,
		    object->count, target);
	if (import_accepts(verdict))
		return accept(run, object, verdict, err);
	if (verdict == IMPORT_CONFLICT)
		import_complain(run, ERR_VALUE, pos,
		    "differs from %s, and neither is newer: that stays",
		    target->name[0]
			? vdir_pos(run->import->vdir, target->name).file
			: "another calendar's of the source");
	import_tell(run, verdict, object->uid, target->name, pos);
	return true;
}

/* --- side by side --------------------------------------------------------- */

/* All objects of one key. *more: `object` is one of the next key. */
static bool
take_key(struct importing *run, struct gather_object *object, bool *more,
    struct error *err)
{
	struct import_target *target = &run->target;
	struct buf key = {0}, next = {0};
	bool ok;

	target_reset(target);
	target->identity = object->identity;
	ok = buf_add_str(&target->uid, object->uid) || object->uid.n == 0;
	ok = ok && object_key(&key, object->uid, &object->identity) &&
	     import_take_stored(run, buf_str(&key), err);
	do {
		ok = ok && decide(run, object, err);
		*more = ok && gather_next(run->import->gather, object, err);
		ok = ok && (*more || err->code == ERR_NONE);
		buf_reset(&next);
		if (*more)
			object_key(&next, object->uid, &object->identity);
	} while (*more && str_eq(buf_str(&key), buf_str(&next)));
	buf_free(&key);
	buf_free(&next);
	return ok && (!target->accepted || import_write(run, err));
}

static bool
merge(struct importing *run, struct error *err)
{
	struct gather_object object;
	struct buf key = {0};
	bool more = gather_next(run->import->gather, &object, err);
	bool ok = more || err->code == ERR_NONE;

	ok = ok && import_next_stored(run, err);
	while (ok && (more || run->has_stored)) {
		buf_reset(&key);
		if (more && !object_key(&key, object.uid, &object.identity)) {
			ok =
			    error_set(err, ERR_MEMORY, pos_none(), "no memory");
			break;
		}
		if (more &&
		    (!run->has_stored ||
			str_cmp(buf_str(&key), buf_str(&run->stored_key)) <= 0))
			ok = take_key(run, &object, &more, err);
		else
			ok = import_pass_stored(run, err);
		if (ok && import_is_full(run))
			ok = import_flush(run, err);
	}
	buf_free(&key);
	/* What waits is written even if the source cannot be read further. */
	if (!ok) {
		struct error ignored;

		import_flush(run, &ignored);
		return false;
	}
	return import_flush(run, err);
}

static void
run_free(struct importing *run)
{
	assembly_free(&run->assembly);
	arena_free(&run->arena);
	sorter_free(run->stored);
	buf_free(&run->stored_key);
	buf_free(&run->target.uid);
	buf_free(&run->target.pieces);
	free(run->target.revisions);
	free(run->revisions);
	buf_free(&run->key);
	buf_free(&run->payload);
	vdir_item_free(&run->item);
	free(run->entries);
	hashset_free(&run->seen);
}

bool
import_run(struct import *import, struct error *err)
{
	struct importing run = {.import = import,
	    .seen_most = import->memory / 64};
	bool ok;

	memset(import->counts, 0, sizeof(import->counts));
	assembly_init(&run.assembly, import->gather, import->memory);
	run.stored = sorter_new(import->memory / 4);
	ok = run.stored ? import_scan(&run, err) && merge(&run, err)
	                : error_set(err, ERR_MEMORY, pos_none(), "no memory");
	run_free(&run);
	return ok;
}
