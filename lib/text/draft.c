#include "text/draft.h"

#include "text/refold.h"

void
draft_init(struct draft *draft, struct arena *arena, struct pos pos)
{
	*draft =
	    (struct draft){.arena = arena, .ending = STR("\r\n"), .pos = pos};
}

static struct draft_line *
grow(struct draft *draft)
{
	if (draft->count == draft->room) {
		size_t room = draft->room ? draft->room * 2 : 32;
		struct draft_line *lines =
		    arena_array(draft->arena, room, sizeof(*lines));

		if (!lines) {
			draft->failed = true;
			return NULL;
		}
		if (draft->count)
			memcpy(lines, draft->lines,
			    draft->count * sizeof(*lines));
		draft->lines = lines;
		draft->room = room;
	}
	draft->lines[draft->count] = (struct draft_line){0};
	return &draft->lines[draft->count++];
}

/* --- reading -------------------------------------------------------------- */

static struct str
unfolded(struct draft *draft, struct str raw)
{
	char *to;
	struct str text;

	while (raw.n && (raw.p[raw.n - 1] == '\r' || raw.p[raw.n - 1] == '\n'))
		raw.n--;
	if (str_find_byte(raw, '\r') == SIZE_MAX &&
	    str_find_byte(raw, '\n') == SIZE_MAX)
		return raw;
	to = arena_alloc(draft->arena, raw.n);
	if (!to) {
		draft->failed = true;
		return raw;
	}
	text = line_head(raw, to, raw.n);
	return text;
}

/* A line that came in. Which BEGIN and END belong to each other is known by
 * the reader's marks. */
static void
read_line(struct draft *draft, struct draft_line *line, struct str raw,
    enum draft_kind kind, struct pos pos)
{
	struct error err;

	line->kind = kind;
	line->size = raw.n;
	if (line_parse(&line->line, raw, pos, draft->arena, &err)) {
		line->line.value = kind == DRAFT_PROPERTY
		                       ? line->line.value
		                       : str_trim(line->line.value);
		return;
	}
	if (err.code == ERR_MEMORY)
		draft->failed = true;
	line->line.raw = raw;
	line->line.pos = pos;
	line->kind = DRAFT_JUNK;
	line->text = unfolded(draft, raw);
}

/* A stray END of a component that is not open is no line of its own right. */
static enum draft_kind
kind_of_mark(const struct mark *mark)
{
	if (mark->flags & MARK_BEGIN)
		return DRAFT_BEGIN;
	return mark->flags & MARK_END ? DRAFT_END : DRAFT_PROPERTY;
}

static void
find_ending(struct draft *draft, struct str text)
{
	size_t at = str_find_byte(text, '\n');

	if (at == SIZE_MAX && str_find_byte(text, '\r') != SIZE_MAX)
		draft->ending = STR("\r");
	else if (at != SIZE_MAX && (at == 0 || text.p[at - 1] != '\r'))
		draft->ending = STR("\n");
}

static bool
keep_long(struct draft_line *line, struct reader *reader, struct depot *depot,
    uint64_t from, uint64_t size, struct error *err)
{
	line->kind = DRAFT_LONG;
	line->piece.ends = true;
	return depot_keep_part(depot, reader, from, size, &line->piece, err);
}

/* Empty lines that follow go with a line, unless something stands in them. */
static struct str
with_blanks(struct str raw, size_t size)
{
	for (size_t i = raw.n; i < size; i++)
		if (raw.p[i] != '\n' && raw.p[i] != '\r')
			return raw;
	raw.n = size;
	return raw;
}

bool
draft_read(struct draft *draft, struct reader *reader, struct depot *depot,
    struct arena *arena, struct error *err)
{
	const struct record *record = &reader->record;

	draft_init(draft, arena, record->pos);
	draft->cut = record->cut;
	draft->name = record->name;
	find_ending(draft, record->text);
	for (size_t i = 0; i < record->count; i++) {
		const struct mark *mark = &record->marks[i];
		struct str raw = {record->text.p + mark->at, mark->size};
		struct pos pos = record->pos;
		struct draft_line *line = grow(draft);
		uint64_t from = record_place(record, i);
		uint64_t next = record_place(record, i + 1);

		if (!line)
			break;
		if (!record->partial)
			raw = with_blanks(raw, (size_t)(next - from));
		pos.line += mark->line;
		line->depth = mark->depth;
		read_line(draft, line, raw, kind_of_mark(mark), pos);
		/* Above LIMIT_RECORD what follows goes with the last line. */
		if ((mark->flags & (MARK_ELIDED | MARK_DEEP) ||
			(record->partial && i + 1 == record->count &&
			    next - from > mark->size)) &&
		    !keep_long(line, reader, depot, from, next - from, err))
			return false;
	}
	if (draft->failed)
		return error_set(err, ERR_MEMORY, record->pos, "no memory");
	return true;
}

