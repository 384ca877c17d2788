/* A component that has everything, and what queries say of it. Included by
 * tests after cmocka.h, never linked. */
#ifndef KALENDS_TESTS_QUERY_HELP_H
#define KALENDS_TESTS_QUERY_HELP_H

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
	"ATTENDEE;CN=\"Doe, Jane\";PARTSTAT=DECLINED;" \
	"MEMBER=\"mailto:all@x.org\",\"mailto:few@x.org\"" \
	":mailto:Jane@Example.com\r\n" \
	"ATTENDEE;PARTSTAT=ACCEPTED;CN=Bob ^'Bo^' ^^;" \
	"SENT-BY=\"MAILTO:Boss@x.org\":MAILTO:bob@example.com\r\n" \
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

static inline const struct record *
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

static inline bool
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

static inline int
query_set_up(void **state)
{
	struct error err;

	(void)state;
	return reader_init(&reader, -1, "a.ics", &err) ? 0 : -1;
}

static inline int
query_tear_down(void **state)
{
	(void)state;
	reader_free(&reader);
	arena_free(&arena);
	close(fd);
	return 0;
}

#endif
