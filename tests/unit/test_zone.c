#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "time/zone_impl.h"
#include "time/zones.h"

/* Local times are written as a civil time. */
static int64_t
at(int year, int month, int day, int hour, int minute)
{
	int64_t y = month <= 2 ? year - 1 : year;
	int64_t era = y / 400, of_era = y - era * 400;
	int64_t days = era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 +
	               (153 * (month > 2 ? month - 3 : month + 9) + 2) / 5 +
	               day - 1 - 719468;

	return days * 86400 + hour * 3600 + minute * 60;
}

#define HOUR 3600

static struct zone *
posix(const char *text)
{
	return zone_from_posix(str_of(text), str_of(text));
}

static void
utc_has_no_transitions(void **state)
{
	struct zone_cursor cursor = {0};
	enum zone_fit fit;

	(void)state;
	assert_true(zone_is_utc(zone_utc()));
	assert_int_equal(zone_local(&cursor, zone_utc(), 5), 5);
	assert_int_equal(zone_instant(&cursor, zone_utc(), -7, &fit), -7);
	assert_int_equal(fit, ZONE_FIT_ONE);
	assert_int_equal(zone_instant(NULL, zone_utc(), INT64_MAX, NULL),
	    INT64_MAX);
	assert_int_equal(zone_local(NULL, zone_utc(), INT64_MIN), INT64_MIN);
}

static void
gap_takes_the_offset_before(void **state)
{
	struct zone *zone = posix("CET-1CEST,M3.5.0,M10.5.0/3");
	struct zone_cursor cursor = {0};
	enum zone_fit fit;

	(void)state;
	assert_non_null(zone);
	assert_int_equal(zone_instant(&cursor, zone, at(2026, 3, 29, 2, 30),
			     &fit),
	    at(2026, 3, 29, 1, 30));
	assert_int_equal(fit, ZONE_FIT_GAP);
	assert_int_equal(zone_instant(&cursor, zone, at(2026, 3, 29, 3, 0),
			     &fit),
	    at(2026, 3, 29, 1, 0));
	assert_int_equal(fit, ZONE_FIT_ONE);
	zone_free(zone);
}

static void
overlap_takes_the_first(void **state)
{
	struct zone *zone = posix("CET-1CEST,M3.5.0,M10.5.0/3");
	struct zone_cursor cursor = {0};
	enum zone_fit fit;

	(void)state;
	assert_int_equal(zone_instant(&cursor, zone, at(2026, 10, 25, 2, 30),
			     &fit),
	    at(2026, 10, 25, 0, 30));
	assert_int_equal(fit, ZONE_FIT_OVERLAP);
	assert_int_equal(zone_instant(&cursor, zone, at(2026, 10, 25, 3, 0),
			     &fit),
	    at(2026, 10, 25, 2, 0));
	assert_int_equal(fit, ZONE_FIT_ONE);
	zone_free(zone);
}

static void
rule_holds_in_any_year(void **state)
{
	struct zone *zone = posix("CET-1CEST,M3.5.0,M10.5.0/3");
	struct zone_span span;

	(void)state;
	zone_span_at(zone, at(9999, 7, 1, 0, 0), &span);
	assert_int_equal(span.offset, 2 * HOUR);
	assert_int_equal(span.from, at(9999, 3, 28, 1, 0));
	assert_int_equal(span.until, at(9999, 10, 31, 1, 0));
	zone_span_at(zone, at(123456, 7, 1, 0, 0), &span);
	assert_int_equal(span.offset, 2 * HOUR);
	for (int64_t t = INT64_MAX; t > 1; t /= 2) {
		zone_span_at(zone, t, &span);
		assert_true(span.from <= t && t <= span.until);
		zone_span_at(zone, -t, &span);
		assert_true(span.from <= -t && -t < span.until);
		zone_instant(NULL, zone, t, NULL);
		zone_instant(NULL, zone, -t, NULL);
	}
	zone_free(zone);
}

