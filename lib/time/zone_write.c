#include "time/zone_write.h"

#include <stdlib.h>

#include "base/arena.h"
#include "text/line.h"
#include "time/when.h"
#include "time/zone_impl.h"

/* Transitions that no rule describes are written to here; no zone of tzdata
 * goes on without one for ever. */
#define LAST_LISTED 4102444800 /* 2100 */
#define FIRST_YEAR  1900

struct change {
	int64_t at;
	int32_t before, offset;
	bool dst;
	char name[16];
};

struct writing {
	const struct zone *zone;
	struct change *changes; /* that no rule describes, ascending */
	size_t count, room;
	bool ruled;    /* the zone's two rules are written as RRULEs */
	int64_t year;  /* the first whose changes are theirs */
	int64_t onset; /* the first change that is theirs */
	struct buf *out;
	struct buf line;
};

/* --- rules ---------------------------------------------------------------- */

static const char weekdays[7][3] = {"MO", "TU", "WE", "TH", "FR", "SA", "SU"};

static const uint8_t month_lengths[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31,
    30, 31};

/* A week of days of a month, after a shift. Where it leaves the month, days of
 * the year counted from its end, which are the same in leap years; false where
 * they are not, in January and February. */
static bool
add_week(struct buf *out, const struct yearly *rule, int first, int shift)
{
	int weekday = (rule->weekday + shift % 7 + 7) % 7;
	int start = first + shift;

	if (start >= 1 && start + 6 <= month_lengths[rule->month - 1]) {
		buf_printf(out, ";BYMONTH=%d;BYMONTHDAY=", rule->month);
	} else {
		start +=
		    civil_day(2001, rule->month, 1) - civil_day(2002, 1, 1) - 1;
		if (start < civil_day(2001, 3, 1) - civil_day(2002, 1, 1) ||
		    start + 6 > -1)
			return false;
		buf_printf(out, ";BYYEARDAY=");
	}
	for (int i = 0; i < 7; i++)
		buf_printf(out, "%s%d", i ? "," : "", start + i);
	return buf_printf(out, ";BYDAY=%s", weekdays[weekday]);
}

static bool
add_nth(struct buf *out, const struct yearly *rule, int shift)
{
	int first = 7 * (rule->day - 1) + 1;

	if (shift == 0)
		return buf_printf(out, ";BYMONTH=%d;BYDAY=%d%s", rule->month,
		    rule->day, weekdays[rule->weekday]);
	if (rule->day < 0) {
		if (rule->month == 2)
			return false;
		first = month_lengths[rule->month - 1] + 7 * rule->day + 1;
	}
	return add_week(out, rule, first, shift);
}

static bool
add_after(struct buf *out, const struct yearly *rule, int shift)
{
	if (shift == 0 && rule->day % 7 == 1 && rule->day <= 22)
		return buf_printf(out, ";BYMONTH=%d;BYDAY=%d%s", rule->month,
		    rule->day / 7 + 1, weekdays[rule->weekday]);
	return add_week(out, rule, rule->day, shift);
}

/* The parts of an RRULE after FREQ=YEARLY. */
static bool
add_rule(struct buf *out, const struct yearly *rule)
{
	int shift = local_day(rule->time);
	struct civil day;

	switch (rule->kind) {
	case YEARLY_NTH:
		return add_nth(out, rule, shift);
	case YEARLY_AFTER:
		return add_after(out, rule, shift);
	case YEARLY_MONTHDAY:
		if (shift)
			return false;
		return buf_printf(out, ";BYMONTH=%d;BYMONTHDAY=%d", rule->month,
		    rule->day);
	case YEARLY_JULIAN:
		day =
		    civil_of_day(civil_day(2001, 1, 1) + rule->day - 1 + shift);
		if (day.year != 2001 || (shift && rule->day >= 58))
			return false;
		return buf_printf(out, ";BYMONTH=%d;BYMONTHDAY=%d", day.month,
		    day.day);
	case YEARLY_ZERO:
		if (rule->day + shift < 0 || rule->day + shift > 364)
			return false;
		return buf_printf(out, ";BYYEARDAY=%d", rule->day + shift + 1);
	}
	return false;
}

static bool
same_time(const struct zone_span *a, const struct zone_span *b)
{
	return a->offset == b->offset && a->dst == b->dst &&
	       strcmp(a->name, b->name) == 0;
}

