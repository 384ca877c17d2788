#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>
#include <stdio.h>
#include <unistd.h>

#include "base/limits.h"
#include "text/reader.h"
#include "time/when.h"
#include "time/zone_impl.h"
#include "time/zones.h"

/* The first component of a text, through the reader. */
static struct zone *
read_zone(struct str text, struct zone_scope *scope, struct error *err)
{
	FILE *file = tmpfile();
	struct reader reader;
	struct zone *zone = NULL;

	assert_non_null(file);
	assert_int_equal(fwrite(text.p, 1, text.n, file), text.n);
	rewind(file);
	assert_true(reader_init(&reader, fileno(file), "test", err));
	while (reader_next(&reader, err) && reader.item != ITEM_NONE) {
		struct component component;

		if (reader.item != ITEM_RECORD)
			continue;
		component_of_record(&component, &reader.record);
		if (scope)
			zone_scope_add(scope, &component, err);
		else
			zone = zone_from_vtimezone(&component, err);
		break;
	}
	reader_free(&reader);
	fclose(file);
	return zone;
}

#define ZONE(body) "BEGIN:VTIMEZONE\r\nTZID:X\r\n" body "END:VTIMEZONE\r\n"
#define PART(kind, from, to, rest)                                  \
	"BEGIN:" kind "\r\nTZOFFSETFROM:" from "\r\nTZOFFSETTO:" to \
	"\r\n" rest "END:" kind "\r\n"

static struct zone *
zone_of(const char *text)
{
	struct error err = {0};
	struct zone *zone = read_zone(str_of(text), NULL, &err);

	if (!zone)
		fail_msg("%s\n%s", err.message, text);
	return zone;
}

static int64_t
instant(const char *utc)
{
	struct when when;

	assert_true(when_parse(&when, str_of(utc), pos_none(), NULL));
	return when.local;
}

static void
assert_offset(const struct zone *zone, const char *utc, int32_t offset)
{
	struct zone_span span;

	zone_span_at(zone, instant(utc), &span);
	if (span.offset != offset)
		fail_msg("%s: %d, not %d", utc, span.offset, offset);
	assert_true(span.from <= instant(utc) && instant(utc) < span.until);
}

#define EU_SUMMER "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\n"
#define EU_WINTER "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\n"

static void
assert_central_europe(const char *text)
{
	struct zone *zone = zone_of(text);
	struct zone_span span;

	assert_offset(zone, "20260329T005959Z", 3600);
	assert_offset(zone, "20260329T010000Z", 7200);
	assert_offset(zone, "20261025T005959Z", 7200);
	assert_offset(zone, "20261025T010000Z", 3600);
	assert_offset(zone, "99990701T000000Z", 7200);
	zone_span_at(zone, instant("20260701T000000Z"), &span);
	assert_true(span.dst);
	zone_free(zone);
}

static void
outlook_begins_in_1601(void **state)
{
	(void)state;
	assert_central_europe(ZONE(PART("STANDARD", "+0200", "+0100",
	    "DTSTART:16010101T030000\r\n" EU_WINTER) PART("DAYLIGHT", "+0100",
	    "+0200", "DTSTART:16010101T020000\r\n" EU_SUMMER)));
}

static void
rules_in_other_words(void **state)
{
	(void)state;
	/* Lotus Notes */
	assert_central_europe(ZONE(PART("STANDARD", "+0200", "+0100",
	    "DTSTART:19501029T030000\r\n"
	    "RRULE:FREQ=YEARLY;BYMINUTE=0;BYHOUR=3;BYDAY=-1SU;"
	    "BYMONTH=10\r\n") PART("DAYLIGHT", "+0100", "+0200",
	    "DTSTART:19500326T020000\r\n"
	    "RRULE:FREQ=YEARLY;BYMINUTE=0;BYHOUR=2;BYDAY=-1SU;"
	    "BYMONTH=3\r\n")));
	assert_central_europe(ZONE(PART("STANDARD", "+0200", "+0100",
	    "DTSTART:19501029T030000\r\n"
	    "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=SU;BYSETPOS=-1\r\n")
		PART("DAYLIGHT", "+0100", "+0200",
		    "DTSTART:19500326T020000\r\n"
		    "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=SU;"
		    "BYMONTHDAY=25,26,27,28,29,30,31\r\n")));
	assert_central_europe(ZONE(PART("STANDARD", "+0200", "+0100",
	    "DTSTART:19501029T030000\r\n"
	    "RRULE:FREQ=MONTHLY;BYMONTH=10;BYDAY=-1SU\r\n") PART("DAYLIGHT",
	    "+0100", "+0200", "DTSTART:19500326T010000Z\r\n" EU_SUMMER)));
}

