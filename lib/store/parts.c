#include "store/parts.h"

#include <stdio.h>
#include <stdlib.h>

static bool
no_memory(struct error *err)
{
	return error_set(err, ERR_MEMORY, pos_none(), "no memory");
}

/* --- labels --------------------------------------------------------------- */

/* One entry for each component: label, where its object begins, its place. */
static bool
put_piece(struct parts *parts, struct str label, uint64_t object,
    const struct piece *piece, struct error *err)
{
	buf_reset(&parts->key);
	buf_reset(&parts->payload);
	buf_add_str(&parts->key, label);
	buf_add_char(&parts->key, '\0');
	sorter_key_int(&parts->key, (int64_t)object);
	if (!sorter_key_int(&parts->key, (int64_t)piece->order) ||
	    !piece_pack(piece, &parts->payload))
		return no_memory(err);
	return sorter_add(parts->sorter, buf_str(&parts->key),
	    buf_str(&parts->payload), err);
}

static bool
put_object(struct parts *parts, struct str label,
    const struct gather_object *object, struct error *err)
{
	for (size_t i = 0; i < object->count; i++)
		if (!put_piece(parts, label, object->pieces[0].order,
			&object->pieces[i], err))
			return false;
	return true;
}

/* The first tag of the master, or of what comes first. */
static struct str
first_tag(const struct gather_object *object)
{
	const struct piece *piece = &object->pieces[0];

	for (size_t i = 0; i < object->count; i++)
		if (object->pieces[i].revision.recurrence == 0) {
			piece = &object->pieces[i];
			break;
		}
	return str_head(piece->tags, str_find_byte(piece->tags, '\0'));
}

static bool
known_before(const struct gather_object *object, size_t last, struct str tag)
{
	for (size_t i = 0; i < last; i++) {
		struct str rest = object->pieces[i].tags, part;

		while (rest.n && str_cut(&rest, '\0', &part))
			if (str_eq(part, tag))
				return true;
	}
	return false;
}

/* All tags of all its components, each once. */
static bool
put_by_all_tags(struct parts *parts, const struct gather_object *object,
    struct error *err)
{
	bool any = false;

	for (size_t i = 0; i < object->count; i++) {
		struct str rest = object->pieces[i].tags, tag;

		while (rest.n && str_cut(&rest, '\0', &tag)) {
			any = true;
			if (!known_before(object, i, tag) &&
			    !put_object(parts, tag, object, err))
				return false;
		}
	}
	return any || put_object(parts, STR("no-attendee"), object, err);
}

static bool
sort_pieces(struct parts *parts, struct error *err)
{
	struct str none = {NULL, 0};
	struct gather_object object;
	bool ok = true;

	while (ok && gather_next(parts->gather, &object, err)) {
		if (parts->by == PARTS_BY_MONTH)
			ok =
			    put_object(parts, first_tag(&object), &object, err);
		else if (parts->by == PARTS_BY_ATTENDEE)
			ok = put_by_all_tags(parts, &object, err);
		else
			ok = put_object(parts, none, &object, err);
	}
	return ok && err->code == ERR_NONE && sorter_finish(parts->sorter, err);
}

/* --- files ---------------------------------------------------------------- */

static bool
end_part(struct parts *parts, struct error *err)
{
	struct assembly *assembly = &parts->assembly;
	char name[VDIR_NAME], number[32];
	struct str label = buf_str(&parts->label);
	uint64_t components = assembly->pieces;

	if (components == 0)
		return true;
	if (parts->by == PARTS_BY_COUNT || parts->by == PARTS_BY_SIZE) {
		snprintf(number, sizeof(number), "part-%05llu",
		    (unsigned long long)++parts->number);
		label = str_of(number);
	}
	return assembly_end(assembly, err) &&
	       parts_name(&parts->folder, label, name, err) &&
	       parts_write(&parts->folder, name, &assembly->out, components,
		   err) &&
	       assembly_reset(assembly, err);
}

