/* Rules and the dates left out of them. */
#include "cal/repair_impl.h"
#include "time/rule.h"

/* Instances of a rule with COUNT and UNTIL looked at, at most. */
#define COUNTED_MOST 20000

/* --- rule ----------------------------------------------------------------- */

static bool
is_rule(const struct draft_line *line)
{
	return line->kind == DRAFT_PROPERTY && !line->dropped &&
	       property_kind(line->line.name) == PROPERTY_RULE;
}

static bool
part_is(struct str part, struct str name)
{
	return str_istarts(part, name) && part.n > name.n &&
	       part.p[name.n] == '=';
}

/* The parts of a rule that say something, without blanks; those named `not`
 * left out. */
static struct str
clean(struct repair *repair, struct str rest, struct str not )
{
	struct buf *out = repair_buf(repair);
	struct str part;

	if (str_istarts(rest, STR("RRULE:")))
		rest = str_from(rest, 6);
	while (str_cut(&rest, ';', &part)) {
		size_t equals;

		part = str_trim(part);
		equals = str_find_byte(part, '=');
		if (equals == SIZE_MAX || equals + 1 == part.n ||
		    (not .n && part_is(part, not )))
			continue;
		if (out->n)
			buf_add_char(out, ';');
		for (size_t i = 0; i < part.n; i++)
			if (part.p[i] != ' ' && part.p[i] != '\t')
				buf_add_char(out, part.p[i]);
	}
	return repair_made(repair);
}

static bool
find_part(struct str rest, struct str name, struct str *value)
{
	struct str part;

	while (str_cut(&rest, ';', &part))
		if (part_is(str_trim(part), name)) {
			*value = str_from(str_trim(part), name.n + 1);
			return true;
		}
	return false;
}

/* Which of COUNT and UNTIL ends the series: the one that ends it first. */
static struct str
redundant_end(struct repair *repair, struct str counted, struct str until,
    const struct draft_line *start)
{
	struct when last, when;
	struct rule_iter *iter;
	struct rule rule;
	int64_t local;
	bool before = true;

	if (!start || !rule_parse(&rule, counted, pos_none(), NULL) ||
	    !repair_when(repair, start, start->line.value, &when) ||
	    !when_parse(&last, until, pos_none(), NULL))
		return STR("COUNT");
	if (last.kind == WHEN_DATE)
		last.local += SECONDS_A_DAY - 1;
	else if (last.kind == WHEN_UTC && when.kind == WHEN_ZONED)
		last.local = zone_local(NULL, when.zone, last.local);
	iter = rule_iter_new(&rule, when.local, RULE_START_INSTANCE);
	for (int i = 0; iter && before && i < COUNTED_MOST; i++) {
		if (!rule_iter_next(iter, &local))
			break;
		before = local <= last.local;
	}
	rule_iter_free(iter);
	return before ? STR("UNTIL") : STR("COUNT");
}

static void
fix_rule(struct repair *repair, const struct draft_part *part,
    struct draft_line *line)
{
	const struct str none = {NULL, 0};
	struct draft *draft = repair->draft;
	struct str value = line->line.value, cleaned, until, count;
	struct rule rule;

	cleaned = clean(repair, value, none);
	if (find_part(cleaned, STR("UNTIL"), &until) &&
	    find_part(cleaned, STR("COUNT"), &count)) {
		struct str counted = clean(repair, value, STR("UNTIL"));

		cleaned = clean(repair, value,
		    redundant_end(repair, counted, until,
			draft_find(draft, part, STR("DTSTART"), NULL)));
	}
	if (str_eq(cleaned, value) ||
	    !rule_parse(&rule, cleaned, pos_none(), NULL))
		return;
	repair_say(repair, line, "%.*s", STR_ARG(value));
	draft_set_value(draft, line, cleaned);
}

void
repair_rule(struct repair *repair, struct draft *draft)
{
	struct draft_part part;
	size_t at = 0;

	while (draft_next_part(draft, &at, &part))
		for (size_t i = part.first; i < part.end; i++)
			if (draft->lines[i].depth == part.depth &&
			    is_rule(&draft->lines[i]))
				fix_rule(repair, &part, &draft->lines[i]);
}

/* --- until ---------------------------------------------------------------- */

/* UNTIL as it must be with this DTSTART; false where it is so already, or
 * nobody can tell. */
static bool
settle_until(const struct when *start, struct when *until)
{
	bool day = until->kind == WHEN_DATE;

	if (start->kind == WHEN_DATE) {
		if (day)
			return false;
		until->kind = WHEN_DATE;
		until->local -= local_second(until->local);
		return true;
	}
	/* The whole day is meant. */
	if (day)
		until->local += SECONDS_A_DAY - 1;
	switch (start->kind) {
	case WHEN_UTC:
	case WHEN_ZONED:
		if (until->kind == WHEN_UTC)
			return false;
		if (start->kind == WHEN_ZONED)
			until->local =
			    zone_instant(NULL, start->zone, until->local, NULL);
		until->kind = WHEN_UTC;
		return true;
	case WHEN_FLOATING:
		until->kind = WHEN_FLOATING;
		return day;
	default:
		return false;
	}
}

