#include "cal/instances.h"

#include <stdlib.h>

#include "cal/rscale.h"

/* One ascending stream of instants. */
struct source {
	const struct event_rule *rule; /* NULL: a list */
	struct rule_iter *iter;
	struct rscale_iter *rscale;
	/* Local times in a gap take the offset before it (3.3.5), and so come
	 * out after later local times: they wait here for their turn. */
	int64_t *late;
	size_t late_count, late_next, late_room;
	bool has_ahead, ended;
	int64_t ahead, ahead_local;

	const struct event_date **dates; /* a list, sorted by instant */
	int64_t *instants;
	size_t count, at;

	bool has_head;
	struct instance head;
};

struct instances {
	const struct event *event;
	const struct series_options *options;
	const struct zone *zone; /* of the master's local times */
	struct zone_cursor cursor;
	struct source *sources;
	size_t count;
	struct source *excluding;
	size_t excluding_count;
	int64_t *exdates; /* instants, sorted */
	size_t exdate_count;
	int32_t *exdays; /* days on the wall, sorted */
	size_t exday_count;
	int64_t until;
	int64_t last;
	bool has_last;
	uint64_t seen;
};

static bool
no_memory(struct error *err)
{
	return error_set(err, ERR_MEMORY, pos_none(), "no memory");
}

/* --- one source ----------------------------------------------------------- */

static bool
pull_local(struct source *source, int64_t *local, struct error *err)
{
	err->code = ERR_NONE;
	if (source->rscale)
		return rscale_iter_next(source->rscale, local, err);
	return rule_iter_next(source->iter, local);
}

static bool
keep_late(struct source *source, int64_t instant, struct error *err)
{
	if (source->late_next == source->late_count)
		source->late_next = source->late_count = 0;
	if (source->late_count == source->late_room) {
		size_t room = source->late_room ? source->late_room * 2 : 16;
		int64_t *late = realloc(source->late, room * sizeof(*late));

		if (!late)
			return no_memory(err);
		source->late = late;
		source->late_room = room;
	}
	source->late[source->late_count++] = instant;
	return true;
}

/* Fills `ahead` with the next local time that is in no gap. */
static bool
look_ahead(struct instances *set, struct source *source, struct error *err)
{
	enum zone_fit fit;
	int64_t local, instant;

	while (!source->has_ahead && !source->ended) {
		if (!pull_local(source, &local, err)) {
			source->ended = true;
			return err->code == ERR_NONE;
		}
		if (++set->seen > (set->options->limit ? set->options->limit
						       : LIMIT_INSTANCES))
			return error_set(err, ERR_LIMIT, set->event->pos,
			    "too many instances: the rest of this series is "
			    "left out");
		instant = set->zone ? zone_instant(&set->cursor, set->zone,
					  local, &fit)
		                    : local;
		if (set->zone && fit == ZONE_FIT_GAP) {
			if (!keep_late(source, instant, err))
				return false;
			continue;
		}
		source->has_ahead = true;
		source->ahead = instant;
		source->ahead_local = local;
	}
	return true;
}

static bool
after_until(const struct instances *set, const struct source *source)
{
	const struct rule *rule = &source->rule->rule;
	int64_t at = set->event->start.kind == WHEN_DATE ? source->head.local
	                                                 : source->head.instant;

	/* A DATE series with UNTIL in UTC: the date that UNTIL shows. */
	return rule->until_kind == UNTIL_UTC && at > rule->until;
}

static int64_t
local_of(struct instances *set, int64_t instant)
{
	int64_t local = instant;

	if (set->zone)
		local = zone_local(&set->cursor, set->zone, instant);
	/* A day whose midnight is skipped is that day all the same. */
	if (set->event->start.kind == WHEN_DATE)
		local = (int64_t)local_day(local) * SECONDS_A_DAY;
	return local;
}

static bool
fill_from_rule(struct instances *set, struct source *source, struct error *err)
{
	if (!look_ahead(set, source, err))
		return false;
	source->head = (struct instance){0};
	if (source->late_next < source->late_count &&
	    (!source->has_ahead ||
		source->late[source->late_next] <= source->ahead)) {
		source->head.instant = source->late[source->late_next++];
		source->head.local = local_of(set, source->head.instant);
	} else if (source->has_ahead) {
		source->has_ahead = false;
		source->head.instant = source->ahead;
		source->head.local = source->ahead_local;
	} else {
		return true;
	}
	source->has_head = !after_until(set, source);
	if (!source->has_head) {
		source->ended = true;
		source->has_ahead = false;
		source->late_next = source->late_count;
	}
	return true;
}

