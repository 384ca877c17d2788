/* Numbers that are one, and numbers that are not. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <string.h>

#include "card/phone.h"

static const struct {
	const char *number, *wanted;
	bool same;
} cases[] = {
    {"+33 1 23 45 67 89", "01 23 45 67 89", true},
    {"+33 1 23 45 67 89", "0033123456789", true},
    {"01.23.45.67.89", "+33 1 23 45 67 89", true},
    {"+44 (0)20 7946 0000", "+442079460000", true},
    {"+44 (0)20 7946 0000", "020 7946 0000", true},
    {"tel:+1-418-555-5555;ext=102", "4185555555", true},
    {"tel:+1-418-555-5555;ext=102", "102", false},
    {"+1 418 555 5555 x 12", "512", false},
    {"٠١٢٣٤٥٦٧٨٩", "0123456789", true},
    {"０３-１２３４-５６７８", "03 1234 5678", true},
    {"+33 1 23 45 67 89", "+44 1 23 45 67 89", false},
    {"12345", "+3312345", false}, /* too short to be a whole number */
    {"112", "112", true},
    {"01 23 45 67 89", "23 45 6", true},
};

static void
contains(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct phone number, wanted;

		assert_true(phone_parse(&number, str_of(cases[i].number)));
		assert_true(phone_parse(&wanted, str_of(cases[i].wanted)));
		if (phone_contains(&number, &wanted) != cases[i].same)
			fail_msg("%s, %s", cases[i].number, cases[i].wanted);
	}
}

static void
no_numbers(void **state)
{
	static const char *const texts[] = {"", "+", "12", "call me", "tel:"};
	struct phone phone;

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		assert_false(phone_parse(&phone, str_of(texts[i])));
}

static void
as_many_digits_as_there_is_room_for(void **state)
{
	char text[200];
	struct phone phone;

	(void)state;
	memset(text, '7', sizeof(text));
	assert_true(phone_parse(&phone, (struct str){text, sizeof(text)}));
	assert_int_equal(phone.n, sizeof(phone.digits));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(contains),
	    cmocka_unit_test(no_numbers),
	    cmocka_unit_test(as_many_digits_as_there_is_room_for),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
