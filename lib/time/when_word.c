/* WHEN words: points and stretches of time as people type them. */
#include "time/when.h"

/* A word while it is read: a stretch of local days, or of instants. */
struct reading {
	struct str rest;
	int64_t now;
	const struct zone *zone;
	struct zone_cursor cursor;
	bool days; /* from and until are local midnights */
	int64_t from, until;
};

static bool
number(struct str *rest, size_t digits, int *value)
{
	uint64_t n;

	if (!str_number(str_head(*rest, digits), 9999, &n) || rest->n < digits)
		return false;
	*value = (int)n;
	*rest = str_from(*rest, digits);
	return true;
}

static bool
character(struct str *rest, const char *any)
{
	if (rest->n == 0 || !strchr(any, rest->p[0]) || !rest->p[0])
		return false;
	*rest = str_from(*rest, 1);
	return true;
}

static int64_t
midnight(int32_t day)
{
	return (int64_t)day * SECONDS_A_DAY;
}

static void
set_days(struct reading *reading, int32_t first, int32_t after)
{
	reading->days = true;
	reading->from = midnight(first);
	reading->until = midnight(after);
}

static int32_t
today(struct reading *reading)
{
	return local_day(
	    zone_local(&reading->cursor, reading->zone, reading->now));
}

/* --- dates and times ------------------------------------------------------ */

static bool
offset(struct str *rest, int64_t *seconds)
{
	int sign, hours, minutes = 0;

	if (character(rest, "Zz")) {
		*seconds = 0;
		return true;
	}
	if (rest->n == 0 || (rest->p[0] != '+' && rest->p[0] != '-'))
		return false;
	sign = rest->p[0] == '-' ? -1 : 1;
	*rest = str_from(*rest, 1);
	if (!number(rest, 2, &hours))
		return false;
	character(rest, ":");
	if (!number(rest, 2, &minutes) || hours > 23 || minutes > 59)
		return false;
	*seconds = sign * ((int64_t)hours * 3600 + (int64_t)minutes * 60);
	return true;
}

/* "09:00", "09:00:30.5", "090000", after a date; then an offset. */
static bool
time_of_day(struct reading *reading, struct civil *civil)
{
	struct str rest = reading->rest, before;
	int64_t seconds;
	bool colon;

	if (!number(&rest, 2, &civil->hour))
		return false;
	colon = character(&rest, ":");
	if (!number(&rest, 2, &civil->minute))
		return false;
	if (!colon || character(&rest, ":"))
		if (!number(&rest, 2, &civil->second) && colon)
			return false;
	if (character(&rest, ".,"))
		while (rest.n && ascii_digit(rest.p[0]))
			rest = str_from(rest, 1);
	if (!civil_valid(civil))
		return false;
	if (civil->second == 60)
		civil->second = 59;
	before = rest;
	reading->days = false;
	if (offset(&rest, &seconds)) {
		reading->from = civil_local(civil) - seconds;
	} else {
		rest = before;
		reading->from = zone_instant(&reading->cursor, reading->zone,
		    civil_local(civil), NULL);
	}
	reading->until = reading->from;
	reading->rest = rest;
	return true;
}

/* "2026-W48" and "2026-W48-2". */
static bool
week(struct reading *reading, int year, struct str rest)
{
	int32_t first = civil_day(year, 1, 4);
	int number_of, day = 0, week_year;

	if (!number(&rest, 2, &number_of) || number_of < 1 || number_of > 53)
		return false;
	first -= (int32_t)civil_weekday(first);
	first += 7 * (number_of - 1);
	if (civil_week(first, MONDAY, &week_year) != number_of)
		return false;
	if (rest.n > 1 && rest.p[0] == '-' && rest.p[1] >= '1' &&
	    rest.p[1] <= '7') {
		day = rest.p[1] - '0';
		rest = str_from(rest, 2);
	}
	reading->rest = rest;
	if (day)
		set_days(reading, first + day - 1, first + day);
	else
		set_days(reading, first, first + 7);
	return true;
}

