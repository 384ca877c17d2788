#include "cal/query_impl.h"

#include "text/fold.h"

/* One test on one record. */
struct asking {
	const struct query_test *test;
	const struct record *record;
	const struct query_names *names;
	bool is_card;
	bool by_group; /* test->component names a group of a vCard */
	struct arena *arena;
	struct error *trouble;
};

static void
tell(const struct asking *asking, size_t i, enum error_code code,
    const char *what)
{
	struct pos pos = asking->record->pos;

	pos.line += asking->record->marks[i].line;
	if (asking->trouble && asking->trouble->code == ERR_NONE)
		error_set(asking->trouble, code, pos, "%s", what);
}

/* --- values ------------------------------------------------------------- */

static bool
same_but_case(struct str s, struct str lower)
{
	for (size_t i = 0; i < lower.n; i++)
		if (ascii_lower(s.p[i]) != lower.p[i])
			return false;
	return true;
}

static bool
compare(const struct query_test *test, struct str s, bool ascii_case)
{
	struct str needle = test->needle;

	if (test->op == OP_CONTAINS && !test->needle_at_start)
		return (ascii_case ? fold_find_ascii(s, needle)
				   : str_find(s, needle)) != SIZE_MAX;
	if (s.n < needle.n || (test->op == OP_EQUALS && s.n > needle.n))
		return false;
	return ascii_case ? same_but_case(s, needle) : str_starts(s, needle);
}

static bool
fixed_matches(const struct asking *asking, size_t i, struct str value)
{
	const struct query_test *test = asking->test;
	struct str folded;

	if (test->is_address && str_istarts(value, STR("mailto:")))
		value = str_from(value, 7);
	if (test->compare == CASE_KEPT)
		return compare(test, value, false);
	if (test->compare == CASE_ASCII)
		return compare(test, value, true);
	/* Folding changes nothing but the case of ASCII. */
	if (fold_is_ascii(value))
		return test->needle_ascii && compare(test, value, true);
	folded = fold_text(value, asking->arena);
	if (folded.p)
		return compare(test, folded, false);
	tell(asking, i, ERR_MEMORY, "no memory to compare this line");
	return false;
}

static bool
regex_matches(const struct asking *asking, size_t i, struct str value)
{
	const struct query_test *test = asking->test;

	if (test->compare == CASE_FOLDED && value.n) {
		value = fold_marks(value, asking->arena);
		if (!value.p) {
			tell(asking, i, ERR_MEMORY,
			    "no memory to compare this line");
			return false;
		}
	}
	switch (regex_match(test->regex, value)) {
	case REGEX_YES:
		return true;
	case REGEX_LIMIT:
		tell(asking, i, ERR_LIMIT,
		    "the regular expression takes too long on this line");
		break;
	case REGEX_NO:
		break;
	}
	return false;
}

static bool
text_matches(const struct asking *asking, size_t i, struct str text)
{
	return asking->test->op == OP_REGEX ? regex_matches(asking, i, text)
	                                    : fixed_matches(asking, i, text);
}

static bool
is_cut(const struct asking *asking, size_t i)
{
	return asking->record->marks[i].flags & MARK_ELIDED;
}

/* vCalendar 1.0 parts items with semicolons; in RFC 5545 none stands there
 * unescaped, so that both will do for all. */
static bool
list_matches(const struct asking *asking, size_t i, const struct line *line)
{
	struct str rest = line->value;
	struct str part, item;

	while (text_list_next(&rest, ',', &part)) {
		while (text_list_next(&part, ';', &item)) {
			struct line one = *line;

			/* Nobody knows where the last item would end. */
			if (is_cut(asking, i) && !rest.p && !part.p &&
			    asking->test->op == OP_EQUALS)
				return false;
			one.value = item;
			if (text_matches(asking, i,
				line_text(&one, asking->arena)))
				return true;
		}
	}
	return false;
}

static bool
value_matches(const struct asking *asking, size_t i, const struct line *line)
{
	const struct query_test *test = asking->test;
	bool matches = false;

	if (test->op == OP_HAS)
		return true;
	if (test->is_list)
		matches = list_matches(asking, i, line);
	else if (test->op != OP_EQUALS || !is_cut(asking, i))
		matches =
		    text_matches(asking, i, line_text(line, asking->arena));
	if (!matches && is_cut(asking, i))
		tell(asking, i, ERR_LIMIT,
		    "line too long to be looked at beyond its beginning");
	return matches;
}

static bool
param_matches(const struct asking *asking, size_t i, const struct line *line)
{
	const struct query_test *test = asking->test;
	struct str rest = line->params;
	struct param param;

	while (param_next(&rest, &param)) {
		struct str values = param.values, value;

		/* ";WORK" of vCard 2.1 is a type, and there by itself. */
		if (param.name.n == 0) {
			if (test->op == OP_HAS &&
			    str_ieq(param.values, test->param))
				return true;
			param.name = STR("TYPE");
		}
		if (!str_ieq(param.name, test->param))
			continue;
		if (test->op == OP_HAS)
			return true;
		while (param_value_next(&values, &value))
			if (text_matches(asking, i,
				param_decode(value, asking->arena)))
				return true;
	}
	return false;
}

/* --- lines -------------------------------------------------------------- */

