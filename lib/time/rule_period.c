/* Finding the next period with members: YEARLY, MONTHLY, WEEKLY, DAILY. */
#include "time/rule_impl.h"

#include <stdlib.h>

int64_t
rule_iter_round(const struct rule_iter *iter, int64_t cursor)
{
	int64_t past = cursor - iter->origin;

	if (past <= 0)
		return iter->origin;
	return iter->origin + (past + iter->step - 1) / iter->step * iter->step;
}

int64_t
rule_iter_cursor(const struct rule_iter *iter, int64_t t)
{
	int32_t day = local_day(t);
	struct civil civil;

	switch (iter->rule.freq) {
	case FREQ_YEARLY:
		return civil_of_day(day).year;
	case FREQ_MONTHLY:
		civil = civil_of_day(day);
		return (int64_t)civil.year * 12 + civil.month - 1;
	case FREQ_WEEKLY:
		return day -
		       ((int)civil_weekday(day) - (int)iter->rule.wkst + 7) % 7;
	case FREQ_DAILY:
		return day;
	default:
		return floor_div(t, iter->subday.unit);
	}
}

bool
rule_iter_init_setpos(struct rule_iter *iter)
{
	const struct rule *rule = &iter->rule;
	struct setpos *setpos = malloc(sizeof(*setpos));

	iter->setpos = setpos;
	if (!setpos)
		return false;
	setpos->forth_count = setpos->back_count = 0;
	setpos->size = setpos->count = 0;
	for (int i = 0; i < RULE_WORDS; i++)
		for (uint64_t s = rule->setpos[i]; s; s &= s - 1)
			setpos->forth[setpos->forth_count++] =
			    (uint16_t)(i * 64 + __builtin_ctzll(s));
	for (int i = RULE_WORDS - 1; i >= 0; i--)
		for (uint64_t s = rule->setpos_back[i]; s;) {
			int bit = 63 - __builtin_clzll(s);

			s &= ~(UINT64_C(1) << bit);
			setpos->back[setpos->back_count++] =
			    (uint16_t)(i * 64 + bit);
		}
	return true;
}

static void
pick(struct setpos *setpos, uint32_t size)
{
	uint32_t n = 0, forth = 0, back = 0;

	setpos->size = size;
	while (back < setpos->back_count && setpos->back[back] > size)
		back++;
	for (;;) {
		uint32_t at_forth = UINT32_MAX, at_back = UINT32_MAX, at;

		if (forth < setpos->forth_count)
			at_forth = setpos->forth[forth] - 1u;
		if (back < setpos->back_count)
			at_back = size - setpos->back[back];
		at = at_forth < at_back ? at_forth : at_back;
		if (at >= size)
			break;
		setpos->picked[n++] = at;
		forth += at_forth == at;
		back += at_back == at;
	}
	setpos->count = n;
}

bool
rule_iter_measure(struct rule_iter *iter)
{
	uint32_t size = iter->day_count * iter->times;

	if (iter->setpos) {
		if (iter->setpos->size != size)
			pick(iter->setpos, size);
		size = iter->setpos->count;
	}
	iter->size = size;
	iter->at = 0;
	return size > 0;
}

static bool
find_year(struct rule_iter *iter)
{
	for (; iter->cursor <= iter->last_cursor; iter->cursor += iter->step) {
		const struct year_table *table =
		    year_set_at(iter->years, (int)iter->cursor);

		if (table->count == 0)
			continue;
		iter->base = (int64_t)iter->years->first * SECONDS_A_DAY;
		iter->days = table->days;
		iter->day_count = table->count;
		if (rule_iter_measure(iter))
			return true;
	}
	return false;
}

static bool
find_month(struct rule_iter *iter)
{
	while (iter->cursor <= iter->last_cursor) {
		int year = (int)iter->cursor / 12,
		    month = (int)iter->cursor % 12;
		const struct year_table *table = year_set_at(iter->years, year);
		uint32_t first = table->month[month];

		iter->day_count = table->month[month + 1] - first;
		if (iter->day_count) {
			iter->base =
			    (int64_t)iter->years->first * SECONDS_A_DAY;
			iter->days = table->days + first;
			if (rule_iter_measure(iter))
				return true;
		}
		if (table->count)
			iter->cursor += iter->step;
		else
			iter->cursor =
			    rule_iter_round(iter, (int64_t)(year + 1) * 12);
	}
	return false;
}

/* The bits of week as days[]. */
static void
set_week(struct rule_iter *iter, unsigned week)
{
	iter->day_count = 0;
	iter->days = iter->own_days;
	for (; week; week &= week - 1)
		iter->own_days[iter->day_count++] =
		    (uint16_t)__builtin_ctz(week);
}

/* Days of the year tables may fall outside of the week at hand: on to the
 * week that holds the next one. */
static bool
skip_to_day(struct rule_iter *iter, int64_t from)
{
	int32_t day;

	if (from > CIVIL_LAST_DAY ||
	    !year_set_next(iter->years, (int32_t)from, &day))
		return false;
	if (iter->rule.freq == FREQ_WEEKLY)
		day -= ((int)civil_weekday(day) - (int)iter->rule.wkst + 7) % 7;
	iter->cursor = rule_iter_round(iter, day);
	return true;
}

static bool
find_week(struct rule_iter *iter)
{
	while (iter->cursor <= iter->last_cursor) {
		unsigned week;

		iter->base = iter->cursor * SECONDS_A_DAY;
		if (!iter->years)
			return rule_iter_measure(iter);
		week = year_set_week(iter->years, (int32_t)iter->cursor);
		if (week) {
			set_week(iter, week);
			if (rule_iter_measure(iter))
				return true;
			iter->cursor += iter->step;
		} else if (!skip_to_day(iter, iter->cursor + 7)) {
			return false;
		}
	}
	return false;
}

static bool
find_day(struct rule_iter *iter)
{
	while (iter->cursor <= iter->last_cursor) {
		if (!iter->years ||
		    year_set_has(iter->years, (int32_t)iter->cursor)) {
			iter->base = iter->cursor * SECONDS_A_DAY;
			return rule_iter_measure(iter);
		}
		if (!skip_to_day(iter, iter->cursor + 1))
			return false;
	}
	return false;
}

bool
rule_iter_find(struct rule_iter *iter)
{
	switch (iter->rule.freq) {
	case FREQ_YEARLY:
		return find_year(iter);
	case FREQ_MONTHLY:
		return find_month(iter);
	case FREQ_WEEKLY:
		return find_week(iter);
	case FREQ_DAILY:
		return find_day(iter);
	default:
		return subday_find(iter);
	}
}
