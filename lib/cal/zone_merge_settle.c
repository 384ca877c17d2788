#include "cal/zone_merge_impl.h"

#include "time/civil.h"
#include "time/zone_write.h"

#define WALKS_MOST 2000 /* comparisons year by year, of hostile input */
#define YEAR_2100  4102444800

static const struct zone *
variant_zone(const struct zone_merge *merge, const struct tzid *tzid,
    const struct variant *variant)
{
	if (variant->definition != NO_DEFINITION)
		/* There is that one. */
		/* NOLINTNEXTLINE(clang-analyzer-core.NullDereference) */
		return merge->definitions[variant->definition].zone;
	return zones_resolve(merge->options.zones, NULL, tzid->name,
	    ZONES_SYSTEM, NULL);
}

/* --- names ---------------------------------------------------------------- */

/* A local time is at most a day away from its instant. */
static int64_t
instant_before(int64_t local)
{
	return local > LOCAL_FIRST + 2 * SECONDS_A_DAY ? local - SECONDS_A_DAY
	                                               : LOCAL_FIRST;
}

/* Whether `other` may stand for `variant` too. */
static bool
stands_for(struct zone_merge *merge, const struct tzid *tzid,
    const struct variant *other, const struct variant *variant)
{
	const struct zone *a, *b;

	if (variant->earliest == INT64_MAX)
		return true;
	a = variant_zone(merge, tzid, other);
	b = variant_zone(merge, tzid, variant);
	return a && b && merge->walks++ < WALKS_MOST &&
	       zone_same(a, b, instant_before(variant->earliest), YEAR_2100);
}

/* "Europe/Paris-2", as no other zone here is called. */
static bool
new_name(struct zone_merge *merge, uint32_t index, struct variant *variant)
{
	struct str base = merge->tzids[index].name;
	struct buf name = {0};
	bool ok = false;

	for (unsigned i = 2; i; i++) {
		buf_reset(&name);
		buf_printf(&name, "%.*s-%u", STR_ARG(base), i);
		if (!buf_ok(&name) ||
		    !zone_merge_tzid(merge, buf_str(&name), false))
			break;
	}
	variant->name = arena_copy(&merge->arena, buf_str(&name));
	/* The name is taken now; this may move the table of TZIDs. */
	ok = buf_ok(&name) && variant->name.p &&
	     zone_merge_tzid(merge, variant->name, true);
	buf_free(&name);
	return ok;
}

/* The variant that keeps the name: one without a definition, which nobody can
 * rename, else the first. */
static uint32_t
find_base(const struct tzid *tzid)
{
	for (uint32_t i = 0; i < tzid->count; i++)
		if (tzid->variants[i].definition == NO_DEFINITION &&
		    tzid->variants[i].used_parts)
			return i;
	return 0;
}

/* A Windows name and the like, which others do not know, as an IANA name. */
static struct str
iana_name(const struct zone_merge *merge, const struct tzid *tzid,
    const struct variant *variant)
{
	enum zone_source source;
	const struct zone *zone;

	if (!merge->options.iana || variant->definition != NO_DEFINITION)
		return tzid->name;
	zone = zones_resolve(merge->options.zones, NULL, tzid->name,
	    ZONES_SYSTEM, &source);
	if (source != ZONE_FROM_ALIAS || zone_is_utc(zone) ||
	    !zones_system(merge->options.zones, zone_id(zone)))
		return tzid->name;
	return zone_id(zone);
}

/* The base, or one before it, that may stand for variant i; else itself. */
static uint32_t
find_same(struct zone_merge *merge, const struct tzid *tzid, uint32_t base,
    uint32_t i)
{
	const struct variant *variants = tzid->variants;

	if (stands_for(merge, tzid, &variants[base], &variants[i]))
		return base;
	for (uint32_t k = 0; k < i; k++)
		if (k != base && variants[k].same == k &&
		    stands_for(merge, tzid, &variants[k], &variants[i]))
			return k;
	return i;
}

