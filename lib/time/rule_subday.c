/* HOURLY, MINUTELY, SECONDLY: a progression that is never walked where it can
 * be jumped. */
#include "time/rule_impl.h"

#include <stdlib.h>

/* The lowest member of a set at or above n, or 64. */
static int
next_bit(uint64_t set, int n)
{
	if (n > 63 || !(set >> n))
		return 64;
	return n + __builtin_ctzll(set >> n);
}

/* The first unit of a day at or after `tod` that the sets let pass, or
 * per_day. */
static int64_t
next_time(const struct subday *sub, int64_t tod)
{
	int64_t second = tod * sub->unit;
	int h0 = (int)(second / 3600), m0 = (int)(second / 60 % 60);
	int s0 = (int)(second % 60);

	for (int h = next_bit(sub->hours, h0); h < 24;
	     h = next_bit(sub->hours, h + 1)) {
		if (h > h0)
			m0 = s0 = 0;
		if (sub->unit == 3600)
			return h;
		for (int m = next_bit(sub->minutes, m0); m < 60;
		     m = next_bit(sub->minutes, m + 1)) {
			int s;

			if (m > m0)
				s0 = 0;
			if (sub->unit == 60)
				return h * 60 + m;
			s = next_bit(sub->seconds, s0);
			if (s < 60)
				return (h * 60 + m) * 60 + s;
			s0 = 0;
		}
		m0 = s0 = 0;
		h0 = -1;
	}
	return sub->per_day;
}

/* How many of phase, phase + step, ... below per_day pass; stops at `most`. */
static int32_t
count_times(const struct subday *sub, int64_t phase, int64_t step, int32_t most)
{
	int32_t n = 0;

	while (phase < sub->per_day && n < most) {
		int64_t next = next_time(sub, phase);

		if (next == phase) {
			n++;
			phase += step;
		} else {
			phase += (next - phase + step - 1) / step * step;
		}
	}
	return n;
}

/* Members of a day by its phase: the time of its first candidate. */
static int32_t
day_total(const struct rule_iter *iter, int64_t phase)
{
	const struct subday *sub = &iter->subday;
	int32_t *total;

	if (phase >= sub->per_day)
		return 0;
	if (!sub->limited)
		return (int32_t)((sub->per_day - 1 - phase) / iter->step) + 1;
	/* The day of DTSTART may have a phase like no other. */
	if (!sub->totals || phase >= iter->step)
		return count_times(sub, phase, iter->step, INT32_MAX);
	total = &sub->totals[phase / sub->gcd];
	if (*total == 0)
		*total = 1 + count_times(sub, phase, iter->step, INT32_MAX);
	return *total - 1;
}

static int64_t
gcd(int64_t a, int64_t b)
{
	while (b) {
		int64_t r = a % b;

		a = b;
		b = r;
	}
	return a;
}

/* Whether some time of a week both is in the progression and passes, as far
 * as BYDAY and the times go: members are the same modulo the gcd of INTERVAL
 * and a week. */
static bool
reachable(const struct rule_iter *iter)
{
	const struct subday *sub = &iter->subday;
	const struct rule *rule = &iter->rule;
	int64_t step = gcd(iter->step, 7 * sub->per_day);

	for (int day = 0; day < 7; day++) {
		int64_t monday = 4; /* 1970-01-05 */
		int64_t rest = iter->origin - (monday + day) * sub->per_day;

		if (!rule->numbered && rule->weekdays &&
		    !(rule->weekdays >> day & 1))
			continue;
		rest -= floor_div(rest, step) * step;
		if (count_times(sub, rest, step, 1) > 0)
			return true;
	}
	return false;
}

static uint64_t
all_if_absent(uint64_t set)
{
	return set ? set : UINT64_MAX;
}

