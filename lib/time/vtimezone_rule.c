/*
 * RRULEs of a VTIMEZONE. Nearly all say "one day of every year"; those become
 * a struct yearly, which costs nothing ahead. Any other goes through the rules
 * engine, up to a horizon.
 */
#include "time/vtimezone_impl.h"

/* A yearly rule that ends before is written out: a row in the table is cheaper
 * to ask than a rule. 2100-01-01. */
#define WRITE_OUT 4102444800

/* Rules that are not yearly are expanded so far, to 2500-01-01. */
#define HORIZON 16725225600

static bool
one_bit(uint64_t mask, int *bit)
{
	if (mask == 0 || (mask & (mask - 1)) != 0)
		return false;
	*bit = __builtin_ctzll(mask);
	return true;
}

static bool
words_empty(const uint64_t words[RULE_WORDS])
{
	for (size_t i = 0; i < RULE_WORDS; i++)
		if (words[i])
			return false;
	return true;
}

/* The time of day, of which BYHOUR, BYMINUTE, BYSECOND may replace a part. */
static bool
yearly_time(const struct rule *rule, int64_t start, int32_t *time)
{
	int32_t second = local_second(start);
	int h = second / 3600, m = second / 60 % 60, s = second % 60;

	if ((rule->hours && !one_bit(rule->hours, &h)) ||
	    (rule->minutes && !one_bit(rule->minutes, &m)) ||
	    (rule->seconds && !one_bit(rule->seconds, &s)))
		return false;
	*time = h * 3600 + m * 60 + s;
	return true;
}

static bool
yearly_monthday(const struct rule *rule, const struct civil *start,
    struct yearly *yearly)
{
	int day = start->day;

	if (rule->has_setpos || (rule->monthdays && rule->monthdays_back))
		return false;
	if (rule->monthdays && !one_bit(rule->monthdays, &day))
		return false;
	if (rule->monthdays_back) {
		if (!one_bit(rule->monthdays_back, &day))
			return false;
		day = -day;
	}
	yearly->kind = YEARLY_MONTHDAY;
	yearly->day = (int16_t)day;
	return true;
}

/* A set of -5..5 with one number in it. */
static bool
one_number(uint64_t forward, uint64_t back, int *number)
{
	if ((forward && back) || !one_bit(forward | back, number) ||
	    *number > 5)
		return false;
	if (back)
		*number = -*number;
	return true;
}

/* BYDAY=SU;BYSETPOS=-1 is BYDAY=-1SU. */
static bool
setpos_number(const struct rule *rule, int *number)
{
	return words_empty(rule->setpos) != words_empty(rule->setpos_back) &&
	       one_number(rule->setpos[0], rule->setpos_back[0], number);
}

/* The one weekday of BYDAY; its number, or 0. */
static bool
one_weekday(const struct rule *rule, int *weekday, int *number)
{
	uint64_t numbered = 0;

	*number = 0;
	for (int i = 0; i < 7; i++)
		if (rule->nth[i] || rule->nth_back[i])
			numbered |= (uint64_t)1 << i;
	if (!numbered)
		return one_bit(rule->weekdays, weekday);
	return rule->weekdays == 0 && one_bit(numbered, weekday) &&
	       one_number(rule->nth[*weekday], rule->nth_back[*weekday],
		   number);
}

static bool
yearly_weekday(const struct rule *rule, struct yearly *yearly)
{
	static const uint8_t shortest[] = {0, 31, 28, 31, 30, 31, 30, 31, 31,
	    30, 31, 30, 31};
	int weekday, number, first;

	if (rule->monthdays_back || !one_weekday(rule, &weekday, &number))
		return false;
	yearly->weekday = (uint8_t)weekday;
	if (rule->monthdays == 0) {
		if (rule->has_setpos &&
		    (number || !setpos_number(rule, &number)))
			return false;
		yearly->kind = YEARLY_NTH;
		yearly->day = (int16_t)number;
		return number != 0;
	}
	/* BYMONTHDAY=8,9,10,11,12,13,14;BYDAY=SU */
	first = __builtin_ctz(rule->monthdays);
	yearly->kind = YEARLY_AFTER;
	yearly->day = (int16_t)first;
	return number == 0 && !rule->has_setpos &&
	       first + 6 <= shortest[yearly->month] &&
	       rule->monthdays == (uint32_t)0x7f << first;
}

