/* Components put away and given back as objects and calendars. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>
#include <stdio.h>
#include <unistd.h>

#include "cal/assemble.h"

static void
keys_keep_uids_apart_and_in_order(void **state)
{
	static const struct str uids[] = {STR_C("\0"), STR_C("\0\0"),
	    STR_C("\0z"), STR_C("\0\xff"), STR_C("a"), STR_C("a\0"),
	    STR_C("a\0\0"), STR_C("a\0b"), STR_C("a\x01"), STR_C("ab"),
	    STR_C("b"), STR_C("\xff"), STR_C("\xff\xff")};
	size_t n = sizeof(uids) / sizeof(*uids);
	struct digest identity = {{0}};
	struct buf keys[sizeof(uids) / sizeof(*uids)] = {0}, uid = {0};

	(void)state;
	for (size_t i = 0; i < n; i++) {
		struct str rest;

		assert_true(object_key(&keys[i], uids[i], &identity));
		rest = buf_str(&keys[i]);
		assert_true(object_key_uid(&rest, &uid));
		assert_int_equal(rest.n, 0);
		assert_true(str_eq(buf_str(&uid), uids[i]));
		for (size_t k = 0; k < i; k++) {
			assert_true(
			    str_cmp(buf_str(&keys[k]), buf_str(&keys[i])) < 0);
			assert_false(
			    str_starts(buf_str(&keys[i]), buf_str(&keys[k])));
		}
	}
	for (size_t i = 0; i < n; i++)
		buf_free(&keys[i]);
	buf_free(&uid);
}

/* --- through and back ----------------------------------------------------- */

struct through {
	struct reader reader;
	struct gather gather;
	struct assembly assembly;
	int fd, complaints;
};

static void
count(void *arg, const struct error *err)
{
	struct through *through = arg;

	(void)err;
	through->complaints++;
}

static void
take_all(struct through *through, FILE *file, size_t memory)
{
	struct gather *gather = &through->gather;
	struct error err;

	*through = (struct through){0};
	assert_int_equal(fflush(file), 0);
	through->fd = fileno(file);
	assert_int_equal(lseek(through->fd, 0, SEEK_SET), 0);
	assert_true(reader_init(&through->reader, through->fd, "test", &err));
	assert_true(gather_init(gather, &through->reader, memory, &err));
	assembly_init(&through->assembly, gather, memory);
	gather->report = count;
	gather->arg = through;
	do {
		assert_true(reader_next(&through->reader, &err));
		assert_true(gather_take(gather, &err));
	} while (through->reader.item != ITEM_NONE);
}

static void
through_free(struct through *through)
{
	assembly_free(&through->assembly);
	gather_free(&through->gather);
	reader_free(&through->reader);
}

static struct str
assembled(struct through *through)
{
	static char text[1 << 16];
	struct error err;
	size_t got, n = 0;

	assert_true(assembly_end(&through->assembly, &err));
	do {
		assert_true(spool_read(&through->assembly.out, n, text + n,
		    sizeof(text) - n, &got, &err));
		n += got;
	} while (got);
	return (struct str){text, n};
}

/* Many objects in little memory: each comes once, with all its components, and
 * its bytes. */
static void
gives_back_what_came(void **state)
{
	enum { OBJECTS = 4000, TIMES = 3 };
	FILE *file = tmpfile();
	struct through through;
	struct gather_object object;
	struct error err;
	size_t objects = 0, bytes = 0, given = 0;

	(void)state;
	fputs("BEGIN:VCALENDAR\n", file);
	for (int t = 0; t < TIMES; t++)
		for (int i = 0; i < OBJECTS; i++)
			bytes += (size_t)fprintf(file,
			    "BEGIN:VEVENT\nUID:%d\nSEQUENCE:%d\nEND:VEVENT\n",
			    i * 7919 % OBJECTS, t);
	fputs("END:VCALENDAR\n", file);
	take_all(&through, file, (size_t)256 << 10);
	while (gather_next(&through.gather, &object, &err)) {
		assert_int_equal(object.count, TIMES);
		for (size_t i = 0; i < object.count; i++) {
			assert_int_equal(object.pieces[i].revision.sequence, i);
			given += object.pieces[i].size;
		}
		objects++;
	}
	assert_int_equal(err.code, ERR_NONE);
	assert_int_equal(objects, OBJECTS);
	assert_int_equal(given, bytes);
	through_free(&through);
	fclose(file);
}

