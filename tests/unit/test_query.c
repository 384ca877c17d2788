/* Queries, from the grammar in cal/query.h: what an expression says of one
 * component, and where a wrong one is wrong. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "cal/query.h"
#include "tests/unit/reader_help.h"

/* clang-format off */
#define EVENT \
	"BEGIN:VEVENT\r\n" \
	"UID:one@example.com\r\n" \
	"SUMMARY:Team lunch\\, monthly\r\n" \
	"DESCRIPTION:Bring your\\nown \"food\" (cold)\\; a\\\\b and so on\r\n" \
	"LOCATION:Room 12\r\n" \
	"status:CONFIRMED\r\n" \
	"COMMENT:f(x)\r\n" \
	"COMMENT:second thoughts\r\n" \
	"CATEGORIES:WORK,Food\\, drinks\r\n" \
	"CATEGORIES;LANGUAGE=fr:REPAS\r\n" \
	"RESOURCES:PROJECTOR,CHAIRS\r\n" \
	"ATTENDEE;CN=\"Doe, Jane\";PARTSTAT=DECLINED;MEMBER=\"mailto:all@x.org\"" \
	",\"mailto:few@x.org\":mailto:Jane@Example.com\r\n" \
	"ATTENDEE;PARTSTAT=ACCEPTED;CN=Bob ^'Bo^' ^^;SENT-BY=\"MAILTO:Boss@x.org" \
	"\":MAILTO:bob@example.com\r\n" \
	"ORGANIZER:chief@example.com\r\n" \
	"DTSTART;TZID=Europe/Paris:20261123T120000\r\n" \
	"EXDATE;TZID=Europe/Paris:20261124T120000,20261125T120000\r\n" \
	"X-LONG-NAME_2:fol\r\n ded he\r\n\tre\r\n" \
	"X-QP;ENCODING=QUOTED-PRINTABLE:caf=C3=A9=\r\n cr=C3=A8me\r\n" \
	"X-EMPTY:\r\n" \
	"X-UNICODE:Stra\303\237e \303\211t\303\251\r\n" \
	"BEGIN:VALARM\r\n" \
	"ACTION:EMAIL\r\n" \
	"TRIGGER;RELATED=END:-PT5M\r\n" \
	"SUMMARY:Ring\r\n" \
	"X-ONLY-HERE:deep\r\n" \
	"END:VALARM\r\n" \
	"BEGIN:VALARM\r\n" \
	"ACTION:DISPLAY\r\n" \
	"END:VALARM\r\n" \
	"END:VEVENT\r\n"
/* clang-format on */

static struct reader reader;
static struct arena arena;
static int fd = -1;

static const struct record *
record_of(struct str text)
{
	struct error err;

	if (fd >= 0)
		close(fd);
	fd = help_file(text);
	reader_open(&reader, fd, "a.ics");
	do
		assert_true(reader_next(&reader, &err));
	while (reader.item != ITEM_RECORD && reader.item != ITEM_NONE);
	assert_int_equal(reader.item, ITEM_RECORD);
	return &reader.record;
}

static bool
says(const char *expression, int flags, struct str text)
{
	struct error err = {0}, trouble = {0};
	struct query *query = query_parse(str_of(expression), flags, &err);
	bool matches;

	if (!query)
		fail_msg("%s: %s", expression, err.message);
	matches = query_matches(query, record_of(text), &arena, &trouble);
	assert_int_equal(trouble.code, ERR_NONE);
	query_free(query);
	arena_reset(&arena);
	return matches;
}

struct saying {
	const char *expression;
	bool yes;
};

static size_t said;

static void
all_hold(const struct saying *sayings, size_t count, int flags, struct str text)
{
	for (size_t i = 0; i < count; i++)
		if (says(sayings[i].expression, flags, text) != sayings[i].yes)
			fail_msg("%s: should %smatch", sayings[i].expression,
			    sayings[i].yes ? "" : "not ");
	said += count;
}

#define HOLD(sayings, flags, text)                                       \
	all_hold(sayings, sizeof(sayings) / sizeof((sayings)[0]), flags, \
	    STR(text))

