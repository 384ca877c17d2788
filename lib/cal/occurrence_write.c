#include "cal/occurrence_write.h"

#include "cal/length.h"

/* What is written instead of a line. */
struct writing {
	const struct occurrence *occurrence;
	const struct zone *zone;
	struct arena *arena;
	struct buf *out;
	struct buf line;
	bool same_start;  /* the event's own DTSTART is the start */
	bool same_length; /* and its DTEND or DURATION the length */
	bool id_written;
};

static void
flush_line(struct writing *writing)
{
	line_write(writing->out, buf_str(&writing->line));
	buf_reset(&writing->line);
}

/* Parameters of a line, without the named one. */
static void
add_params(struct writing *writing, struct str params, struct str without)
{
	struct param param;

	while (param_next(&params, &param)) {
		if (str_ieq(param.name, without))
			continue;
		buf_add_char(&writing->line, ';');
		if (param.name.n) {
			buf_add_str(&writing->line, param.name);
			buf_add_char(&writing->line, '=');
		}
		buf_add_str(&writing->line, param.values);
	}
}

/* "NAME;params:value"; in UTC where the wall clock of the zone would say
 * another instant (the second pass of an hour that comes twice). */
static void
put_time(struct writing *writing, struct str name, const struct line *like,
    const struct when *when, int64_t instant)
{
	struct when utc = {WHEN_UTC, instant, NULL};
	bool exact = when->kind == WHEN_DATE ||
	             when_instant(when, writing->zone, NULL) == instant;

	buf_add_str(&writing->line, name);
	if (exact)
		add_params(writing, like->params, STR("RANGE"));
	buf_add_char(&writing->line, ':');
	when_write(exact ? when : &utc, &writing->line);
	flush_line(writing);
}

static void
put_duration(struct writing *writing)
{
	const struct occurrence *occurrence = writing->occurrence;
	struct duration duration = {
	    .seconds = occurrence->until - occurrence->from};

	buf_add_str(&writing->line, STR("DURATION:"));
	duration_write(&duration, &writing->line);
	flush_line(writing);
}

/* In the form of `like`, a DTSTART or RECURRENCE-ID line of the series. */
static void
put_id(struct writing *writing, const struct line *like,
    const struct when *form)
{
	const struct when *id = &writing->occurrence->recurrence_id;
	struct zone_cursor cursor = {0};
	int64_t instant = when_instant(id, writing->zone, NULL);
	struct when when = *form;

	if (writing->id_written || id->kind == WHEN_NONE)
		return;
	writing->id_written = true;
	if (form->kind == WHEN_DATE || id->kind == WHEN_DATE)
		when = *id;
	else if (form->kind == WHEN_UTC)
		when.local = instant;
	else
		when.local = zone_local(&cursor,
		    form->kind == WHEN_ZONED ? form->zone : writing->zone,
		    instant);
	put_time(writing, STR("RECURRENCE-ID"), like, &when, instant);
}

static void
put_start(struct writing *writing, const struct line *line)
{
	const struct occurrence *occurrence = writing->occurrence;
	const struct event *event = occurrence->event;

	if (writing->same_start)
		buf_add_str(writing->out, line->raw);
	else
		put_time(writing, line->name, line, &occurrence->start,
		    occurrence->from);
	if (event->recurrence_id.kind == WHEN_NONE)
		put_id(writing, line, &event->start);
}

static void
put_end(struct writing *writing, const struct line *line)
{
	const struct occurrence *occurrence = writing->occurrence;
	bool exact = occurrence->end.kind == WHEN_DATE ||
	             when_instant(&occurrence->end, writing->zone, NULL) ==
	                 occurrence->until;

	if (writing->same_start && writing->same_length)
		buf_add_str(writing->out, line->raw);
	else if (!exact || occurrence->end.kind != occurrence->event->end.kind)
		put_duration(writing);
	else
		put_time(writing, line->name, line, &occurrence->end,
		    occurrence->until);
}

static bool
is_dropped(struct str name)
{
	return str_ieq(name, STR("RRULE")) || str_ieq(name, STR("RDATE")) ||
	       str_ieq(name, STR("EXRULE")) || str_ieq(name, STR("EXDATE"));
}

static void
put_line(struct writing *writing, const struct line *line)
{
	const struct event *event = writing->occurrence->event;
	struct str name = line->name;

	if (is_dropped(name))
		return;
	if (str_ieq(name, STR("DTSTART")))
		put_start(writing, line);
	else if (str_ieq(name, STR("RECURRENCE-ID")))
		put_id(writing, line, &event->recurrence_id);
	else if (str_ieq(name, STR("DUE")) && !event->has_start) {
		writing->same_start
		    ? (void)buf_add_str(writing->out, line->raw)
		    : put_time(writing, name, line, &writing->occurrence->start,
			  writing->occurrence->from);
		put_id(writing, line, &event->start);
	} else if (str_ieq(name, STR("DTEND")) || str_ieq(name, STR("DUE")))
		put_end(writing, line);
	else if (str_ieq(name, STR("DURATION")) && !writing->same_length)
		put_duration(writing);
	else
		buf_add_str(writing->out, line->raw);
}

/* Whether the length is what the event itself says, or a period of RDATE. */
static bool
has_own_length(const struct occurrence *occurrence, const struct zone *zone)
{
	struct occurrence own = *occurrence;
	struct zone_cursor cursor = {0};

	occurrence_set_end(&own, occurrence->event, zone, &cursor);
	return own.until == occurrence->until;
}

bool
occurrence_write(const struct occurrence *occurrence, const struct zone *zone,
    struct arena *arena, struct buf *out)
{
	const struct event *event = occurrence->event;
	const struct record *record = event->component.record;
	struct writing writing = {.occurrence = occurrence,
	    .zone = zone,
	    .arena = arena,
	    .out = out};
	struct line line;

	if (record->partial)
		return false;
	writing.same_start =
	    event->start.kind == WHEN_NONE ||
	    (occurrence->start.local == event->start.local &&
		when_instant(&event->start, zone, NULL) == occurrence->from);
	writing.same_length = has_own_length(occurrence, zone);
	for (size_t i = 0; i < record->count; i++) {
		const struct mark *mark = &record->marks[i];
		struct str raw = {record->text.p + mark->at, mark->size};
		bool own = mark->depth == 1 &&
		           !(mark->flags & (MARK_BEGIN | MARK_END | MARK_DEEP));

		if (mark->depth == 0 && mark->flags & MARK_END &&
		    event->length == LENGTH_NONE && !writing.same_length)
			put_duration(&writing);
		if (own && record_line(record, i, &line, arena, NULL))
			put_line(&writing, &line);
		else
			buf_add_str(out, raw);
	}
	buf_free(&writing.line);
	return buf_ok(out);
}
