#include "text/record.h"
#include "time/vtimezone_impl.h"
#include "time/when.h"
#include "time/zone_names.h"

#include <stdlib.h>

#define NO_LINE SIZE_MAX

static bool
no_memory(struct zone_draft *draft)
{
	return error_set(draft->err, ERR_MEMORY, draft->pos,
	    "no memory for a time zone");
}

/* Room for one more; NULL without memory, and then `p` is still good. */
static void *
room_for(void *p, size_t count, size_t *room, size_t size)
{
	size_t more = *room ? *room * 2 : 16;

	if (count < *room)
		return p;
	p = realloc(p, more * size);
	if (p)
		*room = more;
	return p;
}

bool
draft_onset(struct zone_draft *draft, struct observance *observance,
    int64_t instant)
{
	struct onset *onsets;

	if (draft->onset_count == ONSETS_MAX)
		return error_set(draft->err, ERR_LIMIT, observance->pos,
		    "VTIMEZONE has more than %d onsets", ONSETS_MAX);
	onsets = room_for(draft->onsets, draft->onset_count, &draft->onset_room,
	    sizeof(*onsets));
	if (!onsets)
		return no_memory(draft);
	draft->onsets = onsets;
	onsets[draft->onset_count++] =
	    (struct onset){instant, observance->type};
	observance->onsets++;
	if (!draft->begun || instant < draft->earliest) {
		draft->begun = true;
		draft->earliest = instant;
		draft->types[0].offset = observance->from;
	}
	return true;
}

static struct zone_type *
add_type(struct zone_draft *draft)
{
	struct zone_type *types = room_for(draft->types, draft->type_count,
	    &draft->type_room, sizeof(*types));

	if (!types) {
		no_memory(draft);
		return NULL;
	}
	draft->types = types;
	types += draft->type_count++;
	*types = (struct zone_type){0};
	return types;
}

/* Where a line's value begins. */
static struct pos
value_pos(const struct line *line)
{
	struct pos pos = line->pos;
	uintptr_t raw = (uintptr_t)line->raw.p;
	uintptr_t value = (uintptr_t)line->value.p;

	if (value >= raw && value - raw < line->raw.n)
		pos.column += value - raw;
	return pos;
}

/* "+0100", and the faults "+01:00", "-0000" and "0100" of old exporters. */
static bool
read_offset(struct zone_draft *draft, const struct line *line, int32_t *offset)
{
	struct str value = str_trim(line->value);
	char sign[8] = "+";

	if (offset_parse(offset, value, value_pos(line), draft->err) ||
	    zone_name_offset(value, offset))
		return true;
	if (value.n != 4)
		return false;
	memcpy(sign + 1, value.p, 4);
	return zone_name_offset((struct str){sign, 5}, offset);
}

/* A local time; a UTC one, which 3.6.5 forbids, is made local by the caller
 * once the offset is known. */
static bool
read_time(struct zone_draft *draft, const struct line *line, struct str value,
    struct when *when)
{
	return when_parse(when, str_trim(value), value_pos(line), draft->err);
}

static int64_t
when_local(const struct when *when, const struct observance *observance)
{
	if (when->kind == WHEN_UTC)
		return when->local + observance->from;
	/* a DATE among the RDATEs has the hour of DTSTART */
	if (when->kind == WHEN_DATE && observance->has_start)
		return when->local + local_second(observance->start);
	return when->local;
}

/* One DTSTART for an observance: of two the first, as of the others. */
static bool
read_line(struct zone_draft *draft, struct observance *observance,
    const struct line *line, struct when *start)
{
	if (str_ieq(line->name, STR("DTSTART")) && !observance->has_start) {
		observance->has_start = true;
		return read_time(draft, line, line->value, start);
	}
	if (str_ieq(line->name, STR("TZOFFSETFROM")) && !observance->has_from) {
		observance->has_from = true;
		return read_offset(draft, line, &observance->from);
	}
	if (str_ieq(line->name, STR("TZOFFSETTO")) && !observance->has_to) {
		observance->has_to = true;
		return read_offset(draft, line, &observance->to);
	}
	if (str_ieq(line->name, STR("TZNAME")) && !observance->name.n)
		observance->name =
		    str_trim(text_unescape(line->value, &draft->arena));
	return true;
}

static bool
read_rdates(struct zone_draft *draft, struct observance *observance,
    const struct line *line)
{
	struct str rest = line->value, part, from;
	struct when when;

	while (str_cut(&rest, ',', &part)) {
		if (str_trim(part).n == 0)
			continue;
		/* of a PERIOD the begin */
		str_cut(&part, '/', &from);
		if (!read_time(draft, line, from, &when) ||
		    !draft_onset(draft, observance,
			when_local(&when, observance) - observance->from))
			return false;
	}
	return true;
}

static bool
read_onsets(struct zone_draft *draft, struct observance *observance,
    const struct component *component, size_t at)
{
	bool ruled = false;
	struct rule rule;
	struct line line;

	while (at != NO_LINE &&
	       component_next_line(component, &at, &line, &draft->arena)) {
		if (str_ieq(line.name, STR("RDATE"))) {
			if (!read_rdates(draft, observance, &line))
				return false;
		} else if (str_ieq(line.name, STR("RRULE"))) {
			struct pos pos = value_pos(&line);

			ruled = true;
			if (!rule_parse(&rule, str_trim(line.value), pos,
				draft->err) ||
			    !draft_rule(draft, observance, &rule, pos))
				return false;
		}
	}
	/* With a rule, DTSTART counts only where the rule yields it: exporters
	 * begin both observances at 1970-01-01, and summer time in January
	 * would be the outcome. */
	if (ruled && observance->onsets)
		return true;
	return draft_onset(draft, observance,
	    observance->start - observance->from);
}

