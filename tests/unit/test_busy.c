/* Sets of free/busy time, against a moment by moment account. */
#include "cal/busy.h"

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

#include "cal/freebusy.h"
#include "cal/hours.h"
#include "cal/person.h"
#include "time/zones.h"

#define MOMENTS 64

static uint32_t seed = 1;

static int
pick(int n)
{
	seed = seed * 1664525u + 1013904223u;
	return (int)(seed >> 16) % n;
}

/* Adds random spans; account[i] is the highest type at moment i. */
static void
fill(struct busy_set *set, int account[MOMENTS], int count)
{
	for (int i = 0; i < MOMENTS; i++)
		account[i] = -1;
	for (int n = 0; n < count; n++) {
		int from = pick(MOMENTS), until = from + pick(12);
		int type = pick(BUSY_TYPES);

		until = until > MOMENTS ? MOMENTS : until;
		busy_add(set, from, until, (enum busy_type)type);
		for (int i = from; i < until; i++)
			account[i] = type > account[i] ? type : account[i];
	}
}

static void
expect(const struct busy_set *set, const int account[MOMENTS])
{
	int got[MOMENTS];

	for (int i = 0; i < MOMENTS; i++)
		got[i] = -1;
	for (size_t k = 0; k < set->count; k++) {
		const struct busy_span *span = &set->spans[k];

		assert_true(span->from < span->until);
		if (k) {
			assert_true(span[-1].until <= span->from);
			assert_true(span[-1].until < span->from ||
				    span[-1].type != span->type);
		}
		for (int64_t i = span->from; i < span->until; i++)
			got[i] = (int)span->type;
	}
	for (int i = 0; i < MOMENTS; i++)
		if (got[i] != account[i])
			fail_msg("moment %d: %d, not %d", i, got[i],
			    account[i]);
}

static void
settles_by_precedence(void **state)
{
	int account[MOMENTS];

	(void)state;
	for (int n = 0; n < 5000; n++) {
		struct busy_set set = {0};

		fill(&set, account, pick(20));
		assert_true(busy_settle(&set));
		expect(&set, account);
		assert_true(busy_settle(&set));
		expect(&set, account);
		busy_free(&set);
	}
}

static void
cuts_and_answers(void **state)
{
	int account[MOMENTS], holes[MOMENTS];

	(void)state;
	for (int n = 0; n < 5000; n++) {
		struct busy_set set = {0}, hole = {0};
		int from, until, highest = BUSY_FREE;

		fill(&set, account, pick(20));
		fill(&hole, holes, pick(8));
		assert_true(busy_settle(&set) && busy_settle(&hole));
		assert_true(busy_cut(&set, &hole));
		for (int i = 0; i < MOMENTS; i++)
			account[i] = holes[i] >= 0 ? -1 : account[i];
		expect(&set, account);
		from = pick(MOMENTS);
		until = from + 1 + pick(MOMENTS - from);
		for (int i = from; i < until; i++)
			highest = account[i] > highest ? account[i] : highest;
		assert_int_equal(busy_highest(&set, from, until), highest);
		busy_free(&set);
		busy_free(&hole);
	}
}

/* A set that grows by the same spans over and over does not grow. */
static void
stays_small(void **state)
{
	struct busy_set set = {0};

	(void)state;
	for (int n = 0; n < 1000000; n++) {
		int64_t from = pick(1000) * 3;

		busy_add(&set, from, from + 2, BUSY_BUSY);
	}
	assert_true(set.room <= 8192);
	assert_true(busy_settle(&set));
	assert_int_equal(set.count, 1000);
	busy_free(&set);
}

