/* Stamps, ends and lengths. */
#include "cal/repair_impl.h"

/* --- stamp ---------------------------------------------------------------- */

static void
make_utc(struct repair *repair, struct draft_line *line)
{
	const struct str none = {NULL, 0};
	struct draft *draft = repair->draft;
	struct when when;
	struct str params;

	if (!repair_when(repair, line, line->line.value, &when) ||
	    when.kind == WHEN_UTC)
		return;
	if (when.kind == WHEN_ZONED)
		when.local = when_instant(&when, when.zone, NULL);
	when.kind = WHEN_UTC;
	when_write(&when, repair_buf(repair));
	params = draft_param(draft, line->line.params, STR("TZID"), none);
	params = draft_param(draft, params, STR("VALUE"), none);
	draft_set_parts(draft, line, line->line.name, params,
	    repair_made(repair));
	repair_say(repair, line, "%.*s in UTC", STR_ARG(line->line.name));
}

static bool
is_absolute_trigger(const struct repair *repair, const struct draft_line *line)
{
	struct str value;

	return draft_is(line, STR("TRIGGER")) &&
	       line_param(&line->line, STR("VALUE"), repair->draft->arena,
		   &value) &&
	       str_ieq(value, STR("DATE-TIME"));
}

/* The time that the component itself tells, else the oldest there is. */
static void
add_stamp(struct repair *repair, struct draft *draft,
    const struct draft_part *part)
{
	const struct draft_line *line =
	    draft_find(draft, part, STR("LAST-MODIFIED"), NULL);
	struct pos pos = draft->lines[part->first].line.pos;
	struct str value = STR("19700101T000000Z");
	struct buf *out = repair_buf(repair);
	struct when when;

	if (!line)
		line = draft_find(draft, part, STR("CREATED"), NULL);
	if (line && when_parse(&when, line->line.value, pos_none(), NULL) &&
	    when.kind == WHEN_UTC)
		value = line->line.value;
	buf_add_str(out, STR("DTSTAMP:"));
	buf_add_str(out, value);
	draft_insert(draft, part->first + 1, DRAFT_PROPERTY, part->depth,
	    repair_made(repair), pos);
	if (!draft->failed)
		repair_say(repair, &draft->lines[part->first + 1],
		    "DTSTAMP:%.*s is added", STR_ARG(value));
}

void
repair_stamp(struct repair *repair, struct draft *draft)
{
	struct draft_part whole = draft_whole(draft);

	for (size_t i = 0; i < draft->count; i++) {
		struct draft_line *line = &draft->lines[i];

		if (line->kind == DRAFT_PROPERTY && !line->dropped &&
		    (property_kind(line->line.name) == PROPERTY_STAMP ||
			is_absolute_trigger(repair, line)))
			make_utc(repair, line);
	}
	if (repair_is_main(&whole) &&
	    !draft_find(draft, &whole, STR("DTSTAMP"), NULL))
		add_stamp(repair, draft, &whole);
}

/* --- end ------------------------------------------------------------------ */

static struct draft_line *
find_end(const struct draft *draft, const struct draft_part *part)
{
	bool todo = str_ieq(part->name, STR("VTODO"));

	return draft_find(draft, part, todo ? STR("DUE") : STR("DTEND"), NULL);
}

/* The end as a day: what begins on the start's clock at midnight, or within a
 * day, ends with that day. */
static void
end_as_day(struct repair *repair, struct draft_line *end, struct when when)
{
	const struct str none = {NULL, 0};
	struct draft *draft = repair->draft;
	int64_t day = local_day(when.local);
	struct str params;

	day += local_second(when.local) > 0;
	when = (struct when){WHEN_DATE, day * SECONDS_A_DAY, NULL};
	when_write(&when, repair_buf(repair));
	params = draft_param(draft, end->line.params, STR("TZID"), none);
	params = draft_param(draft, params, STR("VALUE"), STR("DATE"));
	draft_set_parts(draft, end, end->line.name, params,
	    repair_made(repair));
	repair_say(repair, end, "%.*s is a date as DTSTART",
	    STR_ARG(end->line.name));
}

/* The end as a time: the midnight at which its day begins. */
static void
end_as_time(struct repair *repair, struct draft_line *end,
    const struct draft_line *start, struct when when)
{
	struct draft *draft = repair->draft;

	when.kind = WHEN_FLOATING;
	when_write(&when, repair_buf(repair));
	draft_set_parts(draft, end, end->line.name, start->line.params,
	    repair_made(repair));
	repair_say(repair, end, "%.*s is a time as DTSTART",
	    STR_ARG(end->line.name));
}