/* False where the rule has to be expanded. */
static bool
yearly_of_rule(struct yearly *yearly, const struct rule *rule,
    const struct observance *observance)
{
	struct civil start = civil_of_local(observance->start);
	bool has_days = rule->weekdays || rule->numbered;
	int month = start.month;

	if (rule->interval != 1 || rule->count || rule->weeks ||
	    rule->weeks_back || rule->rscale[0] || rule->leap_months ||
	    !words_empty(rule->yeardays) || !words_empty(rule->yeardays_back) ||
	    !yearly_time(rule, observance->start, &yearly->time))
		return false;
	if (rule->months && !one_bit(rule->months, &month))
		return false;
	if (!rule->months && (rule->freq != FREQ_YEARLY || has_days ||
				 rule->monthdays || rule->monthdays_back))
		return false;
	if (rule->freq != FREQ_YEARLY && rule->freq != FREQ_MONTHLY)
		return false;
	yearly->month = (uint8_t)month;
	return has_days ? yearly_weekday(rule, yearly)
	                : yearly_monthday(rule, &start, yearly);
}

/* The last instant at which an onset may lie (3.6.5: UNTIL in UTC; a local one
 * is an old fault and means the observance's own clock). */
static int64_t
rule_last(const struct rule *rule, const struct observance *observance)
{
	switch (rule->until_kind) {
	case UNTIL_UTC:
		return rule->until;
	case UNTIL_DATE:
	case UNTIL_LOCAL:
		return rule->until - observance->from;
	case UNTIL_NONE:
		break;
	}
	return INT64_MAX;
}

static bool
write_out(struct zone_draft *draft, struct observance *observance,
    const struct yearly *yearly)
{
	int64_t at = yearly->first - 1;

	while (yearly_after(yearly, at, &at))
		if (!draft_onset(draft, observance, at))
			return false;
	return true;
}

static bool
add_yearly(struct zone_draft *draft, struct observance *observance,
    const struct yearly *yearly, struct pos pos)
{
	int64_t first;

	if (!yearly_after(yearly, yearly->first - 1, &first))
		return true;
	if (draft->rule_count == RULES_MAX)
		return error_set(draft->err, ERR_LIMIT, pos,
		    "VTIMEZONE has more than %d rules without an end",
		    RULES_MAX);
	draft->rules[draft->rule_count++] = *yearly;
	observance->onsets++;
	if (!draft->begun || first < draft->earliest) {
		draft->begun = true;
		draft->earliest = first;
		draft->types[0].offset = observance->from;
	}
	return true;
}

static bool
expand(struct zone_draft *draft, struct observance *observance,
    const struct rule *rule)
{
	int64_t last = rule_last(rule, observance);
	struct rule_iter *iter =
	    rule_iter_new(rule, observance->start, RULE_START_RULE);
	bool ok = true;
	int64_t local;

	if (!iter)
		return error_set(draft->err, ERR_MEMORY, observance->pos,
		    "no memory for a rule");
	if (last > HORIZON)
		last = HORIZON;
	while (ok && rule_iter_next(iter, &local) &&
	       local - observance->from <= last)
		ok = draft_onset(draft, observance, local - observance->from);
	rule_iter_free(iter);
	return ok;
}

bool
draft_rule(struct zone_draft *draft, struct observance *observance,
    const struct rule *rule, struct pos pos)
{
	struct yearly yearly = {
	    .type = observance->type,
	    .before = observance->from,
	    .first = observance->start - observance->from,
	    .last = rule_last(rule, observance),
	};

	if (!yearly_of_rule(&yearly, rule, observance))
		return expand(draft, observance, rule);
	if (yearly.last < WRITE_OUT)
		return write_out(draft, observance, &yearly);
	return add_yearly(draft, observance, &yearly, pos);
}
