/* How dates and times are written, and what VALUE and TZID say of them. */
#include "cal/repair_impl.h"

/* --- date-form ------------------------------------------------------------ */

static bool
take_number(struct str *rest, size_t n, int *number)
{
	*number = 0;
	if (rest->n < n)
		return false;
	for (size_t i = 0; i < n; i++) {
		if (!ascii_digit(rest->p[i]))
			return false;
		*number = *number * 10 + (rest->p[i] - '0');
	}
	*rest = str_from(*rest, n);
	return true;
}

static bool
take_char(struct str *rest, const char *chars)
{
	if (rest->n == 0 || !strchr(chars, rest->p[0]))
		return false;
	*rest = str_from(*rest, 1);
	return true;
}

/* "", "Z", "+01:00"; seconds east in *offset. */
static bool
take_zone(struct str rest, struct when *when)
{
	int hours, minutes;
	int64_t sign = rest.n && rest.p[0] == '-' ? -1 : 1;

	if (rest.n == 0)
		return true;
	when->kind = WHEN_UTC;
	if (take_char(&rest, "Zz"))
		return rest.n == 0;
	if (!take_char(&rest, "+-") || !take_number(&rest, 2, &hours))
		return false;
	take_char(&rest, ":");
	if (!take_number(&rest, 2, &minutes) || rest.n)
		return false;
	when->local -= sign * (hours * 3600 + minutes * 60);
	return true;
}

/* "2026-11-23T09:00[:00[.000]][Z]" and "2026-11-23", with or without the
 * marks, "T::" too, which is no time. */
static bool
read_loosely(struct str rest, struct when *when)
{
	struct civil civil = {0};
	int ignored;

	*when = (struct when){.kind = WHEN_DATE};
	if (!take_number(&rest, 4, &civil.year))
		return false;
	take_char(&rest, "-");
	if (!take_number(&rest, 2, &civil.month))
		return false;
	take_char(&rest, "-");
	if (!take_number(&rest, 2, &civil.day) || !civil_valid(&civil))
		return false;
	when->local = civil_local(&civil);
	if (rest.n == 0)
		return true;
	if (!take_char(&rest, "Tt "))
		return false;
	if (rest.n == 0 || str_eq(rest, STR("::")))
		return true;
	when->kind = WHEN_FLOATING;
	if (!take_number(&rest, 2, &civil.hour))
		return false;
	take_char(&rest, ":");
	if (!take_number(&rest, 2, &civil.minute))
		return false;
	take_char(&rest, ":");
	take_number(&rest, 2, &civil.second);
	if (take_char(&rest, ".,"))
		while (take_number(&rest, 1, &ignored))
			;
	if (!civil_valid(&civil))
		return false;
	when->local = civil_local(&civil);
	return take_zone(rest, when);
}

static bool
has_times(const struct repair *repair, const struct draft_line *line)
{
	enum property_kind kind = property_kind(line->line.name);
	struct str value;

	if (line->kind != DRAFT_PROPERTY || line->dropped)
		return false;
	if (kind == PROPERTY_TRIGGER)
		return line_param(&line->line, STR("VALUE"),
			   repair->draft->arena, &value) &&
		       str_istarts(value, STR("DATE"));
	return kind == PROPERTY_TIME || kind == PROPERTY_TIMES ||
	       kind == PROPERTY_STAMP;
}

static void
reform(struct repair *repair, struct draft_line *line)
{
	struct str rest = line->line.value, value;
	struct buf *out = repair_buf(repair);
	struct when when;
	bool fixed = false;

	while (str_cut(&rest, ',', &value)) {
		struct str bare = str_trim(value);

		if (out->n)
			buf_add_char(out, ',');
		if (!when_parse(&when, bare, pos_none(), NULL) &&
		    read_loosely(bare, &when) && when.local >= LOCAL_FIRST &&
		    when.local <= LOCAL_LAST) {
			when_write(&when, out);
			fixed = true;
		} else {
			buf_add_str(out, value);
		}
	}
	if (!fixed)
		return;
	repair_say(repair, line, "%.*s", STR_ARG(line->line.value));
	draft_set_value(repair->draft, line, repair_made(repair));
}