void
repair_end_type(struct repair *repair, struct draft *draft)
{
	struct draft_part part = draft_whole(draft);
	struct draft_line *start =
	    draft_find(draft, &part, STR("DTSTART"), NULL);
	struct draft_line *end = find_end(draft, &part), *duration;
	struct when from, to;

	if (!repair_is_main(&part) || !start || !end)
		return;
	duration = draft_find(draft, &part, STR("DURATION"), NULL);
	if (duration) {
		repair_say(repair, duration, "DURATION beside %.*s",
		    STR_ARG(end->line.name));
		draft_drop(draft, duration);
	}
	if (!when_parse(&from, str_trim(start->line.value), pos_none(), NULL) ||
	    !when_parse(&to, str_trim(end->line.value), pos_none(), NULL))
		return;
	if (from.kind == WHEN_DATE && to.kind != WHEN_DATE)
		end_as_day(repair, end, to);
	else if (from.kind == WHEN_FLOATING && to.kind == WHEN_DATE)
		end_as_time(repair, end, start, to);
}

void
repair_end_before(struct repair *repair, struct draft *draft)
{
	struct draft_part part = draft_whole(draft);
	struct draft_line *start =
	    draft_find(draft, &part, STR("DTSTART"), NULL);
	struct draft_line *end = find_end(draft, &part);
	struct when from, to;

	if (!repair_is_main(&part) || !start || !end ||
	    !repair_when(repair, start, start->line.value, &from) ||
	    !repair_when(repair, end, end->line.value, &to))
		return;
	/* Times without a zone are compared by their clocks. */
	if ((from.kind == WHEN_UTC) != (to.kind == WHEN_UTC) &&
	    (from.kind == WHEN_FLOATING || to.kind == WHEN_FLOATING))
		return;
	if (when_instant(&to, zone_utc(), NULL) >=
	    when_instant(&from, zone_utc(), NULL))
		return;
	repair_say(repair, end, "%.*s:%.*s before DTSTART is left out",
	    STR_ARG(end->line.name), STR_ARG(end->line.value));
	draft_drop(draft, end);
}

/* --- duration ------------------------------------------------------------- */

/* Numbers with units, whatever stands around them. */
static bool
read_loosely(struct str rest, struct duration *duration)
{
	bool negative, some = false;
	uint64_t number = 0;

	*duration = (struct duration){0};
	negative = rest.n && rest.p[0] == '-';
	if (rest.n && (rest.p[0] == '-' || rest.p[0] == '+'))
		rest = str_from(rest, 1);
	if (rest.n == 0 || ascii_upper(rest.p[0]) != 'P')
		return false;
	for (size_t i = 1; i < rest.n; i++) {
		char c = ascii_upper(rest.p[i]);

		if (ascii_digit(c) && number < 100000000) {
			number = number * 10 + (uint64_t)(c - '0');
			some = true;
			continue;
		}
		if (c == 'W' && some)
			duration->days += (int64_t)number * 7;
		else if (c == 'D' && some)
			duration->days += (int64_t)number;
		else if ((c == 'H' || c == 'M' || c == 'S') && some)
			duration->seconds +=
			    (int64_t)number * (c == 'H'      ? 3600
						  : c == 'M' ? 60
							     : 1);
		else if (c != 'T' || some)
			return false;
		number = 0;
		some = false;
	}
	if (negative) {
		duration->days = -duration->days;
		duration->seconds = -duration->seconds;
	}
	return !some;
}

void
repair_duration(struct repair *repair, struct draft *draft)
{
	for (size_t i = 0; i < draft->count; i++) {
		struct draft_line *line = &draft->lines[i];
		enum property_kind kind = property_kind(line->line.name);
		struct str value = str_trim(line->line.value);
		struct duration duration;

		if (line->kind != DRAFT_PROPERTY || line->dropped ||
		    (kind != PROPERTY_DURATION && kind != PROPERTY_TRIGGER) ||
		    duration_parse(&duration, value, false, pos_none(), NULL) ||
		    !read_loosely(value, &duration))
			continue;
		duration_write(&duration, repair_buf(repair));
		repair_say(repair, line, "%.*s:%.*s", STR_ARG(line->line.name),
		    STR_ARG(value));
		draft_set_value(draft, line, repair_made(repair));
	}
}
