/*
 * Private to people*.c.
 */
#ifndef KALENDS_CLI_PEOPLE_IMPL_H
#define KALENDS_CLI_PEOPLE_IMPL_H

#include "cli/people.h"

/* Makes somebody the one to whom things are added. */
void people_select(struct people *people, struct str name);

/* The same for the one whom the calendar's name, or the group, tells. */
void people_select_owner(struct people *people);

/* The whole range. */
void people_unknown(struct people *people);

/* Reads the operands of one person (people->fixed), or one operand whose
 * calendars name people, and gives whoever was found. */
void people_group(struct people *people, char **operands, size_t count);

/* Reads the calendar that the reader stands at. */
void people_calendar(struct people *people);

/* For expand: faults of values, occurrences. */
void people_report(void *arg, const struct error *err);
bool people_found(void *arg, const struct occurrence *occurrence);

/* The zone of whoever has a name. */
const struct zone *people_zone(const struct people *people, struct str name);

#endif