/* Two DTSTARTs that their rules do not yield. */
static void
start_off_its_rule(void **state)
{
	struct zone *zone = zone_of(ZONE(PART("STANDARD", "+0200", "+0100",
	    "DTSTART:19700101T000000\r\nRRULE:FREQ=YEARLY;BYMONTH=10;"
	    "BYDAY=-1SU;BYHOUR=3\r\n") PART("DAYLIGHT", "+0100", "+0200",
	    "DTSTART:19700101T000000\r\nRRULE:FREQ=YEARLY;BYMONTH=3;"
	    "BYDAY=-1SU;BYHOUR=2\r\n")));

	(void)state;
	assert_offset(zone, "19700201T000000Z", 3600);
	assert_offset(zone, "19700701T000000Z", 7200);
	zone_free(zone);
}

static void
until_and_rdates(void **state)
{
	struct zone *zone = zone_of(ZONE(PART("DAYLIGHT", "-0500", "-0400",
	    "DTSTART:19670430T020000\r\n"
	    "RRULE:FREQ=YEARLY;BYMONTH=4;BYDAY=-1SU;"
	    "UNTIL=19730429T070000Z\r\n") PART("STANDARD", "-0400", "-0500",
	    "DTSTART:19671029T020000\r\n"
	    "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU;"
	    "UNTIL=20061029T060000Z\r\n") PART("DAYLIGHT", "-0500", "-0400",
	    "DTSTART:19740106T020000\r\n"
	    "RDATE:19750223T020000,19760425T020000/PT1H\r\n"
	    "RDATE;VALUE=DATE:19770424\r\n")));

	(void)state;
	assert_offset(zone, "19600701T000000Z", -5 * 3600); /* before any */
	assert_offset(zone, "19730429T065959Z", -5 * 3600);
	assert_offset(zone, "19730429T070000Z", -4 * 3600);
	assert_offset(zone, "19740106T065959Z", -5 * 3600);
	assert_offset(zone, "19740106T070000Z", -4 * 3600);
	assert_offset(zone, "19750223T070000Z", -4 * 3600);
	assert_offset(zone, "19760425T070000Z", -4 * 3600);
	assert_offset(zone, "19770424T065959Z", -5 * 3600);
	assert_offset(zone, "19770424T070000Z", -4 * 3600);
	assert_offset(zone, "20300701T000000Z", -5 * 3600);
	zone_free(zone);
}

static void
a_local_until_is_accepted(void **state)
{
	struct zone *zone = zone_of(ZONE(PART("DAYLIGHT", "+0100", "+0200",
	    "DTSTART:20000326T020000\r\n"
	    "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU;"
	    "UNTIL=20020331T020000\r\n") PART("STANDARD", "+0200", "+0100",
	    "DTSTART:20001029T030000\r\n" EU_WINTER)));

	(void)state;
	assert_offset(zone, "20020701T000000Z", 7200);
	assert_offset(zone, "20030701T000000Z", 3600);
	zone_free(zone);
}

static void
rules_that_are_not_yearly(void **state)
{
	struct zone *zone = zone_of(ZONE(PART("DAYLIGHT", "+0000", "+0100",
	    "DTSTART:20000301T000000\r\n"
	    "RRULE:FREQ=YEARLY;INTERVAL=2\r\n")
		PART("STANDARD", "+0100", "+0000",
		    "DTSTART:20000901T000000\r\n"
		    "RRULE:FREQ=YEARLY;INTERVAL=2;COUNT=3\r\n")));

	(void)state;
	assert_offset(zone, "20000601T000000Z", 3600);
	assert_offset(zone, "20010601T000000Z", 0);
	assert_offset(zone, "20040601T000000Z", 3600);
	assert_offset(zone, "20050601T000000Z", 0);
	assert_offset(zone, "20070601T000000Z", 3600);
	zone_free(zone);
}

static void
single_observances(void **state)
{
	struct zone *zone = zone_of(ZONE(PART("STANDARD", "+0530", "+053010",
	    "DTSTART:19700101T000000\r\nTZNAME:IST\r\n")));

	(void)state;
	assert_offset(zone, "19600101T000000Z", 19800);
	assert_offset(zone, "20260101T000000Z", 19810);
	zone_free(zone);
	/* neither begin nor from: for all times */
	zone = zone_of(ZONE("BEGIN:STANDARD\r\nTZOFFSETTO:+02:00\r\n"
			    "END:STANDARD\r\n"));
	assert_offset(zone, "00010101T000000Z", 7200);
	assert_offset(zone, "20260101T000000Z", 7200);
	zone_free(zone);
}

static void
equal_onsets_the_last_counts(void **state)
{
	struct zone *zone = zone_of(ZONE(PART("STANDARD", "+0000", "+0100",
	    "DTSTART:20000101T000000\r\n") PART("STANDARD", "+0000", "+0200",
	    "DTSTART:20000101T000000\r\n") PART("STANDARD", "+0200", "+0300",
	    "DTSTART:20100101T000000\r\n") PART("STANDARD", "+0200", "+0300",
	    "DTSTART:20100101T000000\r\n")));

	(void)state;
	assert_offset(zone, "20050101T000000Z", 7200);
	assert_offset(zone, "20150101T000000Z", 10800);
	zone_free(zone);
}

