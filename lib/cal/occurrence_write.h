/*
 * An occurrence as a component of its own: the lines of its event as they
 * came, but with its own start, end and RECURRENCE-ID, and without the rules.
 * Expanding what is written gives the same occurrence.
 */
#ifndef KALENDS_CAL_OCCURRENCE_WRITE_H
#define KALENDS_CAL_OCCURRENCE_WRITE_H

#include "cal/series.h"

/* zone: of DATE and floating times. False without memory, or where a part of
 * the event is only in the source (record->partial): then nothing that was
 * written is of use. */
bool occurrence_write(const struct occurrence *occurrence,
    const struct zone *zone, struct arena *arena, struct buf *out);

#endif
