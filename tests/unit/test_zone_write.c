/* A VTIMEZONE written from a zone is read as that zone again. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

#include <cmocka.h>

#include "base/arena.h"
#include "text/record_text.h"
#include "time/zone_write.h"
#include "time/zones_impl.h"

/* Our reader expands rules that are not yearly to 2500. */
#define YEAR_2400 INT64_C(13569465600)

static struct zone *
read_back(struct str text)
{
	struct arena arena = {0};
	struct component component;
	struct record record;
	struct zone *zone;
	struct error err;

	assert_true(record_of_text(&record, text, pos_none(), &arena));
	component_of_record(&component, &record);
	zone = zone_from_vtimezone(&component, &err);
	if (!zone)
		fail_msg("%s in\n%.*s", err.message, STR_ARG(text));
	arena_free(&arena);
	return zone;
}

static void
is_strict(struct str text)
{
	struct str line;

	assert_true(text.n > 2 && text.p[text.n - 1] == '\n');
	text.n--;
	while (str_cut(&text, '\n', &line)) {
		assert_true(line.n && line.p[line.n - 1] == '\r');
		assert_true(line.n <= 76);
	}
}

static void
check(const struct zone *zone, int64_t from)
{
	struct buf out = {0}, again = {0};
	struct zone *other;

	assert_true(zone_write(zone, zone_id(zone), from, &out));
	assert_true(zone_write(zone, zone_id(zone), from, &again));
	assert_true(str_eq(buf_str(&out), buf_str(&again)));
	is_strict(buf_str(&out));
	other = read_back(buf_str(&out));
	assert_true(str_eq(zone_id(other), zone_id(zone)));
	if (!zone_same(zone, other, from, YEAR_2400))
		fail_msg("%.*s from %lld differs:\n%.*s",
		    STR_ARG(zone_id(zone)), (long long)from,
		    STR_ARG(buf_str(&out)));
	zone_free(other);
	buf_free(&out);
	buf_free(&again);
}

static void
every_zone_is_read_as_itself(void **state)
{
	static const int64_t from[] = {-9000000000, -1500000000, 0, 1000000000,
	    1795424400, 2500000000};
	struct zones *zones = zones_new(NULL);
	struct zone_list list = {0};
	size_t count = 0;

	(void)state;
	zone_list_read(&list, "/usr/share/zoneinfo");
	for (size_t i = 0; i < list.count; i++) {
		const struct zone *zone = zones_system(zones, list.names[i]);

		if (!zone)
			continue;
		count++;
		for (size_t k = 0; k < sizeof(from) / sizeof(from[0]); k++)
			check(zone, from[k]);
	}
	print_message("%zu zones\n", count);
	assert_true(count > 300);
	zone_list_free(&list);
	zones_free(zones);
}

static void
a_rule_is_a_rule(void **state)
{
	struct zones *zones = zones_new(NULL);
	const struct zone *paris = zones_system(zones, STR("Europe/Paris"));
	struct buf out = {0};

	(void)state;
	assert_non_null(paris);
	assert_true(zone_write(paris, STR("a,b"), 1795424400, &out));
	assert_true(str_eq(buf_str(&out),
	    STR("BEGIN:VTIMEZONE\r\nTZID:a\\,b\r\n"
		"BEGIN:DAYLIGHT\r\nDTSTART:19960331T020000\r\n"
		"TZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\nTZNAME:CEST\r\n"
		"RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\nEND:DAYLIGHT\r\n"
		"BEGIN:STANDARD\r\nDTSTART:19961027T030000\r\n"
		"TZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\nTZNAME:CET\r\n"
		"RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\nEND:STANDARD\r\n"
		"END:VTIMEZONE\r\n")));
	buf_free(&out);
	zones_free(zones);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_zone_is_read_as_itself),
	    cmocka_unit_test(a_rule_is_a_rule),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
