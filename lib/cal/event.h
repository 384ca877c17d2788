/*
 * A component that stands in time: VEVENT, VTODO, VJOURNAL (RFC 5545, 3.6.1
 * to 3.6.3) as its record tells, times resolved to zones.
 *
 * Everything lives in the arena given, or in the record's text: an event is
 * valid as long as both.
 */
#ifndef KALENDS_CAL_EVENT_H
#define KALENDS_CAL_EVENT_H

#include "base/arena.h"
#include "base/error.h"
#include "base/limits.h"
#include "text/record.h"
#include "time/rule.h"
#include "time/when.h"
#include "time/zones.h"

enum event_type { EVENT_NONE, EVENT_EVENT, EVENT_TODO, EVENT_JOURNAL };

/* How TZIDs are understood while events are read; see zones.h. */
struct event_context {
	struct zones *zones;
	const struct zone_scope *scope; /* of the calendar */
	enum zone_policy policy;
	const struct zone *zone; /* of floating times and unknown TZIDs */
	struct arena *arena;

	/* Told of what is wrong with a value and was left out. May be NULL. */
	void (*report)(void *arg, const struct error *err);
	/* Told of a TZID that is none, or that means two things; once each is
	 * the callee's business. `other` is the definition that was not taken
	 * where there are two. */
	void (*odd_zone)(void *arg, struct str tzid, struct pos pos,
	    enum zone_source source, const struct zone *taken,
	    const struct zone *other);
	void *arg;
};

/* One value of RDATE or EXDATE. */
struct event_date {
	struct when when;
	bool has_end; /* RDATE;VALUE=PERIOD with an end or a duration */
	struct when end;
	bool has_duration;
	struct duration duration;
};

struct event_rule {
	struct rule rule;
	struct event_rule *next;
};

enum event_length {
	LENGTH_NONE, /* a DATE lasts a day, a time is a moment (3.6.1) */
	LENGTH_END,  /* DTEND, DUE: the exact time to it, or days of DATEs */
	LENGTH_DURATION, /* nominal */
};

struct event_memo;

struct event {
	enum event_type type;
	uint64_t number; /* of all events of a run; 0 where nobody counts */
	struct component component;
	struct event_memo *memo; /* where properties were found; or NULL */
	struct str uid;          /* as it stands; empty where there is none */
	struct when start;
	bool has_start; /* false: a task without DTSTART; `start` is DUE */
	enum event_length length;
	struct when end;
	int64_t exact; /* from start to end; where neither floats */
	bool has_exact;
	struct duration duration;
	struct event_rule *rules, *exrules;
	struct event_date *dates, *exdates;
	size_t date_count, exdate_count;
	struct when recurrence_id; /* WHEN_NONE: this is a master */
	bool this_and_future;
	uint64_t sequence;
	struct pos pos;
};

/* Reads a record. False for a record that is no such component, or that has
 * no usable time (then err tells; type is set): a VEVENT without DTSTART. An
 * undated VTODO or VJOURNAL gives true with start.kind WHEN_NONE. Faulty
 * RRULEs, RDATEs and so on are reported and left out. */
bool event_read(struct event *event, const struct record *record,
    const struct event_context *context, struct error *err);

/* Only when its first instance is, of any component: start, length, end and
 * recurrence_id. False where that is not known. */
bool event_read_times(struct event *event, const struct record *record,
    const struct event_context *context, struct error *err);

/* A DATE or DATE-TIME of a line in its zone. False, reported, for one that
 * cannot be read. */
bool event_when(struct when *when, const struct line *line, struct str value,
    const struct event_context *context);

/* What the first pass needs, without reading the rest: the type, the UID and
 * whether there are RRULE, RDATE or RECURRENCE-ID. */
struct event_brief {
	enum event_type type;
	struct str uid;
	bool recurs, is_override;
};

void event_brief(struct event_brief *brief, const struct record *record,
    struct arena *arena);

/* Whether it has rules or dates. */
static inline bool
event_recurs(const struct event *event)
{
	return event->rules || event->date_count;
}

/* For event_line(); NULL without memory, which only makes that slow. */
struct event_memo *event_memo_new(struct arena *arena);

/* The first property of that name, false where absent. Finds it quickly when
 * it is asked for again, for each occurrence of a series. */
bool event_line(const struct event *event, struct str property,
    struct line *line, struct arena *arena);

/* Its text, decoded; empty where absent. */
struct str event_text(const struct event *event, struct str property,
    struct arena *arena);

#endif