static bool
month_or_day(struct reading *reading, struct civil *civil, struct str rest,
    bool dashes)
{
	struct str before;
	int32_t day;

	civil->day = 1;
	if (!number(&rest, 2, &civil->month))
		return false;
	before = rest;
	/* "2026-11-1w" counts back from a month: a day has two digits. */
	if ((dashes && !character(&rest, "-")) ||
	    !number(&rest, 2, &civil->day) ||
	    (rest.n && ascii_alpha(rest.p[0]) &&
		ascii_upper(rest.p[0]) != 'T')) {
		if (!dashes)
			return false;
		reading->rest = before;
		civil->day = 1;
		if (!civil_valid(civil))
			return false;
		day = civil_day(civil->year, civil->month, 1);
		set_days(reading, day, civil_add_months(day, 1));
		return true;
	}
	if (!civil_valid(civil))
		return false;
	reading->rest = rest;
	day = civil_day(civil->year, civil->month, civil->day);
	set_days(reading, day, day + 1);
	if (character(&rest, "Tt ")) {
		reading->rest = rest;
		return time_of_day(reading, civil);
	}
	return true;
}

static bool
calendar_date(struct reading *reading)
{
	struct str rest = reading->rest, word;
	struct civil civil = {0};

	if (!number(&rest, 4, &civil.year) || civil.year < 1)
		return false;
	word = rest;
	if (character(&rest, "-") && character(&rest, "Ww"))
		return week(reading, civil.year, rest);
	rest = word;
	if (rest.n == 0) {
		reading->rest = rest;
		set_days(reading, civil_day(civil.year, 1, 1),
		    civil_day(civil.year + 1, 1, 1));
		return true;
	}
	if (character(&rest, "-"))
		return month_or_day(reading, &civil, rest, true);
	return month_or_day(reading, &civil, rest, false);
}

/* --- names ---------------------------------------------------------------- */

static size_t
letters(struct str s)
{
	size_t n = 0;

	while (n < s.n && ascii_alpha(s.p[n]))
		n++;
	return n;
}

static bool
named(struct reading *reading)
{
	static const struct str weekdays[] = {STR_C("monday"), STR_C("tuesday"),
	    STR_C("wednesday"), STR_C("thursday"), STR_C("friday"),
	    STR_C("saturday"), STR_C("sunday")};
	static const struct str days[] = {STR_C("yesterday"), STR_C("today"),
	    STR_C("tomorrow")};
	size_t n = letters(reading->rest);
	struct str word = str_head(reading->rest, n);
	int32_t day = today(reading);

	reading->rest = str_from(reading->rest, n);
	if (str_ieq(word, STR("now"))) {
		reading->from = reading->until = reading->now;
		return true;
	}
	for (int i = 0; i < 3; i++)
		if (str_ieq(word, days[i])) {
			set_days(reading, day + i - 1, day + i);
			return true;
		}
	for (int i = 0; i < 7; i++)
		if (n >= 3 && str_istarts(weekdays[i], word)) {
			day += (i - (int)civil_weekday(day) + 7) % 7;
			set_days(reading, day, day + 1);
			return true;
		}
	return false;
}

/* --- "+3d", "-2w", "+1mo" ------------------------------------------------- */

static void
move_days(struct reading *reading, int64_t days, int months)
{
	int32_t from, until;

	if (!reading->days) {
		int64_t local =
		    zone_local(&reading->cursor, reading->zone, reading->from);
		int32_t day = civil_add_months(local_day(local), months);

		local =
		    midnight(day) + days * SECONDS_A_DAY + local_second(local);
		reading->from =
		    zone_instant(&reading->cursor, reading->zone, local, NULL);
		reading->until = reading->from;
		return;
	}
	from = civil_add_months(local_day(reading->from), months);
	until = local_day(reading->until) - local_day(reading->from);
	until += from;
	/* A whole month stays one. */
	if (until - from > 7)
		until = civil_add_months(local_day(reading->until), months);
	reading->from = midnight(from) + days * SECONDS_A_DAY;
	reading->until = midnight(until) + days * SECONDS_A_DAY;
}

static void
move_seconds(struct reading *reading, int64_t seconds)
{
	if (reading->days)
		reading->from = zone_instant(&reading->cursor, reading->zone,
		    reading->from, NULL);
	reading->days = false;
	reading->from += seconds;
	reading->until = reading->from;
}

