/* What the reader makes of each hard case of the syntax. */
#include "tests/unit/reader_help.h"

#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>

#include <cmocka.h>

static void
take_fault(void *arg, const struct error *err)
{
	static const char *const codes[] = {"none", "syntax", "value", "limit",
	    "cut", "io", "memory"};

	assert_string_equal(err->pos.file, "a.ics");
	assert_int_equal(err->pos.column, 1);
	buf_printf(arg, "!%s@%zu ", codes[err->code], err->pos.line);
}

/* "kind:name@line" of each item, faults before the item that has them. */
static void
reads(struct str text, const char *want)
{
	struct buf got = {0};
	struct reader reader;
	struct error err;
	int fd = help_file(text);

	assert_true(reader_init(&reader, fd, "a.ics", &err));
	reader.report = take_fault;
	reader.report_arg = &got;
	for (;;) {
		assert_true(reader_next(&reader, &err));
		if (reader.item == ITEM_NONE)
			break;
		buf_printf(&got, "%s", trace_kind(reader.item));
		if (reader.item == ITEM_RECORD)
			buf_printf(&got, ":%.*s%s", STR_ARG(reader.record.name),
			    reader.record.cut ? "~" : "");
		buf_printf(&got, "@%zu ", reader.record.pos.line);
		assert_int_equal(reader.record.pos.column, 1);
	}
	assert_true(reader_next(&reader, &err));
	assert_int_equal(reader.item, ITEM_NONE);
	if (got.n)
		got.n--;
	if (!str_eq(buf_str(&got), str_of(want)))
		fail_msg("\"%.*s\"\nreads as  %.*s\nand not   %s",
		    STR_ARG(text), (int)got.n, got.p, want);
	buf_free(&got);
	reader_free(&reader);
	close(fd);
}

#define BEGIN_CAL "BEGIN:VCALENDAR\r\n"
#define END_CAL   "END:VCALENDAR\r\n"
#define EVENT     "BEGIN:VEVENT\r\nUID:1\r\nEND:VEVENT\r\n"

static void
line_ends(void **state)
{
	const char *want = "begin@1 line@2 record:VEVENT@3 end@6";

	(void)state;
	reads(STR(""), "");
	reads(STR(BEGIN_CAL "VERSION:2.0\r\n" EVENT END_CAL), want);
	reads(STR("BEGIN:VCALENDAR\nVERSION:2.0\nBEGIN:VEVENT\nUID:1\n"
		  "END:VEVENT\nEND:VCALENDAR"),
	    want);
	reads(STR("BEGIN:VCALENDAR\rVERSION:2.0\rBEGIN:VEVENT\rUID:1\r"
		  "END:VEVENT\rEND:VCALENDAR\r"),
	    want);
	reads(STR("BEGIN:VCALENDAR\r\r\nVERSION:2.0\r\r\nBEGIN:VEVENT\r\r\n"
		  "UID:1\r\r\nEND:VEVENT\r\r\nEND:VCALENDAR\r\r\n"),
	    want);
	reads(STR("BEGIN:VCALENDAR\nVERSION:2.0\r\nBEGIN:VEVENT\rUID:1\r\r\n"
		  "END:VEVENT\nEND:VCALENDAR\r\n"),
	    want);
}

static void
blank_lines(void **state)
{
	(void)state;
	reads(STR("\r\n\n" BEGIN_CAL "\r\n" EVENT "\n\n" END_CAL "\n"),
	    "text@1 text@2 begin@3 line@4 record:VEVENT@5 line@8 line@9 "
	    "end@10 text@11");
	reads(STR("BEGIN:VEVENT\n\n\nUID:1\n\nEND:VEVENT\n"),
	    "record:VEVENT@1");
	reads(STR(BEGIN_CAL "\r\n blank, then folded\r\n" END_CAL),
	    "begin@1 !syntax@2 line@2 end@4");
}

