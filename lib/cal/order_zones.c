/* What the TZIDs of keys mean, and when that is certain. */
#include "cal/order_impl.h"

#define TOLD_MOST ((size_t)16 << 10) /* bytes of TZIDs remembered */

void
order_context_free(struct order_context *context)
{
	buf_free(&context->told);
	buf_free(&context->settled);
}

void
order_context_reset(struct order_context *context)
{
	buf_reset(&context->settled);
	context->cursor = (struct zone_cursor){0};
}

static bool
tzid_of(const struct line *line, struct arena *arena, struct str *tzid)
{
	struct str value = str_trim(line->value);

	return (value.n == 0 || ascii_upper(value.p[value.n - 1]) != 'Z') &&
	       line_param(line, STR("TZID"), arena, tzid);
}

static bool
tzid_is_settled(struct str tzid, struct order_context *context)
{
	if (context->settled.n && str_eq(buf_str(&context->settled), tzid))
		return true;
	if (!zones_settled(context->zones, context->scope, tzid,
		context->policy))
		return false;
	buf_reset(&context->settled);
	buf_add_str(&context->settled, tzid);
	return true;
}

/* The properties that "start" and "end" are made of. */
static bool
is_of_span(const struct record *record, size_t i)
{
	static const struct str names[] = {STR_C("DTSTART"), STR_C("DTEND"),
	    STR_C("DUE"), STR_C("RECURRENCE-ID")};
	char first = ascii_upper(record->text.p[record->marks[i].at]);

	for (size_t n = 0; n < sizeof(names) / sizeof(names[0]); n++)
		if (first == names[n].p[0] &&
		    record_line_is(record, i, names[n]))
			return true;
	return false;
}

static bool
needs(const struct order_key *key, const struct record *record, size_t i)
{
	struct str name = {key->name, key->name_n};

	if (key->kind == ORDER_START || key->kind == ORDER_END)
		return is_of_span(record, i);
	return key->kind == ORDER_PROPERTY && record_line_is(record, i, name);
}

bool
order_is_settled(const struct order *order, const struct record *record,
    struct order_context *context)
{
	struct line line;
	struct str tzid;

	for (size_t i = 1; i < record->count; i++) {
		const struct mark *mark = &record->marks[i];
		bool needed = false;

		if (mark->depth != 1 ||
		    mark->flags & (MARK_BEGIN | MARK_END | MARK_DEEP))
			continue;
		for (size_t k = 0; k < order->count && !needed; k++)
			needed = needs(&order->keys[k], record, i);
		if (needed &&
		    record_line(record, i, &line, context->arena, NULL) &&
		    tzid_of(&line, context->arena, &tzid) &&
		    !tzid_is_settled(tzid, context))
			return false;
	}
	return true;
}

/* Once for each TZID. */
static void
tell_unknown(struct order_context *context, struct str tzid, struct pos pos)
{
	struct buf *told = &context->told;
	struct buf name = {0};
	struct error err;

	buf_add_char(&name, '\0');
	buf_add_str(&name, tzid);
	buf_add_char(&name, '\0');
	if (str_find(buf_str(told), buf_str(&name)) == SIZE_MAX &&
	    told->n < TOLD_MOST) {
		buf_add_str(told, buf_str(&name));
		error_set(&err, ERR_ABSENT, pos,
		    "TZID \"%.*s\" is no zone and has no VTIMEZONE: taken as "
		    "%.*s",
		    STR_ARG(tzid), STR_ARG(zone_id(context->zone)));
		context->report(context->arg, &err);
	}
	buf_free(&name);
}

void
order_odd_zone(void *arg, struct str tzid, struct pos pos,
    enum zone_source source, const struct zone *taken, const struct zone *other)
{
	(void)taken;
	(void)other; /* that definitions differ is icsexpand's to say */
	if (source == ZONE_FROM_NOWHERE)
		tell_unknown(arg, tzid, pos);
}

const struct zone *
order_zone(struct order_context *context, struct str tzid, struct pos pos)
{
	enum zone_source source;
	const struct zone *zone = zones_resolve(context->zones, context->scope,
	    tzid, context->policy, &source);

	if (!zone)
		tell_unknown(context, tzid, pos);
	return zone ? zone : context->zone;
}
