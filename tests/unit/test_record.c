/* Records and their components. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/reader_help.h"

static struct reader reader;
static struct arena arena;
static int fd = -1;

/* The first record of a text. */
static const struct record *
first(struct str text)
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

static void
describe(const struct component *component, struct buf *out)
{
	struct component child;
	struct line line;
	size_t at = 0;

	buf_add_char(out, '(');
	while (component_next_line(component, &at, &line, &arena)) {
		buf_add_str(out, line.name);
		buf_printf(out, "=%.*s@%zu ", STR_ARG(line.value),
		    line.pos.line);
	}
	at = 0;
	while (component_next_child(component, &at, &child))
		describe(&child, out);
	buf_add_char(out, ')');
}

static void
is_made_of(struct str text, const char *want)
{
	struct component component;
	struct buf got = {0};

	component_of_record(&component, first(text));
	describe(&component, &got);
	if (!str_eq(buf_str(&got), str_of(want)))
		fail_msg("%.*s\nis not %s", (int)got.n, got.p, want);
	buf_free(&got);
}

static void
components_hold_their_own(void **state)
{
	(void)state;
	is_made_of(STR("BEGIN:VEVENT\nA:1\nEND:VEVENT\n"), "(A=1@2 )");
	is_made_of(STR("\n\nBEGIN:VCALENDAR\nBEGIN:VEVENT\nA:1\n"
		       "BEGIN:VALARM\nB:\n 2\nEND:VALARM\nC:3\n\n"
		       "BEGIN:VALARM\nEND:VALARM\nD:4\nEND:VEVENT\n"),
	    "(A=1@5 C=3@10 D=4@14 (B=2@7 )())");
	is_made_of(STR("BEGIN:A\nBEGIN:B\nBEGIN:C\nX:1\nEND:C\nY:2\nEND:B\n"
		       "BEGIN:B\nEND:B\nZ:3\nEND:A\n"),
	    "(Z=3@10 (Y=2@6 (X=1@4 ))())");
	/* No content line: left out. */
	is_made_of(STR("BEGIN:A\nnothing\n:\n=\nX:1\n\nEND:A\n"), "(X=1@5 )");
	/* Cut off, or an END missing inside. */
	is_made_of(STR("BEGIN:A\nX:1\nBEGIN:B\nY:2"), "(X=1@2 (Y=2@4 ))");
	is_made_of(STR("BEGIN:A\nBEGIN:B\nY:2\nEND:A\n"), "((Y=2@3 ))");
	is_made_of(STR("BEGIN:A"), "()");
}

/* "Not interpreted" below LIMIT_NESTING. */
static void
depth_is_limited(void **state)
{
	struct buf text = {0};
	struct component component, child;
	size_t depth = 1, at = 0;

	(void)state;
	for (int i = 0; i < 20; i++)
		buf_add_str(&text, STR("BEGIN:X\nA:1\n"));
	for (int i = 0; i < 20; i++)
		buf_add_str(&text, STR("END:X\n"));
	component_of_record(&component, first(buf_str(&text)));
	assert_int_equal(component.record->size, text.n);
	assert_false(component.record->cut);
	while (component_next_child(&component, &at, &child)) {
		component = child;
		at = 0;
		depth++;
	}
	assert_int_equal(depth, LIMIT_NESTING);
	buf_free(&text);
}

static bool
child_is(struct str text, struct str name)
{
	struct component component, child;
	size_t at = 0;

	component_of_record(&component, first(text));
	assert_true(component_next_child(&component, &at, &child));
	return component_is(&child, name);
}

static void
names_may_be_folded(void **state)
{
	struct component component;

	(void)state;
	component_of_record(&component,
	    first(STR("BEG\n IN:VEV\r\n ENT\nEND:VEVENT\n")));
	assert_true(component_is(&component, STR("VEVENT")));
	assert_true(child_is(STR("BEGIN:A\nBEGIN:VAL\n ARM\nEND:VALARM\n"),
	    STR("VALARM")));
	assert_true(child_is(STR("BEGIN:A\nBE\r\n GIN\n\t:V\r ALARM\n"),
	    STR("VALARM")));
	assert_true(child_is(STR("BEGIN:A\nbegin:vAlarm \n"), STR("VALARM")));
	assert_true(child_is(STR("BEGIN:A\n\n BEGIN:VALARM\n"), STR("VALARM")));
	assert_true(child_is(STR("BEGIN:A\n\xef\xbb\xbf"
				 "BEGIN:VALARM\n"),
	    STR("VALARM")));
	assert_false(child_is(STR("BEGIN:A\nBEGIN:VALARMS\n"), STR("VALARM")));
	assert_false(child_is(STR("BEGIN:A\nBEGIN:VALAR\n"), STR("VALARM")));
}

/* Whether the second line of a component has this name: the fast look and
 * the split line agree. */
