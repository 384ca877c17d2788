/* Charsets are dear to open: each once for all the rounds of an arena. */
#include <iconv.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static size_t opened, closed;

static iconv_t
counting_open(const char *to, const char *from)
{
	iconv_t cd = iconv_open(to, from);

	opened += cd != (iconv_t)-1;
	return cd;
}

static int
counting_close(iconv_t cd)
{
	closed++;
	return iconv_close(cd);
}

#define iconv_open  counting_open
#define iconv_close counting_close
/* NOLINTNEXTLINE(bugprone-suspicious-include) */
#include "lib/text/text.c"
#undef iconv_open
#undef iconv_close

static void
reads(const char *raw, const char *wanted, struct arena *arena)
{
	struct line line;
	struct error err;
	struct str text;

	assert_true(line_parse(&line, str_of(raw), pos_none(), arena, &err));
	text = line_text(&line, arena);
	assert_int_equal(text.n, strlen(wanted));
	assert_memory_equal(text.p, wanted, text.n);
}

static void
opens_each_once(void **state)
{
	struct arena arena = {0};

	(void)state;
	opened = closed = 0;
	for (int round = 0; round < 100; round++) {
		reads("A;CHARSET=ISO-8859-1:\xe9", "\xc3\xa9", &arena);
		reads("A;CHARSET=KOI8-R:\xc1", "\xd0\xb0", &arena);
		reads("A;CHARSET=iso-8859-1:\xe8", "\xc3\xa8", &arena);
		reads("A;CHARSET=SHIFT_JIS:\x95\\", "\xe8\xa1\xa8", &arena);
		reads("A;CHARSET=X-UNHEARD-OF:\xe9", "\xe9", &arena);
		arena_reset(&arena);
	}
	assert_int_equal(opened, 3);
	assert_int_equal(closed, 0);
	arena_free(&arena);
	assert_int_equal(closed, 3);
	reads("A;CHARSET=KOI8-R:\xc1", "\xd0\xb0", &arena);
	assert_int_equal(opened, 4);
	arena_free(&arena);
	assert_int_equal(closed, 4);
}

/* What a text that could not be converted leaves behind does not reach the
 * next one. */
static void
begins_anew(void **state)
{
	struct arena arena = {0};

	(void)state;
	for (int round = 0; round < 2; round++) {
		/* Japanese that is never switched off again, then half of a
		 * character. */
		reads("A;CHARSET=ISO-2022-JP:\x1b$B", "", &arena);
		reads("A;CHARSET=ISO-2022-JP:\x1b$B\x30", "\x1b$B\x30", &arena);
		reads("A;CHARSET=ISO-2022-JP:abc", "abc", &arena);
		reads("A;CHARSET=WINDOWS-1258:e", "e", &arena);
		reads("A;CHARSET=WINDOWS-1258:\xcc", "\xcc\x80", &arena);
	}
	arena_free(&arena);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(opens_each_once),
	    cmocka_unit_test(begins_anew),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
