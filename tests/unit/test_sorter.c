/* The sorter against a reference: order, stability, runs on disk, trouble. */
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/resource.h>

#include <cmocka.h>

#include "base/buf.h"
#include "base/sorter.h"

#define LEAST ((size_t)256 << 10)

static uint64_t
chance(uint64_t *state)
{
	*state ^= *state << 13;
	*state ^= *state >> 7;
	*state ^= *state << 17;
	return *state;
}

static void
add(struct sorter *sorter, struct str key, struct str payload)
{
	struct error err;

	assert_true(sorter_add(sorter, key, payload, &err));
}

static void
expect(struct sorter *sorter, const char *key, const char *payload)
{
	struct str k, p;
	struct error err;

	assert_true(sorter_next(sorter, &k, &p, &err));
	assert_true(str_eq(k, str_of(key)));
	assert_true(str_eq(p, str_of(payload)));
}

static void
expect_end(struct sorter *sorter)
{
	struct str k, p;
	struct error err = {.code = ERR_IO};

	assert_false(sorter_next(sorter, &k, &p, &err));
	assert_int_equal(err.code, ERR_NONE);
}

static void
test_order(void **state)
{
	struct sorter *sorter = sorter_new(0);
	struct error err;

	(void)state;
	assert_non_null(sorter);
	add(sorter, STR("b"), STR("1"));
	add(sorter, STR(""), STR("2"));
	add(sorter, STR("abcdefghij"), STR("3"));
	add(sorter, STR("abcdefgh"), STR("4"));
	add(sorter, STR("b"), STR(""));
	add(sorter, STR("\xff"), STR("5"));
	add(sorter, STR("abcdefghia"), STR("6"));
	assert_true(sorter_finish(sorter, &err));
	expect(sorter, "", "2");
	expect(sorter, "abcdefgh", "4");
	expect(sorter, "abcdefghia", "6");
	expect(sorter, "abcdefghij", "3");
	expect(sorter, "b", "1");
	expect(sorter, "b", "");
	expect(sorter, "\xff", "5");
	expect_end(sorter);
	expect_end(sorter);
	assert_true(sorter_reset(sorter, &err));
	assert_true(sorter_finish(sorter, &err));
	expect_end(sorter);
	sorter_free(sorter);
	sorter_free(NULL);
}

/* "a" and "a\0" have the same cached beginning. */
static void
test_nul_bytes(void **state)
{
	struct sorter *sorter = sorter_new(0);
	struct str key, payload;
	struct error err;

	(void)state;
	add(sorter, STR("a\0\0"), STR("3"));
	add(sorter, STR("a"), STR("1"));
	add(sorter, STR("a\0"), STR("2"));
	assert_true(sorter_finish(sorter, &err));
	for (size_t i = 1; i <= 3; i++) {
		assert_true(sorter_next(sorter, &key, &payload, &err));
		assert_int_equal(key.n, i);
		assert_int_equal(payload.p[0], '0' + (int)i);
	}
	sorter_free(sorter);
}

static void
test_key_int(void **state)
{
	static const int64_t numbers[] = {INT64_MIN, -86400, -1, 0, 1, 255, 256,
	    86400, INT64_MAX};
	struct buf last = {0}, key = {0};

	(void)state;
	for (size_t i = 0; i < sizeof(numbers) / sizeof(*numbers); i++) {
		buf_reset(&key);
		assert_true(sorter_key_int(&key, numbers[i]));
		assert_int_equal(key.n, 8);
		if (i)
			assert_true(str_cmp(buf_str(&last), buf_str(&key)) < 0);
		buf_reset(&last);
		buf_add_str(&last, buf_str(&key));
	}
	buf_free(&last);
	buf_free(&key);
}

/* What the entries of a round are made of; the payload begins with the number
 * of the entry, so that order among equal keys can be checked. */
struct round {
	size_t count, keys; /* entries, different keys */
	size_t key_tail;    /* bytes after the number of a key */
	size_t payload;     /* up to so many bytes */
	const char *beginning;
};

static void
fill(struct sorter *sorter, const struct round *round, uint64_t *sum)
{
	struct buf key = {0}, payload = {0};
	uint64_t seed = 88172645463325252ULL;

	for (size_t i = 0; i < round->count; i++) {
		size_t n = round->payload ? chance(&seed) % round->payload : 0;

		buf_reset(&key);
		buf_reset(&payload);
		buf_printf(&key, "%s%08u", round->beginning,
		    (unsigned)(chance(&seed) % round->keys));
		for (size_t j = 0; j < round->key_tail; j++)
			buf_add_char(&key, 'x');
		buf_printf(&payload, "%010zu", i);
		for (size_t j = 0; j < n; j++)
			buf_add_char(&payload, (char)(i + j));
		for (size_t j = 0; j < payload.n; j++)
			*sum += (unsigned char)payload.p[j] * (j + 1);
		add(sorter, buf_str(&key), buf_str(&payload));
	}
	buf_free(&key);
	buf_free(&payload);
}

