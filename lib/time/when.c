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

/* Two digits. */
static void
put(char *to, int number)
{
	to[0] = (char)('0' + number / 10);
	to[1] = (char)('0' + number % 10);
}

static size_t
put_date(const struct civil *civil, char *to)
{
	put(to, civil->year / 100);
	put(to + 2, civil->year % 100);
	to[4] = '-';
	put(to + 5, civil->month);
	to[7] = '-';
	put(to + 8, civil->day);
	return 10;
}

size_t
date_put(int32_t day, char *to)
{
	struct civil civil = civil_of_day(day);

	return put_date(&civil, to);
}

size_t
instant_put(int64_t instant, const struct zone *zone,
    struct zone_cursor *cursor, char *to)
{
	int64_t local = zone_local(cursor, zone, instant);
	int offset = (int)(local - instant);
	struct civil civil = civil_of_local(local);

	put_date(&civil, to);
	to[10] = 'T';
	put(to + 11, civil.hour);
	to[13] = ':';
	put(to + 14, civil.minute);
	to[16] = ':';
	put(to + 17, civil.second);
	if (zone_is_utc(zone)) {
		to[19] = 'Z';
		return 20;
	}
	to[19] = offset < 0 ? '-' : '+';
	offset = offset < 0 ? -offset : offset;
	put(to + 20, offset / 3600);
	to[22] = ':';
	put(to + 23, offset / 60 % 60);
	return MOMENT_ROOM;
}

bool
instant_write(int64_t instant, const struct zone *zone,
    struct zone_cursor *cursor, struct buf *out)
{
	char text[MOMENT_ROOM];

	return buf_add(out, text, instant_put(instant, zone, cursor, text));
}

bool
date_write(int32_t day, struct buf *out)
{
	char text[MOMENT_ROOM];

	return buf_add(out, text, date_put(day, text));
}