static void
folds(void **state)
{
	(void)state;
	reads(STR("BEG\r\n IN:VCAL\n\tENDAR\r\nVER\r SION:2\r\n .0\r\nBEGIN\r\n"
		  " :VEVENT\nUID:1\nE\n ND:VEVENT\nEND:VCALENDA\n R"),
	    "begin@1 line@4 record:VEVENT@7 end@12");
	reads(STR(" BEGIN:VCALENDAR\r\n" BEGIN_CAL END_CAL),
	    "text@1 begin@2 end@3");
	reads(STR("\r\n BEGIN:VCALENDAR\r\n" END_CAL), "begin@1 end@3");
	reads(STR(BEGIN_CAL EVENT " \r\n" END_CAL " \r\n \r\n"),
	    "begin@1 record:VEVENT@2 end@6");
	/* Text that looks like BEGIN, folded. */
	reads(STR("BEGIN:VEVENT\r\nA:x\r\n BEGIN:VEVENT\r\n END:VEVENT\r\n"
		  "DESCRIPTION:BEGIN:VEVENT\\nEND:VEVENT\r\nEND:VEVENT\r\n"),
	    "record:VEVENT@1");
	reads(STR(BEGIN_CAL "X:BEGIN:VEVENT\r\n" END_CAL),
	    "begin@1 line@2 end@3");
}

static void
byte_order_marks(void **state)
{
	(void)state;
	reads(STR("\xef\xbb\xbf" BEGIN_CAL END_CAL "\xef\xbb\xbf" BEGIN_CAL
		  "\xef\xbb\xbf" EVENT END_CAL),
	    "begin@1 end@2 begin@3 record:VEVENT@4 end@7");
	reads(STR("\xef\xbb\xbf"), "text@1");
	reads(STR("\xef\xbb" BEGIN_CAL), "text@1");
}

static void
calendars_and_text(void **state)
{
	(void)state;
	reads(STR("Dear all,\n" BEGIN_CAL EVENT END_CAL
		  "-- \n" BEGIN_CAL EVENT END_CAL EVENT "END\n"),
	    "text@1 begin@2 record:VEVENT@3 end@6 text@7 begin@8 "
	    "record:VEVENT@9 end@12 record:VEVENT@13 text@16");
	reads(STR("begin:vcalendar\nBegin:vEvent\nEND:VEVENT\nend:VCALENDAR\n"),
	    "begin@1 record:vEvent@2 end@4");
	reads(STR("BEGIN:VCALENDAR \t\r\nBEGIN: VEVENT\r\nEND:VEVENT \r\n"
		  "END:VCALENDAR \r\n"),
	    "begin@1 record:VEVENT@2 end@4");
	reads(STR("a\0b\nBEGIN:X\nA\0:1\n\0\nEND:X\n\0\0"),
	    "text@1 !syntax@4 record:X@2 text@6");
	reads(STR("BEGIN:X-A.b_c-9\nEND:X-A.b_c-9\nBEGIN:a b\nBEGIN:\nBEGIN\n"),
	    "record:X-A.b_c-9@1 text@3 text@4 text@5");
}

static void
lines_that_are_none(void **state)
{
	(void)state;
	reads(STR(BEGIN_CAL "no colon here\r\nBEGIN:VEVENT\r\nnor here\r\n"
			    "\xff\xfe:x\r\nEND:VEVENT\r\n" END_CAL "nor here"),
	    "begin@1 !syntax@2 line@2 !syntax@4 record:VEVENT@3 end@7 text@8");
}

static void
missing_ends(void **state)
{
	(void)state;
	reads(STR(BEGIN_CAL "BEGIN:VEVENT\nUID:1\n" EVENT END_CAL),
	    "begin@1 !cut@2 record:VEVENT~@2 record:VEVENT@4 end@7");
	reads(STR(BEGIN_CAL "BEGIN:VEVENT\nUID:1\n" END_CAL),
	    "begin@1 !cut@2 record:VEVENT~@2 end@4");
	reads(STR(BEGIN_CAL "BEGIN:VEVENT\nBEGIN:VALARM\nX:1\n" EVENT),
	    "begin@1 !cut@2 record:VEVENT~@2 record:VEVENT@5 !cut@8");
	reads(STR(BEGIN_CAL EVENT BEGIN_CAL EVENT END_CAL),
	    "begin@1 record:VEVENT@2 !cut@5 begin@5 record:VEVENT@6 end@9");
	reads(STR(BEGIN_CAL "BEGIN:VEVENT\nUID:1\n" BEGIN_CAL END_CAL),
	    "begin@1 !cut@2 record:VEVENT~@2 !cut@4 begin@4 end@5");
	reads(STR("BEGIN:VEVENT\nUID:1"), "!cut@1 record:VEVENT~@1");
	reads(STR(BEGIN_CAL "BEGIN:VEVEN"), "begin@1 !cut@2 record:VEVEN~@2 "
					    "!cut@3");
	reads(STR(BEGIN_CAL "BEGIN"), "begin@1 !syntax@2 line@2 !cut@3");
	/* Any component may be asked about in a VPOLL. */
	reads(STR("BEGIN:VPOLL\n" EVENT EVENT "END:VPOLL\n"), "record:VPOLL@1");
}

