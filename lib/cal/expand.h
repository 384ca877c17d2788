/*
 * Calendars in, occurrences out: what icsexpand and every later view of a
 * calendar share.
 */
#ifndef KALENDS_CAL_EXPAND_H
#define KALENDS_CAL_EXPAND_H

#include "cal/series.h"
#include "cal/walk.h"

struct expand {
	/* What is asked for; set by the caller. */
	struct series_options options;
	unsigned types; /* bit 1 << EVENT_TODO and so on */
	bool endless;   /* series without end go on to options.until; else they
			   are reported and left out */
	int64_t series_until; /* what recurs only comes up to there; 0: no
				 other end than options.until */
	struct zones *zones;
	enum zone_policy policy;

	/* Gets each occurrence of a series in order, series after series;
	 * undated tasks with start.kind WHEN_NONE where the range has no
	 * beginning. False stops. */
	bool (*found)(void *arg, const struct occurrence *occurrence);
	/* Where set, gets each series whole, and `found` nothing: a master, or
	 * NULL, and its overrides. They live until it returns. False stops. */
	bool (*series)(void *arg, const struct event *master,
	    const struct event *const *overrides, size_t count);
	/* Where set: whether a record that is a series of its own is looked at
	 * at all; so that one that is not costs nothing. */
	bool (*wanted)(void *arg, const struct record *record);
	/* Gets the items of the calendar that are no series, in their place:
	 * its lines and zones. May be NULL. */
	bool (*aside)(void *arg);
	/* What is wrong, and what is only worth saying. */
	void (*report)(void *arg, const struct error *err);
	void (*note)(void *arg, const struct error *err);
	void *arg;

	struct walk walk; /* .name, .color of the calendar at hand */

	/* How values of the calendar begun are read. */
	struct event_context context;

	/* Private from here. */
	uint64_t events;                 /* read so far */
	const struct zone *compared[64]; /* of this calendar: said or equal */
	size_t compared_count;
	uint64_t unknown[256]; /* hashes of TZIDs that were said to be none */
	size_t unknown_count;
};

bool expand_init(struct expand *expand, struct reader *reader, size_t memory,
    struct error *err);
void expand_free(struct expand *expand);

/* Expands what the reader stands at, a calendar or a component outside of any
 * (walk_starts()), to its end. Faults inside are reported and passed over;
 * false for a source that cannot be read, no memory, or a callback's false
 * (then err->code is ERR_NONE). */
bool expand_calendar(struct expand *expand, struct error *err);

/* The same in steps, for who does not want all series: expand_begin() is
 * walk_begin(); then the reader's record as a series of its own, or the walk's
 * group. False when `found` said so. */
bool expand_begin(struct expand *expand, struct error *err);
bool expand_record(struct expand *expand);
bool expand_group(struct expand *expand);

/* Another zone for the DATE and floating times of the calendar begun. */
void expand_set_zone(struct expand *expand, const struct zone *zone);

#endif
