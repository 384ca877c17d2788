/*
 * Inside the recurrence engine; nobody but lib/time/rule_*.c includes this.
 *
 * Every FREQ is brought to one shape. The iterator stands on a *period*: one
 * interval of FREQ in which the rule matches. A period has a base (the local
 * midnight that its days count from, or the hour, minute or second itself),
 * day offsets from it, and the times of each day; its members are days x
 * times in order. BYSETPOS picks among these by their index, so the product
 * is never spelled out. Each FREQ only has to find its next period.
 *
 * Which days match depends only on the kind of year: leap or not, and the
 * weekday of 1 January (with BYWEEKNO also which neighbour is leap). Each
 * kind gets its table once, when it is first met.
 */
#ifndef KALENDS_TIME_RULE_IMPL_H
#define KALENDS_TIME_RULE_IMPL_H

#include "time/rule.h"

#include <stddef.h>

extern const char *const rule_freq_names[7];
extern const char *const rule_day_names[7];
extern const char *const rule_skip_names[3];

bool rule_has_yeardays(const struct rule *rule);

/* The matching days of one kind of year, counted from 0. */
struct year_table {
	uint64_t bits[RULE_WORDS];
	uint16_t count;
	uint16_t month[13]; /* index in days[] of the first one in a month;
			       [12] is count */
	uint16_t days[366];
};

/* The tables of a rule, filled on demand. */
struct year_set {
	const struct rule *rule;
	bool nth_in_month;
	bool weeks;
	uint32_t made; /* bit k: tables[k] is filled */
	/* The year looked at last: its days [first, until). */
	int year;
	int32_t first, until;
	const struct year_table *table;
	struct year_table tables[]; /* 14, or 28 with weeks */
};

/* NULL without memory. The rule is borrowed. */
struct year_set *year_set_new(const struct rule *rule);

/* Makes `year` the year looked at and returns its table. */
const struct year_table *year_set_at(struct year_set *set, int year);

/* Whether the rule matches the day. */
bool year_set_has(struct year_set *set, int32_t day);

/* The first matching day at or after `day`; false when there is none to the
 * end of 9999. */
bool year_set_next(struct year_set *set, int32_t day, int32_t *next);

/* Bits of the seven days from `day` on. */
unsigned year_set_week(struct year_set *set, int32_t day);

/* What HOURLY, MINUTELY and SECONDLY need besides. Their cursor counts units
 * of an hour, a minute or a second of local time. */
struct subday {
	int64_t unit;    /* seconds */
	int64_t per_day; /* units */
	uint32_t hours;  /* sets that limit; all ones where absent */
	uint64_t minutes, seconds;
	bool limited;              /* one of them is not all ones */
	int64_t day_from, day_end; /* units of the day that was last found
				      to have members */
	int64_t gcd;               /* of the interval and per_day */
	int32_t *totals; /* members of a day, +1, by their phase / gcd */
};

/* BYSETPOS: its values, ascending and descending, and what they pick from a
 * set of `size` members: indices, sorted, each once. */
struct setpos {
	uint32_t forth_count, back_count;
	uint16_t forth[366], back[366];
	uint32_t size;
	uint32_t count;
	uint32_t picked[2 * 366];
};

enum { BATCH = 64 };

struct rule_iter {
	/* The members found and not yet handed out. */
	size_t next, ready;
	int64_t batch[BATCH];
	size_t room;       /* how many to find the next time: few at first */
	bool ended;        /* nothing comes after the batch */
	uint64_t produced; /* handed to batches or counted and skipped */

	struct rule rule; /* with what DTSTART gives filled in */
	enum rule_start school;
	int64_t start;
	int64_t last; /* no member is later */

	/* The progression of periods: YEARLY counts years, MONTHLY months
	 * (year * 12 + month - 1), WEEKLY days (of the first of a week),
	 * DAILY days, the others their units. */
	int64_t cursor, origin, step, last_cursor;
	struct year_set *years; /* NULL: every day matches */
	struct subday subday;

	/* The period at hand. */
	int64_t base;
	const uint16_t *days;
	uint32_t day_count;
	uint32_t size; /* members, after BYSETPOS */
	uint32_t at;   /* the next member of it */
	uint16_t own_days[7];

	/* Times of the day: hours x minutes x seconds. */
	uint32_t times, hour_count, minute_count, second_count;
	int32_t first_time; /* seconds */
	uint8_t hours[24], minutes[60], seconds[60];

	struct setpos *setpos; /* NULL: none */
};

static inline int64_t
floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

/* The period of the local time t or, where INTERVAL leaves that one out, the
 * next: a cursor, never before the origin. */
int64_t rule_iter_cursor(const struct rule_iter *iter, int64_t t);

/* The first cursor of the progression at or after `cursor`. */
int64_t rule_iter_round(const struct rule_iter *iter, int64_t cursor);

/* Finds the first period with members from the cursor on. */
bool rule_iter_find(struct rule_iter *iter);

/* Sets size from day_count and BYSETPOS; false when no member is left. */
bool rule_iter_measure(struct rule_iter *iter);

/* False without memory. */
bool rule_iter_init_setpos(struct rule_iter *iter);

/* rule_subday.c. False without memory. */
bool subday_init(struct rule_iter *iter);
bool subday_find(struct rule_iter *iter);

/* Passes whole days up to that of t, counting their members. */
void subday_count(struct rule_iter *iter, int64_t t);

#endif
