/* Drafts: what is not touched leaves as it came. Depot and ledger with them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tests/unit/reader_help.h"
#include "text/draft.h"
#include "text/record_text.h"
#include "text/refold.h"

/* --- help ----------------------------------------------------------------- */

struct work {
	struct depot depot;
	struct ledger ledger;
	struct reader reader;
	struct arena arena;
	struct draft draft;
	int fd;
};

/* The first component of the text, as a draft. */
static void
begin(struct work *work, struct str text)
{
	struct error err;

	*work = (struct work){.fd = help_file(text)};
	depot_init(&work->depot, 0);
	ledger_init(&work->ledger);
	assert_true(reader_init(&work->reader, -1, NULL, &err));
	reader_open(&work->reader, work->fd, "test");
	do
		assert_true(reader_next(&work->reader, &err));
	while (work->reader.item != ITEM_RECORD);
	assert_true(draft_read(&work->draft, &work->reader, &work->depot,
	    &work->arena, &err));
}

static void
end(struct work *work)
{
	reader_free(&work->reader);
	depot_free(&work->depot);
	ledger_free(&work->ledger);
	arena_free(&work->arena);
	close(work->fd);
}

/* All pieces, one after the other. */
static void
collect(struct work *work, struct buf *out)
{
	struct error err;
	struct fragment piece;
	char chunk[1000];
	size_t got;

	buf_reset(out);
	assert_true(ledger_rewind(&work->ledger, &err));
	while (ledger_next(&work->ledger, &piece, &err))
		for (uint64_t from = 0; from < piece.size; from += got) {
			assert_true(depot_read(&work->depot, &piece, from,
			    chunk, sizeof(chunk), &got, &err));
			buf_add(out, chunk, got);
		}
	assert_int_equal(err.code, ERR_NONE);
}

static void
written(struct work *work, struct str wanted)
{
	struct fragment like = {.kind = 3, .number = 7};
	struct buf out = {0};
	struct error err;

	assert_true(draft_write(&work->draft, &work->depot, &work->ledger,
	    &like, &err));
	collect(work, &out);
	if (!str_eq(buf_str(&out), wanted))
		fail_msg("%.*s\n--- wanted\n%.*s",
		    STR_ARG(str_head(buf_str(&out), 2000)),
		    STR_ARG(str_head(wanted, 2000)));
	buf_free(&out);
}

/* --- drafts --------------------------------------------------------------- */

static const char event[] = "BEGIN:VEVENT\n"
			    "summary\n :a\n"
			    "\n"
			    "dtstart;TZID=\"x\":20261123T090000\n"
			    "no colon\n"
			    "BEGIN:VALARM\n"
			    "TRIGGER:-PT5M\n"
			    "END:VALARM\n"
			    "UID:1\n"
			    "END:VEVENT\n";

static void
untouched_it_is_what_it_was(void **state)
{
	struct work work;

	(void)state;
	begin(&work, str_of(event));
	assert_false(work.draft.changed);
	assert_int_equal(work.draft.lines[3].kind, DRAFT_JUNK);
	assert_int_equal(work.draft.lines[4].kind, DRAFT_BEGIN);
	assert_int_equal(work.draft.lines[6].kind, DRAFT_END);
	assert_int_equal(work.draft.lines[2].line.pos.line, 5);
	written(&work, str_of(event));
	end(&work);
}

static void
only_edited_lines_change(void **state)
{
	struct draft_part whole, alarm;
	struct draft_line *line;
	struct work work;
	size_t at = 1;

	(void)state;
	begin(&work, str_of(event));
	whole = draft_whole(&work.draft);
	assert_null(draft_find(&work.draft, &whole, STR("TRIGGER"), NULL));
	line = draft_find(&work.draft, &whole, STR("DTSTART"), NULL);
	assert_non_null(line);
	draft_set_params(&work.draft, line,
	    draft_param(&work.draft, line->line.params, STR("TZID"),
		STR("a:b")));
	line = draft_find(&work.draft, &whole, STR("UID"), NULL);
	draft_drop(&work.draft, line);
	assert_true(draft_next_part(&work.draft, &at, &alarm));
	assert_true(str_eq(alarm.name, STR("VALARM")));
	line = draft_find(&work.draft, &alarm, STR("TRIGGER"), NULL);
	draft_set_value(&work.draft, line, STR("PT0S"));
	draft_insert(&work.draft, alarm.first + 1, DRAFT_PROPERTY, 2,
	    STR("X-LONG:456789012345678901234567890123456789012345678901234567"
		"89012345678901234567890"),
	    work.draft.pos);
	assert_true(work.draft.changed);
	written(&work,
	    STR("BEGIN:VEVENT\nsummary\n :a\n\n"
		"dtstart;TZID=\"a:b\":20261123T090000\nno colon\n"
		"BEGIN:VALARM\nX-LONG:4567890123456789012345678901234567890123"
		"4567890123456789012345678901\n 234567890\n"
		"TRIGGER:PT0S\nEND:VALARM\nEND:VEVENT\n"));
	end(&work);
}

