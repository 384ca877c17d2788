/*
 * What icsalarm remembers between two runs, so that each alarm fires once:
 * until when it has looked, and which alarms of the last days it has fired.
 *
 * The file is text, a line each, its fields apart by TABs and escaped as in a
 * row:
 *
 *	icsalarm 1
 *	since	EPOCH		nothing earlier is remembered, or fires
 *	last	EPOCH		all before this has been looked at
 *	fired	EPOCH	N	CALENDAR	UID	RECURRENCE	ACTION
 *	failed	EPOCH	N	CALENDAR	UID	RECURRENCE	ACTION
 *
 * N tells apart alarms that have all the rest in common. A later line goes
 * before an earlier one, and each "failed" is one try. Lines are appended; when
 * half of them say nothing new the file is written again beside its place and
 * renamed. A last line that was cut off counts as not written.
 *
 * An alarm is fired first and remembered after that: a run that is killed in
 * between fires it again. Losing one would be worse.
 */
#ifndef KALENDS_CLI_ALARM_STATE_H
#define KALENDS_CLI_ALARM_STATE_H

#include "base/error.h"
#include "base/str.h"

struct alarm_state;

/* An alarm that was met in this run. */
struct alarm_mark {
	size_t entry;
	uint32_t n;
};

enum alarm_known {
	ALARM_FIRED, /* is not to fire again */
	ALARM_TRIED, /* but failed: fires however late */
	ALARM_NEW,
};

/* Opens and locks the file, makes it where it is not there: that run looks back
 * one minute. Waits half a minute for another run; ERR_LIMIT where that goes
 * on. ERR_SYNTAX for a file that is something else: it is never written to.
 * The path must live as long as the state and its errors.
 * late: seconds that an alarm may be late. *reset tells that the clock stood
 * still further ahead before, so that all begins anew. */
struct alarm_state *alarm_state_open(const char *path, int64_t now,
    int64_t late, bool *reset, struct error *err);
void alarm_state_free(struct alarm_state *state);

/* The first moment to look at, and until when was looked before. */
int64_t alarm_state_from(const struct alarm_state *state);
int64_t alarm_state_last(const struct alarm_state *state);

/* Meets an alarm; key: the last four fields. Each alarm of a run is met once,
 * those that have all in common in the order in which they are found. False
 * without memory. */
bool alarm_state_meet(struct alarm_state *state, int64_t at, struct str key,
    struct alarm_mark *mark, enum alarm_known *known);

/* Remembers that it fired, or failed; *tries is how often it did. `at_once`: on
 * disk before this returns. Else alarm_state_close() writes it. */
bool alarm_state_fired(struct alarm_state *state, struct alarm_mark mark,
    bool at_once, struct error *err);
bool alarm_state_failed(struct alarm_state *state, struct alarm_mark mark,
    unsigned *tries, struct error *err);

/* Writes what is left. looked: everything could be looked at, so the next run
 * goes on from here. */
bool alarm_state_close(struct alarm_state *state, bool looked,
    struct error *err);

#endif
