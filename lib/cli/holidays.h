/*
 * Holidays: the all-day events of calendars, whatever their TRANSP, as days on
 * everybody's own wall clock.
 */
#ifndef KALENDS_CLI_HOLIDAYS_H
#define KALENDS_CLI_HOLIDAYS_H

#include "cal/busy.h"
#include "cli/cli.h"

struct holidays {
	struct str name;      /* whose they are; empty: everybody's */
	struct busy_set days; /* local times */
};

/* Reads an operand ("holidays.ics", "alice=uk.ics"), which lives on, in the
 * range of the cli and a day around it. Faults are reported; dies where it
 * cannot be read: without it everybody would work. */
void holidays_read(struct holidays *holidays, struct cli *cli, char *operand);

#endif
