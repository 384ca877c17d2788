/* Which version of an object is the newer one. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <unistd.h>

#include "cal/revision.h"
#include "text/reader.h"

/* RECURRENCE-ID (0: master), SEQUENCE, DTSTAMP, content. */
struct brief {
	uint64_t recurrence, sequence;
	int64_t stamp;
	char content;
};

static size_t
fill(struct revision *to, const struct brief *from)
{
	size_t n = 0;

	for (; from[n].content; n++) {
		to[n] = (struct revision){.recurrence = from[n].recurrence,
		    .sequence = from[n].sequence,
		    .stamp = from[n].stamp};
		to[n].content = digest_of((struct str){&from[n].content, 1});
	}
	return n;
}

static const struct {
	const char *what;
	struct brief a[4], b[4];
	enum object_order order;
} cases[] = {
    {"the same", {{0, 1, 5, 'x'}}, {{0, 1, 5, 'x'}}, OBJECT_SAME},
    {"the same in another order", {{0, 1, 5, 'x'}, {7, 1, 5, 'y'}},
	{{7, 1, 5, 'y'}, {0, 1, 5, 'x'}}, OBJECT_SAME},
    {"SEQUENCE first", {{0, 2, 1, 'x'}}, {{0, 1, 9, 'y'}}, OBJECT_NEWER},
    {"then DTSTAMP", {{0, 1, 9, 'x'}}, {{0, 1, 5, 'y'}}, OBJECT_NEWER},
    {"no DTSTAMP is the oldest", {{0, 1, INT64_MIN, 'x'}}, {{0, 1, 5, 'y'}},
	OBJECT_OLDER},
    {"another text at one revision", {{0, 1, 5, 'x'}}, {{0, 1, 5, 'y'}},
	OBJECT_CONFLICT},
    {"an override came", {{0, 1, 5, 'x'}, {7, 1, 6, 'y'}}, {{0, 1, 5, 'x'}},
	OBJECT_NEWER},
    {"an override is there", {{0, 1, 5, 'x'}}, {{0, 1, 5, 'x'}, {7, 1, 6, 'y'}},
	OBJECT_OLDER},
    {"the series moved and dropped its override", {{0, 2, 9, 'x'}},
	{{0, 1, 5, 'z'}, {7, 1, 6, 'y'}}, OBJECT_NEWER},
    {"an override as old as the master", {{0, 1, 5, 'x'}, {7, 1, 5, 'y'}},
	{{0, 1, 5, 'x'}}, OBJECT_CONFLICT},
    {"both have gone on", {{0, 2, 9, 'x'}, {7, 1, 6, 'y'}},
	{{0, 1, 5, 'z'}, {7, 1, 8, 'w'}}, OBJECT_CONFLICT},
    {"one override newer, the rest equal", {{0, 1, 5, 'x'}, {7, 2, 6, 'y'}},
	{{0, 1, 5, 'x'}, {7, 1, 8, 'w'}}, OBJECT_NEWER},
    {"an override twice: the newest counts", {{7, 1, 5, 'x'}, {7, 1, 9, 'y'}},
	{{7, 1, 7, 'z'}}, OBJECT_NEWER},
    {"only overrides of other days, later", {{8, 1, 9, 'x'}}, {{7, 1, 5, 'y'}},
	OBJECT_NEWER},
};

static void
orders(void **state)
{
	static const enum object_order turned[] = {OBJECT_SAME, OBJECT_OLDER,
	    OBJECT_NEWER, OBJECT_CONFLICT};
	size_t n = sizeof(cases) / sizeof(*cases);

	(void)state;
	for (size_t i = 0; i < n; i++) {
		struct revision a[4], b[4];
		size_t an = fill(a, cases[i].a), bn = fill(b, cases[i].b);

		if (object_compare(a, an, b, bn) != cases[i].order)
			fail_msg("%s", cases[i].what);
		if (object_compare(b, bn, a, an) != turned[cases[i].order])
			fail_msg("turned around: %s", cases[i].what);
	}
	print_message("%zu cases\n", n);
}

/* --- reading -------------------------------------------------------------- */

static struct revision
read_revision(const char *text, char uid[64])
{
	struct reader reader;
	struct revision revision;
	struct arena arena = {0};
	struct error err;
	struct str s;
	int fd = spool_file(&err);

	assert_true(pwrite(fd, text, strlen(text), 0) == (ssize_t)strlen(text));
	assert_true(reader_init(&reader, fd, "test", &err));
	assert_true(reader_next(&reader, &err));
	assert_int_equal(reader.item, ITEM_RECORD);
	assert_true(revision_read(&revision, &s, &reader.record, &arena));
	assert_true(s.n < 64);
	if (s.n)
		memcpy(uid, s.p, s.n);
	uid[s.n] = '\0';
	arena_free(&arena);
	reader_free(&reader);
	close(fd);
	return revision;
}

static void
reads_what_counts(void **state)
{
	struct revision revision;
	char uid[64];

	(void)state;
	revision = read_revision("BEGIN:VEVENT\r\nUID: a\\,b \r\nSEQUENCE:3\r\n"
				 "DTSTAMP:19700101T000010Z\r\n"
				 "BEGIN:VALARM\r\nUID:inner\r\nSEQUENCE:9\r\n"
				 "END:VALARM\r\nEND:VEVENT\r\n",
	    uid);
	assert_string_equal(uid, "a,b");
	assert_int_equal(revision.sequence, 3);
	assert_int_equal(revision.stamp, 10);
	assert_int_equal(revision.recurrence, 0);
	revision = read_revision("BEGIN:VTODO\nSEQUENCE:many\nDTSTAMP:soon\n"
				 "RECURRENCE-ID:20261123T090000Z\nEND:VTODO\n",
	    uid);
	assert_string_equal(uid, "");
	assert_int_equal(revision.sequence, 0);
	assert_true(revision.stamp == INT64_MIN);
	assert_int_not_equal(revision.recurrence, 0);
}

static void
folds_and_line_ends_are_no_difference(void **state)
{
	static const char *const same[] =
	    {"BEGIN:VEVENT\r\nUID:a\r\nSUMMARY:one two\r\nEND:VEVENT\r\n",
		"BEGIN:VEVENT\nUID:a\nSUMMARY:one two\nEND:VEVENT\n",
		"BEGIN:VEVENT\r\nUID:a\nSUMM\r\n ARY:one\n  two\nEND:VEVENT\n",
		"BEGIN:VEVENT\nUID:a\nSUMMARY:one two\nEND:VEVENT"};
	static const char *const other[] =
	    {"BEGIN:VEVENT\nUID:a\nSUMMARY:onetwo\nEND:VEVENT\n",
		"BEGIN:VEVENT\nSUMMARY:one two\nUID:a\nEND:VEVENT\n"};
	struct revision first, next;
	char uid[64];

	(void)state;
	first = read_revision(same[0], uid);
	for (size_t i = 1; i < sizeof(same) / sizeof(*same); i++) {
		next = read_revision(same[i], uid);
		assert_true(digest_same(&first.content, &next.content));
	}
	for (size_t i = 0; i < sizeof(other) / sizeof(*other); i++) {
		next = read_revision(other[i], uid);
		assert_false(digest_same(&first.content, &next.content));
	}
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(orders),
	    cmocka_unit_test(reads_what_counts),
	    cmocka_unit_test(folds_and_line_ends_are_no_difference),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
