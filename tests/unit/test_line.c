/* Content lines (RFC 5545, 3.1 and 3.2; RFC 6350, 3.2; RFC 6868). */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "text/line.h"

static struct arena arena;

static void
assert_str(struct str s, struct str want)
{
	if (!str_eq(s, want))
		fail_msg("\"%.*s\" is not \"%.*s\"", STR_ARG(s), STR_ARG(want));
}

/* "group|name|params|value", of a line that parses. */
static void
parses(struct str raw, const char *want)
{
	struct pos pos = {"a.ics", 7, 1};
	struct error err = {0};
	struct buf got = {0};
	struct line line;

	if (!line_parse(&line, raw, pos, &arena, &err))
		fail_msg("%.*s: %s", STR_ARG(raw), err.message);
	assert_ptr_equal(line.raw.p, raw.p);
	assert_int_equal(line.raw.n, raw.n);
	assert_int_equal(line.pos.line, 7);
	buf_add_str(&got, line.group);
	buf_add_char(&got, '|');
	buf_add_str(&got, line.name);
	buf_add_char(&got, '|');
	buf_add_str(&got, line.params);
	buf_add_char(&got, '|');
	buf_add_str(&got, line.value);
	assert_str(buf_str(&got), str_of(want));
	buf_free(&got);
}

static void
plain_lines(void **state)
{
	(void)state;
	parses(STR("SUMMARY:Tea"), "|SUMMARY||Tea");
	parses(STR("SUMMARY:Tea\r\n"), "|SUMMARY||Tea");
	parses(STR("SUMMARY:Tea\n"), "|SUMMARY||Tea");
	parses(STR("SUMMARY:Tea\r"), "|SUMMARY||Tea");
	parses(STR("SUMMARY:Tea\r\r\n"), "|SUMMARY||Tea");
	parses(STR("SUMMARY: Tea \t\r\n"), "|SUMMARY|| Tea \t");
	parses(STR("summary:\r\n"), "|summary||");
	parses(STR("X-A_b-1:a:b;c"), "|X-A_b-1||a:b;c");
	parses(STR("\xef\xbb\xbf"
		   "BEGIN:VCALENDAR\r\n"),
	    "|BEGIN||VCALENDAR");
	parses(STR("item1.EMAIL:x"), "item1|EMAIL||x");
	parses(STR("G-1.x-y;TYPE=a:x"), "G-1|x-y|;TYPE=a|x");
	parses(STR("A:\xff\xfe\xc3"), "|A||\xff\xfe\xc3");
}

/* "Any sequence of CRLF followed immediately by a single linear white-space
 * character is ignored." */
static void
folded_lines(void **state)
{
	(void)state;
	parses(STR("SUMMARY:a\r\n b\n\tc\r d\r\r\n e\r\n"), "|SUMMARY||abcde");
	parses(STR("SUMMARY:a\r\n  b"), "|SUMMARY||a b");
	parses(STR("SUMMARY:a\r\n \r\n \r\n b"), "|SUMMARY||ab");
	parses(STR("SUM\r\n MARY\r\n :a"), "|SUMMARY||a");
	parses(STR("DTSTART\r\n ;TZ\n ID=Eu\r\n\trope/Paris:2\r\n 0"),
	    "|DTSTART|;TZID=Europe/Paris|20");
	parses(STR("S:\xc3\r\n \xa9\r\n \xf0\x9f\r\n \x98\n \x80\r\n"),
	    "|S||\xc3\xa9\xf0\x9f\x98\x80");
	parses(STR("S:a\\\r\n n"), "|S||a\\n");
	parses(STR("it\r\n em1.\r\n TEL:1"), "item1|TEL||1");
	parses(STR("S:a\r\n "), "|S||a");
	parses(STR("S:a=\r\n b"), "|S||a=b");
	parses(STR("\r\n S:a"), "|S||a");
	parses(STR("\xef\xbb\r\n \xbf"
		   "S:a"),
	    "|S||a");
}

