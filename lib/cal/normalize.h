/*
 * Strict RFC 5545, line by line: names in upper case, parameters quoted where
 * they must be, texts escaped, quoted-printable and other character sets
 * decoded, VALUE as the value is, no control characters, BEGIN and END in
 * pairs, UID and DTSTAMP where they are missing. What a line means to the
 * programs of kalends does not change; doing it twice is doing it once.
 *
 * A calendar that says VERSION:1.0 is converted (vcalendar1.h).
 *
 * What is no content line becomes the text of an X-KALENDS-LINE property, and
 * is reported: nothing is lost.
 */
#ifndef KALENDS_CAL_NORMALIZE_H
#define KALENDS_CAL_NORMALIZE_H

#include "cal/repair.h"

struct normalize {
	/* Set by the caller. */
	void (*report)(void *arg, const struct error *err);
	void *arg;
	const struct zone *(*zone)(void *arg, struct str tzid);
	void *zone_arg;

	/* Private from here. */
	bool vcalendar1; /* the calendar at hand is vCalendar 1.0 */
	struct repair pairs, missing, converted; /* what both have to do */
	struct draft *draft;
	struct buf buf;
};

/* Once the fields above are set. */
void normalize_init(struct normalize *normalize);
void normalize_free(struct normalize *normalize);

/* A calendar begins. */
void normalize_calendar(struct normalize *normalize);

/* Only that: END for each BEGIN. */
void normalize_pairs(struct normalize *normalize, struct draft *draft);

/* A component, or lines of a calendar; the draft is `strict`. */
void normalize_draft(struct normalize *normalize, struct draft *draft);

#endif
