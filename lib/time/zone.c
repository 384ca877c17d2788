#include "time/zone_impl.h"

#include <stdio.h>
#include <stdlib.h>

static const struct zone_type utc_type = {0, false, "UTC"};

static const struct zone utc_zone = {
    .parts = {.id = STR_C("UTC"), .type_count = 1, .types = &utc_type},
};

void
zone_type_name(struct zone_type *type, struct str name)
{
	size_t n = name.n;

	if (n > sizeof(type->name) - 1) {
		n = sizeof(type->name) - 1;
		/* not inside a UTF-8 character */
		while (n && ((unsigned char)name.p[n] & 0xc0) == 0x80)
			n--;
	}
	memset(type->name, 0, sizeof(type->name));
	for (size_t i = 0; i < n; i++) {
		unsigned char c = (unsigned char)name.p[i];

		type->name[i] = c < 0x20 || c == 0x7f ? '?' : name.p[i];
	}
}

static void *
place(char **at, const void *from, size_t count, size_t size)
{
	void *to = *at;

	if (count)
		memcpy(to, from, count * size);
	*at += count * size;
	return to;
}

struct zone *
zone_build(const struct zone_parts *parts)
{
	size_t size = sizeof(struct zone) + parts->count * sizeof(*parts->at) +
	              parts->rule_count * sizeof(*parts->rules) +
	              parts->type_count * sizeof(*parts->types) +
	              parts->count * sizeof(*parts->to) + parts->id.n + 1;
	struct zone *zone = malloc(size);
	struct zone_parts *own;
	char *at;

	if (!zone)
		return NULL;
	/* in order of alignment: what needs most comes first */
	at = (char *)(zone + 1);
	zone->parts = *parts;
	own = &zone->parts;
	own->at = place(&at, parts->at, parts->count, sizeof(*parts->at));
	own->rules =
	    place(&at, parts->rules, parts->rule_count, sizeof(*parts->rules));
	own->types =
	    place(&at, parts->types, parts->type_count, sizeof(*parts->types));
	own->to = place(&at, parts->to, parts->count, sizeof(*parts->to));
	own->id.p = place(&at, parts->id.p, parts->id.n, 1);
	*at = '\0';
	zone->least = zone->most = own->types[0].offset;
	for (size_t i = 1; i < own->type_count; i++) {
		if (own->types[i].offset < zone->least)
			zone->least = own->types[i].offset;
		if (own->types[i].offset > zone->most)
			zone->most = own->types[i].offset;
	}
	return zone;
}

/* How many transitions of the table are at or before the instant. */
static size_t
count_until(const struct zone_parts *parts, int64_t instant)
{
	const int64_t *base = parts->at;
	size_t n = parts->count;

	if (n == 0 || instant < base[0])
		return 0;
	if (instant >= base[n - 1])
		return n;
	while (n > 1) {
		size_t half = n / 2;

		base = base[half] <= instant ? base + half : base;
		n -= half;
	}
	return (size_t)(base - parts->at) + 1;
}

void
zone_span_at(const struct zone *zone, int64_t instant, struct zone_span *span)
{
	const struct zone_parts *parts = &zone->parts;
	size_t n = count_until(parts, instant);
	uint16_t type = n ? parts->to[n - 1] : parts->type_first;
	int64_t from = n ? parts->at[n - 1] : INT64_MIN;
	int64_t until = n < parts->count ? parts->at[n] : INT64_MAX;
	bool open = n == 0;
	const struct zone_type *found;
	int64_t onset;

	for (size_t i = 0; i < parts->rule_count; i++) {
		const struct yearly *rule = &parts->rules[i];

		/* a footer's rules have no say before the last transition */
		if (until <= rule->first)
			continue;
		if (yearly_before(rule, instant, &onset) &&
		    (open || onset > from ||
			(onset == from && rule->type > type))) {
			from = onset;
			type = rule->type;
			open = false;
		}
		if (yearly_after(rule, instant, &onset) && onset < until)
			until = onset;
	}
	found = &parts->types[type];
	span->from = from;
	span->until = until;
	span->offset = found->offset;
	span->dst = found->dst;
	memcpy(span->name, found->name, sizeof(span->name));
}

/* Loads the span of an instant. Local times that are further from its ends
 * than any two offsets of the zone differ happen once, in this span: another
 * instant with the same local time would lie in the same span. */
static void
cursor_load(struct zone_cursor *cursor, const struct zone *zone,
    int64_t instant)
{
	struct zone_span *span = &cursor->span;
	/* NOLINTNEXTLINE(clang-analyzer-core.NullDereference): never NULL */
	int64_t spread = (int64_t)zone->most - zone->least;

	zone_span_at(zone, instant, span);
	cursor->zone = zone;
	cursor->local_from =
	    span->from == INT64_MIN
		? INT64_MIN + ZONE_OFFSET_MAX
		: instant_add(span->from, spread + span->offset);
	cursor->local_until =
	    span->until == INT64_MAX
		? INT64_MAX - ZONE_OFFSET_MAX
		: instant_add(span->until, span->offset - spread);
}

