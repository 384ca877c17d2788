/*
 * VAVAILABILITY (RFC 7953): reading one into a layer of a person's time.
 */
#ifndef KALENDS_CAL_AVAILABILITY_H
#define KALENDS_CAL_AVAILABILITY_H

#include "cal/person.h"
#include "cal/series.h"

/* Fills a layer of LAYER_AVAILABILITY. Faults are told to `context`: an
 * AVAILABLE that cannot be read leaves its time busy. False where the range of
 * the component cannot be known, or without memory. */
bool availability_read(struct layer *layer, const struct record *record,
    const struct event_context *context, const struct series_options *options);

#endif
