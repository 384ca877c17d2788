#include "time/zone_impl.h"

#include <stdlib.h>

#define HEADER_SIZE 44
#define TYPES_MAX   256 /* what a byte can number */

/* A data block of a TZif file (RFC 8536, 3.1 and 3.2), not yet looked into. */
struct block {
	uint32_t isut_count, isstd_count, leap_count, time_count;
	uint32_t type_count, char_count;
	size_t time_size; /* 4 in version 1, else 8 */
	const unsigned char *times, *indices, *types, *chars, *leaps;
};

static bool
bad(struct error *err, const char *what)
{
	return error_set(err, ERR_SYNTAX, pos_none(),
	    "not a usable TZif file: %s", what);
}

static uint32_t
be32(const unsigned char *p)
{
	/* NOLINTNEXTLINE(clang-analyzer-core.NullDereference) */
	return (uint32_t)p[0] << 24 | (uint32_t)p[1] << 16 |
	       (uint32_t)p[2] << 8 | p[3];
}

static int64_t
be_time(const unsigned char *p, size_t size)
{
	if (size == 4)
		return (int32_t)be32(p);
	return (int64_t)((uint64_t)be32(p) << 32 | be32(p + 4));
}

/* Takes header and block off the front of *bytes. */
static bool
take_block(struct block *block, struct str *bytes, size_t time_size,
    char *version, struct error *err)
{
	const unsigned char *p = (const unsigned char *)bytes->p;
	uint64_t size;

	if (bytes->n < HEADER_SIZE || memcmp(p, "TZif", 4) != 0)
		return bad(err, "no header");
	*version = (char)p[4];
	*block = (struct block){
	    .isut_count = be32(p + 20),
	    .isstd_count = be32(p + 24),
	    .leap_count = be32(p + 28),
	    .time_count = be32(p + 32),
	    .type_count = be32(p + 36),
	    .char_count = be32(p + 40),
	    .time_size = time_size,
	};
	size = (uint64_t)block->time_count * (time_size + 1) +
	       (uint64_t)block->type_count * 6 + block->char_count +
	       (uint64_t)block->leap_count * (time_size + 4) +
	       block->isstd_count + (uint64_t)block->isut_count;
	if (size > bytes->n - HEADER_SIZE)
		return bad(err, "cut short");
	block->times = p + HEADER_SIZE;
	block->indices = block->times + block->time_count * time_size;
	block->types = block->indices + block->time_count;
	block->chars = block->types + (size_t)block->type_count * 6;
	block->leaps = block->chars + block->char_count;
	*bytes = str_from(*bytes, HEADER_SIZE + (size_t)size);
	return true;
}

static bool
check_block(const struct block *block, struct error *err)
{
	int64_t before = INT64_MIN;

	/* take_block() has filled it, or nobody comes here. */
	/* NOLINTNEXTLINE(clang-analyzer-core.UndefinedBinaryOperatorResult) */
	if (block->type_count == 0 || block->type_count > TYPES_MAX ||
	    block->char_count == 0)
		return bad(err, "no types");
	if ((block->isut_count && block->isut_count != block->type_count) ||
	    (block->isstd_count && block->isstd_count != block->type_count))
		return bad(err, "indicators do not match types");
	for (size_t i = 0; i < block->time_count; i++) {
		int64_t at = be_time(block->times + i * block->time_size,
		    block->time_size);

		if (i && at <= before)
			return bad(err, "transitions out of order");
		if (block->indices[i] >= block->type_count)
			return bad(err, "transition to no type");
		before = at;
	}
	for (size_t i = 0; i < block->leap_count; i++) {
		int64_t at = be_time(block->leaps + i * (block->time_size + 4),
		    block->time_size);

		if (i && at <= before)
			return bad(err, "leap seconds out of order");
		before = at;
	}
	return true;
}

static bool
read_types(const struct block *block, struct zone_type *types,
    struct error *err)
{
	for (size_t i = 0; i < block->type_count; i++) {
		const unsigned char *p = block->types + i * 6;
		int64_t offset = (int32_t)be32(p);
		struct str name;

		if (offset < -ZONE_OFFSET_MAX || offset > ZONE_OFFSET_MAX)
			return bad(err, "offset out of range");
		if (p[4] > 1)
			return bad(err, "odd daylight flag");
		if (p[5] >= block->char_count)
			return bad(err, "type without a name");
		name = (struct str){(const char *)block->chars + p[5],
		    block->char_count - p[5]};
		if (memchr(name.p, '\0', name.n) == NULL)
			return bad(err, "name without an end");
		name.n = strlen(name.p);
		types[i].offset = (int32_t)offset;
		types[i].dst = p[4];
		zone_type_name(&types[i], name);
	}
	return true;
}

