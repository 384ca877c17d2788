/* Buffered output. */
#include <errno.h>
#include <fcntl.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/out.h"
#include "base/spool.h"

static char bytes[300000];

/* Pieces of every size around the buffer's own arrive in order. */
static void
writes_all(void **state)
{
	static const size_t sizes[] = {0, 1, 7, OUT_ROOM - 8, 1, OUT_ROOM,
	    OUT_ROOM - 1, 2, OUT_ROOM + 1, 3, 65};
	static char got[sizeof(bytes)];
	int fd = spool_file(NULL);
	struct out out;
	size_t at = 0;

	(void)state;
	for (size_t i = 0; i < sizeof(bytes); i++)
		bytes[i] = (char)(i * 7919 >> 5);
	assert_true(out_init(&out, fd));
	for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
		assert_true(out_add(&out, (struct str){bytes + at, sizes[i]}));
		at += sizes[i];
		assert_int_equal(out.written, at);
	}
	assert_true(out_flush(&out));
	assert_true(out_flush(&out));
	assert_int_equal(pread(fd, got, sizeof(got), 0), at);
	assert_memory_equal(got, bytes, at);
	out_free(&out);
	close(fd);
}

static void
never_forgets_a_failure(void **state)
{
	int full = open("/dev/full", O_WRONLY);
	struct out out;

	(void)state;
	if (full < 0)
		skip();
	assert_true(out_init(&out, full));
	assert_true(out_add(&out, STR("a")));
	assert_int_equal(out.failure, 0);
	assert_false(out_flush(&out));
	assert_int_equal(out.failure, ENOSPC);
	assert_false(out_flush(&out));
	assert_false(out_add(&out, STR("b")));
	assert_false(out_add(&out, (struct str){bytes, sizeof(bytes)}));
	out_free(&out);
	assert_true(out_init(&out, full));
	assert_false(out_add(&out, (struct str){bytes, sizeof(bytes)}));
	assert_int_equal(out.failure, ENOSPC);
	out_free(&out);
	close(full);
}

static void
tells_of_a_closed_pipe(void **state)
{
	struct out out;
	int ends[2];

	(void)state;
	signal(SIGPIPE, SIG_IGN);
	assert_int_equal(pipe(ends), 0);
	close(ends[0]);
	assert_true(out_init(&out, ends[1]));
	assert_true(out_add(&out, STR("a")));
	assert_false(out_flush(&out));
	assert_int_equal(out.failure, EPIPE);
	out_free(&out);
	close(ends[1]);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(writes_all),
	    cmocka_unit_test(never_forgets_a_failure),
	    cmocka_unit_test(tells_of_a_closed_pipe),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
