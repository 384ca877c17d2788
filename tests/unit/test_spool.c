/* Spools: bytes kept in memory, then in a temporary file. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "base/spool.h"

static char bytes[100000];

static void
read_back(struct spool *spool, uint64_t at, size_t n, size_t chunk)
{
	static char to[sizeof(bytes)];
	struct error err;
	size_t done = 0, got;

	do {
		size_t want = n - done < chunk ? n - done : chunk;

		assert_true(
		    spool_read(spool, at + done, to + done, want, &got, &err));
		done += got;
	} while (got && done < n);
	assert_int_equal(done, n);
	assert_memory_equal(to, bytes + at, n);
}

static void
gives_back_what_came(void **state)
{
	struct error err;
	struct spool spool;
	size_t got;

	(void)state;
	for (size_t i = 0; i < sizeof(bytes); i++)
		bytes[i] = (char)(i * 7919 >> 5);
	for (size_t memory = 1; memory < 5000; memory = memory * 3 + 1) {
		uint64_t at = 0;

		spool_init(&spool, memory);
		for (size_t n = 0; at + n < 60000; n = n * 5 % 7001 + 1) {
			assert_true(spool_add(&spool,
			    (struct str){bytes + at, n}, &err));
			at += n;
			assert_int_equal(spool_size(&spool), at);
			assert_true(spool.head.n <= memory);
		}
		read_back(&spool, 0, (size_t)at, 4096);
		read_back(&spool, 777, (size_t)at - 777, 100000);
		assert_true(
		    spool_read(&spool, at, bytes, 1, &got, &err) && !got);
		assert_true(
		    spool_read(&spool, UINT64_MAX, bytes, 1, &got, &err) &&
		    !got);
		spool_free(&spool);
	}
}

/* "The file is truncated and kept for the next round." */
static void
starts_again_empty(void **state)
{
	struct spool spool;
	struct error err;
	struct stat st;

	(void)state;
	spool_init(&spool, 100);
	for (int round = 0; round < 3; round++) {
		assert_true(spool_add(&spool,
		    (struct str){bytes, sizeof(bytes)}, &err));
		assert_true(spool_add(&spool, STR("abc"), &err));
		assert_int_equal(spool_size(&spool), sizeof(bytes) + 3);
		assert_int_equal(fstat(spool.fd, &st), 0);
		assert_int_equal(st.st_nlink, 0);
		assert_true(spool_reset(&spool, &err));
		assert_int_equal(spool_size(&spool), 0);
		assert_int_equal(fstat(spool.fd, &st), 0);
		assert_int_equal(st.st_size, 0);
		assert_true(spool_add(&spool, STR("abc"), &err));
		assert_int_equal(spool_size(&spool), 3);
		assert_true(spool_reset(&spool, &err));
	}
	spool_free(&spool);
	assert_int_equal(spool_size(&spool), 0);
}

/* No room on the disk: an error, and what was there stays readable. */
static void
survives_a_full_disk(void **state)
{
	struct rlimit old, small;
	struct spool spool;
	struct error err = {0};

	(void)state;
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
	small = old;
	small.rlim_cur = 30000;
	spool_init(&spool, 1000);
	assert_true(spool_add(&spool, (struct str){bytes, 20000}, &err));
	assert_true(spool_add(&spool, (struct str){bytes + 20000, 9}, &err));
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &small), 0);
	assert_false(
	    spool_add(&spool, (struct str){bytes + 20009, 50000}, &err));
	assert_int_equal(setrlimit(RLIMIT_FSIZE, &old), 0);
	assert_int_equal(err.code, ERR_IO);
	assert_int_equal(spool_size(&spool), 20009);
	read_back(&spool, 0, 20009, 5000);
	assert_true(
	    spool_add(&spool, (struct str){bytes + 20009, 50000}, &err));
	read_back(&spool, 0, 70009, 5000);
	spool_free(&spool);
}

static void
needs_a_folder(void **state)
{
	struct error err = {0};

	(void)state;
	setenv("TMPDIR", "/nonexistent/folder", 1);
	assert_int_equal(spool_file(&err), -1);
	assert_int_equal(err.code, ERR_IO);
	assert_non_null(strstr(err.message, "/nonexistent/folder"));
	unsetenv("TMPDIR");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(gives_back_what_came),
	    cmocka_unit_test(starts_again_empty),
	    cmocka_unit_test(survives_a_full_disk),
	    cmocka_unit_test(needs_a_folder),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
