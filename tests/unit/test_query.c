/* Queries, from the grammar in cal/query.h: what an expression says of one
 * component. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/query_help.h"

struct saying {
	const char *expression;
	bool yes;
};

static void
all_hold(const struct saying *sayings, size_t count, int flags, struct str text)
{
	for (size_t i = 0; i < count; i++)
		if (says(sayings[i].expression, flags, text) != sayings[i].yes)
			fail_msg("%s: should %smatch", sayings[i].expression,
			    sayings[i].yes ? "" : "not ");
	print_message("%zu expressions\n", count);
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
	};

	return cmocka_run_group_tests(tests, query_set_up, query_tear_down);
}