/* The span of an instant. Files have transitions that change nothing: the
 * spans on both sides of one are taken for one. */
static void
whole_span(const struct zone *zone, int64_t instant, struct zone_span *span)
{
	struct zone_span next;

	zone_span_at(zone, instant, span);
	while (span->until < LAST_LISTED) {
		zone_span_at(zone, span->until, &next);
		if (!same_time(span, &next))
			break;
		span->until = next.until;
	}
	while (span->from > INT64_MIN) {
		zone_span_at(zone, span->from - 1, &next);
		if (!same_time(span, &next))
			break;
		span->from = next.from;
	}
}

/* The first onset of any of the rules after an instant, wherever they begin. */
static int64_t
next_onset(const struct zone_parts *parts, int64_t year, int64_t after)
{
	int64_t best = INT64_MAX, onset;

	for (size_t i = 0; i < parts->rule_count; i++)
		for (int64_t y = year; y <= year + 1; y++)
			if (yearly_onset(&parts->rules[i], y, &onset) &&
			    onset > after && onset < best)
				best = onset;
	return best;
}

/* Whether the changes of a year are those of the rules, no more and no less. */
static bool
is_ruled(const struct zone *zone, int64_t year)
{
	const struct zone_parts *parts = &zone->parts;

	for (size_t i = 0; i < parts->rule_count; i++) {
		const struct yearly *rule = &parts->rules[i];
		const struct zone_type *type = &parts->types[rule->type];
		struct zone_span span, last;
		int64_t onset;

		if (!yearly_onset(rule, year, &onset))
			return false;
		whole_span(zone, onset, &span);
		whole_span(zone, onset - 1, &last);
		if (span.from != onset || span.offset != type->offset ||
		    last.offset != rule->before || span.dst != type->dst ||
		    strcmp(span.name, type->name) != 0 ||
		    span.until != next_onset(parts, year, onset))
			return false;
	}
	return true;
}

static void
find_rules(struct writing *writing)
{
	const struct zone *zone = writing->zone;
	const struct zone_parts *parts = &zone->parts;
	int64_t last = parts->count ? parts->at[parts->count - 1] : 0;
	int64_t year = civil_of_local(last > LOCAL_LAST ? 0 : last).year + 1;

	if (parts->rule_count != 2)
		return;
	for (size_t i = 0; i < 2; i++)
		if (!add_rule(&writing->line, &parts->rules[i]))
			return;
	if (!is_ruled(zone, year))
		return;
	while (year > FIRST_YEAR && is_ruled(zone, year - 1))
		year--;
	writing->ruled = true;
	writing->year = year;
	writing->onset = next_onset(parts, year,
	    civil_day((int)year, 1, 1) * SECONDS_A_DAY - 2 * SECONDS_A_DAY);
}

/* --- changes that no rule describes --------------------------------------- */

static bool
add_change(struct writing *writing, const struct zone_span *span)
{
	struct change *change;
	struct zone_span last = *span;

	if (writing->count == writing->room) {
		size_t room = writing->room ? writing->room * 2 : 16;
		struct change *changes =
		    realloc(writing->changes, room * sizeof(*changes));

		if (!changes)
			return false;
		writing->changes = changes;
		writing->room = room;
	}
	if (span->from != INT64_MIN)
		zone_span_at(writing->zone, span->from - 1, &last);
	change = &writing->changes[writing->count++];
	change->at = span->from;
	if (span->from < civil_day(1601, 1, 1) * SECONDS_A_DAY) {
		change->at =
		    civil_day(1601, 1, 1) * SECONDS_A_DAY - span->offset;
		last.offset = span->offset;
	}
	change->before = last.offset;
	change->offset = span->offset;
	change->dst = span->dst;
	memcpy(change->name, span->name, sizeof(change->name));
	return true;
}

static bool
find_changes(struct writing *writing, int64_t from)
{
	int64_t until = writing->ruled ? writing->onset : LAST_LISTED;
	struct zone_span span;

	if (writing->ruled && from >= until)
		return true;
	do {
		whole_span(writing->zone, from, &span);
		if (!add_change(writing, &span))
			return false;
		from = span.until;
	} while (from < until);
	return true;
}

