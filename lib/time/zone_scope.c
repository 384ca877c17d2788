#include "base/limits.h"
#include "text/record.h"
#include "time/zone_impl.h"
#include "time/zones_impl.h"

#include <stdlib.h>

#define FOLDED_MAX 256
#define WALKS_MAX  100 /* comparisons year by year, of hostile input */

struct zone_scope {
	struct zone_map map; /* owns its zones */
	size_t walks;
	size_t onsets; /* of all of them */
	bool full;     /* above a limit, and told */
};

struct zone_scope *
zone_scope_new(void)
{
	return calloc(1, sizeof(struct zone_scope));
}

void
zone_scope_reset(struct zone_scope *scope)
{
	for (size_t i = 0; i < scope->map.room; i++) {
		/* made in zone_scope_add(), so ours to free */
		union {
			const struct zone *shared;
			struct zone *own;
		} zone = {.shared = scope->map.entries[i].zone};

		zone_free(zone.own);
	}
	zone_map_reset(&scope->map);
	scope->walks = scope->onsets = 0;
	scope->full = false;
}

void
zone_scope_free(struct zone_scope *scope)
{
	if (!scope)
		return;
	zone_scope_reset(scope);
	zone_map_free(&scope->map);
	free(scope);
}

static bool
same_bytes(const void *a, const void *b, size_t n)
{
	return n == 0 || memcmp(a, b, n) == 0;
}

static bool
same_rule(const struct yearly *a, const struct yearly *b)
{
	return a->kind == b->kind && a->month == b->month &&
	       a->weekday == b->weekday && a->day == b->day &&
	       a->type == b->type && a->time == b->time &&
	       a->before == b->before && a->first == b->first &&
	       a->last == b->last;
}

/* Twice the same text, which is what joined calendars have, needs no walk
 * through the years. */
static bool
same_parts(const struct zone_parts *a, const struct zone_parts *b)
{
	if (a->rule_count != b->rule_count || a->count != b->count ||
	    a->type_count != b->type_count || a->type_first != b->type_first)
		return false;
	for (size_t i = 0; i < a->type_count; i++)
		if (a->types[i].offset != b->types[i].offset)
			return false;
	for (size_t i = 0; i < a->rule_count; i++)
		if (!same_rule(&a->rules[i], &b->rules[i]))
			return false;
	return same_bytes(a->at, b->at, a->count * sizeof(*a->at)) &&
	       same_bytes(a->to, b->to, a->count * sizeof(*a->to));
}

/* From 1900 to 2100. */
static bool
same_definition(struct zone_scope *scope, const struct zone *a,
    const struct zone *b)
{
	return same_parts(&a->parts, &b->parts) ||
	       (scope->walks++ < WALKS_MAX &&
		   zone_same(a, b, -2208988800, 4102444800));
}

/* The zone is the scope's, or freed. */
static bool
add_first(struct zone_scope *scope, struct zone *zone, struct pos pos,
    struct error *err)
{
	scope->onsets += zone->parts.count;
	if (scope->map.count >= LIMIT_ZONES || scope->onsets > LIMIT_ONSETS) {
		zone_free(zone);
		scope->full = true;
		return error_set(err, ERR_LIMIT, pos,
		    "more time zones than are looked at in one calendar: "
		    "%zu of them, or %zu changes of the clock",
		    LIMIT_ZONES, LIMIT_ONSETS);
	}
	if (zone_map_add(&scope->map, zone_id(zone), zone))
		return true;
	zone_free(zone);
	return error_set(err, ERR_MEMORY, pos_none(),
	    "no memory for a time zone");
}

bool
zone_scope_add(struct zone_scope *scope, const struct component *vtimezone,
    struct error *err)
{
	const struct zone *first;
	struct zone *zone;
	struct str id;
	bool same;

	if (scope->full)
		return true;
	zone = zone_from_vtimezone(vtimezone, err);
	if (!zone)
		return false;
	id = zone_id(zone);
	if (!zone_map_find(&scope->map, id, &first))
		return add_first(scope, zone, vtimezone->record->pos, err);
	same = same_definition(scope, first, zone);
	if (!same)
		error_set(err, ERR_VALUE, pos_none(),
		    "VTIMEZONE %.*s is defined twice, differently; "
		    "the first definition is used",
		    STR_ARG(id));
	zone_free(zone);
	return same;
}

/* Some write the parameter with the escapes that only the property has. */
static struct str
without_escapes(struct str tzid, char bytes[FOLDED_MAX])
{
	size_t n = 0;

	for (size_t i = 0; i < tzid.n; i++) {
		if (tzid.p[i] == '\\' && i + 1 < tzid.n)
			i++;
		bytes[n++] = tzid.p[i];
	}
	return (struct str){bytes, n};
}

const struct zone *
zone_scope_find(const struct zone_scope *scope, struct str tzid)
{
	char bytes[FOLDED_MAX];
	const struct zone *zone;

	if (zone_map_find(&scope->map, tzid, &zone) || tzid.n > FOLDED_MAX)
		return zone;
	tzid = str_trim(tzid);
	if (!zone_map_find(&scope->map, tzid, &zone) &&
	    str_find_byte(tzid, '\\') != SIZE_MAX)
		zone_map_find(&scope->map, without_escapes(tzid, bytes), &zone);
	return zone;
}
