/* Laws of seeking and counting, and rules that match nothing. */
#include "rule_help.h"

#include <time.h>

static const char *const rules[] = {
    "FREQ=DAILY",
    "FREQ=DAILY;INTERVAL=3;BYMONTH=2,5",
    "FREQ=DAILY;BYHOUR=9,17;BYMINUTE=0,30;BYSETPOS=2,-1",
    "FREQ=WEEKLY;INTERVAL=2;BYDAY=MO,WE,FR;WKST=SU",
    "FREQ=WEEKLY;BYMONTH=1,7;BYDAY=SA,SU;BYSETPOS=-1",
    "FREQ=MONTHLY;BYDAY=-1FR",
    "FREQ=MONTHLY;INTERVAL=5;BYMONTHDAY=31,-2",
    "FREQ=MONTHLY;BYDAY=MO,TU,WE,TH,FR;BYHOUR=8,9;BYSETPOS=3,-1,-3",
    "FREQ=YEARLY;BYMONTH=3,10;BYDAY=-1SU",
    "FREQ=YEARLY;BYWEEKNO=1,53,-1",
    "FREQ=YEARLY;INTERVAL=3;BYYEARDAY=366",
    "FREQ=YEARLY;BYDAY=53TH",
    "FREQ=HOURLY;INTERVAL=7",
    "FREQ=HOURLY;INTERVAL=5;BYDAY=MO;BYHOUR=3,4,5",
    "FREQ=HOURLY;INTERVAL=49;BYMINUTE=0,5,10;BYSETPOS=-1,1",
    "FREQ=MINUTELY;INTERVAL=17;BYHOUR=10,23;BYSECOND=0,30",
    "FREQ=MINUTELY;BYMONTHDAY=-1;BYMINUTE=3",
    "FREQ=SECONDLY;INTERVAL=11;BYMINUTE=0,59;BYSECOND=5,6,7",
    "FREQ=SECONDLY;INTERVAL=100000;BYDAY=MO,TU",
    "FREQ=SECONDLY;INTERVAL=7",
};
static const char *const counts[] = {"", ";COUNT=1", ";COUNT=2", ";COUNT=777"};
static const char *const ends[] = {"", ";UNTIL=20050607T080910"};

enum { MANY = 1000 };

static size_t
walk(struct rule_iter *iter, int64_t *out, size_t max)
{
	size_t n = 0;

	while (n < max && rule_iter_next(iter, &out[n]))
		n++;
	return n;
}

/* Seeks to t; what follows must be the walked ones from t on. */
static void
check_seek(struct rule_iter *iter, const char *text, const int64_t *all,
    size_t n, int64_t t)
{
	size_t first = 0;
	int64_t local;

	while (first < n && all[first] < t)
		first++;
	rule_iter_seek(iter, t);
	for (size_t i = first; i < first + 3 && i < n; i++)
		expect_next(iter, all[i], text);
	if (first + 3 > n && n < MANY && rule_iter_next(iter, &local))
		fail_msg("%s: goes on after a seek", text);
}

static void
check_rule(const char *text, enum rule_start school)
{
	static int64_t all[MANY];
	struct rule_iter *iter = expanding("19970902T090000", text, school);
	size_t n = walk(iter, all, MANY);

	for (size_t i = 1; i < n; i++)
		assert_true(all[i - 1] < all[i]);
	/* Forwards, by steps of all sizes, then backwards. */
	for (size_t i = 0; i < n; i += 1 + i / 3) {
		check_seek(iter, text, all, n, all[i]);
		check_seek(iter, text, all, n, all[i] + 1);
	}
	for (size_t i = n; i > 0; i -= 1 + i / 2)
		check_seek(iter, text, all, n, all[i - 1] - 1);
	check_seek(iter, text, all, n, LOCAL_FIRST);
	if (n > 0 && n < MANY) {
		check_seek(iter, text, all, n, LOCAL_LAST);
		check_seek(iter, text, all, n, all[n - 1]);
	}
	rule_iter_free(iter);
}

static void
seek_is_the_first_not_before(void **state)
{
	char text[200];

	(void)state;
	for (size_t r = 0; r < sizeof(rules) / sizeof(rules[0]); r++)
		for (size_t c = 0; c < 4; c++)
			for (size_t e = 0; e < (c ? 1 : 2); e++) {
				snprintf(text, sizeof(text), "%s%s%s", rules[r],
				    counts[c], ends[e]);
				check_rule(text, RULE_START_RULE);
				check_rule(text, RULE_START_INSTANCE);
			}
}

