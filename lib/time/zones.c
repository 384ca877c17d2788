#include "time/zone_impl.h"
#include "time/zone_names.h"
#include "time/zones_impl.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define FILE_MAX   ((off_t)1 << 20)
#define PATH_BYTES 4096
#define CACHE_MAX  4096 /* names remembered; an input may hold any number */
#define TZID_MAX   256  /* bytes of a TZID that can be an alias */

struct zones {
	char *dir;
	struct zone_map system;  /* by IANA name */
	struct zone_map aliases; /* by any other */
	struct zone_list list;   /* read when first needed */
	bool listed;
	const struct zone *local;
	struct zone **owned;
	size_t owned_count, owned_room;
};

static bool
read_all(int fd, char *bytes, size_t n)
{
	while (n) {
		ssize_t got = read(fd, bytes, n);

		if (got < 0 && errno == EINTR)
			continue;
		if (got <= 0)
			return false;
		bytes += got;
		n -= (size_t)got;
	}
	return true;
}

static struct zone *
zone_from_file(const char *path, struct str id)
{
	/* not to hang on a pipe that somebody's TZ names */
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK);
	struct zone *zone = NULL;
	struct stat st;
	char *bytes;

	if (fd < 0)
		return NULL;
	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode) || st.st_size <= 0 ||
	    st.st_size > FILE_MAX)
		goto out;
	bytes = malloc((size_t)st.st_size);
	if (bytes && read_all(fd, bytes, (size_t)st.st_size))
		zone = zone_from_tzif((struct str){bytes, (size_t)st.st_size},
		    id, NULL);
	free(bytes);
out:
	close(fd);
	return zone;
}

/* Frees the zone, and returns NULL, where it cannot be kept. */
static const struct zone *
own(struct zones *zones, struct zone *zone)
{
	if (zone && zones->owned_count == zones->owned_room) {
		size_t room = zones->owned_room ? zones->owned_room * 2 : 16;
		struct zone **owned =
		    realloc(zones->owned, room * sizeof(struct zone *));

		if (!owned) {
			zone_free(zone);
			return NULL;
		}
		zones->owned = owned;
		zones->owned_room = room;
	}
	if (zone)
		zones->owned[zones->owned_count++] = zone;
	return zone;
}

struct zones *
zones_new(const char *dir)
{
	struct zones *zones = calloc(1, sizeof(*zones));

	if (!zones)
		return NULL;
	if (!dir)
		dir = getenv("TZDIR");
	if (!dir || !*dir)
		dir = "/usr/share/zoneinfo";
	zones->dir = strdup(dir);
	if (!zones->dir) {
		free(zones);
		return NULL;
	}
	return zones;
}

void
zones_free(struct zones *zones)
{
	if (!zones)
		return;
	for (size_t i = 0; i < zones->owned_count; i++)
		zone_free(zones->owned[i]);
	free(zones->owned);
	zone_map_free(&zones->system);
	zone_map_free(&zones->aliases);
	zone_list_free(&zones->list);
	free(zones->dir);
	free(zones);
}

const struct zone *
zones_system(struct zones *zones, struct str name)
{
	char path[PATH_BYTES];
	const struct zone *zone;
	int n;

	if (zone_map_find(&zones->system, name, &zone))
		return zone;
	if (!zone_name_is_safe(name))
		return NULL;
	/* "Z" and the like are no names of the database */
	if (name.n > 1 && zone_name_is_utc(name) && name.p[0] != 'u' &&
	    name.p[0] != 'g')
		return zone_utc();
	n = snprintf(path, sizeof(path), "%s/%.*s", zones->dir, STR_ARG(name));
	if (n < 0 || (size_t)n >= sizeof(path))
		return NULL;
	zone = own(zones, zone_from_file(path, name));
	if (zone || zones->system.count < CACHE_MAX)
		zone_map_add(&zones->system, name, zone);
	return zone;
}

static const struct zone_list *
list_of(struct zones *zones)
{
	if (!zones->listed)
		zone_list_read(&zones->list, zones->dir);
	zones->listed = true;
	return &zones->list;
}

