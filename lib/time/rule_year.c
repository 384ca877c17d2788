#include "time/rule_impl.h"

#include <stdlib.h>

static const uint16_t month_start[2][13] = {
    {0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334, 365},
    {0, 31, 60, 91, 121, 152, 182, 213, 244, 274, 305, 335, 366},
};

/* A year that is being tabled. */
struct year {
	const struct rule *rule;
	int days;
	int first_weekday;
	int before, after; /* days of the years around */
	const uint16_t *months;
};

static void
set_bit(uint64_t *set, int n)
{
	set[n / 64] |= UINT64_C(1) << n % 64;
}

/* Sets the bits of [from, until). */
static void
set_range(uint64_t *set, int from, int until)
{
	for (int i = from / 64; i < RULE_WORDS && i * 64 < until; i++) {
		uint64_t word = UINT64_MAX;

		if (from > i * 64)
			word <<= from - i * 64;
		if (until < i * 64 + 64)
			word &= UINT64_MAX >> (i * 64 + 64 - until);
		set[i] |= word;
	}
}

static void
limit(uint64_t *set, const uint64_t *by)
{
	for (int i = 0; i < RULE_WORDS; i++)
		set[i] &= by[i];
}

static void
mark_months(const struct year *year, uint64_t *set)
{
	for (int m = 0; m < 12; m++)
		if (year->rule->months >> (m + 1) & 1)
			set_range(set, year->months[m], year->months[m + 1]);
}

static void
mark_monthdays(const struct year *year, uint64_t *set)
{
	for (int m = 0; m < 12; m++) {
		int first = year->months[m], end = year->months[m + 1];

		for (uint32_t s = year->rule->monthdays; s; s &= s - 1)
			if (first + __builtin_ctz(s) - 1 < end)
				set_bit(set, first + __builtin_ctz(s) - 1);
		for (uint32_t s = year->rule->monthdays_back; s; s &= s - 1)
			if (end - __builtin_ctz(s) >= first)
				set_bit(set, end - __builtin_ctz(s));
	}
}

static void
mark_yeardays(const struct year *year, uint64_t *set)
{
	for (int i = 0; i < RULE_WORDS; i++) {
		for (uint64_t s = year->rule->yeardays[i]; s; s &= s - 1) {
			int n = i * 64 + __builtin_ctzll(s);

			if (n <= year->days)
				set_bit(set, n - 1);
		}
		for (uint64_t s = year->rule->yeardays_back[i]; s; s &= s - 1) {
			int n = i * 64 + __builtin_ctzll(s);

			if (n <= year->days)
				set_bit(set, year->days - n);
		}
	}
}

/* Where the first week of a year starts, in days from its first day, which is
 * `weekday` days after the start of a week: -3 to 3. */
static int
first_week(int weekday)
{
	return weekday <= 3 ? -weekday : 7 - weekday;
}

/* Marks [from, from + 7 * weeks) where the week has a wanted number. */
static void
mark_week_year(const struct year *year, int from, int weeks, uint64_t *set)
{
	for (int n = 1; n <= weeks; n++) {
		int first = from + 7 * (n - 1), end = first + 7;

		if (!(year->rule->weeks >> n & 1) &&
		    !(year->rule->weeks_back >> (weeks + 1 - n) & 1))
			continue;
		if (first < 0)
			first = 0;
		if (end > year->days)
			end = year->days;
		if (first < end)
			set_range(set, first, end);
	}
}

/* The days at both edges may lie in weeks of the years around. */
static void
mark_weeks(const struct year *year, uint64_t *set)
{
	int weekday = (year->first_weekday - (int)year->rule->wkst + 7) % 7;
	int end_weekday = (weekday + year->days) % 7;
	int starts[4]; /* of the week-years before, at hand, after, and on */

	starts[0] =
	    first_week((weekday - year->before % 7 + 7) % 7) - year->before;
	starts[1] = first_week(weekday);
	starts[2] = first_week(end_weekday) + year->days;
	starts[3] = first_week((end_weekday + year->after) % 7) + year->days +
	            year->after;
	for (int i = 0; i < 3; i++)
		mark_week_year(year, starts[i], (starts[i + 1] - starts[i]) / 7,
		    set);
}

static void
mark_weekdays(const struct year *year, uint64_t *set)
{
	unsigned first = (unsigned)year->first_weekday;
	unsigned week = year->rule->weekdays;

	/* Bit i: day i of the year; then one word after the other, each of
	 * which starts a weekday later since 64 = 9 * 7 + 1. */
	week = (week >> first | week << (7 - first)) & 127;
	for (int i = 0; i < RULE_WORDS; i++) {
		uint64_t word = week;

		for (int shift = 7; shift < 63; shift += 7)
			word |= (uint64_t)week << shift;
		set[i] |= word | (uint64_t)week << 63;
		week = (week >> 1 | week << 6) & 127;
	}
}

/* Numbered weekdays within the days [from, until) of a year. */
static void
mark_nth(const struct year *year, int from, int until, uint64_t *set)
{
	int first = (year->first_weekday + from) % 7;
	int last = (year->first_weekday + until - 1) % 7;

	for (int day = 0; day < 7; day++) {
		uint64_t s = year->rule->nth[day];
		int base = from + (day - first + 7) % 7 - 7;

		for (; s; s &= s - 1)
			if (base + 7 * __builtin_ctzll(s) < until)
				set_bit(set, base + 7 * __builtin_ctzll(s));
		s = year->rule->nth_back[day];
		base = until - 1 - (last - day + 7) % 7 + 7;
		for (; s; s &= s - 1)
			if (base - 7 * __builtin_ctzll(s) >= from)
				set_bit(set, base - 7 * __builtin_ctzll(s));
	}
}

