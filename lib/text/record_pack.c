#include "text/record_pack.h"

struct packed {
	uint64_t offset, size;
	uint64_t line;
	uint64_t text, marks, name;
	bool partial, cut;
};

bool
record_pack(const struct record *record, struct buf *out)
{
	struct packed head = {
	    .offset = record->offset,
	    .size = record->size,
	    .line = record->pos.line,
	    .text = record->text.n,
	    .marks = record->count,
	    .name = record->name.n,
	    .partial = record->partial,
	    .cut = record->cut,
	};

	buf_add(out, &head, sizeof(head));
	buf_add(out, record->marks, record->count * sizeof(*record->marks));
	buf_add_str(out, record->text);
	return buf_add_str(out, record->name);
}

struct record *
record_unpack(struct str packed, const char *file, struct arena *arena)
{
	struct record *record = arena_alloc(arena, sizeof(*record));
	char *bytes;
	struct packed head;
	struct mark *marks;

	memcpy(&head, packed.p, sizeof(head));
	packed = str_from(packed, sizeof(head));
	marks = arena_array(arena, (size_t)head.marks, sizeof(*marks));
	bytes = arena_alloc(arena, (size_t)(head.text + head.name + 1));
	if (!record || !marks || !bytes)
		return NULL;
	memcpy(marks, packed.p, (size_t)head.marks * sizeof(*marks));
	packed = str_from(packed, (size_t)head.marks * sizeof(*marks));
	memcpy(bytes, packed.p, packed.n);
	*record = (struct record){
	    .name = {bytes + head.text, (size_t)head.name},
	    .text = {bytes, (size_t)head.text},
	    .marks = marks,
	    .count = (size_t)head.marks,
	    .pos = {file, (size_t)head.line, 1},
	    .offset = head.offset,
	    .size = head.size,
	    .partial = head.partial,
	    .places_from = (size_t)head.marks,
	    .cut = head.cut,
	};
	return record;
}
