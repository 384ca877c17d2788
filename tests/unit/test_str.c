/* Slices. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/str.h"

static const struct str none = {NULL, 0};

static void
assert_str(struct str s, const char *want)
{
	assert_int_equal(s.n, strlen(want));
	assert_memory_equal(s.p ? s.p : "", want, s.n);
}

static void
compares(void **state)
{
	(void)state;
	assert_true(str_eq(none, STR("")));
	assert_true(str_eq(STR("a\0b"), STR("a\0b")));
	assert_false(str_eq(STR("a\0b"), STR("a\0c")));
	assert_false(str_eq(STR("a"), STR("ab")));
	assert_true(str_ieq(STR("dtStart"), STR("DTSTART")));
	/* Only ASCII letters have a case. */
	assert_false(str_ieq(STR("@"), STR("`")));
	assert_false(str_ieq(STR("["), STR("{")));
	assert_false(str_ieq(STR("\xe9"), STR("\xc9")));
	assert_true(str_starts(STR("ab"), none));
	assert_true(str_starts(STR("ab"), STR("ab")));
	assert_false(str_starts(STR("ab"), STR("abc")));
	assert_true(str_istarts(STR("begin:x"), STR("BEGIN:")));
	assert_false(str_istarts(STR("begin"), STR("BEGIN:")));
}

static void
orders(void **state)
{
	(void)state;
	assert_int_equal(str_cmp(none, none), 0);
	assert_true(str_cmp(none, STR("a")) < 0);
	assert_true(str_cmp(STR("a"), STR("a\0")) < 0);
	assert_true(str_cmp(STR("\xff"), STR("a")) > 0);
	assert_int_equal(str_icmp(STR("AbC"), STR("aBc")), 0);
	assert_true(str_icmp(STR("ab"), STR("ABC")) < 0);
	assert_true(str_icmp(STR("\xff"), STR("Z")) > 0);
	/* "_" lies between "Z" and "a": upper case decides. */
	assert_true(str_icmp(STR("_"), STR("a")) > 0);
}

static void
finds(void **state)
{
	(void)state;
	assert_int_equal(str_find(none, none), 0);
	assert_int_equal(str_find(STR("abc"), none), 0);
	assert_int_equal(str_find(none, STR("a")), SIZE_MAX);
	assert_int_equal(str_find(STR("a\0bc"), STR("\0b")), 1);
	assert_int_equal(str_find(STR("ab"), STR("abc")), SIZE_MAX);
	assert_int_equal(str_find_byte(none, 'a'), SIZE_MAX);
	assert_int_equal(str_find_byte(STR("ab"), 'b'), 1);
}

static void
cuts(void **state)
{
	struct str rest = STR("a,,b"), part;

	(void)state;
	assert_true(str_cut(&rest, ',', &part));
	assert_str(part, "a");
	assert_true(str_cut(&rest, ',', &part));
	assert_str(part, "");
	assert_true(str_cut(&rest, ',', &part));
	assert_str(part, "b");
	assert_null(rest.p);
	assert_false(str_cut(&rest, ',', &part));
	rest = STR("");
	assert_true(str_cut(&rest, ',', &part));
	assert_str(part, "");
	assert_false(str_cut(&rest, ',', &part));
	rest = STR("a,");
	assert_true(str_cut(&rest, ',', &part));
	assert_true(str_cut(&rest, ',', &part));
	assert_str(part, "");
	assert_false(str_cut(&rest, ',', &part));
	assert_str(str_from(STR("abc"), 2), "c");
	assert_str(str_from(STR("abc"), 9), "");
	assert_null(str_from(none, 3).p);
	assert_str(str_head(STR("abc"), 2), "ab");
	assert_str(str_head(STR("abc"), 9), "abc");
	assert_str(str_trim(STR(" \t\r\na b\r\n")), "a b");
	assert_str(str_trim(STR(" \t")), "");
	assert_str(str_trim(none), "");
	assert_str(str_of(NULL), "");
}

static void
numbers(void **state)
{
	uint64_t n = 7;

	(void)state;
	assert_true(str_number(STR("0"), 0, &n));
	assert_int_equal(n, 0);
	assert_true(str_number(STR("007"), 7, &n));
	assert_int_equal(n, 7);
	assert_false(str_number(STR("8"), 7, &n));
	assert_false(str_number(STR("10"), 7, &n));
	assert_false(str_number(none, 7, &n));
	assert_false(str_number(STR("+1"), 9, &n));
	assert_false(str_number(STR("-1"), 9, &n));
	assert_false(str_number(STR(" 1"), 9, &n));
	assert_false(str_number(STR("1 "), 9, &n));
	assert_false(str_number(STR("1\0"), 99, &n));
	assert_true(str_number(STR("18446744073709551615"), UINT64_MAX, &n));
	assert_true(n == UINT64_MAX);
	assert_false(str_number(STR("18446744073709551616"), UINT64_MAX, &n));
	assert_false(str_number(STR("99999999999999999999"), UINT64_MAX, &n));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(compares),
	    cmocka_unit_test(orders),
	    cmocka_unit_test(finds),
	    cmocka_unit_test(cuts),
	    cmocka_unit_test(numbers),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
