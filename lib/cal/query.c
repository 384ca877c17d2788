#include "cal/query_impl.h"

#include <stdlib.h>

#include "text/fold.h"

#define COUNT(array) (sizeof(array) / sizeof((array)[0]))

/* Where bare text is looked for. */
static const struct str text_names[] = {STR_C("SUMMARY"), STR_C("DESCRIPTION"),
    STR_C("LOCATION")};
static const struct str text_card_names[] = {STR_C("FN"), STR_C("N"),
    STR_C("NICKNAME"), STR_C("ORG"), STR_C("EMAIL"), STR_C("TEL"),
    STR_C("NOTE")};

static const struct str list_names[] = {STR_C("CATEGORIES"), STR_C("RESOURCES"),
    STR_C("NICKNAME"), STR_C("EXDATE"), STR_C("RDATE")};
static const struct str address_names[] = {STR_C("ATTENDEE"),
    STR_C("ORGANIZER")};
static const struct str address_params[] = {STR_C("SENT-BY"),
    STR_C("DELEGATED-TO"), STR_C("DELEGATED-FROM"), STR_C("MEMBER")};

static bool
is_one_of(struct str name, const struct str *names, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (str_ieq(name, names[i]))
			return true;
	return false;
}

static struct query_names
make_names(const struct str *names, size_t count)
{
	struct query_names made = {names, count, 0};

	for (size_t i = 0; i < count; i++)
		made.firsts |= UINT32_C(1) << (names[i].p[0] & 31);
	return made;
}

static struct str
keep(char **memory, struct str s, bool upper)
{
	struct str kept = {*memory, s.n};

	for (size_t i = 0; i < s.n; i++)
		(*memory)[i] = upper ? ascii_upper(s.p[i]) : s.p[i];
	*memory += s.n;
	return kept;
}

static struct str
lowered(struct str s, struct arena *arena)
{
	char *p = arena_alloc(arena, s.n ? s.n : 1);

	for (size_t i = 0; p && i < s.n; i++)
		p[i] = ascii_lower(s.p[i]);
	return (struct str){p, p ? s.n : 0};
}

/* The needle as it will be compared; no pointer where there is no memory. */
static struct str
make_needle(struct query_test *test, struct str value, int flags,
    struct arena *arena)
{
	struct str folded;

	if (test->op == OP_REGEX && flags & QUERY_FOLD) {
		test->compare = CASE_FOLDED;
		return fold_marks(value, arena);
	}
	if (test->op == OP_REGEX)
		return value;
	if (test->is_address) {
		test->needle_at_start = str_istarts(value, STR("mailto:"));
		if (test->needle_at_start)
			value = str_from(value, 7);
		test->compare = CASE_ASCII;
	}
	if (flags & QUERY_FOLD) {
		folded = fold_text(value, arena);
		/* Of marks alone nothing would be left to look for. */
		if (folded.n || !folded.p) {
			test->compare = CASE_FOLDED;
			return folded;
		}
	}
	return test->compare == CASE_ASCII ? lowered(value, arena) : value;
}

static bool
fill_test(struct query_test *test, const struct query_want *want, int flags,
    struct arena *arena, struct error *err)
{
	struct str value = want->value.p ? want->value : STR("");
	struct str needle = make_needle(test, value, flags, arena);
	char *memory = NULL;

	if (needle.p)
		memory = malloc(want->component.n + want->property.n +
				want->param.n + needle.n + 1);
	if (!memory)
		return error_set(err, ERR_MEMORY, pos_none(), "no memory");
	test->memory = memory;
	test->component = keep(&memory, want->component, true);
	test->property = keep(&memory, want->property, true);
	test->param = keep(&memory, want->param, true);
	test->needle = keep(&memory, needle, false);
	test->needle_ascii = fold_is_ascii(needle);
	if (test->op == OP_REGEX)
		test->regex =
		    regex_new(test->needle, test->compare == CASE_FOLDED, err);
	return test->op != OP_REGEX || test->regex;
}

static void
set_names(struct query_test *test)
{
	if (test->property.n) {
		test->names = make_names(&test->property, 1);
		test->card_names = test->names;
		return;
	}
	test->names = make_names(text_names, COUNT(text_names));
	test->card_names = make_names(text_card_names, COUNT(text_card_names));
}

static struct query *
new_node(enum query_kind kind)
{
	struct query *query = calloc(1, sizeof(*query));

	if (query)
		query->kind = kind;
	return query;
}

struct query *
query_new_test(const struct query_want *want, int flags, struct error *err)
{
	struct query *query = new_node(QUERY_TEST);
	struct arena arena;
	struct str name;
	struct query_test *test;
	bool ok;

	if (!query) {
		error_set(err, ERR_MEMORY, pos_none(), "no memory");
		return NULL;
	}
	test = &query->test;
	arena_init(&arena, 0);
	name = want->param.n ? want->param : want->property;
	test->op = want->op;
	test->is_list =
	    !want->param.n && is_one_of(name, list_names, COUNT(list_names));
	test->is_address =
	    want->param.n
		? is_one_of(name, address_params, COUNT(address_params))
		: is_one_of(name, address_names, COUNT(address_names));
	ok = fill_test(test, want, flags, &arena, err);
	arena_free(&arena);
	if (ok) {
		set_names(test);
		return query;
	}
	query_free(query);
	return NULL;
}

struct query *
query_test(struct str property, struct str param, char op, struct str value,
    int flags, struct error *err)
{
	struct query_want want = {.property = property,
	    .param = param,
	    .value = value};
	struct query *query;

	switch (op) {
	case '=':
		want.op = OP_CONTAINS;
		break;
	case 'e':
		want.op = OP_EQUALS;
		break;
	case '~':
		want.op = OP_REGEX;
		break;
	case 'h':
	case 'm':
		want.op = OP_HAS;
		break;
	default:
		error_set(err, ERR_USAGE, pos_none(), "no operator: %c", op);
		return NULL;
	}
	query = query_new_test(&want, flags, err);
	if (query && op == 'm') {
		query = query_not(query);
		if (!query)
			error_set(err, ERR_MEMORY, pos_none(), "no memory");
	}
	return query;
}

static void
append(struct query *list, struct query *query)
{
	if (list->last)
		list->last->next = query;
	else
		list->first = query;
	list->last = query;
}

static struct query *
join(enum query_kind kind, struct query *a, struct query *b)
{
	struct query *list = a;

	if (!a || !b)
		return a ? a : b;
	if (a->kind != kind) {
		list = new_node(kind);
		if (!list) {
			query_free(a);
			query_free(b);
			return NULL;
		}
		append(list, a);
	}
	append(list, b);
	return list;
}

struct query *
query_and(struct query *a, struct query *b)
{
	return join(QUERY_AND, a, b);
}

struct query *
query_or(struct query *a, struct query *b)
{
	return join(QUERY_OR, a, b);
}

struct query *
query_not(struct query *query)
{
	struct query *not = query ? new_node(QUERY_NOT) : NULL;

	if (!not ) {
		query_free(query);
		return NULL;
	}
	append(not, query);
	return not ;
}

void
query_free(struct query *query)
{
	if (!query)
		return;
	for (struct query *child = query->first; child;) {
		struct query *next = child->next;

		query_free(child);
		child = next;
	}
	regex_free(query->test.regex);
	free(query->test.memory);
	free(query);
}
