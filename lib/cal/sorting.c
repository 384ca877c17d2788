#include "cal/sorting.h"

#include "text/record_pack.h"

/* Up to this size a component is sorted with its bytes. */
#ifndef VALUE_MOST
#define VALUE_MOST ((uint64_t)64 << 10)
#endif
#define MEMORY_OTHERS ((size_t)5 << 20) /* window, spools, buffers */

/* Where the bytes of a component are. */
enum where {
	WHERE_HERE,   /* in the payload */
	WHERE_SOURCE, /* in the file that is read */
	WHERE_SPOOL,
	WHERE_NOWHERE, /* of check: its line is enough */
};

/* What a component is sorted with besides its key. */
struct place {
	uint64_t number; /* in its calendar: order among equals */
	uint64_t line;
	uint64_t offset, size;
	uint8_t where, owed;
	uint32_t own; /* bytes of its own key, where series are sorted */
};

bool
sorting_init(struct sorting *sorting, struct reader *reader, struct out *out,
    size_t memory, struct error *err)
{
	*sorting =
	    (struct sorting){.reader = reader, .out = out, .style = OWED_CRLF};
	spool_init(&sorting->envelope, 0);
	spool_init(&sorting->large, 0);
	spool_init(&sorting->waiting, 0);
	if (memory < 2 * MEMORY_OTHERS)
		memory /= 2;
	else
		memory -= MEMORY_OTHERS;
	sorting->memory = memory;
	sorting->scope = zone_scope_new();
	if (!sorting->scope)
		return error_set(err, ERR_MEMORY, pos_none(), "no memory");
	sorting->context.scope = sorting->scope;
	sorting->context.arena = &sorting->arena;
	return true;
}

void
sorting_free(struct sorting *sorting)
{
	sorter_free(sorting->sorter);
	sorter_free(sorting->groups);
	spool_free(&sorting->envelope);
	spool_free(&sorting->large);
	spool_free(&sorting->waiting);
	buf_free(&sorting->key);
	buf_free(&sorting->packed);
	buf_free(&sorting->group);
	order_context_free(&sorting->context);
	zone_scope_free(sorting->scope);
	arena_free(&sorting->arena);
}

static bool
no_memory(struct error *err)
{
	return error_set(err, ERR_MEMORY, pos_none(), "no memory");
}

/* --- line ends ------------------------------------------------------------ */

/* What the reader's item lacks to have something after it, in the form of the
 * last line end that was seen. */
static enum sorting_owed
owed_of(struct sorting *sorting)
{
	struct str text = sorting->reader->record.text;
	size_t lf = str_find_byte(text, '\n');

	if (lf != SIZE_MAX)
		sorting->style =
		    lf && text.p[lf - 1] == '\r' ? OWED_CRLF : OWED_LF;
	return reader_ends_line(sorting->reader) ? OWED_NOTHING
	                                         : sorting->style;
}

/* To be called before anything is written. */
static void
pay(struct sorting *sorting)
{
	if (sorting->owed != OWED_NOTHING)
		out_add(sorting->out,
		    sorting->owed == OWED_LF ? STR("\n") : STR("\r\n"));
	sorting->owed = OWED_NOTHING;
}