static void
parameters_are_set_and_removed(void **state)
{
	struct work work;
	struct str params = STR(";A=1;b=\"2;3\";A=4");
	const struct str none = {NULL, 0};

	(void)state;
	begin(&work, str_of(event));
	assert_true(str_eq(draft_param(&work.draft, params, STR("B"), none),
	    STR(";A=1;A=4")));
	assert_true(str_eq(draft_param(&work.draft, params, STR("A"), STR("x")),
	    STR(";A=x;b=\"2;3\"")));
	assert_true(
	    str_eq(draft_param(&work.draft, params, STR("C"), STR("x,y")),
		STR(";A=1;b=\"2;3\";A=4;C=\"x,y\"")));
	end(&work);
}

/* An attachment of three million octets: a line that nobody holds. */
static struct str
large_event(struct buf *buf, bool folded)
{
	buf_reset(buf);
	buf_add_str(buf, STR("BEGIN:VEVENT\r\nUID:1\r\nATTACH:"));
	for (size_t i = 0; i < 3000000; i++) {
		buf_add_char(buf, (char)('a' + i % 26));
		if (folded && i % 60 == 59)
			buf_add_str(buf, STR("\n\t"));
	}
	buf_add_str(buf, STR("\r\nSUMMARY:after\r\nEND:VEVENT\r\n"));
	return buf_str(buf);
}

static void
what_is_too_long_to_hold_passes(void **state)
{
	struct buf folded = {0}, plain = {0}, wanted = {0};
	struct draft_part whole;
	struct work work;
	struct str text, rest, line;
	size_t seen = 0;

	(void)state;
	text = large_event(&folded, true);
	begin(&work, text);
	assert_int_equal(work.draft.lines[2].kind, DRAFT_LONG);
	written(&work, text);
	end(&work);

	/* Edited lines around it, and itself folded anew. */
	begin(&work, text);
	whole = draft_whole(&work.draft);
	draft_set_value(&work.draft,
	    draft_find(&work.draft, &whole, STR("SUMMARY"), NULL), STR("x"));
	work.draft.strict = true;
	rest = large_event(&plain, false);
	while (str_cut(&rest, '\n', &line)) {
		line = str_trim(line);
		if (str_starts(line, STR("SUMMARY")))
			line = STR("SUMMARY:x");
		if (line.n)
			line_write(&wanted, line);
		seen++;
	}
	assert_true(seen >= 5);
	written(&work, buf_str(&wanted));
	end(&work);
	buf_free(&folded);
	buf_free(&plain);
	buf_free(&wanted);
}

/* --- refold --------------------------------------------------------------- */

static void
folds_as_a_whole_line_does(void **state)
{
	static const char text[] =
	    "DESCRIPTION:\xc3\xa9t\xc3\xa9, \xe6\x97\xa5\xe6\x9c\xac\xe8\xaa"
	    "\x9e, \xf0\x9f\x91\xa9\xe2\x80\x8d\xf0\x9f\x94\xac and many more "
	    "of such words, so that a character \xc3\xa9\xc3\xa9\xc3\xa9\xc3"
	    "\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3\xa9\xc3"
	    "\xa9\xc3\xa9\xc3\xa9 lies on each edge there is, or so it seems";
	struct buf wanted = {0}, raw = {0}, out = {0};

	(void)state;
	line_write(&wanted, str_of(text));
	for (size_t fold = 1; fold < 60; fold++) {
		buf_reset(&raw);
		for (size_t i = 0; text[i]; i++) {
			buf_add_char(&raw, text[i]);
			if (i % fold == fold - 1)
				buf_add_str(&raw, STR("\r\n "));
		}
		for (size_t step = 1; step < 40; step += 3) {
			struct refold refold = {0};
			struct str rest = buf_str(&raw);

			buf_reset(&out);
			for (; rest.n; rest = str_from(rest, step))
				assert_true(refold_add(&refold,
				    str_head(rest, step), &out));
			assert_true(refold_end(&refold, &out));
			assert_true(str_eq(buf_str(&out), buf_str(&wanted)));
		}
	}
	buf_free(&wanted);
	buf_free(&raw);
	buf_free(&out);
}