/* An object of count and size, to be added as a whole. */
struct group {
	struct buf pieces; /* sizes and packed pieces */
	uint64_t object;
	bool open;
};

/* The next of a group's pieces, off the front of *rest. */
static bool
next_piece(struct parts *parts, struct str *rest, struct piece *piece,
    struct error *err)
{
	size_t n;

	memcpy(&n, rest->p, sizeof(n));
	*rest = str_from(*rest, sizeof(n));
	arena_reset(&parts->arena);
	if (!piece_unpack(piece, str_head(*rest, n), &parts->arena))
		return no_memory(err);
	*rest = str_from(*rest, n);
	return true;
}

/* Whether another object would be too much; a first one never is. */
static bool
is_full(struct parts *parts, const struct group *group, bool *full,
    struct error *err)
{
	struct assembly *assembly = &parts->assembly;
	struct str rest = buf_str(&group->pieces);
	uint64_t size = assembly_size(assembly), more;
	struct piece piece;

	*full = assembly->pieces && parts->by == PARTS_BY_COUNT &&
	        assembly->pieces >= parts->most;
	if (assembly->pieces == 0 || parts->by != PARTS_BY_SIZE)
		return true;
	while (rest.n) {
		if (!next_piece(parts, &rest, &piece, err) ||
		    !assembly_cost(assembly, &piece, &more, err))
			return false;
		size += more;
	}
	*full = size > parts->most;
	return true;
}

static bool
add_group(struct parts *parts, struct group *group, struct error *err)
{
	struct str rest = buf_str(&group->pieces);
	struct piece piece;
	bool full;

	if (!is_full(parts, group, &full, err) ||
	    (full && !end_part(parts, err)))
		return false;
	while (rest.n)
		if (!next_piece(parts, &rest, &piece, err) ||
		    !assembly_add(&parts->assembly, &piece, err))
			return false;
	buf_reset(&group->pieces);
	return true;
}

static bool
take_entry(struct parts *parts, struct group *group, struct str key,
    struct str payload, struct error *err)
{
	struct str label = str_head(key, key.n - 17);
	uint64_t object = (uint64_t)sorter_key_read(str_from(key, key.n - 16));
	bool other = !str_eq(label, buf_str(&parts->label));

	if (group->open && (other || object != group->object) &&
	    !add_group(parts, group, err))
		return false;
	if (group->open && other && !end_part(parts, err))
		return false;
	group->open = true;
	group->object = object;
	buf_reset(&parts->label);
	buf_add_str(&parts->label, label);
	buf_add(&group->pieces, &payload.n, sizeof(payload.n));
	buf_add_str(&group->pieces, payload);
	return (buf_ok(&group->pieces) && buf_ok(&parts->label)) ||
	       no_memory(err);
}

static bool
write_parts(struct parts *parts, struct error *err)
{
	struct group group = {0};
	struct str key, payload;
	bool ok = true;

	while (ok && sorter_next(parts->sorter, &key, &payload, err))
		ok = take_entry(parts, &group, key, payload, err);
	ok = ok && err->code == ERR_NONE && add_group(parts, &group, err) &&
	     end_part(parts, err);
	buf_free(&group.pieces);
	return ok && parts_flush(&parts->folder, err);
}

bool
parts_run(struct parts *parts, struct error *err)
{
	bool ok;

	assembly_init(&parts->assembly, parts->gather, parts->memory);
	parts->sorter = sorter_new(parts->memory / 4);
	ok = parts->sorter ? sort_pieces(parts, err) && write_parts(parts, err)
	                   : no_memory(err);
	assembly_free(&parts->assembly);
	sorter_free(parts->sorter);
	buf_free(&parts->key);
	buf_free(&parts->payload);
	buf_free(&parts->label);
	arena_free(&parts->arena);
	parts_folder_free(&parts->folder);
	return ok;
}
