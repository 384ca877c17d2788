#include "cal/hours.h"

#include "time/civil.h"

#define ALL_DAYS 0x7f

void
hours_init(struct hours *hours)
{
	*hours = (struct hours){.count = 1, .days = ALL_DAYS};
	hours->stretches[0].until = (int32_t)SECONDS_A_DAY;
}

/* "9", "09:00", "24:00" */
static bool
parse_clock(struct str text, int32_t *second)
{
	uint64_t hour, minute = 0;
	struct str part;

	if (!str_cut(&text, ':', &part) || !str_number(part, 24, &hour))
		return false;
	if (text.p && !str_number(text, 59, &minute))
		return false;
	*second = (int32_t)(hour * 3600 + minute * 60);
	return *second <= SECONDS_A_DAY;
}

bool
hours_parse(struct hours *hours, struct str text, struct error *err)
{
	struct str whole = text, part, from;
	int32_t start, end;

	hours->count = 0;
	while (str_cut(&text, ',', &part)) {
		struct str until = part;

		if (hours->count == HOURS_MOST)
			return error_set(err, ERR_USAGE, pos_none(),
			    "--hours: %d stretches at most", HOURS_MOST);
		if (!str_cut(&until, '-', &from) || !until.p ||
		    !parse_clock(str_trim(from), &start) ||
		    !parse_clock(str_trim(until), &end) || start == end ||
		    start == SECONDS_A_DAY)
			return error_set(err, ERR_USAGE, pos_none(),
			    "--hours %.*s: such as 09:00-18:00 or "
			    "9-12,13:30-18",
			    STR_ARG(whole));
		hours->stretches[hours->count].from = start;
		hours->stretches[hours->count++].until = end;
	}
	return true;
}

static bool
parse_day(struct str text, int *day)
{
	static const struct str names[] = {STR_C("monday"), STR_C("tuesday"),
	    STR_C("wednesday"), STR_C("thursday"), STR_C("friday"),
	    STR_C("saturday"), STR_C("sunday")};

	for (*day = MONDAY; *day <= SUNDAY; ++*day)
		if (text.n >= 2 && str_istarts(names[*day], text))
			return true;
	return false;
}

bool
hours_parse_days(struct hours *hours, struct str text, struct error *err)
{
	struct str whole = text, part, word;
	int first, last;

	hours->days = 0;
	while (str_cut(&text, ',', &part)) {
		struct str rest = str_trim(part);

		if (!str_cut(&rest, '-', &word) || !parse_day(word, &first) ||
		    !parse_day(rest.p ? rest : word, &last))
			return error_set(err, ERR_USAGE, pos_none(),
			    "--days %.*s: such as mon-fri or mon,wed,sat",
			    STR_ARG(whole));
		for (; first != last; first = (first + 1) % 7)
			hours->days |= (uint8_t)(1u << first);
		hours->days |= (uint8_t)(1u << last);
	}
	return true;
}

static void
add_day(const struct hours *hours, const struct zone *zone, int64_t midnight,
    int64_t from, int64_t until, struct busy_set *set)
{
	struct zone_cursor cursor = {0};

	for (size_t i = 0; i < hours->count; i++) {
		int64_t start = midnight + hours->stretches[i].from;
		int64_t end = midnight + hours->stretches[i].until;

		if (end <= start)
			end += SECONDS_A_DAY;
		busy_add_within(set, zone_instant(&cursor, zone, start, NULL),
		    zone_instant(&cursor, zone, end, NULL), BUSY_FREE, from,
		    until);
	}
}

void
hours_add(const struct hours *hours, const struct zone *zone, int64_t from,
    int64_t until, struct busy_set *set)
{
	struct zone_cursor cursor = {0};
	int32_t day = local_day(zone_local(&cursor, zone, from)) - 1;
	int32_t last = local_day(zone_local(&cursor, zone, until)) + 1;

	for (; day <= last; day++)
		if (hours->days & 1u << civil_weekday(day))
			add_day(hours, zone, (int64_t)day * SECONDS_A_DAY, from,
			    until, set);
}
