/*
 * vCalendar 1.0 (versit, 1996) as iCalendar: rules in their old grammar, alarms
 * that are properties, lists between semicolons, attendees with other words.
 * Quoted-printable and character sets are left to whoever normalizes lines.
 *
 * What has no place in iCalendar stays, as X-VCALENDAR- and its name.
 */
#ifndef KALENDS_CAL_VCALENDAR1_H
#define KALENDS_CAL_VCALENDAR1_H

#include "base/buf.h"
#include "text/draft.h"
#include "time/when.h"

/* Whether lines of a calendar say VERSION:1.0. */
bool vcalendar1_is(const struct draft *lines);

/* Converts lines of the calendar, or a component. What cannot be converted is
 * told, and kept as said above. */
void vcalendar1_convert(struct draft *draft,
    void (*report)(void *arg, const struct error *err), void *arg);

/* "W2 TU TH #4" as an RRULE's value (versit, 2.1.11); start is DTSTART, NULL
 * where there is none. False for what is no rule. */
bool vcalendar1_rule(struct buf *out, struct str rule,
    const struct when *start);

#endif
