/*
 * A VTIMEZONE (RFC 5545, 3.6.5) written from a zone.
 */
#ifndef KALENDS_TIME_ZONE_WRITE_H
#define KALENDS_TIME_ZONE_WRITE_H

#include "base/buf.h"
#include "time/zone.h"

/* Appends the component, lines ended by CRLF and folded. It gives the offsets
 * of the zone for every instant from `from` on (of earlier ones as far as that
 * costs nothing): yearly rules as RRULE, what came before them as RDATE. The
 * text depends on nothing but the zone and `from`. False without memory. */
bool zone_write(const struct zone *zone, struct str tzid, int64_t from,
    struct buf *out);

#endif
