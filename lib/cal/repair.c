#include "cal/repair_impl.h"

#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>

struct repair_row {
	struct repair_info info;
	void (*fix)(struct repair *repair, struct draft *draft);
	bool named; /* done only where it is named */
};

/* In the order in which they are done. Those without a function are done where
 * the whole calendar is known. */
static const struct repair_row rows[] = {
    {{"encoding",
	 "bytes that are not UTF-8 are Windows-1252, no control characters",
	 "Outlook to 2007, old PHP feeds"},
	repair_encoding, false},
    {{"blanks", "no blanks before the colon of a property",
	 "feeds written by hand"},
	repair_blanks, false},
    {{"colon", "TRIGGER:VALUE=DATE-TIME:... gets its semicolon",
	 "spatie/calendar-links to 2024"},
	repair_colon, false},
    {{"line-break", "a line without a name belongs to the one before",
	 "Scientia Syllabus+, SilverStripe, web sites"},
	repair_line_break, false},
    {{"end", "a missing END is added, one too many left out",
	 "transfers cut short, templates"},
	repair_end, false},
    {{"version", "VERSION and PRODID are added", "feeds written by hand"}, NULL,
	false},
    {{"method", "no METHOD in a component, none twice",
	 "OParl (Dresden), templates"},
	repair_method, false},
    {{"zone-name", "an undefined Windows or prefixed TZID gets its IANA name",
	 "Exchange (published calendars)"},
	NULL, false},
    {{"zone-offset", "TZOFFSETFROM is added, -500 is -0500",
	 "Outlook for Mac, HumHub"},
	repair_zone_offset, false},
    {{"zone-empty", "a VTIMEZONE with nothing in it is left out",
	 "KDE Kalendar (libkcal)"},
	repair_zone_empty, false},
    {{"date-form",
	 "2026-11-23, 20261123T0900, 2026-11-23T:: as RFC 5545 has "
	 "it",
	 "Thunderbird caches, web sites"},
	repair_date_form, false},
    {{"value", "VALUE says what the value is: DATE or DATE-TIME",
	 "Facebook, CalendarLabs, Fossify, Tuta"},
	repair_value, false},
    {{"utc", "no TZID on a time in UTC or a date, TZID=UTC is Z",
	 "eluceo/ical, spatie, ts-ics, rrule"},
	repair_utc, false},
    {{"stamp", "DTSTAMP is there; it, CREATED, LAST-MODIFIED are in UTC",
	 "ownCloud, HumHub, spatie, TYPO3 news"},
	repair_stamp, false},
    {{"all-day", "midnight to midnight marked as all day is a DATE",
	 "Exchange, Outlook"},
	repair_all_day, false},
    {{"end-type", "DTEND is of DTSTART's type, and no DURATION beside it",
	 "web sites"},
	repair_end_type, false},
    {{"end-before", "no DTEND before DTSTART",
	 "TYPO3 calendarize, OParl (Dresden)"},
	repair_end_before, false},
    {{"duration", "P is PT0S, PT1D is P1D, P90M is PT90M",
	 "Thunderbird, isitdaytime.com, OHM-Web"},
	repair_duration, false},
    {{"rule", "RRULE without blanks and empty parts, COUNT or UNTIL",
	 "Google, CalReply, Exchange, rrule.js"},
	repair_rule, false},
    {{"until", "UNTIL is of DTSTART's type, in UTC where that has a zone",
	 "iOS, rrule.js, Outlook"},
	repair_until, false},
    {{"exdate", "EXDATE names times where DTSTART is one",
	 "Simple Calendar, Fossify, ical-generator"},
	repair_exdate, false},
    {{"alarm", "VALARM has ACTION, and DESCRIPTION to display",
	 "Nextcloud to 3.5, npm ics"},
	repair_alarm, false},
    {{"address", "addresses have mailto:, SENT-BY its quotes",
	 "Tine 2.0, eluceo/ical"},
	repair_address, false},
    {{"escape", "commas and semicolons in texts are escaped, quotes not",
	 "web sites"},
	repair_escape, false},
    {{"uid", "a UID is made of the content where there is none",
	 "calcurse, web sites"},
	repair_add_uid, false},
    {{"uid-twice", "events with one UID and nothing else in common get two",
	 "GT Scheduler, ics.js"},
	repair_uid_twice, false},
    {{"html",
	 "HTML in DESCRIPTION is X-ALT-DESC, with plain text beside it "
	 "(by name only)",
	 "Google, TYPO3"},
	repair_html, true},
};

