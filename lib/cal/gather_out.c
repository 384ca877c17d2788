/* What was gathered, object by object. */
#include <stdlib.h>

#include "cal/gather.h"

static bool
no_memory(struct error *err)
{
	return error_set(err, ERR_MEMORY, pos_none(), "no memory");
}

/* --- keys and pieces as bytes --------------------------------------------- */

/* A NUL of the UID is followed by FF, the end is two NULs. */
bool
object_key(struct buf *key, struct str uid, const struct digest *identity)
{
	for (size_t i = 0; i < uid.n; i++) {
		buf_add_char(key, uid.p[i]);
		if (uid.p[i] == '\0')
			buf_add_char(key, '\xff');
	}
	buf_add(key, "\0", 2);
	if (uid.n == 0)
		buf_add(key, identity->bytes, sizeof(identity->bytes));
	return buf_ok(key);
}

bool
object_key_uid(struct str *rest, struct buf *uid)
{
	size_t i = 0;

	buf_reset(uid);
	while (
	    i + 1 < rest->n && !(rest->p[i] == '\0' && rest->p[i + 1] == '\0'))
		if (rest->p[i] == '\0') {
			buf_add_char(uid, '\0');
			i += 2;
		} else {
			buf_add_char(uid, rest->p[i++]);
		}
	i += 2;
	if (uid->n == 0)
		i += sizeof(((struct digest *)0)->bytes);
	*rest = str_from(*rest, i);
	return buf_ok(uid);
}

bool
piece_pack(const struct piece *piece, struct buf *out)
{
	buf_add(out, piece, sizeof(*piece));
	if (piece->zone_count)
		buf_add(out, piece->zones,
		    piece->zone_count * sizeof(*piece->zones));
	return buf_add_str(out, piece->tags);
}

bool
piece_unpack(struct piece *piece, struct str packed, struct arena *arena)
{
	uint64_t *zones = NULL;
	size_t n;

	memcpy(piece, packed.p, sizeof(*piece));
	packed = str_from(packed, sizeof(*piece));
	n = piece->zone_count * sizeof(*zones);
	if (n) {
		zones = arena_alloc(arena, n);
		if (!zones)
			return false;
		memcpy(zones, packed.p, n);
	}
	piece->zones = zones;
	piece->tags = arena_copy(arena, str_from(packed, n));
	return piece->tags.p || piece->tags.n == 0;
}

/* --- tables --------------------------------------------------------------- */

static bool
read_entry(struct spool *table, uint64_t number, void *to, size_t size,
    struct error *err)
{
	size_t done = 0, got;

	while (done < size) {
		if (!spool_read(table, number * size + done, (char *)to + done,
			size - done, &got, err))
			return false;
		if (got == 0)
			return error_set(err, ERR_IO, pos_none(),
			    "a temporary file is too short");
		done += got;
	}
	return true;
}

bool
gather_calendar(struct gather *gather, uint64_t number,
    struct gather_calendar *calendar, struct error *err)
{
	return read_entry(&gather->table, number, calendar, sizeof(*calendar),
	    err);
}

bool
gather_zone(struct gather *gather, const struct gather_calendar *calendar,
    uint64_t tzid, struct gather_zone *zone, struct error *err)
{
	uint64_t from = calendar->zones, until = from + calendar->count;

	while (from < until) {
		uint64_t middle = from + (until - from) / 2;

		if (!read_entry(&gather->zone_table, middle, zone,
			sizeof(*zone), err))
			return false;
		if (zone->tzid == tzid)
			return true;
		if (zone->tzid < tzid)
			from = middle + 1;
		else
			until = middle;
	}
	*zone = (struct gather_zone){.tzid = tzid};
	return true;
}

/* --- objects -------------------------------------------------------------- */

/* Fetches the next piece to where it can wait. False at the end too. */
static bool
fetch(struct gather *gather, struct error *err)
{
	struct str key, payload;

	gather->has_ahead = false;
	if (!sorter_next(gather->sorter, &key, &payload, err))
		return false;
	buf_reset(&gather->ahead_key);
	buf_reset(&gather->ahead);
	buf_add_str(&gather->ahead_key, key);
	buf_add_str(&gather->ahead, payload);
	if (!buf_ok(&gather->ahead_key) || !buf_ok(&gather->ahead))
		return no_memory(err);
	gather->has_ahead = true;
	return true;
}

static bool
add_to_object(struct gather *gather, struct gather_object *object,
    struct error *err)
{
	if (object->count == LIMIT_OVERRIDES) {
		object->over = true;
		return true;
	}
	if (object->count == gather->object_room) {
		size_t room = object->count ? object->count * 2 : 16;
		struct piece *grown =
		    realloc(gather->object, room * sizeof(*grown));

		if (!grown)
			return no_memory(err);
		gather->object = grown;
		gather->object_room = room;
	}
	object->pieces = gather->object;
	if (!piece_unpack(&object->pieces[object->count],
		buf_str(&gather->ahead), &gather->arena))
		return no_memory(err);
	object->count++;
	return true;
}

/* The key without the place in the source: the same for a whole object. */
static struct str
object_part(const struct buf *key)
{
	return str_head(buf_str(key), key->n - 8);
}

static bool
name_object(struct gather *gather, struct gather_object *object,
    struct error *err)
{
	struct str key = object_part(&gather->object_key);

	if (gather->by == GATHER_BY_CALENDAR)
		key = str_from(key, 8);
	if (!object_key_uid(&key, &gather->uid))
		return no_memory(err);
	object->uid = buf_str(&gather->uid);
	object->identity =
	    object_identity(object->uid, &object->pieces[0].revision);
	return true;
}

bool
gather_next(struct gather *gather, struct gather_object *object,
    struct error *err)
{
	err->code = ERR_NONE;
	*object = (struct gather_object){0};
	arena_reset(&gather->arena);
	if (!gather->sorted) {
		gather->sorted = true;
		if (!gather_input_end(gather, err) ||
		    !sorter_finish(gather->sorter, err))
			return false;
		fetch(gather, err);
	}
	if (!gather->has_ahead)
		return false;
	buf_reset(&gather->object_key);
	if (!buf_add_str(&gather->object_key, buf_str(&gather->ahead_key)))
		return no_memory(err);
	do {
		if (!add_to_object(gather, object, err))
			return false;
		if (!fetch(gather, err))
			break;
	} while (str_eq(object_part(&gather->ahead_key),
	    object_part(&gather->object_key)));
	return err->code == ERR_NONE && name_object(gather, object, err);
}
