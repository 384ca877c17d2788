/*
 * Compares the VTIMEZONEs of calendars with the system's zones of the same
 * names, from the definition's first transition, but not before an instant, to
 * 2037:
 *
 *   vtimezone_vs_tzif INSTANT MOST FILE.ics...
 *
 * Exporters give today's rule from 1601 or 1970 on, so what they say of the
 * past is not theirs to be right about. Differences are counted by span and
 * listed; a definition may be of another year's tz database. Exit status 1
 * where a definition cannot be read, or more than MOST differ.
 */
#include "text/reader.h"
#include "time/zone_impl.h"
#include "time/zones.h"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#define UNTIL 2145916800 /* 2038 */

static struct {
	struct zones *zones;
	int64_t from;
	size_t definitions, unknown, same, differ, refused, spans, wrong;
} run;

static void
compare(const struct zone *ours, const struct zone *system)
{
	struct zone_span a, b;
	int64_t first = 0, wrong = 0;
	int64_t at;

	zone_span_at(ours, INT64_MIN / 4, &a);
	at = a.until > run.from ? a.until : run.from;
	for (; at < UNTIL; at = a.until < b.until ? a.until : b.until) {
		zone_span_at(ours, at, &a);
		zone_span_at(system, at, &b);
		run.spans++;
		if (a.offset == b.offset)
			continue;
		if (wrong++ == 0)
			first = at;
	}
	run.wrong += (size_t)wrong;
	if (wrong) {
		run.differ++;
		zone_span_at(ours, first, &a);
		zone_span_at(system, first, &b);
		printf("%.*s: %lld spans differ, first at %lld: "
		       "%+d here, %+d in the system\n",
		    STR_ARG(zone_id(ours)), (long long)wrong, (long long)first,
		    a.offset, b.offset);
	} else {
		run.same++;
	}
}

static void
compare_record(const struct record *record)
{
	const struct zone *system;
	struct component component;
	struct zone *zone;
	struct error err;

	component_of_record(&component, record);
	if (!str_ieq(component.name, STR("VTIMEZONE")))
		return;
	run.definitions++;
	zone = zone_from_vtimezone(&component, &err);
	if (!zone) {
		run.refused++;
		printf("%s:%zu: %s\n", err.pos.file ? err.pos.file : "",
		    err.pos.line, err.message);
		return;
	}
	system =
	    zones_resolve(run.zones, NULL, zone_id(zone), ZONES_SYSTEM, NULL);
	if (system)
		compare(zone, system);
	else
		run.unknown++;
	zone_free(zone);
}

int
main(int argc, char **argv)
{
	struct reader reader;
	struct error err;

	if (argc < 4)
		return 2;
	run.zones = zones_new(NULL);
	run.from = strtoll(argv[1], NULL, 10);
	for (int i = 3; run.zones && i < argc; i++) {
		int fd = open(argv[i], O_RDONLY | O_CLOEXEC);

		if (fd < 0 || !reader_init(&reader, fd, argv[i], &err)) {
			perror(argv[i]);
			continue;
		}
		while (reader_next(&reader, &err) && reader.item != ITEM_NONE)
			if (reader.item == ITEM_RECORD)
				compare_record(&reader.record);
		reader_free(&reader);
		close(fd);
	}
	zones_free(run.zones);
	printf("%zu definitions: %zu agree, %zu differ (%zu of %zu spans), "
	       "%zu of no zone of the system, %zu refused\n",
	    run.definitions, run.same, run.differ, run.wrong, run.spans,
	    run.unknown, run.refused);
	return run.refused || run.definitions == 0 ||
	       run.differ > strtoull(argv[2], NULL, 10);
}