static void
posix_forms(void **state)
{
	static const struct {
		const char *text;
		int month, day, hour; /* UTC, of 2026 */
		int offset;
	} good[] = {
	    {"<+03>-3", 1, 1, 0, 3 * HOUR},
	    {"<+0330>-3:30:10", 1, 1, 0, 3 * HOUR + 1810},
	    {"EST5EDT", 7, 1, 0, -4 * HOUR},
	    {"EST5EDT", 1, 1, 0, -5 * HOUR},
	    /* southern: the year begins in summer */
	    {"AEST-10AEDT,M10.1.0,M4.1.0/3", 1, 1, 0, 11 * HOUR},
	    {"AEST-10AEDT,M10.1.0,M4.1.0/3", 7, 1, 0, 10 * HOUR},
	    /* Saturday before the last Sunday of March, 22:00 */
	    {"<-02>2<-01>,M3.5.0/-1,M10.5.0/0", 3, 28, 23, -2 * HOUR},
	    {"<-02>2<-01>,M3.5.0/-1,M10.5.0/0", 3, 29, 1, -1 * HOUR},
	    /* Thursday after, and hours above 24 (RFC 8536, 3.3.1) */
	    {"IST-2IDT,M3.4.4/26,M10.5.0", 3, 26, 23, 2 * HOUR},
	    {"IST-2IDT,M3.4.4/26,M10.5.0", 3, 27, 0, 3 * HOUR},
	    /* summer time for ever */
	    {"XXX3EDT4,0/0,J365/23", 1, 1, 0, -4 * HOUR},
	    {"XXX3EDT4,0/0,J365/23", 7, 1, 0, -4 * HOUR},
	    /* winter time is the exception: Ireland */
	    {"IST-1GMT0,M10.5.0,M3.5.0/1", 1, 1, 0, 0},
	    {"IST-1GMT0,M10.5.0,M3.5.0/1", 7, 1, 0, HOUR},
	    {"AAA0BBB,J60/0,J300", 3, 1, 0, HOUR},
	    {"AAA0BBB,59/0,300", 3, 1, 0, HOUR},
	};
	static const char *bad[] = {"", "E5", "EST", "EST5EDT,", "EST25",
	    "EST5EDT,M3.2.0", "EST5EDT,M13.1.0,M1.1.0", "<+03", "<>3",
	    "EST5EDT,M3.6.0,M11.1.0", "EST5EDT,M3.2.7,M11.1.0", "EST5EDT,J0,J1",
	    "EST5EDT,366,1", "EST5EDT,M3.2.0/168,M11.1.0",
	    "EST5EDT,M3.2.0,M11.1.0x", "EST5:60", "Europe/Paris"};
	struct zone_span span;

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(*good); i++) {
		struct zone *zone = posix(good[i].text);

		assert_non_null(zone);
		zone_span_at(zone,
		    at(2026, good[i].month, good[i].day, good[i].hour, 0),
		    &span);
		if (span.offset != good[i].offset)
			fail_msg("%s (%zu): %d", good[i].text, i, span.offset);
		zone_free(zone);
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(*bad); i++)
		if (posix(bad[i]))
			fail_msg("\"%s\" was taken", bad[i]);
}

/* Pacific/Apia had no 30 December 2011. */
static void
a_day_can_be_missing(void **state)
{
	struct zones *zones = zones_new(NULL);
	const struct zone *zone = zones_system(zones, STR("Pacific/Apia"));
	struct zone_cursor cursor = {0};
	enum zone_fit fit;

	(void)state;
	if (!zone)
		skip();
	assert_int_equal(zone_instant(&cursor, zone, at(2011, 12, 30, 12, 0),
			     &fit),
	    at(2011, 12, 30, 22, 0));
	assert_int_equal(fit, ZONE_FIT_GAP);
	assert_int_equal(zone_instant(&cursor, zone, at(2011, 12, 29, 23, 59),
			     &fit),
	    at(2011, 12, 30, 9, 59));
	assert_int_equal(fit, ZONE_FIT_ONE);
	assert_int_equal(zone_instant(&cursor, zone, at(2011, 12, 31, 0, 0),
			     &fit),
	    at(2011, 12, 30, 10, 0));
	assert_int_equal(fit, ZONE_FIT_ONE);
	zones_free(zones);
}

