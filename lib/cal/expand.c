#include "cal/expand.h"

#include <stdlib.h>

bool
expand_init(struct expand *expand, struct reader *reader, size_t memory,
    struct error *err)
{
	*expand = (struct expand){.types = 1u << EVENT_EVENT};
	return walk_init(&expand->walk, reader, memory, err);
}

void
expand_free(struct expand *expand)
{
	walk_free(&expand->walk);
}

/* --- what is said of zones ------------------------------------------------ */

static bool
is_news(struct expand *expand, struct str tzid)
{
	uint64_t hash = UINT64_C(0xcbf29ce484222325);

	for (size_t i = 0; i < tzid.n; i++)
		hash =
		    (hash ^ (unsigned char)tzid.p[i]) * UINT64_C(0x100000001b3);
	for (size_t i = 0; i < expand->unknown_count; i++)
		if (expand->unknown[i] == hash)
			return false;
	if (expand->unknown_count < 256)
		expand->unknown[expand->unknown_count++] = hash;
	return true;
}

static bool
was_compared(struct expand *expand, const struct zone *zone)
{
	for (size_t i = 0; i < expand->compared_count; i++)
		if (expand->compared[i] == zone)
			return true;
	if (expand->compared_count < 64)
		expand->compared[expand->compared_count++] = zone;
	return false;
}

/* Definitions are compared where somebody looks. Where all of time is asked
 * for, in the years that exporters mean: most write today's rule as if it had
 * always held. */
static bool
differ_in_range(const struct expand *expand, const struct zone *a,
    const struct zone *b)
{
	const int64_t y2007 = INT64_C(1167609600), y2038 = INT64_C(2145916800);
	int64_t from = expand->options.from, until = expand->options.until;

	return !zone_same(a, b, from == INT64_MIN ? y2007 : from,
	    until == INT64_MAX ? y2038 : until);
}

static void
odd_zone(void *arg, struct str tzid, struct pos pos, enum zone_source source,
    const struct zone *taken, const struct zone *other)
{
	struct expand *expand = arg;
	struct error err;

	if (source == ZONE_FROM_NOWHERE) {
		if (!is_news(expand, tzid))
			return;
		error_set(&err, ERR_ABSENT, pos,
		    "TZID \"%.*s\" is no zone and has no VTIMEZONE: taken as "
		    "%.*s",
		    STR_ARG(tzid), STR_ARG(zone_id(expand->options.zone)));
		expand->report(expand->arg, &err);
		return;
	}
	if (was_compared(expand, other) ||
	    !differ_in_range(expand, taken, other) || !is_news(expand, tzid))
		return;
	error_set(&err, ERR_VALUE, pos,
	    source == ZONE_FROM_SYSTEM
		? "the VTIMEZONE of \"%.*s\" differs from the system's zone, "
		  "which is taken (--zones stream takes the other)"
		: "the VTIMEZONE of \"%.*s\" is taken, which differs from the "
		  "system's zone (--zones system takes the other)",
	    STR_ARG(tzid));
	if (expand->note)
		expand->note(expand->arg, &err);
}

static void
report_value(void *arg, const struct error *err)
{
	struct expand *expand = arg;

	expand->report(expand->arg, err);
}

/* --- one series ----------------------------------------------------------- */

static bool
is_asked(const struct expand *expand, const struct event *event)
{
	return expand->types & 1u << event->type;
}

/* Tasks without any date have no place in a range that begins. */
static bool
give_undated(struct expand *expand, const struct event *event)
{
	struct occurrence occurrence = {.event = event};

	if (expand->options.from != INT64_MIN)
		return true;
	return expand->found(expand->arg, &occurrence);
}

static bool
give_series(struct expand *expand, const struct event *master,
    const struct event *const *overrides, size_t count)
{
	struct series_options options = expand->options;
	struct error err = {0};
	struct occurrence occurrence;
	struct series *series;
	bool ok = true;

	if (expand->series)
		return expand->series(expand->arg, master, overrides, count);
	if (master && !expand->endless && !series_is_finite(master)) {
		error_set(&err, ERR_USAGE, master->pos,
		    "this series never ends: give -t to have its occurrences "
		    "up to then");
		expand->report(expand->arg, &err);
		return true;
	}
	if (expand->series_until && expand->series_until < options.until)
		options.until = expand->series_until;
	series = series_new(master, overrides, count, &options, &err);
	if (!series) {
		expand->report(expand->arg, &err);
		return true;
	}
	while (ok) {
		if (series_next(series, &occurrence, &err)) {
			ok = expand->found(expand->arg, &occurrence);
			continue;
		}
		if (err.code == ERR_NONE)
			break;
		/* What had been found before the fault still comes. */
		err.pos = master ? master->pos : overrides[0]->pos;
		expand->report(expand->arg, &err);
	}
	series_free(series);
	return ok;
}

