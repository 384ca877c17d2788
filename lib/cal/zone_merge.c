#include "cal/zone_merge_impl.h"

#include <stdlib.h>

#include "text/record_text.h"
#include "time/when.h"

struct zone_merge *
zone_merge_new(const struct zone_merge_options *options)
{
	struct zone_merge *merge = calloc(1, sizeof(*merge));

	if (merge)
		merge->options = *options;
	return merge;
}

void
zone_merge_reset(struct zone_merge *merge)
{
	for (size_t i = 0; i < merge->definition_count; i++)
		zone_free(merge->definitions[i].zone);
	for (size_t i = 0; i < merge->tzid_count; i++)
		free(merge->tzids[i].variants);
	merge->definition_count = merge->tzid_count = 0;
	merge->touched_count = merge->walks = 0;
	for (int i = 0; i < 2; i++) {
		struct slots *slots =
		    i ? &merge->tzid_slots : &merge->definition_slots;

		if (slots->count)
			memset(slots->at, 0, slots->room * sizeof(*slots->at));
		slots->count = 0;
	}
	arena_reset(&merge->arena);
}

void
zone_merge_free(struct zone_merge *merge)
{
	if (!merge)
		return;
	zone_merge_reset(merge);
	free(merge->definitions);
	free(merge->tzids);
	free(merge->touched);
	free(merge->definition_slots.at);
	free(merge->tzid_slots.at);
	arena_free(&merge->arena);
	free(merge);
}

static bool
no_memory(struct error *err)
{
	return error_set(err, ERR_MEMORY, pos_none(), "no memory");
}

/* --- tables --------------------------------------------------------------- */

/* Room for one more of `size` bytes each; false without memory. */
static bool
grow(void **items, size_t *room, size_t count, size_t size)
{
	size_t more = *room ? *room * 2 : 16;
	void *grown;

	if (count < *room)
		return true;
	grown = realloc(*items, more * size);
	if (!grown)
		return false;
	*items = grown;
	*room = more;
	return true;
}

static void
slots_put(struct slots *slots, uint64_t hash, uint32_t index)
{
	size_t i = (size_t)(hash ^ hash >> 29) & (slots->room - 1);

	while (slots->at[i])
		i = (i + 1) & (slots->room - 1);
	slots->at[i] = index + 1;
	slots->count++;
}

/* Room is a power of two and at most half full. The caller puts back what was
 * in it when *grown. */
static bool
slots_grow(struct slots *slots, bool *grown)
{
	size_t room = slots->room ? slots->room * 2 : 64;
	uint32_t *at;

	*grown = (slots->count + 1) * 2 > slots->room;
	if (!*grown)
		return true;
	at = calloc(room, sizeof(*at));
	if (!at)
		return false;
	free(slots->at);
	*slots = (struct slots){at, room, 0};
	return true;
}

struct str
zone_merge_key(struct str tzid, char *bytes, size_t room)
{
	size_t n = 0;

	tzid = str_trim(tzid);
	if (tzid.n > room || str_find_byte(tzid, '\\') == SIZE_MAX)
		return tzid;
	for (size_t i = 0; i < tzid.n; i++) {
		if (tzid.p[i] == '\\' && i + 1 < tzid.n)
			i++;
		bytes[n++] = tzid.p[i];
	}
	return (struct str){bytes, n};
}

static struct tzid *
add_tzid(struct zone_merge *merge, struct str name, uint64_t hash)
{
	struct tzid *tzid;
	void *tzids = merge->tzids;
	bool grown;

	if (merge->tzid_count >= TZIDS_MOST ||
	    !grow(&tzids, &merge->tzid_room, merge->tzid_count,
		sizeof(*merge->tzids)))
		return NULL;
	merge->tzids = tzids;
	name = arena_copy(&merge->arena, name);
	if (!name.p || !slots_grow(&merge->tzid_slots, &grown))
		return NULL;
	for (size_t i = 0; grown && i < merge->tzid_count; i++)
		slots_put(&merge->tzid_slots, merge->tzids[i].hash,
		    (uint32_t)i);
	slots_put(&merge->tzid_slots, hash, (uint32_t)merge->tzid_count);
	tzid = &merge->tzids[merge->tzid_count++];
	*tzid = (struct tzid){.name = name,
	    .hash = hash,
	    .definition = NO_DEFINITION,
	    .earliest = INT64_MAX};
	return tzid;
}

struct tzid *
zone_merge_tzid(struct zone_merge *merge, struct str name, bool make)
{
	const struct slots *slots = &merge->tzid_slots;
	uint64_t hash = str_hash(name);
	size_t i = (size_t)(hash ^ hash >> 29);

	if (slots->room)
		for (i &= slots->room - 1; slots->at[i];
		     i = (i + 1) & (slots->room - 1)) {
			struct tzid *tzid = &merge->tzids[slots->at[i] - 1];

			if (tzid->hash == hash && str_eq(tzid->name, name))
				return tzid;
		}
	return make ? add_tzid(merge, name, hash) : NULL;
}