static void
crossed_ends(void **state)
{
	(void)state;
	reads(STR("BEGIN:VEVENT\nBEGIN:VALARM\nEND:VEVENT\n" EVENT),
	    "!syntax@3 record:VEVENT@1 record:VEVENT@4");
	reads(STR("BEGIN:VEVENT\nBEGIN:VALARM\nEND:VALARM\nEND:VALARM\n"
		  "END:VTODO\nEND:VEVENT\n"),
	    "!syntax@4 !syntax@5 record:VEVENT@1");
	reads(STR(END_CAL "END:VEVENT\n" BEGIN_CAL
			  "END:VEVENT\n" END_CAL END_CAL),
	    "!syntax@1 text@1 !syntax@2 text@2 begin@3 !syntax@4 line@4 end@5 "
	    "!syntax@6 text@6");
}

static void
nesting(void **state)
{
	struct buf text = {0};

	(void)state;
	for (int i = 0; i < LIMIT_NESTING; i++)
		buf_add_str(&text, STR("BEGIN:A\n"));
	for (int i = 0; i < LIMIT_NESTING; i++)
		buf_add_str(&text, STR("END:A\n"));
	reads(buf_str(&text), "record:A@1");
	buf_reset(&text);
	for (int i = 0; i < 1000; i++)
		buf_add_str(&text, STR("BEGIN:A\n"));
	for (int i = 0; i < 1000; i++)
		buf_add_str(&text, STR("END:A\n"));
	buf_add_str(&text, STR(EVENT));
	reads(buf_str(&text), "!limit@17 record:A@1 record:VEVENT@2001");
	/* An END that is missing far below does not take the calendar's. */
	buf_reset(&text);
	buf_add_str(&text, STR(BEGIN_CAL));
	for (int i = 0; i < 30; i++)
		buf_add_str(&text, STR("BEGIN:A\n"));
	buf_add_str(&text, STR(END_CAL BEGIN_CAL END_CAL));
	reads(buf_str(&text),
	    "begin@1 !limit@18 !cut@2 record:A~@2 end@32 begin@33 end@34");
	buf_free(&text);
}

/* vCalendar 1.0: a soft break's next line is text whatever it looks like. */
static void
soft_breaks(void **state)
{
	(void)state;
	reads(STR("BEGIN:VEVENT\nA;ENCODING=QUOTED-PRINTABLE:x=\nEND:VEVENT=\n"
		  "BEGIN:VEVENT\nEND:VEVENT\n"),
	    "record:VEVENT@1");
	reads(STR("BEGIN:VEVENT\nA;QUOTED-PRINTABLE:x=\r\r\n=\r\nb\n"
		  "END:VEVENT\n"),
	    "record:VEVENT@1");
	reads(STR("BEGIN:VEVENT\nA:x=\nEND:VEVENT\n"), "record:VEVENT@1");
	reads(STR("BEGIN:VEVENT\nA;ENCODING=BASE64:QUOTED-PRINTABLE==\n"
		  "END:VEVENT\n"),
	    "record:VEVENT@1");
	/* The word alone says nothing. */
	reads(STR("BEGIN:VEVENT\nX-QUOTED-PRINTABLE:x=\nEND:VEVENT\n"),
	    "record:VEVENT@1");
	reads(STR("BEGIN:VEVENT\nA;X=QUOTED-PRINTABLE:x=\nEND:VEVENT\n"),
	    "record:VEVENT@1");
	reads(STR("BEGIN:VEVENT\nA;X=\";QUOTED-PRINTABLE\":x=\nEND:VEVENT\n"),
	    "record:VEVENT@1");
	reads(STR("BEGIN:VEVENT\nA;X=\"a:b\";ENCODING=\"QUOTED-PRINTABLE\""
		  ":x=\nEND:VEVENT\nEND:VEVENT\n"),
	    "record:VEVENT@1");
	/* An empty line ends it. */
	reads(STR("BEGIN:VEVENT\nA;QUOTED-PRINTABLE:x=\n\nEND:VEVENT\n"),
	    "record:VEVENT@1");
}

