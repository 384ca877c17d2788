/* Wrong expressions and where they are wrong; queries made by hand. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/query_help.h"

struct mistake {
	const char *expression;
	size_t column;    /* 0: anywhere */
	const char *hint; /* in the message; NULL: may also be right */
};

static void
mistakes(void **state)
{
	static const struct mistake mistakes[] = {
	    {"", 1, ""},
	    {"   ", 0, ""},
	    {"(lunch", 1, ""},
	    {"lunch)", 6, ""},
	    {"lunch and", 0, ""},
	    {"and lunch", 1, ""},
	    {"lunch or or Room", 10, ""},
	    {"not", 0, ""},
	    {"()", 2, ""},
	    {"\"lunch", 1, "does not end"},
	    {"SUMMARY~(lunch", 0, ""},
	    {"SUMMARY~[a", 0, ""},
	    {"has(", 0, ""},
	    {"has()", 4, "has(RRULE)"},
	    {"has(A B)", 0, ""},
	    {"has(UID", 0, ""},
	    {"missing", 0, NULL},
	    {"has(;X)", 4, "has(RRULE)"},
	    {"1ST=x", 0, NULL},
	    {"=x", 1, "missing before"},
	    {"(=x)", 2, "missing before"},
	    {";CN=x", 1, ""},
	    {"ATTENDEE;=x", 0, ""},
	    {"a.b.c.d=x", 0, NULL},
	    {"lunch && Room", 7, "and, or, not"},
	    {"lunch || Room", 7, "and, or, not"},
	    {"! lunch", 1, "and, or, not"},
	    {"DTSTART>=2026-11-23", 1, "-f and -t"},
	    {"lunch DTSTART < 2026", 15, "-f and -t"},
	    {"SUMMARY:lunch", 1, "SUMMARY=text"},
	    {"SUMMARY='lunch'", 9, "double"},
	    {"a=b=c;d", 0, NULL},
	};
	size_t count = sizeof(mistakes) / sizeof(mistakes[0]);

	(void)state;
	for (size_t i = 0; i < count; i++) {
		struct error err = {0};
		struct str text = str_of(mistakes[i].expression);
		struct query *query = query_parse(text, 0, &err);

		if (!mistakes[i].hint) {
			query_free(query);
			continue;
		}
		if (query)
			fail_msg("%s: is no expression",
			    mistakes[i].expression);
		assert_int_equal(err.code, ERR_SYNTAX);
		assert_in_range(err.pos.column, 1, text.n + 1);
		if (mistakes[i].column && mistakes[i].column != err.pos.column)
			fail_msg("%s: column %zu: %s", mistakes[i].expression,
			    err.pos.column, err.message);
		if (!strstr(err.message, mistakes[i].hint) ||
		    strlen(err.message) < 4)
			fail_msg("%s: %s", mistakes[i].expression, err.message);
	}
}

static void
nesting(void **state)
{
	struct buf text = {0};
	struct error err = {0};
	struct query *query;

	(void)state;
	for (size_t i = 0; i < 100000; i++)
		buf_add_str(&text, STR("("));
	query = query_parse(buf_str(&text), 0, &err);
	assert_null(query);
	assert_int_equal(err.code, ERR_LIMIT);
	buf_reset(&text);
	for (size_t i = 0; i < 100000; i++)
		buf_add_str(&text, STR("not "));
	buf_add_str(&text, STR("x"));
	err = (struct error){0};
	query = query_parse(buf_str(&text), 0, &err);
	if (!query)
		assert_int_equal(err.code, ERR_LIMIT);
	query_free(query);
	buf_reset(&text);
	for (size_t i = 0; i < 20000; i++)
		buf_add_str(&text, STR("x or "));
	buf_add_str(&text, STR("lunch"));
	buf_add_char(&text, '\0');
	text.n--;
	assert_true(says(text.p, 0, STR(EVENT)));
	buf_free(&text);
}

/* Tests made without the grammar. */
static void
made(void **state)
{
	/* NOLINTNEXTLINE(clang-analyzer-optin.performance.Padding) */
	static const struct {
		struct str property, param;
		char op;
		struct str value;
		bool yes;
	} tests[] = {
	    {STR_C("UID"), STR_C(""), 'e', STR_C("one@example.com"), true},
	    {STR_C("uid"), STR_C(""), 'e', STR_C("one"), false},
	    {STR_C("CATEGORIES"), STR_C(""), 'e', STR_C("Food, drinks"), true},
	    {STR_C("ATTENDEE"), STR_C("PARTSTAT"), 'e', STR_C("DECLINED"),
		true},
	    {STR_C("ATTENDEE"), STR_C(""), '=', STR_C("BOB@"), true},
	    {STR_C("RRULE"), STR_C(""), 'h', STR_C(""), false},
	    {STR_C("RRULE"), STR_C(""), 'm', STR_C(""), true},
	    {STR_C("VALARM"), STR_C(""), 'h', STR_C(""), true},
	    {STR_C(""), STR_C(""), '=', STR_C("b and so"), true},
	    {STR_C(""), STR_C(""), '~', STR_C("^Room"), true},
	    {STR_C(""), STR_C(""), '~', STR_C("^room"), false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(tests) / sizeof(tests[0]); i++) {
		struct error err = {0};
		struct query *query = query_test(tests[i].property,
		    tests[i].param, tests[i].op, tests[i].value, 0, &err);

		assert_non_null(query);
		assert_int_equal(query_matches(query, record_of(STR(EVENT)),
				     &arena, &err),
		    tests[i].yes);
		query_free(query);
	}
}

static void
joined(void **state)
{
	struct error err = {0};
	struct query *lunch = query_parse(STR("lunch"), 0, &err);
	struct query *query = query_and(NULL, lunch);

	(void)state;
	assert_ptr_equal(query, lunch);
	query =
	    query_and(query, query_not(query_parse(STR("dinner"), 0, &err)));
	assert_true(query_matches(query, record_of(STR(EVENT)), &arena, &err));
	query = query_or(query_not(query), query_parse(STR("supper"), 0, &err));
	assert_false(query_matches(query, record_of(STR(EVENT)), &arena, &err));
	query_free(query);
	query_free(NULL);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(mistakes),
	    cmocka_unit_test(nesting),
	    cmocka_unit_test(made),
	    cmocka_unit_test(joined),
	};

	return cmocka_run_group_tests(tests, query_set_up, query_tear_down);
}
