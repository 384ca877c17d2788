/* Points and lengths of time, as iCalendar and as people write them. */
#include "time/when.h"
#include "time/zones.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static struct zones *zones;
static const struct zone *paris;

static void
expect_text(struct buf *buf, const char *want, const char *what)
{
	if (!str_eq(buf_str(buf), str_of(want)))
		fail_msg("%s: %.*s instead of %s", what, (int)buf->n, buf->p,
		    want);
	buf_free(buf);
}

static void
points_read_and_written(void **state)
{
	static const struct {
		const char *text;
		enum when_kind kind;
		int64_t local;
		const char *written;
	} good[] = {
	    {"19700101", WHEN_DATE, 0, NULL},
	    {"19700102T000001", WHEN_FLOATING, 86401, NULL},
	    {"19691231T235959Z", WHEN_UTC, -1, NULL},
	    {"00010101", WHEN_DATE, LOCAL_FIRST, NULL},
	    {"99991231T235959", WHEN_FLOATING, LOCAL_LAST, NULL},
	    {"19700101t000000z", WHEN_UTC, 0, "19700101T000000Z"},
	    /* A leap second is taken as the one before (3.3.12). */
	    {"19970630T235960Z", WHEN_UTC, 867715199, "19970630T235959Z"},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		struct when when;
		struct buf buf = {0};

		assert_true(
		    when_parse(&when, str_of(good[i].text), pos_none(), NULL));
		assert_int_equal(when.kind, good[i].kind);
		assert_int_equal(when.local, good[i].local);
		assert_true(when_write(&when, &buf));
		expect_text(&buf,
		    good[i].written ? good[i].written : good[i].text, "when");
	}
}

static void
points_refused(void **state)
{
	static const struct {
		const char *text;
		enum error_code code;
	} bad[] = {
	    {"", ERR_SYNTAX},
	    {"2024010", ERR_SYNTAX},
	    {"2024-01-01", ERR_SYNTAX},
	    {"-0010101", ERR_SYNTAX},
	    {"123456789T000000Z", ERR_SYNTAX},
	    {"20240101X000000", ERR_SYNTAX},
	    {"20240101T000000A", ERR_SYNTAX},
	    {"20240101T00000", ERR_SYNTAX},
	    {"20240101T0000 0", ERR_SYNTAX},
	    {"00000101", ERR_VALUE},
	    {"20249999T999999Z", ERR_VALUE},
	    {"20230229", ERR_VALUE},
	    {"20240101T240000", ERR_VALUE},
	    {"20240101T000061", ERR_VALUE},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct when when;
		struct error err = {0};

		if (when_parse(&when, str_of(bad[i].text), pos_none(), &err))
			fail_msg("%s: accepted", bad[i].text);
		if (err.code != bad[i].code)
			fail_msg("%s: %s", bad[i].text, err.message);
	}
}

static void
offsets(void **state)
{
	static const char *const bad[] = {"", "0100", "+01", "+1000000",
	    "+2400", "+0160", "+010060", "+01:00", "+-100"};
	int32_t offset;

	(void)state;
	assert_true(offset_parse(&offset, STR("+0100"), pos_none(), NULL));
	assert_int_equal(offset, 3600);
	assert_true(offset_parse(&offset, STR("-053015"), pos_none(), NULL));
	assert_int_equal(offset, -19815);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		if (offset_parse(&offset, str_of(bad[i]), pos_none(), NULL))
			fail_msg("%s: accepted", bad[i]);
}