static bool
fill_head(struct instances *set, struct source *source, struct error *err)
{
	if (source->has_head)
		return true;
	if (source->rule)
		return fill_from_rule(set, source, err);
	if (source->at == source->count)
		return true;
	source->head =
	    (struct instance){.instant = source->instants[source->at],
		.date = source->dates[source->at]};
	source->head.local = local_of(set, source->head.instant);
	source->at++;
	source->has_head = true;
	return true;
}

/* --- setting up ----------------------------------------------------------- */

int64_t
instance_key(const struct event *master, const struct when *when,
    const struct zone *zone)
{
	struct when at = *when;

	if (master->start.kind == WHEN_DATE && at.kind != WHEN_DATE) {
		at.kind = WHEN_DATE;
		at.local = (int64_t)local_day(at.local) * SECONDS_A_DAY;
	} else if (master->start.kind != WHEN_DATE && at.kind == WHEN_DATE) {
		at.local += local_second(master->start.local);
		at.kind = master->start.kind;
		at.zone = master->start.zone;
	} else if (at.kind == WHEN_FLOATING) {
		/* A value that lost its TZID is on the master's wall clock. */
		at.kind = master->start.kind;
		at.zone = master->start.zone;
	}
	return when_instant(&at, zone, NULL);
}

static bool
start_rule(struct instances *set, struct source *source,
    const struct event_rule *rule, bool excludes, int64_t first,
    struct error *err)
{
	const struct event *event = set->event;
	enum rule_start school =
	    excludes ? RULE_START_RULE : set->options->school;
	int64_t seek = first;

	source->rule = rule;
	if (seek > LOCAL_FIRST + 3 * SECONDS_A_DAY)
		seek -= 3 * SECONDS_A_DAY;
	else
		seek = LOCAL_FIRST;
	if (rscale_wanted(&rule->rule)) {
		source->rscale = rscale_iter_new(&rule->rule,
		    event->start.local, school, seek, err);
		if (!source->rscale && err->pos.line == 0)
			err->pos = event->pos;
		return source->rscale != NULL;
	}
	source->iter = rule_iter_new(&rule->rule, event->start.local, school);
	if (!source->iter)
		return no_memory(err);
	if (seek > event->start.local)
		rule_iter_seek(source->iter, seek);
	return true;
}

struct dated {
	int64_t instant;
	const struct event_date *date; /* NULL: DTSTART */
	size_t order;
};

static bool
has_length(const struct dated *dated)
{
	return dated->date &&
	       (dated->date->has_end || dated->date->has_duration);
}

/* Of two at one instant the first counts: the one that has a length, then
 * the one that stands first. */
static int
by_instant(const void *a, const void *b)
{
	const struct dated *x = a, *y = b;

	if (x->instant != y->instant)
		return x->instant < y->instant ? -1 : 1;
	if (has_length(x) != has_length(y))
		return has_length(x) ? -1 : 1;
	return (x->order > y->order) - (x->order < y->order);
}

/* RDATEs, and DTSTART where it is an instance whatever the rules and their
 * UNTIL say. */
static bool
start_list(struct instances *set, struct source *source, bool with_start,
    struct error *err)
{
	const struct event *event = set->event;
	size_t count = event->date_count + with_start;
	struct dated *dated = calloc(count ? count : 1, sizeof(*dated));

	source->dates = calloc(count ? count : 1, sizeof(*source->dates));
	source->instants = calloc(count ? count : 1, sizeof(*source->instants));
	if (!dated || !source->dates || !source->instants) {
		free(dated);
		return no_memory(err);
	}
	if (with_start)
		dated[0].instant =
		    when_instant(&event->start, set->options->zone, NULL);
	for (size_t i = 0; i < event->date_count; i++) {
		const struct event_date *date = &event->dates[i];

		dated[i + with_start] =
		    (struct dated){instance_key(event, &date->when,
				       set->options->zone),
			date, i + 1};
	}
	qsort(dated, count, sizeof(*dated), by_instant);
	for (size_t i = 0; i < count; i++) {
		source->instants[i] = dated[i].instant;
		source->dates[i] = dated[i].date;
	}
	source->count = count;
	free(dated);
	return true;
}

static int
compare_int64(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;

	return (x > y) - (x < y);
}

static int
compare_day(const void *a, const void *b)
{
	int32_t x = *(const int32_t *)a, y = *(const int32_t *)b;

	return (x > y) - (x < y);
}