static bool
give_event(struct expand *expand, const struct event *event)
{
	struct occurrence occurrence;

	if (event->recurrence_id.kind != WHEN_NONE)
		return give_series(expand, NULL, &event, 1);
	if (expand->series)
		return give_series(expand, event, NULL, 0);
	if (event->start.kind == WHEN_NONE)
		return give_undated(expand, event);
	if (event_recurs(event) || event->exdate_count || event->exrules)
		return give_series(expand, event, NULL, 0);
	if (!series_single(event, &expand->options, &occurrence))
		return true;
	return expand->found(expand->arg, &occurrence);
}

/* Reads a record; false where it makes no occurrence. */
static bool
read_event(struct expand *expand, const struct record *record,
    struct event *event)
{
	struct error err = {0};

	if (event_read(event, record, &expand->context, &err)) {
		event->number = ++expand->events;
		return is_asked(expand, event);
	}
	if (event->type != EVENT_NONE && is_asked(expand, event))
		expand->report(expand->arg, &err);
	return false;
}

bool
expand_record(struct expand *expand)
{
	const struct record *record = &expand->walk.reader->record;
	struct event event;

	if (expand->wanted && !expand->wanted(expand->arg, record))
		return true;
	if (!read_event(expand, record, &event))
		return true;
	return give_event(expand, &event);
}

/* --- one UID with overrides ----------------------------------------------- */

/* Of several masters the newest has the overrides; the others stand alone. */
static struct event *
newest_master(struct event *events, size_t count)
{
	struct event *master = NULL;

	for (size_t i = 0; i < count; i++)
		if (events[i].recurrence_id.kind == WHEN_NONE &&
		    events[i].start.kind != WHEN_NONE &&
		    (!master || events[i].sequence >= master->sequence))
			master = &events[i];
	return master;
}

bool
expand_group(struct expand *expand)
{
	struct walk *walk = &expand->walk;
	struct event *events =
	    arena_array(&walk->arena, walk->group_count, sizeof(*events));
	const struct event **overrides =
	    arena_array(&walk->arena, walk->group_count, sizeof(*overrides));
	struct event *master;
	size_t count = 0, override_count = 0;
	struct error err;
	bool ok = true;

	if (!events || !overrides) {
		error_set(&err, ERR_MEMORY, walk->group[0]->pos, "no memory");
		expand->report(expand->arg, &err);
		return true;
	}
	for (size_t i = 0; i < walk->group_count; i++)
		if (read_event(expand, walk->group[i], &events[count]))
			count++;
	master = newest_master(events, count);
	for (size_t i = 0; i < count && ok; i++) {
		if (events[i].recurrence_id.kind != WHEN_NONE)
			overrides[override_count++] = &events[i];
		else if (&events[i] != master)
			ok = give_event(expand, &events[i]);
	}
	if (!ok || (!master && override_count == 0))
		return ok;
	return give_series(expand, master, overrides, override_count);
}

static bool
give_item(struct expand *expand, struct error *err)
{
	struct walk *walk = &expand->walk;
	struct reader *reader = walk->reader;

	err->code = ERR_NONE;
	if (reader->item == ITEM_RECORD &&
	    !str_ieq(reader->record.name, STR("VTIMEZONE"))) {
		if (walk_is_member(walk))
			return walk_put_aside(walk, err);
		return expand_record(expand);
	}
	return !expand->aside || expand->aside(expand->arg);
}

bool
expand_begin(struct expand *expand, struct error *err)
{
	expand->compared_count = 0;
	expand->context = (struct event_context){
	    .zones = expand->zones,
	    .scope = expand->walk.scope,
	    .policy = expand->policy,
	    .zone = expand->options.zone,
	    .arena = &expand->walk.arena,
	    .report = report_value,
	    .odd_zone = odd_zone,
	    .arg = expand,
	};
	return walk_begin(&expand->walk, expand->report, expand->arg, err);
}

void
expand_set_zone(struct expand *expand, const struct zone *zone)
{
	expand->options.zone = expand->context.zone = zone;
}

bool
expand_calendar(struct expand *expand, struct error *err)
{
	struct walk *walk = &expand->walk;

	if (!expand_begin(expand, err))
		return false;
	while (walk_next(walk, err))
		if (!give_item(expand, err))
			return false;
	if (err->code != ERR_NONE)
		return false;
	while (walk_next_group(walk, err))
		if (!expand_group(expand)) {
			err->code = ERR_NONE;
			return false;
		}
	return err->code == ERR_NONE && walk_end(walk, err);
}