bool
subday_init(struct rule_iter *iter)
{
	struct subday *sub = &iter->subday;
	const struct rule *rule = &iter->rule;
	enum freq freq = rule->freq;

	sub->unit = freq == FREQ_HOURLY ? 3600 : freq == FREQ_MINUTELY ? 60 : 1;
	sub->per_day = SECONDS_A_DAY / sub->unit;
	sub->hours = (uint32_t)all_if_absent(rule->hours) & 0xffffff;
	sub->minutes = all_if_absent(freq < FREQ_HOURLY ? rule->minutes : 0);
	sub->seconds = all_if_absent(freq < FREQ_MINUTELY ? rule->seconds : 0);
	sub->limited = sub->hours != 0xffffff || sub->minutes != UINT64_MAX ||
	               sub->seconds != UINT64_MAX;
	sub->gcd = gcd(iter->step, sub->per_day);
	sub->day_from = sub->day_end = 0;
	if (!reachable(iter))
		iter->last_cursor = iter->origin - 1;
	/* Without a table, a day without members would be walked through
	 * again and again, and so would COUNT. */
	if (sub->limited && iter->step < sub->per_day) {
		sub->totals =
		    calloc((size_t)(iter->step / sub->gcd), sizeof(int32_t));
		return sub->totals != NULL;
	}
	return true;
}

/* The same question without the number. */
static bool
day_empty(const struct rule_iter *iter, int64_t phase)
{
	const struct subday *sub = &iter->subday;
	int32_t *total;

	if (!sub->totals || phase >= iter->step)
		return false;
	total = &sub->totals[phase / sub->gcd];
	if (*total == 0 && count_times(sub, phase, iter->step, 1) == 0)
		*total = 1;
	return *total == 1;
}

/* Looks at the day of the cursor; moves the cursor beyond when no member can
 * be in it. */
static bool
enter_day(struct rule_iter *iter, bool *end)
{
	struct subday *sub = &iter->subday;
	int64_t day = floor_div(iter->cursor, sub->per_day);
	int64_t from = day * sub->per_day;
	int32_t next;

	if (iter->years && !year_set_has(iter->years, (int32_t)day)) {
		*end = !year_set_next(iter->years, (int32_t)day + 1, &next);
		if (!*end)
			iter->cursor =
			    rule_iter_round(iter, next * sub->per_day);
		return false;
	}
	if (sub->totals) {
		int64_t first = rule_iter_round(iter, from);

		if (day_empty(iter, first - from)) {
			iter->cursor =
			    rule_iter_round(iter, from + sub->per_day);
			return false;
		}
	}
	sub->day_from = from;
	sub->day_end = from + sub->per_day;
	return true;
}

bool
subday_find(struct rule_iter *iter)
{
	struct subday *sub = &iter->subday;
	bool end = false;

	while (iter->cursor <= iter->last_cursor) {
		int64_t tod, next;

		if ((iter->cursor < sub->day_from ||
			iter->cursor >= sub->day_end) &&
		    !enter_day(iter, &end)) {
			if (end)
				return false;
			continue;
		}
		if (sub->limited) {
			tod = iter->cursor - sub->day_from;
			next = next_time(sub, tod);
			if (next != tod) {
				iter->cursor =
				    rule_iter_round(iter, sub->day_from + next);
				continue;
			}
		}
		iter->base = iter->cursor * sub->unit;
		return rule_iter_measure(iter);
	}
	return false;
}

/* Whole days are passed by their totals, the rest of the first one walked. */
void
subday_count(struct rule_iter *iter, int64_t t)
{
	struct subday *sub = &iter->subday;
	int64_t first = floor_div(iter->cursor, sub->per_day);
	int64_t last = rule_iter_cursor(iter, t);
	int64_t at;

	if (last > iter->last_cursor)
		last = iter->last_cursor + 1;
	last = floor_div(last, sub->per_day);
	/* The rest of the day at hand. */
	while (floor_div(iter->cursor, sub->per_day) == first) {
		if (last <= first + 1)
			return;
		iter->cursor += iter->step;
		if (!subday_find(iter))
			return;
		if (floor_div(iter->cursor, sub->per_day) != first)
			break;
		iter->produced += iter->size;
	}
	first = floor_div(iter->cursor, sub->per_day);
	if (first >= last) {
		iter->cursor -= iter->step;
		return;
	}
	for (int64_t day = first; day < last; day++) {
		int64_t from = day * sub->per_day;
		int32_t next;

		if (iter->years && !year_set_has(iter->years, (int32_t)day)) {
			if (!year_set_next(iter->years, (int32_t)day, &next))
				break;
			day = (int64_t)next - 1;
			continue;
		}
		at = rule_iter_round(iter, from);
		iter->produced +=
		    (uint64_t)day_total(iter, at - from) * iter->size;
	}
	iter->cursor = rule_iter_round(iter, last * sub->per_day) - iter->step;
}
