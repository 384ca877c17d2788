/*
 * Civil dates and times of the proleptic Gregorian calendar, years 1 to 9999.
 *
 * A date is a day number: days since 1970-01-01, negative before. A *local
 * time* is int64 seconds as if the clock on the wall were UTC: day * 86400 +
 * second of the day. An *instant* is int64 seconds since 1970-01-01T00:00:00Z.
 * The two are never mixed: names say `local` or `instant`. zone.h converts.
 */
#ifndef KALENDS_TIME_CIVIL_H
#define KALENDS_TIME_CIVIL_H

#include <stdbool.h>
#include <stdint.h>

#define SECONDS_A_DAY   INT64_C(86400)
#define CIVIL_FIRST_DAY (-719162) /* 0001-01-01 */
#define CIVIL_LAST_DAY  2932896   /* 9999-12-31 */
#define LOCAL_FIRST     ((int64_t)CIVIL_FIRST_DAY * SECONDS_A_DAY)
#define LOCAL_LAST      ((int64_t)CIVIL_LAST_DAY * SECONDS_A_DAY + 86399)

/* ISO order, so that MONDAY is 0; RFC 5545 calls them MO to SU. */
enum weekday { MONDAY, TUESDAY, WEDNESDAY, THURSDAY, FRIDAY, SATURDAY, SUNDAY };

struct civil {
	int year, month, day; /* month 1-12, day 1-31 */
	int hour, minute, second;
};

/* The day number of a date; month and day must be in range, year 0 to 10000. */
int32_t civil_day(int year, int month, int day);

/* The date of a day number; the time fields are zero. */
struct civil civil_of_day(int32_t day);

struct civil civil_of_local(int64_t local);
int64_t civil_local(const struct civil *civil);

bool civil_is_leap(int year);
int civil_month_days(int year, int month);
/* True for a date that exists, 0001-01-01 to 9999-12-31, and a time of day
 * 00:00:00 to 23:59:60. */
bool civil_valid(const struct civil *civil);

enum weekday civil_weekday(int32_t day);
int civil_yearday(int32_t day); /* 1 to 366 */

/* ISO 8601 week number of a day for weeks that start on wkst (RFC 5545 WKST),
 * 1 to 53; *year gets the year that the week belongs to. The first week of a
 * year is the first with at least four days in it. */
int civil_week(int32_t day, enum weekday wkst, int *year);

/* The day `months` later (or earlier), clamped to the last day of its month. */
int32_t civil_add_months(int32_t day, int months);

/* Day number of a local time, and its second of the day, rounding down. */
static inline int32_t
local_day(int64_t local)
{
	int64_t day = local / SECONDS_A_DAY;

	return (int32_t)(local % SECONDS_A_DAY < 0 ? day - 1 : day);
}

static inline int32_t
local_second(int64_t local)
{
	int64_t second = local % SECONDS_A_DAY;

	return (int32_t)(second < 0 ? second + SECONDS_A_DAY : second);
}

#endif