static void
bare_text(void **state)
{
	static const struct saying sayings[] = {
	    {"lunch", true},
	    {"Lunch", false},
	    {"unc", true},
	    {"Bring", true},
	    {"12", true},
	    {"PROJECTOR", false},
	    {"Ring", false},
	    {"one@example", false},
	    {"lunch Room", true},
	    {"Room lunch", true},
	    {"lunch dinner", false},
	    {"\"Team lunch\"", true},
	    {"\"lunch Team\"", false},
	    {"\"lunch, monthly\"", true},
	    {"\"own \\\"food\\\"\"", true},
	    {"\"(cold);\"", true},
	    {"\"a\\\\b\"", true},
	    {"\"a\\b\"", true},
	    {"\"b and so\"", true},
	    {"\"your\nown\"", true},
	    {"\"yournown\"", false},
	};

	(void)state;
	HOLD(sayings, 0, EVENT);
}

static void
operators(void **state)
{
	static const struct saying sayings[] = {
	    {"SUMMARY=lunch", true},
	    {"summary=lunch", true},
	    {"SUMMARY=LUNCH", false},
	    {"SUMMARY==lunch", false},
	    {"SUMMARY==Team lunch, monthly", true},
	    {"SUMMARY == Team lunch, monthly  ", true},
	    {"SUMMARY=team lunch LOCATION=Room 12", false},
	    {"SUMMARY=Team lunch LOCATION=Room 12", true},
	    {"SUMMARY=Team lunch LOCATION=Room 13", false},
	    {"SUMMARY=Team lunch COMMENT", false},
	    {"SUMMARY!=lunch", false},
	    {"SUMMARY!=dinner", true},
	    {"SUMMARY!==Team", true},
	    {"SUMMARY!==Team lunch, monthly", false},
	    {"SUMMARY~^Team", true},
	    {"SUMMARY~^lunch", false},
	    {"SUMMARY!~^lunch", true},
	    {"SUMMARY~l.nch, +monthly$", true},
	    {"SUMMARY~(lunch|dinner)", true},
	    {"SUMMARY~a (b and c|d)", false},
	    {"SUMMARY~m (l and c|lu)nch", true},
	    {"SUMMARY=Team (Room or nowhere)", true},
	    {"SUMMARY=Team (nowhere)", false},
	    {"COMMENT=(x)", true},
	    {"STATUS=CONFIRMED", true},
	    {"STATUS!=CANCELLED", true},
	    {"NOTHERE=x", false},
	    {"NOTHERE!=x", true},
	    {"NOTHERE==", false},
	    {"X-EMPTY==", true},
	    {"X-EMPTY=\"\"", true},
	    {"X-EMPTY~^$", true},
	    {"SUMMARY~", true},
	    {"NOTHERE~", false},
	    {"COMMENT=f(x)", true},
	    {"COMMENT=f(y)", false},
	    {"COMMENT==second thoughts", true},
	    {"COMMENT!=f(x)", false},
	    {"X-LONG-NAME_2==folded here", true},
	    {"X-QP==caf\303\251cr\303\250me", true},
	    {"SUMMARY=\"lunch\" and LOCATION=\"12\"", true},
	    {"DESCRIPTION=\"b and so\"", true},
	    {"DESCRIPTION=b and so", true},
	    {"DESCRIPTION=b and lunch", true},
	    {"DESCRIPTION=b and supper", false},
	    {"UID=a=b", false},
	    {"X-ONLY-HERE=deep", false},
	    {"SUMMARY=Ring", false},
	};

	(void)state;
	HOLD(sayings, 0, EVENT);
}