/* --- text ----------------------------------------------------------------- */

static void
end_line(struct writing *writing)
{
	line_write(writing->out, buf_str(&writing->line));
	buf_reset(&writing->line);
}

static void
put(struct writing *writing, const char *name, const char *value)
{
	buf_printf(&writing->line, "%s:%s", name, value);
	end_line(writing);
}

static void
put_offset(struct writing *writing, const char *name, int32_t offset)
{
	int32_t size = offset < 0 ? -offset : offset;

	buf_printf(&writing->line, "%s:%c%02d%02d", name,
	    offset < 0 ? '-' : '+', size / 3600, size / 60 % 60);
	if (size % 60)
		buf_printf(&writing->line, "%02d", size % 60);
	end_line(writing);
}

static void
put_local(struct writing *writing, int64_t local)
{
	struct when when = {WHEN_FLOATING, local, NULL};

	when_write(&when, &writing->line);
}

static void
put_head(struct writing *writing, const struct change *change)
{
	put(writing, "BEGIN", change->dst ? "DAYLIGHT" : "STANDARD");
	buf_printf(&writing->line, "DTSTART:");
	put_local(writing, change->at + change->before);
	end_line(writing);
	put_offset(writing, "TZOFFSETFROM", change->before);
	put_offset(writing, "TZOFFSETTO", change->offset);
	put(writing, "TZNAME", change->name);
}

static void
put_tail(struct writing *writing, const struct change *change)
{
	put(writing, "END", change->dst ? "DAYLIGHT" : "STANDARD");
}

static bool
same_kind(const struct change *a, const struct change *b)
{
	return a->before == b->before && a->offset == b->offset &&
	       a->dst == b->dst && strcmp(a->name, b->name) == 0;
}

/* Each kind of change once, with the later ones as RDATEs. */
static void
put_changes(struct writing *writing)
{
	const struct change *changes = writing->changes;

	for (size_t i = 0; i < writing->count; i++) {
		bool seen = false, listed = false;

		for (size_t k = 0; k < i && !seen; k++)
			seen = same_kind(&changes[k], &changes[i]);
		if (seen)
			continue;
		put_head(writing, &changes[i]);
		for (size_t k = i + 1; k < writing->count; k++) {
			if (!same_kind(&changes[k], &changes[i]))
				continue;
			buf_printf(&writing->line, listed ? "," : "RDATE:");
			put_local(writing, changes[k].at + changes[k].before);
			listed = true;
		}
		if (listed)
			end_line(writing);
		put_tail(writing, &changes[i]);
	}
}

static void
put_rule(struct writing *writing, const struct yearly *rule, int64_t onset)
{
	const struct zone_type *type = &writing->zone->parts.types[rule->type];
	struct change change = {onset, rule->before, type->offset, type->dst,
	    {0}};

	memcpy(change.name, type->name, sizeof(change.name));
	put_head(writing, &change);
	buf_printf(&writing->line, "RRULE:FREQ=YEARLY");
	add_rule(&writing->line, rule);
	end_line(writing);
	put_tail(writing, &change);
}

static void
put_rules(struct writing *writing)
{
	const struct yearly *rules = writing->zone->parts.rules;
	int64_t onsets[2];

	yearly_onset(&rules[0], writing->year, &onsets[0]);
	yearly_onset(&rules[1], writing->year, &onsets[1]);
	for (int i = 0; i < 2; i++) {
		int k = onsets[0] < onsets[1] ? i : 1 - i;

		put_rule(writing, &rules[k], onsets[k]);
	}
}

bool
zone_write(const struct zone *zone, struct str tzid, int64_t from,
    struct buf *out)
{
	struct writing writing = {.zone = zone, .out = out};
	bool ok;

	find_rules(&writing);
	buf_reset(&writing.line);
	ok = find_changes(&writing, from);
	put(&writing, "BEGIN", "VTIMEZONE");
	buf_printf(&writing.line, "TZID:");
	text_escape(&writing.line, tzid);
	end_line(&writing);
	put_changes(&writing);
	if (writing.ruled)
		put_rules(&writing);
	put(&writing, "END", "VTIMEZONE");
	ok = ok && buf_ok(out) && buf_ok(&writing.line);
	buf_free(&writing.line);
	free(writing.changes);
	return ok;
}
