#include "time/rule.h"
#include "time/rule_impl.h"
#include "time/when.h"

/* One rule as it is read. */
struct reader {
	struct rule *rule;
	struct pos pos;  /* of the part at hand */
	struct str name; /* of the part at hand, as written */
	struct error *err;
};

static bool
refuse(const struct reader *reader, struct str value, const char *wanted)
{
	return error_set(reader->err, ERR_VALUE, reader->pos,
	    "%.*s=%.*s: should be %s", STR_ARG(reader->name), STR_ARG(value),
	    wanted);
}

/* -1: not one of them. */
static int
find_word(struct str word, const char *const *words, int count)
{
	for (int i = 0; i < count; i++)
		if (str_ieq(word, str_of(words[i])))
			return i;
	return -1;
}

static bool
read_freq(struct reader *reader, struct str value)
{
	int freq = find_word(value, rule_freq_names, 7);

	if (freq < 0)
		return refuse(reader, value,
		    "SECONDLY, MINUTELY, HOURLY, DAILY, WEEKLY, MONTHLY or "
		    "YEARLY");
	reader->rule->freq = (enum freq)freq;
	return true;
}

static bool
read_interval(struct reader *reader, struct str value)
{
	uint64_t n;

	if (!str_number(value, UINT32_MAX, &n) || n == 0)
		return refuse(reader, value, "a number from 1 to 4294967295");
	reader->rule->interval = (uint32_t)n;
	return true;
}

static bool
read_count(struct reader *reader, struct str value)
{
	uint64_t n;

	if (!str_number(value, INT64_MAX, &n) || n == 0)
		return refuse(reader, value, "a number from 1");
	reader->rule->count = n;
	return true;
}

static bool
read_until(struct reader *reader, struct str value)
{
	struct rule *rule = reader->rule;
	struct when when;

	if (!when_parse(&when, value, reader->pos, NULL))
		return refuse(reader, value,
		    "a date or time as 20261124 or 20261124T090000Z");
	rule->until = when.local;
	if (when.kind == WHEN_DATE) {
		rule->until_kind = UNTIL_DATE;
		rule->until += SECONDS_A_DAY - 1;
	} else {
		rule->until_kind =
		    when.kind == WHEN_UTC ? UNTIL_UTC : UNTIL_LOCAL;
	}
	return true;
}

static void
set_add(uint64_t *set, unsigned n)
{
	set[n / 64] |= UINT64_C(1) << n % 64;
}

/* A number with at most max, of no more digits than max has. `sign`: takes
 * "+" and "-", and no zero. */
static bool
read_number(struct str text, unsigned max, bool sign, int *number)
{
	bool minus = sign && text.n && text.p[0] == '-';
	uint64_t n;

	if (sign && text.n && (text.p[0] == '-' || text.p[0] == '+'))
		text = str_from(text, 1);
	if (text.n > (max > 99 ? 3 : 2) || !str_number(text, max, &n))
		return false;
	if (sign && n == 0)
		return false;
	*number = minus ? -(int)n : (int)n;
	return true;
}

/* A comma list of numbers from `min` (0 or 1) to `max`; with `back` also
 * negative. Sets of RULE_WORDS words. */
static bool
read_list(struct reader *reader, struct str value, unsigned max,
    uint64_t *forth, uint64_t *back, const char *wanted)
{
	struct str part;
	int n;

	while (str_cut(&value, ',', &part)) {
		if (!read_number(part, max, back != NULL, &n))
			return refuse(reader, part, wanted);
		if (n < 0)
			set_add(back, (unsigned)-n);
		else
			set_add(forth, (unsigned)n);
	}
	return true;
}

static bool
read_seconds(struct reader *reader, struct str value)
{
	uint64_t set[RULE_WORDS] = {0};
	uint64_t leap = UINT64_C(1) << 60;

	if (!read_list(reader, value, 60, set, NULL, "from 0 to 60"))
		return false;
	if (set[0] & leap)
		set[0] = (set[0] & ~leap) | leap >> 1;
	reader->rule->seconds = set[0];
	return true;
}

static bool
read_minutes(struct reader *reader, struct str value)
{
	uint64_t set[RULE_WORDS] = {0};

	if (!read_list(reader, value, 59, set, NULL, "from 0 to 59"))
		return false;
	reader->rule->minutes = set[0];
	return true;
}

static bool
read_hours(struct reader *reader, struct str value)
{
	uint64_t set[RULE_WORDS] = {0};

	if (!read_list(reader, value, 23, set, NULL, "from 0 to 23"))
		return false;
	reader->rule->hours = (uint32_t)set[0];
	return true;
}

