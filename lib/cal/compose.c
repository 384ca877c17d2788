#include "cal/compose_impl.h"

static const struct zone *
find_zone(void *arg, struct str tzid)
{
	struct compose *compose = arg;

	return zone_merge_find(compose->zone_merge, tzid);
}

bool
compose_start(struct compose *compose, struct error *err)
{
	struct zone_merge_options options = {
	    .complete = compose->normalize,
	    .iana = repair_has(compose->repairs, "zone-name"),
	    .zones = compose->zones,
	};

	compose->repair = (struct repair){.set = compose->repairs,
	    .tell = compose->tell,
	    .arg = compose->arg,
	    .zone = find_zone,
	    .zone_arg = compose};
	compose->normal.report = compose->report;
	compose->normal.arg = compose->arg;
	compose->normal.zone = find_zone;
	compose->normal.zone_arg = compose;
	normalize_init(&compose->normal);
	depot_init(&compose->depot, 0);
	ledger_init(&compose->output);
	join_init(&compose->join, &compose->depot);
	compose->zone_merge = zone_merge_new(&options);
	compose->started = true;
	compose->join.report = compose->report;
	compose->join.tell = compose->tell;
	compose->join.arg = compose->arg;
	if (!compose->zone_merge)
		return error_set(err, ERR_MEMORY, pos_none(), "no memory");
	return !compose->dedupe ||
	       dedupe_init(&compose->duplicates, compose->memory / 2, err);
}

void
compose_free(struct compose *compose)
{
	if (!compose->started)
		return;
	dedupe_free(&compose->duplicates);
	repair_free(&compose->repair);
	normalize_free(&compose->normal);
	join_free(&compose->join);
	zone_merge_free(compose->zone_merge);
	ledger_free(&compose->output);
	depot_free(&compose->depot);
	arena_free(&compose->arena);
	arena_free(&compose->lines_arena);
}

/* --- calendars and groups ------------------------------------------------- */

/* The zones of a calendar that stays as it is matter for RECURRENCE-IDs. */
static bool
begin_join(struct compose *compose, bool verbatim, struct error *err)
{
	struct join *join = &compose->join;

	join->verbatim = verbatim;
	join->strict = compose->normalize;
	join->name = compose->name.n ? compose->name : compose->group_name;
	join->color = compose->group_color;
	join->apple_color = compose->group_apple;
	join->zones = verbatim && !compose->dedupe && !compose->repairs
	                  ? NULL
	                  : compose->zone_merge;
	join->add_version = repair_has(compose->repairs, "version");
	compose->joined = true;
	return join_begin(join, err);
}

static bool
finish_join(struct compose *compose, struct error *err)
{
	if (!compose->joined)
		return true;
	compose->joined = false;
	return join_finish(&compose->join, &compose->output, err) &&
	       compose_flush(compose, err);
}

/* The calendar's own lines are complete as far as they go. */
static bool
take_lines(struct compose *compose, struct error *err)
{
	if (!compose->in_lines)
		return true;
	compose->in_lines = false;
	compose_edit(compose, &compose->lines);
	if (!join_lines(&compose->join, &compose->lines, err))
		return false;
	arena_reset(&compose->lines_arena);
	return true;
}

/* Its END is missing: said, where the reader's own word was kept back. */
static bool
add_end(struct compose *compose, struct fragment *made,
    const struct fragment **end, struct error *err)
{
	bool repairs = repair_has(compose->repairs, "end");
	struct buf line = {0};
	struct error fault;
	bool ok;

	if (compose->join.bare ||
	    (!compose_tells(compose) && compose->join.verbatim))
		return true;
	error_set(&fault, repairs ? ERR_NONE : ERR_CUT, compose->begin,
	    repairs                  ? "end: END:VCALENDAR is added"
	    : compose->join.verbatim ? "VCALENDAR without END"
				     : "VCALENDAR without END: added");
	if (!repairs)
		compose->report(compose->arg, &fault);
	else if (compose->tell)
		compose->tell(compose->arg, &fault);
	if (!repairs || !compose->join.verbatim)
		return true;
	*end = made;
	buf_printf(&line, "END:VCALENDAR%.*s", STR_ARG(compose->join.ending));
	ok = buf_ok(&line)
	         ? depot_add(&compose->depot, buf_str(&line), made, err)
	         : error_set(err, ERR_MEMORY, compose->begin, "no memory");
	buf_free(&line);
	return ok;
}

static void
tell_version(struct compose *compose)
{
	const struct join *join = &compose->join;
	struct error err;

	if (!compose->tell || !join->add_version || !join->verbatim ||
	    join->bare || (join->has_version && join->has_prodid))
		return;
	error_set(&err, ERR_NONE, compose->begin, "version: %s%s%s added",
	    join->has_version ? "" : "VERSION",
	    join->has_version || join->has_prodid ? "" : " and ",
	    join->has_prodid ? "" : "PRODID");
	compose->tell(compose->arg, &err);
}

/* The end of a calendar; `end` is NULL where its END is missing. */
static bool
end_calendar(struct compose *compose, const struct fragment *end,
    struct error *err)
{
	struct fragment made = {0};

	if (!compose->join.open)
		return true;
	if (!end && !add_end(compose, &made, &end, err))
		return false;
	if (!take_lines(compose, err))
		return false;
	tell_version(compose);
	if (compose->dedupe &&
	    !dedupe_close(&compose->duplicates, compose->join.method, find_zone,
		compose, err))
		return false;
	if (!join_end(&compose->join, end, err))
		return false;
	return compose->group || finish_join(compose, err);
}

