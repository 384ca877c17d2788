#define _XOPEN_SOURCE 700 /* realpath */

#include "cli/alarm_state.h"

#include <stdlib.h>
#include <unistd.h>

#include "cli/alarm_state_impl.h"
#include "time/civil.h"

#define FIRST_LOOK 60 /* seconds that the first run looks back */

/* Lines that say nothing new before the file is written again. */
#define SLACK_LINES 500

static bool
no_memory(const struct alarm_state *state, struct error *err)
{
	return error_set(err, ERR_MEMORY, (struct pos){state->name, 0, 0},
	    "no memory");
}

/* --- entries -------------------------------------------------------------- */

static uint64_t
hash_of(int64_t at, struct str key)
{
	uint64_t hash = UINT64_C(0xcbf29ce484222325) ^ (uint64_t)at;

	for (size_t i = 0; i < key.n; i++)
		hash =
		    (hash ^ (unsigned char)key.p[i]) * UINT64_C(0x100000001b3);
	return hash ^ hash >> 29;
}

static size_t
place_of(const struct alarm_state *state, uint64_t hash, int64_t at,
    struct str key)
{
	size_t mask = state->table_room - 1, i = (size_t)hash & mask;

	for (; state->table[i]; i = (i + 1) & mask) {
		const struct alarm_entry *entry =
		    &state->entries[state->table[i] - 1];

		if (entry->hash == hash && entry->at == at &&
		    str_eq(entry->key, key))
			break;
	}
	return i;
}

static bool
grow_table(struct alarm_state *state)
{
	size_t room = state->table_room ? state->table_room * 2 : 256;
	uint32_t *table;

	if (state->count * 2 < state->table_room)
		return true;
	table = calloc(room, sizeof(*table));
	if (!table)
		return false;
	free(state->table);
	state->table = table;
	state->table_room = room;
	for (size_t i = 0; i < state->count; i++) {
		const struct alarm_entry *entry = &state->entries[i];

		table[place_of(state, entry->hash, entry->at, entry->key)] =
		    (uint32_t)(i + 1);
	}
	return true;
}

static bool
grow_entries(struct alarm_state *state)
{
	size_t room = state->room ? state->room * 2 : 64;
	struct alarm_entry *entries;

	if (state->count < state->room)
		return true;
	if (state->count == UINT32_MAX - 1)
		return false;
	entries = realloc(state->entries, room * sizeof(*entries));
	if (!entries)
		return false;
	state->entries = entries;
	state->room = room;
	return true;
}

struct alarm_entry *
alarm_entry_of(struct alarm_state *state, int64_t at, struct str key)
{
	uint64_t hash = hash_of(at, key);
	struct str copy;
	size_t place;

	if (!grow_table(state) || !grow_entries(state))
		return NULL;
	place = place_of(state, hash, at, key);
	if (state->table[place])
		return &state->entries[state->table[place] - 1];
	copy = arena_copy(&state->arena, key);
	if (!copy.p)
		return NULL;
	state->entries[state->count++] =
	    (struct alarm_entry){.at = at, .key = copy, .hash = hash};
	state->table[place] = (uint32_t)state->count;
	return &state->entries[state->count - 1];
}

struct alarm_memory *
alarm_memory_of(struct alarm_state *state, struct alarm_entry *entry,
    uint32_t n)
{
	uint32_t room = entry->room ? entry->room : 1;
	struct alarm_memory *of;

	while (room <= n)
		room *= 2;
	if (room > entry->room) {
		of = arena_array(&state->arena, room, sizeof(*of));
		if (!of)
			return NULL;
		if (entry->count)
			memcpy(of, entry->of, entry->count * sizeof(*of));
		entry->of = of;
		entry->room = room;
	}
	if (entry->count <= n)
		entry->count = n + 1;
	return &entry->of[n];
}

/* --- open and close ------------------------------------------------------- */

/* What is remembered at least, so that a clock that goes back for less than a
 * day fires nothing twice. */
static int64_t
remembered(const struct alarm_state *state)
{
	return state->late > SECONDS_A_DAY ? state->late : SECONDS_A_DAY;
}

static void
begin(struct alarm_state *state)
{
	state->since = state->last = state->now - FIRST_LOOK;
	state->fresh = true;
}

struct alarm_state *
alarm_state_open(const char *path, int64_t now, int64_t late, bool *reset,
    struct error *err)
{
	struct alarm_state *state = calloc(1, sizeof(*state));

