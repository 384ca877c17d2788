/* The grammar of expressions, as query.h tells it. */
#include "cal/query_impl.h"

#define DEPTH_MOST 100

struct parser {
	struct str text, rest;
	int flags, depth;
	struct error *err;
};

/* A token at the front of the rest, and where the rest goes on after it. */
struct test_head {
	struct query_want want;
	bool negated;
	struct str after; /* the value begins here; has(): behind it */
	bool has_value;
};

static struct query *
fail(struct parser *parser, struct str at, const char *what)
{
	struct pos pos = {NULL, 0, (size_t)(at.p - parser->text.p) + 1};

	error_set(parser->err, ERR_SYNTAX, pos, "%s", what);
	return NULL;
}

static struct query *
no_memory(struct parser *parser)
{
	error_set(parser->err, ERR_MEMORY, pos_none(), "no memory");
	return NULL;
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

static struct str
skip_blanks(struct str s)
{
	while (s.n && is_blank(s.p[0]))
		s = str_from(s, 1);
	return s;
}

static size_t
name_length(struct str s)
{
	size_t n = 0;

	if (s.n == 0 || !ascii_alpha(s.p[0]))
		return 0;
	while (n < s.n && (ascii_alpha(s.p[n]) || ascii_digit(s.p[n]) ||
			      s.p[n] == '-' || s.p[n] == '_'))
		n++;
	return n;
}

static bool
is_keyword_at(struct str s, struct str word)
{
	return str_istarts(s, word) &&
	       (s.n == word.n || is_blank(s.p[word.n]) || s.p[word.n] == '(' ||
		   s.p[word.n] == ')');
}

static bool
any_keyword(struct str s)
{
	return is_keyword_at(s, STR("and")) || is_keyword_at(s, STR("or")) ||
	       is_keyword_at(s, STR("not"));
}

static struct str
take_name(struct str *rest)
{
	size_t n = name_length(*rest);
	struct str name = str_head(*rest, n);

	*rest = str_from(*rest, n);
	return name;
}

/* "=", "==", "~" and their negations. */
static bool
take_op(struct test_head *head, struct str *rest)
{
	struct str s = *rest;

	head->negated =
	    s.n > 1 && s.p[0] == '!' && (s.p[1] == '=' || s.p[1] == '~');
	if (head->negated)
		s = str_from(s, 1);
	if (s.n == 0 || (s.p[0] != '=' && s.p[0] != '~'))
		return false;
	head->want.op = s.p[0] == '~' ? OP_REGEX : OP_CONTAINS;
	s = str_from(s, 1);
	if (head->want.op == OP_CONTAINS && s.n && s.p[0] == '=') {
		head->want.op = OP_EQUALS;
		s = str_from(s, 1);
	}
	*rest = s;
	return true;
}

/* "PROP", "COMPONENT.PROP", ";PARAM": the part before an operator. */
static bool
take_target(struct query_want *want, struct str *rest)
{
	want->property = take_name(rest);
	if (want->property.n == 0)
		return false;
	if (rest->n > 1 && rest->p[0] == '.') {
		struct str after = str_from(*rest, 1);

		want->component = want->property;
		want->property = take_name(&after);
		if (want->property.n == 0)
			return false;
		*rest = after;
	}
	if (rest->n > 1 && rest->p[0] == ';') {
		struct str after = str_from(*rest, 1);

		want->param = take_name(&after);
		if (want->param.n == 0)
			return false;
		*rest = after;
	}
	return true;
}

/* has(PROP), missing(PROP;PARAM). */
static bool
read_has(struct test_head *head, struct str s)
{
	struct str word = take_name(&s);

	if (!str_ieq(word, STR("has")) && !str_ieq(word, STR("missing")))
		return false;
	if (s.n == 0 || s.p[0] != '(')
		return false;
	s = skip_blanks(str_from(s, 1));
	*head = (struct test_head){.want.op = OP_HAS};
	head->negated = word.n == 7;
	if (!take_target(&head->want, &s))
		return false;
	s = skip_blanks(s);
	if (s.n == 0 || s.p[0] != ')')
		return false;
	head->after = str_from(s, 1);
	return true;
}

/* Whether a test with an operator, or has(), stands at s. */
static bool
read_head(struct test_head *head, struct str s)
{
	struct str bare;

	if (read_has(head, s))
		return true;
	*head = (struct test_head){0};
	if (!take_target(&head->want, &s))
		return false;
	bare = s;
	s = skip_blanks(s);
	if (take_op(head, &s)) {
		head->has_value = true;
		head->after = skip_blanks(s);
		return true;
	}
	/* "DTSTART;TZID" alone: has that parameter. */
	head->want.op = OP_HAS;
	head->after = bare;
	return head->want.param.n &&
	       (bare.n == 0 || is_blank(bare.p[0]) || bare.p[0] == ')');
}

/* --- values --------------------------------------------------------------- */

/* A quoted string; the unescaped text is made in `to`. */
static bool
take_quoted(struct parser *parser, struct str *rest, struct buf *to)
{
	struct str s = str_from(*rest, 1);

	while (s.n && s.p[0] != '"') {
		if (s.p[0] == '\\' && s.n > 1 &&
		    (s.p[1] == '"' || s.p[1] == '\\'))
			s = str_from(s, 1);
		buf_add_char(to, s.p[0]);
		s = str_from(s, 1);
	}
	if (s.n == 0) {
		fail(parser, *rest, "a quoted string that does not end");
		return false;
	}
	*rest = str_from(s, 1);
	return true;
}

/* Where a word of a value ends: at white space, or at a parenthesis that is
 * not its own. In a regular expression blanks within parentheses are its own
 * too. */
static size_t
word_length(struct str s, bool regex)
{
	size_t n = 0, open = 0;

	for (; n < s.n; n++) {
		if (regex && s.p[n] == '\\' && n + 1 < s.n) {
			n++;
			continue;
		}
		if (is_blank(s.p[n]) && !(regex && open))
			break;
		if (s.p[n] == '(')
			open++;
		if (s.p[n] == ')' && open-- == 0)
			break;
	}
	return n;
}

/* An unquoted value: words up to what begins something else. */
static struct str
take_words(struct str *rest, bool regex)
{
	struct str s = *rest, value = {s.p, 0};
	struct test_head head;

	while (s.n && s.p[0] != '"') {
		size_t n = word_length(s, regex);

		if (n == 0 ||
		    (value.n && (any_keyword(s) || read_head(&head, s) ||
				    (s.p[0] == '(' && !regex))))
			break;
		s = str_from(s, n);
		value.n = (size_t)(s.p - value.p);
		*rest = s;
		s = skip_blanks(s);
	}
	return value;
}

static struct query *
make_test(struct parser *parser, struct test_head *head, struct str at)
{
	struct query *query =
	    query_new_test(&head->want, parser->flags, parser->err);

	if (!query) {
		/* The column of a pattern's fault is one of the pattern. */
		parser->err->pos.column += (size_t)(at.p - parser->text.p) +
		                           (parser->err->pos.column == 0);
		return NULL;
	}
	if (!head->negated)
		return query;
	query = query_not(query);
	return query ? query : no_memory(parser);
}

static struct query *
read_value(struct parser *parser, struct test_head *head)
{
	struct str rest = head->after, at = rest;
	struct buf quoted = {0};
	struct query *query = NULL;
	const char *mistake;

	if (rest.n && rest.p[0] == '"') {
		if (!take_quoted(parser, &rest, &quoted))
			goto out;
		head->want.value = quoted.n ? buf_str(&quoted) : STR("");
	} else {
		head->want.value = take_words(&rest, head->want.op == OP_REGEX);
		mistake = query_value_mistake(head->want.value);
		if (mistake) {
			fail(parser, at, mistake);
			goto out;
		}
	}
	parser->rest = rest;
	query = make_test(parser, head, at);
out:
	buf_free(&quoted);
	return query;
}

/* --- the tree ------------------------------------------------------------- */

static struct query *read_or(struct parser *parser);

static struct query *
read_group(struct parser *parser)
{
	struct str at = parser->rest;
	struct query *query;

	if (++parser->depth > DEPTH_MOST) {
		error_set(parser->err, ERR_LIMIT, pos_none(),
		    "parentheses nested deeper than %d", DEPTH_MOST);
		return NULL;
	}
	parser->rest = str_from(parser->rest, 1);
	query = read_or(parser);
	parser->depth--;
	if (!query)
		return NULL;
	parser->rest = skip_blanks(parser->rest);
	if (parser->rest.n && parser->rest.p[0] == ')') {
		parser->rest = str_from(parser->rest, 1);
		return query;
	}
	query_free(query);
	return fail(parser, at, "this parenthesis is not closed");
}

/* Bare text: a quoted string or one word. */
static struct query *
read_text(struct parser *parser)
{
	struct test_head head = {.want.op = OP_CONTAINS};
	struct query_want target = {0};
	struct str at = parser->rest, after = at, word;
	const char *mistake;
	size_t n;

	if (at.p[0] == '"') {
		head.after = at;
		return read_value(parser, &head);
	}
	for (n = 0; n < at.n && !is_blank(at.p[n]) && at.p[n] != '(' &&
		    at.p[n] != ')';)
		n++;
	word = str_head(at, n);
	parser->rest = str_from(at, n);
	if ((str_ieq(word, STR("has")) || str_ieq(word, STR("missing"))) &&
	    parser->rest.n && parser->rest.p[0] == '(')
		return fail(parser, parser->rest,
		    "here goes one property or component, as in has(RRULE), "
		    "has(ATTENDEE;CN), has(VALARM)");
	take_target(&target, &after);
	mistake = query_text_mistake(word, at.n - after.n);
	if (mistake)
		return fail(parser, at, mistake);
	head.want.value = word;
	return make_test(parser, &head, at);
}

static struct query *
read_primary(struct parser *parser)
{
	struct test_head head;

	parser->rest = skip_blanks(parser->rest);
	if (parser->rest.n == 0)
		return fail(parser, parser->rest,
		    "a test is missing here, such as SUMMARY=lunch");
	if (parser->rest.p[0] == ')')
		return fail(parser, parser->rest,
		    "a test is missing before this parenthesis");
	if (parser->rest.p[0] == '(')
		return read_group(parser);
	if (read_head(&head, parser->rest)) {
		if (head.has_value)
			return read_value(parser, &head);
		parser->rest = head.after;
		return make_test(parser, &head, parser->rest);
	}
	if (is_keyword_at(parser->rest, STR("and")) ||
	    is_keyword_at(parser->rest, STR("or")))
		return fail(parser, parser->rest,
		    "a test is missing before this word (quote it to look "
		    "for it)");
	return read_text(parser);
}

static struct query *
read_not(struct parser *parser)
{
	struct query *query;
	bool negated = false;

	for (;;) {
		parser->rest = skip_blanks(parser->rest);
		if (!is_keyword_at(parser->rest, STR("not")))
			break;
		negated = !negated;
		parser->rest = str_from(parser->rest, 3);
	}
	query = read_primary(parser);
	if (!query || !negated)
		return query;
	query = query_not(query);
	return query ? query : no_memory(parser);
}

static struct query *
read_and(struct parser *parser)
{
	struct query *all = read_not(parser), *next;

	while (all) {
		parser->rest = skip_blanks(parser->rest);
		if (parser->rest.n == 0 || parser->rest.p[0] == ')' ||
		    is_keyword_at(parser->rest, STR("or")))
			return all;
		if (is_keyword_at(parser->rest, STR("and")))
			parser->rest = str_from(parser->rest, 3);
		next = read_not(parser);
		if (!next) {
			query_free(all);
			return NULL;
		}
		all = query_and(all, next);
	}
	return parser->err->code ? NULL : no_memory(parser);
}

static struct query *
read_or(struct parser *parser)
{
	struct query *any = read_and(parser), *next;

	while (any) {
		parser->rest = skip_blanks(parser->rest);
		if (!is_keyword_at(parser->rest, STR("or")))
			return any;
		parser->rest = str_from(parser->rest, 2);
		next = read_and(parser);
		if (!next) {
			query_free(any);
			return NULL;
		}
		any = query_or(any, next);
	}
	return parser->err->code ? NULL : no_memory(parser);
}

struct query *
query_parse(struct str text, int flags, struct error *err)
{
	struct parser parser = {.text = text,
	    .rest = text,
	    .flags = flags,
	    .err = err};
	struct query *query;

	*err = (struct error){0};
	query = read_or(&parser);
	if (!query)
		return NULL;
	parser.rest = skip_blanks(parser.rest);
	if (parser.rest.n == 0)
		return query;
	query_free(query);
	return fail(&parser, parser.rest, "a parenthesis too many");
}
