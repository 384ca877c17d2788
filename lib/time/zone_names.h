/*
 * Names of zones that are not names of the tz database, and what they mean.
 * Private to lib/time's zone files and their tests.
 */
#ifndef KALENDS_TIME_ZONE_NAMES_H
#define KALENDS_TIME_ZONE_NAMES_H

#include "base/str.h"

struct zone_alias {
	struct str name, zone;
};

/* The IANA name of a Windows zone ("W. Europe Standard Time"), any case; empty
 * where there is none. */
struct str windows_zone(struct str name);

/* The same for what Outlook shows its user, "(UTC+01:00) Brussels, Copenhagen,
 * Madrid, Paris", by the places in it, in any of the spellings of Windows,
 * Exchange and Lotus Notes. */
struct str display_zone(struct str name);

/* A name for UTC itself, any case: "UTC", "GMT", "Z", "Etc/Zulu"... */
bool zone_name_is_utc(struct str name);

/* "+01:00", "+0100", "UTC+01:00", "(GMT-03:00)". Hours alone are refused after
 * letters: "GMT+1" is east for some and west for others. */
bool zone_name_offset(struct str name, int32_t *offset);

/* Whether a name may be opened below the zoneinfo folder. */
bool zone_name_is_safe(struct str name);

/* How many letters apart two names are, case ignored; at most `max` + 1. */
size_t zone_name_distance(struct str a, struct str b, size_t max);

#endif