static void
durations(void **state)
{
	static const struct {
		const char *text;
		bool words;
		int64_t days, seconds;
		const char *written;
	} good[] = {
	    {"P1DT2H", false, 1, 7200, "P1DT2H"},
	    {"-PT15M", false, 0, -900, "-PT15M"},
	    {"+P2W", false, 14, 0, "P2W"},
	    {"P15DT5H0M20S", false, 15, 18020, "P15DT5H0M20S"},
	    {"PT60M", false, 0, 3600, "PT1H"},
	    {"P0D", false, 0, 0, "PT0S"},
	    {"PT1H0M5S", false, 0, 3605, "PT1H0M5S"},
	    {"30m", true, 0, 1800, "PT30M"},
	    {"1h30m", true, 0, 5400, "PT1H30M"},
	    {"2d", true, 2, 0, "P2D"},
	    {"-1w", true, -7, 0, "-P1W"},
	    {"PT5S", true, 0, 5, "PT5S"},
	};
	static const char *const bad[] = {"", "P", "PT", "P1", "1D", "30m",
	    "P1H", "PT1D", "P1DT", "PT1H1H", "PT1M1H", "P1D1W", "P-1D", "P1.5D",
	    "P1Y"};
	static const char *const large[] = {"P99999999999999W",
	    "PT99999999999999999999S", "P4000000D", "PT9999999999H"};
	struct duration d;
	struct error err;

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		struct buf buf = {0};

		if (!duration_parse(&d, str_of(good[i].text), good[i].words,
			pos_none(), &err))
			fail_msg("%s: %s", good[i].text, err.message);
		assert_int_equal(d.days, good[i].days);
		assert_int_equal(d.seconds, good[i].seconds);
		assert_true(duration_write(&d, &buf));
		expect_text(&buf, good[i].written, good[i].text);
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		if (duration_parse(&d, str_of(bad[i]), false, pos_none(), &err))
			fail_msg("%s: accepted", bad[i]);
		assert_int_equal(err.code, ERR_SYNTAX);
	}
	for (size_t i = 0; i < sizeof(large) / sizeof(large[0]); i++) {
		if (duration_parse(&d, str_of(large[i]), false, pos_none(),
			&err))
			fail_msg("%s: accepted", large[i]);
		assert_int_equal(err.code, ERR_VALUE);
	}
}

static struct when
in_paris(const char *text)
{
	struct when when;

	assert_true(when_parse(&when, str_of(text), pos_none(), NULL));
	when.kind = WHEN_ZONED;
	when.zone = paris;
	return when;
}

static void
sum(const char *start, int64_t days, int64_t seconds, const char *want)
{
	struct when when = in_paris(start);
	struct duration d = {days, seconds};
	struct buf buf = {0};

	when = when_add(&when, &d);
	when_write(&when, &buf);
	expect_text(&buf, want, start);
}

/* Paris goes forward on 2024-03-31 at 2:00, back on 2024-10-27 at 3:00. */
static void
sums(void **state)
{
	struct when when;
	struct duration d = {1, 90000};

	(void)state;
	sum("20240330T120000", 1, 0, "20240331T120000");
	sum("20240330T120000", 0, 86400, "20240331T130000");
	sum("20240331T013000", 0, 3600, "20240331T033000");
	sum("20241027T023000", 0, 3600, "20241027T023000");
	sum("20241027T023000", 0, 7200, "20241027T033000");
	assert_true(when_parse(&when, STR("20240101"), pos_none(), NULL));
	when = when_add(&when, &d);
	assert_int_equal(when.kind, WHEN_DATE);
	assert_int_equal(local_second(when.local), 0);
	assert_int_equal(local_day(when.local), civil_day(2024, 1, 3));
	/* The gap is taken with the offset before, the overlap's first. */
	when = in_paris("20240331T023000");
	assert_int_equal(when_instant(&when, NULL, NULL), 1711848600);
	when = in_paris("20241027T023000");
	assert_int_equal(when_instant(&when, NULL, NULL), 1729989000);
}