static void
mark_days(const struct year *year, bool nth_in_month, uint64_t *set)
{
	if (year->rule->weekdays)
		mark_weekdays(year, set);
	if (!year->rule->numbered)
		return;
	if (!nth_in_month) {
		mark_nth(year, 0, year->days, set);
		return;
	}
	for (int m = 0; m < 12; m++)
		mark_nth(year, year->months[m], year->months[m + 1], set);
}

static void
list_days(const struct year *year, struct year_table *table)
{
	unsigned count = 0;
	int month = 0;

	for (int i = 0; i < RULE_WORDS; i++)
		for (uint64_t s = table->bits[i]; s; s &= s - 1) {
			int day = i * 64 + __builtin_ctzll(s);

			while (day >= year->months[month])
				table->month[month++] = (uint16_t)count;
			table->days[count++] = (uint16_t)day;
		}
	while (month <= 12)
		table->month[month++] = (uint16_t)count;
	table->count = (uint16_t)count;
}

static void
fill_table(const struct year_set *set, const struct year *year,
    struct year_table *table)
{
	const struct rule *rule = year->rule;
	uint64_t *bits = table->bits;

	memset(bits, 0, sizeof(table->bits));
	if (rule->months)
		mark_months(year, bits);
	else
		set_range(bits, 0, year->days);
	if (set->weeks) {
		uint64_t by[RULE_WORDS] = {0};

		mark_weeks(year, by);
		limit(bits, by);
	}
	if (rule_has_yeardays(rule)) {
		uint64_t by[RULE_WORDS] = {0};

		mark_yeardays(year, by);
		limit(bits, by);
	}
	if (rule->monthdays || rule->monthdays_back) {
		uint64_t by[RULE_WORDS] = {0};

		mark_monthdays(year, by);
		limit(bits, by);
	}
	if (rule->weekdays || rule->numbered) {
		uint64_t by[RULE_WORDS] = {0};

		mark_days(year, set->nth_in_month, by);
		limit(bits, by);
	}
	list_days(year, table);
}

struct year_set *
year_set_new(const struct rule *rule)
{
	bool weeks = rule->weeks || rule->weeks_back;
	size_t kinds = weeks ? 28 : 14;
	struct year_set *set =
	    malloc(sizeof(*set) + kinds * sizeof(set->tables[0]));

	if (!set)
		return NULL;
	memset(set, 0, sizeof(*set));
	set->rule = rule;
	set->weeks = weeks;
	set->nth_in_month =
	    rule->freq == FREQ_MONTHLY || rule->months || rule->leap_months;
	return set;
}

const struct year_table *
year_set_at(struct year_set *set, int year)
{
	struct year y = {.rule = set->rule};
	unsigned leap, before = 0, after = 0, kind;

	if (set->table && set->year == year)
		return set->table;
	leap = civil_is_leap(year);
	set->year = year;
	set->first = civil_day(year, 1, 1);
	set->until = set->first + 365 + (int)leap;
	y.first_weekday = (int)civil_weekday(set->first);
	kind = leap * 7 + (unsigned)y.first_weekday;
	/* Years that touch a leap year are common themselves. */
	if (set->weeks && !leap) {
		before = civil_is_leap(year - 1);
		after = civil_is_leap(year + 1);
		kind += before ? 14 : after ? 21 : 0;
	}
	set->table = &set->tables[kind];
	if (set->made >> kind & 1)
		return set->table;
	set->made |= 1u << kind;
	y.days = 365 + (int)leap;
	y.before = 365 + (int)before;
	y.after = 365 + (int)after;
	y.months = month_start[leap];
	fill_table(set, &y, &set->tables[kind]);
	return set->table;
}

/* Makes the year of `day` the one looked at. */
static void
look_at_day(struct year_set *set, int32_t day)
{
	if (!set->table || day < set->first || day >= set->until)
		year_set_at(set, civil_of_day(day).year);
}

bool
year_set_has(struct year_set *set, int32_t day)
{
	int n;

	look_at_day(set, day);
	n = day - set->first;
	return set->table->bits[n / 64] >> n % 64 & 1;
}

bool
year_set_next(struct year_set *set, int32_t day, int32_t *next)
{
	int year, n;

	if (day > CIVIL_LAST_DAY)
		return false;
	look_at_day(set, day);
	n = day - set->first;
	for (int i = n / 64; i < RULE_WORDS; i++) {
		uint64_t word = set->table->bits[i];

		if (i == n / 64)
			word = word >> n % 64 << n % 64;
		if (!word)
			continue;
		*next = set->first + i * 64 + __builtin_ctzll(word);
		return true;
	}
	for (year = set->year + 1; year <= 9999; year++) {
		const struct year_table *table = year_set_at(set, year);

		if (table->count == 0)
			continue;
		*next = set->first + table->days[0];
		return true;
	}
	return false;
}

unsigned
year_set_week(struct year_set *set, int32_t day)
{
	unsigned week = 0;

	look_at_day(set, day);
	if (day + 7 <= set->until) {
		int n = day - set->first;
		uint64_t bits = set->table->bits[n / 64] >> n % 64;

		if (n % 64 > 57 && n / 64 + 1 < RULE_WORDS)
			bits |= set->table->bits[n / 64 + 1] << (64 - n % 64);
		return (unsigned)bits & 127;
	}
	for (int i = 0; i < 7; i++)
		week |= (unsigned)year_set_has(set, day + i) << i;
	return week;
}
