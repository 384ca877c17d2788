/*
 * The VTIMEZONEs of calendars that become one (RFC 5545, 3.6.5): each zone
 * once, and two that are called the same but differ under two names.
 *
 * Two definitions of one TZID are the same where they give the same offsets
 * from the earliest time on that the later calendar has in that zone (to 2100):
 * another history, which nobody asks about, makes no second zone. A TZID that a
 * calendar uses and does not define keeps its meaning too: a definition by
 * another calendar that differs from it is the one that is renamed.
 *
 * Calendars are looked at one after the other, before anything is written:
 *
 *	for each calendar	zone_merge_define(), _use() ..., _close()
 *	zone_merge_settle()
 *	for each calendar	zone_merge_open(), zone_merge_name() ...
 */
#ifndef KALENDS_CAL_ZONE_MERGE_H
#define KALENDS_CAL_ZONE_MERGE_H

#include "base/spool.h"
#include "text/record.h"
#include "time/zones.h"

struct zone_merge;

/* What is done beyond joining. */
struct zone_merge_options {
	bool complete; /* zones that are used and not defined are written,
			  those that are not used are not */
	bool iana;     /* those that are not defined get their IANA name */
	struct zones *zones;
};

struct zone_merge *zone_merge_new(const struct zone_merge_options *options);
void zone_merge_free(struct zone_merge *merge);
void zone_merge_reset(struct zone_merge *merge);

/* A VTIMEZONE of the calendar at hand, as it will be written. False with
 * ERR_VALUE where the calendar has defined that TZID before, differently: the
 * first one stays; with ERR_LIMIT above some thousand definitions, or
 * ERR_MEMORY. */
bool zone_merge_define(struct zone_merge *merge, struct str text,
    struct pos pos, struct error *err);

/* A line of the calendar at hand with a TZID parameter; others do no harm. */
bool zone_merge_use(struct zone_merge *merge, const struct line *line,
    struct arena *arena, struct error *err);

/* The same for all lines of a record that have one. */
bool zone_merge_use_record(struct zone_merge *merge,
    const struct record *record, struct arena *arena, struct error *err);

/* The zone that a TZID means in the calendar at hand; NULL where none. */
const struct zone *zone_merge_find(struct zone_merge *merge, struct str name);

/* The end of the calendar. `part`, 0 to 63: what it will be written with; what
 * zone_merge_open() needs is appended to the log. */
bool zone_merge_close(struct zone_merge *merge, unsigned part,
    struct spool *log, struct error *err);

/* All calendars have been seen. */
bool zone_merge_settle(struct zone_merge *merge, struct error *err);

/* Where the log is read; {log} stands at its beginning. */
struct zone_log {
	struct spool *log;
	uint64_t at;
	size_t have, next;
	unsigned char bytes[1024];
};

/* The next calendar; *renames: whether a TZID in it is called otherwise. */
bool zone_merge_open(struct zone_merge *merge, struct zone_log *log,
    unsigned *part, bool *renames, struct error *err);

/* What a TZID of the opened calendar is called; an empty slice: as before. */
struct str zone_merge_name(struct zone_merge *merge, struct str name);

/* The definitions of a part, in the order they came; *at starts at 0. A name
 * that is not empty is to be put in the place of the text's TZID. False at the
 * end or, with an error, without memory. */
struct zone_text {
	struct str text, name;
};

bool zone_merge_next(struct zone_merge *merge, uint64_t *at, unsigned part,
    struct zone_text *zone, struct error *err);

/* The names that have changed; *at starts at 0. defined: a definition that
 * differs from another one, else a TZID that got its IANA name. */
struct zone_rename {
	struct str from, to;
	struct pos pos;
	bool defined;
};

bool zone_merge_renamed(const struct zone_merge *merge, uint64_t *at,
    struct zone_rename *rename);

/* The TZIDs of a part that are used and mean nothing; *at starts at 0. */
bool zone_merge_unknown(const struct zone_merge *merge, size_t *at,
    unsigned part, struct str *tzid, struct pos *pos);

#endif
