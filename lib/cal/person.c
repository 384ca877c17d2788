#include "cal/person.h"

#include <stdlib.h>

void
person_free(struct person *person)
{
	for (size_t i = 0; i < person->layer_room; i++)
		busy_free(&person->layers[i].set);
	free(person->layers);
	busy_free(&person->events);
	buf_free(&person->name);
	buf_free(&person->address);
	*person = (struct person){0};
}

void
person_reset(struct person *person, struct str name, struct str address)
{
	buf_reset(&person->name);
	buf_reset(&person->address);
	buf_add_str(&person->name, name);
	buf_add_str(&person->address, address);
	busy_reset(&person->events);
	person->layer_count = 0;
	person->has_calendar = person->has_reports = false;
}

struct layer *
person_layer(struct person *person, enum layer_kind kind)
{
	struct layer *layer;

	if (person->layer_count == person->layer_room) {
		size_t room = person->layer_room ? person->layer_room * 2 : 4;
		struct layer *layers =
		    realloc(person->layers, room * sizeof(*layers));

		if (!layers)
			return NULL;
		memset(layers + person->layer_room, 0,
		    (room - person->layer_room) * sizeof(*layers));
		person->layers = layers;
		person->layer_room = room;
	}
	layer = &person->layers[person->layer_count++];
	busy_reset(&layer->set);
	*layer = (struct layer){.kind = kind, .set = layer->set};
	return layer;
}

/* --- layers of one rank --------------------------------------------------- */

static int
by_rank(const void *a, const void *b)
{
	const struct layer *x = a, *y = b;

	if (x->kind != y->kind)
		return (int)x->kind - (int)y->kind;
	return x->rank < y->rank ? -1 : x->rank > y->rank;
}

/* RFC 7953, 4: "BUSY > BUSY-UNAVAILABLE > BUSY-TENTATIVE", other than where
 * events lie over one another. */
static enum busy_type
swapped(enum busy_type type)
{
	if (type == BUSY_BUSY)
		return BUSY_UNAVAILABLE;
	return type == BUSY_UNAVAILABLE ? BUSY_BUSY : type;
}

static void
swap_all(struct busy_set *set)
{
	for (size_t i = 0; i < set->count; i++)
		set->spans[i].type = swapped(set->spans[i].type);
}

/* What the ranges of the layers first .. last - 1 make busy, and what is
 * AVAILABLE in them. */
static bool
availability(struct person *person, size_t first, size_t last,
    struct busy_set *cover, struct busy_set *busy)
{
	struct busy_set available = {0};
	bool ok;

	for (size_t i = first; i < last; i++) {
		struct layer *layer = &person->layers[i];

		busy_add(cover, layer->from, layer->until, BUSY_BUSY);
		busy_add(busy, layer->from, layer->until, swapped(layer->type));
		for (size_t k = 0; k < layer->set.count; k++)
			busy_add_within(&available, layer->set.spans[k].from,
			    layer->set.spans[k].until, BUSY_FREE, layer->from,
			    layer->until);
	}
	ok = busy_settle(cover) && busy_settle(busy) &&
	     busy_settle(&available) && busy_cut(busy, &available);
	swap_all(busy);
	busy_free(&available);
	return ok;
}

static bool
reports(struct person *person, size_t first, size_t last,
    struct busy_set *cover, struct busy_set *busy)
{
	for (size_t i = first; i < last; i++) {
		struct layer *layer = &person->layers[i];

		busy_add(cover, layer->from, layer->until, BUSY_BUSY);
		busy_add_set(busy, &layer->set);
	}
	return busy_settle(cover) && busy_settle(busy);
}

/* --- all of them ---------------------------------------------------------- */

/* Layers of a kind, rank by rank, into what they say together; *covered gets
 * all of their ranges. */
static bool
stack(struct person *person, size_t first, size_t last, struct busy_set *to,
    struct busy_set *covered)
{
	struct busy_set cover = {0}, busy = {0};
	bool ok = true;

