/*
 * Alarms of an event or task: VALARM (RFC 5545, 3.6.6, 3.8.6; RFC 9074), and
 * what Thunderbird keeps in the component itself (X-MOZ-LASTACK,
 * X-MOZ-SNOOZE-TIME).
 */
#ifndef KALENDS_CAL_ALARM_H
#define KALENDS_CAL_ALARM_H

#include "cal/series.h"

#define LIMIT_ALARMS  1000  /* of one component */
#define LIMIT_REPEAT  10000 /* REPEAT of one alarm */
#define LIMIT_SNOOZES 1000  /* X-MOZ-SNOOZE-TIME-... of one component */

enum alarm_related { ALARM_START, ALARM_END, ALARM_ABSOLUTE };

struct alarm {
	struct component component; /* record is NULL: a default alarm */
	struct str action;          /* upper case; DISPLAY where it is absent */
	struct str trigger;         /* as it stands */
	enum alarm_related related;
	bool snoozes;           /* RELATED-TO;RELTYPE=SNOOZE */
	struct duration offset; /* from start or end */
	int64_t at;             /* ALARM_ABSOLUTE: an instant */
	uint64_t repeat;        /* how often it comes again */
	struct duration delay;  /* after which it does; positive */
	/* Moments up to this one have been acknowledged, here or, of a snooze,
	 * in the alarm that it is of (RFC 9074, 6.1, 7); INT64_MIN: none. */
	int64_t acknowledged;
	struct str uid, original; /* UIDs: its own, of the one it snoozes */
	struct str identity; /* of an absolute one: the UID, else DESCRIPTION */
};

/* One occurrence of a series that was snoozed: its original start, in seconds
 * since 1970 of UTC or, for dates and floating times, of the wall clock. */
struct alarm_snooze {
	int64_t recurrence, until;
};

struct alarms {
	struct alarm *list;
	size_t count;
	int64_t acknowledged; /* all alarms up to then; INT64_MIN: none */
	int64_t snoozed;      /* until then; INT64_MIN: not */
	struct alarm_snooze *snoozes;
	size_t snooze_count;
};

/* An alarm for who has none: so long from the start of an event, from when a
 * task is due. */
struct alarm_default {
	struct duration offset;
	struct str text; /* as it was asked for */
};

#define ALARM_DEFAULTS_MOST 16

struct alarm_defaults {
	struct alarm_default list[ALARM_DEFAULTS_MOST];
	size_t count;
};

/* Which alarms count. {0}: DISPLAY, AUDIO and EMAIL, no defaults, not those of
 * what is cancelled, declined or done, and none that was acknowledged. */
struct alarm_choice {
	struct str actions; /* "DISPLAY,X-BELL", upper case; empty: see above */
	struct alarm_defaults timed, allday;
	bool cancelled, completed, declined, acknowledged; /* these too */
	struct str owner; /* whose PARTSTAT counts; empty: nobody's */
};

/* Adds what is named in a list of cancelled, completed, declined and
 * acknowledged. ERR_USAGE for another word. */
bool alarm_choice_include(struct alarm_choice *choice, struct str list,
    struct error *err);

/* Adds default alarms: "15m,-1d" are before, "+9h" is after. The list must stay
 * where it is. */
bool alarm_defaults_add(struct alarm_defaults *defaults, struct str list,
    struct error *err);

/* Whether a record can have alarms: by its VALARMs, or by defaults. */
bool alarms_possible(const struct alarm_choice *choice,
    const struct record *record);

/* Reads the VALARM of alarm->component. False for one that is never due, or
 * cannot be: then only uid and acknowledged are set. A TRIGGER that is missing
 * or cannot be used is reported; left out without a word are actions that are
 * not chosen and NONE, alarms of a place (PROXIMITY), and those that KDE has
 * switched off. */
bool alarm_read(struct alarm *alarm, const struct event *event,
    const struct alarm_choice *choice, const struct event_context *context);

/* Reads the alarms of an event that can be due at some time, or gives it the
 * default ones where it has no VALARM of any kind. Copies of an absolute alarm
 * count once. False without memory. Everything lives in context->arena. */
bool alarms_read(struct alarms *alarms, const struct event *event,
    const struct alarm_choice *choice, const struct event_context *context);

/* Whether two alarms are one: absolute, of one time, action and identity. */
static inline bool
alarm_is_copy(const struct alarm *a, const struct alarm *b)
{
	return a->related == ALARM_ABSOLUTE && b->related == ALARM_ABSOLUTE &&
	       a->at == b->at && str_eq(a->action, b->action) &&
	       str_eq(a->identity, b->identity);
}

/* Whether an event's alarms are silent: cancelled, done, or declined by the
 * owner. */
bool alarm_is_silent(const struct event *event,
    const struct alarm_choice *choice, struct arena *arena);

/* When the alarm comes for the n-th time (0: first), as an instant. `anchor` is
 * the start or end that it is related to, `instant` the same; not used where it
 * is absolute. Weeks and days are nominal on the anchor's wall clock, the rest
 * exact (3.3.6); zone: of DATE and floating times. */
int64_t alarm_moment(const struct alarm *alarm, uint64_t n,
    const struct when *anchor, int64_t instant, const struct zone *zone,
    struct zone_cursor *cursor);

/* Seconds from one time to the next, and how far a nominal sum can be off. */
int64_t alarm_step(const struct alarm *alarm);
int64_t alarm_slack(const struct alarm *alarm);

#endif
