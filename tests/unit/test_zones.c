#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "time/zone_names.h"
#include "time/zones.h"

static int
setup(void **state)
{
	*state = zones_new(NULL);
	return *state ? 0 : -1;
}

static int
teardown(void **state)
{
	zones_free(*state);
	return 0;
}

static const struct zone *
resolve(void **state, const char *tzid, enum zone_source *source)
{
	return zones_resolve(*state, NULL, str_of(tzid), ZONES_SYSTEM, source);
}

static void
assert_resolves(void **state, const char *tzid, const char *id)
{
	enum zone_source source;
	const struct zone *zone = resolve(state, tzid, &source);

	if (!zone)
		fail_msg("%s: nowhere", tzid);
	if (!str_eq(zone_id(zone), str_of(id)))
		fail_msg("%s: %.*s, not %s", tzid, STR_ARG(zone_id(zone)), id);
}

static void
system_names(void **state)
{
	enum zone_source source;

	assert_resolves(state, "Europe/Paris", "Europe/Paris");
	resolve(state, "Europe/Paris", &source);
	assert_int_equal(source, ZONE_FROM_SYSTEM);
	assert_resolves(state, "America/Argentina/Salta",
	    "America/Argentina/Salta");
	assert_ptr_equal(zones_system(*state, STR("UTC")), zone_utc());
	assert_ptr_equal(zones_system(*state, STR("Etc/UTC")), zone_utc());
	assert_ptr_equal(zones_system(*state, STR("GMT")), zone_utc());
	assert_ptr_equal(zones_system(*state, STR("Europe/Paris")),
	    zones_system(*state, STR("Europe/Paris")));
}

static void
odd_names_are_never_opened(void **state)
{
	static const struct str names[] = {STR_C(""), STR_C("../passwd"),
	    STR_C("/etc/localtime"), STR_C("Europe/../Europe/Paris"),
	    STR_C("Europe//Paris"), STR_C("Europe/Paris/"),
	    STR_C("Europe/Paris\0x"), STR_C("Europe"), STR_C("tzdata.zi"),
	    STR_C("."), STR_C("-z")};

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		assert_null(zones_system(*state, names[i]));
}

static void
aliases(void **state)
{
	enum zone_source source;

	resolve(state, "W. Europe Standard Time", &source);
	assert_int_equal(source, ZONE_FROM_ALIAS);
	assert_resolves(state, "W. Europe Standard Time", "Europe/Berlin");
	assert_resolves(state, "romance standard time", "Europe/Paris");
	assert_resolves(state, "Eastern", "America/New_York");
	assert_resolves(state, "/citadel.org/20190914_1/Europe/Paris",
	    "Europe/Paris");
	assert_resolves(state,
	    "/freeassociation.sourceforge.net/Tzfile/"
	    "America/Argentina/Buenos_Aires",
	    "America/Argentina/Buenos_Aires");
	assert_resolves(state, "/ical4j_1_0_rc1/Europe/Vilnius",
	    "Europe/Vilnius");
	assert_resolves(state, "tzone://Microsoft/Utc", "UTC");
	assert_resolves(state, "europe/paris", "Europe/Paris");
	assert_resolves(state, "Europe_Berlin", "Europe/Berlin");
	assert_resolves(state, "America_New_York", "America/New_York");
	assert_resolves(state,
	    "(UTC+01:00) Brussels, Copenhagen, Madrid, Paris", "Europe/Paris");
	assert_resolves(state,
	    "(UTC+01:00) Brussels\\, Copenhagen\\, Madrid\\, Paris",
	    "Europe/Paris");
	assert_resolves(state, "(GMT+01.00) Amsterdam / Berlin / Bern / Rome",
	    "Europe/Berlin");
	assert_resolves(state, "(UTC-05:00) Eastern Time (US & Canada)",
	    "America/New_York");
	assert_resolves(state, "Pacific Time (US & Canada), Tijuana",
	    "America/Los_Angeles");
	assert_resolves(state,
	    "Greenwich Mean Time:Dublin; Edinburgh; Lisbon; London",
	    "Europe/London");
	assert_resolves(state, "(UTC-11:00) Coordinated Universal Time-11",
	    "Etc/GMT+11");
	assert_resolves(state, "Z", "UTC");
	assert_resolves(state, "utc", "UTC");
	assert_resolves(state, "GMT+0100", "GMT+0100");
	assert_resolves(state, "(GMT-03:00)", "(GMT-03:00)");
	assert_int_equal(zone_local(NULL,
			     resolve(state, "(GMT-03:30)", &source), 0),
	    -12600);
}