static const struct definition *
find_definition(const struct zone_merge *merge, struct str text, uint64_t hash)
{
	const struct slots *slots = &merge->definition_slots;
	size_t i = (size_t)(hash ^ hash >> 29);

	if (slots->room == 0)
		return NULL;
	for (i &= slots->room - 1; slots->at[i];
	     i = (i + 1) & (slots->room - 1)) {
		const struct definition *definition =
		    &merge->definitions[slots->at[i] - 1];

		if (definition->hash == hash && str_eq(definition->text, text))
			return definition;
	}
	return NULL;
}

/* --- definitions ---------------------------------------------------------- */

static struct str
tzid_of(const struct component *component, struct arena *arena)
{
	struct line line;

	if (!component_line(component, STR("TZID"), &line, arena))
		return STR("");
	return str_trim(line_text(&line, arena));
}

static bool
make_definition(struct definition *definition, struct zone_merge *merge,
    struct pos pos)
{
	struct arena arena = {0};
	struct record record;
	struct component component;
	struct tzid *tzid = NULL;
	struct error fault = {0};

	if (record_of_text(&record, definition->text, pos, &arena)) {
		component_of_record(&component, &record);
		tzid =
		    zone_merge_tzid(merge, tzid_of(&component, &arena), true);
		definition->zone = zone_from_vtimezone(&component, &fault);
	}
	if (fault.code == ERR_MEMORY)
		tzid = NULL;
	if (tzid)
		definition->tzid = (uint32_t)(tzid - merge->tzids);
	arena_free(&arena);
	return tzid != NULL;
}

static const struct definition *
add_definition(struct zone_merge *merge, struct str text, uint64_t hash,
    struct pos pos)
{
	struct definition made = {.hash = hash, .pos = pos};
	void *definitions = merge->definitions;
	bool grown;

	if (!grow(&definitions, &merge->definition_room,
		merge->definition_count, sizeof(*merge->definitions)))
		return NULL;
	merge->definitions = definitions;
	made.text = arena_copy(&merge->arena, text);
	if (!made.text.p || !slots_grow(&merge->definition_slots, &grown))
		return NULL;
	for (size_t i = 0; grown && i < merge->definition_count; i++)
		slots_put(&merge->definition_slots, merge->definitions[i].hash,
		    (uint32_t)i);
	if (!make_definition(&made, merge, pos))
		return NULL;
	slots_put(&merge->definition_slots, hash,
	    (uint32_t)merge->definition_count);
	merge->definitions[merge->definition_count] = made;
	return &merge->definitions[merge->definition_count++];
}

static bool
touch(struct zone_merge *merge, struct tzid *tzid)
{
	void *touched = merge->touched;

	if (tzid->touched)
		return true;
	if (!grow(&touched, &merge->touched_room, merge->touched_count,
		sizeof(*merge->touched)))
		return false;
	merge->touched = touched;
	merge->touched[merge->touched_count++] =
	    (uint32_t)(tzid - merge->tzids);
	tzid->touched = true;
	return true;
}

bool
zone_merge_define(struct zone_merge *merge, struct str text, struct pos pos,
    struct error *err)
{
	uint64_t hash = str_hash(text);
	const struct definition *definition =
				    find_definition(merge, text, hash),
				*first;
	struct tzid *tzid;

	if (!definition && merge->definition_count >= DEFINITIONS_MOST)
		return error_set(err, ERR_LIMIT, pos,
		    "more than %d different VTIMEZONEs", DEFINITIONS_MOST);
	if (!definition)
		definition = add_definition(merge, text, hash, pos);
	if (!definition)
		return no_memory(err);
	tzid = &merge->tzids[definition->tzid];
	if (!touch(merge, tzid))
		return no_memory(err);
	if (tzid->definition == NO_DEFINITION) {
		tzid->definition = (uint32_t)(definition - merge->definitions);
		return true;
	}
	first = &merge->definitions[tzid->definition];
	if (first == definition || (first->zone && definition->zone &&
				       zone_same(first->zone, definition->zone,
					   -2208988800, 4102444800)))
		return true;
	return error_set(err, ERR_VALUE, pos,
	    "VTIMEZONE %.*s is defined twice in one calendar, differently: "
	    "the first definition stays",
	    STR_ARG(tzid->name));
}

/* --- uses ----------------------------------------------------------------- */

/* The earliest local time of a list, INT64_MAX where none can be read; false
 * where dates and times in UTC are all there is. */
static bool
earliest_of(struct str list, int64_t *local)
{
	struct str value;
	struct when when;
	bool found = false;

	*local = INT64_MAX;
	while (str_cut(&list, ',', &value)) {
		value = str_head(value, str_find_byte(value, '/'));
		if (!when_parse(&when, str_trim(value), pos_none(), NULL)) {
			found = true;
			continue;
		}
		if (when.kind != WHEN_FLOATING)
			continue;
		found = true;
		if (when.local < *local)
			*local = when.local;
	}
	return found;
}

