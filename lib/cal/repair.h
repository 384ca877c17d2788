/*
 * Repairs of what real exporters get wrong. Each has a name, changes only the
 * lines it must, and finds nothing to do a second time.
 */
#ifndef KALENDS_CAL_REPAIR_H
#define KALENDS_CAL_REPAIR_H

#include "base/buf.h"
#include "text/draft.h"
#include "time/zone.h"

struct repair_info {
	const char *name;
	const char *what;     /* half a sentence */
	const char *exporter; /* who writes it */
};

/* The i-th repair; false where there are no more. */
bool repair_info(size_t i, struct repair_info *info);

/* Reads "name,name"; "-name,-name" is all but these, NULL all but those that
 * are done only where they are named ("html"), "all" really all. */
bool repair_parse(uint64_t *set, const char *list, struct error *err);

/* Whether the named one is in a set. */
bool repair_has(uint64_t set, const char *name);

struct repair {
	/* Set by the caller; borrowed. */
	uint64_t set;
	void (*tell)(void *arg, const struct error *err); /* may be NULL */
	void *arg;
	/* The zone that a TZID means in the calendar at hand, or NULL. */
	const struct zone *(*zone)(void *arg, struct str tzid);
	void *zone_arg;

	/* Private from here. */
	size_t current; /* the repair at work */
	struct draft *draft;
	bool method_seen;
	uint64_t *uids; /* of the calendar at hand: hashes, open addressing */
	size_t uid_count, uid_room;
	struct buf buf;
};

void repair_free(struct repair *repair);

/* A calendar begins. */
void repair_calendar(struct repair *repair);

/* Repairs a component, or lines of the calendar itself. */
void repair_draft(struct repair *repair, struct draft *draft);

#endif
