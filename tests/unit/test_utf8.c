/* UTF-8 (RFC 3629). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/utf8.h"

/* What utf8_next() makes of the first character: its code, bytes taken. */
static void
takes(struct str s, int32_t want, size_t bytes)
{
	struct str rest = s;

	assert_int_equal(utf8_next(&rest), want);
	assert_int_equal(s.n - rest.n, bytes);
}

static void
characters(void **state)
{
	(void)state;
	takes(STR("\0x"), 0, 1);
	takes(STR("\x7f"), 0x7f, 1);
	takes(STR("\xc2\x80"), 0x80, 2);
	takes(STR("\xdf\xbf"), 0x7ff, 2);
	takes(STR("\xe0\xa0\x80"), 0x800, 3);
	takes(STR("\xef\xbb\xbf"), 0xfeff, 3);
	takes(STR("\xed\x9f\xbf"), 0xd7ff, 3);
	takes(STR("\xee\x80\x80"), 0xe000, 3);
	takes(STR("\xef\xbf\xbf"), 0xffff, 3);
	takes(STR("\xf0\x90\x80\x80"), 0x10000, 4);
	takes(STR("\xf4\x8f\xbf\xbf"), 0x10ffff, 4);
}

/* One byte is taken, so that what follows is not lost. */
static void
faults(void **state)
{
	static const struct str texts[] = {STR_C("\x80"), STR_C("\xbf"),
	    STR_C("\xc0\x80"), STR_C("\xc1\xbf"), STR_C("\xe0\x80\x80"),
	    STR_C("\xe0\x9f\xbf"), STR_C("\xed\xa0\x80"), STR_C("\xed\xbf\xbf"),
	    STR_C("\xf0\x80\x80\x80"), STR_C("\xf0\x8f\xbf\xbf"),
	    STR_C("\xf4\x90\x80\x80"), STR_C("\xf5\x80\x80\x80"), STR_C("\xff"),
	    STR_C("\xfe"), STR_C("\xc2"), STR_C("\xc2x"), STR_C("\xe2\x82"),
	    STR_C("\xe2\x82x"), STR_C("\xf0\x9f\x98"), STR_C("\xf0\x9fxx")};

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		takes(texts[i], -1, 1);
		assert_false(utf8_valid(texts[i]));
	}
}

static void
every_character_returns(void **state)
{
	(void)state;
	for (int32_t c = 0x80; c <= 0x10ffff; c += c < 0x3000 ? 1 : 97) {
		char s[4];
		size_t n = c < 0x800 ? 2 : c < 0x10000 ? 3 : 4;
		int32_t rest = c;

		if (c >= 0xd800 && c <= 0xdfff)
			continue;
		for (size_t i = n; i-- > 1; rest >>= 6)
			s[i] = (char)(0x80 | (rest & 0x3f));
		s[0] = (char)(0xf00 >> n | rest);
		takes((struct str){s, n}, c, n);
	}
}

static void
validity(void **state)
{
	(void)state;
	assert_true(utf8_valid(STR("")));
	assert_true(utf8_valid(STR("a\0\xc3\xa9\xf0\x9f\x98\x80z")));
	assert_false(utf8_valid(STR("a\xc3")));
	assert_true(utf8_is_tail('\x80') && utf8_is_tail('\xbf'));
	assert_false(utf8_is_tail('\xc0') || utf8_is_tail('a'));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(characters),
	    cmocka_unit_test(faults),
	    cmocka_unit_test(every_character_returns),
	    cmocka_unit_test(validity),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
