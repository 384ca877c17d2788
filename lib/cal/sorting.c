#include "cal/sorting_impl.h"

/* Up to this size a component is sorted with its bytes. */
#ifndef VALUE_MOST
#define VALUE_MOST ((uint64_t)64 << 10)
#endif
#define MEMORY_OTHERS ((size_t)5 << 20) /* window, spools, buffers */

bool
sorting_init(struct sorting *sorting, struct reader *reader, struct out *out,
    size_t memory, struct error *err)
{
	*sorting =
	    (struct sorting){.reader = reader, .out = out, .style = OWED_CRLF};
	spool_init(&sorting->envelope, 0);
	spool_init(&sorting->between, 0);
	spool_init(&sorting->large, 0);
	spool_init(&sorting->waiting, 0);
	if (memory < 2 * MEMORY_OTHERS)
		memory /= 2;
	else
		memory -= MEMORY_OTHERS;
	sorting->memory = memory;
	sorting->scope = zone_scope_new();
	if (!sorting->scope)
		return error_set(err, ERR_MEMORY, pos_none(), "no memory");
	sorting->context.scope = sorting->scope;
	sorting->context.arena = &sorting->arena;
	return true;
}

void
sorting_free(struct sorting *sorting)
{
	sorter_free(sorting->sorter);
	sorter_free(sorting->groups);
	spool_free(&sorting->envelope);
	spool_free(&sorting->between);
	spool_free(&sorting->large);
	spool_free(&sorting->waiting);
	buf_free(&sorting->key);
	buf_free(&sorting->packed);
	buf_free(&sorting->group);
	order_context_free(&sorting->context);
	zone_scope_free(sorting->scope);
	arena_free(&sorting->arena);
}

/* --- line ends ------------------------------------------------------------ */

/* What the reader's item lacks to have something after it, in the form of the
 * last line end that was seen. */
static enum sorting_owed
owed_of(struct sorting *sorting)
{
	struct str text = sorting->reader->record.text;
	size_t lf = str_find_byte(text, '\n');

	if (lf != SIZE_MAX)
		sorting->style =
		    lf && text.p[lf - 1] == '\r' ? OWED_CRLF : OWED_LF;
	return reader_ends_line(sorting->reader) ? OWED_NOTHING
	                                         : sorting->style;
}

/* To be called before anything is written. */
static void
pay(struct sorting *sorting)
{
	if (sorting->owed != OWED_NOTHING)
		out_add(sorting->out,
		    sorting->owed == OWED_LF ? STR("\n") : STR("\r\n"));
	sorting->owed = OWED_NOTHING;
}

static bool
copy_through(struct sorting *sorting, struct error *err)
{
	if (sorting->check)
		return true;
	pay(sorting);
	sorting->owed = owed_of(sorting);
	return reader_copy(sorting->reader, sorting->out, err);
}

/* --- writing -------------------------------------------------------------- */

static bool
write_component(struct sorting *sorting, const struct place *place,
    struct str payload, struct error *err)
{
	pay(sorting);
	sorting->owed = place->owed;
	switch ((enum where)place->where) {
	case WHERE_SOURCE:
		return reader_copy_range(sorting->reader, place->offset,
		    place->size, sorting->out, err);
	case WHERE_SPOOL:
		return spool_write(&sorting->large, place->offset, place->size,
		    sorting->out, err);
	case WHERE_HERE:
	case WHERE_NOWHERE:
		break;
	}
	out_add(sorting->out, payload);
	return true;
}

/* The first component whose number is not its place belongs before the one
 * that stands there. */
static void
compare_place(struct sorting *sorting, const struct place *place,
    uint64_t wanted)
{
	if (!sorting->misplaced && place->number != wanted) {
		sorting->misplaced = (size_t)place->line;
		sorting->wanted = wanted;
	} else if (sorting->misplaced && place->number == sorting->wanted) {
		sorting->before = (size_t)place->line;
	}
}

static bool
write_sorted(struct sorting *sorting, struct error *err)
{
	struct str key, payload;
	uint64_t number = 0;

	if (!sorter_finish(sorting->sorter, err))
		return false;
	while (sorter_next(sorting->sorter, &key, &payload, err)) {
		struct place place = sorting_place(key);

		if (sorting->check)
			compare_place(sorting, &place, number++);
		else if (!write_component(sorting, &place, payload, err) ||
			 sorting->out->failure)
			return false;
	}
	return err->code == ERR_NONE && sorter_reset(sorting->sorter, err);
}

