/*
 * Names of days in the words of the locale, as long as there is room.
 */
#ifndef KALENDS_TERM_NAMES_H
#define KALENDS_TERM_NAMES_H

#include "term/screen.h"
#include "time/civil.h"

/* Appends "Monday 23", "Mon 23" or "23", the longest that has no more than
 * `width` columns. False without memory. */
bool names_head(struct buf *to, const struct screen *screen, int32_t day,
    size_t width);

/* Appends "Monday", "Mon" or "M". */
bool names_weekday(struct buf *to, const struct screen *screen,
    enum weekday weekday, size_t width);

#endif
