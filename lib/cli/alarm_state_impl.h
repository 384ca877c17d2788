/*
 * Inside the state of icsalarm: alarm_state.c remembers, alarm_state_file.c
 * reads and writes. Nobody else includes this.
 */
#ifndef KALENDS_CLI_ALARM_STATE_IMPL_H
#define KALENDS_CLI_ALARM_STATE_IMPL_H

#include "base/arena.h"
#include "base/buf.h"
#include "cli/alarm_state.h"

/* One of the alarms that have all but their number in common. */
struct alarm_memory {
	bool fired;
	bool saved; /* in the file */
	uint32_t tries;
};

struct alarm_entry {
	int64_t at;
	struct str key;
	uint64_t hash;
	struct alarm_memory *of; /* by number */
	uint32_t count, room;
	uint32_t met; /* in this run */
};

struct alarm_state {
	const char *name; /* as it was given, for messages */
	char *path;       /* without links */
	int fd;
	uint64_t size; /* of the file */
	int64_t now, late, since, last;
	bool fresh; /* the file is to be written anew */
	size_t lines;

	struct arena arena;
	struct alarm_entry *entries;
	size_t count, room;
	uint32_t *table; /* of numbers of entries, from 1; open addressing */
	size_t table_room;
	struct buf text;
};

/* The entry of an alarm, made where there is none; NULL without memory. */
struct alarm_entry *alarm_entry_of(struct alarm_state *state, int64_t at,
    struct str key);
/* Its n-th alarm; NULL without memory. */
struct alarm_memory *alarm_memory_of(struct alarm_state *state,
    struct alarm_entry *entry, uint32_t n);

/* Opens, locks and reads. */
bool alarm_file_open(struct alarm_state *state, struct error *err);

/* Appends state->text; a failed write leaves the file as it was. */
bool alarm_file_append(struct alarm_state *state, bool sync, struct error *err);

/* Appends a line for an alarm to state->text. */
bool alarm_file_line(struct alarm_state *state, const char *word,
    const struct alarm_entry *entry, uint32_t n);

/* Writes the file anew, without what is before state->since. */
bool alarm_file_rewrite(struct alarm_state *state, struct error *err);

#endif
