/*
 * Inside events: event.c reads them, event_brief.c tells their lines apart.
 */
#ifndef KALENDS_CAL_EVENT_IMPL_H
#define KALENDS_CAL_EVENT_IMPL_H

#include "cal/event.h"

/* Those that say when something is, and of what; by their first letters. */
enum property {
	P_DTSTART,
	P_DTEND,
	P_DUE,
	P_DURATION,
	P_RRULE,
	P_RDATE,
	P_RECURRENCE_ID,
	P_EXRULE,
	P_EXDATE,
	P_UID,
	P_SEQUENCE,
	P_NONE,
};

/* Of the i-th line, if it is the record's own; P_NONE for any other. */
enum property event_property_of(const struct record *record, size_t i);

/* Of a component's name. */
enum event_type event_type_of(struct str name);

#endif
