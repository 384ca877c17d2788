/*
 * Components that are there more than once: the same UID, RECURRENCE-ID, kind
 * and METHOD. The newest stays: the highest SEQUENCE, then the latest DTSTAMP,
 * then the latest LAST-MODIFIED, then the one that came last (RFC 5546, 2.1.5).
 * RECURRENCE-IDs are compared by the instant that they name.
 *
 * What is held of a component is a few numbers and its UID, on disk beyond the
 * memory that may be used, and one bit.
 */
#ifndef KALENDS_CAL_DEDUPE_H
#define KALENDS_CAL_DEDUPE_H

#include "base/sorter.h"
#include "text/draft.h"
#include "time/zone.h"

struct dedupe {
	uint64_t count; /* of components, numbered from 1 */

	/* Private from here. */
	struct sorter *sorter;
	struct spool calendar; /* those of the calendar at hand */
	struct buf key, payload;
	unsigned char *dropped; /* a bit for each number */
	struct sorter *rows;
};

bool dedupe_init(struct dedupe *dedupe, size_t memory, struct error *err);
void dedupe_free(struct dedupe *dedupe);

/* A component of the calendar at hand; *number is what it is called from now
 * on. One without UID is never a duplicate. */
bool dedupe_add(struct dedupe *dedupe, const struct draft *draft,
    uint64_t *number, struct error *err);

/* The end of the calendar: now METHOD and zones are known. `zone` gives the
 * zone that a TZID means in it, or NULL. */
bool dedupe_close(struct dedupe *dedupe, struct str method,
    const struct zone *(*zone)(void *arg, struct str tzid), void *arg,
    struct error *err);

/* All components are known. With rows, what is left out can be listed. */
bool dedupe_decide(struct dedupe *dedupe, bool rows, struct error *err);

bool dedupe_drops(const struct dedupe *dedupe, uint64_t number);

/* What is left out, in the order it came, as a row: place, UID, RECURRENCE-ID,
 * place of the one that is newer. False at the end or on an error. */
bool dedupe_next_row(struct dedupe *dedupe, struct str *row, struct error *err);

#endif
