/* Growing buffers, and messages of errors. */
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/error.h"

static void
grows(void **state)
{
	struct buf buf = {0};

	(void)state;
	for (int i = 0; i < 100000; i++)
		assert_true(buf_add_char(&buf, (char)i));
	assert_int_equal(buf.n, 100000);
	for (int i = 0; i < 100000; i++)
		assert_int_equal(buf.p[i], (char)i);
	buf_reset(&buf);
	assert_int_equal(buf.n, 0);
	assert_true(buf.room >= 100000);
	assert_true(buf_add(&buf, NULL, 0));
	assert_true(buf_printf(&buf, "%d-%s", 42, "x"));
	assert_true(str_eq(buf_str(&buf), STR("42-x")));
	buf_free(&buf);
	assert_null(buf.p);
}

/* "After a failure nothing more is appended." */
static void
keeps_its_maximum(void **state)
{
	struct buf buf;

	(void)state;
	buf_init(&buf, 5);
	assert_true(buf_add_str(&buf, STR("abc")));
	assert_false(buf_add_str(&buf, STR("def")));
	assert_false(buf_ok(&buf));
	assert_false(buf_add_char(&buf, 'd'));
	assert_false(buf_printf(&buf, "%s", ""));
	assert_false(buf_reserve(&buf, 0));
	assert_true(str_eq(buf_str(&buf), STR("abc")));
	buf_reset(&buf);
	assert_true(buf_add_str(&buf, STR("abcde")));
	assert_true(buf_add(&buf, NULL, 0));
	assert_false(buf_add_char(&buf, 'f'));
	assert_int_equal(buf.n, 5);
	buf_free(&buf);
	assert_int_equal(buf.max, 5);
}

static void
prints_up_to_its_maximum(void **state)
{
	struct buf buf;

	(void)state;
	buf_init(&buf, 5);
	assert_true(buf_printf(&buf, "%s", "abcde"));
	assert_true(str_eq(buf_str(&buf), STR("abcde")));
	assert_false(buf_printf(&buf, "%s", "f"));
	assert_int_equal(buf.n, 5);
	buf_free(&buf);
}

static void
refuses_the_impossible(void **state)
{
	struct buf buf = {0};

	(void)state;
	assert_true(buf_add_char(&buf, 'a'));
	assert_false(buf_reserve(&buf, SIZE_MAX));
	assert_false(buf_ok(&buf));
	buf_free(&buf);
}

/* "Text of a calendar never reaches a terminal with" its control characters:
 * C0, DEL, C1 as UTF-8 and as raw bytes. */
static void
messages_hold_no_control_characters(void **state)
{
	struct pos pos = {"a.ics", 3, 1};
	struct error err;
	char long_text[600];

	(void)state;
	assert_false(
	    error_set(&err, ERR_SYNTAX, pos, "%s", "a\x1b[31m\n\x7fz"));
	assert_string_equal(err.message, "a?[31m??z");
	assert_int_equal(err.code, ERR_SYNTAX);
	assert_int_equal(err.pos.line, 3);
	error_set(&err, ERR_SYNTAX, pos,
	    "\xc2\x9b"
	    "31m \xc3\xa9 \x9b"
	    "1m");
	assert_string_equal(err.message, "??31m \xc3\xa9 ?1m");
	/* Cut inside a character. */
	memset(long_text, 'a', 254);
	memcpy(long_text + 254, "\xe2\x82\xac", 4);
	error_set(&err, ERR_VALUE, pos_none(), "%s", long_text);
	assert_int_equal(strlen(err.message), 255);
	assert_string_equal(err.message + 253, "a?");
	assert_false(error_set(NULL, ERR_VALUE, pos, "x"));
	assert_false(error_errno(NULL, pos, "x"));
	errno = ENOENT;
	assert_false(error_errno(&err, pos, "cannot open %s", "x\ny"));
	assert_string_equal(err.message,
	    "cannot open x?y: No such file or directory");
	assert_int_equal(err.code, ERR_IO);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(grows),
	    cmocka_unit_test(keeps_its_maximum),
	    cmocka_unit_test(prints_up_to_its_maximum),
	    cmocka_unit_test(refuses_the_impossible),
	    cmocka_unit_test(messages_hold_no_control_characters),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
