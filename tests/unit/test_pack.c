/* Packing of stretches that overlap. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "cal/pack.h"

static void
neighbours_share_a_lane(void **state)
{
	struct pack_span spans[] = {{.from = 0, .until = 2},
	    {.from = 2, .until = 3}, {.from = 5, .until = 9}};

	(void)state;
	assert_int_equal(pack_spans(spans, 3, 4, 3), 3);
	for (size_t i = 0; i < 3; i++) {
		assert_int_equal(spans[i].lane, 0);
		assert_int_equal(spans[i].lanes, 1);
		assert_int_equal(spans[i].reach, 1);
		assert_int_equal(spans[i].cluster, i);
		assert_false(spans[i].hidden);
	}
}

/* 0: aaaa		two lanes; b and c share the second, e is as wide as
 * 1:   bb cc		both
 * 2:          ee */
static void
a_chain_is_one_cluster(void **state)
{
	struct pack_span spans[] = {{.from = 0, .until = 6},
	    {.from = 1, .until = 3}, {.from = 4, .until = 7},
	    {.from = 6, .until = 8}, {.from = 8, .until = 9}};

	(void)state;
	assert_int_equal(pack_spans(spans, 5, 8, 7), 2);
	assert_int_equal(spans[0].lane, 0);
	assert_int_equal(spans[1].lane, 1);
	assert_int_equal(spans[2].lane, 1);
	assert_int_equal(spans[3].lane, 0);
	for (size_t i = 0; i < 4; i++)
		assert_int_equal(spans[i].lanes, 2);
	assert_int_equal(spans[0].reach, 1);
	assert_int_equal(spans[4].cluster, 1);
	assert_int_equal(spans[4].lanes, 1);
}

/* The last is free of all but the first: it is as wide as two lanes. */
static void
reaches_over_free_lanes(void **state)
{
	struct pack_span spans[] = {{.from = 0, .until = 9},
	    {.from = 1, .until = 3}, {.from = 1, .until = 3},
	    {.from = 5, .until = 6}};

	(void)state;
	pack_spans(spans, 4, 8, 7);
	assert_int_equal(spans[0].lanes, 3);
	assert_int_equal(spans[0].reach, 1);
	assert_int_equal(spans[1].reach, 1);
	assert_int_equal(spans[2].reach, 1);
	assert_int_equal(spans[3].lane, 1);
	assert_int_equal(spans[3].reach, 2);
}

static void
hides_what_has_no_lane(void **state)
{
	struct pack_span spans[30];
	size_t hidden = 0;

	(void)state;
	for (size_t i = 0; i < 30; i++)
		spans[i] = (struct pack_span){.from = 3, .until = 5};
	assert_int_equal(pack_spans(spans, 30, 6, 5), 1);
	for (size_t i = 0; i < 30; i++)
		hidden += spans[i].hidden;
	assert_int_equal(hidden, 25);
	/* As many as there are lanes: none is hidden. */
	assert_int_equal(pack_spans(spans, 6, 6, 5), 1);
	for (size_t i = 0; i < 6; i++)
		assert_false(spans[i].hidden);
}

static int
by_start(const void *a, const void *b)
{
	const struct pack_span *one = a, *other = b;

	return one->from < other->from ? -1 : one->from > other->from;
}

static bool
overlap(const struct pack_span *a, const struct pack_span *b)
{
	return a->from < b->until && b->from < a->until;
}

/* The most that stand at one moment. */
static size_t
depth(const struct pack_span *spans, size_t count)
{
	size_t most = 0;

	for (size_t i = 0; i < count; i++) {
		size_t here = 0;

		for (size_t k = 0; k < count; k++)
			here += spans[k].from <= spans[i].from &&
			        spans[i].from < spans[k].until;
		if (here > most)
			most = here;
	}
	return most;
}

static void
check(const struct pack_span *spans, size_t count, size_t most)
{
	for (size_t i = 0; i < count; i++) {
		const struct pack_span *a = &spans[i];

		if (a->hidden)
			continue;
		assert_true(a->lane + a->reach <= a->lanes);
		assert_true(a->reach > 0 && a->lanes <= most);
		for (size_t k = i + 1; k < count; k++) {
			const struct pack_span *b = &spans[k];

			if (b->hidden || !overlap(a, b))
				continue;
			assert_int_equal(a->cluster, b->cluster);
			assert_true(a->lane + a->reach <= b->lane ||
				    b->lane + b->reach <= a->lane);
		}
	}
}

/* Shown ones never touch, as few lanes as can be are taken, and nothing is
 * hidden where there are enough. */
static void
holds_for_any_spans(void **state)
{
	uint32_t seed = 1;

	(void)state;
	for (size_t round = 0; round < 2000; round++) {
		struct pack_span spans[40];
		size_t count = round % 41, hidden = 0, most = 1 + round % 7;

		for (size_t i = 0; i < count; i++) {
			seed = seed * 1103515245 + 12345;
			spans[i].from = seed >> 16 & 31;
			spans[i].until = spans[i].from + 1 + (seed >> 24 & 7);
		}
		qsort(spans, count, sizeof(*spans), by_start);
		pack_spans(spans, count, most, most > 1 ? most - 1 : 1);
		for (size_t i = 0; i < count; i++)
			hidden += spans[i].hidden;
		assert_int_equal(hidden > 0, depth(spans, count) > most);
		check(spans, count, most);
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(neighbours_share_a_lane),
	    cmocka_unit_test(a_chain_is_one_cluster),
	    cmocka_unit_test(reaches_over_free_lanes),
	    cmocka_unit_test(hides_what_has_no_lane),
	    cmocka_unit_test(holds_for_any_spans),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