static void
put_until(struct repair *repair, struct draft_line *line, struct str text,
    const struct when *until)
{
	struct str rest = line->line.value, part;
	struct buf *out = repair_buf(repair);

	while (str_cut(&rest, ';', &part)) {
		if (out->n)
			buf_add_char(out, ';');
		if (!part_is(str_trim(part), STR("UNTIL"))) {
			buf_add_str(out, part);
			continue;
		}
		buf_add_str(out, STR("UNTIL="));
		when_write(until, out);
	}
	repair_say(repair, line, "UNTIL=%.*s", STR_ARG(text));
	draft_set_value(repair->draft, line, repair_made(repair));
}

void
repair_until_day(struct repair *repair, struct draft_line *line,
    const struct when *start)
{
	struct when until;
	struct str text;

	if (!is_rule(line) ||
	    !find_part(line->line.value, STR("UNTIL"), &text) ||
	    !when_parse(&until, text, pos_none(), NULL) ||
	    until.kind == WHEN_DATE)
		return;
	if (until.kind == WHEN_UTC && start->kind == WHEN_ZONED)
		until.local = zone_local(NULL, start->zone, until.local);
	until.kind = WHEN_DATE;
	put_until(repair, line, text, &until);
}

static void
fix_until(struct repair *repair, const struct draft_line *start,
    struct draft_line *line)
{
	struct when from, until;
	struct str text;

	if (find_part(line->line.value, STR("UNTIL"), &text) &&
	    when_parse(&until, text, pos_none(), NULL) &&
	    repair_when(repair, start, start->line.value, &from) &&
	    settle_until(&from, &until))
		put_until(repair, line, text, &until);
}

void
repair_until(struct repair *repair, struct draft *draft)
{
	struct draft_part part = draft_whole(draft);
	struct draft_line *start =
	    draft_find(draft, &part, STR("DTSTART"), NULL);

	if (!repair_is_main(&part) || !start)
		return;
	for (size_t i = part.first; i < part.end; i++)
		if (draft->lines[i].depth == part.depth &&
		    is_rule(&draft->lines[i]))
			fix_until(repair, start, &draft->lines[i]);
}

/* --- exdate --------------------------------------------------------------- */

/* Every date with the time of day that DTSTART has. */
static bool
dates_to_times(struct buf *out, struct str rest, const struct when *start)
{
	struct str value;
	struct when when;

	while (str_cut(&rest, ',', &value)) {
		if (!when_parse(&when, str_trim(value), pos_none(), NULL) ||
		    when.kind != WHEN_DATE)
			return false;
		when.local += local_second(start->local);
		when.kind = start->kind == WHEN_UTC ? WHEN_UTC : WHEN_FLOATING;
		if (out->n)
			buf_add_char(out, ',');
		when_write(&when, out);
	}
	return true;
}

/* Times in UTC that have the clock time of a DTSTART without any zone. */
static bool
utc_to_floating(struct buf *out, struct str rest, const struct when *start)
{
	struct str value;
	struct when when;

	while (str_cut(&rest, ',', &value)) {
		if (!when_parse(&when, str_trim(value), pos_none(), NULL) ||
		    when.kind != WHEN_UTC ||
		    local_second(when.local) != local_second(start->local))
			return false;
		when.kind = WHEN_FLOATING;
		if (out->n)
			buf_add_char(out, ',');
		when_write(&when, out);
	}
	return true;
}

/* Times where DTSTART is a day. */
static bool
times_to_dates(struct buf *out, struct str rest)
{
	struct str value;
	struct when when;

	while (str_cut(&rest, ',', &value)) {
		if (!when_parse(&when, str_trim(value), pos_none(), NULL) ||
		    when.kind == WHEN_DATE)
			return false;
		when.kind = WHEN_DATE;
		if (out->n)
			buf_add_char(out, ',');
		when_write(&when, out);
	}
	return true;
}

static void
fix_exdate(struct repair *repair, const struct draft_line *start,
    const struct when *from, struct draft_line *line)
{
	const struct str none = {NULL, 0};
	struct draft *draft = repair->draft;
	struct str value = line->line.value, params = start->line.params;

	if (from->kind == WHEN_DATE) {
		if (!times_to_dates(repair_buf(repair), value))
			return;
		params =
		    draft_param(draft, line->line.params, STR("TZID"), none);
		params = draft_param(draft, params, STR("VALUE"), STR("DATE"));
	} else if (from->kind == WHEN_FLOATING && params.n == 0 &&
		   utc_to_floating(repair_buf(repair), value, from)) {
		params = line->line.params;
	} else if (!dates_to_times(repair_buf(repair), value, from)) {
		return;
	}
	repair_say(repair, line, "EXDATE:%.*s", STR_ARG(value));
	draft_set_parts(draft, line, line->line.name, params,
	    repair_made(repair));
}

void
repair_exdate(struct repair *repair, struct draft *draft)
{
	struct draft_part part = draft_whole(draft);
	struct draft_line *start =
	    draft_find(draft, &part, STR("DTSTART"), NULL);
	struct when from;

	if (!repair_is_main(&part) || !start ||
	    !when_parse(&from, str_trim(start->line.value), pos_none(), NULL))
		return;
	for (size_t i = part.first; i < part.end; i++)
		if (draft->lines[i].depth == part.depth &&
		    draft_is(&draft->lines[i], STR("EXDATE")))
			fix_exdate(repair, start, &from, &draft->lines[i]);
}