	while (first < last && ok) {
		const struct layer *layer = &person->layers[first];
		size_t next = first + 1;

		while (next < last && layer[next - first].rank == layer->rank)
			next++;
		busy_reset(&cover);
		busy_reset(&busy);
		ok = layer->kind == LAYER_AVAILABILITY
		         ? availability(person, first, next, &cover, &busy)
		         : reports(person, first, next, &cover, &busy);
		busy_add_set(covered, &cover);
		ok = ok && busy_cut(to, &cover);
		busy_add_set(to, &busy);
		ok = ok && busy_settle(to);
		first = next;
	}
	busy_free(&cover);
	busy_free(&busy);
	return ok && busy_settle(covered);
}

static bool
stack_reports(struct person *person, size_t count, int64_t from, int64_t until,
    struct busy_set *to)
{
	struct busy_set covered = {0}, unknown = {0};
	bool ok = stack(person, 0, count, to, &covered);

	if (ok && person->has_reports && !person->has_calendar) {
		busy_add(&unknown, from, until, BUSY_UNKNOWN);
		unknown.settled = unknown.count;
		ok = busy_cut(&unknown, &covered);
		busy_add_set(to, &unknown);
	}
	busy_free(&covered);
	busy_free(&unknown);
	return ok;
}

bool
person_settle(struct person *person, int64_t from, int64_t until,
    struct busy_set *to)
{
	struct busy_set part = {0}, covered = {0};
	size_t count = person->layer_count, first = 0;
	bool ok;

	busy_reset(to);
	if (count > 1)
		qsort(person->layers, count, sizeof(*person->layers), by_rank);
	while (first < count && person->layers[first].kind == LAYER_REPORT)
		first++;
	ok = stack_reports(person, first, from, until, to) &&
	     stack(person, first, count, &part, &covered);
	busy_add_set(to, &part);
	busy_add_set(to, &person->events);
	busy_free(&part);
	busy_free(&covered);
	return busy_settle(to) && ok;
}

/* --- as bytes ------------------------------------------------------------- */

struct header {
	size_t name, address, events, layers;
	bool has_calendar, has_reports;
};

static void
pack_set(struct buf *out, const struct busy_set *set)
{
	if (set->count)
		buf_add(out, set->spans, set->count * sizeof(*set->spans));
}

bool
person_pack(struct person *person, struct buf *out)
{
	struct header header;

	if (!busy_settle(&person->events))
		return false;
	memset(&header, 0, sizeof(header));
	header.name = person->name.n;
	header.address = person->address.n;
	header.events = person->events.count;
	header.layers = person->layer_count;
	header.has_calendar = person->has_calendar;
	header.has_reports = person->has_reports;
	buf_add(out, &header, sizeof(header));
	buf_add_str(out, buf_str(&person->name));
	buf_add_str(out, buf_str(&person->address));
	pack_set(out, &person->events);
	for (size_t i = 0; i < person->layer_count; i++) {
		struct layer *layer = &person->layers[i];

		if (layer->set.failed)
			return false;
		buf_add(out, layer, sizeof(*layer));
		pack_set(out, &layer->set);
	}
	return buf_ok(out);
}

static void
take(struct str *packed, void *to, size_t n)
{
	memcpy(to, packed->p, n);
	*packed = str_from(*packed, n);
}

static void
unpack_set(struct str *packed, struct busy_set *set, size_t count)
{
	struct busy_span span;

	while (count--) {
		take(packed, &span, sizeof(span));
		busy_add(set, span.from, span.until, span.type);
	}
}

bool
person_unpack(struct person *person, struct str packed)
{
	struct header header;

	take(&packed, &header, sizeof(header));
	buf_reset(&person->name);
	buf_add_str(&person->name, str_head(packed, header.name));
	packed = str_from(packed, header.name);
	if (header.address) {
		buf_reset(&person->address);
		buf_add_str(&person->address, str_head(packed, header.address));
		packed = str_from(packed, header.address);
	}
	person->has_calendar |= header.has_calendar;
	person->has_reports |= header.has_reports;
	unpack_set(&packed, &person->events, header.events);
	for (size_t i = 0; i < header.layers; i++) {
		struct layer *layer = person_layer(person, LAYER_REPORT);
		struct busy_set set;
		size_t count;

		if (!layer)
			return false;
		set = layer->set;
		take(&packed, layer, sizeof(*layer));
		count = layer->set.count;
		layer->set = set;
		unpack_set(&packed, &layer->set, count);
		if (layer->set.failed)
			return false;
	}
	return buf_ok(&person->name) && buf_ok(&person->address) &&
	       !person->events.failed;
}
