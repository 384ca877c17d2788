/* The axis of an hour grid, on days of 23, 24 and 25 hours. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "term/axis.h"
#include "time/civil.h"
#include "time/zones.h"

#define HOUR 3600

static struct zones *zones;

static int
open_zones(void **state)
{
	(void)state;
	zones = zones_new(NULL);
	return zones ? 0 : -1;
}

static int
close_zones(void **state)
{
	(void)state;
	zones_free(zones);
	return 0;
}

/* A page of the days around one, all hours in slots of half an hour. */
static void
make(struct axis *axis, struct axis_day days[3], const char *name,
    int32_t middle, int32_t from, int32_t until)
{
	const struct zone *zone = zones_system(zones, str_of(name));

	assert_non_null(zone);
	for (int i = 0; i < 3; i++)
		axis_day_set(&days[i], middle - 1 + i, zone);
	axis_init(axis, zone, days, 3, from, until, HOUR / 2);
}

static void
plain_days_are_the_clock(void **state)
{
	struct axis_day days[3];
	struct axis axis;
	bool again;

	(void)state;
	make(&axis, days, "Europe/Paris", civil_day(2026, 11, 25), 8 * HOUR,
	    18 * HOUR);
	axis_finish(&axis);
	assert_int_equal(axis.count, 20);
	assert_int_equal(axis.rows[0].from, 8 * HOUR);
	assert_false(axis.rows[0].skipped);
	assert_int_equal(days[1].change == INT64_MAX, 1);
	assert_int_equal(axis_place(&axis, &days[1], days[1].begins + 9 * HOUR),
	    9 * HOUR);
	assert_int_equal(axis_place(&axis, &days[1], days[1].begins - 1), 0);
	assert_int_equal(axis_place(&axis, &days[1], days[1].ends), 86400);
	assert_int_equal(axis_clock(&axis, 9 * HOUR, &again), 9 * HOUR);
	assert_false(again);
	for (size_t i = 0; i < axis.count; i++)
		assert_false(axis_is_gone(&axis, &axis.rows[i], &days[1]));
}

/* Rows outside of the hours: one between two changes, none where nothing is. */
static void
rows_outside_the_hours(void **state)
{
	struct axis_day days[3];
	struct axis axis;

	(void)state;
	make(&axis, days, "UTC", civil_day(2026, 11, 25), 8 * HOUR, 18 * HOUR);
	axis_touch(&axis, 20 * HOUR, 86400);
	axis_touch(&axis, 22 * HOUR + 60, 22 * HOUR + 60);
	axis_touch(&axis, 0, 2 * HOUR);
	axis_finish(&axis);
	assert_int_equal(axis.count, 1 + 20 + 3);
	assert_int_equal(axis.rows[0].from, 0);
	assert_int_equal(axis.rows[0].until, 2 * HOUR);
	assert_false(axis.rows[0].skipped);
	assert_true(axis.rows[1].skipped);
	assert_int_equal(axis.rows[21].from, 20 * HOUR);
	assert_true(axis.rows[21].skipped);
	assert_int_equal(axis.rows[22].from, 22 * HOUR);
	assert_int_equal(axis.rows[22].until, 22 * HOUR + HOUR / 2);
	assert_int_equal(axis.rows[23].until, 86400);
	assert_int_equal(axis_row_of(&axis, 23 * HOUR), 23);
	assert_int_equal(axis_row_of(&axis, 86400), 23);
	assert_int_equal(axis_row_of(&axis, 0), 0);
}

/* Clocks go back at 03:00: what follows stands an hour further down. */
static void
an_hour_comes_twice(void **state)
{
	struct axis_day days[3];
	struct axis axis;
	int32_t place;
	bool again;

	(void)state;
	make(&axis, days, "Europe/Paris", civil_day(2026, 10, 25), 0, 86400);
	axis_finish(&axis);
	assert_int_equal(axis.doubled_at, 2 * HOUR);
	assert_int_equal(axis.doubled, HOUR);
	assert_int_equal(days[1].ends - days[1].begins, 25 * HOUR);
	assert_int_equal(axis.count, 50);
	for (int32_t hour = 0; hour < 25; hour++) {
		place =
		    axis_place(&axis, &days[1], days[1].begins + hour * HOUR);
		assert_int_equal(place, hour * HOUR);
	}
	assert_int_equal(axis_clock(&axis, 2 * HOUR, &again), 2 * HOUR);
	assert_false(again);
	assert_int_equal(axis_clock(&axis, 3 * HOUR, &again), 2 * HOUR);
	assert_true(again);
	assert_int_equal(axis_clock(&axis, 4 * HOUR, &again), 3 * HOUR);
	assert_false(again);
	/* On the day before it is once. */
	assert_int_equal(axis_place(&axis, &days[0], days[0].begins + 2 * HOUR),
	    2 * HOUR);
	assert_int_equal(axis_place(&axis, &days[0], days[0].begins + 3 * HOUR),
	    4 * HOUR);
	for (size_t i = 0; i < axis.count; i++) {
		bool second = i == 6 || i == 7;

		assert_false(axis_is_gone(&axis, &axis.rows[i], &days[1]));
		assert_int_equal(axis_is_gone(&axis, &axis.rows[i], &days[0]),
		    second);
	}
}

