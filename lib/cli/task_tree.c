#include "cli/task_tree.h"

#include <stdlib.h>

#include "base/memory.h"
#include "cli/lookup.h"

void
task_tree_free(struct task_tree *tree)
{
	free(tree->tasks);
	*tree = (struct task_tree){0};
}

struct task *
task_tree_add(struct task_tree *tree)
{
	struct task *task;

	if (tree->count == tree->room) {
		size_t room = tree->room * 2 + 64;

		task = realloc(tree->tasks, room * sizeof(*task));
		if (!task) {
			memory_note_short();
			return NULL;
		}
		tree->tasks = task;
		tree->room = room;
	}
	task = &tree->tasks[tree->count++];
	*task = (struct task){.parent = TASK_NONE,
	    .child = TASK_NONE,
	    .sibling = TASK_NONE};
	return task;
}

/* --- parents -------------------------------------------------------------- */

/* In one calendar, or (TASK_NONE) in any; TASK_NONE where there is none. Of
 * several of one UID it is the first. */
static size_t
find(const struct task_tree *tree, const struct lookup *lookup, struct str uid,
    size_t calendar)
{
	uint64_t hash = lookup_hash(uid, calendar);
	size_t at = SIZE_MAX, number;

	while ((number = lookup_next(lookup, hash, &at)) != LOOKUP_NONE) {
		const struct agenda_item *item = &tree->tasks[number].item;

		if (str_eq(item->uid, uid) &&
		    (calendar == TASK_NONE || item->number == calendar))
			return number;
	}
	return TASK_NONE;
}

static bool
enter(const struct task_tree *tree, struct lookup *lookup, size_t number,
    size_t calendar)
{
	struct str uid = tree->tasks[number].item.uid;

	return find(tree, lookup, uid, calendar) != TASK_NONE ||
	       lookup_add(lookup, lookup_hash(uid, calendar), number);
}

static size_t
find_near(const struct task_tree *tree, const struct lookup *lookup,
    struct str uid, size_t calendar)
{
	size_t number = find(tree, lookup, uid, calendar);

	return number != TASK_NONE ? number
	                           : find(tree, lookup, uid, TASK_NONE);
}

/* What a task says of its parent goes before what others say. */
static void
take_children(struct task_tree *tree, const struct lookup *lookup,
    size_t number)
{
	struct agenda_item *item = &tree->tasks[number].item;
	struct str rest = item->children, uid;

	while (str_cut(&rest, '\n', &uid)) {
		size_t child = uid.n
		                   ? find_near(tree, lookup, uid, item->number)
		                   : TASK_NONE;

		if (child != TASK_NONE &&
		    tree->tasks[child].item.parent.n == 0 &&
		    tree->tasks[child].parent == TASK_NONE)
			tree->tasks[child].parent = number;
	}
}

static bool
find_parents(struct task_tree *tree)
{
	struct lookup lookup = {0};
	bool ok = true;

	for (size_t i = 0; i < tree->count && ok; i++)
		if (tree->tasks[i].item.uid.n)
			ok = enter(tree, &lookup, i,
				 tree->tasks[i].item.number) &&
			     enter(tree, &lookup, i, TASK_NONE);
	for (size_t i = 0; i < tree->count && ok; i++) {
		struct task *task = &tree->tasks[i];
		struct str uid = task->item.parent;

		if (uid.n)
			task->parent =
			    find_near(tree, &lookup, uid, task->item.number);
	}
	for (size_t i = 0; i < tree->count && ok; i++)
		take_children(tree, &lookup, i);
	lookup_free(&lookup);
	return ok;
}

/* Each walk up marks its way; one that meets its own mark is in a circle. */
static void
cut_circles(struct task_tree *tree)
{
	for (size_t i = 0; i < tree->count; i++) {
		size_t at = i;

		while (at != TASK_NONE && tree->tasks[at].walk == 0) {
			tree->tasks[at].walk = i + 1;
			if (tree->tasks[at].parent != TASK_NONE &&
			    tree->tasks[tree->tasks[at].parent].walk == i + 1)
				tree->tasks[at].parent = TASK_NONE;
			at = tree->tasks[at].parent;
		}
	}
}

/* --- order ---------------------------------------------------------------- */

static int
compare(const void *a, const void *b)
{
	const struct task *one = *(const struct task *const *)a;
	const struct task *other = *(const struct task *const *)b;
	int first = one->item.priority > 0 ? one->item.priority : 10;
	int second = other->item.priority > 0 ? other->item.priority : 10;
	int order;

	if (one->rank != other->rank)
		return one->rank < other->rank ? -1 : 1;
	if (first != second)
		return first < second ? -1 : 1;
	order = str_cmp(one->item.summary, other->item.summary);
	if (order)
		return order;
	return one < other ? -1 : one > other;
}

static int64_t
own_rank(const struct task *task)
{
	if (!task->open)
		return INT64_MAX;
	if (task->item.due)
		return task->item.deadline_at;
	return task->item.undated ? INT64_MAX - 1 : INT64_MAX - 2;
}

/* Goes up from each open one, the most urgent first, so that no task is passed
 * twice. */
static void
raise_parents(struct task_tree *tree, struct task *const *order)
{
	for (size_t i = 0; i < tree->count; i++) {
		int64_t rank = order[i]->rank;
		size_t at = order[i]->open ? order[i]->parent : TASK_NONE;

		while (at != TASK_NONE && (!tree->tasks[at].shown ||
					      tree->tasks[at].rank > rank)) {
			tree->tasks[at].shown = true;
			if (tree->tasks[at].rank > rank)
				tree->tasks[at].rank = rank;
			at = tree->tasks[at].parent;
		}
	}
}

static void
link_all(struct task_tree *tree, struct task *const *order)
{
	tree->root = TASK_NONE;
	for (size_t i = tree->count; i > 0; i--) {
		struct task *task = order[i - 1];
		size_t number = (size_t)(task - tree->tasks);
		size_t *first = &tree->root;

		if (!task->shown)
			continue;
		if (task->parent != TASK_NONE)
			first = &tree->tasks[task->parent].child;
		task->sibling = *first;
		*first = number;
	}
}

bool
task_tree_build(struct task_tree *tree, bool all)
{
	struct task **order = calloc(tree->count + 1, sizeof(*order));

	if (!order || !find_parents(tree)) {
		free(order);
		return false;
	}
	cut_circles(tree);
	for (size_t i = 0; i < tree->count; i++) {
		struct task *task = &tree->tasks[i];

		task->shown = task->open || all;
		task->rank = own_rank(task);
		order[i] = task;
	}
	qsort(order, tree->count, sizeof(*order), compare);
	raise_parents(tree, order);
	qsort(order, tree->count, sizeof(*order), compare);
	link_all(tree, order);
	free(order);
	return true;
}

size_t
task_tree_next(const struct task_tree *tree, size_t at, size_t *depth)
{
	if (at == TASK_NONE) {
		*depth = 0;
		return tree->root;
	}
	if (tree->tasks[at].child != TASK_NONE) {
		++*depth;
		return tree->tasks[at].child;
	}
	while (at != TASK_NONE && tree->tasks[at].sibling == TASK_NONE) {
		at = tree->tasks[at].parent;
		if (at != TASK_NONE)
			--*depth;
	}
	return at == TASK_NONE ? at : tree->tasks[at].sibling;
}
