#include "cal/walk.h"

#include <stdlib.h>

#include "text/record_pack.h"

bool
walk_init(struct walk *walk, struct reader *reader, size_t memory,
    struct error *err)
{
	*walk = (struct walk){.reader = reader};
	walk->overridden_most = memory / 4 / sizeof(uint64_t);
	walk->scope = zone_scope_new();
	walk->aside = sorter_new(memory / 4);
	if (!walk->scope || !walk->aside) {
		walk_free(walk);
		return error_set(err, ERR_MEMORY, pos_none(), "no memory");
	}
	return true;
}

void
walk_free(struct walk *walk)
{
	zone_scope_free(walk->scope);
	sorter_free(walk->aside);
	arena_free(&walk->arena);
	arena_free(&walk->spare);
	buf_free(&walk->name);
	buf_free(&walk->color);
	buf_free(&walk->method);
	buf_free(&walk->key);
	buf_free(&walk->packed);
	buf_free(&walk->group_key);
	free(walk->overridden);
	free(walk->group);
	*walk = (struct walk){0};
}

/* --- UIDs with overrides -------------------------------------------------- */

/* Of hashes: a collision only sends a record the longer way. */
static void
insert_hash(uint64_t *table, size_t room, uint64_t hash)
{
	size_t i = (size_t)(hash ^ hash >> 29) & (room - 1);

	while (table[i] && table[i] != hash)
		i = (i + 1) & (room - 1);
	table[i] = hash;
}

static bool
has_hash(const struct walk *walk, uint64_t hash)
{
	size_t mask = walk->overridden_room - 1;
	size_t i = (size_t)(hash ^ hash >> 29) & mask;

	if (walk->overridden_count == 0)
		return false;
	while (walk->overridden[i] && walk->overridden[i] != hash)
		i = (i + 1) & mask;
	return walk->overridden[i] == hash;
}

static bool
remember_override(struct walk *walk, uint64_t hash)
{
	size_t room = walk->overridden_room;
	uint64_t *table;

	if (walk->all_members || has_hash(walk, hash))
		return true;
	if (walk->overridden_count >= walk->overridden_most) {
		walk->all_members = true;
		return true;
	}
	if ((walk->overridden_count + 1) * 2 > room) {
		table = calloc(room ? room * 2 : 64, sizeof(*table));
		if (!table)
			return false;
		for (size_t i = 0; i < room; i++)
			if (walk->overridden[i])
				insert_hash(table, room * 2,
				    walk->overridden[i]);
		free(walk->overridden);
		walk->overridden = table;
		walk->overridden_room = room ? room * 2 : 64;
	}
	insert_hash(walk->overridden, walk->overridden_room, hash);
	walk->overridden_count++;
	return true;
}

static void
forget_overrides(struct walk *walk)
{
	if (walk->overridden_count)
		memset(walk->overridden, 0,
		    walk->overridden_room * sizeof(*walk->overridden));
	walk->overridden_count = 0;
	walk->all_members = false;
}

/* --- the first pass ------------------------------------------------------- */

bool
walk_starts(const struct walk *walk)
{
	const struct reader *reader = walk->reader;

	return reader->item == ITEM_BEGIN ||
	       (reader->item == ITEM_RECORD && !reader->in_calendar);
}

static void
note_line(struct walk *walk, struct str name, struct buf *value)
{
	const struct record *record = &walk->reader->record;
	struct line line;

	if (record->count == 0 || !record_line_is(record, 0, name) ||
	    !record_line(record, 0, &line, &walk->arena, NULL))
		return;
	if (value->n == 0)
		buf_add_str(value, line_text(&line, &walk->arena));
}

/* NAME and COLOR (RFC 7986) go before what they replaced. */
static void
note_calendar_line(struct walk *walk)
{
	const struct record *record = &walk->reader->record;

	if (record->count && record_line_is(record, 0, STR("NAME")))
		buf_reset(&walk->name);
	note_line(walk, STR("NAME"), &walk->name);
	note_line(walk, STR("X-WR-CALNAME"), &walk->name);
	if (record->count && record_line_is(record, 0, STR("COLOR")))
		buf_reset(&walk->color);
	note_line(walk, STR("COLOR"), &walk->color);
	note_line(walk, STR("X-APPLE-CALENDAR-COLOR"), &walk->color);
	note_line(walk, STR("METHOD"), &walk->method);
}

static bool
note_record(struct walk *walk,
    void (*report)(void *arg, const struct error *err), void *arg)
{
	const struct record *record = &walk->reader->record;
	struct component component;
	struct event_brief brief;
	struct error err = {0};

	if (str_ieq(record->name, STR("VTIMEZONE"))) {
		component_of_record(&component, record);
		/* A second definition that differs is no news here. */
		if (!zone_scope_add(walk->scope, &component, &err) &&
		    err.code != ERR_VALUE && report)
			report(arg, &err);
		return true;
	}
	event_brief(&brief, record, &walk->arena);
	if (brief.type == EVENT_NONE)
		return true;
	walk->has_events = true;
	if (!brief.is_override || brief.uid.n == 0)
		return true;
	walk->has_members = true;
	return remember_override(walk, str_hash(brief.uid));
}

/* The next item of this calendar. */
static bool
next_item(struct walk *walk, struct error *err)
{
	struct reader *reader = walk->reader;

	err->code = ERR_NONE;
	if (walk->ended)
		return false;
	if (!reader_next(reader, err))
		return false;
	if (reader->item == ITEM_END && !walk->root)
		walk->ended = true;
	if (reader->item == ITEM_NONE)
		return false;
	/* Where a new calendar begins although this one has not ended. */
	return reader->item != ITEM_BEGIN ||
	       (!walk->root && reader->calendar == walk->calendar);
}