/* An exact name, or one that differs in case only. */
static const struct zone *
named(struct zones *zones, struct str name)
{
	const struct zone *zone = NULL;
	struct str folded;

	if (zone_name_is_utc(name))
		return zone_utc();
	if (!zone_name_is_safe(name))
		return NULL;
	zone = zones_system(zones, name);
	if (zone)
		return zone;
	folded = zone_list_fold(list_of(zones), name);
	return folded.n ? zones_system(zones, folded) : NULL;
}

/* "/mozilla.org/20070129_1/Europe/Brussels": the longest end that is a name.
 * A single word counts only where the whole begins as a vendor's path, since
 * "Team/Japan" may mean anything. */
static const struct zone *
after_prefix(struct zones *zones, struct str tzid)
{
	bool vendor =
	    str_starts(tzid, STR("/")) || str_istarts(tzid, STR("tzone://"));
	struct str rest = tzid;

	for (;;) {
		size_t slash = str_find_byte(rest, '/');
		const struct zone *zone;

		if (slash == SIZE_MAX)
			return NULL;
		rest = str_from(rest, slash + 1);
		if (!vendor && str_find_byte(rest, '/') == SIZE_MAX)
			return NULL;
		zone = named(zones, rest);
		if (zone)
			return zone;
	}
}

/* "Europe_Berlin", "America-New_York". */
static const struct zone *
with_slash(struct zones *zones, struct str tzid)
{
	char name[TZID_MAX];
	size_t at = 0;

	while (at < tzid.n && tzid.p[at] != '_' && tzid.p[at] != '-')
		at++;
	if (at == tzid.n || str_find_byte(tzid, '/') != SIZE_MAX)
		return NULL;
	memcpy(name, tzid.p, tzid.n);
	name[at] = '/';
	return named(zones, (struct str){name, tzid.n});
}

/* "W. Europe Standard Time", and "W. Europe" as Lotus Notes has it. */
static const struct zone *
of_windows(struct zones *zones, struct str tzid)
{
	static const struct str ending = STR_C(" Standard Time");
	char name[TZID_MAX + 16];
	struct str zone = windows_zone(tzid);

	if (!zone.n) {
		memcpy(name, tzid.p, tzid.n);
		memcpy(name + tzid.n, ending.p, ending.n);
		zone = windows_zone((struct str){name, tzid.n + ending.n});
	}
	if (!zone.n)
		zone = display_zone(tzid);
	return zone.n ? zones_system(zones, zone) : NULL;
}

static const struct zone *
find_alias(struct zones *zones, struct str tzid)
{
	const struct zone *zone;
	int32_t offset;

	if (tzid.n == 0 || tzid.n >= TZID_MAX)
		return NULL;
	if (zone_name_is_utc(tzid))
		return zone_utc();
	if (zone_name_offset(tzid, &offset))
		return own(zones, zone_fixed(tzid, offset));
	if ((zone = after_prefix(zones, tzid)) != NULL)
		return zone;
	if ((zone = of_windows(zones, tzid)) != NULL)
		return zone;
	if ((zone = named(zones, tzid)) != NULL)
		return zone;
	return with_slash(zones, tzid);
}

static const struct zone *
alias(struct zones *zones, struct str tzid)
{
	const struct zone *zone;

	tzid = str_trim(tzid);
	if (zone_map_find(&zones->aliases, tzid, &zone))
		return zone;
	/* above that a fixed offset would be owned anew each time */
	if (zones->aliases.count >= CACHE_MAX)
		return NULL;
	zone = find_alias(zones, tzid);
	zone_map_add(&zones->aliases, tzid, zone);
	return zone;
}

static bool
is_place(struct str tzid)
{
	return str_find_byte(tzid, '/') != SIZE_MAX;
}

const struct zone *
zones_resolve(struct zones *zones, const struct zone_scope *scope,
    struct str tzid, enum zone_policy policy, enum zone_source *source)
{
	const struct zone *stream = scope ? zone_scope_find(scope, tzid) : NULL;
	const struct zone *zone = NULL;
	enum zone_source ignored;

