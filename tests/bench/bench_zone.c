/* Speeds of zones: conversions in order and at random, and making a zone of a
 * VTIMEZONE with two rules. */
#include "text/reader.h"
#include "time/zone_impl.h"
#include "time/zones.h"

#include <stdio.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#define COUNT 20000000
#define ZONES 200000

static double
now(void)
{
	struct timespec t;

	clock_gettime(CLOCK_MONOTONIC, &t);
	return (double)t.tv_sec + (double)t.tv_nsec / 1e9;
}

static void
conversions(const struct zone *zone, int64_t step, const char *what)
{
	struct zone_cursor cursor = {0};
	int64_t sum = 0, at = 1577836800;
	double start = now();

	for (int i = 0; i < COUNT; i++, at += step)
		sum += zone_instant(&cursor, zone, at, NULL);
	printf("local to instant, %s: %.1f M/s (%d)\n", what,
	    COUNT / (now() - start) / 1e6, (int)(sum & 1));
	start = now();
	at = 1577836800;
	for (int i = 0; i < COUNT; i++, at += step)
		sum += zone_local(&cursor, zone, at);
	printf("instant to local, %s: %.1f M/s (%d)\n", what,
	    COUNT / (now() - start) / 1e6, (int)(sum & 1));
}

static void
random_conversions(const struct zone *zone)
{
	struct zone_cursor cursor = {0};
	uint64_t random = 88172645463325252u;
	int64_t sum = 0;
	double start = now();

	for (int i = 0; i < COUNT / 10; i++) {
		random ^= random << 13;
		random ^= random >> 7;
		random ^= random << 17;
		sum += zone_instant(&cursor, zone,
		    (int64_t)(random % 4102444800), NULL);
	}
	printf("local to instant, at random 1970-2100: %.1f M/s (%d)\n",
	    (double)COUNT / 10 / (now() - start) / 1e6, (int)(sum & 1));
}

static void
definitions(void)
{
	static const char text[] =
	    "BEGIN:VTIMEZONE\r\nTZID:W. Europe Standard Time\r\n"
	    "BEGIN:STANDARD\r\nDTSTART:16010101T030000\r\n"
	    "TZOFFSETFROM:+0200\r\nTZOFFSETTO:+0100\r\n"
	    "RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=10\r\n"
	    "END:STANDARD\r\nBEGIN:DAYLIGHT\r\nDTSTART:16010101T020000\r\n"
	    "TZOFFSETFROM:+0100\r\nTZOFFSETTO:+0200\r\n"
	    "RRULE:FREQ=YEARLY;INTERVAL=1;BYDAY=-1SU;BYMONTH=3\r\n"
	    "END:DAYLIGHT\r\nEND:VTIMEZONE\r\n";
	struct component component;
	struct reader reader;
	struct error err;
	FILE *file = tmpfile();
	double start;

	if (!file || fputs(text, file) < 0 || fseek(file, 0, SEEK_SET) != 0 ||
	    !reader_init(&reader, fileno(file), "bench", &err) ||
	    !reader_next(&reader, &err) || reader.item != ITEM_RECORD)
		exit(1);
	component_of_record(&component, &reader.record);
	start = now();
	for (int i = 0; i < ZONES; i++)
		zone_free(zone_from_vtimezone(&component, &err));
	printf("VTIMEZONE of two rules: %.2f us\n",
	    (now() - start) / ZONES * 1e6);
	conversions(zone_from_vtimezone(&component, &err), 600, "VTIMEZONE");
	reader_free(&reader);
	fclose(file);
}

int
main(void)
{
	struct zones *zones = zones_new(NULL);
	const struct zone *zone = zones_system(zones, STR("Europe/Paris"));

	if (!zone)
		return 1;
	conversions(zone, 60, "each minute");
	conversions(zone, 3600, "each hour");
	random_conversions(zone);
	definitions();
	zones_free(zones);
	return 0;
}
