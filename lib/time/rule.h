/*
 * Recurrence rules (RFC 5545, 3.3.10), Gregorian, on local time.
 *
 * A rule knows nothing of zones: it yields local times (civil.h) in ascending
 * order without duplicates; lib/cal/series turns them into instants, checks
 * UNTIL given in UTC, and applies EXDATE, overrides and the rest.
 */
#ifndef KALENDS_TIME_RULE_H
#define KALENDS_TIME_RULE_H

#include "base/buf.h"
#include "base/error.h"
#include "base/str.h"
#include "time/civil.h"

enum freq {
	FREQ_SECONDLY,
	FREQ_MINUTELY,
	FREQ_HOURLY,
	FREQ_DAILY,
	FREQ_WEEKLY,
	FREQ_MONTHLY,
	FREQ_YEARLY,
};

#define RULE_WORDS 6 /* 64-bit words of a set of -366..366 or 1..366 */

enum rule_until { UNTIL_NONE, UNTIL_DATE, UNTIL_LOCAL, UNTIL_UTC };

/* A parsed rule, a plain value without pointers: every list is a set of bits.
 * Bit i of months is month i (1-12), of hours hour i, and so on; negative
 * values have sets of their own (bit i of monthdays_back is -i). An empty set
 * or a count of 0 means absent. The order of a list is not kept: it has no
 * meaning. */
struct rule {
	enum freq freq;
	uint32_t interval; /* at least 1 */
	uint64_t count;    /* 0: none */
	enum rule_until until_kind;
	enum weekday wkst;
	int64_t until; /* DATE and LOCAL: local time (DATE: last second of the
			  day); UTC: instant */
	uint64_t seconds; /* 0-59; 60 is taken as 59 (3.3.12) */
	uint64_t minutes;
	uint32_t hours;
	uint32_t months;
	uint32_t monthdays, monthdays_back;
	uint64_t weeks, weeks_back;
	uint64_t yeardays[RULE_WORDS], yeardays_back[RULE_WORDS];
	/* BYDAY: "MO" is bit 0 of weekdays, "SU" bit 6; "2MO" is bit 2 of
	 * nth[MONDAY], "-1FR" bit 1 of nth_back[FRIDAY]. */
	uint64_t nth[7], nth_back[7];
	uint32_t weekdays;
	bool numbered; /* nth or nth_back has a bit */
	bool has_setpos;
	uint64_t setpos[RULE_WORDS], setpos_back[RULE_WORDS];
	/* RFC 7529. Empty rscale: Gregorian. Such a rule is expanded by
	 * rscale.h, not by this engine. leap_months bit i: BYMONTH=iL. */
	enum { SKIP_OMIT, SKIP_BACKWARD, SKIP_FORWARD } skip;
	uint32_t leap_months;
	char rscale[32]; /* upper case */
};

/* Reads "FREQ=...;..." in any case and order. Refuses, with ERR_SYNTAX or
 * ERR_VALUE and a message that names the part: no FREQ, a part twice, values
 * out of range, COUNT with UNTIL, COUNT=0, INTERVAL=0, numbered BYDAY outside
 * MONTHLY and YEARLY, an unknown part. What the RFC forbids but other programs
 * write and agree on (BYYEARDAY, BYMONTHDAY or BYWEEKNO at a FREQ that must not
 * have them) is read as a limit; rule_check() tells of it.
 * pos: of the first byte of text; the column of the error is the part's. */
bool rule_parse(struct rule *rule, struct str text, struct pos pos,
    struct error *err);

/* False, with the first thing of the rule that RFC 5545 forbids. */
bool rule_check(const struct rule *rule, struct error *err);

/* Whether instances of the rule lie inside whole days only (no sub-daily FREQ,
 * no BYHOUR, BYMINUTE, BYSECOND): what a DATE start may have. */
bool rule_is_dated(const struct rule *rule);

/* The expansion of one rule from one start. */
struct rule_iter;

enum rule_start {
	RULE_START_INSTANCE, /* start is the first instance, whatever the rule
				says, and COUNT counts it (3.8.5.3) */
	RULE_START_RULE,     /* only what the rule yields, as libical does */
};

/* An iterator before the first instance. The rule is copied. NULL without
 * memory only: a rule that can never match gives an iterator that ends at
 * once. UNTIL_UTC is not applied exactly here (a local time cannot be compared
 * with an instant): iteration ends a day after it, the caller cuts exactly. */
struct rule_iter *rule_iter_new(const struct rule *rule, int64_t start,
    enum rule_start school);
void rule_iter_free(struct rule_iter *iter);

/* The next local time, ascending. False when there is none before the end of
 * 9999, COUNT or UNTIL; that is found quickly, also for a rule that matches
 * nothing ("FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30"). */
bool rule_iter_next(struct rule_iter *iter, int64_t *local);

/* Moves forward so that the next local time is the first one >= local. Does
 * not walk where the rule has no COUNT; with COUNT it counts what it passes,
 * by whole periods where it can. Moving backwards starts again. */
void rule_iter_seek(struct rule_iter *iter, int64_t local);

/* Writes the rule in RFC 5545's form. */
bool rule_write(const struct rule *rule, struct buf *out);

#endif
