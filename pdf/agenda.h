/*
 * What is to be drawn: items of calendars, in the order of their start, and
 * the wishes for the page. Read by every view, owned by the caller.
 */
#ifndef KALENDS_PDF_AGENDA_H
#define KALENDS_PDF_AGENDA_H

#include "cli/agenda.h"
#include "cli/charset.h"
#include "cli/color.h"
#include "cli/words.h"

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

enum palette { PALETTE_FULL, PALETTE_TINT, PALETTE_GREY };

struct agenda_paper {
	struct entry *entries;
	size_t count;
	struct paper_calendar *calendars;
	size_t calendar_count;

	int32_t first, until; /* days, until exclusive */
	const struct zone *zone;
	struct zone_cursor cursor;
	enum weekday week_start;
	uint8_t days; /* of the week that have a column: 1 << MONDAY */
	int core_from, core_until; /* minutes of the day drawn in full height */
	bool week_numbers;
	bool clip;       /* no details pages */
	bool incomplete; /* something could not be read */
	enum palette palette;
	struct str title; /* may be empty */
	const struct words *words;
	struct charset charset;
};

#endif