static void
keywords(void **state)
{
	static const struct saying sayings[] = {
	    {"lunch and Room", true},
	    {"lunch AND dinner", false},
	    {"dinner or lunch", true},
	    {"dinner Or supper", false},
	    {"not dinner", true},
	    {"NOT lunch", false},
	    {"not not lunch", true},
	    {"not dinner and lunch", true},
	    {"not lunch or Room", true},
	    {"not (lunch or Room)", false},
	    /* and binds before or: x or (y and z). */
	    {"lunch or dinner and supper", true},
	    {"dinner and supper or lunch", true},
	    {"(lunch or dinner) and supper", false},
	    {"lunch or dinner supper", true},
	    {"(lunch or dinner) supper", false},
	    {"lunch (Room or nowhere)", true},
	    {"lunch(Room)", true},
	    {"((lunch))", true},
	    {"SUMMARY=Team and not (CATEGORIES=b or LOCATION=\"Room "
	     "\\\"12\\\"\")",
		true},
	    {"SUMMARY=lunch or dinner", true},
	    {"SUMMARY=dinner or Room", true},
	    {"SUMMARY=lunch not dinner", true},
	    {"SUMMARY=lunch not Room", false},
	    {"\"and\"", true},
	    {"\"or\"", false},
	    {"\"not\"", false},
	    {"android", false},
	    {"orange or lunch", true},
	    {"(SUMMARY=Team lunch) LOCATION=12", true},
	};

	(void)state;
	HOLD(sayings, 0, EVENT);
}

static void
lists_and_parameters(void **state)
{
	static const struct saying sayings[] = {
	    {"CATEGORIES==WORK", true},
	    {"CATEGORIES==REPAS", true},
	    {"CATEGORIES==Food, drinks", true},
	    {"CATEGORIES==Food", false},
	    {"CATEGORIES=Food", true},
	    {"CATEGORIES==drinks", false},
	    {"CATEGORIES==WORK,Food", false},
	    {"CATEGORIES~^W", true},
	    {"CATEGORIES~^F.*s$", true},
	    {"RESOURCES==CHAIRS", true},
	    {"EXDATE==20261125T120000", true},
	    {"EXDATE=20261125", true},
	    {"ATTENDEE;PARTSTAT=DECLINED", true},
	    {"attendee;partstat==ACCEPTED", true},
	    {"ATTENDEE;PARTSTAT==ACCEPT", false},
	    {"ATTENDEE;PARTSTAT=TENTATIVE", false},
	    {"ATTENDEE;PARTSTAT!=TENTATIVE", true},
	    {"ATTENDEE;PARTSTAT!=DECLINED", false},
	    {"ATTENDEE;CN==Doe, Jane", true},
	    {"ATTENDEE;CN==Bob \"\\\"Bo\\\" ^\"", false},
	    {"ATTENDEE;CN==\"Bob \\\"Bo\\\" ^\"", true},
	    {"ATTENDEE;MEMBER==mailto:few@x.org", true},
	    {"ATTENDEE;MEMBER==few@x.org", true},
	    {"ATTENDEE;SENT-BY==boss@X.ORG", true},
	    {"ATTENDEE;SENT-BY=mailto:boss@", true},
	    {"ATTENDEE;CN", true},
	    {"ATTENDEE;RSVP", false},
	    {"DTSTART;TZID", true},
	    {"DTSTART;TZID=Paris", true},
	    {"DTSTART;TZID==Paris", false},
	    {"DTSTART;TZID~^Europe/", true},
	    {"UID;TZID", false},
	    {"CATEGORIES;LANGUAGE==fr", true},
	};

	(void)state;
	HOLD(sayings, 0, EVENT);
}

static void
addresses(void **state)
{
	static const struct saying sayings[] = {
	    {"ATTENDEE==jane@example.com", true},
	    {"ATTENDEE==mailto:JANE@example.COM", true},
	    {"ATTENDEE==MAILTO:bob@example.com", true},
	    {"ATTENDEE==jane", false},
	    {"ATTENDEE=jane@", true},
	    {"ATTENDEE=mailto:jane", true},
	    {"ATTENDEE=BOB", true},
	    {"ATTENDEE=carol", false},
	    {"ORGANIZER==mailto:chief@example.com", true},
	    {"ORGANIZER==Chief@example.com", true},
	    {"ORGANIZER=chief and ATTENDEE=bob", true},
	};

	(void)state;
	HOLD(sayings, 0, EVENT);
}