	*reset = false;
	if (!state) {
		error_set(err, ERR_MEMORY, pos_none(), "no memory");
		return NULL;
	}
	state->fd = -1;
	state->now = now;
	state->late = late;
	state->name = path;
	state->path = realpath(path, NULL);
	if (!state->path)
		state->path = strdup(path);
	if (!state->path) {
		no_memory(state, err);
		alarm_state_free(state);
		return NULL;
	}
	if (!alarm_file_open(state, err)) {
		alarm_state_free(state);
		return NULL;
	}
	if (state->size == 0) {
		begin(state);
	} else if (now < state->since) {
		*reset = true;
		state->count = 0;
		if (state->table)
			memset(state->table, 0,
			    state->table_room * sizeof(*state->table));
		begin(state);
	}
	return state;
}

void
alarm_state_free(struct alarm_state *state)
{
	if (!state)
		return;
	if (state->fd >= 0)
		close(state->fd);
	free(state->path);
	free(state->entries);
	free(state->table);
	arena_free(&state->arena);
	buf_free(&state->text);
	free(state);
}

int64_t
alarm_state_from(const struct alarm_state *state)
{
	int64_t from = state->now - state->late;

	return from > state->since ? from : state->since;
}

int64_t
alarm_state_last(const struct alarm_state *state)
{
	return state->last;
}

/* Alarms that fired and are not yet in the file. */
static size_t
add_unsaved(struct alarm_state *state)
{
	size_t added = 0;

	for (size_t i = 0; i < state->count; i++) {
		struct alarm_entry *entry = &state->entries[i];

		for (uint32_t n = 0; n < entry->count; n++) {
			struct alarm_memory *memory = &entry->of[n];

			if (!memory->fired || memory->saved)
				continue;
			alarm_file_line(state, "fired", entry, n);
			memory->saved = true;
			added++;
		}
	}
	return added;
}

/* Lines that a new file would have. */
static size_t
live_lines(const struct alarm_state *state, int64_t since)
{
	size_t lines = 3;

	for (size_t i = 0; i < state->count; i++)
		if (state->entries[i].at >= since)
			lines += state->entries[i].count;
	return lines;
}

bool
alarm_state_close(struct alarm_state *state, bool looked, struct error *err)
{
	int64_t since = state->now - remembered(state);
	size_t added;

	if (looked)
		state->last = state->now;
	if (since < state->since)
		since = state->since;
	if (state->fresh ||
	    state->lines > 2 * live_lines(state, since) + SLACK_LINES) {
		state->since = since;
		return alarm_file_rewrite(state, err);
	}
	buf_reset(&state->text);
	added = add_unsaved(state);
	buf_printf(&state->text, "last\t%lld\n", (long long)state->last);
	state->lines++;
	/* That nothing fired may be forgotten. */
	return alarm_file_append(state, added > 0, err);
}

/* --- alarms --------------------------------------------------------------- */

bool
alarm_state_meet(struct alarm_state *state, int64_t at, struct str key,
    struct alarm_mark *mark, enum alarm_known *known)
{
	struct alarm_entry *entry = alarm_entry_of(state, at, key);
	struct alarm_memory *memory;

	if (!entry)
		return false;
	mark->n = entry->met++;
	mark->entry = (size_t)(entry - state->entries);
	memory = alarm_memory_of(state, entry, mark->n);
	if (!memory)
		return false;
	*known = memory->fired   ? ALARM_FIRED
	         : memory->tries ? ALARM_TRIED
	                         : ALARM_NEW;
	return true;
}

static bool
append(struct alarm_state *state, const char *word, struct alarm_mark mark,
    struct error *err)
{
	if (state->fresh && !alarm_file_rewrite(state, err))
		return false;
	buf_reset(&state->text);
	alarm_file_line(state, word, &state->entries[mark.entry], mark.n);
	return alarm_file_append(state, true, err);
}

bool
alarm_state_fired(struct alarm_state *state, struct alarm_mark mark,
    bool at_once, struct error *err)
{
	struct alarm_memory *memory = &state->entries[mark.entry].of[mark.n];

	if (!at_once) {
		memory->fired = true;
		return true;
	}
	if (!append(state, "fired", mark, err))
		return false;
	memory->fired = memory->saved = true;
	return true;
}

bool
alarm_state_failed(struct alarm_state *state, struct alarm_mark mark,
    unsigned *tries, struct error *err)
{
	struct alarm_memory *memory = &state->entries[mark.entry].of[mark.n];

	if (!append(state, "failed", mark, err))
		return false;
	*tries = ++memory->tries;
	return true;
}