static void
an_hour_is_missing(void **state)
{
	struct axis_day days[3];
	struct axis axis;

	(void)state;
	make(&axis, days, "Europe/Paris", civil_day(2026, 3, 29), 0, 86400);
	axis_finish(&axis);
	assert_int_equal(days[1].ends - days[1].begins, 23 * HOUR);
	assert_int_equal(axis.doubled, 0);
	assert_int_equal(axis.count, 48);
	assert_int_equal(axis_place(&axis, &days[1], days[1].begins + 2 * HOUR),
	    3 * HOUR);
	for (size_t i = 0; i < axis.count; i++) {
		bool missing = i == 4 || i == 5;

		assert_int_equal(axis_is_gone(&axis, &axis.rows[i], &days[1]),
		    missing);
		assert_false(axis_is_gone(&axis, &axis.rows[i], &days[2]));
	}
}

/* Midnight is skipped, or the hour before it comes twice; half an hour is. */
static void
odd_changes(void **state)
{
	struct axis_day days[3];
	struct axis axis;

	(void)state;
	make(&axis, days, "Asia/Beirut", civil_day(2026, 3, 29), 0, 86400);
	assert_int_equal(days[1].ends - days[1].begins, 23 * HOUR);
	assert_int_equal(days[1].clock_before, 0);
	assert_int_equal(days[1].clock_after, HOUR);
	axis_finish(&axis);
	assert_true(axis_is_gone(&axis, &axis.rows[0], &days[1]));
	assert_false(axis_is_gone(&axis, &axis.rows[2], &days[1]));
	make(&axis, days, "Asia/Beirut", civil_day(2026, 10, 24), 0, 86400);
	assert_int_equal(axis.doubled_at, 23 * HOUR);
	assert_int_equal(days[1].ends - days[1].begins, 25 * HOUR);
	assert_int_equal(axis_place(&axis, &days[1], days[1].ends - HOUR / 2),
	    24 * HOUR + HOUR / 2);
	make(&axis, days, "Australia/Lord_Howe", civil_day(2026, 4, 5), 0,
	    86400);
	assert_int_equal(axis.doubled, HOUR / 2);
	/* A day that never was. */
	make(&axis, days, "Pacific/Apia", civil_day(2011, 12, 30), 0, 86400);
	assert_int_equal(days[1].ends, days[1].begins);
}

/* Places never go back as time goes on, and have a row. */
static void
places_ascend(void **state)
{
	static const struct {
		const char *zone;
		int year, month, day;
	} cases[] = {{"Europe/Paris", 2026, 10, 25},
	    {"Europe/Paris", 2026, 3, 29}, {"America/New_York", 2026, 11, 1},
	    {"Asia/Beirut", 2026, 3, 29}, {"Asia/Beirut", 2026, 10, 24},
	    {"Australia/Lord_Howe", 2026, 4, 5}, {"Pacific/Apia", 2011, 12, 30},
	    {"Africa/Casablanca", 2026, 2, 15}, {"UTC", 2026, 1, 1}};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct axis_day days[3];
		struct axis axis;
		int32_t last = 0;

		make(&axis, days, cases[i].zone,
		    civil_day(cases[i].year, cases[i].month, cases[i].day),
		    8 * HOUR, 9 * HOUR);
		axis_touch(&axis, 0, 100000);
		axis_finish(&axis);
		for (int64_t at = days[1].begins; at <= days[1].ends;
		     at += 300) {
			int32_t place = axis_place(&axis, &days[1], at);
			size_t row = axis_row_of(&axis, place);

			assert_true(place >= last);
			assert_true(axis.rows[row].from <= place);
			assert_true(place <= axis.rows[row].until);
			last = place;
		}
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(plain_days_are_the_clock),
	    cmocka_unit_test(rows_outside_the_hours),
	    cmocka_unit_test(an_hour_comes_twice),
	    cmocka_unit_test(an_hour_is_missing),
	    cmocka_unit_test(odd_changes),
	    cmocka_unit_test(places_ascend),
	};

	return cmocka_run_group_tests(tests, open_zones, close_zones);
}
