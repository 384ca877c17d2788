/*
 * What is to be drawn: items of calendars, in the order of their start, and
 * the wishes for the page. Read by every view, owned by the caller.
 */
#ifndef KALENDS_PDF_AGENDA_H
#define KALENDS_PDF_AGENDA_H

#include "cli/agenda.h"
#include "cli/color.h"
#include "cli/language.h"

struct entry {
	struct agenda_item item;
	int32_t first, last; /* days that have a part of it */
	uint64_t owners;     /* calendars that have it: 1 << number */
	size_t ref;          /* its number on the details pages; 0: none */
	bool shown;
};

struct paper_calendar {
	struct str name;
	struct color color;
};

struct paper_holiday {
	int32_t day;
	struct str name;
};

enum palette { PALETTE_FULL, PALETTE_TINT, PALETTE_GREY };

/* Where what has no room goes. */
enum overflow {
	OVERFLOW_DETAILS, /* to pages at the end */
	OVERFLOW_INLINE,  /* rows grow; pages right behind the one at hand */
	OVERFLOW_CLIP,    /* nowhere */
};

/* Days of a month's first and last week that are another month's. */
enum adjacent { ADJACENT_NONE, ADJACENT_GREY, ADJACENT_FULL };

/* What is said of an event besides time and title. */
enum agenda_field {
	FIELD_LOCATION = 1,
	FIELD_DESCRIPTION = 2,
	FIELD_PEOPLE = 4,
	FIELD_URL = 8,
	FIELD_CALENDAR = 16,
};

struct agenda_paper {
	struct entry *entries;
	size_t count;
	struct paper_calendar *calendars;
	size_t calendar_count;
	struct paper_holiday *holidays; /* by day */
	size_t holiday_count;

	int32_t first, until; /* days, until exclusive */
	int32_t today;
	int64_t now;
	const struct zone *zone;
	struct zone_cursor cursor;
	enum weekday week_start;
	uint8_t days; /* of the week that have a column: 1 << MONDAY */
	int core_from, core_until; /* minutes of the day drawn in full height */
	bool week_numbers;
	bool ranged;     /* tasks: of a range that was asked for */
	bool incomplete; /* something could not be read */
	enum overflow overflow;
	enum adjacent adjacent;
	unsigned fields; /* of enum agenda_field */
	enum palette palette;
	struct str title; /* may be empty */
	const struct language *language;
	const struct words *words; /* the language's */
};

/* What stands beside the title of a page: the wish, else the name of the one
 * calendar; may be empty. */
static inline struct str
agenda_subject(const struct agenda_paper *agenda)
{
	if (agenda->title.n || agenda->calendar_count != 1)
		return agenda->title;
	return agenda->calendars[0].name;
}

/* Days since its week began. The weekdays are of an unsigned type: a difference
 * of two of them must not go below 0. */
static inline int
agenda_into_week(const struct agenda_paper *agenda, int32_t day)
{
	return ((int)civil_weekday(day) + 7 - (int)agenda->week_start) % 7;
}

/* The holiday's name; {NULL, 0} for a day that is none. */
struct str agenda_holiday(const struct agenda_paper *agenda, int32_t day);

#endif