static bool
second_is(const char *begin, struct str raw, struct str name)
{
	struct buf text = {0};
	const struct record *record;
	struct line line;
	bool is, found;
	struct component component;

	buf_printf(&text, "BEGIN:%s\r\n", begin);
	buf_add_str(&text, raw);
	buf_printf(&text, "\r\nEND:%s\r\n", begin);
	record = first(buf_str(&text));
	is = record_line_is(record, 1, name);
	component_of_record(&component, record);
	found = component_line(&component, name, &line, &arena);
	assert_int_equal(is, found);
	if (found)
		assert_true(str_ieq(line.name, name));
	buf_free(&text);
	return is;
}

static void
looks_at_names(void **state)
{
	(void)state;
	assert_true(second_is("A", STR("UID:1"), STR("UID")));
	assert_true(second_is("A", STR("uId;x=1:1"), STR("UID")));
	assert_true(second_is("A", STR("U\r\n ID:1"), STR("UID")));
	assert_true(second_is("A", STR("UID\r\n :1"), STR("UID")));
	assert_true(second_is("A", STR("UID\n\t;X=\n y:1"), STR("UID")));
	assert_true(second_is("A", STR("UI\r\n \r\n D:1"), STR("UID")));
	assert_true(second_is("A", STR("\xef\xbb\xbfUID:1"), STR("UID")));
	assert_true(second_is("A", STR("\r\n UID:1"), STR("UID")));
	assert_false(second_is("A", STR("UIDS:1"), STR("UID")));
	assert_false(second_is("A", STR("U\r\n IDS:1"), STR("UID")));
	assert_false(second_is("A", STR("UI:1"), STR("UID")));
	assert_false(second_is("A", STR("UI\r\n :1"), STR("UID")));
	assert_false(second_is("A", STR("X:UID"), STR("UID")));
	assert_false(second_is("A", STR("XUID:1"), STR("UID")));
	/* iCalendar has no groups. */
	assert_false(second_is("A", STR("G.UID:1"), STR("UID")));
	assert_false(second_is("A", STR("G.\r\n UID:1"), STR("UID")));
	assert_false(second_is("A", STR("U.UID\r\n :1"), STR("UID")));
}

/* RFC 6350, 3.3: [group "."] name */
static void
looks_behind_groups(void **state)
{
	(void)state;
	assert_true(second_is("VCARD", STR("EMAIL:x"), STR("EMAIL")));
	assert_true(second_is("VCARD", STR("item1.EMAIL:x"), STR("EMAIL")));
	assert_true(second_is("vcard", STR("i-1.email;A=b:x"), STR("EMAIL")));
	assert_true(
	    second_is("VCARD", STR("item1.EMA\r\n IL:x"), STR("EMAIL")));
	assert_true(
	    second_is("VCARD", STR("it\r\n em1.EMAIL:x"), STR("EMAIL")));
	assert_true(second_is("VCARD", STR("EMAIL.EMAIL:x"), STR("EMAIL")));
	assert_true(second_is("VCARD", STR("EMA.EMAIL:x"), STR("EMAIL")));
	assert_true(
	    second_is("VCARD", STR("EMAIL.EM\r\n AIL:x"), STR("EMAIL")));
	assert_true(second_is("VCARD", STR("my_1.EMAIL:x"), STR("EMAIL")));
	assert_false(second_is("VCARD", STR("EMAIL.TEL:x"), STR("EMAIL")));
	assert_false(second_is("VCARD", STR("item1.EMAILS:x"), STR("EMAIL")));
	assert_false(second_is("VCARD", STR(".EMAIL:x"), STR("EMAIL")));
	assert_false(second_is("VCARD", STR("TEL:a.EMAIL:x"), STR("EMAIL")));
}

/* The lines of a component are walked to their end or not at all. */
static void
walking_needs_memory(void **state)
{
	struct component component;
	struct arena small;
	struct line line;
	size_t at = 0;

	(void)state;
	component_of_record(&component,
	    first(STR("BEGIN:A\nX:0123456789\n 0123456789\nY:1\nEND:A\n")));
	arena_init(&small, 8);
	assert_false(component_next_line(&component, &at, &line, &small));
	assert_false(component_line(&component, STR("X"), &line, &small));
	arena_free(&small);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(components_hold_their_own),
	    cmocka_unit_test(depth_is_limited),
	    cmocka_unit_test(names_may_be_folded),
	    cmocka_unit_test(looks_at_names),
	    cmocka_unit_test(looks_behind_groups),
	    cmocka_unit_test(walking_needs_memory),
	};
	int failed;

	if (!reader_init(&reader, -1, "a.ics", NULL))
		return 1;
	failed = cmocka_run_group_tests(tests, NULL, NULL);
	reader_free(&reader);
	arena_free(&arena);
	return failed;
}
