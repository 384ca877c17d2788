/*
 * Times of components that are no events: VFREEBUSY, VAVAILABILITY.
 */
#ifndef KALENDS_CAL_INSTANT_H
#define KALENDS_CAL_INSTANT_H

#include "cal/event.h"

/* A DATE or DATE-TIME of a line, with its TZID; floating times are in the
 * context's zone, as are those whose TZID is no zone. False, with a report, for
 * what is no time. */
bool instant_read(const struct line *line, struct str value,
    const struct event_context *context, struct when *when, int64_t *instant);

/* Its start plus a DURATION. */
bool instant_read_after(const struct line *line, struct str value,
    const struct event_context *context, const struct when *start,
    int64_t *instant);

/* Tells of a fault in a line; gives false. */
bool instant_report(const struct event_context *context,
    const struct error *err);

#endif
