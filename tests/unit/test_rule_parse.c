/* Reading and writing rules. */
#include "rule_help.h"

/* What is refused, and a word of the message. */
static const struct {
	const char *text;
	enum error_code code;
	const char *word;
	size_t column; /* of the part, when the text starts at column 7 */
} bad[] = {
    {"", ERR_SYNTAX, "FREQ", 7},
    {"foobar", ERR_SYNTAX, "NAME=VALUE", 7},
    {"INTERVAL=2", ERR_SYNTAX, "FREQ", 7},
    {"FREQ=FORTNIGHTLY", ERR_VALUE, "FREQ=FORTNIGHTLY", 7},
    {"FREQ=DAILY;FREQ=DAILY", ERR_SYNTAX, "twice", 18},
    {"FREQ=DAILY;;COUNT=1", ERR_SYNTAX, "NAME=VALUE", 18},
    {"FREQ=DAILY;COUNT=0", ERR_VALUE, "COUNT", 18},
    {"FREQ=DAILY;COUNT=1.5", ERR_VALUE, "COUNT", 18},
    {"FREQ=DAILY;COUNT=", ERR_VALUE, "COUNT", 18},
    {"FREQ=DAILY;COUNT=3;UNTIL=20240101", ERR_SYNTAX, "COUNT and UNTIL", 7},
    {"FREQ=DAILY;INTERVAL=0", ERR_VALUE, "INTERVAL", 18},
    {"FREQ=DAILY;INTERVAL=-1", ERR_VALUE, "INTERVAL", 18},
    {"FREQ=DAILY;INTERVAL=4294967296", ERR_VALUE, "INTERVAL", 18},
    {"FREQ=DAILY;UNTIL=foobar", ERR_VALUE, "UNTIL", 18},
    {"FREQ=DAILY;UNTIL=2006-06-24", ERR_VALUE, "UNTIL", 18},
    {"FREQ=DAILY;UNTIL=20240230", ERR_VALUE, "UNTIL", 18},
    {"FREQ=DAILY;X-FOO=1", ERR_SYNTAX, "X-FOO", 18},
    {"FREQ=DAILY;DTSTART=20240101", ERR_SYNTAX, "DTSTART", 18},
    {"FREQ=DAILY;BYDAY=1MO", ERR_VALUE, "BYDAY", 7},
    {"FREQ=WEEKLY;BYDAY=-1MO", ERR_VALUE, "WEEKLY", 7},
    {"FREQ=MONTHLY;BYDAY=0MO", ERR_VALUE, "BYDAY", 20},
    {"FREQ=MONTHLY;BYDAY=54MO", ERR_VALUE, "BYDAY", 20},
    {"FREQ=MONTHLY;BYDAY=1.5MO", ERR_VALUE, "BYDAY", 20},
    {"FREQ=MONTHLY;BYDAY=XX", ERR_VALUE, "BYDAY", 20},
    {"FREQ=MONTHLY;BYDAY=M", ERR_VALUE, "BYDAY", 20},
    {"FREQ=MONTHLY;BYDAY=MO,", ERR_VALUE, "BYDAY", 20},
    {"FREQ=MONTHLY;BYMONTH=", ERR_VALUE, "BYMONTH", 20},
    {"FREQ=MONTHLY;BYMONTH=0", ERR_VALUE, "BYMONTH", 20},
    {"FREQ=MONTHLY;BYMONTH=13", ERR_VALUE, "BYMONTH", 7},
    {"FREQ=MONTHLY;BYMONTH=-1", ERR_VALUE, "BYMONTH", 20},
    {"FREQ=MONTHLY;BYMONTH=5L", ERR_VALUE, "RSCALE", 7},
    {"FREQ=MONTHLY;BYMONTHDAY=0", ERR_VALUE, "BYMONTHDAY", 20},
    {"FREQ=MONTHLY;BYMONTHDAY=32", ERR_VALUE, "BYMONTHDAY", 20},
    {"FREQ=MONTHLY;BYMONTHDAY=-32", ERR_VALUE, "BYMONTHDAY", 20},
    {"FREQ=MONTHLY;BYMONTHDAY=001", ERR_VALUE, "BYMONTHDAY", 20},
    {"FREQ=MONTHLY;BYMONTHDAY=+-1", ERR_VALUE, "BYMONTHDAY", 20},
    {"FREQ=YEARLY;BYYEARDAY=0", ERR_VALUE, "BYYEARDAY", 19},
    {"FREQ=YEARLY;BYYEARDAY=1,A", ERR_VALUE, "BYYEARDAY=A", 19},
    {"FREQ=YEARLY;BYYEARDAY=-367", ERR_VALUE, "BYYEARDAY", 19},
    {"FREQ=YEARLY;BYWEEKNO=54", ERR_VALUE, "BYWEEKNO", 19},
    {"FREQ=YEARLY;BYSETPOS=0", ERR_VALUE, "BYSETPOS", 19},
    {"FREQ=YEARLY;BYSETPOS=367", ERR_VALUE, "BYSETPOS", 19},
    {"FREQ=YEARLY;BYHOUR=24", ERR_VALUE, "BYHOUR", 19},
    {"FREQ=YEARLY;BYMINUTE=60", ERR_VALUE, "BYMINUTE", 19},
    {"FREQ=YEARLY;BYSECOND=61", ERR_VALUE, "BYSECOND", 19},
    {"FREQ=YEARLY;BYSECOND=-1", ERR_VALUE, "BYSECOND", 19},
    {"FREQ=DAILY;WKST=XX", ERR_VALUE, "WKST", 18},
    {"FREQ=DAILY;SKIP=OMIT", ERR_SYNTAX, "RSCALE", 7},
    {"RSCALE=;FREQ=DAILY", ERR_VALUE, "RSCALE", 7},
    {"FREQ=DAILY;RSCALE=CHINESE;SKIP=UP", ERR_VALUE, "SKIP", 33},
};

