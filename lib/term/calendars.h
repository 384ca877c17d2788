/*
 * The calendars of a view, in the order in which they were met. Those of one
 * name are one: several files, or a vdir's, of one person.
 */
#ifndef KALENDS_TERM_CALENDARS_H
#define KALENDS_TERM_CALENDARS_H

#include "base/arena.h"
#include "cli/color.h"
#include "cli/lookup.h"

struct calendar {
	struct str name;
	struct color color; /* its own, else one of ours */
	bool colored;       /* it has one */
};

struct calendars {
	struct calendar *list;
	size_t count, room;
	struct lookup names;
	struct arena arena;
};

void calendars_free(struct calendars *calendars);

/* The number of a calendar, which is added where it is new; SIZE_MAX without
 * memory. color: of the calendar, may be empty. */
size_t calendars_number(struct calendars *calendars, struct str name,
    struct str color);

/* Gives those without a colour one that is unlike the others', as far as we
 * have some. To be called when all are there. */
void calendars_color(struct calendars *calendars);

#endif
