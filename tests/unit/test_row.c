/* Rows: every byte escaped as promised; JSON reads back as it went in. */
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>
#include <jansson.h>

#include "text/row.h"

static void
expect_text(struct str value, const char *want)
{
	struct field field = {.kind = FIELD_TEXT, .text = value};
	struct buf out = {0};

	assert_true(row_write_text(&out, &field, 1));
	assert_int_equal(out.p[out.n - 1], '\n');
	assert_int_equal(out.n - 1, strlen(want));
	assert_memory_equal(out.p, want, strlen(want));
	buf_free(&out);
}

static void
test_text_fields(void **state)
{
	static const struct str items[] = {STR_C("a,b"), STR_C("c\\d"),
	    STR_C(""), STR_C("12345678,")};
	static const struct field fields[] = {
	    {.kind = FIELD_TEXT, .text = STR_C("Lunch, with Zo\xc3\xab")},
	    {.kind = FIELD_ABSENT},
	    {.kind = FIELD_NUMBER, .number = INT64_MIN},
	    {.kind = FIELD_BOOL, .number = 1},
	    {.kind = FIELD_BOOL, .number = 0},
	    {.kind = FIELD_LIST, .items = items, .count = 4},
	    {.kind = FIELD_LIST},
	};
	static const char want[] =
	    "Lunch, with Zo\xc3\xab\t\t-9223372036854775808\tyes\tno\t"
	    "a\\,b, c\\\\d, , 12345678\\,\t\n";
	struct buf out = {0};

	(void)state;
	assert_true(row_write_text(&out, fields, 7));
	assert_int_equal(out.n, sizeof(want) - 1);
	assert_memory_equal(out.p, want, out.n);
	buf_free(&out);
}

/* Each byte at each place of a word of eight, among plain ones. */
static void
test_every_byte(void **state)
{
	(void)state;
	for (int c = 0; c < 256; c++)
		for (size_t at = 0; at < 20; at++) {
			char value[20], want[64];
			char middle[8];

			memset(value, 'x', sizeof(value));
			value[at] = (char)c;
			if (c == '\t')
				snprintf(middle, 8, "%s", "\\t");
			else if (c == '\n')
				snprintf(middle, 8, "%s", "\\n");
			else if (c == '\\')
				snprintf(middle, 8, "%s", "\\\\");
			else if (c < 0x20 || c >= 0x7f)
				snprintf(middle, 8, "\\x%02X", (unsigned)c);
			else
				snprintf(middle, 8, "%c", c);
			snprintf(want, sizeof(want), "%.*s%s%.*s", (int)at,
			    "xxxxxxxxxxxxxxxxxxxx", middle, (int)(19 - at),
			    "xxxxxxxxxxxxxxxxxxxx");
			expect_text((struct str){value, 20}, want);
		}
}

static void
test_high_characters(void **state)
{
	(void)state;
	expect_text(STR("\xc2\x80\xc2\x9f\xc2\xa0"),
	    "\\xC2\\x80\\xC2\\x9F\xc2\xa0");
	expect_text(STR("\xe2\x82"), "\\xE2\\x82");
	expect_text(STR("\xed\xa0\x80"), "\\xED\\xA0\\x80");
	expect_text(STR("\xf0\x9f\x98\x80!"), "\xf0\x9f\x98\x80!");
}

static void
expect_json(struct str value, const char *want)
{
	static const struct str name = STR_C("v");
	struct field field = {.kind = FIELD_TEXT, .text = value};
	struct buf out = {0};

	assert_true(row_write_json(&out, &name, &field, 1));
	buf_add_char(&out, '\0');
	assert_string_equal(out.p, want);
	buf_free(&out);
}

static void
test_json_text(void **state)
{
	(void)state;
	expect_json(STR("a\"\n\x01\0b"),
	    "{\"v\":\"a\\\"\\n\\u0001\\u0000b\"}\n");
	expect_json(STR("Zo\xc3\xab"), "{\"v\":\"Zo\xc3\xab\"}\n");
	expect_json(STR("x\xff\xe2\x82y"),
	    "{\"v\":\"x\xef\xbf\xbd\xef\xbf\xbd\xef\xbf\xbdy\"}\n");
	expect_json(STR("\xc2\x9b"
			"31m"),
	    "{\"v\":\"\\u009B31m\"}\n");
	expect_json(STR(""), "{\"v\":\"\"}\n");
}