static void
seek_far(void **state)
{
	struct rule_iter *iter = expanding("19700101T000000",
	    "FREQ=SECONDLY;INTERVAL=7", RULE_START_RULE);
	int64_t t = at(STR("20240601T120000"));
	int64_t local;

	(void)state;
	rule_iter_seek(iter, t);
	assert_true(rule_iter_next(iter, &local));
	assert_true(local >= t && local < t + 7 && local % 7 == 0);
	rule_iter_free(iter);

	/* COUNT ends where it must, without a walk. */
	iter = expanding("19700101T000000", "FREQ=SECONDLY;COUNT=2000000000",
	    RULE_START_RULE);
	rule_iter_seek(iter, 2000000000 - 2);
	assert_true(rule_iter_next(iter, &local));
	assert_int_equal(local, 2000000000 - 2);
	assert_true(rule_iter_next(iter, &local));
	assert_false(rule_iter_next(iter, &local));
	rule_iter_free(iter);

	iter = expanding("19700101T000000",
	    "FREQ=SECONDLY;BYDAY=TH;BYHOUR=5;COUNT=36000000", RULE_START_RULE);
	rule_iter_seek(iter, INT64_C(9999) * 7 * SECONDS_A_DAY + 6 * 3600 - 1);
	expect_next(iter, INT64_C(9999) * 7 * SECONDS_A_DAY + 6 * 3600 - 1,
	    "BYHOUR=5");
	assert_false(rule_iter_next(iter, &local));
	rule_iter_free(iter);
}

static const char *const never[] = {
    "FREQ=YEARLY;BYMONTH=2;BYMONTHDAY=30",
    "FREQ=MONTHLY;BYMONTH=2;BYMONTHDAY=30,31",
    "FREQ=WEEKLY;BYMONTH=2;BYMONTHDAY=30",
    "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30",
    "FREQ=HOURLY;BYMONTH=2;BYMONTHDAY=30",
    "FREQ=MINUTELY;BYMONTH=2;BYMONTHDAY=30",
    "FREQ=SECONDLY;BYMONTH=2;BYMONTHDAY=30",
    "FREQ=MONTHLY;BYMONTHDAY=31;BYSETPOS=2,3",
    "FREQ=WEEKLY;BYDAY=MO;BYSETPOS=2",
    "FREQ=SECONDLY;BYMONTH=1;BYSETPOS=-2",
    "FREQ=DAILY;INTERVAL=14;BYDAY=MO",
    "FREQ=DAILY;INTERVAL=4294967295;BYMONTH=1",
    "FREQ=MONTHLY;INTERVAL=12;BYMONTH=1",
    "FREQ=YEARLY;INTERVAL=4;BYYEARDAY=-366",
    "FREQ=YEARLY;BYWEEKNO=53;BYMONTH=6",
    "FREQ=HOURLY;INTERVAL=4;BYHOUR=7,11,15,19",
    "FREQ=HOURLY;INTERVAL=24;BYHOUR=3",
    "FREQ=MINUTELY;INTERVAL=120;BYMINUTE=10,12,14,16",
    "FREQ=SECONDLY;INTERVAL=43200;BYSECOND=2,10,18,23",
    "FREQ=SECONDLY;INTERVAL=604800;BYDAY=MO",
    ("FREQ=SECONDLY;INTERVAL=7;BYDAY=MO;BYHOUR=0,7,14,21;"
     "BYMINUTE=0,7,14,21,28,35,42,49,56;BYSECOND=0,7,14,21,28,35,42,49,56"),
    "FREQ=HOURLY;INTERVAL=7;BYDAY=SA;BYHOUR=0",
};

static void
never_ends_at_once(void **state)
{
	int64_t local;
	clock_t begun = clock();

	(void)state;
	for (size_t i = 0; i < sizeof(never) / sizeof(never[0]); i++) {
		struct rule_iter *iter =
		    expanding("19970902T090000", never[i], RULE_START_RULE);

		if (rule_iter_next(iter, &local))
			fail_msg("%s: matches", never[i]);
		rule_iter_seek(iter, at(STR("20240101")));
		assert_false(rule_iter_next(iter, &local));
		rule_iter_free(iter);
	}
	/* Generous: sanitizers and busy machines. */
	assert_true(clock() - begun < 2 * CLOCKS_PER_SEC);
}

static void
edges_of_the_calendar(void **state)
{
	struct rule_iter *iter =
	    expanding("99991231T235958", "FREQ=SECONDLY", RULE_START_RULE);
	int64_t local;

	(void)state;
	expect_next(iter, LOCAL_LAST - 1, "last");
	expect_next(iter, LOCAL_LAST, "last");
	assert_false(rule_iter_next(iter, &local));
	assert_false(rule_iter_next(iter, &local));
	rule_iter_free(iter);
	iter = expanding("99991227T000000", "FREQ=WEEKLY;BYDAY=MO,TH,FR,SA",
	    RULE_START_RULE);
	expect_next(iter, at(STR("99991227")), "week");
	expect_next(iter, at(STR("99991230")), "week");
	expect_next(iter, at(STR("99991231")), "week");
	assert_false(rule_iter_next(iter, &local));
	rule_iter_free(iter);
	iter = expanding("00010101T000000",
	    "FREQ=WEEKLY;BYMONTH=1;BYDAY=SU,MO;WKST=SU", RULE_START_RULE);
	expect_next(iter, LOCAL_FIRST, "first");
	expect_next(iter, LOCAL_FIRST + 6 * SECONDS_A_DAY, "first");
	rule_iter_free(iter);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(seek_is_the_first_not_before),
	    cmocka_unit_test(seek_far),
	    cmocka_unit_test(never_ends_at_once),
	    cmocka_unit_test(edges_of_the_calendar),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
