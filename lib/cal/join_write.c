/* The second half of a join: what it has taken, in the order it is written. */
#include "cal/join.h"

#define PRODID "-//kalends//NONSGML icscat//EN"

/* --- components whose zones have another name now ------------------------- */

static bool
rename_lines(struct join *join, struct draft *draft)
{
	struct str tzid, name;

	for (size_t i = 0; i < draft->count; i++) {
		struct draft_line *line = &draft->lines[i];
		bool looked_at =
		    line->kind == DRAFT_PROPERTY || line->kind == DRAFT_LONG;

		if (!looked_at || line->line.params.n == 0 ||
		    !line_param(&line->line, STR("TZID"), draft->arena, &tzid))
			continue;
		name = zone_merge_name(join->zones, tzid);
		if (name.n == 0)
			continue;
		if (line->kind == DRAFT_LONG) {
			struct error err;

			error_set(&err, ERR_LIMIT, line->line.pos,
			    "line of more than %zu bytes: its TZID stays %.*s",
			    LIMIT_LINE, STR_ARG(tzid));
			join->report(join->arg, &err);
			continue;
		}
		draft_set_params(draft, line,
		    draft_param(draft, line->line.params, STR("TZID"), name));
	}
	return !draft->failed;
}

static bool
rename_record(struct join *join, const struct fragment *like,
    struct ledger *output, struct error *err)
{
	struct reader *reader = &join->again;
	struct arena arena = {0};
	struct draft draft;
	struct fragment piece = *like;
	bool ok = draft_read(&draft, reader, join->depot, &arena, err);

	draft.strict = join->strict;
	if (ok && !rename_lines(join, &draft))
		ok = error_set(err, ERR_MEMORY, pos_none(), "no memory");
	if (ok && draft.changed)
		ok = draft_write(&draft, join->depot, output, like, err);
	else if (ok)
		ok = depot_keep(join->depot, reader, &piece, err) &&
		     ledger_add(output, &piece, err);
	arena_free(&arena);
	return ok;
}

static bool
rename_piece(struct join *join, const struct fragment *piece,
    struct ledger *output, struct error *err)
{
	struct reader *reader = &join->again;
	bool ok;

	if (!join->again_ready && !reader_init(reader, -1, NULL, err))
		return false;
	join->again_ready = true;
	ok = depot_open(join->depot, piece, reader, NULL, err);
	while (ok && (ok = reader_next(reader, err)) &&
	       reader->item != ITEM_NONE) {
		struct fragment part = *piece;

		if (reader->item == ITEM_RECORD)
			ok = rename_record(join, piece, output, err);
		else
			ok = depot_keep(join->depot, reader, &part, err) &&
			     ledger_add(output, &part, err);
	}
	depot_close(join->depot);
	return ok;
}

/* --- the calendar's own lines --------------------------------------------- */

static bool
put_text(struct join *join, struct str text, unsigned kind,
    struct ledger *output, struct error *err)
{
	struct fragment piece = {.kind = (uint8_t)kind};

	return depot_add(join->depot, text, &piece, err) &&
	       ledger_add(output, &piece, err);
}

static bool
put_buf(struct join *join, struct buf *buf, struct ledger *output,
    struct error *err)
{
	bool ok = buf_ok(buf)
	              ? put_text(join, buf_str(buf), PIECE_LINE, output, err)
	              : error_set(err, ERR_MEMORY, pos_none(), "no memory");

	buf_reset(buf);
	return ok;
}

static void
add_property(struct buf *out, const char *name, struct str text,
    struct str ending)
{
	struct buf line = {0};

	buf_printf(&line, "%s:", name);
	text_escape(&line, text);
	if (!buf_ok(&line))
		out->failed = true;
	line_write_as(out, buf_str(&line), ending);
	buf_free(&line);
}

static void
add_names(const struct join *join, struct buf *out)
{
	if (join->name.n == 0)
		return;
	add_property(out, "NAME", join->name, join->ending);
	add_property(out, "X-WR-CALNAME", join->name, join->ending);
}