/* Two transitions within an hour: forward by two, back by one. */
static void
transitions_may_crowd(void **state)
{
	static const struct zone_type types[] = {{0, false, "A"},
	    {2 * HOUR, true, "B"}, {HOUR, true, "C"}};
	static const int64_t times[] = {100000, 100000 + 1800};
	static const uint16_t to[] = {1, 2};
	struct zone *zone = zone_build(&(struct zone_parts){.id = STR("x"),
	    .count = 2,
	    .at = times,
	    .to = to,
	    .type_count = 3,
	    .types = types});
	enum zone_fit fit;

	(void)state;
	/* in B, and again in C */
	assert_int_equal(zone_instant(NULL, zone, 100000 + 2 * HOUR, &fit),
	    100000);
	assert_int_equal(fit, ZONE_FIT_OVERLAP);
	/* skipped by the first */
	assert_int_equal(zone_instant(NULL, zone, 100000 + 600, &fit), 100600);
	assert_int_equal(fit, ZONE_FIT_GAP);
	/* skipped by the first, reached by C */
	assert_int_equal(zone_instant(NULL, zone, 100000 + 6000, &fit),
	    100000 + 2400);
	assert_int_equal(fit, ZONE_FIT_ONE);
	zone_free(zone);
}

static void
zones_compare_over_a_range(void **state)
{
	struct zone *a = posix("CET-1CEST,M3.5.0,M10.5.0/3");
	struct zone *b = posix("EET-1");

	(void)state;
	assert_true(zone_same(a, a, INT64_MIN, INT64_MAX));
	assert_true(
	    zone_same(a, b, at(2026, 1, 1, 0, 0), at(2026, 3, 1, 0, 0)));
	assert_false(
	    zone_same(a, b, at(2026, 1, 1, 0, 0), at(2026, 4, 1, 0, 0)));
	zone_free(a);
	zone_free(b);
}

/* A small TZif file, to be broken at each byte. */
static const char tzif[] = "TZif2\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
			   "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\1\0\0\0\1"
			   "\0\0\0\0\0\0\0"
			   "TZif2\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0"
			   "\0\0\0\0\0\0\0\0\0\0\0\0\0\0\0\2\0\0\0\2\0\0\0\10"
			   "\0\0\0\0\0\1\0\0\0\0\0\0\0\2\0\0"
			   "\1\0"
			   "\0\0\16\20\0\0\0\0\34\40\1\4"
			   "CET\0DST\0"
			   "\nCET-1CEST,M3.5.0,M10.5.0/3\n";

static void
tzif_is_read_whole(void **state)
{
	struct str bytes = {tzif, sizeof(tzif) - 1};
	struct zone *zone = zone_from_tzif(bytes, STR("x"), NULL);
	struct zone_span span;

	(void)state;
	assert_non_null(zone);
	zone_span_at(zone, 65536, &span);
	assert_int_equal(span.offset, 7200);
	assert_string_equal(span.name, "DST");
	assert_int_equal(span.until, 131072);
	zone_span_at(zone, 65535, &span);
	assert_int_equal(span.offset, 3600);
	zone_span_at(zone, at(2026, 7, 1, 0, 0), &span);
	assert_string_equal(span.name, "CEST");
	zone_free(zone);
}

static void
tzif_cut_or_broken_is_refused(void **state)
{
	struct error err;
	char copy[sizeof(tzif)];

	(void)state;
	for (size_t n = 0; n < sizeof(tzif) - 1; n++) {
		err.code = ERR_NONE;
		assert_null(
		    zone_from_tzif((struct str){tzif, n}, STR("x"), &err));
		assert_int_equal(err.code, ERR_SYNTAX);
	}
	for (size_t i = 0; i < sizeof(tzif) - 1; i++)
		for (int bit = 0; bit < 8; bit++) {
			memcpy(copy, tzif, sizeof(tzif));
			copy[i] = (char)(copy[i] ^ 1 << bit);
			zone_free(
			    zone_from_tzif((struct str){copy, sizeof(tzif) - 1},
				STR("x"), NULL));
		}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(utc_has_no_transitions),
	    cmocka_unit_test(gap_takes_the_offset_before),
	    cmocka_unit_test(overlap_takes_the_first),
	    cmocka_unit_test(rule_holds_in_any_year),
	    cmocka_unit_test(posix_forms),
	    cmocka_unit_test(a_day_can_be_missing),
	    cmocka_unit_test(transitions_may_crowd),
	    cmocka_unit_test(zones_compare_over_a_range),
	    cmocka_unit_test(tzif_is_read_whole),
	    cmocka_unit_test(tzif_cut_or_broken_is_refused),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
