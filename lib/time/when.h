/*
 * Points and lengths of time as iCalendar writes them (RFC 5545, 3.3.4-3.3.6,
 * 3.3.9, 3.3.14), and as people type them (WHEN words).
 */
#ifndef KALENDS_TIME_WHEN_H
#define KALENDS_TIME_WHEN_H

#include "base/buf.h"
#include "base/error.h"
#include "time/civil.h"
#include "time/zone.h"

enum when_kind {
	WHEN_NONE,
	WHEN_DATE,     /* a day; local is its midnight */
	WHEN_FLOATING, /* a time on any wall */
	WHEN_UTC,
	WHEN_ZONED,
};

struct when {
	enum when_kind kind;
	int64_t local;           /* for UTC the instant */
	const struct zone *zone; /* WHEN_ZONED only */
};

/* The value of a DATE or DATE-TIME: "20261124", "20261124T090000" (floating),
 * "20261124T090000Z". Seconds of 60 become 59. ERR_SYNTAX or ERR_VALUE. Zones
 * are the caller's business: it turns a floating value with TZID into ZONED. */
bool when_parse(struct when *when, struct str value, struct pos pos,
    struct error *err);

/* In the same form; for WHEN_ZONED without TZID, which is a parameter. */
bool when_write(const struct when *when, struct buf *out);

/* The instant of a when; DATE and FLOATING in `zone`. cursor: see zone.h,
 * may be NULL. */
int64_t when_instant(const struct when *when, const struct zone *zone,
    struct zone_cursor *cursor);

/* RFC 5545 3.3.6: weeks and days are nominal (a day of the wall clock), the
 * rest exact. Both have the sign. */
struct duration {
	int64_t days, seconds;
};

/* "P1DT2H", "-PT15M", "P2W"; with `words` also "30m", "1h30m", "2d", "1w".
 * ERR_VALUE above ten thousand years. */
bool duration_parse(struct duration *duration, struct str value, bool words,
    struct pos pos, struct error *err);
bool duration_write(const struct duration *duration, struct buf *out);

/* When plus a duration: days on the wall clock of its zone, then seconds in
 * exact time; kind and zone stay. A DATE takes whole days. */
struct when when_add(const struct when *when, const struct duration *duration);

/* UTC-OFFSET, "+0100", "-053000", to seconds. */
bool offset_parse(int32_t *offset, struct str value, struct pos pos,
    struct error *err);

/*
 * WHEN words: RFC 3339 ("2026-11-23T09:00:00+01:00", also without zone and
 * without seconds, "T" or a blank), "2026-11-23", "2026-11", "2026",
 * "2026-W48", "20261123", "20261123T090000Z", "now", "today", "tomorrow",
 * "yesterday", weekday names ("mon", "monday": the next one, today included),
 * "+3d", "-2w", "+1mo", "+2h", "today+1mo", "monday-1w", "2026-11-23+3d",
 * "@1795500000" (epoch). Lower or upper case.
 *
 * What is coarser than a second names a stretch [from, until): a day, an ISO
 * week, a month, a year. A relative word of days, weeks, months or years is a
 * day; of hours, minutes and seconds an instant from now. Months clamp.
 */
struct when_word {
	int64_t from, until; /* instants; equal for a moment */
};

bool when_word_parse(struct when_word *word, struct str text, int64_t now,
    const struct zone *zone, struct error *err);

/* An instant as RFC 3339 in a zone: "2026-11-23T09:00:00+01:00", "Z" for UTC;
 * a zone with an offset of odd seconds is written with them rounded down. */
bool instant_write(int64_t instant, const struct zone *zone,
    struct zone_cursor *cursor, struct buf *out);

/* A local day as "2026-11-23". */
bool date_write(int32_t day, struct buf *out);

/* The same to where there is room for MOMENT_ROOM bytes; how many it took. */
#define MOMENT_ROOM 25
size_t instant_put(int64_t instant, const struct zone *zone,
    struct zone_cursor *cursor, char *to);
size_t date_put(int32_t day, char *to);

#endif
