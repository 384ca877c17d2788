/*
 * What a reader says about its input, as text that two readings can be
 * compared by. Included by tests, never linked.
 */
#ifndef KALENDS_TESTS_READER_TRACE_H
#define KALENDS_TESTS_READER_TRACE_H

#include "text/reader.h"

/* FNV-1a: long texts are compared by it. */
static inline uint64_t
trace_hash(struct str s)
{
	uint64_t hash = UINT64_C(0xcbf29ce484222325);

	for (size_t i = 0; i < s.n; i++)
		hash = (hash ^ (unsigned char)s.p[i]) * UINT64_C(0x100000001b3);
	return hash;
}

static inline const char *
trace_kind(enum item item)
{
	static const char *const names[] = {"none", "begin", "line", "record",
	    "end", "text"};

	return names[item];
}

/* The current item without its bytes, marks included: one line. */
static inline void
trace_item(const struct reader *reader, struct buf *trace)
{
	const struct record *record = &reader->record;

	buf_printf(trace, "%s%s%s%s %d @%zu:%zu +%zu line %zu \"",
	    trace_kind(reader->item), reader->in_calendar ? " inside" : "",
	    record->partial ? " partial" : "", record->cut ? " cut" : "",
	    (int)reader->calendar, (size_t)record->offset, (size_t)record->size,
	    record->text.n, record->pos.line);
	buf_add_str(trace, record->name);
	buf_printf(trace, "\" %zx",
	    reader->item == ITEM_NONE ? 0 : (size_t)trace_hash(record->text));
	for (size_t i = 0; i < record->count; i++) {
		const struct mark *mark = &record->marks[i];

		buf_printf(trace, " %u+%u@%u/%u:%u", mark->at, mark->size,
		    mark->line, mark->depth, mark->flags);
	}
	buf_add_char(trace, '\n');
}

/* For struct reader's report, with a struct buf as arg. */
static inline void
trace_fault(void *arg, const struct error *err)
{
	buf_printf(arg, "fault %d line %zu: %s\n", err->code, err->pos.line,
	    err->message);
}

#endif