static const struct {
	const char *text, *from, *until;
} good[] = {
    {"now", "2026-11-24T10:30:00+01:00", NULL},
    {"TODAY", "2026-11-24T00:00:00+01:00", "2026-11-25T00:00:00+01:00"},
    {"tomorrow", "2026-11-25T00:00:00+01:00", "2026-11-26T00:00:00+01:00"},
    {"yesterday", "2026-11-23T00:00:00+01:00", "2026-11-24T00:00:00+01:00"},
    {"tue", "2026-11-24T00:00:00+01:00", "2026-11-25T00:00:00+01:00"},
    {"Monday", "2026-11-30T00:00:00+01:00", "2026-12-01T00:00:00+01:00"},
    {"monday-1w", "2026-11-23T00:00:00+01:00", "2026-11-24T00:00:00+01:00"},
    {"+3d", "2026-11-27T00:00:00+01:00", "2026-11-28T00:00:00+01:00"},
    {"-2w", "2026-11-10T00:00:00+01:00", "2026-11-11T00:00:00+01:00"},
    {"+1mo", "2026-12-24T00:00:00+01:00", "2026-12-25T00:00:00+01:00"},
    {"+2h", "2026-11-24T12:30:00+01:00", NULL},
    {"-90m", "2026-11-24T09:00:00+01:00", NULL},
    {"today+1mo", "2026-12-24T00:00:00+01:00", "2026-12-25T00:00:00+01:00"},
    {"2027-01-31+1mo", "2027-02-28T00:00:00+01:00",
	"2027-03-01T00:00:00+01:00"},
    {"2026-11+1mo", "2026-12-01T00:00:00+01:00", "2027-01-01T00:00:00+01:00"},
    {"2026", "2026-01-01T00:00:00+01:00", "2027-01-01T00:00:00+01:00"},
    {"2026-03", "2026-03-01T00:00:00+01:00", "2026-04-01T00:00:00+02:00"},
    {"2026-W01", "2025-12-29T00:00:00+01:00", "2026-01-05T00:00:00+01:00"},
    {"2026-w53", "2026-12-28T00:00:00+01:00", "2027-01-04T00:00:00+01:00"},
    {"2026-07-01", "2026-07-01T00:00:00+02:00", "2026-07-02T00:00:00+02:00"},
    {"20260701", "2026-07-01T00:00:00+02:00", "2026-07-02T00:00:00+02:00"},
    {"2026-07-01+3d", "2026-07-04T00:00:00+02:00", "2026-07-05T00:00:00+02:00"},
    {"2026-07-01T09:00", "2026-07-01T09:00:00+02:00", NULL},
    {"2026-07-01 09:00:30", "2026-07-01T09:00:30+02:00", NULL},
    {"2026-07-01t09:00:00.25z", "2026-07-01T11:00:00+02:00", NULL},
    {"2026-07-01T09:00:00-05:00", "2026-07-01T16:00:00+02:00", NULL},
    {"2026-12-31T23:59:60Z", "2027-01-01T00:59:59+01:00", NULL},
    {"20260701T090000Z", "2026-07-01T11:00:00+02:00", NULL},
    {"@1795512600", "2026-11-24T10:30:00+01:00", NULL},
};

/* At 2026-11-24T10:30:00 in Paris, a Tuesday. */
static void
words(void **state)
{
	static const char *const bad[] = {"", "noon", "mo", "2026-13",
	    "2026-02-30", "2025-W53", "2026-W00", "2026-07-01T25:00", "+3",
	    "+d", "3d", "today+", "today tomorrow", "@", "@x", "0000-01-01",
	    "2026-11-23T", "-", "+4000000w", "9999-12-31+1d", "0001-01-01-1d",
	    "today+4000000w+4000000w-4000000w-4000000w"};
	struct when_word word;
	struct error err;
	int64_t now = 1795512600;

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		struct zone_cursor cursor = {0};
		struct buf buf = {0};
		const char *until =
		    good[i].until ? good[i].until : good[i].from;

		if (!when_word_parse(&word, str_of(good[i].text), now, paris,
			&err))
			fail_msg("%s: %s", good[i].text, err.message);
		instant_write(word.from, paris, &cursor, &buf);
		expect_text(&buf, good[i].from, good[i].text);
		buf = (struct buf){0};
		instant_write(word.until, paris, &cursor, &buf);
		expect_text(&buf, until, good[i].text);
	}
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		if (when_word_parse(&word, str_of(bad[i]), now, paris, &err))
			fail_msg("%s: accepted", bad[i]);
}

static void
written_dates(void **state)
{
	struct zone_cursor cursor = {0};
	struct buf buf = {0};

	(void)state;
	assert_true(date_write(civil_day(2026, 1, 2), &buf));
	expect_text(&buf, "2026-01-02", "date");
	buf = (struct buf){0};
	assert_true(instant_write(0, zone_utc(), &cursor, &buf));
	expect_text(&buf, "1970-01-01T00:00:00Z", "UTC");
}

static int
open_zones(void **state)
{
	(void)state;
	zones = zones_new(NULL);
	paris = zones ? zones_system(zones, STR("Europe/Paris")) : NULL;
	return paris ? 0 : -1;
}

static int
close_zones(void **state)
{
	(void)state;
	zones_free(zones);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(points_read_and_written),
	    cmocka_unit_test(points_refused),
	    cmocka_unit_test(offsets),
	    cmocka_unit_test(durations),
	    cmocka_unit_test(sums),
	    cmocka_unit_test(words),
	    cmocka_unit_test(written_dates),
	};

	return cmocka_run_group_tests(tests, open_zones, close_zones);
}
