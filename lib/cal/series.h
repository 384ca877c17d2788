/*
 * Series: a master with its rules and dates, its exceptions and its overrides
 * (RFC 5545, 3.8.4.4, 3.8.5), as the occurrences that it makes.
 *
 *	set = (DTSTART + RRULEs + RDATEs) - EXDATEs - EXRULEs
 *
 * then overrides replace instances by the instant of their RECURRENCE-ID, in
 * any order; one whose RECURRENCE-ID is no instance is an instance of its own.
 * With RANGE=THISANDFUTURE an override also shifts, and lends its properties
 * and length to, all later instances without an override of their own.
 */
#ifndef KALENDS_CAL_SERIES_H
#define KALENDS_CAL_SERIES_H

#include "cal/event.h"

struct occurrence {
	const struct event *event; /* whose properties hold: master, override */
	struct when start, end;
	int64_t from, until; /* the instants of start and end; until >= from */
	struct when recurrence_id; /* WHEN_NONE where nothing recurs */
};

struct series_options {
	int64_t from, until;     /* occurrences that touch [from, until) */
	const struct zone *zone; /* of DATE and floating times */
	enum rule_start school;
	/* Instances looked at, at most; 0: LIMIT_INSTANCES. */
	uint64_t limit;
};

#define LIMIT_INSTANCES UINT64_C(10000000)

/* RSCALE rules (RFC 7529) are expanded by somebody else: gives local times as
 * rule_iter does. See cal/rscale.h. */
struct rscale;

struct series;

/* master may be NULL: overrides alone. The events are borrowed. */
struct series *series_new(const struct event *master,
    const struct event *const *overrides, size_t count,
    const struct series_options *options, struct error *err);
void series_free(struct series *series);

/* The next occurrence in the range, by start, then as they stand in the file.
 * False at the end (err->code ERR_NONE); ERR_LIMIT above the limit; ERR_ABSENT
 * for an RSCALE that cannot be expanded. */
bool series_next(struct series *series, struct occurrence *occurrence,
    struct error *err);

/* Whether the series ends (COUNT, UNTIL or no rule at all). */
bool series_is_finite(const struct event *master);

/* An occurrence of an event that does not recur: what series_new() of it alone
 * would give. False when it does not touch the range. */
bool series_single(const struct event *event,
    const struct series_options *options, struct occurrence *occurrence);

#endif
