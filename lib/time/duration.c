/* Durations (RFC 5545, 3.3.6) and their short form for people. */
#include "time/when.h"

/* Ten thousand years, in seconds. */
#define DURATION_MOST ((int64_t)10000 * 366 * SECONDS_A_DAY)

struct unit {
	char letter;
	int64_t seconds;
};

static const struct unit *
find_unit(char letter)
{
	static const struct unit units[] = {
	    {'W', 7 * SECONDS_A_DAY},
	    {'D', SECONDS_A_DAY},
	    {'H', 3600},
	    {'M', 60},
	    {'S', 1},
	};

	for (size_t i = 0; i < sizeof(units) / sizeof(units[0]); i++)
		if (units[i].letter == ascii_upper(letter))
			return &units[i];
	return NULL;
}

/* Takes a number and the letter after it off the front of *rest. */
static bool
take_part(struct str *rest, int64_t *number, const struct unit **unit)
{
	uint64_t value = 0;
	size_t n = 0;

	while (n < rest->n && ascii_digit(rest->p[n]))
		n++;
	if (n == 0 || n == rest->n)
		return false;
	*unit = find_unit(rest->p[n]);
	if (!*unit)
		return false;
	/* Too large a number is told apart by the caller: it is above all. */
	if (!str_number(str_head(*rest, n), DURATION_MOST, &value))
		value = DURATION_MOST + 1;
	*number = (int64_t)value;
	*rest = str_from(*rest, n + 1);
	return true;
}

static bool
add_part(struct duration *duration, int64_t number, const struct unit *unit)
{
	if (number > DURATION_MOST / unit->seconds)
		return false;
	if (unit->seconds >= SECONDS_A_DAY)
		duration->days += number * (unit->seconds / SECONDS_A_DAY);
	else
		duration->seconds += number * unit->seconds;
	return duration->days <= DURATION_MOST / SECONDS_A_DAY &&
	       duration->seconds <= DURATION_MOST;
}

static bool
bad(struct str value, bool words, struct pos pos, struct error *err)
{
	return error_set(err, ERR_SYNTAX, pos,
	    "\"%.*s\" is no duration (such as %s)",
	    STR_ARG(str_head(value, 40)), words ? "30m, 1h30m, 2d" : "PT1H30M");
}

bool
duration_parse(struct duration *duration, struct str value, bool words,
    struct pos pos, struct error *err)
{
	struct str rest = str_trim(value);
	bool negative = false, iso = false, time = false;
	const struct unit *unit, *before = NULL;
	int64_t number;

	*duration = (struct duration){0};
	if (rest.n && (rest.p[0] == '-' || rest.p[0] == '+')) {
		negative = rest.p[0] == '-';
		rest = str_from(rest, 1);
	}
	if (rest.n && ascii_upper(rest.p[0]) == 'P') {
		iso = true;
		rest = str_from(rest, 1);
	}
	if (rest.n == 0 || (!iso && !words))
		return bad(value, words, pos, err);
	while (rest.n) {
		if (iso && !time && ascii_upper(rest.p[0]) == 'T') {
			time = true;
			rest = str_from(rest, 1);
			if (rest.n == 0)
				return bad(value, words, pos, err);
		}
		if (!take_part(&rest, &number, &unit) ||
		    (iso && time != (unit->seconds < SECONDS_A_DAY)) ||
		    (before && unit->seconds >= before->seconds))
			return bad(value, words, pos, err);
		before = unit;
		if (!add_part(duration, number, unit))
			return error_set(err, ERR_VALUE, pos,
			    "a duration of more than ten thousand years");
	}
	if (negative) {
		duration->days = -duration->days;
		duration->seconds = -duration->seconds;
	}
	return true;
}

bool
duration_write(const struct duration *duration, struct buf *out)
{
	bool negative = duration->days < 0 || duration->seconds < 0;
	int64_t days = negative ? -duration->days : duration->days;
	int64_t seconds = negative ? -duration->seconds : duration->seconds;
	long long hours = seconds / 3600, minutes = seconds / 60 % 60;

	buf_add_str(out, negative ? STR("-P") : STR("P"));
	if (seconds == 0 && days && days % 7 == 0)
		return buf_printf(out, "%lldW", (long long)days / 7);
	if (days)
		buf_printf(out, "%lldD", (long long)days);
	if (days && seconds == 0)
		return buf_ok(out);
	buf_add_char(out, 'T');
	if (hours)
		buf_printf(out, "%lldH", hours);
	/* "PT1H0M5S": the grammar knows no hours and seconds alone. */
	if (minutes || (hours && seconds % 60))
		buf_printf(out, "%lldM", minutes);
	if (seconds % 60 || seconds == 0)
		buf_printf(out, "%lldS", (long long)seconds % 60);
	return buf_ok(out);
}