/* A component above the window, and one whose end is missing. */
static void
takes_what_is_large(void **state)
{
	FILE *file = tmpfile();
	struct through through;
	struct gather_object object;
	struct error err;
	size_t large = (size_t)3 << 20;

	(void)state;
	fputs("BEGIN:VCALENDAR\nBEGIN:VEVENT\nUID:big\nATTACH:", file);
	for (size_t i = 0; i < large; i++)
		putc('A', file);
	fputs("\nEND:VEVENT\nBEGIN:VEVENT\nUID:cut\nEND:VCALENDAR\n", file);
	take_all(&through, file, (size_t)1 << 20);
	assert_int_equal(through.complaints, 0);
	assert_true(gather_next(&through.gather, &object, &err));
	assert_true(str_eq(object.uid, STR("big")));
	assert_int_equal(object.count, 1);
	assert_int_equal(object.pieces[0].size, large + 40);
	assert_true(object.pieces[0].newline);
	assert_false(gather_next(&through.gather, &object, &err));
	through_free(&through);
	fclose(file);
}

#define ZONE(id, text) \
	"BEGIN:VTIMEZONE\nTZID:" id "\nX-TEST:" text "\nEND:VTIMEZONE\n"
#define AT(uid, id) \
	"BEGIN:VEVENT\nUID:" uid "\nDTSTART;TZID=" id ":x\nEND:VEVENT\n"
#define HEAD "BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\n"
#define TAIL "END:VCALENDAR\n"

static const struct {
	const char *what, *in, *out;
} cases[] = {
    {"zones that are named, once, before what names them",
	HEAD AT("1", "A") ZONE("B", "b") ZONE("A", "a") AT("2", "A") TAIL,
	HEAD ZONE("A", "a") AT("1", "A") AT("2", "A") TAIL},
    {"calendars that agree share a VCALENDAR",
	HEAD ZONE("A", "a") AT("1", "A") TAIL HEAD ZONE("A", "a") ZONE("B", "b")
	    AT("2", "B") AT("3", "A") TAIL,
	HEAD ZONE("A", "a") ZONE("B", "b") AT("1", "A") AT("2", "B")
	    AT("3", "A") TAIL},
    {"a name for two zones keeps them apart",
	HEAD ZONE("A", "a") AT("1", "A") TAIL HEAD ZONE("A", "other")
	    AT("2", "A") TAIL,
	HEAD ZONE("A", "a") AT("1", "A") TAIL HEAD ZONE("A", "other")
	    AT("2", "A") TAIL},
    {"nobody is given a zone that was not his",
	HEAD AT("1", "A") TAIL HEAD ZONE("A", "a") AT("2", "A") TAIL,
	HEAD AT("1", "A") TAIL HEAD ZONE("A", "a") AT("2", "A") TAIL},
    {"nor loses the one that is",
	HEAD ZONE("A", "a") AT("1", "A") TAIL HEAD AT("2", "A") TAIL,
	HEAD ZONE("A", "a") AT("1", "A") TAIL HEAD AT("2", "A") TAIL},
    {"other lines of the calendar, another VCALENDAR",
	HEAD AT("1", "A") TAIL HEAD "X-A:b\n" AT("2", "A") TAIL,
	HEAD AT("1", "A") TAIL HEAD "X-A:b\n" AT("2", "A") TAIL},
    {"of two definitions the first counts",
	HEAD ZONE("A", "a") ZONE("A", "other") AT("1", "A") TAIL,
	HEAD ZONE("A", "a") AT("1", "A") TAIL},
    {"VERSION and PRODID are added, what is no line is not",
	"BEGIN:VCALENDAR\nno line\n" AT("1", "A") TAIL,
	"BEGIN:VCALENDAR\nVERSION:2.0\n"
	"PRODID:-//kalends//NONSGML kalends//EN\n" AT("1", "A") TAIL},
    {"components of no calendar get one", AT("1", "A") AT("2", "A"),
	"BEGIN:VCALENDAR\nVERSION:2.0\n"
	"PRODID:-//kalends//NONSGML kalends//EN\n" AT("1", "A") AT("2", "A")
	    TAIL},
    {"a missing last line end", HEAD "BEGIN:VEVENT\nUID:1\nEND:VEVENT",
	HEAD "BEGIN:VEVENT\nUID:1\nEND:VEVENT\n" TAIL},
};

static void
assembles(void **state)
{
	size_t n = sizeof(cases) / sizeof(*cases);

	(void)state;
	for (size_t i = 0; i < n; i++) {
		FILE *file = tmpfile();
		struct through through;
		struct gather_object object;
		struct error err;
		struct str out;

		fputs(cases[i].in, file);
		take_all(&through, file, (size_t)1 << 20);
		while (gather_next(&through.gather, &object, &err))
			for (size_t k = 0; k < object.count; k++)
				assert_true(assembly_add(&through.assembly,
				    &object.pieces[k], &err));
		out = assembled(&through);
		if (!str_eq(out, str_of(cases[i].out)))
			fail_msg("%s:\n%.*s", cases[i].what, STR_ARG(out));
		through_free(&through);
		fclose(file);
	}
	print_message("%zu cases\n", n);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(keys_keep_uids_apart_and_in_order),
	    cmocka_unit_test(gives_back_what_came),
	    cmocka_unit_test(takes_what_is_large),
	    cmocka_unit_test(assembles),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
