/* The forest of tasks. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

#include "base/buf.h"
#include "cli/task_tree.h"

static struct task *
add(struct task_tree *tree, const char *uid, const char *parent, int64_t due,
    bool open)
{
	struct task *task = task_tree_add(tree);

	assert_non_null(task);
	task->item.uid = task->item.summary = str_of(uid);
	task->item.parent = str_of(parent);
	task->item.due = due != 0;
	task->item.undated = due == 0;
	task->item.deadline_at = due;
	task->item.priority = -1;
	task->open = open;
	return task;
}

/* "a(b c(d)) e" */
static void
assert_tree(struct task_tree *tree, bool all, const char *wanted)
{
	struct buf text = {0};
	size_t at = TASK_NONE, depth, last = 0;

	assert_true(task_tree_build(tree, all));
	while ((at = task_tree_next(tree, at, &depth)) != TASK_NONE) {
		for (; last > depth; last--)
			buf_add_char(&text, ')');
		if (depth > last)
			buf_add_char(&text, '(');
		else if (text.n)
			buf_add_char(&text, ' ');
		last = depth;
		buf_add_str(&text, tree->tasks[at].item.uid);
	}
	for (; last > 0; last--)
		buf_add_char(&text, ')');
	buf_add_char(&text, '\0');
	assert_string_equal(text.p, wanted);
	buf_free(&text);
	task_tree_free(tree);
}

static void
puts_subtasks_below_their_parent(void **state)
{
	struct task_tree tree = {0};

	(void)state;
	add(&tree, "c", "b", 0, true);
	add(&tree, "a", "", 0, true);
	add(&tree, "b", "a", 0, true);
	add(&tree, "e", "nowhere", 0, true);
	add(&tree, "d", "a", 0, true);
	assert_tree(&tree, false, "a(b(c) d) e");
}

static void
puts_the_most_urgent_first(void **state)
{
	struct task_tree tree = {0};

	(void)state;
	add(&tree, "none", "", 0, true);
	add(&tree, "late", "", 300, true);
	add(&tree, "soon", "", 200, true);
	add(&tree, "big", "", 900, true);
	add(&tree, "part", "big", 100, true);
	add(&tree, "first", "", 0, true)->item.priority = 1;
	assert_tree(&tree, false, "big(part) soon late first none");
}

static void
shows_what_is_done_where_it_holds_something_open(void **state)
{
	for (int all = 0; all < 2; all++) {
		struct task_tree tree = {0};

		(void)state;
		add(&tree, "done", "", 0, false);
		add(&tree, "old", "", 100, false);
		add(&tree, "open", "done", 0, true);
		add(&tree, "gone", "open", 0, false);
		assert_tree(&tree, all,
		    all ? "done(open(gone)) old" : "done(open)");
	}
}

static void
survives_circles(void **state)
{
	struct task_tree tree = {0};
	size_t at = TASK_NONE, depth, count = 0;

	(void)state;
	add(&tree, "self", "self", 0, true);
	assert_tree(&tree, false, "self");
	add(&tree, "a", "c", 0, true);
	add(&tree, "b", "a", 0, true);
	add(&tree, "c", "b", 0, true);
	add(&tree, "d", "a", 0, true);
	assert_true(task_tree_build(&tree, false));
	while ((at = task_tree_next(&tree, at, &depth)) != TASK_NONE)
		count++;
	assert_int_equal(count, 4);
	task_tree_free(&tree);
}

static void
prefers_its_own_calendar(void **state)
{
	struct task_tree tree = {0};
	struct task *part, *task;
	size_t parent;

	(void)state;
	add(&tree, "a", "", 0, true)->item.number = 1;
	add(&tree, "a", "", 0, true)->item.number = 2;
	part = add(&tree, "b", "a", 0, true);
	part->item.number = 2;
	assert_true(task_tree_build(&tree, false));
	task = &tree.tasks[2];
	parent = task->parent;
	assert_int_equal(tree.tasks[parent].item.number, 2);
	task_tree_free(&tree);
}

/* A chain of a hundred thousand is neither slow nor deep. */
static void
goes_deep(void **state)
{
	enum { MANY = 100000 };
	struct task_tree tree = {0};
	char(*uids)[8] = calloc(MANY, sizeof(*uids));
	size_t at = TASK_NONE, depth = 0, count = 0;

	(void)state;
	assert_non_null(uids);
	for (size_t i = 0; i < MANY; i++) {
		snprintf(uids[i], sizeof(uids[i]), "%zu", i);
		add(&tree, uids[i], i ? uids[i - 1] : "", 0, i == MANY - 1);
	}
	assert_true(task_tree_build(&tree, false));
	while ((at = task_tree_next(&tree, at, &depth)) != TASK_NONE)
		assert_int_equal(depth, count++);
	assert_int_equal(count, MANY);
	task_tree_free(&tree);
	free(uids);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(puts_subtasks_below_their_parent),
	    cmocka_unit_test(puts_the_most_urgent_first),
	    cmocka_unit_test(shows_what_is_done_where_it_holds_something_open),
	    cmocka_unit_test(survives_circles),
	    cmocka_unit_test(prefers_its_own_calendar),
	    cmocka_unit_test(goes_deep),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
