/* The iterator itself: members of periods in batches, COUNT, UNTIL, seeking. */
#include "time/rule_impl.h"

#include <stdlib.h>

static int32_t
time_at(const struct rule_iter *iter, uint32_t i)
{
	uint32_t second = i % iter->second_count, minute;

	i /= iter->second_count;
	minute = i % iter->minute_count;
	return iter->hours[i / iter->minute_count] * 3600 +
	       iter->minutes[minute] * 60 + iter->seconds[second];
}

/* Member i of the period at hand. */
static int64_t
member(const struct rule_iter *iter, uint32_t i)
{
	int64_t day;

	if (iter->setpos)
		i = iter->setpos->picked[i];
	if (iter->times == 1)
		return iter->base + iter->first_time +
		       (int64_t)iter->days[i] * SECONDS_A_DAY;
	day = iter->days[i / iter->times];
	return iter->base + day * SECONDS_A_DAY +
	       time_at(iter, i % iter->times);
}

/* The index of the first member at or after t, which may be size. */
static uint32_t
member_from(const struct rule_iter *iter, int64_t t)
{
	uint32_t low = 0, high = iter->size;

	while (low < high) {
		uint32_t middle = low + (high - low) / 2;

		if (member(iter, middle) < t)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

static bool
next_period(struct rule_iter *iter)
{
	iter->cursor += iter->step;
	return rule_iter_find(iter);
}

/* Stands on the first member at or after t. */
static void
aim(struct rule_iter *iter, int64_t t)
{
	iter->cursor = rule_iter_round(iter, rule_iter_cursor(iter, t));
	iter->next = iter->ready = 0;
	iter->room = 2;
	iter->at = iter->size = 0;
	iter->ended = !rule_iter_find(iter);
	if (!iter->ended)
		iter->at = member_from(iter, t);
}

/* Before the first member. */
static void
rewind_iter(struct rule_iter *iter)
{
	bool first = iter->school == RULE_START_INSTANCE;

	iter->produced = 0;
	aim(iter, first ? iter->start + 1 : iter->start);
	if (!first)
		return;
	iter->batch[0] = iter->start;
	iter->ready = iter->produced = 1;
	if (iter->rule.count == 1)
		iter->ended = true;
}

/* Appends members of the period at hand, as many as there is room for. */
static size_t
take(struct rule_iter *iter, size_t n)
{
	size_t many = iter->size - iter->at;
	int64_t base = iter->base + iter->first_time;
	int64_t *out = iter->batch + n;

	if (many > iter->room - n)
		many = iter->room - n;
	if (iter->times == 1 && !iter->setpos) {
		const uint16_t *days = iter->days + iter->at;

		for (size_t i = 0; i < many; i++)
			out[i] = base + (int64_t)days[i] * SECONDS_A_DAY;
	} else {
		for (size_t i = 0; i < many; i++)
			out[i] = member(iter, iter->at + (uint32_t)i);
	}
	iter->at += (uint32_t)many;
	return n + many;
}

/* The next batch; false when there is nothing more. */
static bool
fill(struct rule_iter *iter)
{
	size_t n = 0;

	iter->next = iter->ready = 0;
	while (!iter->ended && n < iter->room) {
		if (iter->at == iter->size && !next_period(iter)) {
			iter->ended = true;
			break;
		}
		n = take(iter, n);
	}
	while (n > 0 && iter->batch[n - 1] > iter->last) {
		iter->ended = true;
		n--;
	}
	if (iter->rule.count) {
		uint64_t left = iter->rule.count > iter->produced
		                    ? iter->rule.count - iter->produced
		                    : 0;

		if (n >= left) {
			iter->ended = true;
			n = (size_t)left;
		}
	}
	iter->produced += n;
	iter->ready = n;
	iter->room = iter->room * 2 > BATCH ? BATCH : iter->room * 2;
	return n > 0;
}

bool
rule_iter_next(struct rule_iter *iter, int64_t *local)
{
	if (iter->next == iter->ready && !fill(iter))
		return false;
	*local = iter->batch[iter->next++];
	return true;
}

/* Whole periods that end before that of t, by arithmetic. */
static void
count_periods(struct rule_iter *iter, int64_t t)
{
	enum freq freq = iter->rule.freq;
	int64_t cursor = rule_iter_cursor(iter, t), many;

	if (cursor > iter->last_cursor)
		cursor = iter->last_cursor + 1;
	if (freq < FREQ_DAILY && (iter->years || iter->subday.limited)) {
		if (iter->step < iter->subday.per_day)
			subday_count(iter, t);
		return;
	}
	if (iter->years || freq > FREQ_WEEKLY || cursor <= iter->cursor)
		return;
	many = (cursor - 1 - iter->cursor) / iter->step;
	iter->cursor += many * iter->step;
	iter->produced += (uint64_t)many * iter->size;
}

/* Seeking where COUNT has to be kept: forward from where we stand. */
static void
count_to(struct rule_iter *iter, int64_t t)
{
	iter->next = iter->ready = 0;
	iter->room = 2;
	while (!iter->ended) {
		uint32_t at = member_from(iter, t);

		if (at > iter->at) {
			iter->produced += at - iter->at;
			iter->at = at;
		}
		if (iter->produced >= iter->rule.count)
			iter->ended = true;
		if (iter->at < iter->size || iter->ended)
			return;
		count_periods(iter, t);
		if (!next_period(iter))
			iter->ended = true;
	}
}

void
rule_iter_seek(struct rule_iter *iter, int64_t local)
{
	size_t ready = iter->ready;

	if (ready && local >= iter->batch[0] &&
	    local <= iter->batch[ready - 1]) {
		iter->next = 0;
		while (iter->batch[iter->next] < local)
			iter->next++;
		return;
	}
	if (local <= iter->start) {
		rewind_iter(iter);
		return;
	}
	if (local > iter->last) {
		iter->next = iter->ready = 0;
		iter->ended = true;
		iter->at = iter->size = 0;
		/* COUNT is not known here: the way back starts again. */
		iter->produced = UINT64_MAX;
		return;
	}
	if (!iter->rule.count) {
		aim(iter, local);
		return;
	}
	if (iter->produced == UINT64_MAX || !ready ||
	    local < iter->batch[ready - 1])
		rewind_iter(iter);
	count_to(iter, local);
}

static uint32_t
list_bits(uint64_t set, uint8_t *list)
{
	uint32_t n = 0;

	for (; set; set &= set - 1)
		list[n++] = (uint8_t)__builtin_ctzll(set);
	return n;
}

/* The times below FREQ; what the rule does not say is DTSTART's. */
static void
init_times(struct rule_iter *iter)
{
	const struct rule *rule = &iter->rule;
	struct civil start = civil_of_local(iter->start);
	uint64_t hours = rule->hours, minutes = rule->minutes;
	uint64_t seconds = rule->seconds;

	if (!hours)
		hours = UINT64_C(1) << start.hour;
	if (!minutes)
		minutes = UINT64_C(1) << start.minute;
	if (!seconds)
		seconds = UINT64_C(1) << start.second;
	/* Where the period has the hour (minute, second) in its base. */
	if (rule->freq <= FREQ_HOURLY)
		hours = 1;
	if (rule->freq <= FREQ_MINUTELY)
		minutes = 1;
	if (rule->freq <= FREQ_SECONDLY)
		seconds = 1;
	iter->hour_count = list_bits(hours, iter->hours);
	iter->minute_count = list_bits(minutes, iter->minutes);
	iter->second_count = list_bits(seconds, iter->seconds);
	iter->times =
	    iter->hour_count * iter->minute_count * iter->second_count;
	iter->first_time = time_at(iter, 0);
}

/* The days of the rule that come from DTSTART (3.3.10, "Information, not
 * contained in the rule"). */
static void
init_days(struct rule_iter *iter)
{
	struct rule *rule = &iter->rule;
	struct civil start = civil_of_local(iter->start);
	uint32_t weekday = 1u << civil_weekday(local_day(iter->start));
	bool weeks = rule->weeks || rule->weeks_back;

	if (rule->monthdays || rule->monthdays_back || rule->weekdays ||
	    rule->numbered || rule_has_yeardays(rule))
		return;
	if (rule->freq == FREQ_WEEKLY || (rule->freq == FREQ_YEARLY && weeks)) {
		rule->weekdays = weekday;
	} else if (rule->freq >= FREQ_MONTHLY) {
		rule->monthdays = 1u << start.day;
		if (rule->freq == FREQ_YEARLY && !rule->months)
			rule->months = 1u << start.month;
	}
}

/* Weeks are mere offsets where nothing but BYDAY limits them. */
static bool
needs_years(const struct rule *rule)
{
	if (rule->freq >= FREQ_MONTHLY || rule->months || rule->weeks ||
	    rule->weeks_back || rule->monthdays || rule->monthdays_back ||
	    rule->numbered || rule_has_yeardays(rule))
		return true;
	return rule->weekdays && rule->freq != FREQ_WEEKLY;
}

static void
init_range(struct rule_iter *iter)
{
	const struct rule *rule = &iter->rule;
	enum freq freq = rule->freq;

	iter->last = LOCAL_LAST;
	if (rule->until_kind != UNTIL_NONE && rule->until < LOCAL_LAST)
		iter->last = rule->until;
	if (rule->until_kind == UNTIL_UTC)
		iter->last += SECONDS_A_DAY;
	if (iter->last > LOCAL_LAST)
		iter->last = LOCAL_LAST;
	iter->step = (int64_t)rule->interval * (freq == FREQ_WEEKLY ? 7 : 1);
	iter->subday.unit = freq == FREQ_HOURLY     ? 3600
	                    : freq == FREQ_MINUTELY ? 60
	                                            : 1;
	iter->origin = rule_iter_cursor(iter, iter->start);
	iter->last_cursor = rule_iter_cursor(iter, iter->last);
	/* Every seventh day is always the same weekday. */
	if (freq == FREQ_DAILY && iter->step % 7 == 0 && rule->weekdays &&
	    !(rule->weekdays >> civil_weekday(local_day(iter->start)) & 1))
		iter->last_cursor = iter->origin - 1;
}

static bool
init(struct rule_iter *iter)
{
	const struct rule *rule = &iter->rule;

	init_days(iter);
	init_times(iter);
	init_range(iter);
	iter->day_count = 1;
	iter->days = iter->own_days;
	if (rule->freq == FREQ_WEEKLY) {
		unsigned week = rule->weekdays;

		week = (week >> rule->wkst | week << (7 - rule->wkst)) & 127;
		iter->day_count = 0;
		for (; week; week &= week - 1)
			iter->own_days[iter->day_count++] =
			    (uint16_t)__builtin_ctz(week);
	}
	if (needs_years(rule)) {
		iter->years = year_set_new(rule);
		if (!iter->years)
			return false;
	}
	if (rule->has_setpos && !rule_iter_init_setpos(iter))
		return false;
	return rule->freq >= FREQ_DAILY || subday_init(iter);
}

struct rule_iter *
rule_iter_new(const struct rule *rule, int64_t start, enum rule_start school)
{
	struct rule_iter *iter = malloc(sizeof(*iter));

	if (!iter)
		return NULL;
	/* The batch is written before it is read. */
	memset((char *)iter + offsetof(struct rule_iter, room), 0,
	    sizeof(*iter) - offsetof(struct rule_iter, room));
	iter->next = iter->ready = 0;
	iter->rule = *rule;
	iter->start = start;
	iter->school = school;
	if (!init(iter)) {
		rule_iter_free(iter);
		return NULL;
	}
	rewind_iter(iter);
	return iter;
}

void
rule_iter_free(struct rule_iter *iter)
{
	if (!iter)
		return;
	free(iter->years);
	free(iter->setpos);
	free(iter->subday.totals);
	free(iter);
}