/* "MO", "2MO", "-1FR". */
static bool
read_day(struct reader *reader, struct str text)
{
	struct rule *rule = reader->rule;
	int weekday, n;

	if (text.n < 2)
		return false;
	weekday = find_word(str_from(text, text.n - 2), rule_day_names, 7);
	if (weekday < 0)
		return false;
	if (text.n == 2) {
		rule->weekdays |= 1u << weekday;
		return true;
	}
	if (!read_number(str_head(text, text.n - 2), 53, true, &n))
		return false;
	rule->numbered = true;
	if (n > 0)
		rule->nth[weekday] |= UINT64_C(1) << n;
	else
		rule->nth_back[weekday] |= UINT64_C(1) << -n;
	return true;
}

static bool
read_days(struct reader *reader, struct str value)
{
	struct str part;

	while (str_cut(&value, ',', &part))
		if (!read_day(reader, part))
			return refuse(reader, part,
			    "MO, TU, WE, TH, FR, SA or SU, in MONTHLY and "
			    "YEARLY also with a number as in 2MO or -1FR");
	return true;
}

static bool
read_monthdays(struct reader *reader, struct str value)
{
	uint64_t forth[RULE_WORDS] = {0}, back[RULE_WORDS] = {0};

	if (!read_list(reader, value, 31, forth, back,
		"from 1 to 31 or -31 to -1"))
		return false;
	reader->rule->monthdays = (uint32_t)forth[0];
	reader->rule->monthdays_back = (uint32_t)back[0];
	return true;
}

static bool
read_yeardays(struct reader *reader, struct str value)
{
	struct rule *rule = reader->rule;

	return read_list(reader, value, 366, rule->yeardays,
	    rule->yeardays_back, "from 1 to 366 or -366 to -1");
}

static bool
read_weeks(struct reader *reader, struct str value)
{
	uint64_t forth[RULE_WORDS] = {0}, back[RULE_WORDS] = {0};

	if (!read_list(reader, value, 53, forth, back,
		"from 1 to 53 or -53 to -1"))
		return false;
	reader->rule->weeks = forth[0];
	reader->rule->weeks_back = back[0];
	return true;
}

static bool
read_months(struct reader *reader, struct str value)
{
	struct rule *rule = reader->rule;
	struct str part;
	int n;

	while (str_cut(&value, ',', &part)) {
		/* "5L": the leap month after the fifth (RFC 7529). */
		bool leap = part.n && ascii_upper(part.p[part.n - 1]) == 'L';
		struct str digits = leap ? str_head(part, part.n - 1) : part;
		/* Some calendars have thirteen months. */
		if (!read_number(digits, 13, false, &n) || n == 0)
			return refuse(reader, part, "from 1 to 12");
		if (leap)
			rule->leap_months |= 1u << n;
		else
			rule->months |= 1u << n;
	}
	return true;
}

static bool
read_setpos(struct reader *reader, struct str value)
{
	struct rule *rule = reader->rule;

	rule->has_setpos = true;
	return read_list(reader, value, 366, rule->setpos, rule->setpos_back,
	    "from 1 to 366 or -366 to -1");
}

static bool
read_wkst(struct reader *reader, struct str value)
{
	int weekday = find_word(value, rule_day_names, 7);

	if (weekday < 0)
		return refuse(reader, value, "MO, TU, WE, TH, FR, SA or SU");
	reader->rule->wkst = (enum weekday)weekday;
	return true;
}

static bool
read_rscale(struct reader *reader, struct str value)
{
	char *rscale = reader->rule->rscale;

	if (value.n == 0 || value.n >= sizeof(reader->rule->rscale))
		return refuse(reader, value, "the name of a calendar");
	for (size_t i = 0; i < value.n; i++) {
		char c = ascii_upper(value.p[i]);

		if (!ascii_alpha(c) && !ascii_digit(c) && c != '-')
			return refuse(reader, value, "the name of a calendar");
		rscale[i] = c;
	}
	return true;
}

static bool
read_skip(struct reader *reader, struct str value)
{
	int skip = find_word(value, rule_skip_names, 3);

	if (skip < 0)
		return refuse(reader, value, "OMIT, BACKWARD or FORWARD");
	reader->rule->skip = skip == 1   ? SKIP_BACKWARD
	                     : skip == 2 ? SKIP_FORWARD
	                                 : SKIP_OMIT;
	return true;
}