static bool
cursor_has_local(const struct zone_cursor *cursor, int64_t local)
{
	return local >= cursor->local_from && local < cursor->local_until;
}

int64_t
zone_local(struct zone_cursor *cursor, const struct zone *zone, int64_t instant)
{
	struct zone_cursor own = {0};

	if (!cursor)
		cursor = &own;
	if (cursor->zone != zone || instant < cursor->span.from ||
	    instant >= cursor->span.until)
		cursor_load(cursor, zone, instant);
	return instant_add(instant, cursor->span.offset);
}

static bool
span_holds(const struct zone_span *span, int64_t instant)
{
	return instant >= span->from && instant < span->until;
}

/*
 * A local time near a transition: looks at every span in which it could
 * happen. Where it happens in none, the clock jumped over it at the end of the
 * first span whose clock reached it too late.
 */
static int64_t
search_instant(struct zone_cursor *cursor, const struct zone *zone,
    int64_t local, enum zone_fit *fit)
{
	int64_t last = instant_add(local, -(int64_t)zone->least);
	struct zone_cursor found = {0};
	bool jumped = false;
	int64_t answer = 0;

	*fit = ZONE_FIT_GAP;
	cursor_load(cursor, zone, instant_add(local, -(int64_t)zone->most));
	for (;;) {
		const struct zone_span *span = &cursor->span;
		int64_t instant = instant_add(local, -(int64_t)span->offset);

		if (span_holds(span, instant)) {
			if (*fit == ZONE_FIT_ONE) {
				*fit = ZONE_FIT_OVERLAP;
				break;
			}
			*fit = ZONE_FIT_ONE;
			found = *cursor;
			answer = instant;
		} else if (!jumped && *fit == ZONE_FIT_GAP &&
			   instant >= span->until) {
			/* overwritten until the next span's clock is past */
			found = *cursor;
			answer = instant;
		} else if (*fit == ZONE_FIT_GAP) {
			jumped = true;
		}
		if (span->until > last || span->until == INT64_MAX)
			break;
		cursor_load(cursor, zone, span->until);
	}
	*cursor = found;
	return answer;
}

int64_t
zone_instant(struct zone_cursor *cursor, const struct zone *zone, int64_t local,
    enum zone_fit *fit)
{
	struct zone_cursor own = {0};
	enum zone_fit ignored;

	if (!fit)
		fit = &ignored;
	if (!cursor)
		cursor = &own;
	*fit = ZONE_FIT_ONE;
	if (cursor->zone != zone)
		cursor_load(cursor, zone,
		    instant_add(local, -(int64_t)zone->least));
	else if (!cursor_has_local(cursor, local))
		cursor_load(cursor, zone,
		    instant_add(local, -(int64_t)cursor->span.offset));
	if (cursor_has_local(cursor, local))
		return local - cursor->span.offset;
	return search_instant(cursor, zone, local, fit);
}

struct str
zone_id(const struct zone *zone)
{
	return zone->parts.id;
}

bool
zone_is_utc(const struct zone *zone)
{
	return zone == &utc_zone;
}

const struct zone *
zone_utc(void)
{
	return &utc_zone;
}

bool
zone_same(const struct zone *a, const struct zone *b, int64_t from,
    int64_t until)
{
	struct zone_span of_a, of_b;
	int64_t at = from < LOCAL_FIRST ? LOCAL_FIRST : from;

	if (a == b)
		return true;
	/* iCalendar writes no other years, and rules go on for ever */
	if (until > LOCAL_LAST)
		until = LOCAL_LAST;
	while (at < until) {
		zone_span_at(a, at, &of_a);
		zone_span_at(b, at, &of_b);
		if (of_a.offset != of_b.offset)
			return false;
		at = of_a.until < of_b.until ? of_a.until : of_b.until;
	}
	return true;
}

void
zone_type_number(struct zone_type *type)
{
	int32_t offset = type->offset;
	char sign = offset < 0 ? '-' : '+';
	int minutes = (offset < 0 ? -offset : offset) / 60;

	if (minutes % 60)
		snprintf(type->name, sizeof(type->name), "%c%02d%02d", sign,
		    minutes / 60, minutes % 60);
	else
		snprintf(type->name, sizeof(type->name), "%c%02d", sign,
		    minutes / 60);
}

struct zone *
zone_fixed(struct str id, int32_t offset)
{
	struct zone_type type = {.offset = offset};
	struct zone_parts parts = {.id = id, .type_count = 1, .types = &type};

	if (offset < -ZONE_OFFSET_MAX || offset > ZONE_OFFSET_MAX)
		return NULL;
	zone_type_number(&type);
	return zone_build(&parts);
}

void
zone_free(struct zone *zone)
{
	if (zone != &utc_zone)
		free(zone);
}
