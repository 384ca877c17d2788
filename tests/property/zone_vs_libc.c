/*
 * Compares our reading of every zone of the system's tzdata with the C
 * library's: offset, daylight flag and abbreviation, a second before, at and
 * after each transition from 1900 to 2100, and at samples between; and local
 * times there and back. Exit status 1 on any difference.
 *
 *   zone_vs_libc [zoneinfo folder]
 */
#define _DEFAULT_SOURCE     /* tm_gmtoff, tm_zone */
#define _XOPEN_SOURCE   700 /* nftw */
#include "time/zone_impl.h"

#include <ftw.h>
#include <stdio.h>
#include <stdlib.h>
#include <time.h>

#define FROM     (-2208988800) /* 1900 */
#define UNTIL    4102444800    /* 2100 */
#define SAMPLES  20000
#define FILE_MAX ((size_t)1 << 20)

static struct {
	size_t folder; /* length of its name, slash included */
	size_t zones, samples, locals, differences;
} run;

static void
differ(const struct zone *zone, int64_t at, const char *what)
{
	run.differences++;
	if (run.differences <= 50)
		printf("%.*s at %lld: %s\n", STR_ARG(zone_id(zone)),
		    (long long)at, what);
}

static void
compare_at(const struct zone *zone, struct zone_cursor *cursor, int64_t at)
{
	time_t t = (time_t)at;
	struct zone_span span;
	char text[160];
	struct tm tm;

	run.samples++;
	if (!localtime_r(&t, &tm)) {
		differ(zone, at, "localtime_r fails");
		return;
	}
	zone_span_at(zone, at, &span);
	if (span.offset != tm.tm_gmtoff || span.dst != (tm.tm_isdst > 0) ||
	    strcmp(span.name, tm.tm_zone) != 0) {
		snprintf(text, sizeof(text),
		    "ours %+d %d %s, libc %+ld %d %.20s", span.offset, span.dst,
		    span.name, tm.tm_gmtoff, tm.tm_isdst, tm.tm_zone);
		differ(zone, at, text);
	}
	if (zone_local(cursor, zone, at) != at + span.offset)
		differ(zone, at, "zone_local is not zone_span_at");
	if (at < span.from || at >= span.until)
		differ(zone, at, "span does not hold its instant");
}

/* A local time by the definition: the first instant that shows it. */
static void
compare_local(const struct zone *zone, struct zone_cursor *cursor,
    int64_t local)
{
	enum zone_fit fit;
	int64_t got = zone_instant(cursor, zone, local, &fit);
	int64_t first = INT64_MAX, gap = INT64_MAX;
	size_t found = 0;
	int64_t at = local - zone->parts.types[0].offset - 300000;
	struct zone_span span, next;

	run.locals++;
	for (zone_span_at(zone, at, &span); span.from <= local + 100000;
	     span = next) {
		int64_t instant = local - span.offset;

		if (instant >= span.from && instant < span.until) {
			found++;
			if (first == INT64_MAX)
				first = instant;
		}
		if (span.until == INT64_MAX)
			break;
		zone_span_at(zone, span.until, &next);
		if (gap == INT64_MAX && instant >= span.until &&
		    local - next.offset < span.until)
			gap = instant;
	}
	if (found == 0)
		first = gap;
	if (got != first)
		differ(zone, local, "zone_instant is not the first");
	if ((fit == ZONE_FIT_GAP) != (found == 0) ||
	    (fit == ZONE_FIT_OVERLAP) != (found > 1))
		differ(zone, local, "zone_instant names the wrong fit");
}

static void
compare_zone(const struct zone *zone)
{
	struct zone_cursor cursor = {0}, back = {0};
	struct zone_span span;
	uint64_t random = 88172645463325252u;
	int64_t at = FROM;

	while (at < UNTIL) {
		zone_span_at(zone, at, &span);
		for (int64_t i = -1; i <= 1; i++)
			compare_at(zone, &cursor, at + i);
		for (int64_t i = -7; i <= 7; i++) {
			compare_local(zone, &back, at + span.offset + i * 1799);
			compare_local(zone, &back, at + span.offset + i);
		}
		at = span.until;
	}
	for (int i = 0; i < SAMPLES; i++) {
		random ^= random << 13;
		random ^= random >> 7;
		random ^= random << 17;
		at = FROM + (int64_t)(random % (UNTIL - FROM));
		compare_at(zone, &cursor, at);
		if (i % 4 == 0)
			compare_local(zone, &back, at);
	}
}

static int
visit(const char *path, const struct stat *st, int kind, struct FTW *ftw)
{
	static char bytes[FILE_MAX];
	const char *name = path + run.folder;
	struct error err;
	struct zone *zone;
	size_t n;
	FILE *file;

	(void)st;
	(void)ftw;
	if ((kind != FTW_F && kind != FTW_SL) ||
	    strncmp(name, "posix/", 6) == 0 || strncmp(name, "right/", 6) == 0)
		return 0;
	file = fopen(path, "rb");
	if (!file)
		return 0;
	n = fread(bytes, 1, sizeof(bytes), file);
	fclose(file);
	if (n < 4 || memcmp(bytes, "TZif", 4) != 0)
		return 0;
	zone = zone_from_tzif((struct str){bytes, n}, str_of(name), &err);
	if (!zone) {
		printf("%s: %s\n", name, err.message);
		run.differences++;
		return 0;
	}
	setenv("TZ", path, 1);
	tzset();
	compare_zone(zone);
	zone_free(zone);
	run.zones++;
	return 0;
}

int
main(int argc, char **argv)
{
	const char *folder = argc > 1 ? argv[1] : "/usr/share/zoneinfo";

	run.folder = strlen(folder) + 1;
	if (nftw(folder, visit, 16, FTW_PHYS) != 0)
		run.differences++;
	printf("%zu zones, %zu instants, %zu local times, %zu differences\n",
	    run.zones, run.samples, run.locals, run.differences);
	return run.differences || run.zones == 0;
}
