/* The search for alarms: what it costs, and what it does with too many. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "cal/alarm_find.h"
#include "cal/expand.h"
#include "tests/unit/reader_help.h"

#define AT INT64_C(1795507200) /* 2026-11-24T08:00:00Z */

struct looking {
	struct expand expand;
	struct alarm_choice choice;
	struct alarm_find find;
	size_t found, reports;
	int64_t first;
	char message[256];
};

static bool
found(void *arg, const struct alarm_due *due)
{
	struct looking *looking = arg;

	if (looking->found++ == 0)
		looking->first = due->at;
	return true;
}

static bool
series(void *arg, const struct event *master,
    const struct event *const *overrides, size_t count)
{
	struct looking *looking = arg;

	return alarm_find(&looking->find, master, overrides, count);
}

static void
report(void *arg, const struct error *err)
{
	struct looking *looking = arg;

	looking->reports++;
	memcpy(looking->message, err->message, sizeof(err->message));
}

/* The alarms of one component in [from, until); no series may look at more
 * than `limit` instances. */
static struct looking
look(struct str component, int64_t from, int64_t until, uint64_t limit)
{
	struct looking looking = {0};
	struct expand *expand = &looking.expand;
	struct zones *zones = zones_new(NULL);
	struct buf text = {0};
	struct reader reader;
	struct error err;

	buf_add_str(&text, STR("BEGIN:VCALENDAR\n"));
	buf_add_str(&text, component);
	buf_add_str(&text, STR("END:VCALENDAR\n"));
	assert_true(reader_init(&reader, help_file(buf_str(&text)), "t", &err));
	assert_true(expand_init(expand, &reader, 1 << 20, &err));
	expand->options = (struct series_options){.from = from,
	    .until = until,
	    .zone = zone_utc(),
	    .limit = limit};
	expand->types = 1u << EVENT_EVENT | 1u << EVENT_TODO;
	expand->zones = zones;
	expand->series = series;
	expand->report = report;
	expand->arg = &looking;
	looking.find = (struct alarm_find){.from = from,
	    .until = until,
	    .choice = &looking.choice,
	    .context = &expand->context,
	    .series = &expand->options,
	    .found = found,
	    .arg = &looking};
	while (reader_next(&reader, &err) && reader.item != ITEM_NONE)
		if (walk_starts(&expand->walk))
			assert_true(expand_calendar(expand, &err));
	expand_free(expand);
	close(reader.fd);
	reader_free(&reader);
	zones_free(zones);
	buf_free(&text);
	return looking;
}

#define ALARM(lines)                                                   \
	"BEGIN:VALARM\nACTION:DISPLAY\nDESCRIPTION:x\n" lines "\nEND:" \
	"VALARM\n"

/* A minute of a series without end costs some days of it, however far its
 * alarms are from it and from each other. */
static void
endless(void **state)
{
	struct looking looking;

	(void)state;
	looking = look(STR("BEGIN:VEVENT\nUID:1\nDTSTART:19700101T000000Z\n"
			   "RRULE:FREQ=HOURLY\n" ALARM("TRIGGER:-P520W")
			       ALARM("TRIGGER:-PT15M") ALARM("TRIGGER:P3650D")
				   ALARM("TRIGGER:PT0S\nREPEAT:9\nDURATION:"
					 "P400D") "END:VEVENT\n"),
	    AT, AT + 60, 3000);
	assert_int_equal(looking.reports, 0);
	assert_int_equal(looking.found, 12);
	looking = look(STR("BEGIN:VEVENT\nUID:1\nDTSTART:19700101T000000Z\n"
			   "RRULE:FREQ=DAILY\n" ALARM(
			       "TRIGGER;VALUE=DATE-TIME:20261124T080000Z\n"
			       "REPEAT:10000\nDURATION:P1D") "END:VEVENT\n"),
	    AT + 86400, AT + 86460, 3000);
	assert_int_equal(looking.reports, 0);
	assert_int_equal(looking.found, 1);
	assert_true(looking.first == AT + 86400);
}

/* Absolute alarms after a series has ended look back for its last occurrence,
 * but not through all of it. */
static void
ended(void **state)
{
	struct looking looking = look(
	    STR("BEGIN:VEVENT\nUID:1\nDTSTART:19700101T000000Z\n"
		"RRULE:FREQ=HOURLY;UNTIL=20261101T000000Z\n" ALARM(
		    "TRIGGER;VALUE=DATE-TIME:20261124T080000Z") "END:VEVENT\n"),
	    AT, AT + 60, 3000);

	(void)state;
	assert_int_equal(looking.reports, 0);
	assert_int_equal(looking.found, 1);
}

static void
too_many(void **state)
{
	struct buf text = {0};
	struct looking looking;

	(void)state;
	buf_add_str(&text,
	    STR("BEGIN:VEVENT\nUID:1\nDTSTART:20261124T080000Z\n"));
	for (int i = 0; i < LIMIT_ALARMS + 1; i++)
		buf_add_str(&text, STR(ALARM("TRIGGER:PT1S")));
	buf_add_str(&text, STR("END:VEVENT\n"));
	looking = look(buf_str(&text), AT, AT + 60, 0);
	assert_int_equal(looking.found, LIMIT_ALARMS);
	assert_int_equal(looking.reports, 1);
	assert_string_equal(looking.message,
	    "more than 1000 alarms: the rest is not looked at");
	buf_free(&text);
}

/* More stretches than are kept apart become one: slower, but no less. */
static void
many_spans(void **state)
{
	struct buf text = {0};
	struct looking looking;

	(void)state;
	buf_add_str(&text, STR("BEGIN:VEVENT\nUID:1\nDTSTART:20000101T080000Z\n"
			       "RRULE:FREQ=DAILY\n"));
	for (int i = 0; i < 12; i++)
		buf_printf(&text,
		    ALARM("TRIGGER:PT%dM\nREPEAT:500\nDURATION:P10DT1H"), i);
	buf_add_str(&text, STR("END:VEVENT\n"));
	looking = look(buf_str(&text), AT, AT + 60, 0);
	assert_int_equal(looking.reports, 0);
	/* The repetitions that come at this hour: each 24th, to the 500th. */
	assert_int_equal(looking.found, 21);
	buf_free(&text);
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(endless),
	    cmocka_unit_test(ended),
	    cmocka_unit_test(too_many),
	    cmocka_unit_test(many_spans),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