/* Whether a property of the calendars is left out for one that is given. */
static bool
is_replaced(const struct join *join, enum head_property property)
{
	switch (property) {
	case HEAD_NAME:
	case HEAD_WR_CALNAME:
		return join->name.n > 0;
	case HEAD_COLOR:
	case HEAD_APPLE_COLOR:
		return join->apple_color.n > 0;
	default:
		return false;
	}
}

/* VERSION and PRODID in the order they came, each once. */
static bool
put_first(struct join *join, struct ledger *output, struct error *err)
{
	const struct head *head = &join->head;

	for (size_t i = 0; i < head->count; i++) {
		const struct head_line *line = &head->lines[i];

		if (line->property <= HEAD_PRODID &&
		    line == head_find(head, line->property) &&
		    !ledger_add(output, &line->piece, err))
			return false;
	}
	return (head_find(head, HEAD_VERSION) ||
		   put_text(join, STR("VERSION:2.0\r\n"), PIECE_LINE, output,
		       err)) &&
	       (head_find(head, HEAD_PRODID) ||
		   put_text(join, STR("PRODID:" PRODID "\r\n"), PIECE_LINE,
		       output, err));
}

static bool
put_properties(struct join *join, unsigned part, struct ledger *output,
    struct error *err)
{
	struct buf out = {0};
	bool ok = put_text(join, STR("BEGIN:VCALENDAR\r\n"), PIECE_BEGIN,
		      output, err) &&
	          put_first(join, output, err);

	if (ok && join->methods[part].n)
		ok = ledger_add(output, &join->method_lines[part], err);
	add_names(join, &out);
	if (join->color.n)
		add_property(&out, "COLOR", join->color, join->ending);
	if (join->apple_color.n)
		add_property(&out, "X-APPLE-CALENDAR-COLOR", join->apple_color,
		    join->ending);
	ok = ok && put_buf(join, &out, output, err);
	for (size_t i = 0; ok && i < join->head.count; i++) {
		const struct head_line *line = &join->head.lines[i];

		/* The two above, a second time too. */
		if (line->property > HEAD_PRODID &&
		    !is_replaced(join, line->property))
			ok = ledger_add(output, &line->piece, err);
	}
	buf_free(&out);
	return ok;
}

/* A definition under its new name. */
static bool
put_renamed(struct join *join, const struct zone_text *zone,
    struct ledger *output, struct error *err)
{
	struct fragment like = {.kind = PIECE_ZONE};
	struct fragment piece = like;
	struct reader *reader = &join->again;
	struct arena arena = {0};
	struct buf line = {0};
	struct draft draft;
	struct draft_part whole;
	struct draft_line *tzid;
	bool ok = depot_add(join->depot, zone->text, &piece, err);

	if (!join->again_ready)
		ok = ok && reader_init(reader, -1, NULL, err);
	join->again_ready = join->again_ready || ok;
	ok = ok && depot_open(join->depot, &piece, reader, NULL, err) &&
	     reader_next(reader, err) &&
	     draft_read(&draft, reader, join->depot, &arena, err);
	if (ok) {
		draft.strict = join->strict;
		whole = draft_whole(&draft);
		tzid = draft_find(&draft, &whole, STR("TZID"), NULL);
		text_escape(&line, zone->name);
		if (tzid)
			draft_set_value(&draft, tzid, buf_str(&line));
		ok = draft_write(&draft, join->depot, output, &like, err);
	}
	depot_close(join->depot);
	buf_free(&line);
	arena_free(&arena);
	return ok;
}

static bool
put_zones(struct join *join, unsigned part, struct ledger *output,
    struct error *err)
{
	struct zone_text zone;
	uint64_t at = 0;

	while (zone_merge_next(join->zones, &at, part, &zone, err)) {
		char last = zone.text.p[zone.text.n - 1];

		if (zone.name.n) {
			if (!put_renamed(join, &zone, output, err))
				return false;
			continue;
		}
		if (!put_text(join, zone.text, PIECE_ZONE, output, err) ||
		    (last != '\n' && last != '\r' &&
			!put_text(join, STR("\r\n"), PIECE_ZONE, output, err)))
			return false;
	}
	return err->code == ERR_NONE;
}

/* --- the whole ------------------------------------------------------------ */

/* Every line of what is written ends. */
static bool
put_piece(struct join *join, const struct fragment *piece, bool renames,
    struct ledger *output, struct error *err)
{
	struct fragment end = *piece;