static void
presence(void **state)
{
	static const struct saying sayings[] = {
	    {"has(UID)", true},
	    {"has(uid)", true},
	    {"HAS( status )", true},
	    {"has(RRULE)", false},
	    {"missing(RRULE)", true},
	    {"missing(UID)", false},
	    {"has(X-EMPTY)", true},
	    {"has(ATTENDEE;CN)", true},
	    {"has(ATTENDEE;RSVP)", false},
	    {"missing(ATTENDEE;RSVP)", true},
	    {"has(VALARM)", true},
	    {"missing(VALARM)", false},
	    {"has(VTODO)", false},
	    {"has(X-ONLY-HERE)", false},
	    {"has(VALARM.X-ONLY-HERE)", true},
	    {"has(VALARM.TRIGGER;RELATED)", true},
	    {"not has(RRULE) and has(UID)", true},
	    {"VALARM.ACTION=EMAIL", true},
	    {"VALARM.ACTION==DISPLAY", true},
	    {"valarm.action==DISPLAY", true},
	    {"VALARM.ACTION==AUDIO", false},
	    {"VALARM.ACTION!=EMAIL", false},
	    {"VALARM.TRIGGER;RELATED==END", true},
	    {"VALARM.SUMMARY=Ring", true},
	    {"VEVENT.SUMMARY=lunch", true},
	    {"VTODO.SUMMARY=lunch", false},
	};

	(void)state;
	HOLD(sayings, 0, EVENT);
}

static void
folding_case(void **state)
{
	static const struct saying sayings[] = {
	    {"LUNCH", true},
	    {"SUMMARY==team LUNCH, Monthly", true},
	    {"SUMMARY~^team", true},
	    {"X-UNICODE==strasse ete", true},
	    {"X-UNICODE=STRASSE", true},
	    {"X-UNICODE~stra.+e \303\211T\303\211", true},
	    {"X-UNICODE=\303\252t", true},
	    {"X-QP=CAFECREME", true},
	    {"categories==work", true},
	    {"ATTENDEE;PARTSTAT==declined", true},
	    {"STATUS!=confirmed", false},
	};

	(void)state;
	HOLD(sayings, QUERY_FOLD, EVENT);
	assert_false(says("X-UNICODE=strasse", 0, STR(EVENT)));
	assert_true(says("X-UNICODE=Stra\303\237e", 0, STR(EVENT)));
}

static void
cards(void **state)
{
	static const struct saying sayings[] = {
	    {"Dupont", true},
	    {"Chef", true},
	    {"+49", true},
	    {"Somewhere", false},
	    {"EMAIL=marie", true},
	    {"item1.EMAIL=marie", true},
	    {"ITEM1.email=marie", true},
	    {"item2.EMAIL=marie", false},
	    {"item2.EMAIL=work", true},
	    {"NICKNAME==Mimi", true},
	    {"NICKNAME==Mi", false},
	    {"has(item2.EMAIL)", true},
	    {"has(item3.EMAIL)", false},
	    {"TEL;TYPE==cell", true},
	};

	(void)state;
	HOLD(sayings, 0,
	    "BEGIN:VCARD\r\nVERSION:3.0\r\nFN:Marie Dupont\r\n"
	    "N:Dupont;Marie;;;\r\nNICKNAME:Mimi,Mia\r\nORG:Almanach;Chefs\r\n"
	    "item1.EMAIL:marie@example.org\r\nitem2.EMAIL:m@work.example\r\n"
	    "TEL;TYPE=home,cell:+49 30 12\r\nADR:;;Somewhere;;;;\r\n"
	    "END:VCARD\r\n");
}

/* Folds at every place, also within names and characters, and every kind of
 * line ending. */