static void
start_calendar(struct walk *walk)
{
	walk->root = walk->reader->item != ITEM_BEGIN;
	walk->calendar = walk->reader->calendar;
	walk->ended = false;
	walk->has_events = walk->has_members = false;
	buf_reset(&walk->name);
	buf_reset(&walk->color);
	buf_reset(&walk->method);
	forget_overrides(walk);
	zone_scope_reset(walk->scope);
}

bool
walk_begin(struct walk *walk,
    void (*report)(void *arg, const struct error *err), void *arg,
    struct error *err)
{
	struct reader *reader = walk->reader;
	void (*reader_report)(void *, const struct error *) = reader->report;
	bool ok = true;

	start_calendar(walk);
	reader_mark(reader);
	reader->report = NULL;
	do {
		arena_reset(&walk->arena);
		if (reader->item == ITEM_LINE)
			note_calendar_line(walk);
		else if (reader->item == ITEM_RECORD)
			ok = note_record(walk, report, arg);
	} while (ok && next_item(walk, err));
	reader->report = reader_report;
	if (!ok)
		return error_set(err, ERR_MEMORY, pos_none(), "no memory");
	/* A source that fails is read as far as it goes. */
	return walk_again(walk, err);
}

bool
walk_again(struct walk *walk, struct error *err)
{
	walk->ended = false;
	walk->aside_used = walk->aside_finished = walk->aside_ended = false;
	walk->ahead = NULL;
	return sorter_reset(walk->aside, err) &&
	       reader_rewind(walk->reader, err);
}

bool
walk_end(struct walk *walk, struct error *err)
{
	return reader_release(walk->reader, err);
}

/* --- the second pass ------------------------------------------------------ */

bool
walk_next(struct walk *walk, struct error *err)
{
	struct reader *reader = walk->reader;

	arena_reset(&walk->arena);
	if (next_item(walk, err))
		return true;
	/* The next calendar's BEGIN is not ours: it must come again. */
	if (err->code == ERR_NONE && !walk->ended && reader->item == ITEM_BEGIN)
		reader_unread(reader, err);
	return false;
}

static bool
member_key(struct walk *walk)
{
	struct event_brief brief;

	event_brief(&brief, &walk->reader->record, &walk->arena);
	if (brief.type == EVENT_NONE || brief.uid.n == 0)
		return false;
	buf_reset(&walk->key);
	buf_add_str(&walk->key, brief.uid);
	return walk->all_members || has_hash(walk, str_hash(brief.uid));
}

bool
walk_is_member(struct walk *walk)
{
	if (walk->overridden_count == 0 && !walk->all_members)
		return false;
	return member_key(walk);
}

bool
walk_put_aside(struct walk *walk, struct error *err)
{
	const struct record *record = &walk->reader->record;
	size_t uid = walk->key.n;

	/* The UID, a NUL (no UID goes on with less), the place in the file. */
	buf_add_char(&walk->key, '\0');
	sorter_key_int(&walk->key, (int64_t)record->offset);
	buf_reset(&walk->packed);
	if (!record_pack(record, &walk->packed) || !buf_ok(&walk->key))
		return error_set(err, ERR_MEMORY, record->pos, "no memory");
	walk->aside_used = true;
	if (!sorter_add(walk->aside, buf_str(&walk->key),
		buf_str(&walk->packed), err))
		return false;
	walk->key.n = uid;
	return true;
}

static bool
keep_in_group(struct walk *walk, struct record *record, struct error *err)
{
	if (walk->group_count == walk->group_room) {
		size_t room = walk->group_room ? walk->group_room * 2 : 16;
		struct record **group =
		    realloc(walk->group, room * sizeof(struct record *));

		if (!group)
			return error_set(err, ERR_MEMORY, record->pos,
			    "no memory");
		walk->group = group;
		walk->group_room = room;
	}
	walk->group[walk->group_count++] = record;
	return true;
}

/* The next record put aside. One of another UID goes to the spare arena, to
 * wait as `ahead` while the group that is complete is looked at. */
static bool
next_aside(struct walk *walk, bool first, struct error *err)
{
	struct arena *arena = &walk->arena;
	struct str key, packed;
	struct record *record;
	bool same;

	if (!sorter_next(walk->aside, &key, &packed, err))
		return false;
	key.n -= 9;
	same = !first && str_eq(key, buf_str(&walk->group_key));
	if (!same && !first)
		arena = &walk->spare;
	record = record_unpack(packed, walk->reader->name, arena);
	if (!same) {
		buf_reset(&walk->group_key);
		buf_add_str(&walk->group_key, key);
	}
	if (!record || !buf_ok(&walk->group_key))
		return error_set(err, ERR_MEMORY, pos_none(), "no memory");
	if (same || first)
		return keep_in_group(walk, record, err);
	walk->ahead = record;
	return true;
}

static bool
start_group(struct walk *walk, struct error *err)
{
	struct arena arena = walk->arena;

	arena_reset(&arena);
	walk->arena = walk->spare;
	walk->spare = arena;
	if (walk->ahead) {
		struct record *record = walk->ahead;

		walk->ahead = NULL;
		return keep_in_group(walk, record, err);
	}
	return !walk->aside_ended && next_aside(walk, true, err);
}

bool
walk_next_group(struct walk *walk, struct error *err)
{
	err->code = ERR_NONE;
	walk->group_count = 0;
	if (!walk->aside_used)
		return false;
	if (!walk->aside_finished) {
		walk->aside_finished = true;
		if (!sorter_finish(walk->aside, err))
			return false;
	}
	if (!start_group(walk, err))
		return false;
	while (!walk->ahead && !walk->aside_ended)
		if (!next_aside(walk, false, err)) {
			walk->aside_ended = true;
			return err->code == ERR_NONE;
		}
	return true;
}
