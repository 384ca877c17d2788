#include "time/civil.h"

/*
 * Day numbers to dates and back without branches or tables, after Neri and
 * Schneider, "Euclidean affine functions and their application to calendar
 * algorithms" (2022): a year starts in March, so that the leap day is its
 * last, and divisions become multiplications. The era is moved by 1200 years
 * so that everything stays unsigned.
 */
#define ERA_YEARS 1200u
#define ERA_DAYS  (719468u + 146097u * 3)

int32_t
civil_day(int year, int month, int day)
{
	uint32_t early = month <= 2;
	uint32_t y = (uint32_t)year + ERA_YEARS - early;
	uint32_t m = (uint32_t)month + 12 * early;
	uint32_t century = y / 100;
	uint32_t years = 1461 * y / 4 - century + century / 4;
	uint32_t months = (979 * m - 2919) / 32;

	return (int32_t)(years + months + (uint32_t)day - 1 - ERA_DAYS);
}

struct civil
civil_of_day(int32_t day)
{
	uint32_t n1 = 4 * ((uint32_t)day + ERA_DAYS) + 3;
	uint32_t century = n1 / 146097;
	uint32_t n2 = 4 * (n1 % 146097 / 4) + 3;
	uint64_t p2 = UINT64_C(2939745) * n2;
	uint32_t in_century = (uint32_t)(p2 >> 32);
	uint32_t in_year = (uint32_t)p2 / 2939745 / 4;
	uint32_t n3 = 2141 * in_year + 197913;
	uint32_t late = in_year >= 306; /* January, February */
	uint32_t month = (n3 >> 16) - 12 * late;
	uint32_t year = 100 * century + in_century + late - ERA_YEARS;

	return (struct civil){
	    .year = (int)year,
	    .month = (int)month,
	    .day = (int)((n3 & 0xffff) / 2141) + 1,
	};
}

struct civil
civil_of_local(int64_t local)
{
	struct civil civil = civil_of_day(local_day(local));
	int32_t second = local_second(local);

	civil.hour = second / 3600;
	civil.minute = second / 60 % 60;
	civil.second = second % 60;
	return civil;
}

int64_t
civil_local(const struct civil *civil)
{
	int64_t day = civil_day(civil->year, civil->month, civil->day);

	return day * SECONDS_A_DAY + civil->hour * 3600 + civil->minute * 60 +
	       civil->second;
}

bool
civil_is_leap(int year)
{
	return (year & (year % 100 == 0 ? 15 : 3)) == 0;
}

int
civil_month_days(int year, int month)
{
	if (month == 2)
		return civil_is_leap(year) ? 29 : 28;
	return 30 | (month ^ (month >> 3));
}

bool
civil_valid(const struct civil *civil)
{
	if (civil->year < 1 || civil->year > 9999)
		return false;
	if (civil->month < 1 || civil->month > 12)
		return false;
	if (civil->day < 1 ||
	    civil->day > civil_month_days(civil->year, civil->month))
		return false;
	return civil->hour >= 0 && civil->hour <= 23 && civil->minute >= 0 &&
	       civil->minute <= 59 && civil->second >= 0 && civil->second <= 60;
}

enum weekday
civil_weekday(int32_t day)
{
	/* 1970-01-01 was a Thursday; whole weeks more keep it unsigned. */
	return (enum weekday)(((uint32_t)day + 7 * 200000u + THURSDAY) % 7);
}

int
civil_yearday(int32_t day)
{
	return (int)(day - civil_day(civil_of_day(day).year, 1, 1)) + 1;
}

int
civil_week(int32_t day, enum weekday wkst, int *year)
{
	int in_week = ((int)civil_weekday(day) - (int)wkst + 7) % 7;
	/* A week has four days in the year of its fourth day. */
	int32_t fourth = day - in_week + 3;

	*year = civil_of_day(fourth).year;
	return (civil_yearday(fourth) - 1) / 7 + 1;
}

int32_t
civil_add_months(int32_t day, int months)
{
	struct civil civil = civil_of_day(day);
	int64_t index = (int64_t)civil.year * 12 + civil.month - 1 + months;
	int year, month, last;

	/* Beyond the calendar: its first or last day. */
	if (index < 12)
		return CIVIL_FIRST_DAY;
	if (index >= 10000 * 12)
		return CIVIL_LAST_DAY;
	year = (int)(index / 12);
	month = (int)(index % 12) + 1;
	last = civil_month_days(year, month);
	return civil_day(year, month, civil.day < last ? civil.day : last);
}