static void
folds(void **state)
{
	static const char *const ends[] = {"\r\n", "\n", "\r"};
	static const char line[] =
	    "SUMMARY;LANGUAGE=fr:d\303\251jeuner\\, tard";
	struct buf text = {0};
	size_t n = 0;

	(void)state;
	for (size_t e = 0; e < 3; e++)
		for (size_t i = 1; i < sizeof(line) - 1; i++) {
			buf_reset(&text);
			buf_printf(&text,
			    "BEGIN:VEVENT%s%.*s%s %s%sEND:VEVENT%s", ends[e],
			    (int)i, line, ends[e], line + i, ends[e], ends[e]);
			assert_true(
			    says("SUMMARY=\"uner, t\"", 0, buf_str(&text)));
			assert_true(says("d\303\251jeuner", 0, buf_str(&text)));
			assert_true(
			    says("SUMMARY;LANGUAGE==fr", 0, buf_str(&text)));
			assert_true(
			    says("summary~^d.+d$", QUERY_FOLD, buf_str(&text)));
			assert_true(
			    says("DEJEUNER", QUERY_FOLD, buf_str(&text)));
			assert_false(
			    says("missing(SUMMARY)", 0, buf_str(&text)));
			n++;
		}
	buf_free(&text);
	print_message("%zu places\n", n);
}

struct mistake {
	const char *expression;
	size_t column;    /* 0: anywhere */
	const char *hint; /* in the message; NULL: may also be right */
};

static void
mistakes(void **state)
{
	static const struct mistake mistakes[] = {
	    {"", 1, ""},
	    {"   ", 0, ""},
	    {"(lunch", 1, ""},
	    {"lunch)", 6, ""},
	    {"lunch and", 0, ""},
	    {"and lunch", 1, ""},
	    {"lunch or or Room", 10, ""},
	    {"not", 0, ""},
	    {"()", 2, ""},
	    {"\"lunch", 1, "does not end"},
	    {"SUMMARY~(lunch", 0, ""},
	    {"SUMMARY~[a", 0, ""},
	    {"has(", 0, ""},
	    {"has()", 4, "has(RRULE)"},
	    {"has(A B)", 0, ""},
	    {"has(UID", 0, ""},
	    {"missing", 0, NULL},
	    {"has(;X)", 4, "has(RRULE)"},
	    {"1ST=x", 0, NULL},
	    {"=x", 1, "missing before"},
	    {"(=x)", 2, "missing before"},
	    {";CN=x", 1, ""},
	    {"ATTENDEE;=x", 0, ""},
	    {"a.b.c.d=x", 0, NULL},
	    {"lunch && Room", 7, "and, or, not"},
	    {"lunch || Room", 7, "and, or, not"},
	    {"! lunch", 1, "and, or, not"},
	    {"DTSTART>=2026-11-23", 1, "-f and -t"},
	    {"lunch DTSTART < 2026", 15, "-f and -t"},
	    {"SUMMARY:lunch", 1, "SUMMARY=text"},
	    {"SUMMARY='lunch'", 9, "double"},
	    {"a=b=c;d", 0, NULL},
	};
	size_t count = sizeof(mistakes) / sizeof(mistakes[0]);

	(void)state;
	for (size_t i = 0; i < count; i++) {
		struct error err = {0};
		struct str text = str_of(mistakes[i].expression);
		struct query *query = query_parse(text, 0, &err);

		if (!mistakes[i].hint) {
			query_free(query);
			continue;
		}
		if (query)
			fail_msg("%s: is no expression",
			    mistakes[i].expression);
		assert_int_equal(err.code, ERR_SYNTAX);
		assert_in_range(err.pos.column, 1, text.n + 1);
		if (mistakes[i].column && mistakes[i].column != err.pos.column)
			fail_msg("%s: column %zu: %s", mistakes[i].expression,
			    err.pos.column, err.message);
		if (!strstr(err.message, mistakes[i].hint) ||
		    strlen(err.message) < 4)
			fail_msg("%s: %s", mistakes[i].expression, err.message);
	}
}