static void
refusals(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		struct pos pos = {"x.ics", 3, 7};
		struct error err = {0};
		struct rule rule;

		if (rule_parse(&rule, str_of(bad[i].text), pos, &err))
			fail_msg("%s: accepted", bad[i].text);
		if (!strstr(err.message, bad[i].word))
			fail_msg("%s: %s", bad[i].text, err.message);
		if (err.code != bad[i].code ||
		    err.pos.column != bad[i].column || err.pos.line != 3)
			fail_msg("%s: code %d, column %zu", bad[i].text,
			    (int)err.code, err.pos.column);
		assert_false(rule_parse(&rule, str_of(bad[i].text), pos, NULL));
	}
}

/* Text, and how it is written again; NULL: unchanged. */
static const struct {
	const char *text, *written;
} good[] = {
    {"FREQ=DAILY", NULL},
    {"freq=daily;byday=mo,su;wkst=su", "FREQ=DAILY;BYDAY=MO,SU;WKST=SU"},
    {"COUNT=10;INTERVAL=2;FREQ=WEEKLY", "FREQ=WEEKLY;COUNT=10;INTERVAL=2"},
    {"FREQ=WEEKLY;INTERVAL=1;WKST=MO", "FREQ=WEEKLY"},
    {"FREQ=WEEKLY;COUNT=3;", "FREQ=WEEKLY;COUNT=3"},
    {"FREQ=MONTHLY;BYDAY=-1FR,+1MO,2MO,MO",
	"FREQ=MONTHLY;BYDAY=MO,1MO,2MO,-1FR"},
    {"FREQ=YEARLY;UNTIL=20241231T235959Z", NULL},
    {"FREQ=YEARLY;UNTIL=20241231T235959", NULL},
    {"FREQ=YEARLY;UNTIL=20241231", NULL},
    {"FREQ=YEARLY;BYMONTHDAY=1,31,-1,-31",
	"FREQ=YEARLY;BYMONTHDAY=1,31,-31,-1"},
    {"FREQ=YEARLY;BYYEARDAY=1,64,128,366,-366,-1",
	"FREQ=YEARLY;BYYEARDAY=1,64,128,366,-366,-1"},
    {"FREQ=YEARLY;BYWEEKNO=1,53,-53,-1;BYDAY=MO",
	"FREQ=YEARLY;BYDAY=MO;BYWEEKNO=1,53,-53,-1"},
    {"FREQ=YEARLY;BYSECOND=60,0;BYMINUTE=59;BYHOUR=0,23",
	"FREQ=YEARLY;BYSECOND=0,59;BYMINUTE=59;BYHOUR=0,23"},
    {"FREQ=MONTHLY;BYDAY=MO;BYSETPOS=-1,366,1",
	"FREQ=MONTHLY;BYDAY=MO;BYSETPOS=1,366,-1"},
    {"rscale=chinese;freq=yearly;bymonth=5l,9;skip=forward",
	"RSCALE=CHINESE;FREQ=YEARLY;BYMONTH=5L,9;SKIP=FORWARD"},
};