static void
test_json_back(void **state)
{
	static const struct str names[] = {STR_C("zone"), STR_C("absent"),
	    STR_C("epoch"), STR_C("allday"), STR_C("attendees")};
	static const struct str items[] = {STR_C("a,b"), STR_C("\x1b[31m")};
	static const struct field fields[] = {
	    {.kind = FIELD_TEXT, .text = STR_C("\xe6\x9d\xb1\xe4\xba\xac")},
	    {.kind = FIELD_ABSENT},
	    {.kind = FIELD_NUMBER, .number = INT64_MAX},
	    {.kind = FIELD_BOOL, .number = 1},
	    {.kind = FIELD_LIST, .items = items, .count = 2},
	};
	struct buf out = {0};
	json_t *row;
	size_t i = 0;
	void *at;

	(void)state;
	assert_true(row_write_json(&out, names, fields, 5));
	assert_ptr_equal(memchr(out.p, '\n', out.n), out.p + out.n - 1);
	row = json_loadb(out.p, out.n, 0, NULL);
	assert_non_null(row);
	for (at = json_object_iter(row); at;
	     at = json_object_iter_next(row, at))
		assert_string_equal(json_object_iter_key(at), names[i++].p);
	assert_int_equal(i, 5);
	assert_string_equal(json_string_value(json_object_get(row, "zone")),
	    fields[0].text.p);
	assert_true(json_is_null(json_object_get(row, "absent")));
	assert_true(
	    json_integer_value(json_object_get(row, "epoch")) == INT64_MAX);
	assert_true(json_is_true(json_object_get(row, "allday")));
	assert_string_equal(json_string_value(
				json_array_get(json_object_get(row,
						   "attendees"),
				    1)),
	    "\x1b[31m");
	json_decref(row);
	buf_free(&out);
}

static void
test_no_room(void **state)
{
	static const struct str name = STR_C("v");
	struct field field = {.kind = FIELD_TEXT, .text = STR("123456789")};
	struct buf out;

	(void)state;
	buf_init(&out, 5);
	assert_false(row_write_text(&out, &field, 1));
	buf_reset(&out);
	assert_false(row_write_json(&out, &name, &field, 1));
	buf_free(&out);
}

static void
expect_shown(struct str value, const char *want)
{
	struct buf out = {0};

	assert_true(text_for_terminal(&out, value));
	buf_add_char(&out, '\0');
	assert_string_equal(out.p, want);
	buf_free(&out);
}

#define ODD "\xef\xbf\xbd"
#define RLI "\xe2\x81\xa7"
#define PDI "\xe2\x81\xa9"

static void
test_terminal(void **state)
{
	(void)state;
	expect_shown(STR("a\r\nb\nc\rd\te"), "a b c d e");
	expect_shown(STR("\x1b[31mred\x07\x7f"), ODD "[31mred" ODD ODD);
	expect_shown(STR("\xc2\x9b"
			 "1m\xff\0z"),
	    ODD "1m" ODD ODD "z");
	expect_shown(STR("\xe2\x80\xae"
			 "abc"),
	    ODD "abc");
	expect_shown(STR(RLI "abc" PDI "d"), RLI "abc" PDI "d");
	expect_shown(STR(RLI "abc"), ODD "abc");
	expect_shown(STR("a" PDI "b" RLI RLI "c" PDI),
	    "a" ODD "b" ODD RLI "c" PDI);
	expect_shown(STR("Zo\xc3\xab \xf0\x9f\x8e\x89"),
	    "Zo\xc3\xab \xf0\x9f\x8e\x89");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_text_fields),
	    cmocka_unit_test(test_every_byte),
	    cmocka_unit_test(test_high_characters),
	    cmocka_unit_test(test_json_text),
	    cmocka_unit_test(test_json_back),
	    cmocka_unit_test(test_no_room),
	    cmocka_unit_test(test_terminal),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