/* --- records of text ------------------------------------------------------ */

static void
a_record_of_text_is_the_readers(void **state)
{
	struct arena arena = {0};
	struct record record;
	struct work work;
	const struct record *read;

	(void)state;
	begin(&work, str_of(event));
	read = &work.reader.record;
	assert_true(record_of_text(&record, str_of(event), read->pos, &arena));
	assert_true(str_eq(record.name, read->name));
	assert_int_equal(record.count, read->count);
	for (size_t i = 0; i < record.count; i++) {
		assert_int_equal(record.marks[i].at, read->marks[i].at);
		assert_int_equal(record.marks[i].depth, read->marks[i].depth);
		assert_int_equal(record.marks[i].flags, read->marks[i].flags);
	}
	assert_false(
	    record_of_text(&record, STR("UID:1\r\n"), read->pos, &arena));
	assert_false(record_of_text(&record, STR(""), read->pos, &arena));
	arena_free(&arena);
	end(&work);
}

/* --- depot and ledger ----------------------------------------------------- */

static void
pieces_that_go_on_are_one(void **state)
{
	struct fragment a = {.at = 0, .size = 10, .ends = 1, .kind = 1};
	struct fragment b = {.at = 10, .size = 5, .ends = 0, .kind = 1};
	struct fragment c = {.at = 15, .size = 5, .ends = 1, .kind = 1};
	struct fragment d = {.at = 20, .size = 5, .ends = 1, .kind = 2};
	struct fragment nothing = {.at = 25}, piece;
	struct ledger ledger;
	struct error err;
	uint64_t place;

	(void)state;
	ledger_init(&ledger);
	assert_true(ledger_add(&ledger, &a, &err));
	assert_true(ledger_add(&ledger, &b, &err));
	assert_true(ledger_add(&ledger, &c, &err)); /* b has no line end */
	assert_true(ledger_add(&ledger, &nothing, &err));
	assert_true(ledger_add(&ledger, &d, &err));
	for (int i = 0; i < 2; i++) {
		assert_true(ledger_rewind(&ledger, &err));
		assert_true(ledger_next(&ledger, &piece, &err));
		assert_int_equal(piece.size, 15);
		place = ledger_place(&ledger);
		for (int k = 0; k < 2; k++) {
			assert_true(ledger_next(&ledger, &piece, &err));
			assert_int_equal(piece.at, 15);
			assert_true(ledger_next(&ledger, &piece, &err));
			assert_int_equal(piece.kind, 2);
			assert_false(ledger_next(&ledger, &piece, &err));
			assert_int_equal(err.code, ERR_NONE);
			ledger_go(&ledger, place);
		}
	}
	assert_true(ledger_reset(&ledger, &err));
	assert_true(ledger_rewind(&ledger, &err));
	assert_false(ledger_next(&ledger, &piece, &err));
	ledger_free(&ledger);
}

static void
a_long_list_goes_to_disk_and_back(void **state)
{
	struct ledger ledger;
	struct fragment piece = {0};
	struct error err;
	uint64_t count = 100000, at = 0;

	(void)state;
	ledger_init(&ledger);
	for (uint64_t i = 0; i < count; i++) {
		piece = (struct fragment){.at = i * 3, .size = 2, .number = i};
		assert_true(ledger_add(&ledger, &piece, &err));
	}
	assert_true(ledger.list.fd >= 0);
	assert_true(ledger_rewind(&ledger, &err));
	while (ledger_next(&ledger, &piece, &err))
		assert_int_equal(piece.number, at++);
	assert_int_equal(at, count);
	ledger_free(&ledger);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(untouched_it_is_what_it_was),
	    cmocka_unit_test(only_edited_lines_change),
	    cmocka_unit_test(parameters_are_set_and_removed),
	    cmocka_unit_test(what_is_too_long_to_hold_passes),
	    cmocka_unit_test(folds_as_a_whole_line_does),
	    cmocka_unit_test(a_record_of_text_is_the_readers),
	    cmocka_unit_test(pieces_that_go_on_are_one),
	    cmocka_unit_test(a_long_list_goes_to_disk_and_back),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
