/* Arenas. */
#include <setjmp.h>
#include <stdalign.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/arena.h"

static void
gives_aligned_zeroed_pieces(void **state)
{
	struct arena arena = {0};
	char *pieces[400];

	(void)state;
	for (int round = 0; round < 3; round++) {
		for (size_t i = 0; i < 400; i++) {
			pieces[i] = arena_alloc(&arena, i * i % 3000);
			assert_non_null(pieces[i]);
			assert_int_equal((uintptr_t)pieces[i] %
					     alignof(max_align_t),
			    0);
			for (size_t k = 0; k < i * i % 3000; k++)
				assert_int_equal(pieces[i][k], 0);
			memset(pieces[i], (int)(i + 1), i * i % 3000);
		}
		for (size_t i = 0; i < 400; i++)
			for (size_t k = 0; k < i * i % 3000; k++)
				assert_int_equal(pieces[i][k], (char)(i + 1));
		arena_reset(&arena);
		assert_int_equal(arena.used, 0);
	}
	arena_free(&arena);
	assert_non_null(arena_alloc(&arena, 1));
	arena_free(&arena);
}

static void
keeps_its_maximum(void **state)
{
	struct arena arena;

	(void)state;
	arena_init(&arena, 1000);
	assert_null(arena_alloc(&arena, 1001));
	assert_null(arena_alloc(&arena, SIZE_MAX));
	assert_null(arena_alloc(&arena, SIZE_MAX - 8));
	assert_non_null(arena_alloc(&arena, 900));
	assert_null(arena_alloc(&arena, 100));
	assert_true(arena.used <= 1000);
	assert_null(arena_copy(&arena, STR("012345678901234567890123456789"
					   "012345678901234567890123456789"
					   "012345678901234567890123456789"
					   "0123456789"))
			.p);
	arena_reset(&arena);
	assert_non_null(arena_alloc(&arena, 900));
	arena_free(&arena);
	assert_int_equal(arena.max, 1000);
	assert_null(arena_alloc(&arena, 1001));
}

static void
arrays_do_not_overflow(void **state)
{
	struct arena arena = {0};

	(void)state;
	assert_null(arena_array(&arena, SIZE_MAX / 2, 3));
	assert_null(arena_array(&arena, SIZE_MAX, SIZE_MAX));
	assert_non_null(arena_array(&arena, 0, 8));
	assert_non_null(arena_array(&arena, 8, 0));
	assert_non_null(arena_array(&arena, 1000, 1000));
	arena_reset(&arena);
	assert_non_null(arena_alloc(&arena, 16));
	arena_free(&arena);
}

static void
copies(void **state)
{
	struct arena arena = {0};
	struct str s = arena_copy(&arena, STR("a\0b"));
	char *c = arena_cstr(&arena, (struct str){NULL, 0});

	(void)state;
	assert_true(str_eq(s, STR("a\0b")));
	assert_string_equal(c, "");
	assert_string_equal(arena_cstr(&arena, STR("abc")), "abc");
	assert_non_null(arena_copy(&arena, (struct str){NULL, 0}).p);
	arena_free(&arena);
	arena_reset(&arena);
}

/* Somebody else's length with no bytes would be read. */
static void
gives_no_slice_without_memory(void **state)
{
	struct arena arena;
	struct str s;

	(void)state;
	arena_init(&arena, 16);
	s = arena_copy(&arena, STR("longer than sixteen bytes"));
	assert_null(s.p);
	assert_int_equal(s.n, 0);
	arena_free(&arena);
}

struct dear {
	struct arena_kept kept;
	size_t *dropped;
};

static void
drop_dear(struct arena_kept *kept)
{
	++*((struct dear *)(void *)kept)->dropped;
}

static void
keeps_what_is_dear(void **state)
{
	struct arena arena = {0};
	size_t dropped = 0;
	struct dear a = {{.drop = drop_dear}, &dropped};
	struct dear b = a;

	(void)state;
	arena_keep(&arena, &a.kept);
	assert_non_null(arena_alloc(&arena, 100));
	arena_keep(&arena, &b.kept);
	arena_reset(&arena);
	assert_int_equal(dropped, 0);
	assert_ptr_equal(arena.kept, &b.kept);
	assert_ptr_equal(arena.kept->next, &a.kept);
	arena_free(&arena);
	assert_int_equal(dropped, 2);
	assert_null(arena.kept);
	arena_free(&arena);
	assert_int_equal(dropped, 2);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(gives_aligned_zeroed_pieces),
	    cmocka_unit_test(keeps_its_maximum),
	    cmocka_unit_test(arrays_do_not_overflow),
	    cmocka_unit_test(copies),
	    cmocka_unit_test(gives_no_slice_without_memory),
	    cmocka_unit_test(keeps_what_is_dear),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
