/* The laws of the reader with its real windows and limits, over files and
 * pipes. */
#include "tests/unit/reader_help.h"

#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

#include "tests/unit/hard_texts.h"

#define WINDOW ((size_t)256 << 10)
#define MIB    ((size_t)1 << 20)

static struct buf text;

static void
pad(size_t n)
{
	/* Few lines, since each costs time; some, as in calendars. */
	while (text.n + 4000 < n) {
		for (int i = 0; i < 90; i++)
			buf_add_str(&text,
			    STR("0123456789012345678901234567890123456789"));
		buf_add_str(&text, STR("\r\n"));
	}
	while (text.n + 60 < n)
		buf_add_str(&text,
		    STR("X-PADDING:"
			"0123456789012345678901234567890123456789\r\n"));
	while (text.n + 1 < n)
		buf_add_char(&text, '.');
	buf_add_char(&text, '\n');
}

/* The same as file and pipe, once and twice. */
static void
holds(size_t step, bool twice)
{
	struct buf file = {0}, pipe = {0};
	const char *fault = help_reads(buf_str(&text), 0, twice, &file, NULL);

	if (!fault)
		fault = help_reads(buf_str(&text), step, twice, &pipe, NULL);
	if (!fault && !str_eq(buf_str(&file), buf_str(&pipe)))
		fault = "a pipe reads otherwise than a file";
	if (fault)
		fail_msg("%zu bytes, pieces of %zu%s: %s", text.n, step,
		    twice ? ", twice" : "", fault);
	buf_free(&file);
	buf_free(&pipe);
}

/* The window's end before, in and after each byte of a hard text. */
static void
window_ends_anywhere(void **state)
{
	(void)state;
	for (size_t k = 0; k < 300; k++) {
		struct str hard = hard_texts[17 + k % 12];

		buf_reset(&text);
		pad(WINDOW - k);
		buf_add_str(&text, hard);
		buf_add_str(&text, STR("\r\n"));
		buf_add_str(&text, hard_texts[16]);
		holds(70000, false);
	}
}

static void
calendars_in_a_window(void **state)
{
	static const size_t steps[] = {100, 4096, 5000, 65536, 70000};

	(void)state;
	buf_reset(&text);
	for (size_t i = 0; text.n < 3 * WINDOW; i++)
		buf_add_str(&text, hard_texts[16 + i % (HARD_TEXTS - 16)]);
	for (size_t i = 0; i < sizeof(steps) / sizeof(*steps); i++)
		for (int twice = 0; twice < 2; twice++)
			holds(steps[i], twice);
}

static void
fill(char c, size_t n, bool folded)
{
	for (size_t i = 0; i < n; i++) {
		if (folded && i % 74 == 73)
			buf_add_str(&text, STR("\r\n "));
		buf_add_char(&text, c);
	}
	buf_add_str(&text, STR("\r\n"));
}

/* Lines around LIMIT_LINE and the largest window, folded and not. */
static void
long_lines(void **state)
{
	static const size_t sizes[] = {MIB - 20, MIB, MIB + (128 << 10) - 40,
	    MIB + (128 << 10) - 22, MIB + (128 << 10) + 5, 3 * MIB};

	(void)state;
	for (size_t i = 0; i < 2 * sizeof(sizes) / sizeof(*sizes); i++) {
		buf_reset(&text);
		buf_add_str(&text, STR("BEGIN:VCALENDAR\r\nX:"));
		fill('x', sizes[i / 2] / 3, i & 1);
		buf_add_str(&text, STR("BEGIN:VEVENT\r\nATTACH:"));
		fill('b', sizes[i / 2], i & 1);
		buf_add_str(&text, STR("END:VEVENT\r\n"));
		fill('t', sizes[i / 2], i & 1);
		buf_add_str(&text, STR("END:VCALENDAR\r\n" EVENT));
		holds(70000, i & 2);
	}
}

/* Above LIMIT_RECORD; what comes after is read as ever. */
static void
large_record(void **state)
{
	(void)state;
	buf_reset(&text);
	buf_add_str(&text, STR("BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n"));
	while (text.n < 18 * MIB)
		buf_add_str(&text,
		    STR("COMMENT:0123456789012345678901234567890123456789\n"
			"X-EMPTY:\n\n"));
	buf_add_str(&text, STR("END:VEVENT\r\n" EVENT "END:VCALENDAR\r\n"));
	holds(70000, true);
}

/* Many calendars, each larger than window and memory: the spool holds about
 * one. */
static void
spool_holds_one_calendar(void **state)
{
	uint64_t kept = 0;
	const char *fault;

	(void)state;
	buf_reset(&text);
	for (int i = 0; i < 8; i++) {
		buf_add_str(&text, STR("BEGIN:VCALENDAR\r\n"));
		for (int k = 0; k < 60000; k++)
			buf_add_str(&text, STR(EVENT));
		buf_add_str(&text, STR("END:VCALENDAR\r\n"));
	}
	fault = help_reads(buf_str(&text), 70000, true, NULL, &kept);
	if (fault)
		fail_msg("%s", fault);
	assert_true(kept > text.n / 8);
	assert_true(kept < text.n / 8 + 6 * MIB);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(window_ends_anywhere),
	    cmocka_unit_test(calendars_in_a_window),
	    cmocka_unit_test(long_lines),
	    cmocka_unit_test(large_record),
	    cmocka_unit_test(spool_holds_one_calendar),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);

	buf_free(&text);
	return failed;
}