void
repair_date_form(struct repair *repair, struct draft *draft)
{
	for (size_t i = 0; i < draft->count; i++)
		if (has_times(repair, &draft->lines[i]))
			reform(repair, &draft->lines[i]);
}

/* --- value ---------------------------------------------------------------- */

/* What all values of a list are; WHEN_NONE where they differ, or some cannot
 * be read. *midnight: all are midnights. */
static enum when_kind
kind_of_list(struct str list, bool *midnight)
{
	enum when_kind kind = WHEN_NONE;
	struct when when;
	struct str value;
	bool first = true;

	*midnight = true;
	while (str_cut(&list, ',', &value)) {
		if (!when_parse(&when, str_trim(value), pos_none(), NULL) ||
		    (!first && when.kind != kind))
			return WHEN_NONE;
		kind = when.kind;
		first = false;
		*midnight = *midnight && local_second(when.local) == 0;
	}
	return kind;
}

/* Only the days of a list of times. */
static struct str
days_of(struct repair *repair, struct str list)
{
	struct buf *out = repair_buf(repair);
	struct str value;

	while (str_cut(&list, ',', &value)) {
		if (out->n)
			buf_add_char(out, ',');
		buf_add_str(out, str_head(str_trim(value), 8));
	}
	return repair_made(repair);
}

static void
set_param(struct repair *repair, struct draft_line *line, struct str name,
    struct str value)
{
	struct draft *draft = repair->draft;

	draft_set_params(draft, line,
	    draft_param(draft, line->line.params, name, value));
}

static void
fix_value(struct repair *repair, struct draft_line *line)
{
	const struct str none = {NULL, 0};
	struct str said = none;
	bool midnight, stamp;
	enum when_kind kind = kind_of_list(line->line.value, &midnight);
	bool has =
	    line_param(&line->line, STR("VALUE"), repair->draft->arena, &said);

	if (has && str_ieq(said, STR("DATETIME"))) {
		set_param(repair, line, STR("VALUE"), STR("DATE-TIME"));
		repair_say(repair, line, "VALUE=DATETIME");
		said = STR("DATE-TIME");
	}
	stamp = property_kind(line->line.name) == PROPERTY_STAMP ||
	        property_kind(line->line.name) == PROPERTY_TRIGGER;
	if (kind == WHEN_DATE && stamp)
		return;
	if (kind == WHEN_DATE && (!has || str_ieq(said, STR("DATE-TIME")))) {
		set_param(repair, line, STR("VALUE"), STR("DATE"));
		repair_say(repair, line, "%.*s is a date",
		    STR_ARG(line->line.name));
	} else if ((kind == WHEN_FLOATING || kind == WHEN_UTC) && has &&
		   str_ieq(said, STR("DATE"))) {
		if (midnight && !stamp)
			draft_set_value(repair->draft, line,
			    days_of(repair, line->line.value));
		else
			set_param(repair, line, STR("VALUE"), none);
		repair_say(repair, line, "%.*s: VALUE=DATE with a time",
		    STR_ARG(line->line.name));
	}
}

/* In VTIMEZONEs times are as they are. */
static bool
is_zone(const struct draft *draft)
{
	return str_ieq(draft->name, STR("VTIMEZONE"));
}

void
repair_value(struct repair *repair, struct draft *draft)
{
	for (size_t i = 0; i < draft->count && !is_zone(draft); i++)
		if (has_times(repair, &draft->lines[i]))
			fix_value(repair, &draft->lines[i]);
}

/* --- utc ------------------------------------------------------------------ */

static bool
is_utc(struct str tzid)
{
	return str_ieq(tzid, STR("UTC")) || str_ieq(tzid, STR("Etc/UTC")) ||
	       str_ieq(tzid, STR("Z"));
}