bool
draft_add_item(struct draft *draft, struct reader *reader, struct depot *depot,
    struct error *err)
{
	const struct record *record = &reader->record;
	struct draft_line *line = grow(draft);
	struct str raw;

	if (!line)
		return error_set(err, ERR_MEMORY, record->pos, "no memory");
	line->depth = 1;
	line->line.pos = record->pos;
	if (record->partial) {
		struct str head = str_head(record->text, 4096);

		read_line(draft, line, arena_copy(draft->arena, head),
		    DRAFT_PROPERTY, record->pos);
		return keep_long(line, reader, depot, 0, record->size, err);
	}
	raw = arena_copy(draft->arena, record->text);
	if (!raw.p)
		return error_set(err, ERR_MEMORY, record->pos, "no memory");
	find_ending(draft, raw);
	read_line(draft, line, raw, DRAFT_PROPERTY, record->pos);
	return true;
}

/* --- looking -------------------------------------------------------------- */

struct draft_part
draft_whole(const struct draft *draft)
{
	return (struct draft_part){0, draft->count, 1, draft->name};
}

bool
draft_next_part(const struct draft *draft, size_t *at, struct draft_part *part)
{
	size_t i = *at, end;

	while (i < draft->count && draft->lines[i].kind != DRAFT_BEGIN)
		i++;
	if (i == draft->count)
		return false;
	*at = i + 1;
	for (end = i + 1; end < draft->count; end++)
		if (draft->lines[end].depth <= draft->lines[i].depth)
			break;
	if (end < draft->count && draft->lines[end].kind == DRAFT_END &&
	    draft->lines[end].depth == draft->lines[i].depth)
		end++;
	*part = (struct draft_part){i, end, draft->lines[i].depth + 1,
	    draft->lines[i].line.value};
	return true;
}

bool
draft_is(const struct draft_line *line, struct str name)
{
	return line->kind == DRAFT_PROPERTY && !line->dropped &&
	       line->line.name.n == name.n && str_ieq(line->line.name, name);
}

struct draft_line *
draft_find(const struct draft *draft, const struct draft_part *part,
    struct str name, const struct draft_line *after)
{
	size_t i = after ? (size_t)(after - draft->lines) + 1 : part->first;

	for (; i < part->end && i < draft->count; i++)
		if (draft->lines[i].depth == part->depth &&
		    draft_is(&draft->lines[i], name))
			return &draft->lines[i];
	return NULL;
}

struct str
draft_text(const struct draft_line *line)
{
	const struct line *parts = &line->line;
	const char *first = parts->group.n ? parts->group.p : parts->name.p;

	if (line->changed || line->kind == DRAFT_JUNK || !first)
		return line->text;
	return (struct str){first,
	    (size_t)(parts->value.p + parts->value.n - first)};
}

/* --- changing ------------------------------------------------------------- */

void
draft_set(struct draft *draft, struct draft_line *line, struct str text)
{
	struct pos pos = line->line.pos;
	struct str raw = line->line.raw;
	struct error err;

	draft->changed = line->changed = true;
	line->text = text;
	if (line->kind == DRAFT_JUNK)
		line->kind = DRAFT_PROPERTY;
	if (!line_parse(&line->line, text, pos, draft->arena, &err))
		line->kind = DRAFT_JUNK;
	line->line.raw = raw;
}

void
draft_set_parts(struct draft *draft, struct draft_line *line, struct str name,
    struct str params, struct str value)
{
	size_t n = name.n + params.n + value.n + 1;
	char *to = arena_alloc(draft->arena, n);

	if (!to) {
		draft->failed = true;
		return;
	}
	memcpy(to, name.p, name.n);
	if (params.n)
		memcpy(to + name.n, params.p, params.n);
	to[name.n + params.n] = ':';
	if (value.n)
		memcpy(to + name.n + params.n + 1, value.p, value.n);
	draft_set(draft, line, (struct str){to, n});
}

void
draft_set_value(struct draft *draft, struct draft_line *line, struct str value)
{
	draft_set_parts(draft, line, line->line.name, line->line.params, value);
}

void
draft_set_params(struct draft *draft, struct draft_line *line,
    struct str params)
{
	draft_set_parts(draft, line, line->line.name, params, line->line.value);
}

void
draft_drop(struct draft *draft, struct draft_line *line)
{
	line->dropped = true;
	draft->changed = true;
}

void
draft_insert(struct draft *draft, size_t i, enum draft_kind kind,
    unsigned depth, struct str text, struct pos at)
{
	struct draft_line *line = grow(draft);

	if (!line)
		return;
	line = &draft->lines[i];
	memmove(line + 1, line, (draft->count - 1 - i) * sizeof(*draft->lines));
	*line = (struct draft_line){.kind = kind, .depth = depth};
	line->line.pos = at;
	draft_set(draft, line, text);
	line->kind = kind;
}