static void
nesting(void **state)
{
	struct buf text = {0};
	struct error err = {0};
	struct query *query;

	(void)state;
	for (size_t i = 0; i < 100000; i++)
		buf_add_str(&text, STR("("));
	query = query_parse(buf_str(&text), 0, &err);
	assert_null(query);
	assert_int_equal(err.code, ERR_LIMIT);
	buf_reset(&text);
	for (size_t i = 0; i < 100000; i++)
		buf_add_str(&text, STR("not "));
	buf_add_str(&text, STR("x"));
	err = (struct error){0};
	query = query_parse(buf_str(&text), 0, &err);
	if (!query)
		assert_int_equal(err.code, ERR_LIMIT);
	query_free(query);
	buf_reset(&text);
	for (size_t i = 0; i < 20000; i++)
		buf_add_str(&text, STR("x or "));
	buf_add_str(&text, STR("lunch"));
	buf_add_char(&text, '\0');
	text.n--;
	assert_true(says(text.p, 0, STR(EVENT)));
	buf_free(&text);
}

/* Tests made without the grammar. */
static void
made(void **state)
{
	static const struct {
		struct str property, param;
		char op;
		struct str value;
		bool yes;
	} tests[] = {
	    {STR_C("UID"), STR_C(""), 'e', STR_C("one@example.com"), true},
	    {STR_C("uid"), STR_C(""), 'e', STR_C("one"), false},
	    {STR_C("CATEGORIES"), STR_C(""), 'e', STR_C("Food, drinks"), true},
	    {STR_C("ATTENDEE"), STR_C("PARTSTAT"), 'e', STR_C("DECLINED"),
		true},
	    {STR_C("ATTENDEE"), STR_C(""), '=', STR_C("BOB@"), true},
	    {STR_C("RRULE"), STR_C(""), 'h', STR_C(""), false},
	    {STR_C("RRULE"), STR_C(""), 'm', STR_C(""), true},
	    {STR_C("VALARM"), STR_C(""), 'h', STR_C(""), true},
	    {STR_C(""), STR_C(""), '=', STR_C("b and so"), true},
	    {STR_C(""), STR_C(""), '~', STR_C("^Room"), true},
	    {STR_C(""), STR_C(""), '~', STR_C("^room"), false},
	};

	(void)state;
	for (size_t i = 0; i < sizeof(tests) / sizeof(tests[0]); i++) {
		struct error err = {0};
		struct query *query = query_test(tests[i].property,
		    tests[i].param, tests[i].op, tests[i].value, 0, &err);

		assert_non_null(query);
		assert_int_equal(query_matches(query, record_of(STR(EVENT)),
				     &arena, &err),
		    tests[i].yes);
		query_free(query);
	}
}

static void
joined(void **state)
{
	struct error err = {0};
	struct query *lunch = query_parse(STR("lunch"), 0, &err);
	struct query *query = query_and(NULL, lunch);

	(void)state;
	assert_ptr_equal(query, lunch);
	query =
	    query_and(query, query_not(query_parse(STR("dinner"), 0, &err)));
	assert_true(query_matches(query, record_of(STR(EVENT)), &arena, &err));
	query = query_or(query_not(query), query_parse(STR("supper"), 0, &err));
	assert_false(query_matches(query, record_of(STR(EVENT)), &arena, &err));
	query_free(query);
	query_free(NULL);
}

static int
set_up(void **state)
{
	struct error err;

	(void)state;
	return reader_init(&reader, -1, "a.ics", &err) ? 0 : -1;
}

static int
tear_down(void **state)
{
	(void)state;
	print_message("%zu sayings\n", said);
	reader_free(&reader);
	arena_free(&arena);
	close(fd);
	return 0;
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(bare_text),
	    cmocka_unit_test(operators),
	    cmocka_unit_test(keywords),
	    cmocka_unit_test(lists_and_parameters),
	    cmocka_unit_test(addresses),
	    cmocka_unit_test(presence),
	    cmocka_unit_test(folding_case),
	    cmocka_unit_test(cards),
	    cmocka_unit_test(folds),
	    cmocka_unit_test(mistakes),
	    cmocka_unit_test(nesting),
	    cmocka_unit_test(made),
	    cmocka_unit_test(joined),
	};

	return cmocka_run_group_tests(tests, set_up, tear_down);
}