/* Items that were kept. Only the last can lack its line end. */
static bool
write_kept(struct sorting *sorting, struct spool *kept, enum sorting_owed owed,
    struct error *err)
{
	uint64_t size = spool_size(kept);

	if (size == 0)
		return true;
	pay(sorting);
	sorting->owed = owed;
	return spool_write(kept, 0, size, sorting->out, err) &&
	       spool_reset(kept, err);
}

/* --- items ---------------------------------------------------------------- */

static bool
write_all(struct sorting *sorting, struct error *err)
{
	if (!sorting->open)
		return true;
	sorting->open = false;
	if (!write_kept(sorting, &sorting->envelope, sorting->envelope_owed,
		err) ||
	    !sorting_add_waiting(sorting, err))
		return false;
	if (sorting->number &&
	    ((sorting->series && !sorting_regroup(sorting, err)) ||
		!write_sorted(sorting, err)))
		return false;
	return write_kept(sorting, &sorting->between, sorting->between_owed,
		   err) &&
	       spool_reset(&sorting->large, err);
}

static void
begin(struct sorting *sorting)
{
	sorting->open = true;
	sorting->number = 0;
	sorting->envelope_owed = OWED_NOTHING;
	zone_scope_reset(sorting->scope);
	order_context_reset(&sorting->context);
}

static bool
keep(struct sorting *sorting, struct spool *kept, enum sorting_owed *owed,
    struct error *err)
{
	if (sorting->check)
		return true;
	*owed = owed_of(sorting);
	return reader_keep(sorting->reader, kept, err);
}

static bool
keep_envelope(struct sorting *sorting, struct error *err)
{
	return keep(sorting, &sorting->envelope, &sorting->envelope_owed, err);
}

static bool
is_zone(const struct record *record)
{
	return str_ieq(record->name, STR("VTIMEZONE")) && !record->cut;
}

static bool
take_zone(struct sorting *sorting, struct error *err)
{
	const struct order_context *context = &sorting->context;
	struct component component;
	struct error fault = {0};

	component_of_record(&component, &sorting->reader->record);
	/* A second definition that differs is no news here. */
	if (!zone_scope_add(sorting->scope, &component, &fault) &&
	    fault.code != ERR_VALUE)
		context->report(context->arg, &fault);
	return keep_envelope(sorting, err);
}

static bool
choose_place(struct sorting *sorting, struct place *place, struct error *err)
{
	struct reader *reader = sorting->reader;
	const struct record *record = &reader->record;

	*place = (struct place){.number = sorting->number++,
	    .line = record->pos.line,
	    .offset = record->offset,
	    .size = record->size,
	    .owed = (uint8_t)owed_of(sorting)};
	if (sorting->check) {
		place->where = WHERE_NOWHERE;
	} else if (!record->partial && record->size <= VALUE_MOST) {
		place->where = WHERE_HERE;
	} else if (reader->seekable) {
		place->where = WHERE_SOURCE;
	} else {
		place->where = WHERE_SPOOL;
		place->offset = spool_size(&sorting->large);
		return reader_keep(reader, &sorting->large, err);
	}
	return true;
}

static bool
take_record(struct sorting *sorting, struct error *err)
{
	const struct record *record = &sorting->reader->record;
	struct place place;

	if (!sorting->open)
		begin(sorting);
	arena_reset(&sorting->arena);
	if (is_zone(record))
		return take_zone(sorting, err);
	if (!choose_place(sorting, &place, err))
		return false;
	if (order_is_settled(sorting->order, record, &sorting->context))
		return sorting_add(sorting, record, &place, err);
	return sorting_wait(sorting, record, &place, err);
}

bool
sorting_take(struct sorting *sorting, struct error *err)
{
	err->code = ERR_NONE;
	switch (sorting->reader->item) {
	case ITEM_BEGIN:
		if (!write_all(sorting, err))
			return false;
		begin(sorting);
		return keep_envelope(sorting, err);
	case ITEM_LINE:
		return keep_envelope(sorting, err);
	case ITEM_RECORD:
		return take_record(sorting, err);
	case ITEM_END:
		return write_all(sorting, err) && copy_through(sorting, err);
	case ITEM_TEXT:
		if (sorting->open)
			return keep(sorting, &sorting->between,
			    &sorting->between_owed, err);
		return copy_through(sorting, err);
	case ITEM_NONE:
		break;
	}
	return true;
}

bool
sorting_end(struct sorting *sorting, struct error *err)
{
	err->code = ERR_NONE;
	return write_all(sorting, err);
}
