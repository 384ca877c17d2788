#include "cal/join.h"

void
join_init(struct join *join, struct depot *depot)
{
	*join = (struct join){.depot = depot};
	ledger_init(&join->items);
	spool_init(&join->log, 0);
}

void
join_free(struct join *join)
{
	ledger_free(&join->items);
	spool_free(&join->log);
	head_free(&join->head);
	arena_free(&join->arena);
	if (join->again_ready)
		reader_free(&join->again);
}

bool
join_begin(struct join *join, struct error *err)
{
	arena_reset(&join->arena);
	head_reset(&join->head);
	if (join->zones)
		zone_merge_reset(join->zones);
	join->method_count = 0;
	join->calendars = 0;
	join->open = false;
	return spool_reset(&join->log, err) && ledger_reset(&join->items, err);
}

bool
join_calendar(struct join *join, const struct fragment *begin,
    struct error *err)
{
	struct fragment piece;

	join->open = true;
	join->bare = !begin;
	join->calendars++;
	join->method = (struct str){NULL, 0};
	join->has_version = join->has_prodid = false;
	join->ending = STR("\r\n");
	if (!begin || !join->verbatim)
		return true;
	piece = *begin;
	piece.kind = PIECE_BEGIN;
	return ledger_add(&join->items, &piece, err);
}

/* --- lines ---------------------------------------------------------------- */

static bool
is_name(const struct draft_line *line)
{
	return draft_is(line, STR("NAME")) ||
	       draft_is(line, STR("X-WR-CALNAME"));
}

static bool
verbatim_lines(struct join *join, struct draft *lines, struct error *err)
{
	struct fragment like = {.kind = PIECE_LINE, .group = join->calendars};

	join->ending = lines->ending;
	for (size_t i = 0; i < lines->count; i++) {
		struct draft_line *line = &lines->lines[i];

		if (draft_is(line, STR("VERSION")))
			join->has_version = true;
		else if (draft_is(line, STR("PRODID")))
			join->has_prodid = true;
		else if (draft_is(line, STR("METHOD")) && !join->method.n)
			join->method = arena_copy(&join->arena,
			    str_trim(line->line.value));
		else if (join->name.n && is_name(line))
			draft_drop(lines, line);
	}
	return draft_write(lines, join->depot, &join->items, &like, err);
}

static bool
is_blank(const struct draft_line *line)
{
	return line->kind == DRAFT_JUNK && str_trim(line->text).n == 0;
}

/* The piece of one line. */
static bool
line_piece(struct join *join, const struct draft *lines, size_t i,
    struct fragment *piece, struct error *err)
{
	struct buf out = {0};
	bool ok;

	*piece =
	    (struct fragment){.kind = PIECE_LINE, .group = join->calendars};
	if (lines->lines[i].kind == DRAFT_LONG) {
		*piece = lines->lines[i].piece;
		piece->kind = PIECE_LINE;
		return true;
	}
	ok = draft_write_lines(lines, i, i + 1, &out)
	         ? depot_add(join->depot, buf_str(&out), piece, err)
	         : error_set(err, ERR_MEMORY, pos_none(), "no memory");
	buf_free(&out);
	return ok;
}

static bool
take_line(struct join *join, const struct draft *lines, size_t i,
    struct error *err)
{
	const struct draft_line *line = &lines->lines[i];
	struct fragment piece;

	if (line->dropped || is_blank(line))
		return true;
	if (!line_piece(join, lines, i, &piece, err))
		return false;
	if (line->kind == DRAFT_JUNK)
		return ledger_add(&join->items, &piece, err);
	if (!draft_is(line, STR("METHOD")))
		return head_add(&join->head, line, &piece, err);
	if (join->method.n) {
		struct error fault;

		error_set(&fault, ERR_SYNTAX, line->line.pos,
		    "METHOD a second time: left out");
		join->report(join->arg, &fault);
		return true;
	}
	join->method = arena_copy(&join->arena, str_trim(line->line.value));
	join->method_line = piece;
	return true;
}

bool
join_lines(struct join *join, struct draft *lines, struct error *err)
{
	if (join->verbatim)
		return verbatim_lines(join, lines, err);
	for (size_t i = 0; i < lines->count; i++)
		if (!take_line(join, lines, i, err))
			return false;
	return true;
}

/* --- zones, the end ------------------------------------------------------- */

bool
join_zone(struct join *join, const struct fragment *piece, struct str text,
    struct pos pos, struct error *err)
{
	struct fragment here = *piece;
	struct error fault;

	here.kind = PIECE_ZONE;
	here.group = join->calendars;
	if (join->verbatim && !ledger_add(&join->items, &here, err))
		return false;
	if (!join->zones || text.n == 0)
		return true;
	if (zone_merge_define(join->zones, text, pos, &fault))
		return true;
	if (fault.code != ERR_VALUE) {
		*err = fault;
		return false;
	}
	if (!join->verbatim)
		join->report(join->arg, &fault);
	return true;
}

/* What the calendar is written with: METHODs in the order of their coming. */
static bool
find_method(struct join *join, unsigned *part, struct error *err)
{
	size_t i = 0;

	while (
	    i < join->method_count && !str_ieq(join->methods[i], join->method))
		i++;
	*part = (unsigned)i;
	if (i < join->method_count)
		return true;
	if (i == METHODS_MOST)
		return error_set(err, ERR_LIMIT, pos_none(),
		    "more than %d different METHODs", METHODS_MOST);
	join->methods[i] = join->method;
	join->method_lines[i] = join->method_line;
	join->method_count++;
	return true;
}

bool
join_end(struct join *join, const struct fragment *end, struct error *err)
{
	struct fragment piece;
	unsigned part = 0;

	if (!join->open)
		return true;
	join->open = false;
	if (!join->verbatim) {
		if (!join->bare)
			head_close(&join->head);
		if (!find_method(join, &part, err))
			return false;
	}
	if (join->zones &&
	    !zone_merge_close(join->zones, part, &join->log, err))
		return false;
	if (!end || !join->verbatim)
		return true;
	piece = *end;
	piece.kind = PIECE_END;
	piece.group = join->calendars;
	return ledger_add(&join->items, &piece, err);
}