#define ROWS (sizeof(rows) / sizeof(rows[0]))

bool
repair_info(size_t i, struct repair_info *info)
{
	if (i >= ROWS)
		return false;
	*info = rows[i].info;
	return true;
}

/* --- sets ----------------------------------------------------------------- */

static size_t
find(struct str name)
{
	size_t i = 0;

	while (i < ROWS && !str_eq(name, str_of(rows[i].info.name)))
		i++;
	return i;
}

static uint64_t
all_but_named(void)
{
	uint64_t set = 0;

	for (size_t i = 0; i < ROWS; i++)
		if (!rows[i].named)
			set |= UINT64_C(1) << i;
	return set;
}

bool
repair_parse(uint64_t *set, const char *list, struct error *err)
{
	struct str rest = str_of(list), word;
	bool without = list && *list == '-';

	*set = !list || without ? all_but_named() : 0;
	while (str_cut(&rest, ',', &word)) {
		bool minus = word.n && word.p[0] == '-';
		size_t i = find(str_from(word, minus));

		if (str_eq(word, STR("all"))) {
			*set = (UINT64_C(1) << ROWS) - 1;
			continue;
		}
		if (i == ROWS)
			return error_set(err, ERR_USAGE, pos_none(),
			    "--repair: no repair is called %.*s; "
			    "--repair=list names them",
			    STR_ARG(word));
		if (minus != without)
			return error_set(err, ERR_USAGE, pos_none(),
			    "--repair: names to do, or with - names not to "
			    "do; not both");
		if (minus)
			*set &= ~(UINT64_C(1) << i);
		else
			*set |= UINT64_C(1) << i;
	}
	return true;
}

bool
repair_has(uint64_t set, const char *name)
{
	return set >> find(str_of(name)) & 1;
}

/* --- what repairs share --------------------------------------------------- */

void
repair_say(const struct repair *repair, const struct draft_line *line,
    const char *format, ...)
{
	struct error err;
	char text[200];
	va_list args;

	if (!repair->tell)
		return;
	va_start(args, format);
	if (vsnprintf(text, sizeof(text), format, args) < 0)
		text[0] = '\0';
	va_end(args);
	error_set(&err, ERR_NONE, line ? line->line.pos : repair->draft->pos,
	    "%s: %s", rows[repair->current].info.name, text);
	repair->tell(repair->arg, &err);
}

/* A copy that lives as long as the draft. */
static struct str
repair_keep(const struct repair *repair, struct str text)
{
	struct str kept = arena_copy(repair->draft->arena, text);

	if (!kept.p)
		repair->draft->failed = true;
	return kept;
}

struct buf *
repair_buf(struct repair *repair)
{
	buf_reset(&repair->buf);
	return &repair->buf;
}

struct str
repair_made(struct repair *repair)
{
	if (!buf_ok(&repair->buf))
		repair->draft->failed = true;
	return repair_keep(repair, buf_str(&repair->buf));
}

bool
repair_is_main(const struct draft_part *part)
{
	return str_ieq(part->name, STR("VEVENT")) ||
	       str_ieq(part->name, STR("VTODO")) ||
	       str_ieq(part->name, STR("VJOURNAL")) ||
	       str_ieq(part->name, STR("VFREEBUSY"));
}

bool
repair_when(const struct repair *repair, const struct draft_line *line,
    struct str value, struct when *when)
{
	struct str tzid;

	if (!when_parse(when, str_trim(value), pos_none(), NULL))
		return false;
	if (when->kind == WHEN_FLOATING &&
	    line_param(&line->line, STR("TZID"), repair->draft->arena, &tzid)) {
		when->zone = repair->zone(repair->zone_arg, tzid);
		when->kind = WHEN_ZONED;
	}
	return when->kind != WHEN_ZONED || when->zone;
}

/* --- doing them ----------------------------------------------------------- */

void
repair_free(struct repair *repair)
{
	free(repair->uids);
	buf_free(&repair->buf);
}

void
repair_calendar(struct repair *repair)
{
	repair->method_seen = false;
	if (repair->uid_count)
		memset(repair->uids, 0,
		    repair->uid_room * sizeof(*repair->uids));
	repair->uid_count = 0;
}

void
repair_draft(struct repair *repair, struct draft *draft)
{
	repair->draft = draft;
	for (size_t i = 0; i < ROWS && !draft->failed; i++) {
		if (!rows[i].fix || !(repair->set >> i & 1))
			continue;
		repair->current = i;
		rows[i].fix(repair, draft);
	}
}