/* Transitions, and in "right" files the leap seconds before each taken out:
 * our instants do not count them. */
static void
read_times(const struct block *block, int64_t *at, uint16_t *to)
{
	size_t size = block->time_size;
	size_t leap = 0;
	int64_t correction = 0;

	for (size_t i = 0; i < block->time_count; i++) {
		int64_t time = be_time(block->times + i * size, size);

		while (leap < block->leap_count) {
			const unsigned char *p =
			    block->leaps + leap * (size + 4);

			if (be_time(p, size) > time)
				break;
			correction = (int32_t)be32(p + size);
			leap++;
		}
		at[i] = instant_add(time, -correction);
		to[i] = block->indices[i];
	}
}

/* Time from the last transition on is what the footer says (3.3). */
static bool
apply_footer(struct zone_parts *parts, uint16_t *to, struct zone_type *types,
    struct posix_tz *tz, struct str footer)
{
	uint16_t std = (uint16_t)parts->type_count;
	uint16_t dst = (uint16_t)(std + 1);

	if (!posix_tz_parse(tz, footer))
		return false;
	types[std] = tz->std;
	types[dst] = tz->dst;
	parts->type_count += tz->has_dst ? 2 : 1;
	if (tz->has_dst && !tz->always_dst) {
		tz->rules[0].type = dst;
		tz->rules[1].type = std;
		if (parts->count)
			tz->rules[0].first = tz->rules[1].first =
			    parts->at[parts->count - 1];
		parts->rules = tz->rules;
		parts->rule_count = 2;
	}
	if (parts->count == 0)
		parts->type_first = tz->always_dst ? dst : std;
	else if (parts->rule_count == 0)
		to[parts->count - 1] = tz->always_dst ? dst : std;
	return true;
}

static struct zone *
make_zone(const struct block *block, struct str footer, struct str id,
    struct error *err)
{
	struct zone_type types[TYPES_MAX + 2];
	struct posix_tz tz;
	struct zone_parts parts = {.id = id, .types = types};
	struct zone *zone = NULL;
	size_t n = block->time_count;
	int64_t *at = malloc((n + 1) * (sizeof(*at) + sizeof(uint16_t)));
	uint16_t *to = (uint16_t *)(void *)(at ? at + n + 1 : NULL);

	if (!at) {
		error_set(err, ERR_MEMORY, pos_none(), "no memory for a zone");
		return NULL;
	}
	if (!read_types(block, types, err))
		goto out;
	read_times(block, at, to);
	for (size_t i = 1; i < n; i++)
		if (at[i] <= at[i - 1]) {
			bad(err, "leap seconds contradict transitions");
			goto out;
		}
	parts.count = n;
	parts.at = at;
	parts.to = to;
	parts.type_count = block->type_count;
	if (footer.n && !apply_footer(&parts, to, types, &tz, footer)) {
		bad(err, "footer is no TZ string");
		goto out;
	}
	zone = zone_build(&parts);
	if (!zone)
		error_set(err, ERR_MEMORY, pos_none(), "no memory for a zone");
out:
	free(at);
	return zone;
}

/* The line after the 64-bit data, between two newlines; may be empty. */
static bool
take_footer(struct str rest, struct str *footer)
{
	size_t end;

	if (rest.n < 2 || rest.p[0] != '\n')
		return false;
	rest = str_from(rest, 1);
	end = str_find_byte(rest, '\n');
	if (end == SIZE_MAX)
		return false;
	*footer = str_head(rest, end);
	return true;
}

struct zone *
zone_from_tzif(struct str bytes, struct str id, struct error *err)
{
	struct str footer = {NULL, 0};
	struct block block;
	char version = '\0', again = '\0';

	if (!take_block(&block, &bytes, 4, &version, err))
		return NULL;
	if (version != '\0') {
		if (version < '2' || version > '9') {
			bad(err, "unknown version");
			return NULL;
		}
		if (!take_block(&block, &bytes, 8, &again, err))
			return NULL;
		if (again != version || !take_footer(bytes, &footer)) {
			bad(err, "no footer");
			return NULL;
		}
	}
	if (!check_block(&block, err))
		return NULL;
	return make_zone(&block, footer, id, err);
}
