#include "cal/compose_impl.h"

bool
compose_tells(const struct compose *compose)
{
	return compose->repairs || compose->normalize;
}

/* --- editing -------------------------------------------------------------- */

/* What is wrong with a line that is passed on; NULL: nothing. */
static const char *
fault_of(const struct draft_line *line)
{
	if (line->dropped)
		return NULL;
	if (line->kind == DRAFT_JUNK && str_trim(line->text).n)
		return "not a content line";
	if (line->kind == DRAFT_PROPERTY &&
	    str_ieq(line->line.name, STR("END")))
		return "END without BEGIN";
	return NULL;
}

static void
tell_rest(struct compose *compose, const struct draft *draft)
{
	struct error err;

	for (size_t i = 0; i < draft->count; i++) {
		const struct draft_line *line = &draft->lines[i];
		const char *fault = fault_of(line);

		if (!fault)
			continue;
		error_set(&err, ERR_SYNTAX, line->line.pos,
		    "%s: \"%.*s\"; passed on as it is", fault,
		    STR_ARG(str_head(str_trim(draft_text(line)), 40)));
		compose->report(compose->arg, &err);
	}
	if (!draft->cut)
		return;
	error_set(&err, ERR_CUT, draft->pos,
	    "%.*s without END; passed on as it is", STR_ARG(draft->name));
	compose->report(compose->arg, &err);
}

void
compose_edit(struct compose *compose, struct draft *draft)
{
	if (compose->repairs)
		repair_draft(&compose->repair, draft);
	if (compose->normalize)
		normalize_draft(&compose->normal, draft);
	else if (compose->repairs)
		tell_rest(compose, draft);
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

/* A component as it is: its piece, and the zones it uses. */
static bool
take_plain(struct compose *compose, struct reader *reader,
    struct fragment *piece, struct error *err)
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
take_draft(struct compose *compose, struct reader *reader,
    struct fragment *piece, struct error *err)
{
	struct join *join = &compose->join;
	struct draft draft;

	if (!draft_read(&draft, reader, &compose->depot, &compose->arena, err))
		return false;
	if (draft.cut && !join->verbatim && !compose_tells(compose))
		normalize_pairs(&compose->normal, &draft);
	compose_edit(compose, &draft);
	if (draft.failed)
		return error_set(err, ERR_MEMORY, draft.pos, "no memory");
	if (compose->dedupe &&
	    !dedupe_add(&compose->duplicates, &draft, &piece->number, err))
		return false;
	if (join->zones && !use_draft(compose, &draft, err))
		return false;
	if (draft.changed)
		return draft_write(&draft, &compose->depot, &join->items, piece,
		    err);
	return depot_keep(&compose->depot, reader, piece, err) &&
	       ledger_add(&join->items, piece, err);
}

bool
compose_component(struct compose *compose, struct reader *reader,
    struct error *err)
{
	struct fragment piece = {.kind = PIECE_COMPONENT,
	    .group = compose->join.calendars};

	arena_reset(&compose->arena);
	if (compose->dedupe || compose_tells(compose) ||
	    (reader->record.cut && !compose->join.verbatim))
		return take_draft(compose, reader, &piece, err);
	return take_plain(compose, reader, &piece, err);
}

/* --- zones ---------------------------------------------------------------- */

/* One that is too large to be looked at stays where it is. */
static bool
take_large_zone(struct compose *compose, struct reader *reader,
    struct error *err)
{
	struct fragment piece = {.kind = PIECE_COMPONENT,
	    .group = compose->join.calendars};
	struct error fault;

	error_set(&fault, ERR_LIMIT, reader->record.pos,
	    "a VTIMEZONE as large as this is passed on and not looked at");
	compose->report(compose->arg, &fault);
	return depot_keep(&compose->depot, reader, &piece, err) &&
	       ledger_add(&compose->join.items, &piece, err);
}

/* The zone's text as it is after editing. */
static bool
edit_zone(struct compose *compose, struct reader *reader, struct buf *text,
    struct error *err)
{
	struct draft draft;

	if (!draft_read(&draft, reader, &compose->depot, &compose->arena, err))
		return false;
	compose_edit(compose, &draft);
	if (!draft.changed)
		buf_add_str(text, reader->record.text);
	else if (!draft_write_lines(&draft, 0, draft.count, text))
		return error_set(err, ERR_MEMORY, draft.pos, "no memory");
	return buf_ok(text) ||
	       error_set(err, ERR_MEMORY, draft.pos, "no memory");
}

bool
compose_zone(struct compose *compose, struct reader *reader, struct error *err)
{
	struct str text = reader->record.text;
	struct fragment piece = {0};
	struct buf edited = {0};
	bool ok = true;

	if (reader->record.partial)
		return take_large_zone(compose, reader, err);
	arena_reset(&compose->arena);
	if (compose_tells(compose)) {
		ok = edit_zone(compose, reader, &edited, err);
		text = buf_str(&edited);
	}
	ok = ok && depot_add(&compose->depot, text, &piece, err) &&
	     join_zone(&compose->join, &piece, text, reader->record.pos, err);
	buf_free(&edited);
	return ok;
}