static bool
parsed_line_matches(const struct asking *asking, size_t i)
{
	const struct query_test *test = asking->test;
	struct line line;
	struct error err;
	bool parsed;

	err.code = ERR_NONE;
	parsed = record_line(asking->record, i, &line, asking->arena, &err);
	if (!parsed && !is_cut(asking, i)) {
		/* What is no content line has no value to compare. */
		if (err.code == ERR_MEMORY)
			tell(asking, i, ERR_MEMORY,
			    "no memory to look at this line");
		return test->op == OP_HAS && test->param.n == 0;
	}
	if (asking->by_group && !str_ieq(line.group, test->component))
		return false;
	if (test->param.n == 0)
		return value_matches(asking, i, &line);
	if (param_matches(asking, i, &line))
		return true;
	if (!parsed)
		tell(asking, i, ERR_LIMIT,
		    "line too long to be looked at beyond its beginning");
	return false;
}

static bool
begins_with(struct str raw, struct str name)
{
	if (raw.n <= name.n)
		return false;
	for (size_t i = 0; i < name.n; i++)
		if (ascii_upper(raw.p[i]) != name.p[i])
			return false;
	return true;
}

/* Most lines that are asked for are neither folded nor have parameters: those
 * are taken by their bytes. */
static bool
line_matches(const struct asking *asking, size_t i, struct str name)
{
	const struct mark *mark = &asking->record->marks[i];
	struct str raw = {asking->record->text.p + mark->at, mark->size};
	struct line line;

	if (!begins_with(raw, name)) {
		if (!asking->is_card && !(mark->flags & MARK_FOLDED))
			return false;
	} else if (raw.p[name.n] == ':' && !asking->by_group &&
		   !(mark->flags & MARK_FOLDED)) {
		if (asking->test->param.n)
			return false;
		while (raw.p[raw.n - 1] == '\n' || raw.p[raw.n - 1] == '\r')
			raw.n--;
		line = (struct line){.value = str_from(raw, name.n + 1)};
		return value_matches(asking, i, &line);
	}
	return record_line_is(asking->record, i, name) &&
	       parsed_line_matches(asking, i);
}

/* Asks the properties of the component that begins at mark i. */
static bool
component_matches(const struct asking *asking, size_t i)
{
	const struct record *record = asking->record;
	const struct mark *marks = record->marks;
	const struct query_names *names = asking->names;
	unsigned depth = marks[i].depth + 1u;

	for (i++; i < record->count && marks[i].depth >= depth; i++) {
		unsigned char c = (unsigned char)record->text.p[marks[i].at];

		if (marks[i].depth != depth ||
		    marks[i].flags & (MARK_BEGIN | MARK_END | MARK_DEEP))
			continue;
		if (!(names->firsts >> (c & 31) & 1) && !asking->is_card)
			continue;
		for (size_t j = 0; j < names->count; j++)
			if (line_matches(asking, i, names->names[j]))
				return true;
	}
	return false;
}

/* Whether a component begins at mark i that has this name. */
static bool
begins(const struct record *record, size_t i, struct str name)
{
	const struct mark *mark = &record->marks[i];
	struct str raw = {record->text.p + mark->at, mark->size};
	struct component component;
	size_t colon;

	if (!(mark->flags & MARK_BEGIN))
		return false;
	colon = str_find_byte(raw, ':');
	if (colon == SIZE_MAX)
		return false;
	component.name = str_trim(str_from(raw, colon + 1));
	return component_is(&component, name);
}

static bool
test_matches(const struct query_test *test, const struct record *record,
    struct arena *arena, struct error *trouble)
{
	struct asking asking = {.test = test,
	    .record = record,
	    .is_card = str_ieq(record->name, STR("VCARD")),
	    .arena = arena,
	    .trouble = trouble};

	if (record->count == 0)
		return false;
	asking.names = asking.is_card ? &test->card_names : &test->names;
	if (test->component.n == 0 && component_matches(&asking, 0))
		return true;
	if (test->component.n == 0 && (test->op != OP_HAS || test->param.n))
		return false;
	for (size_t i = 0; i < record->count; i++) {
		/* has(VALARM) */
		if (test->component.n == 0 && begins(record, i, test->property))
			return true;
		if (test->component.n && begins(record, i, test->component) &&
		    component_matches(&asking, i))
			return true;
	}
	if (!asking.is_card || test->component.n == 0)
		return false;
	asking.by_group = true;
	return component_matches(&asking, 0);
}

/* --- expressions -------------------------------------------------------- */

/* Whether all (AND) or any (OR) of them match. What could not be looked at is
 * told only where no other child decides alone. */
static bool
joined_matches(const struct query *query, const struct record *record,
    struct arena *arena, struct error *trouble)
{
	bool decides = query->kind == QUERY_OR;
	struct error own;

	own.code = ERR_NONE;
	for (const struct query *child = query->first; child;
	     child = child->next) {
		struct error childs;

		childs.code = ERR_NONE;
		if (query_matches(child, record, arena, &childs) == decides) {
			if (childs.code != ERR_NONE &&
			    trouble->code == ERR_NONE)
				*trouble = childs;
			return decides;
		}
		if (own.code == ERR_NONE && childs.code != ERR_NONE)
			own = childs;
	}
	if (own.code != ERR_NONE && trouble->code == ERR_NONE)
		*trouble = own;
	return !decides;
}

bool
query_matches(const struct query *query, const struct record *record,
    struct arena *arena, struct error *trouble)
{
	switch (query->kind) {
	case QUERY_TEST:
		return test_matches(&query->test, record, arena, trouble);
	case QUERY_NOT:
		return !query_matches(query->first, record, arena, trouble);
	case QUERY_AND:
	case QUERY_OR:
		break;
	}
	return joined_matches(query, record, arena, trouble);
}
