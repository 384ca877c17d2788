/* The basic recurrence rule grammar of vCalendar 1.0 (versit, 2.1.11). */
#include "cal/vcalendar1.h"

static const char weekdays[7][3] = {"MO", "TU", "WE", "TH", "FR", "SA", "SU"};

struct reading {
	struct str rest;
	struct buf *out;
	bool any; /* of the list being written */
};

static bool
next_word(struct reading *reading, struct str *word)
{
	struct str rest = str_trim(reading->rest);
	size_t n = 0;

	while (n < rest.n && rest.p[n] != ' ' && rest.p[n] != '\t')
		n++;
	*word = str_head(rest, n);
	reading->rest = str_from(rest, n);
	return n > 0;
}

static bool
is_weekday(struct str word)
{
	for (int i = 0; i < 7; i++)
		if (str_ieq(word, str_of(weekdays[i])))
			return true;
	return false;
}

/* "3-" is -3, "3+" and "3" are 3. */
static bool
read_number(struct str word, uint64_t most, int *number)
{
	bool negative = word.n && word.p[word.n - 1] == '-';
	uint64_t value;

	if (word.n && (negative || word.p[word.n - 1] == '+'))
		word.n--;
	if (!str_number(word, most, &value) || value == 0)
		return false;
	*number = negative ? -(int)value : (int)value;
	return true;
}

static void
start_list(struct reading *reading, const char *name)
{
	buf_printf(reading->out, "%s%s", reading->any ? "," : name,
	    reading->any ? "" : "=");
	reading->any = true;
}

/* How a rule ends: "#4", "#0", a date. */
static bool
is_ending(struct str word)
{
	return word.p[0] == '#' || (word.n >= 8 && ascii_digit(word.p[4]));
}

static bool
add_ending(struct reading *reading, struct str word, bool *ended)
{
	struct when until;
	uint64_t count;

	if (word.p[0] == '#') {
		if (!str_number(str_from(word, 1), INT32_MAX, &count))
			return false;
		*ended = true;
		return count == 0 || buf_printf(reading->out, ";COUNT=%llu",
					 (unsigned long long)count);
	}
	if (!when_parse(&until, word, pos_none(), NULL))
		return false;
	*ended = true;
	buf_printf(reading->out, ";UNTIL=");
	return when_write(&until, reading->out);
}

/* "1+ SU 1- SU", "2+ MO TU"; without any what DTSTART is. */
static bool
add_positions(struct reading *reading, const struct when *start)
{
	int nths[10], nth;
	size_t count = 0;
	bool fresh = true; /* numbers begin a new list after weekdays */
	struct str word, before = reading->rest;
	int32_t day;

	for (; next_word(reading, &word) && !is_ending(word);
	     before = reading->rest) {
		if (is_weekday(word)) {
			for (size_t i = 0; i < count; i++) {
				start_list(reading, ";BYDAY");
				buf_printf(reading->out, "%d%.*s", nths[i],
				    STR_ARG(word));
			}
			fresh = true;
			continue;
		}
		if (!read_number(word, 5, &nth) || (!fresh && count == 10))
			return false;
		count = fresh ? 0 : count;
		nths[count++] = nth;
		fresh = false;
	}
	reading->rest = before;
	if (reading->any)
		return true;
	if (!start)
		return false;
	day = local_day(start->local);
	return buf_printf(reading->out, ";BYDAY=%d%s",
	    (civil_of_day(day).day - 1) / 7 + 1, weekdays[civil_weekday(day)]);
}

static bool
add_numbers(struct reading *reading, const char *name, uint64_t most)
{
	struct str word, before = reading->rest;
	int number;

	for (; next_word(reading, &word) && !is_ending(word);
	     before = reading->rest) {
		if (str_ieq(word, STR("LD")))
			number = -1;
		else if (!read_number(word, most, &number))
			return false;
		start_list(reading, name);
		buf_printf(reading->out, "%d", number);
	}
	reading->rest = before;
	return true;
}

static bool
add_weekdays(struct reading *reading)
{
	struct str word, before = reading->rest;

	for (; next_word(reading, &word) && !is_ending(word);
	     before = reading->rest) {
		if (!is_weekday(word))
			return false;
		start_list(reading, ";BYDAY");
		buf_add_str(reading->out, word);
	}
	reading->rest = before;
	return true;
}

enum form { DAILY, WEEKLY, BY_POSITION, BY_MONTHDAY, BY_MONTH, BY_YEARDAY };

static const struct {
	const char *letters, *freq;
} forms[] = {{"D", "DAILY"}, {"W", "WEEKLY"}, {"MP", "MONTHLY"},
    {"MD", "MONTHLY"}, {"YM", "YEARLY"}, {"YD", "YEARLY"}};

static bool
add_list(struct reading *reading, enum form form, const struct when *start)
{
	switch (form) {
	case WEEKLY:
		return add_weekdays(reading);
	case BY_POSITION:
		return add_positions(reading, start);
	case BY_MONTHDAY:
		return add_numbers(reading, ";BYMONTHDAY", 31);
	case BY_MONTH:
		return add_numbers(reading, ";BYMONTH", 12);
	case BY_YEARDAY:
		return add_numbers(reading, ";BYYEARDAY", 366);
	case DAILY:
		break;
	}
	return true;
}

bool
vcalendar1_rule(struct buf *out, struct str rule, const struct when *start)
{
	struct reading reading = {.rest = rule, .out = out};
	struct str word, letters;
	uint64_t interval;
	size_t form = 0;
	bool ended = false;

	if (!next_word(&reading, &word))
		return false;
	while (form < 6 &&
	       !((letters = str_of(forms[form].letters)),
		   str_istarts(word, letters) &&
		       str_number(str_from(word, letters.n), 1000, &interval)))
		form++;
	if (form == 6 || interval == 0)
		return false;
	buf_printf(out, "FREQ=%s", forms[form].freq);
	if (interval > 1)
		buf_printf(out, ";INTERVAL=%d", (int)interval);
	if (!add_list(&reading, (enum form)form, start))
		return false;
	while (next_word(&reading, &word))
		if (!is_ending(word) || !add_ending(&reading, word, &ended))
			return false;
	/* Policy 4: without an end it happens twice. */
	if (!ended)
		buf_printf(out, ";COUNT=2");
	return buf_ok(out);
}