static void
cards(void **state)
{
	(void)state;
	reads(STR("BEGIN:VCARD\nFN:a\nEND:VCARD\nBEGIN:VCARD\nEND:VCARD\n"),
	    "record:VCARD@1 record:VCARD@4");
	/* vCard 2.1, 2.4.3 */
	reads(STR("BEGIN:VCARD\nAGENT:\nBEGIN:VCARD\nFN:b\nEND:VCARD\nFN:a\n"
		  "END:VCARD\n"),
	    "record:VCARD@1");
	reads(STR("BEGIN:VCARD\nFN:a\nBEGIN:VCARD\nFN:b\nEND:VCARD\n"
		  "BEGIN:VCARD\nEND:VCARD\n"),
	    "!cut@1 record:VCARD~@1 record:VCARD@3 record:VCARD@6");
}

/* A line above LIMIT_LINE: its first bytes, and all of them copied. */
static void
elided_line(void **state)
{
	struct buf text = {0};
	struct component component;
	struct arena arena = {0};
	struct reader reader;
	struct line line;
	struct error err;
	int fd;

	(void)state;
	buf_add_str(&text, STR("BEGIN:VEVENT\r\nATTACH:"));
	while (text.n < 2 * LIMIT_LINE)
		buf_add_str(&text, STR("0123456789"));
	buf_add_str(&text, STR("\r\nSUMMARY:Tea\r\nEND:VEVENT\r\n"));
	fd = help_file(buf_str(&text));
	assert_true(reader_init(&reader, fd, "a.ics", &err));
	assert_true(reader_next(&reader, &err));
	assert_int_equal(reader.item, ITEM_RECORD);
	assert_true(reader.record.partial);
	assert_int_equal(reader.record.size, text.n);
	assert_int_equal(reader.record.count, 4);
	assert_int_equal(reader.record.marks[1].flags, MARK_ELIDED);
	component_of_record(&component, &reader.record);
	assert_true(component_line(&component, STR("ATTACH"), &line, &arena));
	assert_true(line.value.n > 4000 && line.value.n < LIMIT_LINE);
	assert_true(str_starts(line.value, STR("01234567890123456789")));
	assert_true(component_line(&component, STR("SUMMARY"), &line, &arena));
	assert_true(str_eq(line.value, STR("Tea")));
	assert_int_equal(line.pos.line, 3);
	arena_free(&arena);
	reader_free(&reader);
	close(fd);
	buf_free(&text);
}

static void
large_record(void **state)
{
	struct buf text = {0};

	(void)state;
	while (text.n < LIMIT_RECORD + 3 * LIMIT_LINE)
		buf_add_str(&text, text.n ? STR("X:0123456789012345678901\n")
					  : STR("BEGIN:A\n"));
	buf_add_str(&text, STR("END:A\n" EVENT));
	reads(buf_str(&text), "!limit@671091 record:A@1 record:VEVENT@796921");
	/* What is not looked at has no faults. */
	buf_reset(&text);
	while (text.n < LIMIT_RECORD + 3 * LIMIT_LINE)
		buf_add_str(&text, text.n > LIMIT_RECORD + 2 * LIMIT_LINE
				       ? STR("no content line at all\n")
				   : text.n ? STR("X:0123456789012345678901\n")
					    : STR("BEGIN:A\n"));
	buf_add_str(&text, STR("END:A\nno line\n"));
	reads(buf_str(&text), "!limit@671091 record:A@1 text@800568");
	buf_free(&text);
}

static void
from_where_a_file_stands(void **state)
{
	int fd = help_file(STR("not read\n" BEGIN_CAL END_CAL));
	struct reader reader;
	struct error err;

	(void)state;
	assert_int_equal(lseek(fd, 9, SEEK_SET), 9);
	assert_true(reader_init(&reader, fd, "a.ics", &err));
	for (int pass = 0; pass < 2; pass++) {
		assert_true(reader_next(&reader, &err));
		assert_int_equal(reader.item, ITEM_BEGIN);
		assert_int_equal(reader.record.offset, 0);
		assert_int_equal(reader.calendar, 1);
		if (pass == 0)
			reader_mark(&reader);
		assert_true(reader_next(&reader, &err));
		assert_int_equal(reader.item, ITEM_END);
		if (pass == 0)
			assert_true(reader_rewind(&reader, &err));
	}
	/* Another input with the same memory: calendars count on. */
	reader_open(&reader, fd, "b.ics");
	assert_true(reader_next(&reader, &err));
	assert_string_equal(reader.record.pos.file, "b.ics");
	assert_int_equal(reader.record.pos.line, 1);
	assert_int_equal(reader.calendar, 2);
	reader_free(&reader);
	close(fd);
}

