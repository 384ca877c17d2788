#include "time/rule.h"
#include "time/rule_impl.h"
#include "time/when.h"

const char *const rule_freq_names[7] = {"SECONDLY", "MINUTELY", "HOURLY",
    "DAILY", "WEEKLY", "MONTHLY", "YEARLY"};
const char *const rule_day_names[7] = {"MO", "TU", "WE", "TH", "FR", "SA",
    "SU"};
const char *const rule_skip_names[3] = {"OMIT", "BACKWARD", "FORWARD"};

static bool
has_bit(const uint64_t *set, int n)
{
	return set[n / 64] >> n % 64 & 1;
}

/* ";NAME=1,2,-1", or nothing for empty sets; max: of the values. */
static void
write_list(struct buf *out, const char *name, const uint64_t *forth,
    const uint64_t *back, int max)
{
	const char *before = name;

	for (int n = 0; n <= max; n++)
		if (has_bit(forth, n)) {
			buf_printf(out, "%s%s%d", before == name ? ";" : "",
			    before, n);
			before = ",";
		}
	for (int n = max; back && n > 0; n--)
		if (has_bit(back, n)) {
			buf_printf(out, "%s%s-%d", before == name ? ";" : "",
			    before, n);
			before = ",";
		}
}

/* The same for sets of one word. */
static void
write_small(struct buf *out, const char *name, uint64_t forth, uint64_t back)
{
	write_list(out, name, &forth, &back, 63);
}

static void
write_days(struct buf *out, const struct rule *rule)
{
	const char *before = ";BYDAY=";

	for (int day = 0; day < 7; day++) {
		const char *name = rule_day_names[day];

		if (rule->weekdays >> day & 1) {
			buf_printf(out, "%s%s", before, name);
			before = ",";
		}
		for (int n = -53; n <= 53; n++) {
			uint64_t set =
			    n < 0 ? rule->nth_back[day] : rule->nth[day];

			if (!(set >> (n < 0 ? -n : n) & 1))
				continue;
			buf_printf(out, "%s%d%s", before, n, name);
			before = ",";
		}
	}
}

static void
write_until(struct buf *out, const struct rule *rule)
{
	struct when when = {.local = rule->until};

	if (rule->until_kind == UNTIL_NONE)
		return;
	when.kind = rule->until_kind == UNTIL_UTC ? WHEN_UTC : WHEN_FLOATING;
	if (rule->until_kind == UNTIL_DATE)
		when.kind = WHEN_DATE;
	buf_add_str(out, STR(";UNTIL="));
	when_write(&when, out);
}

static void
write_months(struct buf *out, const struct rule *rule)
{
	const char *before = ";BYMONTH=";

	for (int month = 1; month <= 13; month++) {
		if (rule->months >> month & 1) {
			buf_printf(out, "%s%d", before, month);
			before = ",";
		}
		if (rule->leap_months >> month & 1) {
			buf_printf(out, "%s%dL", before, month);
			before = ",";
		}
	}
}

bool
rule_write(const struct rule *rule, struct buf *out)
{
	if (rule->rscale[0])
		buf_printf(out, "RSCALE=%s;", rule->rscale);
	buf_printf(out, "FREQ=%s", rule_freq_names[rule->freq]);
	write_until(out, rule);
	if (rule->count)
		buf_printf(out, ";COUNT=%llu", (unsigned long long)rule->count);
	if (rule->interval != 1)
		buf_printf(out, ";INTERVAL=%u", (unsigned)rule->interval);
	write_small(out, "BYSECOND=", rule->seconds, 0);
	write_small(out, "BYMINUTE=", rule->minutes, 0);
	write_small(out, "BYHOUR=", rule->hours, 0);
	write_days(out, rule);
	write_small(out, "BYMONTHDAY=", rule->monthdays, rule->monthdays_back);
	write_list(out, "BYYEARDAY=", rule->yeardays, rule->yeardays_back, 366);
	write_small(out, "BYWEEKNO=", rule->weeks, rule->weeks_back);
	write_months(out, rule);
	write_list(out, "BYSETPOS=", rule->setpos, rule->setpos_back, 366);
	if (rule->wkst != MONDAY)
		buf_printf(out, ";WKST=%s", rule_day_names[rule->wkst]);
	if (rule->skip != SKIP_OMIT)
		buf_printf(out, ";SKIP=%s", rule_skip_names[rule->skip]);
	return buf_ok(out);
}

static bool
set_empty(const uint64_t *set)
{
	uint64_t any = 0;

	for (int i = 0; i < RULE_WORDS; i++)
		any |= set[i];
	return any == 0;
}

bool
rule_has_yeardays(const struct rule *rule)
{
	return !set_empty(rule->yeardays) || !set_empty(rule->yeardays_back);
}

static bool
forbid(struct error *err, const char *what)
{
	return error_set(err, ERR_VALUE, pos_none(), "%s (RFC 5545, 3.3.10)",
	    what);
}

bool
rule_check(const struct rule *rule, struct error *err)
{
	bool weeks = rule->weeks || rule->weeks_back;
	bool monthdays = rule->monthdays || rule->monthdays_back;
	bool yeardays = rule_has_yeardays(rule);
	bool days = rule->weekdays || rule->numbered;

	if (weeks && rule->freq != FREQ_YEARLY)
		return forbid(err, "BYWEEKNO is for FREQ=YEARLY only");
	if (yeardays && rule->freq >= FREQ_DAILY && rule->freq != FREQ_YEARLY)
		return forbid(err,
		    "BYYEARDAY is not for FREQ=DAILY, WEEKLY and MONTHLY");
	if (monthdays && rule->freq == FREQ_WEEKLY)
		return forbid(err, "BYMONTHDAY is not for FREQ=WEEKLY");
	if (weeks && rule->numbered)
		return forbid(err, "BYDAY has a number beside BYWEEKNO");
	if (rule->has_setpos && !weeks && !yeardays && !monthdays && !days &&
	    !rule->months && !rule->leap_months && !rule->hours &&
	    !rule->minutes && !rule->seconds)
		return forbid(err, "BYSETPOS needs another BY part");
	return true;
}

bool
rule_is_dated(const struct rule *rule)
{
	return rule->freq >= FREQ_DAILY && !rule->hours && !rule->minutes &&
	       !rule->seconds;
}