enum part {
	PART_FREQ,
	PART_UNTIL,
	PART_COUNT,
	PART_INTERVAL,
	PART_BYDAY,
	PART_BYMONTH,
	PART_BYMONTHDAY,
	PART_BYSETPOS,
	PART_WKST,
	PART_BYHOUR,
	PART_BYMINUTE,
	PART_BYSECOND,
	PART_BYYEARDAY,
	PART_BYWEEKNO,
	PART_RSCALE,
	PART_SKIP,
	PART_OTHER,
};

static const struct {
	struct str name;
	bool (*read)(struct reader *reader, struct str value);
} parts[] = {
    [PART_FREQ] = {STR_C("FREQ"), read_freq},
    [PART_UNTIL] = {STR_C("UNTIL"), read_until},
    [PART_COUNT] = {STR_C("COUNT"), read_count},
    [PART_INTERVAL] = {STR_C("INTERVAL"), read_interval},
    [PART_BYDAY] = {STR_C("BYDAY"), read_days},
    [PART_BYMONTH] = {STR_C("BYMONTH"), read_months},
    [PART_BYMONTHDAY] = {STR_C("BYMONTHDAY"), read_monthdays},
    [PART_BYSETPOS] = {STR_C("BYSETPOS"), read_setpos},
    [PART_WKST] = {STR_C("WKST"), read_wkst},
    [PART_BYHOUR] = {STR_C("BYHOUR"), read_hours},
    [PART_BYMINUTE] = {STR_C("BYMINUTE"), read_minutes},
    [PART_BYSECOND] = {STR_C("BYSECOND"), read_seconds},
    [PART_BYYEARDAY] = {STR_C("BYYEARDAY"), read_yeardays},
    [PART_BYWEEKNO] = {STR_C("BYWEEKNO"), read_weeks},
    [PART_RSCALE] = {STR_C("RSCALE"), read_rscale},
    [PART_SKIP] = {STR_C("SKIP"), read_skip},
};

static bool
read_part(struct reader *reader, struct str part, unsigned *seen)
{
	struct str value = part;
	enum part i = PART_FREQ;

	if (!str_cut(&value, '=', &reader->name) || !value.p)
		return error_set(reader->err, ERR_SYNTAX, reader->pos,
		    "\"%.*s\" in a rule: should be NAME=VALUE", STR_ARG(part));
	while (i < PART_OTHER && !str_ieq(reader->name, parts[i].name))
		i++;
	if (i == PART_OTHER)
		return error_set(reader->err, ERR_SYNTAX, reader->pos,
		    "%.*s: no part of a rule has this name",
		    STR_ARG(reader->name));
	if (*seen & 1u << i)
		return error_set(reader->err, ERR_SYNTAX, reader->pos,
		    "%s stands twice in the rule", parts[i].name.p);
	*seen |= 1u << i;
	return parts[i].read(reader, value);
}

/* What the parts must be to each other. */
static bool
check_whole(const struct rule *rule, unsigned seen, struct pos pos,
    struct error *err)
{
	const unsigned both = 1u << PART_COUNT | 1u << PART_UNTIL;

	if (!(seen & 1u << PART_FREQ))
		return error_set(err, ERR_SYNTAX, pos, "a rule without FREQ");
	if ((seen & both) == both)
		return error_set(err, ERR_SYNTAX, pos,
		    "COUNT and UNTIL in one rule: only one may be there");
	if (rule->numbered && rule->freq != FREQ_MONTHLY &&
	    rule->freq != FREQ_YEARLY)
		return error_set(err, ERR_VALUE, pos,
		    "BYDAY with a number at FREQ=%s: only MONTHLY and YEARLY "
		    "may have one",
		    rule_freq_names[rule->freq]);
	if (rule->rscale[0])
		return true;
	if (seen & 1u << PART_SKIP)
		return error_set(err, ERR_SYNTAX, pos,
		    "SKIP without RSCALE (RFC 7529, 4.1)");
	if (rule->leap_months || rule->months >> 13)
		return error_set(err, ERR_VALUE, pos,
		    "BYMONTH: should be from 1 to 12 in a rule without "
		    "RSCALE");
	return true;
}

bool
rule_parse(struct rule *rule, struct str text, struct pos pos,
    struct error *err)
{
	struct reader reader = {.rule = rule, .err = err};
	struct str rest = text, part;
	unsigned seen = 0;

	memset(rule, 0, sizeof(*rule));
	rule->interval = 1;
	while (str_cut(&rest, ';', &part)) {
		/* One semicolon too many at the end: Evolution wrote it. */
		if (part.n == 0 && !rest.p)
			break;
		reader.pos = pos;
		if (pos.column)
			reader.pos.column += (size_t)(part.p - text.p);
		if (!read_part(&reader, part, &seen))
			return false;
	}
	return check_whole(rule, seen, pos, err);
}