static void
tells_what_cannot_be_read(void **state)
{
	struct reader reader;
	struct error err = {0};
	int fd = open("/", O_RDONLY);

	(void)state;
	assert_true(reader_init(&reader, fd, "a.ics", &err));
	assert_false(reader_next(&reader, &err));
	assert_int_equal(err.code, ERR_IO);
	assert_string_equal(err.pos.file, "a.ics");
	assert_false(reader_next(&reader, &err));
	reader_free(&reader);
	close(fd);
}

/* A file that somebody cuts between reading and copying. */
static void
file_becomes_shorter(void **state)
{
	struct buf text = {0};
	struct reader reader;
	struct error err = {0};
	struct out out;
	int fd, to = spool_file(NULL);

	(void)state;
	buf_add_str(&text, STR("BEGIN:A\n"));
	while (text.n < 4 * LIMIT_LINE)
		buf_add_str(&text, STR("X:0123456789\n"));
	buf_add_str(&text, STR("END:A\n"));
	fd = help_file(buf_str(&text));
	assert_true(reader_init(&reader, fd, "a.ics", &err));
	assert_true(reader_next(&reader, &err));
	assert_int_equal(ftruncate(fd, 1000), 0);
	assert_true(out_init(&out, to));
	assert_false(reader_copy(&reader, &out, &err));
	assert_int_equal(err.code, ERR_IO);
	out_free(&out);
	reader_free(&reader);
	close(fd);
	close(to);
	buf_free(&text);
}

/* Records that have gone by, the last one first, of a file that is read from
 * its middle: before, in and after the window. */
static void
copies_what_has_gone_by(void **state)
{
	struct {
		uint64_t offset, size;
	} records[3];
	struct buf text = {0}, wanted = {0};
	size_t at[4], count = 0;
	struct reader reader;
	struct error err = {0};
	struct out out;
	int fd, to = spool_file(NULL);

	(void)state;
	buf_add_str(&text, STR("not read\n"));
	for (size_t i = 0; i < 3; i++) {
		at[i] = text.n;
		buf_printf(&text, "BEGIN:A\nX:%zu\n", i);
		while (text.n < at[i] + (i == 1 ? 3 * LIMIT_LINE : 300000))
			buf_add_str(&text, STR("X:0123456789\n"));
		buf_add_str(&text, STR("END:A\n"));
	}
	at[3] = text.n;
	fd = help_file(buf_str(&text));
	assert_int_equal(lseek(fd, 9, SEEK_SET), 9);
	assert_true(reader_init(&reader, fd, "a.ics", &err));
	assert_true(reader.seekable);
	while (reader_next(&reader, &err) && reader.item == ITEM_RECORD) {
		records[count].offset = reader.record.offset;
		records[count++].size = reader.record.size;
	}
	assert_int_equal(count, 3);
	assert_true(out_init(&out, to));
	while (count-- > 0) {
		assert_true(reader_copy_range(&reader, records[count].offset,
		    records[count].size, &out, &err));
		buf_add(&wanted, text.p + at[count], at[count + 1] - at[count]);
	}
	assert_true(out_flush(&out));
	assert_true(help_holds(to, buf_str(&wanted)));
	out_free(&out);
	reader_free(&reader);
	close(fd);
	close(to);
	buf_free(&text);
	buf_free(&wanted);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(line_ends),
	    cmocka_unit_test(blank_lines),
	    cmocka_unit_test(folds),
	    cmocka_unit_test(byte_order_marks),
	    cmocka_unit_test(calendars_and_text),
	    cmocka_unit_test(lines_that_are_none),
	    cmocka_unit_test(missing_ends),
	    cmocka_unit_test(crossed_ends),
	    cmocka_unit_test(nesting),
	    cmocka_unit_test(soft_breaks),
	    cmocka_unit_test(cards),
	    cmocka_unit_test(elided_line),
	    cmocka_unit_test(large_record),
	    cmocka_unit_test(from_where_a_file_stands),
	    cmocka_unit_test(tells_what_cannot_be_read),
	    cmocka_unit_test(file_becomes_shorter),
	    cmocka_unit_test(copies_what_has_gone_by),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
