/* Day numbers, dates, weeks. */
#include "time/civil.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

/* Steps through the whole calendar with an own notion of the next day. */
static void
every_day_both_ways(void **state)
{
	int year = 1, month = 1, day = 1, yearday = 1;
	int weekday = MONDAY; /* 0001-01-01 */

	(void)state;
	for (int32_t n = CIVIL_FIRST_DAY; n <= CIVIL_LAST_DAY; n++) {
		struct civil c = civil_of_day(n);

		if (c.year != year || c.month != month || c.day != day)
			fail_msg("day %d is %d-%d-%d", n, c.year, c.month,
			    c.day);
		assert_int_equal(civil_day(year, month, day), n);
		assert_int_equal(civil_weekday(n), weekday);
		assert_int_equal(civil_yearday(n), yearday);
		weekday = (weekday + 1) % 7;
		yearday++;
		if (++day <= civil_month_days(year, month))
			continue;
		day = 1;
		if (++month <= 12)
			continue;
		month = 1;
		yearday = 1;
		year++;
	}
	assert_int_equal(year, 10000);
	assert_int_equal(civil_day(10000, 1, 1), CIVIL_LAST_DAY + 1);
	assert_int_equal(civil_day(0, 12, 31), CIVIL_FIRST_DAY - 1);
}

static void
lengths(void **state)
{
	static const int days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30,
	    31};

	(void)state;
	for (int m = 1; m <= 12; m++)
		assert_int_equal(civil_month_days(2023, m), days[m - 1]);
	assert_int_equal(civil_month_days(2024, 2), 29);
	assert_int_equal(civil_month_days(1900, 2), 28);
	assert_int_equal(civil_month_days(2000, 2), 29);
	assert_false(civil_is_leap(2100));
	assert_true(civil_is_leap(2400));
}

static void
local_times(void **state)
{
	struct civil c = {1969, 12, 31, 23, 59, 58};

	(void)state;
	assert_int_equal(civil_local(&c), -2);
	c = civil_of_local(-2);
	assert_int_equal(c.day, 31);
	assert_int_equal(c.hour, 23);
	assert_int_equal(c.second, 58);
	c = civil_of_local(LOCAL_LAST);
	assert_int_equal(c.year, 9999);
	assert_int_equal(c.minute, 59);
	assert_int_equal(civil_local(&c), LOCAL_LAST);
	c = civil_of_local(LOCAL_FIRST);
	assert_int_equal(c.year, 1);
	assert_int_equal(local_day(-1), -1);
	assert_int_equal(local_second(-1), 86399);
}

static void
what_is_valid(void **state)
{
	static const struct civil good[] = {{1, 1, 1, 0, 0, 0},
	    {9999, 12, 31, 23, 59, 60}, {2024, 2, 29, 12, 0, 0}};
	static const struct civil bad[] = {{0, 1, 1, 0, 0, 0},
	    {10000, 1, 1, 0, 0, 0}, {2023, 2, 29, 0, 0, 0},
	    {2023, 13, 1, 0, 0, 0}, {2023, 0, 1, 0, 0, 0},
	    {2023, 99, 9, 0, 0, 0}, {2023, 4, 31, 0, 0, 0},
	    {2023, 4, 0, 0, 0, 0}, {2023, 4, 1, 24, 0, 0},
	    {2023, 4, 1, 0, 60, 0}, {2023, 4, 1, 0, 0, 61},
	    {2023, 4, 1, -1, 0, 0}};

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		assert_true(civil_valid(&good[i]));
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		assert_false(civil_valid(&bad[i]));
}

static void
check_week(int y, int m, int d, enum weekday wkst, int year, int week)
{
	int got;

	assert_int_equal(civil_week(civil_day(y, m, d), wkst, &got), week);
	assert_int_equal(got, year);
}

static void
weeks(void **state)
{
	(void)state;
	check_week(2026, 11, 24, MONDAY, 2026, 48);
	check_week(2021, 1, 3, MONDAY, 2020, 53);
	check_week(2021, 1, 4, MONDAY, 2021, 1);
	check_week(2024, 12, 30, MONDAY, 2025, 1);
	check_week(2027, 1, 1, MONDAY, 2026, 53);
	/* A week from Sunday on with four days in the new year. */
	check_week(2013, 12, 29, SUNDAY, 2014, 1);
	check_week(2013, 12, 29, MONDAY, 2013, 52);
}

static void
months_later(void **state)
{
	int32_t day = civil_day(2024, 1, 31);

	(void)state;
	assert_int_equal(civil_add_months(day, 1), civil_day(2024, 2, 29));
	assert_int_equal(civil_add_months(day, 13), civil_day(2025, 2, 28));
	assert_int_equal(civil_add_months(day, -2), civil_day(2023, 11, 30));
	assert_int_equal(civil_add_months(day, 12), civil_day(2025, 1, 31));
	assert_int_equal(civil_add_months(day, 1000000), CIVIL_LAST_DAY);
	assert_int_equal(civil_add_months(day, -1000000), CIVIL_FIRST_DAY);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_day_both_ways),
	    cmocka_unit_test(lengths),
	    cmocka_unit_test(local_times),
	    cmocka_unit_test(what_is_valid),
	    cmocka_unit_test(weeks),
	    cmocka_unit_test(months_later),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