static bool
copy_item(struct sorting *sorting, struct error *err)
{
	if (sorting->check)
		return true;
	pay(sorting);
	sorting->owed = owed_of(sorting);
	return reader_copy(sorting->reader, sorting->out, err);
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

static bool
add(struct sorting *sorting, const struct record *record, struct place *place,
    struct error *err)
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

static bool
wait_for_zone(struct sorting *sorting, const struct record *record,
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
	return add(sorting, record, &place, err);
}

/* At the end of the calendar every zone is known. */
static bool
add_waiting(struct sorting *sorting, struct error *err)
{
	uint64_t size = spool_size(&sorting->waiting);

	for (uint64_t at = 0; at < size;)
		if (!next_waiting(sorting, &at, err))
			return false;
	return size == 0 || spool_reset(&sorting->waiting, err);
}

/* --- series --------------------------------------------------------------- */

static struct place
place_of(struct str key)
{
	struct place place;

	memcpy(&place, key.p + key.n - sizeof(place), sizeof(place));
	return place;
}

/* Members come sorted: masters, then overrides, each by their own keys. A
 * series stands where its first member would. */
static bool
regroup(struct sorting *sorting, struct error *err)
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
		struct place place = place_of(member);
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

/* --- writing -------------------------------------------------------------- */

static bool
write_component(struct sorting *sorting, const struct place *place,
    struct str payload, struct error *err)
{
	pay(sorting);
	sorting->owed = place->owed;
	switch ((enum where)place->where) {
	case WHERE_SOURCE:
		return reader_copy_range(sorting->reader, place->offset,
		    place->size, sorting->out, err);
	case WHERE_SPOOL:
		return spool_copy(&sorting->large, place->offset, place->size,
		    sorting->out, err);
	case WHERE_HERE:
	case WHERE_NOWHERE:
		break;
	}
	out_add(sorting->out, payload);
	return true;
}

/* The first component whose number is not its place belongs before the one
 * that stands there. */
static void
compare_place(struct sorting *sorting, const struct place *place,
    uint64_t wanted)
{
	if (!sorting->misplaced && place->number != wanted) {
		sorting->misplaced = (size_t)place->line;
		sorting->wanted = wanted;
	} else if (sorting->misplaced && place->number == sorting->wanted) {
		sorting->before = (size_t)place->line;
	}
}

static bool
write_sorted(struct sorting *sorting, struct error *err)
{
	struct str key, payload;
	uint64_t number = 0;

	if (!sorter_finish(sorting->sorter, err))
		return false;
	while (sorter_next(sorting->sorter, &key, &payload, err)) {
		struct place place = place_of(key);

		if (sorting->check)
			compare_place(sorting, &place, number++);
		else if (!write_component(sorting, &place, payload, err) ||
			 sorting->out->failure)
			return false;
	}
	return err->code == ERR_NONE && sorter_reset(sorting->sorter, err);
}

/* The last item of an envelope lacks its line end only where it was the last
 * of the input. */
static bool
write_envelope(struct sorting *sorting, struct error *err)
{
	uint64_t size = spool_size(&sorting->envelope);

	if (size == 0)
		return true;
	pay(sorting);
	sorting->owed = sorting->envelope_owed;
	return spool_copy(&sorting->envelope, 0, size, sorting->out, err) &&
	       spool_reset(&sorting->envelope, err);
}

/* --- items ---------------------------------------------------------------- */

static bool
finish(struct sorting *sorting, struct error *err)
{
	if (!sorting->open)
		return true;
	sorting->open = false;
	if (!write_envelope(sorting, err) || !add_waiting(sorting, err))
		return false;
	if (sorting->number && ((sorting->series && !regroup(sorting, err)) ||
				   !write_sorted(sorting, err)))
		return false;
	return spool_reset(&sorting->large, err);
}

static void
begin(struct sorting *sorting)
{
	sorting->open = true;
	sorting->number = 0;
	sorting->envelope_owed = OWED_NOTHING;
	zone_scope_reset(sorting->scope);
	order_context_reset(&sorting->context);
}

static bool
keep_envelope(struct sorting *sorting, struct error *err)
{
	if (sorting->check)
		return true;
	sorting->envelope_owed = owed_of(sorting);
	return reader_keep(sorting->reader, &sorting->envelope, err);
}

static bool
is_zone(const struct record *record)
{
	return str_ieq(record->name, STR("VTIMEZONE")) && !record->cut;
}

static bool
take_zone(struct sorting *sorting, struct error *err)
{
	const struct order_context *context = &sorting->context;
	struct component component;
	struct error fault = {0};

	component_of_record(&component, &sorting->reader->record);
	/* A second definition that differs is no news here. */
	if (!zone_scope_add(sorting->scope, &component, &fault) &&
	    fault.code != ERR_VALUE)
		context->report(context->arg, &fault);
	return keep_envelope(sorting, err);
}

static bool
choose_place(struct sorting *sorting, struct place *place, struct error *err)
{
	struct reader *reader = sorting->reader;
	const struct record *record = &reader->record;

	*place = (struct place){.number = sorting->number++,
	    .line = record->pos.line,
	    .offset = record->offset,
	    .size = record->size,
	    .owed = (uint8_t)owed_of(sorting)};
	if (sorting->check) {
		place->where = WHERE_NOWHERE;
	} else if (!record->partial && record->size <= VALUE_MOST) {
		place->where = WHERE_HERE;
	} else if (reader->seekable) {
		place->where = WHERE_SOURCE;
	} else {
		place->where = WHERE_SPOOL;
		place->offset = spool_size(&sorting->large);
		return reader_keep(reader, &sorting->large, err);
	}
	return true;
}

static bool
take_record(struct sorting *sorting, struct error *err)
{
	const struct record *record = &sorting->reader->record;
	struct place place;

	if (!sorting->open)
		begin(sorting);
	arena_reset(&sorting->arena);
	if (is_zone(record))
		return take_zone(sorting, err);
	if (!choose_place(sorting, &place, err))
		return false;
	if (order_is_settled(sorting->order, record, &sorting->context))
		return add(sorting, record, &place, err);
	return wait_for_zone(sorting, record, &place, err);
}

bool
sorting_take(struct sorting *sorting, struct error *err)
{
	err->code = ERR_NONE;
	switch (sorting->reader->item) {
	case ITEM_BEGIN:
		if (!finish(sorting, err))
			return false;
		begin(sorting);
		return keep_envelope(sorting, err);
	case ITEM_LINE:
		return keep_envelope(sorting, err);
	case ITEM_RECORD:
		return take_record(sorting, err);
	case ITEM_END:
		return finish(sorting, err) && copy_item(sorting, err);
	case ITEM_TEXT:
		if (sorting->open)
			return keep_envelope(sorting, err);
		return copy_item(sorting, err);
	case ITEM_NONE:
		break;
	}
	return true;
}

bool
sorting_end(struct sorting *sorting, struct error *err)
{
	err->code = ERR_NONE;
	return finish(sorting, err);
}
