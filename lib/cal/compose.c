#include "cal/compose_impl.h"

bool
compose_start(struct compose *compose, struct error *err)
{
	struct zone_merge_options options = {
	    .complete = compose->normalize,
	    .zones = compose->zones,
	};

	depot_init(&compose->depot, 0);
	ledger_init(&compose->output);
	join_init(&compose->join, &compose->depot);
	compose->zone_merge = zone_merge_new(&options);
	compose->started = true;
	compose->join.report = compose->report;
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
	join->zones = verbatim && !compose->dedupe ? NULL : compose->zone_merge;
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
	if (!join_lines(&compose->join, &compose->lines, err))
		return false;
	arena_reset(&compose->lines_arena);
	return true;
}

static const struct zone *
find_zone(void *arg, struct str tzid)
{
	struct compose *compose = arg;

	return zone_merge_find(compose->zone_merge, tzid);
}

/* The end of a calendar; `end` is NULL where its END is missing. */
static bool
end_calendar(struct compose *compose, const struct piece *end,
    struct error *err)
{
	if (!compose->join.open)
		return true;
	if (!take_lines(compose, err))
		return false;
	if (compose->dedupe &&
	    !dedupe_close(&compose->duplicates, compose->join.method, find_zone,
		compose, err))
		return false;
	if (!join_end(&compose->join, end, err))
		return false;
	return compose->group || finish_join(compose, err);
}

static bool
begin_calendar(struct compose *compose, const struct piece *begin,
    struct error *err)
{
	if (!compose->joined &&
	    !begin_join(compose, !compose->group && !compose->normalize, err))
		return false;
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

/* --- components ----------------------------------------------------------- */

static bool
use_draft(struct compose *compose, const struct draft *draft, struct error *err)
{
	for (size_t i = 0; i < draft->count; i++) {
		const struct draft_line *line = &draft->lines[i];

		if ((line->kind == DRAFT_PROPERTY ||
			line->kind == DRAFT_LONG) &&
		    !line->dropped && line->line.params.n &&
		    !zone_merge_use(compose->zone_merge, &line->line,
			draft->arena, err))
			return false;
	}
	return true;
}

static bool
wants_drafts(const struct compose *compose)
{
	return compose->dedupe;
}

static bool
take_zone(struct compose *compose, struct reader *reader, struct error *err)
{
	struct piece piece = {0};
	const struct record *record = &reader->record;
	struct str text = record->text;

	if (record->partial) {
		struct error fault;

		error_set(&fault, ERR_LIMIT, record->pos,
		    "a VTIMEZONE as large as this is passed on and not looked "
		    "at");
		compose->report(compose->arg, &fault);
		text.n = 0;
	}
	if (!depot_keep(&compose->depot, reader, &piece, err))
		return false;
	if (record->partial && !compose->join.verbatim) {
		piece.kind = PIECE_COMPONENT;
		piece.group = compose->join.calendars;
		return ledger_add(&compose->join.items, &piece, err);
	}
	return join_zone(&compose->join, &piece, text, record->pos, err);
}

/* A component as it is: its piece, and the zones it uses. */
static bool
take_plain(struct compose *compose, struct reader *reader, struct piece *piece,
    struct error *err)
{
	struct join *join = &compose->join;

	if (join->zones && !join->verbatim &&
	    !zone_merge_use_record(join->zones, &reader->record,
		&compose->arena, err))
		return false;
	return depot_keep(&compose->depot, reader, piece, err) &&
	       ledger_add(&join->items, piece, err);
}

static bool
take_draft(struct compose *compose, struct reader *reader, struct piece *piece,
    struct error *err)
{
	struct join *join = &compose->join;
	struct draft draft;

	if (!draft_read(&draft, reader, &compose->depot, &compose->arena, err))
		return false;
	draft.strict = compose->normalize;
	if (compose->dedupe &&
	    !dedupe_add(&compose->duplicates, &draft, &piece->number, err))
		return false;
	if (join->zones && !use_draft(compose, &draft, err))
		return false;
	if (draft.changed || draft.strict)
		return draft_write(&draft, &compose->depot, &join->items, piece,
		    err);
	return depot_keep(&compose->depot, reader, piece, err) &&
	       ledger_add(&join->items, piece, err);
}

static bool
take_component(struct compose *compose, struct reader *reader,
    struct error *err)
{
	struct piece piece = {.kind = PIECE_COMPONENT,
	    .group = compose->join.calendars};

	arena_reset(&compose->arena);
	if (wants_drafts(compose))
		return take_draft(compose, reader, &piece, err);
	return take_plain(compose, reader, &piece, err);
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
	struct piece piece = {.kind = PIECE_TEXT};

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
	if (!compose->join.open && !begin_calendar(compose, NULL, err))
		return false;
	return true;
}

/* --- items ---------------------------------------------------------------- */

static bool
take_line(struct compose *compose, struct reader *reader, struct error *err)
{
	if (!compose->in_lines)
		draft_init(&compose->lines, &compose->lines_arena,
		    reader->record.pos);
	compose->lines.strict = compose->normalize;
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
		return take_zone(compose, reader, err);
	return take_component(compose, reader, err);
}

bool
compose_item(struct compose *compose, struct reader *reader, struct error *err)
{
	struct piece piece = {0};

	switch (reader->item) {
	case ITEM_BEGIN:
		/* What ends the one before may empty the depot. */
		return end_calendar(compose, NULL, err) &&
		       depot_keep(&compose->depot, reader, &piece, err) &&
		       begin_calendar(compose, &piece, err);
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
