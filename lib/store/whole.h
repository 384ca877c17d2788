/*
 * Calendars whole: each VCALENDAR of a stream goes, byte for byte, into a file
 * of a folder that is named as the calendar is. Calendars of one source folder
 * (a vdir) that have the same name are one, and share a file; else "-2" and so
 * on tells calendars of one name apart.
 *
 * Components outside of any VCALENDAR get one, and a VCALENDAR that was cut off
 * its END; components that were cut off are left out, as is text around
 * calendars.
 */
#ifndef KALENDS_STORE_WHOLE_H
#define KALENDS_STORE_WHOLE_H

#include "base/sorter.h"
#include "store/parts.h"
#include "text/reader.h"

struct whole {
	/* Set by the caller. */
	struct parts_folder folder;
	/* Of the input at hand: what every calendar of it is called, if
	 * anything; else what one without a name of its own is called. */
	struct str label, otherwise;
	uint64_t source; /* the same for all inputs of one folder */
	bool shared;     /* the input is of a folder */

	/* Private. */
	struct reader *reader;
	struct sorter *sorter;
	struct spool bytes, out;
	struct arena arena;
	struct buf name, key;
	bool open, bare, named, told_text;
	uint64_t at, order, components;
};

bool whole_init(struct whole *whole, struct reader *reader, size_t memory,
    struct error *err);
void whole_free(struct whole *whole);

/* Takes the reader's item. */
bool whole_take(struct whole *whole, struct error *err);

/* After the last item of each input. */
bool whole_input_end(struct whole *whole, struct error *err);

/* Writes the files. */
bool whole_run(struct whole *whole, struct error *err);

#endif