static bool
move(struct reading *reading, bool first)
{
	int64_t sign = reading->rest.p[0] == '-' ? -1 : 1;
	struct str rest = str_from(reading->rest, 1), unit;
	size_t digits = 0;
	uint64_t n;

	while (digits < rest.n && ascii_digit(rest.p[digits]))
		digits++;
	if (!str_number(str_head(rest, digits), 4000000, &n))
		return false;
	rest = str_from(rest, digits);
	unit = str_head(rest, letters(rest));
	reading->rest = str_from(rest, unit.n);
	sign *= (int64_t)n;
	if (first && (str_ieq(unit, STR("d")) || str_ieq(unit, STR("w")) ||
			 str_ieq(unit, STR("mo")) || str_ieq(unit, STR("y"))))
		set_days(reading, today(reading), today(reading) + 1);
	if (str_ieq(unit, STR("d")))
		move_days(reading, sign, 0);
	else if (str_ieq(unit, STR("w")))
		move_days(reading, 7 * sign, 0);
	else if (str_ieq(unit, STR("mo")) && n < 120000)
		move_days(reading, 0, (int)sign);
	else if (str_ieq(unit, STR("y")) && n < 10000)
		move_days(reading, 0, (int)sign * 12);
	else if (str_ieq(unit, STR("h")))
		move_seconds(reading, 3600 * sign);
	else if (str_ieq(unit, STR("m")) || str_ieq(unit, STR("min")))
		move_seconds(reading, 60 * sign);
	else if (str_ieq(unit, STR("s")))
		move_seconds(reading, sign);
	else
		return false;
	return true;
}

static bool
epoch(struct reading *reading)
{
	struct str rest = str_from(reading->rest, 1);
	bool negative = rest.n && rest.p[0] == '-';
	uint64_t n;

	if (negative)
		rest = str_from(rest, 1);
	if (!str_number(rest, (uint64_t)LOCAL_LAST, &n))
		return false;
	reading->from = negative ? -(int64_t)n : (int64_t)n;
	reading->until = reading->from;
	reading->rest = str_from(rest, rest.n);
	return true;
}

static bool
read_word(struct reading *reading)
{
	bool first = true;
	char c = reading->rest.n ? reading->rest.p[0] : '\0';

	reading->from = reading->until = reading->now;
	if (c == '@')
		return epoch(reading);
	if (c != '+' && c != '-') {
		first = false;
		if (ascii_alpha(c) ? !named(reading) : !calendar_date(reading))
			return false;
	} else if (reading->rest.n == 1) {
		return false;
	}
	while (reading->rest.n) {
		c = reading->rest.p[0];
		if ((c != '+' && c != '-') || !move(reading, first))
			return false;
		first = false;
		/* Too far: let the caller say so before numbers overflow. */
		if (reading->from < LOCAL_FIRST || reading->from > LOCAL_LAST)
			return true;
	}
	return true;
}

bool
when_word_parse(struct when_word *word, struct str text, int64_t now,
    const struct zone *zone, struct error *err)
{
	struct reading reading = {.rest = str_trim(text),
	    .now = now,
	    .zone = zone};

	if (!read_word(&reading))
		return error_set(err, ERR_SYNTAX, pos_none(),
		    "\"%.*s\" is no time; such are 2026-11-23, "
		    "2026-11-23T09:00, 2026-W48, 2026-11, today, monday, +3d, "
		    "today+1mo, now-2h",
		    STR_ARG(str_head(text, 40)));
	if (reading.from < LOCAL_FIRST || reading.until > LOCAL_LAST + 1)
		return error_set(err, ERR_VALUE, pos_none(),
		    "\"%.*s\" is outside of the years 1 to 9999",
		    STR_ARG(str_head(text, 40)));
	word->from = reading.from;
	word->until = reading.until;
	if (reading.days) {
		word->from =
		    zone_instant(&reading.cursor, zone, reading.from, NULL);
		word->until =
		    zone_instant(&reading.cursor, zone, reading.until, NULL);
	}
	return true;
}