static void
what_is_refused(void **state)
{
	static const struct {
		const char *text;
		enum error_code code;
	} cases[] = {
	    {"BEGIN:VTIMEZONE\r\nEND:VTIMEZONE\r\n", ERR_SYNTAX},
	    {ZONE(""), ERR_SYNTAX},
	    {ZONE("BEGIN:STANDARD\r\nDTSTART:19700101T000000\r\n"
		  "END:STANDARD\r\n"),
		ERR_SYNTAX},
	    {ZONE(PART("STANDARD", "+0100", "x", "")), ERR_SYNTAX},
	    {ZONE(PART("STANDARD", "+0000", "+0100", "DTSTART:x\r\n")),
		ERR_SYNTAX},
	    {ZONE(PART("STANDARD", "+0000", "+0100",
		 "DTSTART:19700101T000000\r\nRRULE:FREQ=SECONDLY\r\n")),
		ERR_LIMIT},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(*cases); i++) {
		struct error err = {0};

		assert_null(read_zone(str_of(cases[i].text), NULL, &err));
		if (err.code != cases[i].code)
			fail_msg("%zu: %s", i, err.message);
	}
}

static void
names_may_be_folded(void **state)
{
	(void)state;
	assert_central_europe(
	    ZONE("BEGIN:DAYLI\r\n GHT\r\nDTSTART:19810329T020000\r\n"
		 "TZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\n"
		 "RRULE:FREQ=YEARLY;BYMONTH=3;BYDAY=-1SU\r\n"
		 "END:DAYLIGHT\r\n"
		 "BEGIN\n\t:STAND\n\tARD\r\nDTSTART:19961027T030000\r\n"
		 "TZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\n"
		 "RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU\r\n"
		 "END:STANDARD\r\n"));
}

static void
scope_keeps_the_first(void **state)
{
	static const char first[] = ZONE(
	    PART("STANDARD", "+0000", "+0100", "DTSTART:20000101T000000\r\n"));
	static const char other[] = ZONE(
	    PART("STANDARD", "+0000", "+0200", "DTSTART:20000101T000000\r\n"));
	struct zone_scope *scope = zone_scope_new();
	struct zones *zones = zones_new(NULL);
	enum zone_source source;
	struct error err = {0};

	(void)state;
	read_zone(str_of(first), scope, &err);
	assert_int_equal(err.code, ERR_NONE);
	read_zone(str_of(first), scope, &err);
	assert_int_equal(err.code, ERR_NONE);
	read_zone(str_of(other), scope, &err);
	assert_int_equal(err.code, ERR_VALUE);
	assert_offset(zone_scope_find(scope, STR("X")), "20260101T000000Z",
	    3600);
	assert_non_null(
	    zones_resolve(zones, scope, STR("X"), ZONES_SYSTEM, &source));
	assert_int_equal(source, ZONE_FROM_STREAM);
	zone_scope_reset(scope);
	assert_null(zone_scope_find(scope, STR("X")));
	zone_scope_free(scope);
	zones_free(zones);
}

/* A calendar may define any number; what is held of them is bounded. It is told
 * of once. */
static void
scope_is_bounded(void **state)
{
	struct zone_scope *scope = zone_scope_new();
	struct error err = {0};
	char text[256];
	size_t told = 0;

	(void)state;
	for (size_t i = 0; i < LIMIT_ZONES + 100; i++) {
		snprintf(text, sizeof(text),
		    "BEGIN:VTIMEZONE\r\nTZID:Z%zu\r\n" PART("STANDARD", "+0000",
			"+0100",
			"DTSTART:20000101T000000\r\n") "END:VTIMEZONE\r\n",
		    i);
		err.code = ERR_NONE;
		read_zone(str_of(text), scope, &err);
		if (err.code != ERR_NONE) {
			assert_int_equal(err.code, ERR_LIMIT);
			told++;
		}
	}
	assert_int_equal(told, 1);
	assert_non_null(zone_scope_find(scope, STR("Z4095")));
	assert_null(zone_scope_find(scope, STR("Z4096")));
	zone_scope_reset(scope);
	err.code = ERR_NONE;
	read_zone(str_of(text), scope, &err);
	assert_int_equal(err.code, ERR_NONE);
	assert_non_null(zone_scope_find(scope, STR("Z4195")));
	zone_scope_free(scope);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(outlook_begins_in_1601),
	    cmocka_unit_test(rules_in_other_words),
	    cmocka_unit_test(start_off_its_rule),
	    cmocka_unit_test(until_and_rdates),
	    cmocka_unit_test(a_local_until_is_accepted),
	    cmocka_unit_test(rules_that_are_not_yearly),
	    cmocka_unit_test(single_observances),
	    cmocka_unit_test(equal_onsets_the_last_counts),
	    cmocka_unit_test(what_is_refused),
	    cmocka_unit_test(names_may_be_folded),
	    cmocka_unit_test(scope_keeps_the_first),
	    cmocka_unit_test(scope_is_bounded),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