static void
written_again(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++) {
		const char *want =
		    good[i].written ? good[i].written : good[i].text;
		struct rule rule, again;
		struct error err;
		struct buf buf = {0};

		if (!rule_parse(&rule, str_of(good[i].text), pos_none(), &err))
			fail_msg("%s: %s", good[i].text, err.message);
		assert_true(rule_write(&rule, &buf));
		if (!str_eq(buf_str(&buf), str_of(want)))
			fail_msg("%s: written %.*s", good[i].text, (int)buf.n,
			    buf.p);
		assert_true(
		    rule_parse(&again, buf_str(&buf), pos_none(), NULL));
		assert_memory_equal(&rule, &again, sizeof(rule));
		buf_free(&buf);
	}
}

static void
checked(const char *text, const char *word)
{
	struct rule rule = parsed(text);
	struct error err = {0};
	bool fine = rule_check(&rule, &err);

	if (fine != (word == NULL))
		fail_msg("%s: %s", text, fine ? "passes" : err.message);
	if (word && !strstr(err.message, word))
		fail_msg("%s: %s", text, err.message);
}

static void
what_the_rfc_forbids(void **state)
{
	(void)state;
	checked("FREQ=DAILY;BYMONTHDAY=1", NULL);
	checked("FREQ=HOURLY;BYYEARDAY=1", NULL);
	checked("FREQ=YEARLY;BYWEEKNO=1;BYDAY=MO", NULL);
	checked("FREQ=MONTHLY;BYWEEKNO=1", "BYWEEKNO");
	checked("FREQ=DAILY;BYYEARDAY=1", "BYYEARDAY");
	checked("FREQ=MONTHLY;BYYEARDAY=-1", "BYYEARDAY");
	checked("FREQ=WEEKLY;BYMONTHDAY=-1", "BYMONTHDAY");
	checked("FREQ=YEARLY;BYWEEKNO=1;BYDAY=1MO", "BYDAY");
	checked("FREQ=MONTHLY;BYSETPOS=1", "BYSETPOS");
	checked("FREQ=MONTHLY;BYHOUR=1,2;BYSETPOS=1", NULL);
}

static void
whole_days(void **state)
{
	struct rule rule = parsed("FREQ=MONTHLY;BYDAY=MO");

	(void)state;
	assert_true(rule_is_dated(&rule));
	rule = parsed("FREQ=MONTHLY;BYHOUR=1");
	assert_false(rule_is_dated(&rule));
	rule = parsed("FREQ=HOURLY");
	assert_false(rule_is_dated(&rule));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(refusals),
	    cmocka_unit_test(written_again),
	    cmocka_unit_test(what_the_rfc_forbids),
	    cmocka_unit_test(whole_days),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
