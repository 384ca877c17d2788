/*
 * Assembling: pieces that were gathered become calendars again. Each has its
 * calendar's own lines, the VTIMEZONEs that its components name, and the
 * components byte for byte.
 *
 * Pieces of calendars whose own lines are the same, and whose zones do not
 * contradict each other, share a VCALENDAR; else a new one begins. VERSION and
 * PRODID (RFC 5545, 3.6) are added where the source had none.
 */
#ifndef KALENDS_CAL_ASSEMBLE_H
#define KALENDS_CAL_ASSEMBLE_H

#include "cal/gather.h"

struct assembly {
	struct spool out; /* what is complete */
	uint64_t pieces;  /* in it, and in the calendar at hand */

	/* Private from here. */
	struct gather *gather;
	struct spool body; /* components of the calendar at hand */
	struct spool zone_text;
	struct gather_calendar calendar; /* of the piece before */
	uint64_t number;
	bool open, loaded;
	/* The zones that the VCALENDAR at hand names; those without a
	 * definition are here too, so that none is given them. */
	struct gather_zone *used;
	size_t used_count, used_room;
};

void assembly_init(struct assembly *assembly, struct gather *gather,
    size_t memory);
void assembly_free(struct assembly *assembly);

/* Empty again. */
bool assembly_reset(struct assembly *assembly, struct error *err);

bool assembly_add(struct assembly *assembly, const struct piece *piece,
    struct error *err);

/* Ends the VCALENDAR at hand: out is whole. More pieces begin another one. */
bool assembly_end(struct assembly *assembly, struct error *err);

/* Bytes that out will have, when ended now. */
uint64_t assembly_size(const struct assembly *assembly);

/* Bytes that a piece would add, at most. */
bool assembly_cost(struct assembly *assembly, const struct piece *piece,
    uint64_t *bytes, struct error *err);

#endif
