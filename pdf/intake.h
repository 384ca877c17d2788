/*
 * Gathers what listing.h gives: calendars by name, items that fall into the
 * days asked for.
 */
#ifndef KALENDS_PDF_INTAKE_H
#define KALENDS_PDF_INTAKE_H

#include "cli/listing.h"
#include "pdf/agenda.h"

struct intake {
	/* Set by the caller: filled in; its range and zone are known. */
	struct agenda_paper *agenda;
	int32_t first, until; /* days of which entries are taken */
	bool mask;            /* private events lose all but their times */
	bool apart;     /* a meeting that several have is several entries */
	bool undated;   /* what has no time is taken too */
	bool declined;  /* what the owner has declined is taken too */
	bool cancelled; /* what is cancelled */
	bool holidays;  /* days, instead of entries */

	/* Private but for the counts of events, copies included. */
	size_t events, left_out;
	size_t room, calendar_room, holiday_room;
	struct cli *cli;
	struct arena arena;
	bool failed;
};

/* Reads the inputs that the cli has open; types: bits of 1 << EVENT_TODO.
 * series_until: 0, or an instant up to which series go. Dies where memory is
 * short or a disk is full; what is wrong with an input is reported. */
void intake_read(struct intake *intake, struct cli *cli, unsigned types,
    int64_t series_until, bool whole_tasks);

void intake_free(struct intake *intake);

#endif