static void
fix_utc(struct repair *repair, struct draft_line *line)
{
	const struct str none = {NULL, 0};
	struct str rest = line->line.value, value, tzid;
	struct buf *out;
	bool midnight;
	enum when_kind kind = kind_of_list(rest, &midnight);

	if (kind == WHEN_NONE ||
	    !line_param(&line->line, STR("TZID"), repair->draft->arena, &tzid))
		return;
	if (kind == WHEN_FLOATING) {
		if (!is_utc(tzid))
			return;
		out = repair_buf(repair);
		while (str_cut(&rest, ',', &value)) {
			if (out->n)
				buf_add_char(out, ',');
			buf_add_str(out, str_trim(value));
			buf_add_char(out, 'Z');
		}
		draft_set_value(repair->draft, line, repair_made(repair));
	}
	set_param(repair, line, STR("TZID"), none);
	repair_say(repair, line, "%.*s without TZID=%.*s",
	    STR_ARG(line->line.name), STR_ARG(tzid));
}

void
repair_utc(struct repair *repair, struct draft *draft)
{
	for (size_t i = 0; i < draft->count && !is_zone(draft); i++)
		if (has_times(repair, &draft->lines[i]))
			fix_utc(repair, &draft->lines[i]);
}

/* --- all-day -------------------------------------------------------------- */

static bool
is_all_day(const struct draft *draft, const struct draft_part *part)
{
	static const struct str names[] = {STR_C("X-MICROSOFT-CDO-ALLDAYEVENT"),
	    STR_C("X-MICROSOFT-MSNCALENDAR-ALLDAYEVENT")};

	for (size_t i = 0; i < 2; i++) {
		const struct draft_line *line =
		    draft_find(draft, part, names[i], NULL);

		if (line && str_ieq(str_trim(line->line.value), STR("TRUE")))
			return true;
	}
	return false;
}

/* Whether start and, where there is one, end are times at midnight. */
static bool
spans_days(const struct draft *draft, const struct draft_part *part)
{
	const struct draft_line *start =
	    draft_find(draft, part, STR("DTSTART"), NULL);
	const struct draft_line *end =
	    draft_find(draft, part, STR("DTEND"), NULL);
	bool midnight;

	if (!start ||
	    kind_of_list(start->line.value, &midnight) < WHEN_FLOATING)
		return false;
	if (!midnight)
		return false;
	return !end ||
	       (kind_of_list(end->line.value, &midnight) >= WHEN_FLOATING &&
		   midnight);
}

static void
make_day(struct repair *repair, struct draft_line *line)
{
	const struct str none = {NULL, 0};
	struct draft *draft = repair->draft;
	bool midnight;

	if (kind_of_list(line->line.value, &midnight) < WHEN_FLOATING ||
	    !midnight)
		return;
	draft_set_value(draft, line, days_of(repair, line->line.value));
	set_param(repair, line, STR("TZID"), none);
	set_param(repair, line, STR("VALUE"), STR("DATE"));
	repair_say(repair, line, "%.*s is a day", STR_ARG(line->line.name));
}

void
repair_all_day(struct repair *repair, struct draft *draft)
{
	static const struct str names[] = {STR_C("DTSTART"), STR_C("DTEND"),
	    STR_C("RECURRENCE-ID"), STR_C("EXDATE"), STR_C("RDATE")};
	struct draft_part part = draft_whole(draft);
	const struct draft_line *line;
	struct when start;

	if (draft->name.n == 0 || !is_all_day(draft, &part) ||
	    !spans_days(draft, &part))
		return;
	line = draft_find(draft, &part, STR("DTSTART"), NULL);
	if (!line || !repair_when(repair, line, line->line.value, &start))
		return;
	for (size_t i = part.first; i < part.end; i++)
		if (draft->lines[i].depth == part.depth)
			repair_until_day(repair, &draft->lines[i], &start);
	for (size_t i = part.first; i < part.end; i++)
		for (size_t k = 0; k < sizeof(names) / sizeof(names[0]); k++)
			if (draft->lines[i].depth == part.depth &&
			    draft_is(&draft->lines[i], names[k]))
				make_day(repair, &draft->lines[i]);
}
