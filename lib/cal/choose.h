/*
 * Choosing series: which records of a calendar belong to a series that a query
 * and a range ask for. Masters and overrides of one UID go together.
 *
 * Groups are decided first; the places of their records are sorted, so that
 * the last pass over the calendar finds them again in the file's order while
 * it decides the records that are a series of their own.
 */
#ifndef KALENDS_CAL_CHOOSE_H
#define KALENDS_CAL_CHOOSE_H

#include "cal/expand.h"
#include "cal/query.h"

struct choose {
	/* Set by the caller. */
	const struct query *query; /* NULL: every component */
	bool ranged; /* an occurrence that matches must be in expand's range */
	/* Which records count at all; false: never chosen. */
	bool (*counts)(void *arg, const struct record *record);
	void *arg;

	/* .options and so on as expand.h says; `found`, `arg` are set here. */
	struct expand expand;

	/* Private from here. */
	void (*report)(void *arg, const struct error *err);
	void *report_arg;
	struct arena arena;
	struct sorter *chosen;
	bool chosen_used, has_next, matched;
	uint64_t next; /* offset of the next chosen record of a group */
};

bool choose_init(struct choose *choose, struct reader *reader, size_t memory,
    struct error *err);
void choose_free(struct choose *choose);

/* All passes but the last over the calendar that the reader stands at. */
bool choose_begin(struct choose *choose, struct error *err);

/* In the last pass (walk_next() of choose->expand.walk): whether the reader's
 * record is chosen. */
bool choose_current(struct choose *choose);

/* Whether one record matches the query, whatever its series. What could not be
 * looked at is reported. */
bool choose_matches(struct choose *choose, const struct record *record);

#endif