/* Packed in two parts and put together again, a person is the same. */
static void
people_come_back(void **state)
{
	struct person one = {0}, two = {0};
	struct busy_set want = {0}, got = {0};
	struct layer *layer;
	struct buf packed = {0};

	(void)state;
	person_reset(&one, STR("ann"), STR("ann@example.org"));
	busy_add(&one.events, 10, 20, BUSY_BUSY);
	busy_add(&one.events, 15, 30, BUSY_TENTATIVE);
	layer = person_layer(&one, LAYER_REPORT);
	layer->from = 5;
	layer->until = 50;
	busy_add(&layer->set, 40, 45, BUSY_UNAVAILABLE);
	one.has_reports = true;
	assert_true(person_pack(&one, &packed));
	person_reset(&two, STR(""), STR(""));
	assert_true(person_unpack(&two, buf_str(&packed)));
	assert_true(person_settle(&one, 0, 60, &want));
	assert_true(person_settle(&two, 0, 60, &got));
	assert_true(str_eq(buf_str(&two.name), STR("ann")));
	assert_true(str_eq(buf_str(&two.address), STR("ann@example.org")));
	assert_int_equal(want.count, 5);
	assert_int_equal(got.count, want.count);
	for (size_t i = 0; i < want.count; i++) {
		assert_int_equal(got.spans[i].from, want.spans[i].from);
		assert_int_equal(got.spans[i].until, want.spans[i].until);
		assert_int_equal(got.spans[i].type, want.spans[i].type);
	}
	person_free(&one);
	person_free(&two);
	busy_free(&want);
	busy_free(&got);
	buf_free(&packed);
}

static void
hours_read(void **state)
{
	static const char *const bad[] = {"", "9", "9-9", "9-25", "24:00-1",
	    "9:60-10", "09:00-18:00,", "a-b", "9-10-11", "-9"};
	struct hours hours;
	struct error err;

	(void)state;
	hours_init(&hours);
	assert_true(hours_parse(&hours, STR("9-12,13:30-24:00"), &err));
	assert_int_equal(hours.count, 2);
	assert_int_equal(hours.stretches[1].from, 48600);
	assert_int_equal(hours.stretches[1].until, 86400);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		if (hours_parse(&hours, str_of(bad[i]), &err))
			fail_msg("--hours \"%s\" was read", bad[i]);
	assert_true(hours_parse_days(&hours, STR("sat-mon,Wednesday"), &err));
	assert_int_equal(hours.days,
	    1 << SATURDAY | 1 << SUNDAY | 1 << MONDAY | 1 << WEDNESDAY);
	assert_false(hours_parse_days(&hours, STR("mon-"), &err));
	assert_false(hours_parse_days(&hours, STR("m"), &err));
}

/* Midnight that comes twice or not at all leaves no hole and no overlap. */
static void
all_hours_are_all_time(void **state)
{
	static const char *const names[] = {"Europe/Paris", "Africa/Cairo",
	    "America/Havana", "Asia/Beirut", "Pacific/Apia"};
	struct zones *zones = zones_new(NULL);
	struct hours hours;

	(void)state;
	hours_init(&hours);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		struct busy_set set = {0};

		hours_add(&hours, zones_system(zones, str_of(names[i])),
		    INT64_C(1293840000), INT64_C(1388534400), &set);
		assert_true(busy_settle(&set));
		assert_int_equal(set.count, 1);
		busy_free(&set);
	}
	zones_free(zones);
}

static void
writes_lines_of_some_periods(void **state)
{
	struct freebusy_text text = {.program = STR("test"),
	    .method = STR("PUBLISH"),
	    .uid = STR("1"),
	    .until = 1000000};
	struct busy_set set = {0};
	struct buf out = {0};
	size_t lines = 0;
	struct str rest;

	(void)state;
	for (int i = 0; i < 100; i++)
		busy_add(&set, i * 7200, i * 7200 + 3600, BUSY_BUSY);
	assert_true(busy_settle(&set) && freebusy_write(&out, &text, &set));
	rest = buf_str(&out);
	for (size_t at; (at = str_find(rest, STR("FREEBUSY;"))) != SIZE_MAX;
	     lines++)
		rest = str_from(rest, at + 1);
	assert_int_equal(lines, 4);
	busy_free(&set);
	buf_free(&out);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(settles_by_precedence),
	    cmocka_unit_test(cuts_and_answers),
	    cmocka_unit_test(stays_small),
	    cmocka_unit_test(people_come_back),
	    cmocka_unit_test(hours_read),
	    cmocka_unit_test(all_hours_are_all_time),
	    cmocka_unit_test(writes_lines_of_some_periods),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