	if (renames && piece->kind == PIECE_COMPONENT) {
		if (!rename_piece(join, piece, output, err))
			return false;
	} else if (!ledger_add(output, piece, err)) {
		return false;
	}
	if (piece->ends)
		return true;
	return depot_add(join->depot, STR("\r\n"), &end, err) &&
	       ledger_add(output, &end, err);
}

static bool
put_components(struct join *join, unsigned part, struct ledger *output,
    struct error *err)
{
	struct zone_log log = {.log = &join->log};
	uint32_t opened = 0;
	unsigned of = 0;
	bool renames = false;
	struct fragment piece;

	if (!ledger_rewind(&join->items, err))
		return false;
	while (ledger_next(&join->items, &piece, err)) {
		for (; opened < piece.group; opened++)
			if (!zone_merge_open(join->zones, &log, &of, &renames,
				err))
				return false;
		if (of != part)
			continue;
		piece.group = 0;
		if (!put_piece(join, &piece, renames, output, err))
			return false;
	}
	return err->code == ERR_NONE;
}

static void
report_unknown(struct join *join, unsigned part)
{
	size_t at = 0;
	struct error err;
	struct str tzid;
	struct pos pos;

	while (zone_merge_unknown(join->zones, &at, part, &tzid, &pos)) {
		error_set(&err, ERR_ABSENT, pos,
		    "no VTIMEZONE defines %.*s, and no zone is called so: "
		    "none was added",
		    STR_ARG(tzid));
		join->report(join->arg, &err);
	}
}

/* What is missing goes after the calendar's first lines. */
static bool
put_missing(struct join *join, struct ledger *output, struct error *err)
{
	struct buf out = {0};
	bool ok;

	if (join->add_version && !join->has_version)
		add_property(&out, "VERSION", STR("2.0"), join->ending);
	if (join->add_version && !join->has_prodid)
		add_property(&out, "PRODID", STR(PRODID), join->ending);
	add_names(join, &out);
	ok = put_buf(join, &out, output, err);
	buf_free(&out);
	return ok;
}

static bool
finish_verbatim(struct join *join, struct ledger *output, struct error *err)
{
	struct zone_log log = {.log = &join->log};
	bool begun = false, renames = false, ok = true;
	struct fragment piece;
	unsigned part;

	if (join->zones && join->calendars &&
	    !zone_merge_open(join->zones, &log, &part, &renames, err))
		return false;
	if (!ledger_rewind(&join->items, err))
		return false;
	while (ok && ledger_next(&join->items, &piece, err)) {
		bool first = piece.kind == PIECE_BEGIN;

		if (begun && !first && piece.kind != PIECE_LINE) {
			ok = put_missing(join, output, err);
			begun = false;
		}
		begun = begun || first;
		ok = ok && put_piece(join, &piece, renames, output, err);
	}
	if (ok && begun)
		ok = put_missing(join, output, err);
	return ok && err->code == ERR_NONE;
}

static void
tell_names(const struct join *join)
{
	struct zone_rename rename;
	struct error err;
	uint64_t at = 0;

	while (join->tell && zone_merge_renamed(join->zones, &at, &rename)) {
		error_set(&err, ERR_NONE, rename.pos,
		    rename.defined
			? "VTIMEZONE %.*s differs from another one: now %.*s"
			: "zone-name: %.*s is %.*s",
		    STR_ARG(rename.from), STR_ARG(rename.to));
		join->tell(join->arg, &err);
	}
}

bool
join_finish(struct join *join, struct ledger *output, struct error *err)
{
	err->code = ERR_NONE;
	if (join->zones && !zone_merge_settle(join->zones, err))
		return false;
	if (join->zones)
		tell_names(join);
	if (join->verbatim)
		return finish_verbatim(join, output, err);
	join->ending = STR("\r\n");
	for (unsigned part = 0; part < join->method_count; part++) {
		if (join->strict)
			report_unknown(join, part);
		if (!put_properties(join, part, output, err) ||
		    !put_zones(join, part, output, err) ||
		    !put_components(join, part, output, err) ||
		    !put_text(join, STR("END:VCALENDAR\r\n"), PIECE_END, output,
			err))
			return false;
	}
	return true;
}
