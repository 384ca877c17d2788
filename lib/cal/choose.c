#include "cal/choose.h"

static bool
found(void *arg, const struct occurrence *occurrence)
{
	struct choose *choose = arg;

	choose->matched =
	    choose_matches(choose, occurrence->event->component.record);
	return !choose->matched;
}

/* expand's callbacks share one arg: what it says goes on to the caller's. */
static void
report(void *arg, const struct error *err)
{
	struct choose *choose = arg;

	choose->report(choose->report_arg, err);
}

bool
choose_init(struct choose *choose, struct reader *reader, size_t memory,
    struct error *err)
{
	*choose = (struct choose){0};
	choose->chosen = sorter_new(memory / 4);
	if (!choose->chosen)
		return error_set(err, ERR_MEMORY, pos_none(), "no memory");
	return expand_init(&choose->expand, reader, memory, err);
}

void
choose_free(struct choose *choose)
{
	expand_free(&choose->expand);
	sorter_free(choose->chosen);
	arena_free(&choose->arena);
}

bool
choose_matches(struct choose *choose, const struct record *record)
{
	struct error trouble = {0};
	bool matches;

	if (!choose->counts(choose->arg, record))
		return false;
	if (!choose->query)
		return true;
	arena_reset(&choose->arena);
	matches =
	    query_matches(choose->query, record, &choose->arena, &trouble);
	if (trouble.code != ERR_NONE)
		choose->report(choose->report_arg, &trouble);
	return matches;
}

/* --- groups --------------------------------------------------------------- */

static bool
group_matches(struct choose *choose)
{
	struct walk *walk = &choose->expand.walk;

	bool some = false;

	for (size_t i = 0; i < walk->group_count && !some; i++)
		some = choose_matches(choose, walk->group[i]);
	if (!some || !choose->ranged)
		return some;
	choose->matched = false;
	expand_group(&choose->expand);
	return choose->matched;
}

static bool
remember_group(struct choose *choose, struct error *err)
{
	struct walk *walk = &choose->expand.walk;
	struct buf key = {0};
	bool ok = true;

	for (size_t i = 0; i < walk->group_count && ok; i++) {
		if (!choose->counts(choose->arg, walk->group[i]))
			continue;
		buf_reset(&key);
		choose->chosen_used = true;
		ok = sorter_key_int(&key, (int64_t)walk->group[i]->offset)
		         ? sorter_add(choose->chosen, buf_str(&key), STR(""),
			       err)
		         : error_set(err, ERR_MEMORY, walk->group[i]->pos,
			       "no memory");
	}
	buf_free(&key);
	return ok;
}

static bool
next_chosen(struct choose *choose, struct error *err)
{
	struct str key, payload;

	choose->has_next = choose->chosen_used &&
	                   sorter_next(choose->chosen, &key, &payload, err);
	if (!choose->has_next)
		return !choose->chosen_used || err->code == ERR_NONE;
	choose->next = (uint64_t)sorter_key_read(key);
	return true;
}

static bool
decide_groups(struct choose *choose, struct error *err)
{
	struct walk *walk = &choose->expand.walk;

	while (walk_next_group(walk, err))
		if (group_matches(choose) && !remember_group(choose, err))
			return false;
	if (err->code != ERR_NONE)
		return false;
	return !choose->chosen_used || sorter_finish(choose->chosen, err);
}

/* --- the passes ----------------------------------------------------------- */

bool
choose_begin(struct choose *choose, struct error *err)
{
	struct expand *expand = &choose->expand;
	struct walk *walk = &expand->walk;
	void (*complain)(void *, const struct error *) = walk->reader->report;
	bool ok = true;

	if (expand->arg != choose) {
		choose->report = expand->report;
		choose->report_arg = expand->arg;
		expand->report = report;
		expand->found = found;
		expand->arg = choose;
	}
	choose->chosen_used = choose->has_next = false;
	if (!sorter_reset(choose->chosen, err) || !expand_begin(expand, err))
		return false;
	if (!walk->has_members)
		return true;
	walk->reader->report = NULL;
	while (ok && walk_next(walk, err))
		if (walk->reader->item == ITEM_RECORD && walk_is_member(walk))
			ok = walk_put_aside(walk, err);
	walk->reader->report = complain;
	return ok && decide_groups(choose, err) && walk_again(walk, err) &&
	       next_chosen(choose, err);
}

bool
choose_current(struct choose *choose)
{
	struct walk *walk = &choose->expand.walk;
	const struct record *record = &walk->reader->record;
	struct error err;

	if (walk_is_member(walk)) {
		if (!choose->has_next || record->offset != choose->next)
			return false;
		if (!next_chosen(choose, &err))
			choose->report(choose->report_arg, &err);
		return true;
	}
	if (!choose_matches(choose, record))
		return false;
	if (!choose->ranged)
		return true;
	choose->matched = false;
	expand_record(&choose->expand);
	return choose->matched;
}