static bool
begin_calendar(struct compose *compose, const struct reader *reader,
    const struct fragment *begin, struct error *err)
{
	compose->begin = reader->record.pos;
	if (!compose->joined &&
	    !begin_join(compose, !compose->group && !compose->normalize, err))
		return false;
	repair_calendar(&compose->repair);
	normalize_calendar(&compose->normal);
	return join_calendar(&compose->join, begin, err);
}

static bool
copy_str(struct str *to, struct str from, struct arena *arena,
    struct error *err)
{
	*to = arena_copy(arena, from);
	if (from.n && !to->p)
		return error_set(err, ERR_MEMORY, pos_none(), "no memory");
	return true;
}

bool
compose_input(struct compose *compose, const struct compose_group *group,
    struct error *err)
{
	struct arena *arena = &compose->join.arena;

	if (!end_calendar(compose, NULL, err))
		return false;
	depot_input(&compose->depot);
	compose->text_said = false;
	if (group->number == compose->group)
		return true;
	if (!finish_join(compose, err))
		return false;
	compose->group = group->number;
	compose->group_name = compose->group_color = compose->group_apple =
	    (struct str){NULL, 0};
	if (group->number == 0)
		return true;
	if (!begin_join(compose, false, err))
		return false;
	if (!copy_str(&compose->group_name, group->name, arena, err) ||
	    !copy_str(&compose->group_color, group->color, arena, err) ||
	    !copy_str(&compose->group_apple, group->apple_color, arena, err))
		return false;
	if (!compose->name.n)
		compose->join.name = compose->group_name;
	compose->join.color = compose->group_color;
	compose->join.apple_color = compose->group_apple;
	return true;
}

/* --- what stands outside of calendars ------------------------------------- */

static bool
is_blank(const struct record *record)
{
	return !record->partial && str_trim(record->text).n == 0;
}

static void
say_text(struct compose *compose, const struct record *record, const char *what)
{
	struct error err;

	if (compose->text_said || is_blank(record))
		return;
	compose->text_said = true;
	error_set(&err, ERR_SYNTAX, record->pos,
	    "text outside of a calendar: %s", what);
	compose->report(compose->arg, &err);
}

static bool
take_text(struct compose *compose, struct reader *reader, struct error *err)
{
	struct fragment piece = {.kind = PIECE_TEXT};

	if (!end_calendar(compose, NULL, err))
		return false;
	if (compose->group || compose->normalize) {
		say_text(compose, &reader->record, "left out");
		return true;
	}
	say_text(compose, &reader->record, "passed on as it is");
	if (!compose->dedupe)
		return reader_copy(reader, compose->out, err);
	return depot_keep(&compose->depot, reader, &piece, err) &&
	       ledger_add(&compose->output, &piece, err);
}

/* A component in no calendar gets one where calendars are made anew. */
static bool
take_bare(struct compose *compose, struct reader *reader, struct error *err)
{
	if (str_ieq(reader->record.name, STR("VCARD")))
		return take_text(compose, reader, err);
	if (!compose->join.open && !begin_calendar(compose, reader, NULL, err))
		return false;
	return true;
}

bool
compose_wants(const struct compose *compose, const struct error *err)
{
	if (err->code == ERR_CUT && compose->group)
		return false;
	return !compose_tells(compose) ||
	       (err->code != ERR_SYNTAX && err->code != ERR_CUT);
}

/* --- items ---------------------------------------------------------------- */

static bool
take_line(struct compose *compose, struct reader *reader, struct error *err)
{
	if (!compose->in_lines)
		draft_init(&compose->lines, &compose->lines_arena,
		    reader->record.pos);
	compose->in_lines = true;
	return draft_add_item(&compose->lines, reader, &compose->depot, err);
}

static bool
take_record(struct compose *compose, struct reader *reader, struct error *err)
{
	if (!reader->in_calendar) {
		if (!take_bare(compose, reader, err))
			return false;
		if (!compose->join.open)
			return true; /* it was text */
	}
	if (!take_lines(compose, err))
		return false;
	if (str_ieq(reader->record.name, STR("VTIMEZONE")))
		return compose_zone(compose, reader, err);
	return compose_component(compose, reader, err);
}

bool
compose_item(struct compose *compose, struct reader *reader, struct error *err)
{
	struct fragment piece = {0};

	switch (reader->item) {
	case ITEM_BEGIN:
		/* What ends the one before may empty the depot. */
		return end_calendar(compose, NULL, err) &&
		       depot_keep(&compose->depot, reader, &piece, err) &&
		       begin_calendar(compose, reader, &piece, err);
	case ITEM_LINE:
		return take_line(compose, reader, err);
	case ITEM_RECORD:
		return take_record(compose, reader, err);
	case ITEM_END:
		return depot_keep(&compose->depot, reader, &piece, err) &&
		       end_calendar(compose, &piece, err);
	case ITEM_TEXT:
		return take_text(compose, reader, err);
	case ITEM_NONE:
		break;
	}
	return true;
}

bool
compose_finish(struct compose *compose, struct error *err)
{
	return end_calendar(compose, NULL, err) && finish_join(compose, err) &&
	       (!compose->dedupe || compose_flush_deduped(compose, err));
}
