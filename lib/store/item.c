#include "store/item.h"

#include <stdlib.h>

#define KEYS_MOST ((size_t)16 << 20)

void
vdir_item_free(struct vdir_item *item)
{
	buf_free(&item->uid);
	buf_free(&item->keys);
	free(item->revisions);
	*item = (struct vdir_item){0};
}

/* A line that is no content line is no reason to refuse an item: it was stored
 * as it came. One that was cut off is. */
static void
note_fault(void *arg, const struct error *err)
{
	struct item_reader *reader = arg;

	if (err->code == ERR_CUT && reader->fault.code == ERR_NONE)
		error_set(&reader->fault, ERR_CUT, err->pos,
		    "the END of what begins here is missing: left alone");
}

bool
item_reader_init(struct item_reader *reader, struct error *err)
{
	*reader = (struct item_reader){0};
	spool_init(&reader->spool, 0);
	if (!reader_init(&reader->reader, -1, NULL, err))
		return false;
	reader->reader.report = note_fault;
	reader->reader.report_arg = reader;
	return true;
}

void
item_reader_free(struct item_reader *reader)
{
	if (reader->reader.window)
		reader_free(&reader->reader);
	arena_free(&reader->arena);
	spool_free(&reader->spool);
}

/* The bytes of a spool go to the version, and are what a component that is not
 * held whole consists of. */
static bool
take_spooled(struct item_reader *reader, struct digest *content,
    struct error *err)
{
	struct spool *spool = &reader->spool;
	char chunk[16384];
	uint64_t at = 0;
	size_t got = 0;

	do {
		if (!spool_read(spool, at, chunk, sizeof(chunk), &got, err))
			return false;
		digester_add(&reader->version, (struct str){chunk, got});
		at += got;
	} while (got);
	return digest_of_spool(spool, 0, at, content, err);
}

static bool
take_bytes(struct item_reader *reader, struct digest *content,
    struct error *err)
{
	const struct record *record = &reader->reader.record;

	if (!record->partial) {
		digester_add(&reader->version, record->text);
		return true;
	}
	return spool_reset(&reader->spool, err) &&
	       reader_keep(&reader->reader, &reader->spool, err) &&
	       take_spooled(reader, content, err);
}

static bool
no_memory(struct error *err)
{
	return error_set(err, ERR_MEMORY, pos_none(), "no memory");
}

/* Notes a component of another UID than the first. */
static bool
add_key(struct vdir_item *item, const struct revision *revision, struct str uid,
    struct error *err)
{
	struct digest identity = object_identity(uid, revision);

	if (item->keys.n > KEYS_MOST)
		return error_set(err, ERR_LIMIT, pos_none(),
		    "too many objects in one file");
	if (!item->several) {
		struct str first = buf_str(&item->uid);

		identity = object_identity(first, &item->revisions[0]);
		object_key(&item->keys, first, &identity);
		identity = object_identity(uid, revision);
	}
	item->several = true;
	return object_key(&item->keys, uid, &identity) || no_memory(err);
}

static bool
add_revision(struct vdir_item *item, const struct revision *revision,
    struct str uid, struct error *err)
{
	/* Each component without UID is an object of its own. */
	if (item->count && (uid.n == 0 || !str_eq(uid, buf_str(&item->uid))))
		return add_key(item, revision, uid, err);
	if (item->count == LIMIT_OVERRIDES)
		return error_set(err, ERR_LIMIT, pos_none(),
		    "more than %zu components", LIMIT_OVERRIDES);
	if (item->count == item->room) {
		size_t room = item->room ? item->room * 2 : 4;
		struct revision *grown =
		    realloc(item->revisions, room * sizeof(*grown));

		if (!grown)
			return no_memory(err);
		item->revisions = grown;
		item->room = room;
	}
	if (item->count == 0 && !buf_add_str(&item->uid, uid))
		return no_memory(err);
	item->revisions[item->count++] = *revision;
	return true;
}

static bool
take(struct item_reader *reader, struct vdir_item *item, struct error *err)
{
	const struct record *record = &reader->reader.record;
	struct revision revision;
	struct digest content = {0};
	struct str uid;

	arena_reset(&reader->arena);
	if (!take_bytes(reader, &content, err))
		return false;
	if (reader->reader.item != ITEM_RECORD ||
	    str_ieq(record->name, STR("VTIMEZONE")) || record->cut)
		return true;
	if (!revision_read(&revision, &uid, record, &reader->arena))
		return no_memory(err);
	if (record->partial)
		revision.content = content;
	return add_revision(item, &revision, uid, err);
}

bool
item_read(struct item_reader *reader, int fd, const char *name,
    struct vdir_item *item, struct error *err)
{
	item->count = 0;
	item->several = false;
	buf_reset(&item->uid);
	buf_reset(&item->keys);
	reader->fault = (struct error){0};
	digester_init(&reader->version);
	reader_open(&reader->reader, fd, name);
	do {
		if (!reader_next(&reader->reader, err))
			return false;
		if (reader->reader.item != ITEM_NONE &&
		    !take(reader, item, err))
			return false;
	} while (reader->reader.item != ITEM_NONE);
	digester_end(&reader->version, &item->version);
	if (reader->fault.code != ERR_NONE) {
		*err = reader->fault;
		return false;
	}
	if (item->count == 0)
		return error_set(err, ERR_SYNTAX, (struct pos){name, 0, 0},
		    "no component of a calendar in it");
	item->identity =
	    object_identity(buf_str(&item->uid), &item->revisions[0]);
	return true;
}