/* EXDATE as DATE-TIME names an instant, as DATE all of that day. */
static bool
start_exdates(struct instances *set, struct error *err)
{
	const struct event *event = set->event;
	size_t n = event->exdate_count;

	if (n == 0)
		return true;
	set->exdates = malloc(n * sizeof(*set->exdates));
	set->exdays = malloc(n * sizeof(*set->exdays));
	if (!set->exdates || !set->exdays)
		return no_memory(err);
	for (size_t i = 0; i < n; i++) {
		const struct when *when = &event->exdates[i].when;

		if (when->kind == WHEN_DATE || event->start.kind == WHEN_DATE)
			set->exdays[set->exday_count++] =
			    local_day(when->local);
		else
			set->exdates[set->exdate_count++] =
			    instance_key(event, when, set->options->zone);
	}
	qsort(set->exdates, set->exdate_count, sizeof(*set->exdates),
	    compare_int64);
	qsort(set->exdays, set->exday_count, sizeof(*set->exdays), compare_day);
	return true;
}

static size_t
rule_count(const struct event_rule *rule)
{
	size_t n = 0;

	for (; rule; rule = rule->next)
		n++;
	return n;
}

static bool
start(struct instances *set, int64_t first, struct error *err)
{
	const struct event *event = set->event;
	size_t rules = rule_count(event->rules);
	size_t exrules = rule_count(event->exrules);
	struct source *source;

	set->sources = calloc(rules + 1, sizeof(*set->sources));
	set->excluding = calloc(exrules + 1, sizeof(*set->excluding));
	if (!set->sources || !set->excluding)
		return no_memory(err);
	/* The list first: of two at one instant the RDATE's length counts. */
	set->count = 1;
	if (!start_list(set, set->sources,
		rules == 0 || set->options->school == RULE_START_INSTANCE, err))
		return false;
	for (const struct event_rule *r = event->rules; r; r = r->next) {
		source = &set->sources[set->count++];
		if (!start_rule(set, source, r, false, first, err))
			return false;
	}
	for (const struct event_rule *r = event->exrules; r; r = r->next) {
		source = &set->excluding[set->excluding_count++];
		if (!start_rule(set, source, r, true, first, err))
			return false;
	}
	return start_exdates(set, err);
}

struct instances *
instances_new(const struct event *event, const struct series_options *options,
    int64_t first, int64_t until, struct error *err)
{
	struct instances *set = calloc(1, sizeof(*set));

	if (!set) {
		no_memory(err);
		return NULL;
	}
	set->event = event;
	set->options = options;
	set->until = until;
	set->zone = event->start.kind == WHEN_UTC     ? NULL
	            : event->start.kind == WHEN_ZONED ? event->start.zone
	                                              : options->zone;
	if (!start(set, first, err)) {
		instances_free(set);
		return NULL;
	}
	return set;
}

static void
free_source(struct source *source)
{
	if (source->rscale)
		rscale_iter_free(source->rscale);
	if (source->iter)
		rule_iter_free(source->iter);
	free(source->late);
	free(source->dates);
	free(source->instants);
}

void
instances_free(struct instances *set)
{
	if (!set)
		return;
	for (size_t i = 0; i < set->count; i++)
		free_source(&set->sources[i]);
	for (size_t i = 0; i < set->excluding_count; i++)
		free_source(&set->excluding[i]);
	free(set->sources);
	free(set->excluding);
	free(set->exdates);
	free(set->exdays);
	free(set);
}

/* --- the set -------------------------------------------------------------- */

static bool
is_excluded(struct instances *set, const struct instance *instance,
    bool *excluded, struct error *err)
{
	int32_t day = local_day(instance->local);

	*excluded =
	    (set->exdate_count &&
		bsearch(&instance->instant, set->exdates, set->exdate_count,
		    sizeof(*set->exdates), compare_int64)) ||
	    (set->exday_count && bsearch(&day, set->exdays, set->exday_count,
				     sizeof(*set->exdays), compare_day));
	for (size_t i = 0; i < set->excluding_count; i++) {
		struct source *source = &set->excluding[i];

		for (;;) {
			if (!fill_head(set, source, err))
				return false;
			if (!source->has_head ||
			    source->head.instant >= instance->instant)
				break;
			source->has_head = false;
		}
		if (source->has_head &&
		    source->head.instant == instance->instant)
			*excluded = true;
	}
	return true;
}

bool
instances_next(struct instances *set, struct instance *instance,
    struct error *err)
{
	for (;;) {
		struct source *least = NULL;
		bool excluded;

		for (size_t i = 0; i < set->count; i++) {
			struct source *source = &set->sources[i];

			if (!fill_head(set, source, err))
				return false;
			if (source->has_head &&
			    (!least ||
				source->head.instant < least->head.instant))
				least = source;
		}
		if (!least || least->head.instant >= set->until) {
			err->code = ERR_NONE;
			return false;
		}
		*instance = least->head;
		least->has_head = false;
		if (set->has_last && instance->instant == set->last)
			continue;
		if (!is_excluded(set, instance, &excluded, err))
			return false;
		set->has_last = true;
		set->last = instance->instant;
		if (!excluded)
			return true;
	}
}
