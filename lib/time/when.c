#include "time/when.h"

int64_t
when_instant(const struct when *when, const struct zone *zone,
    struct zone_cursor *cursor)
{
	struct zone_cursor own = {0};

	if (when->kind == WHEN_UTC)
		return when->local;
	if (when->kind == WHEN_ZONED)
		zone = when->zone;
	return zone_instant(cursor ? cursor : &own, zone, when->local, NULL);
}

/* Exact seconds of a zoned time are added to its instant; where two instants
 * have one local time the first is meant again. */
static int64_t
add_exact(const struct when *when, int64_t local, int64_t seconds)
{
	struct zone_cursor cursor = {0};
	int64_t instant;

	if (when->kind != WHEN_ZONED || seconds == 0)
		return local + seconds;
	instant = zone_instant(&cursor, when->zone, local, NULL);
	return zone_local(&cursor, when->zone, instant + seconds);
}

struct when
when_add(const struct when *when, const struct duration *duration)
{
	struct when sum = *when;
	int64_t days = duration->days, seconds = duration->seconds;

	if (when->kind == WHEN_DATE) {
		days += seconds / SECONDS_A_DAY;
		seconds = 0;
	}
	sum.local =
	    add_exact(when, when->local + days * SECONDS_A_DAY, seconds);
	return sum;
}

static void
put(char *p, int number, int n)
{
	while (n-- > 0) {
		p[n] = (char)('0' + number % 10);
		number /= 10;
	}
}

bool
instant_write(int64_t instant, const struct zone *zone,
    struct zone_cursor *cursor, struct buf *out)
{
	int64_t local = zone_local(cursor, zone, instant);
	int64_t offset = local - instant;
	struct civil civil = civil_of_local(local);
	char text[32] = "0000-00-00T00:00:00+00:00";
	size_t n = 25;

	put(text, civil.year, 4);
	put(text + 5, civil.month, 2);
	put(text + 8, civil.day, 2);
	put(text + 11, civil.hour, 2);
	put(text + 14, civil.minute, 2);
	put(text + 17, civil.second, 2);
	if (zone_is_utc(zone)) {
		text[19] = 'Z';
		n = 20;
	} else {
		text[19] = offset < 0 ? '-' : '+';
		offset = offset < 0 ? -offset : offset;
		put(text + 20, (int)(offset / 3600), 2);
		put(text + 23, (int)(offset / 60 % 60), 2);
	}
	return buf_add(out, text, n);
}
