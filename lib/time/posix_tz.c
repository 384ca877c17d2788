#include "time/zone_impl.h"

#define HOUR 3600

static bool
take(struct str *s, char c)
{
	if (s->n == 0 || s->p[0] != c)
		return false;
	*s = str_from(*s, 1);
	return true;
}

/* One to `digits` digits, at most `max`. */
static bool
take_number(struct str *s, size_t digits, int max, int *number)
{
	size_t n = 0;

	*number = 0;
	while (n < s->n && n < digits && ascii_digit(s->p[n]))
		*number = *number * 10 + (s->p[n++] - '0');
	*s = str_from(*s, n);
	return n > 0 && *number <= max && !(s->n && ascii_digit(s->p[0]));
}

/* "EST" or "<-03>": three characters at least (RFC 8536, 3.3.1). */
static bool
take_name(struct str *s, struct zone_type *type)
{
	bool quoted = take(s, '<');
	size_t n = 0;

	while (
	    n < s->n && (ascii_alpha(s->p[n]) ||
			    (quoted && (ascii_digit(s->p[n]) ||
					   s->p[n] == '+' || s->p[n] == '-'))))
		n++;
	if (n < 3)
		return false;
	zone_type_name(type, str_head(*s, n));
	*s = str_from(*s, n);
	return !quoted || take(s, '>');
}

/* "[+-]hh[:mm[:ss]]" in seconds. */
static bool
take_time(struct str *s, int max_hours, int32_t *seconds)
{
	bool minus = take(s, '-');
	int hours, minutes = 0, rest = 0;

	if (!minus)
		take(s, '+');
	if (!take_number(s, 3, max_hours, &hours))
		return false;
	if (take(s, ':')) {
		if (!take_number(s, 2, 59, &minutes))
			return false;
		if (take(s, ':') && !take_number(s, 2, 59, &rest))
			return false;
	}
	*seconds = hours * HOUR + minutes * 60 + rest;
	if (minus)
		*seconds = -*seconds;
	return true;
}

/* The sign of a TZ string is west of UTC. */
static bool
take_offset(struct str *s, int32_t *offset)
{
	if (!take_time(s, 24, offset))
		return false;
	*offset = -*offset;
	return true;
}

/* "Mm.w.d", "Jn" or "n", with "/time"; two o'clock without. */
static bool
take_rule(struct str *s, struct yearly *rule)
{
	int month, week, day;

	if (take(s, 'M')) {
		if (!take_number(s, 2, 12, &month) || month == 0 ||
		    !take(s, '.') || !take_number(s, 1, 5, &week) ||
		    week == 0 || !take(s, '.') || !take_number(s, 1, 6, &day))
			return false;
		rule->kind = YEARLY_NTH;
		rule->month = (uint8_t)month;
		rule->day = (int16_t)(week == 5 ? -1 : week);
		rule->weekday = (uint8_t)((day + 6) % 7); /* Sunday was 0 */
	} else if (take(s, 'J')) {
		if (!take_number(s, 3, 365, &day) || day == 0)
			return false;
		rule->kind = YEARLY_JULIAN;
		rule->day = (int16_t)day;
	} else {
		if (!take_number(s, 3, 365, &day))
			return false;
		rule->kind = YEARLY_ZERO;
		rule->day = (int16_t)day;
	}
	rule->time = 2 * HOUR;
	rule->first = INT64_MIN;
	rule->last = INT64_MAX;
	return !take(s, '/') || take_time(s, 167, &rule->time);
}

/* Summer time whose end is not before its next begin never ends; that is how
 * zic writes permanent summer time, "XXX3EDT4,0/0,J365/23". */
static bool
never_ends(const struct yearly rules[2])
{
	for (int64_t year = 2000; year <= 2001; year++) {
		int64_t begin, end, next;

		if (!yearly_onset(&rules[0], year, &begin) ||
		    !yearly_onset(&rules[1], year, &end) ||
		    !yearly_onset(&rules[0], year + 1, &next) || end < next)
			return false;
	}
	return true;
}

bool
posix_tz_parse(struct posix_tz *tz, struct str text)
{
	struct str s = text;

	*tz = (struct posix_tz){.dst.dst = true};
	if (!take_name(&s, &tz->std) || !take_offset(&s, &tz->std.offset))
		return false;
	if (s.n == 0)
		return true;
	if (!take_name(&s, &tz->dst))
		return false;
	tz->has_dst = true;
	tz->dst.offset = tz->std.offset + HOUR;
	if (s.n && s.p[0] != ',' && !take_offset(&s, &tz->dst.offset))
		return false;
	/* POSIX leaves the rule to us where none is given; everybody takes
	 * that of the United States. */
	if (s.n == 0)
		s = STR(",M3.2.0,M11.1.0");
	if (!take(&s, ',') || !take_rule(&s, &tz->rules[0]) || !take(&s, ',') ||
	    !take_rule(&s, &tz->rules[1]) || s.n)
		return false;
	tz->rules[0].type = 1;
	tz->rules[0].before = tz->std.offset;
	tz->rules[1].before = tz->dst.offset;
	tz->always_dst = never_ends(tz->rules);
	return true;
}

struct zone *
zone_from_posix(struct str text, struct str id)
{
	struct posix_tz tz;
	struct zone_type types[2];
	struct zone_parts parts = {.id = id, .types = types};

	if (!posix_tz_parse(&tz, text))
		return NULL;
	types[0] = tz.std;
	types[1] = tz.dst;
	parts.type_count = tz.has_dst ? 2 : 1;
	if (tz.always_dst)
		parts.type_first = 1;
	else if (tz.has_dst)
		parts.rule_count = 2;
	parts.rules = tz.rules;
	return zone_build(&parts);
}
