/*
 * Calendars in order: of each VCALENDAR its own lines and its VTIMEZONEs as
 * they came, then its components by their keys, stable, then its END. What
 * stands outside of calendars stays there; components outside of any are sorted
 * among themselves, up to the next calendar or the input's end, and what stands
 * between them comes after them.
 *
 * No byte of an item changes. Only a last line without a line end gets one
 * where something now follows it. Components whose END is missing come last, in
 * their order: whatever followed them would become part of them.
 *
 * A calendar is read once and may be larger than memory: components are sorted
 * as runs on disk (base/sorter.h). Larger ones stay in their file, or in a
 * spool, and are copied from there.
 */
#ifndef KALENDS_CAL_SORTING_H
#define KALENDS_CAL_SORTING_H

#include "base/sorter.h"
#include "cal/order.h"
#include "text/reader.h"

/* What an item lacks at its end. */
enum sorting_owed { OWED_NOTHING, OWED_LF, OWED_CRLF };

struct sorting {
	/* Set by the caller after sorting_init(). */
	const struct order *order;
	struct order_context context; /* the public part */
	bool series; /* masters and overrides of a UID stay together */
	bool check;  /* writes nothing, looks for the first disorder */

	/* Of check: the first component that is out of place, and the one
	 * before which it belongs, by their lines. 0: none. */
	size_t misplaced, before;

	/* Private from here. */
	struct reader *reader;
	struct out *out;
	struct arena arena; /* of one record */
	struct zone_scope *scope;
	size_t memory;
	struct sorter *sorter, *groups;
	struct spool envelope, between, large;
	struct spool waiting; /* records whose zone may stand below */
	struct buf key, packed, group;
	bool open;       /* a calendar, or components outside of one */
	uint64_t number; /* components of it so far */
	uint64_t wanted; /* of check: the number of the component `before` */
	enum sorting_owed owed, envelope_owed, between_owed, style;
};

/* memory: as --memory. */
bool sorting_init(struct sorting *sorting, struct reader *reader,
    struct out *out, size_t memory, struct error *err);
void sorting_free(struct sorting *sorting);

/* Takes the reader's item. False for a source or temporary file that cannot be
 * read or written, no memory, or a failed output (out->failure is set). */
bool sorting_take(struct sorting *sorting, struct error *err);

/* After the last item of an input: writes what is held. */
bool sorting_end(struct sorting *sorting, struct error *err);

#endif