static void
check_round(struct sorter *sorter, const struct round *round)
{
	struct buf last = {0};
	struct str key, payload;
	struct error err;
	uint64_t in = 0, out = 0;
	unsigned long number = 0;
	size_t count = 0;

	fill(sorter, round, &in);
	assert_true(sorter_finish(sorter, &err));
	while (sorter_next(sorter, &key, &payload, &err)) {
		int order = count ? str_cmp(buf_str(&last), key) : -1;
		char digits[11] = "";
		unsigned long now;

		memcpy(digits, payload.p, 10);
		now = strtoul(digits, NULL, 10);
		assert_true(order < 0 || (order == 0 && number < now));
		number = now;
		for (size_t j = 0; j < payload.n; j++)
			out += (unsigned char)payload.p[j] * (j + 1);
		buf_reset(&last);
		buf_add_str(&last, key);
		count++;
	}
	assert_int_equal(err.code, ERR_NONE);
	assert_int_equal(count, round->count);
	assert_true(in == out);
	assert_true(sorter_reset(sorter, &err));
	buf_free(&last);
}

static void
test_rounds(void **state)
{
	static const struct round rounds[] = {
	    {1000, 300, 0, 20, ""},              /* in memory */
	    {20000, 500, 0, 200, "2026-11-23T"}, /* a few runs */
	    {100000, 90000, 0, 200, ""}, /* more than are read at once */
	    {300, 3, 0, 300000, ""},     /* some above the memory */
	    {400, 7, 40000, 100, "k"},   /* keys above a window */
	    {12, 2, 600000, 100, "k"},   /* keys above the memory */
	    {5, 5, 0, 0, ""},
	};
	struct sorter *one = sorter_new(LEAST);

	(void)state;
	for (size_t i = 0; i < sizeof(rounds) / sizeof(*rounds); i++) {
		struct sorter *own = sorter_new((size_t)1 << (18 + i % 4));

		check_round(own, &rounds[i]);
		sorter_free(own);
		check_round(one, &rounds[i]);
	}
	sorter_free(one);
}

/* 80 MB with 256 KiB: three levels of merging. */
static void
test_levels(void **state)
{
	static const struct round round = {400000, 1000000, 0, 380, "uid-"};
	struct sorter *sorter = sorter_new(LEAST);
	struct rusage before, after;

	(void)state;
	getrusage(RUSAGE_SELF, &before);
	check_round(sorter, &round);
	getrusage(RUSAGE_SELF, &after);
#ifndef __SANITIZE_ADDRESS__
	assert_true(after.ru_maxrss - before.ru_maxrss < 1024);
#endif
	sorter_free(sorter);
}

static void
test_full_disk(void **state)
{
	static const rlim_t sizes[] = {0, 300000, 2000000, 4000000};
	struct rlimit old, tight;
	struct str block = {calloc(1, 10000), 10000};

	(void)state;
	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(getrlimit(RLIMIT_FSIZE, &old), 0);
	for (size_t i = 0; i < sizeof(sizes) / sizeof(*sizes); i++) {
		struct sorter *sorter = sorter_new(LEAST);
		struct error err = {0};
		bool good = true;

		tight = old;
		tight.rlim_cur = sizes[i];
		setrlimit(RLIMIT_FSIZE, &tight);
		for (size_t n = 0; n < 1000 && good; n++)
			good = sorter_add(sorter, STR("key"), block, &err);
		if (good)
			good = sorter_finish(sorter, &err);
		setrlimit(RLIMIT_FSIZE, &old);
		assert_false(good);
		assert_int_equal(err.code, ERR_IO);
		sorter_free(sorter);
	}
	free((void *)(uintptr_t)block.p);
}

static void
test_no_folder(void **state)
{
	struct sorter *sorter = sorter_new(LEAST);
	struct str block = {calloc(1, 300000), 300000};
	const char *tmpdir = getenv("TMPDIR");
	char *old = tmpdir ? strdup(tmpdir) : NULL;
	struct error err;

	(void)state;
	setenv("TMPDIR", "/nonexistent", 1);
	assert_false(sorter_add(sorter, STR("key"), block, &err));
	assert_int_equal(err.code, ERR_IO);
	if (old)
		setenv("TMPDIR", old, 1);
	else
		unsetenv("TMPDIR");
	free(old);
	sorter_free(sorter);
	free((void *)(uintptr_t)block.p);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(test_order),
	    cmocka_unit_test(test_nul_bytes),
	    cmocka_unit_test(test_key_int),
	    cmocka_unit_test(test_rounds),
	    cmocka_unit_test(test_levels),
	    cmocka_unit_test(test_full_disk),
	    cmocka_unit_test(test_no_folder),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