static bool
read_observance(struct zone_draft *draft, const struct component *component)
{
	struct observance observance = {
	    .dst = component_is(component, STR("DAYLIGHT")),
	    .type = (uint16_t)draft->type_count,
	    .pos = draft->pos,
	};
	struct when start = {.kind = WHEN_FLOATING};
	size_t at = 0, onsets_at = NO_LINE;
	struct zone_type *type;
	struct line line;

	for (size_t before = 0;
	     component_next_line(component, &at, &line, &draft->arena);
	     before = at) {
		if (before == 0)
			observance.pos = line.pos;
		if (onsets_at == NO_LINE &&
		    (str_ieq(line.name, STR("RRULE")) ||
			str_ieq(line.name, STR("RDATE"))))
			onsets_at = before;
		if (!read_line(draft, &observance, &line, &start))
			return false;
	}
	if (!observance.has_to)
		return true; /* of no use; the others may be enough */
	if (!observance.has_from)
		observance.from = observance.to;
	if (start.kind == WHEN_DATE)
		start.kind = WHEN_FLOATING;
	if (observance.has_start)
		observance.start = when_local(&start, &observance);
	type = add_type(draft);
	if (!type)
		return false;
	type->offset = observance.to;
	type->dst = observance.dst;
	if (observance.name.n)
		zone_type_name(type, observance.name);
	else
		zone_type_number(type);
	/* Without DTSTART there is an offset but no onset: it can only be
	 * meant for all times. */
	if (!observance.has_start)
		return draft_onset(draft, &observance,
		    LOCAL_FIRST - SECONDS_A_DAY);
	return read_onsets(draft, &observance, component, onsets_at);
}

static int
compare_onsets(const void *a, const void *b)
{
	const struct onset *x = a, *y = b;

	if (x->at != y->at)
		return x->at < y->at ? -1 : 1;
	return (x->type > y->type) - (x->type < y->type);
}

/* The time before the first onset has no observance of its own; it is called
 * as the standard time of that offset is, if there is one. */
static void
name_first(struct zone_draft *draft)
{
	struct zone_type *first = &draft->types[0];

	zone_type_number(first);
	for (size_t i = 1; i < draft->type_count; i++)
		if (!draft->types[i].dst &&
		    draft->types[i].offset == first->offset) {
			memcpy(first->name, draft->types[i].name,
			    sizeof(first->name));
			return;
		}
}

static bool
check_density(struct zone_draft *draft, const int64_t *at, size_t count)
{
	for (size_t i = DENSE_MAX; i < count; i++)
		if (instant_add(at[i - DENSE_MAX], DENSE_SPAN) > at[i])
			return error_set(draft->err, ERR_LIMIT, draft->pos,
			    "VTIMEZONE with more than %d changes of the clock "
			    "in three days",
			    DENSE_MAX);
	return true;
}

static struct zone *
make_zone(struct zone_draft *draft, struct str id)
{
	size_t n = draft->onset_count, count = 0;
	int64_t *at = arena_array(&draft->arena, n + 1, sizeof(*at));
	uint16_t *to = arena_array(&draft->arena, n + 1, sizeof(*to));
	struct zone_parts parts = {
	    .id = id,
	    .at = at,
	    .to = to,
	    .type_count = draft->type_count,
	    .types = draft->types,
	    .rule_count = draft->rule_count,
	    .rules = draft->rules,
	};
	struct zone *zone = NULL;

	if (at && to) {
		if (n > 1)
			qsort(draft->onsets, n, sizeof(*draft->onsets),
			    compare_onsets);
		for (size_t i = 0; i < n; i++) {
			/* of equal onsets the last of the file counts */
			if (count && at[count - 1] == draft->onsets[i].at)
				count--;
			at[count] = draft->onsets[i].at;
			to[count++] = draft->onsets[i].type;
		}
		if (!check_density(draft, at, count))
			return NULL;
		parts.count = count;
		name_first(draft);
		zone = zone_build(&parts);
	}
	if (!zone)
		no_memory(draft);
	return zone;
}

static bool
read_children(struct zone_draft *draft, const struct component *component)
{
	struct component child;
	size_t at = 0, count = 0;

	while (component_next_child(component, &at, &child)) {
		if (!component_is(&child, STR("STANDARD")) &&
		    !component_is(&child, STR("DAYLIGHT")))
			continue;
		if (++count > OBSERVANCES_MAX)
			return error_set(draft->err, ERR_LIMIT, draft->pos,
			    "VTIMEZONE has more than %d observances",
			    OBSERVANCES_MAX);
		if (!read_observance(draft, &child))
			return false;
	}
	if (!draft->begun)
		return error_set(draft->err, ERR_SYNTAX, draft->pos,
		    "VTIMEZONE without a usable observance");
	return true;
}

struct zone *
zone_from_vtimezone(const struct component *component, struct error *err)
{
	struct zone_draft draft;
	struct zone *zone = NULL;
	struct line line = {0};
	struct str id;

	draft.err = err;
	draft.pos = component->record->pos;
	draft.onsets = NULL;
	draft.types = NULL;
	draft.onset_count = draft.onset_room = 0;
	draft.type_count = draft.type_room = draft.rule_count = 0;
	draft.begun = false;
	draft.earliest = 0;
	arena_init(&draft.arena, 0);
	if (!component_line(component, STR("TZID"), &line, &draft.arena) ||
	    (id = str_trim(text_unescape(line.value, &draft.arena))).n == 0)
		error_set(err, ERR_SYNTAX, draft.pos, "VTIMEZONE without TZID");
	else if (add_type(&draft) && read_children(&draft, component))
		zone = make_zone(&draft, id);
	free(draft.onsets);
	free(draft.types);
	arena_free(&draft.arena);
	return zone;
}