static void
nul_is_a_byte(void **state)
{
	struct line line;

	(void)state;
	assert_true(
	    line_parse(&line, STR("A:x\0y\r\n z"), pos_none(), &arena, NULL));
	assert_str(line.value, STR("x\0yz"));
}

static void
quoted_parameters(void **state)
{
	(void)state;
	parses(STR("A;ALTREP=\"http://x:1/;a,b\":v:w"),
	    "|A|;ALTREP=\"http://x:1/;a,b\"|v:w");
	parses(STR("A;CN=\"Doe: J\";B=\"c:d\":mailto:x"),
	    "|A|;CN=\"Doe: J\";B=\"c:d\"|mailto:x");
	/* A quote that is never closed. */
	parses(STR("A;CN=\"Doe:mailto:x"), "|A|;CN=\"Doe|mailto:x");
	/* Quotes of the value are its own. */
	parses(STR("A;CN=x:say \"a:b\""), "|A|;CN=x|say \"a:b\"");
	parses(STR("A:say \"a:b"), "|A||say \"a:b");
}

static void
no_lines(void **state)
{
	static const struct str texts[] = {STR_C(""), STR_C("\r\n"),
	    STR_C(":x"), STR_C(";A=b:c"), STR_C("SUMMARY"),
	    STR_C("SUMMARY;A=b\r\n"), STR_C(" SUMMARY:x"), STR_C("a b:c"),
	    STR_C("A :c"), STR_C("\xc3\xa9:x"), STR_C("\0"), STR_C("."),
	    STR_C("a."), STR_C("a.:x"), STR_C(".a:x"), STR_C("=3D:x"),
	    STR_C("\"a:b\":c")};
	struct pos pos = {"a.ics", 7, 1};

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(*texts); i++) {
		struct error err = {0};
		struct line line;

		assert_false(line_parse(&line, texts[i], pos, &arena, &err));
		assert_int_equal(err.code, ERR_SYNTAX);
		assert_int_equal(err.pos.line, 7);
		assert_ptr_equal(line.raw.p, texts[i].p);
		assert_int_equal(line.raw.n, texts[i].n);
		assert_false(line_parse(&line, texts[i], pos, &arena, NULL));
	}
}

static void
unfolding_needs_memory(void **state)
{
	struct arena small;
	struct error err = {0};
	struct line line;

	(void)state;
	arena_init(&small, 4);
	assert_true(
	    line_parse(&line, STR("A:bcdef"), pos_none(), &small, &err));
	assert_false(
	    line_parse(&line, STR("A:bcd\r\n efgh"), pos_none(), &small, &err));
	assert_int_equal(err.code, ERR_MEMORY);
	arena_free(&small);
}

/* "name=values|..." of ";..." */
static void
walks(struct str params, const char *want)
{
	struct buf got = {0};
	struct param param;

	while (param_next(&params, &param)) {
		struct str rest = param.values, value;
		const char *before = "=";

		buf_add_str(&got, param.name);
		while (param_value_next(&rest, &value)) {
			buf_add_str(&got, str_of(before));
			buf_add_str(&got, value);
			before = "+";
		}
		buf_add_char(&got, '|');
	}
	assert_str(buf_str(&got), str_of(want));
	buf_free(&got);
}

static void
parameters(void **state)
{
	(void)state;
	walks((struct str){NULL, 0}, "");
	walks(STR(""), "");
	walks(STR(";"), "");
	walks(STR(";A=b"), "A=b|");
	walks(STR(";A=b;C=d,e,,f;G="), "A=b|C=d+e++f|G=|");
	walks(STR(";A=\"b;c,d:e=f\",\"g\",h"), "A=b;c,d:e=f+g+h|");
	walks(STR(";;A=b;;"), "A=b|");
	walks(STR(";QUOTED-PRINTABLE;BASE64"), "=QUOTED-PRINTABLE|=BASE64|");
	walks(STR("; A =b"), "A=b|");
	walks(STR(";A=\"\""), "A=|");
	walks(STR(";A=\""), "A=\"|");
	walks(STR(";A=\"b;C=d"), "A=\"b;C=d|");
	walks(STR(";A=b=c"), "A=b=c|");
	walks(STR(";A=^n^^^'"), "A=^n^^^'|");
}

