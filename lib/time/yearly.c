#include "time/zone_impl.h"

/* No gap between two onsets of one rule is longer: a fifth Sunday of February
 * comes after 40 years at most. */
#define YEARS_BETWEEN 48

/* Onsets are sought within a million years of 1970; outside the sums of
 * seconds would not stay in 64 bits for long. */
#define FAR ((int64_t)1 << 45)

/* civil.h counts days for the years iCalendar can write, in 32 bits; a footer
 * holds for any year. */
static int64_t
month_start(int64_t year, int month)
{
	int64_t y = month <= 2 ? year - 1 : year;
	int64_t era = (y >= 0 ? y : y - 399) / 400;
	int64_t year_of_era = y - era * 400;
	int64_t yearday = (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5;

	return era * 146097 + year_of_era * 365 + year_of_era / 4 -
	       year_of_era / 100 + yearday - 719468;
}

static int64_t
year_of(int64_t local)
{
	int64_t day = local / SECONDS_A_DAY;
	int64_t shifted, era, day_of_era, year_of_era, yearday;

	if (local % SECONDS_A_DAY < 0)
		day--;
	shifted = day + 719468;
	era = (shifted >= 0 ? shifted : shifted - 146096) / 146097;
	day_of_era = shifted - era * 146097;
	year_of_era = (day_of_era - day_of_era / 1460 + day_of_era / 36524 -
			  day_of_era / 146096) /
	              365;
	yearday = day_of_era -
	          (365 * year_of_era + year_of_era / 4 - year_of_era / 100);
	return year_of_era + era * 400 + (yearday >= 306);
}

static bool
is_leap(int64_t year)
{
	return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

static int
month_days(int64_t year, int month)
{
	static const uint8_t days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31,
	    30, 31};

	return month == 2 && is_leap(year) ? 29 : days[month - 1];
}

/* Monday is 0; 1970-01-01 was a Thursday. */
static int
weekday_of(int64_t day)
{
	int weekday = (int)((day + 3) % 7);

	return weekday < 0 ? weekday + 7 : weekday;
}

static bool
nth_weekday(const struct yearly *rule, int64_t year, int64_t *day)
{
	int64_t start = month_start(year, rule->month);
	int days = month_days(year, rule->month);
	int at;

	if (rule->day > 0) {
		at = (rule->weekday - weekday_of(start) + 7) % 7 +
		     7 * (rule->day - 1);
	} else {
		int last = weekday_of(start + days - 1);

		at = days - 1 - (last - rule->weekday + 7) % 7 +
		     7 * (rule->day + 1);
	}
	*day = start + at;
	return at >= 0 && at < days;
}

static bool
day_of_year(const struct yearly *rule, int64_t year, int64_t *day)
{
	int64_t start;
	int at;

	switch (rule->kind) {
	case YEARLY_NTH:
		return nth_weekday(rule, year, day);
	case YEARLY_AFTER:
		*day = month_start(year, rule->month) + rule->day - 1;
		*day += (rule->weekday - weekday_of(*day) + 7) % 7;
		return true;
	case YEARLY_MONTHDAY:
		start = month_start(year, rule->month);
		at = rule->day > 0 ? rule->day - 1
		                   : month_days(year, rule->month) + rule->day;
		*day = start + at;
		return at >= 0 && at < month_days(year, rule->month);
	case YEARLY_JULIAN:
		*day = month_start(year, 1) + rule->day - 1;
		if (rule->day >= 60 && is_leap(year))
			++*day;
		return true;
	case YEARLY_ZERO:
		*day = month_start(year, 1) + rule->day;
		return true;
	}
	return false;
}

bool
yearly_onset(const struct yearly *rule, int64_t year, int64_t *instant)
{
	int64_t day;

	if (!day_of_year(rule, year, &day))
		return false;
	*instant = day * SECONDS_A_DAY + rule->time - rule->before;
	return true;
}

bool
yearly_before(const struct yearly *rule, int64_t instant, int64_t *onset)
{
	int64_t at = instant < rule->last ? instant : rule->last;
	int64_t year;

	if (at > FAR)
		at = FAR;
	if (at < rule->first || at < -FAR)
		return false;
	/* A time before midnight can move next January's onset into this
	 * year: start with that. */
	year = year_of(at + rule->before) + (rule->time < 0);
	for (int i = 0; i < YEARS_BETWEEN; i++)
		if (yearly_onset(rule, year - i, onset) && *onset <= at)
			return *onset >= rule->first;
	return false;
}

bool
yearly_after(const struct yearly *rule, int64_t instant, int64_t *onset)
{
	int64_t at = instant;
	int64_t year;

	if (at < rule->first)
		at = rule->first - 1; /* first > at, so this does not wrap */
	if (at < -FAR)
		at = -FAR;
	if (at >= rule->last || at > FAR)
		return false;
	year = year_of(at + rule->before) - (rule->time >= SECONDS_A_DAY);
	for (int i = 0; i < YEARS_BETWEEN; i++)
		if (yearly_onset(rule, year + i, onset) && *onset > at)
			return *onset <= rule->last;
	return false;
}
