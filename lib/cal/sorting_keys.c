/* How components enter the sorter: keys, waiting for zones, series. */
#include "cal/sorting_impl.h"
#include "text/record_pack.h"

static bool
no_memory(struct error *err)
{
	return error_set(err, ERR_MEMORY, pos_none(), "no memory");
}

/* --- keys ----------------------------------------------------------------- */

/* Length before bytes: only what is equal must lie together. */
static void
put_uid(struct buf *key, const struct record *record, uint64_t number,
    struct arena *arena)
{
	struct event_brief brief = {0};

	if (!record->cut)
		event_brief(&brief, record, arena);
	sorter_key_int(key, (int64_t)brief.uid.n);
	if (brief.uid.n)
		buf_add_str(key, brief.uid);
	else
		sorter_key_int(key, (int64_t)number);
	buf_add_char(key, brief.is_override);
}

/* The keys, the number, and the place, which decides nothing any more. */
static bool
put_key(struct sorting *sorting, const struct record *record,
    struct place *place)
{
	struct buf *key = &sorting->key;
	size_t from;

	buf_reset(key);
	if (sorting->series)
		put_uid(key, record, place->number, &sorting->arena);
	from = key->n;
	if (record->cut)
		buf_add_char(key, '\xff');
	else
		order_write(sorting->order, record, &sorting->context, key);
	place->own = (uint32_t)(key->n - from);
	sorter_key_int(key, (int64_t)place->number);
	return buf_add(key, place, sizeof(*place));
}

bool
sorting_add(struct sorting *sorting, const struct record *record,
    struct place *place, struct error *err)
{
	struct sorter **sorter =
	    sorting->series ? &sorting->groups : &sorting->sorter;
	size_t memory = sorting->memory / (sorting->series ? 2 : 1);
	struct str payload = {NULL, 0};

	if (place->where == WHERE_HERE)
		payload = record->text;
	if (!*sorter)
		*sorter = sorter_new(memory);
	if (!*sorter || !put_key(sorting, record, place))
		return no_memory(err);
	return sorter_add(*sorter, buf_str(&sorting->key), payload, err);
}

/* --- records that wait for their zones ------------------------------------ */

bool
sorting_wait(struct sorting *sorting, const struct record *record,
    const struct place *place, struct error *err)
{
	struct buf *packed = &sorting->packed;
	size_t n = 0;

	buf_reset(packed);
	buf_add(packed, &n, sizeof(n));
	buf_add(packed, place, sizeof(*place));
	if (!record_pack(record, packed))
		return no_memory(err);
	n = packed->n - sizeof(n);
	memcpy(packed->p, &n, sizeof(n));
	return spool_add(&sorting->waiting, buf_str(packed), err);
}

static bool
read_waiting(struct sorting *sorting, uint64_t *at, void *to, size_t n,
    struct error *err)
{
	size_t got = 0;

	for (char *p = to; n; p += got, n -= got, *at += got) {
		if (!spool_read(&sorting->waiting, *at, p, n, &got, err))
			return false;
		if (got == 0)
			return error_set(err, ERR_IO, pos_none(),
			    "a temporary file lost its end");
	}
	return true;
}

static bool
next_waiting(struct sorting *sorting, uint64_t *at, struct error *err)
{
	struct buf *packed = &sorting->packed;
	struct record *record;
	struct place place;
	size_t n;

	arena_reset(&sorting->arena);
	buf_reset(packed);
	if (!read_waiting(sorting, at, &n, sizeof(n), err))
		return false;
	if (!buf_reserve(packed, n))
		return no_memory(err);
	if (!read_waiting(sorting, at, packed->p, n, err))
		return false;
	memcpy(&place, packed->p, sizeof(place));
	record =
	    record_unpack(str_from((struct str){packed->p, n}, sizeof(place)),
		sorting->reader->name, &sorting->arena);
	if (!record)
		return no_memory(err);
	return sorting_add(sorting, record, &place, err);
}

bool
sorting_add_waiting(struct sorting *sorting, struct error *err)
{
	uint64_t size = spool_size(&sorting->waiting);

	for (uint64_t at = 0; at < size;)
		if (!next_waiting(sorting, &at, err))
			return false;
	return size == 0 || spool_reset(&sorting->waiting, err);
}

/* --- series --------------------------------------------------------------- */

struct place
sorting_place(struct str key)
{
	struct place place;

	memcpy(&place, key.p + key.n - sizeof(place), sizeof(place));
	return place;
}

/* Members come sorted: masters, then overrides, each by their own keys. */
bool
sorting_regroup(struct sorting *sorting, struct error *err)
{
	struct buf *key = &sorting->key, *group = &sorting->group;
	struct str member, payload, uid = {NULL, 0};

	if (!sorting->sorter)
		sorting->sorter = sorter_new(sorting->memory / 2);
	if (!sorting->sorter)
		return no_memory(err);
	if (!sorter_finish(sorting->groups, err))
		return false;
	while (sorter_next(sorting->groups, &member, &payload, err)) {
		struct place place = sorting_place(member);
		struct str rest =
		    str_head(member, member.n - sizeof(place) - 8 - place.own);

		/* The byte that tells overrides is no part of the UID. */
		rest.n--;
		if (!uid.p || !str_eq(uid, rest)) {
			buf_reset(group);
			buf_add_str(group, rest);
			buf_add(group, rest.p + rest.n + 1, place.own + 8);
		}
		uid = str_head(buf_str(group), rest.n);
		buf_reset(key);
		buf_add_str(key, str_from(buf_str(group), rest.n));
		buf_add_str(key, str_from(member, rest.n));
		if (!buf_ok(key) || !buf_ok(group))
			return no_memory(err);
		if (!sorter_add(sorting->sorter, buf_str(key), payload, err))
			return false;
	}
	return err->code == ERR_NONE && sorter_reset(sorting->groups, err);
}
