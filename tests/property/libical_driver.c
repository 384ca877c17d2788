/*
 * libical_driver: libical's icalrecur_iterator behind the protocol of
 * rule_driver, as a peer in tests. School "rule" only: libical knows no other.
 *
 *	school TAB dtstart TAB RRULE text TAB from or "-" TAB max
 *
 * It steps from DTSTART and drops what lies before `from`: its set_start()
 * refuses rules with COUNT.
 */
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <libical/ical.h>

enum { FIELDS = 5, STEPS_MAX = 200000 };

static bool
split(char *line, char *fields[FIELDS])
{
	size_t n = 0;

	line[strcspn(line, "\n")] = '\0';
	for (char *at = line; at && n < FIELDS; n++) {
		fields[n] = at;
		at = strchr(at, '\t');
		if (at)
			*at++ = '\0';
	}
	return n == FIELDS;
}

static void
answer(char *fields[FIELDS])
{
	struct icaltimetype start = icaltime_from_string(fields[1]);
	struct icalrecurrencetype rule =
	    icalrecurrencetype_from_string(fields[2]);
	bool all = strcmp(fields[3], "-") == 0;
	struct icaltimetype from =
	    all ? start : icaltime_from_string(fields[3]);
	long max = strtol(fields[4], NULL, 10);
	icalrecur_iterator *it;
	const char *separator = "";

	it = icalrecur_iterator_new(rule, start);
	if (!it) {
		printf("error: %s\n", icalerror_strerror(icalerrno));
		return;
	}
	for (long step = 0; max > 0 && step < STEPS_MAX; step++) {
		struct icaltimetype t = icalrecur_iterator_next(it);

		if (icaltime_is_null_time(t))
			break;
		if (icaltime_compare(t, from) < 0)
			continue;
		printf("%s%04d%02d%02dT%02d%02d%02d", separator, t.year,
		    t.month, t.day, t.hour, t.minute, t.second);
		separator = ",";
		max--;
	}
	putchar('\n');
	icalrecur_iterator_free(it);
}

int
main(void)
{
	char line[8192];
	char *fields[FIELDS];

	while (fgets(line, sizeof(line), stdin)) {
		if (split(line, fields))
			answer(fields);
		else
			puts("error: five fields, please");
		if (fflush(stdout) != 0)
			return 1;
	}
	return 0;
}