static void
nowhere(void **state)
{
	static const char *const names[] = {"Customized Time Zone",
	    "Customized Time Zone 1", "", "GMT+1", "UTC-5",
	    "tzone://Microsoft/Custom", "NONSTANDARDTZ", "Mars/Phobos",
	    "Team/Japan", "US--Fictitious-Eastern", "/", "//", "()", "(UTC",
	    "0", "+", "+0", "GMT +0100 (Standard) / GMT +0200 (Daylight)"};
	enum zone_source source;

	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++) {
		if (resolve(state, names[i], &source))
			fail_msg("%s was found", names[i]);
		assert_int_equal(source, ZONE_FROM_NOWHERE);
	}
}

static void
option_words(void **state)
{
	struct error err;
	const struct zone *zone;

	assert_ptr_equal(zones_option(*state, STR("Z"), &err), zone_utc());
	assert_non_null(zones_option(*state, STR("local"), &err));
	zone = zones_option(*state, STR("+02:00"), &err);
	assert_non_null(zone);
	assert_int_equal(zone_local(NULL, zone, 0), 7200);
	assert_null(zones_option(*state, STR("Europe/Pari"), &err));
	assert_int_equal(err.code, ERR_ABSENT);
	assert_string_equal(err.message,
	    "Europe/Pari: no such zone; did you mean Europe/Paris?");
	assert_null(zones_option(*state, STR("Bruxelles"), &err));
	assert_null(zones_option(*state, STR("Pariss"), &err));
	assert_string_equal(err.message,
	    "Pariss: no such zone; did you mean Europe/Paris?");
	assert_null(zones_option(*state, STR("qwertyuiop"), &err));
	assert_string_equal(err.message, "qwertyuiop: no such zone");
}

static void
local_zone(void **state)
{
	static const struct {
		const char *tz, *id;
		int offset; /* at 2026-07-01 */
	} forms[] = {
	    {"Europe/Paris", "Europe/Paris", 7200},
	    {":Europe/Paris", "Europe/Paris", 7200},
	    {"/usr/share/zoneinfo/Europe/Paris", "Europe/Paris", 7200},
	    {"CET-1CEST,M3.5.0,M10.5.0/3", "CET-1CEST,M3.5.0,M10.5.0/3", 7200},
	    {"EST5EDT", "EST5EDT", -4 * 3600},
	    {"", "UTC", 0},
	    {"No/Such", "UTC", 0},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(forms) / sizeof(*forms); i++) {
		struct zones *zones = zones_new(NULL);
		const struct zone *zone;

		setenv("TZ", forms[i].tz, 1);
		zone = zones_local(zones);
		if (!str_eq(zone_id(zone), str_of(forms[i].id)))
			fail_msg("%s: %.*s", forms[i].tz,
			    STR_ARG(zone_id(zone)));
		assert_int_equal(zone_local(NULL, zone, 1782864000),
		    1782864000 + forms[i].offset);
		zones_free(zones);
	}
	unsetenv("TZ");
}

static void
misses_do_not_pile_up(void **state)
{
	char name[32];

	for (int i = 0; i < 10000; i++) {
		snprintf(name, sizeof(name), "No/Zone%d", i);
		assert_null(zones_system(*state, str_of(name)));
	}
	assert_non_null(zones_system(*state, STR("Asia/Tokyo")));
}

static void
windows_table_is_sorted(void **state)
{
	(void)state;
	assert_true(str_eq(windows_zone(STR("aus CENTRAL standard time")),
	    STR("Australia/Darwin")));
	assert_true(str_eq(windows_zone(STR("Aus Central W. Standard Time")),
	    STR("Australia/Eucla")));
	assert_true(str_eq(windows_zone(STR("UTC+12")), STR("Etc/GMT-12")));
	assert_true(str_eq(windows_zone(STR("Yukon Standard Time")),
	    STR("America/Whitehorse")));
	assert_true(str_eq(windows_zone(STR("Afghanistan Standard Time")),
	    STR("Asia/Kabul")));
	assert_int_equal(windows_zone(STR("")).n, 0);
	assert_true(
	    str_eq(display_zone(STR("(UTC+04:30) Kabul")), STR("Asia/Kabul")));
	assert_true(str_eq(display_zone(STR("zagreb")), STR("Europe/Warsaw")));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test_setup_teardown(system_names, setup, teardown),
	    cmocka_unit_test_setup_teardown(odd_names_are_never_opened, setup,
		teardown),
	    cmocka_unit_test_setup_teardown(aliases, setup, teardown),
	    cmocka_unit_test_setup_teardown(nowhere, setup, teardown),
	    cmocka_unit_test_setup_teardown(option_words, setup, teardown),
	    cmocka_unit_test(local_zone),
	    cmocka_unit_test_setup_teardown(misses_do_not_pile_up, setup,
		teardown),
	    cmocka_unit_test(windows_table_is_sorted),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
