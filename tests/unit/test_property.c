/* Kinds of properties, and what depends on their table being in order. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "cal/property.h"
#include "cal/repair.h"

/* The properties of RFC 5545, 8.3.2, and RFC 7986, 7.1. */
static const char *const known[] = {"CALSCALE", "METHOD", "PRODID", "VERSION",
    "ATTACH", "CATEGORIES", "CLASS", "COMMENT", "DESCRIPTION", "GEO",
    "LOCATION", "PERCENT-COMPLETE", "PRIORITY", "RESOURCES", "STATUS",
    "SUMMARY", "COMPLETED", "DTEND", "DUE", "DTSTART", "DURATION", "FREEBUSY",
    "TRANSP", "TZID", "TZNAME", "TZOFFSETFROM", "TZOFFSETTO", "TZURL",
    "ATTENDEE", "CONTACT", "ORGANIZER", "RECURRENCE-ID", "RELATED-TO", "URL",
    "UID", "EXDATE", "EXRULE", "RDATE", "RRULE", "ACTION", "REPEAT", "TRIGGER",
    "CREATED", "DTSTAMP", "LAST-MODIFIED", "SEQUENCE", "REQUEST-STATUS", "NAME",
    "REFRESH-INTERVAL", "SOURCE", "COLOR", "IMAGE", "CONFERENCE"};

static void
every_property_is_known(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (property_kind(str_of(known[i])) == PROPERTY_UNKNOWN)
			fail_msg("%s is not known", known[i]);
	assert_int_equal(property_kind(STR("dtstart")), PROPERTY_TIME);
	assert_int_equal(property_kind(STR("Exdate")), PROPERTY_TIMES);
	assert_int_equal(property_kind(STR("RESOURCE-TYPE")), PROPERTY_TEXT);
	assert_int_equal(property_kind(STR("X-FOO")), PROPERTY_UNKNOWN);
	assert_int_equal(property_kind(STR("")), PROPERTY_UNKNOWN);
}

static void
repairs_have_names_of_their_own(void **state)
{
	struct repair_info info, other;
	size_t count = 0;
	uint64_t set, all;

	(void)state;
	assert_true(repair_parse(&all, "all", NULL));
	for (; repair_info(count, &info); count++) {
		for (size_t i = 0; i < count; i++) {
			assert_true(repair_info(i, &other));
			assert_string_not_equal(info.name, other.name);
		}
		assert_true(repair_parse(&set, info.name, NULL));
		assert_true(set == UINT64_C(1) << count);
		assert_true(repair_has(all, info.name));
		assert_false(repair_has(all & ~set, info.name));
	}
	assert_true(count >= 25);
	assert_true(all == (UINT64_C(1) << count) - 1);
	assert_true(repair_parse(&set, NULL, NULL));
	assert_false(repair_has(set, "html"));
	assert_true(repair_has(set, "uid"));
	assert_false(repair_parse(&set, "", NULL));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(every_property_is_known),
	    cmocka_unit_test(repairs_have_names_of_their_own),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