	if (!source)
		source = &ignored;
	*source = ZONE_FROM_SYSTEM;
	if (!stream || policy == ZONES_SYSTEM ||
	    (policy == ZONES_BY_NAME && is_place(tzid)))
		zone = zones_system(zones, tzid);
	if (zone)
		return zone;
	*source = ZONE_FROM_STREAM;
	if (stream)
		return stream;
	zone = alias(zones, tzid);
	*source = zone ? ZONE_FROM_ALIAS : ZONE_FROM_NOWHERE;
	return zone;
}

bool
zones_settled(struct zones *zones, const struct zone_scope *scope,
    struct str tzid, enum zone_policy policy)
{
	enum zone_source source;

	zones_resolve(zones, scope, tzid, policy, &source);
	if (source == ZONE_FROM_SYSTEM)
		return policy == ZONES_SYSTEM ||
		       (policy == ZONES_BY_NAME && is_place(tzid));
	return source == ZONE_FROM_STREAM;
}

const struct zone *
zones_other(struct zones *zones, const struct zone_scope *scope,
    struct str tzid, enum zone_policy policy, enum zone_source source)
{
	if (policy != ZONES_BY_NAME || !scope)
		return NULL;
	if (source == ZONE_FROM_SYSTEM)
		return zone_scope_find(scope, tzid);
	if (source == ZONE_FROM_STREAM)
		return zones_system(zones, tzid);
	return NULL;
}

/* What follows ".../zoneinfo/" in a path, or nothing. */
static struct str
name_in_path(struct str path)
{
	static const struct str folder = STR_C("zoneinfo/");
	size_t at = str_find(path, folder);

	return at == SIZE_MAX ? (struct str){NULL, 0}
	                      : str_from(path, at + folder.n);
}

static const struct zone *
from_path(struct zones *zones, const char *path)
{
	struct str name = name_in_path(str_of(path));
	const struct zone *zone = NULL;

	if (name.n)
		zone = zones_system(zones, name);
	if (!zone)
		zone = own(zones,
		    zone_from_file(path, name.n ? name : str_of(path)));
	return zone;
}

static const struct zone *
from_etc(struct zones *zones)
{
	char target[PATH_BYTES];
	ssize_t n = readlink("/etc/localtime", target, sizeof(target) - 1);
	const struct zone *zone = NULL;

	if (n > 0)
		zone = zones_system(zones,
		    name_in_path((struct str){target, (size_t)n}));
	if (!zone)
		zone =
		    own(zones, zone_from_file("/etc/localtime", STR("local")));
	return zone;
}

/* A file's name before a TZ string: "EST5EDT" is both. */
static const struct zone *
from_tz(struct zones *zones, const char *tz)
{
	const struct zone *zone;

	if (*tz == ':')
		tz++;
	if (*tz == '/')
		return from_path(zones, tz);
	zone = zones_system(zones, str_of(tz));
	if (!zone)
		zone = own(zones, zone_from_posix(str_of(tz), str_of(tz)));
	return zone;
}

const struct zone *
zones_local(struct zones *zones)
{
	const char *tz = getenv("TZ");

	if (!zones->local)
		zones->local = tz ? from_tz(zones, tz) : from_etc(zones);
	if (!zones->local)
		zones->local = zone_utc();
	return zones->local;
}

const struct zone *
zones_option(struct zones *zones, struct str word, struct error *err)
{
	const struct zone *zone = zones_system(zones, word);
	struct str near;

	if (!zone && str_ieq(word, STR("local")))
		zone = zones_local(zones);
	if (!zone)
		zone = alias(zones, word);
	if (zone)
		return zone;
	near = zone_list_near(list_of(zones), word);
	if (near.n)
		error_set(err, ERR_ABSENT, pos_none(),
		    "%.*s: no such zone; did you mean %.*s?", STR_ARG(word),
		    STR_ARG(near));
	else
		error_set(err, ERR_ABSENT, pos_none(), "%.*s: no such zone",
		    STR_ARG(word));
	return NULL;
}