/* --- parameters ----------------------------------------------------------- */

static bool
wants_quotes(struct str value)
{
	for (size_t i = 0; i < value.n; i++)
		if (str_find_byte(STR(":;,"), value.p[i]) != SIZE_MAX)
			return true;
	return false;
}

static void
add_param(struct buf *out, struct str name, struct str value)
{
	bool quotes = wants_quotes(value);

	buf_add_char(out, ';');
	buf_add_str(out, name);
	buf_add_char(out, '=');
	if (quotes)
		buf_add_char(out, '"');
	buf_add_str(out, value);
	if (quotes)
		buf_add_char(out, '"');
}

struct str
draft_param(struct draft *draft, struct str params, struct str name,
    struct str value)
{
	struct str rest = params, made;
	struct param param;
	struct buf out = {0};
	bool done = !value.p;

	while (param_next(&rest, &param)) {
		if (!str_ieq(param.name, name)) {
			buf_add_char(&out, ';');
			buf_add_str(&out, param.name);
			if (param.name.n)
				buf_add_char(&out, '=');
			buf_add_str(&out, param.values);
		} else if (!done) {
			add_param(&out, param.name, value);
			done = true;
		}
	}
	if (!done)
		add_param(&out, name, value);
	made = arena_copy(draft->arena, buf_str(&out));
	if (!buf_ok(&out) || !made.p)
		draft->failed = true;
	buf_free(&out);
	return made;
}

/* --- writing -------------------------------------------------------------- */

static void
write_line(const struct draft *draft, const struct draft_line *line,
    struct buf *out)
{
	struct str raw = line->line.raw;
	char last = raw.n ? raw.p[raw.n - 1] : '\0';

	if (line->dropped)
		return;
	if (line->changed || draft->strict) {
		line_write_as(out, draft_text(line), draft->ending);
		return;
	}
	buf_add_str(out, raw);
	if (last != '\n' && last != '\r')
		buf_add_str(out, draft->ending);
}

bool
draft_write_lines(const struct draft *draft, size_t from, size_t end,
    struct buf *out)
{
	for (size_t i = from; i < end && i < draft->count; i++)
		if (draft->lines[i].kind != DRAFT_LONG)
			write_line(draft, &draft->lines[i], out);
	return buf_ok(out) && !draft->failed;
}

/* A line that is too long to be held, folded anew. */
static bool
refold_piece(const struct fragment *piece, struct depot *depot,
    struct fragment *made, struct error *err)
{
	struct refold refold = {0};
	struct buf out = {0};
	char chunk[16384];
	size_t got = 1;
	bool ok = true;

	made->source = 0;
	made->ends = true;
	made->at = spool_size(&depot->spool);
	for (uint64_t from = 0; ok && got; from += got) {
		buf_reset(&out);
		ok = depot_read(depot, piece, from, chunk, sizeof(chunk), &got,
			 err) &&
		     (got ? refold_add(&refold, (struct str){chunk, got}, &out)
			  : refold_end(&refold, &out)) &&
		     spool_add(&depot->spool, buf_str(&out), err);
	}
	buf_free(&out);
	made->size = spool_size(&depot->spool) - made->at;
	return ok;
}

static bool
put(struct buf *out, struct depot *depot, struct ledger *ledger,
    const struct fragment *like, struct error *err)
{
	struct fragment piece = *like;

	if (!buf_ok(out))
		return error_set(err, ERR_MEMORY, pos_none(), "no memory");
	if (!depot_add(depot, buf_str(out), &piece, err))
		return false;
	buf_reset(out);
	return ledger_add(ledger, &piece, err);
}

static bool
put_long(const struct draft *draft, const struct draft_line *line,
    struct depot *depot, struct ledger *ledger, const struct fragment *like,
    struct error *err)
{
	struct fragment piece = *like;

	if (line->dropped)
		return true;
	piece.source = line->piece.source;
	piece.at = line->piece.at;
	piece.size = line->piece.size;
	piece.ends = line->piece.ends;
	if (draft->strict && !refold_piece(&line->piece, depot, &piece, err))
		return false;
	return ledger_add(ledger, &piece, err);
}

bool
draft_write(const struct draft *draft, struct depot *depot,
    struct ledger *ledger, const struct fragment *like, struct error *err)
{
	struct buf out = {0};
	size_t from = 0;
	bool ok = true;

	if (draft->failed)
		return error_set(err, ERR_MEMORY, draft->pos, "no memory");
	for (size_t i = 0; ok && i <= draft->count; i++) {
		if (i < draft->count && draft->lines[i].kind != DRAFT_LONG)
			continue;
		draft_write_lines(draft, from, i, &out);
		ok = put(&out, depot, ledger, like, err) &&
		     (i == draft->count || put_long(draft, &draft->lines[i],
					       depot, ledger, like, err));
		from = i + 1;
	}
	buf_free(&out);
	return ok;
}
