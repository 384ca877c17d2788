/*
 * Which zone a TZID means (the table of the manual kalends-zones(7)):
 *
 *   1. exactly an IANA name of a place ("Europe/Paris"): the system's tzdata
 *   2. a VTIMEZONE of the same VCALENDAR (before 1 with ZONES_STREAM); then an
 *      IANA name without a slash. Those are abbreviations and old links, which
 *      exporters have for anything: "GMT" for the rules of London, "EST" for
 *      those of New York; tzdata itself changed in 2024 what EST, CET and
 *      others mean. (With ZONES_SYSTEM they come first, too.)
 *   3. an IANA name after a known prefix ("/citadel.org/2019_1/Europe/Paris",
 *      "/freeassociation.sourceforge.net/Tzfile/..."), a Windows name (CLDR's
 *      table), an Outlook display name ("(UTC+01:00) Brussels, ...")
 *   4. nothing: the caller takes its default zone, and says so once
 *
 * struct zones owns the zones of the system that were loaded; a struct
 * zone_scope owns the VTIMEZONEs of one VCALENDAR.
 */
#ifndef KALENDS_TIME_ZONES_H
#define KALENDS_TIME_ZONES_H

#include "time/zone.h"

struct zones;
struct zone_scope;

/* dir: the zoneinfo folder; NULL for $TZDIR, else /usr/share/zoneinfo. */
struct zones *zones_new(const char *dir);
void zones_free(struct zones *zones);

/* By exact IANA name; NULL where the system has none. Names with "..", a
 * leading slash or odd bytes are never opened. Loaded once, then cached. */
const struct zone *zones_system(struct zones *zones, struct str name);

/* The user's own zone: TZ (":Europe/Paris", "Europe/Paris", a POSIX string, a
 * path), else /etc/localtime (its id from the link's target), else UTC. */
const struct zone *zones_local(struct zones *zones);

/* What -z accepts: an IANA name, "UTC", "Z", "local", "+02:00", a Windows
 * name. NULL and ERR_ABSENT otherwise; the message names a near miss
 * ("Europe/Pari: no such zone; did you mean Europe/Paris?"). */
const struct zone *zones_option(struct zones *zones, struct str word,
    struct error *err);

/* The VTIMEZONEs of one VCALENDAR. add: false for a definition that cannot be
 * used (the error says why); a second definition of the same TZID that differs
 * is refused with ERR_VALUE, the first stays. ERR_LIMIT where there are more
 * than limits.h allows: told once, further ones are passed over. */
struct zone_scope *zone_scope_new(void);
void zone_scope_free(struct zone_scope *scope);
void zone_scope_reset(struct zone_scope *scope);
bool zone_scope_add(struct zone_scope *scope, const struct component *vtimezone,
    struct error *err);

enum zone_policy { ZONES_BY_NAME, ZONES_SYSTEM, ZONES_STREAM };

/* How a TZID was understood; ZONE_FROM_NOWHERE gives NULL. */
enum zone_source {
	ZONE_FROM_SYSTEM,
	ZONE_FROM_STREAM,
	ZONE_FROM_ALIAS,
	ZONE_FROM_NOWHERE,
};

const struct zone *zones_resolve(struct zones *zones,
    const struct zone_scope *scope, struct str tzid, enum zone_policy policy,
    enum zone_source *source);

/* Whether a VTIMEZONE that is still to come cannot change what that gives. */
bool zones_settled(struct zones *zones, const struct zone_scope *scope,
    struct str tzid, enum zone_policy policy);

/* Where both the system and the calendar define the TZID and nobody chose
 * (ZONES_BY_NAME): the one that zones_resolve(), which gave `source`, did not
 * take, to compare with zone_same(). NULL otherwise. */
const struct zone *zones_other(struct zones *zones,
    const struct zone_scope *scope, struct str tzid, enum zone_policy policy,
    enum zone_source source);

/* The VTIMEZONE of that TZID in scope, or NULL. */
const struct zone *zone_scope_find(const struct zone_scope *scope,
    struct str tzid);

#endif