static bool
settle_tzid(struct zone_merge *merge, uint32_t index)
{
	struct tzid *tzid = &merge->tzids[index];
	struct variant *variants = tzid->variants;
	uint32_t base = find_base(tzid), count = tzid->count;

	variants[base].same = base;
	variants[base].name = iana_name(merge, tzid, &variants[base]);
	for (uint32_t i = 0; i < count; i++) {
		if (i == base)
			continue;
		/* The table of TZIDs moves when a name is added to it. */
		variants[i].same =
		    find_same(merge, &merge->tzids[index], base, i);
		if (variants[i].same != i)
			variants[i].name = variants[variants[i].same].name;
		else if (!new_name(merge, index, &variants[i]))
			return false;
	}
	return true;
}

bool
zone_merge_settle(struct zone_merge *merge, struct error *err)
{
	size_t count = merge->tzid_count; /* new names come after them */

	for (size_t i = 0; i < count; i++)
		if (merge->tzids[i].count && !settle_tzid(merge, (uint32_t)i))
			return error_set(err, ERR_MEMORY, pos_none(),
			    "no memory");
	return true;
}

/* --- the calendars again -------------------------------------------------- */

static bool
log_take(struct zone_log *log, uint32_t *number, struct error *err)
{
	size_t left = log->have - log->next, got = 1;

	if (left < sizeof(*number)) {
		memmove(log->bytes, log->bytes + log->next, left);
		log->next = 0;
		log->have = left;
		while (got && log->have < sizeof(*number)) {
			if (!spool_read(log->log, log->at,
				(char *)log->bytes + log->have,
				sizeof(log->bytes) - log->have, &got, err))
				return false;
			log->have += got;
			log->at += got;
		}
	}
	memcpy(number, log->bytes + log->next, sizeof(*number));
	log->next += sizeof(*number);
	return true;
}

bool
zone_merge_open(struct zone_merge *merge, struct zone_log *log, unsigned *part,
    bool *renames, struct error *err)
{
	uint32_t index, variant, count;

	*renames = false;
	merge->opened++;
	if (!log_take(log, &index, err) || !log_take(log, &count, err))
		return false;
	*part = index;
	while (count--) {
		struct tzid *tzid;

		if (!log_take(log, &index, err) ||
		    !log_take(log, &variant, err))
			return false;
		tzid = &merge->tzids[index];
		tzid->opened = merge->opened;
		tzid->variant = variant;
		if (!str_eq(tzid->variants[variant].name, tzid->name))
			*renames = true;
	}
	return true;
}

struct str
zone_merge_name(struct zone_merge *merge, struct str name)
{
	char bytes[KEY_ROOM];
	struct tzid *tzid = zone_merge_tzid(merge,
	    zone_merge_key(name, bytes, sizeof(bytes)), false);
	struct str none = {NULL, 0};
	struct str now;

	if (!tzid || tzid->opened != merge->opened)
		return none;
	now = tzid->variants[tzid->variant].name;
	if (str_eq(now, tzid->name) && !merge->options.complete)
		return none;
	return str_eq(now, name) ? none : now;
}

/* --- the definitions ------------------------------------------------------ */

/* What of the variants that one stands for is in this part. */
static bool
is_wanted(const struct zone_merge *merge, const struct tzid *tzid,
    uint32_t same, uint64_t bit)
{
	for (uint32_t i = 0; i < tzid->count; i++) {
		const struct variant *variant = &tzid->variants[i];
		uint64_t parts = merge->options.complete ? variant->used_parts
		                                         : variant->parts;

		if (variant->same == same && parts & bit)
			return true;
	}
	return false;
}

/* Of several texts the one that stands for the others, else the first. */
static const struct definition *
text_of(const struct zone_merge *merge, const struct tzid *tzid, uint32_t same)
{
	uint32_t definition = tzid->variants[same].definition;

	for (uint32_t i = 0; definition == NO_DEFINITION && i < tzid->count;
	     i++)
		if (tzid->variants[i].same == same)
			definition = tzid->variants[i].definition;
	return definition == NO_DEFINITION ? NULL
	                                   : &merge->definitions[definition];
}

static int64_t
earliest_of(const struct tzid *tzid, uint32_t same)
{
	int64_t earliest = INT64_MAX;

	for (uint32_t i = 0; i < tzid->count; i++)
		if (tzid->variants[i].same == same &&
		    tzid->variants[i].earliest < earliest)
			earliest = tzid->variants[i].earliest;
	return earliest == INT64_MAX ? 0 : earliest;
}