bool
zone_merge_use(struct zone_merge *merge, const struct line *line,
    struct arena *arena, struct error *err)
{
	char bytes[KEY_ROOM];
	struct tzid *tzid;
	struct str value;
	int64_t local;

	if (!line_param(line, STR("TZID"), arena, &value) ||
	    !earliest_of(line->value, &local))
		return true;
	tzid = zone_merge_tzid(merge,
	    zone_merge_key(value, bytes, sizeof(bytes)), true);
	if (!tzid && merge->tzid_count >= TZIDS_MOST)
		return error_set(err, ERR_LIMIT, line->pos,
		    "more than %d different TZIDs", TZIDS_MOST);
	if (!tzid || !touch(merge, tzid))
		return no_memory(err);
	if (!tzid->pos.file)
		tzid->pos = line->pos;
	tzid->used = true;
	if (local < tzid->earliest)
		tzid->earliest = local;
	return true;
}

/* Whether a line may have a TZID: told by its first bytes, mostly. */
static bool
may_have_tzid(struct str raw)
{
	size_t n = 0;

	while (n < raw.n && raw.p[n] != ':' && raw.p[n] != ';')
		n++;
	raw = str_from(raw, n);
	if (raw.n == 0 || raw.p[0] == ':')
		return false;
	for (n = 0; n + 4 < raw.n && raw.p[n] != '\n'; n++)
		if ((raw.p[n] == 'T' || raw.p[n] == 't') &&
		    str_istarts(str_from(raw, n), STR("TZID")))
			return true;
	return false;
}

bool
zone_merge_use_record(struct zone_merge *merge, const struct record *record,
    struct arena *arena, struct error *err)
{
	struct line line;

	for (size_t i = 1; i < record->count; i++) {
		const struct mark *mark = &record->marks[i];
		struct str raw = {record->text.p + mark->at, mark->size};

		if (mark->flags & (MARK_BEGIN | MARK_END) ||
		    (!(mark->flags & MARK_FOLDED) && !may_have_tzid(raw)))
			continue;
		if (record_line(record, i, &line, arena, NULL) &&
		    !zone_merge_use(merge, &line, arena, err))
			return false;
	}
	return true;
}

const struct zone *
zone_merge_find(struct zone_merge *merge, struct str name)
{
	char bytes[KEY_ROOM];
	const struct zone *zone = zones_system(merge->options.zones, name);
	struct tzid *tzid = NULL;

	if (zone)
		return zone;
	tzid = zone_merge_tzid(merge,
	    zone_merge_key(name, bytes, sizeof(bytes)), false);
	if (tzid && tzid->definition != NO_DEFINITION)
		zone = merge->definitions[tzid->definition].zone;
	return zone ? zone
	            : zones_resolve(merge->options.zones, NULL, name,
			  ZONES_SYSTEM, NULL);
}

/* --- the end of a calendar ------------------------------------------------ */

static struct variant *
variant_of(struct tzid *tzid, uint32_t definition)
{
	struct variant *variants;
	uint32_t room = tzid->room ? tzid->room * 2 : 2;

	for (uint32_t i = 0; i < tzid->count; i++)
		if (tzid->variants[i].definition == definition)
			return &tzid->variants[i];
	if (tzid->count == tzid->room) {
		variants = realloc(tzid->variants, room * sizeof(*variants));
		if (!variants)
			return NULL;
		tzid->variants = variants;
		tzid->room = room;
	}
	tzid->variants[tzid->count] = (struct variant){
	    .definition = definition,
	    .earliest = INT64_MAX,
	};
	return &tzid->variants[tzid->count++];
}

static bool
log_add(struct spool *log, uint32_t number, struct error *err)
{
	struct str bytes = {(const char *)&number, sizeof(number)};

	return spool_add(log, bytes, err);
}

bool
zone_merge_close(struct zone_merge *merge, unsigned part, struct spool *log,
    struct error *err)
{
	uint64_t bit = UINT64_C(1) << part;
	bool ok = log_add(log, part, err) &&
	          log_add(log, (uint32_t)merge->touched_count, err);

	for (size_t i = 0; ok && i < merge->touched_count; i++) {
		uint32_t index = merge->touched[i];
		struct tzid *tzid = &merge->tzids[index];
		struct variant *variant = variant_of(tzid, tzid->definition);

		if (!variant)
			return no_memory(err);
		variant->parts |= bit;
		if (tzid->used)
			variant->used_parts |= bit;
		if (tzid->earliest < variant->earliest)
			variant->earliest = tzid->earliest;
		ok = log_add(log, index, err) &&
		     log_add(log, (uint32_t)(variant - tzid->variants), err);
		tzid->touched = tzid->used = false;
		tzid->definition = NO_DEFINITION;
		tzid->earliest = INT64_MAX;
	}
	merge->touched_count = 0;
	return ok;
}