/* RFC 6868, 3.1 and 3.2. */
static void
carets(void **state)
{
	struct str plain = STR("a^");

	(void)state;
	assert_str(param_decode(STR("a^nb"), &arena), STR("a\nb"));
	assert_str(param_decode(STR("^^n"), &arena), STR("^n"));
	assert_str(param_decode(STR("^'x^'"), &arena), STR("\"x\""));
	/* "Other characters following ^": "the sequence is left". */
	assert_str(param_decode(STR("^x^N^"), &arena), STR("^x^N^"));
	assert_str(param_decode(plain, &arena), plain);
	assert_str(param_decode(STR("^\0"), &arena), STR("^\0"));
	plain = STR("no caret");
	assert_ptr_equal(param_decode(plain, &arena).p, plain.p);
}

static void
finds_a_parameter(void **state)
{
	struct line line;
	struct str value;

	(void)state;
	assert_true(line_parse(&line,
	    STR("A;cn=\"George Herman ^'Babe^' Ruth\";B=1,2;B=3;C=;D:x"),
	    pos_none(), &arena, NULL));
	assert_true(line_param(&line, STR("CN"), &arena, &value));
	assert_str(value, STR("George Herman \"Babe\" Ruth"));
	assert_true(line_param(&line, STR("b"), &arena, &value));
	assert_str(value, STR("1"));
	assert_true(line_param(&line, STR("C"), &arena, &value));
	assert_str(value, STR(""));
	assert_false(line_param(&line, STR("D"), &arena, &value));
	assert_false(line_param(&line, STR("E"), &arena, &value));
}

static void
sees_quoted_printable(void **state)
{
	(void)state;
	assert_true(line_is_quoted_printable(STR("A;QUOTED-PRINTABLE:x=")));
	assert_true(line_is_quoted_printable(
	    STR("A;encoding=quoted-printable;B=c:x=")));
	assert_true(line_is_quoted_printable(
	    STR("A;ENCODING=QUO\r\n TED-\n\tPRINTABLE:x=")));
	assert_true(line_is_quoted_printable(
	    STR("A;X=\"a:b\";ENCODING=QUOTED-PRINTABLE,8BIT:x=")));
	assert_true(line_is_quoted_printable(
	    STR("A;X=\"never closed;QUOTED-PRINTABLE:x=")));
	assert_false(line_is_quoted_printable(STR("A;QQUOTED-PRINTABLE:")));
	assert_false(line_is_quoted_printable(STR("A;QUOTED-PRINTABLE8:")));
	assert_false(line_is_quoted_printable(STR("QUOTED-PRINTABLE:x")));
	assert_false(line_is_quoted_printable(STR("A;X=QUOTED-PRINTABLE:")));
	assert_false(line_is_quoted_printable(STR("A:QUOTED-PRINTABLE")));
	assert_false(line_is_quoted_printable(STR("A;QUOTED-PRINT:x")));
	assert_false(line_is_quoted_printable(STR("A;QUOTED PRINTABLE:x")));
	assert_false(line_is_quoted_printable((struct str){NULL, 0}));
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(plain_lines),
	    cmocka_unit_test(folded_lines),
	    cmocka_unit_test(nul_is_a_byte),
	    cmocka_unit_test(quoted_parameters),
	    cmocka_unit_test(no_lines),
	    cmocka_unit_test(unfolding_needs_memory),
	    cmocka_unit_test(parameters),
	    cmocka_unit_test(carets),
	    cmocka_unit_test(finds_a_parameter),
	    cmocka_unit_test(sees_quoted_printable),
	};
	int failed = cmocka_run_group_tests(tests, NULL, NULL);

	arena_free(&arena);
	return failed;
}