/* Another TZID's definition may have that name already. */
static bool
is_defined(const struct zone_merge *merge, const struct tzid *own,
    struct str name)
{
	const struct tzid *other;

	if (str_eq(own->name, name))
		return false;
	for (size_t i = 0; i < merge->tzid_count; i++) {
		other = &merge->tzids[i];
		if (other->count && str_eq(other->name, name))
			return true;
		if (other != own && other < own && other->count &&
		    str_eq(other->variants[0].name, name))
			return true;
	}
	return false;
}

static bool
generate(struct zone_merge *merge, const struct tzid *tzid, uint32_t same,
    struct zone_text *zone, struct error *err)
{
	const struct variant *variant = &tzid->variants[same];
	const struct zone *from = variant_zone(merge, tzid, variant);
	struct buf out = {0};
	bool ok = true;

	*zone = (struct zone_text){0};
	if (!merge->options.complete || !from ||
	    is_defined(merge, tzid, variant->name))
		return true;
	ok = zone_write(from, variant->name,
	    instant_before(earliest_of(tzid, same)), &out);
	if (ok)
		zone->text = arena_copy(&merge->arena, buf_str(&out));
	buf_free(&out);
	if (!zone->text.p)
		return error_set(err, ERR_MEMORY, pos_none(), "no memory");
	return true;
}

static bool
give_text(struct zone_merge *merge, const struct tzid *tzid, uint32_t same,
    struct zone_text *zone, struct error *err)
{
	const struct definition *definition = text_of(merge, tzid, same);
	struct str name = tzid->variants[same].name;

	if (!definition)
		return generate(merge, tzid, same, zone, err);
	*zone = (struct zone_text){.text = definition->text};
	if (!str_eq(merge->tzids[definition->tzid].name, name))
		zone->name = name;
	return true;
}

/* *at: a TZID in the upper half, a variant in the lower. */
bool
zone_merge_next(struct zone_merge *merge, uint64_t *at, unsigned part,
    struct zone_text *zone, struct error *err)
{
	uint64_t bit = UINT64_C(1) << part;

	err->code = ERR_NONE;
	for (;;) {
		size_t index = (size_t)(*at >> 32);
		uint32_t same = (uint32_t)*at;
		const struct tzid *tzid;

		if (index >= merge->tzid_count)
			return false;
		tzid = &merge->tzids[index];
		if (same >= tzid->count) {
			*at = (uint64_t)(index + 1) << 32;
			continue;
		}
		++*at;
		if (tzid->variants[same].same != same ||
		    !is_wanted(merge, tzid, same, bit))
			continue;
		if (!give_text(merge, tzid, same, zone, err))
			return false;
		if (zone->text.n)
			return true;
	}
}

bool
zone_merge_unknown(const struct zone_merge *merge, size_t *at, unsigned part,
    struct str *name, struct pos *pos)
{
	uint64_t bit = UINT64_C(1) << part;

	while (*at < merge->tzid_count) {
		const struct tzid *tzid = &merge->tzids[(*at)++];

		for (uint32_t i = 0; i < tzid->count; i++) {
			const struct variant *variant = &tzid->variants[i];

			if (variant->used_parts & bit &&
			    variant->definition == NO_DEFINITION &&
			    !variant_zone(merge, tzid, variant)) {
				*name = tzid->name;
				*pos = tzid->pos;
				return true;
			}
		}
	}
	return false;
}

bool
zone_merge_renamed(const struct zone_merge *merge, uint64_t *at,
    struct zone_rename *rename)
{
	for (;;) {
		size_t index = (size_t)(*at >> 32);
		uint32_t same = (uint32_t)*at;
		const struct variant *variant;
		const struct tzid *tzid;

		if (index >= merge->tzid_count)
			return false;
		tzid = &merge->tzids[index];
		if (same >= tzid->count) {
			*at = (uint64_t)(index + 1) << 32;
			continue;
		}
		++*at;
		variant = &tzid->variants[same];
		if (variant->same != same || str_eq(variant->name, tzid->name))
			continue;
		*rename = (struct zone_rename){.from = tzid->name,
		    .to = variant->name,
		    .pos = tzid->pos};
		rename->defined = variant->definition != NO_DEFINITION;
		if (rename->defined)
			rename->pos =
			    merge->definitions[variant->definition].pos;
		return true;
	}
}
