/*
 * kalends-rscale.so: recurrence rules of other calendars (RFC 7529), by libical
 * on ICU. It is right there (it is not elsewhere: see doc/deviations.md), but
 * slow, large, and without end on some rules; so it is asked for days only.
 */
#include <libical/ical.h>
#include <stdlib.h>
#include <string.h>

#include "base/buf.h"
#include "cal/rscale_module.h"

/* Steps without an instance after which a rule is taken to have none. */
#define STEPS_MOST 100000

struct state {
	icalrecur_iterator *iter;
	char *rscale; /* libical's, which nobody else frees */
	int64_t start, until, last;
	uint64_t left; /* of COUNT; UINT64_MAX: no COUNT */
	bool start_first;
};

static struct icaltimetype
to_ical(int64_t local)
{
	struct civil civil = civil_of_local(local);
	struct icaltimetype time = icaltime_null_time();

	time.year = civil.year;
	time.month = civil.month;
	time.day = civil.day;
	time.hour = civil.hour;
	time.minute = civil.minute;
	time.second = civil.second;
	return time;
}

static int64_t
from_ical(struct icaltimetype time)
{
	struct civil civil = {time.year, time.month, time.day, time.hour,
	    time.minute, time.second};

	return civil_local(&civil);
}

/* COUNT and UNTIL are counted here: libical compares UNTIL in UTC as if it
 * were local, and does not count a DTSTART that the rule does not give. */
static icalrecur_iterator *
open_iterator(const struct rule *rule, int64_t start, char **rscale)
{
	struct rule bare = *rule;
	struct buf text = {0};
	struct icalrecurrencetype recurrence;
	icalrecur_iterator *iter = NULL;

	bare.count = 0;
	bare.until_kind = UNTIL_NONE;
	if (rule_write(&bare, &text) && buf_add_char(&text, '\0')) {
		recurrence = icalrecurrencetype_from_string(text.p);
		*rscale = recurrence.rscale;
		if (recurrence.freq != ICAL_NO_RECURRENCE)
			iter =
			    icalrecur_iterator_new(recurrence, to_ical(start));
	}
	buf_free(&text);
	return iter;
}

static void *
open_state(const struct rule *rule, int64_t start, bool start_is_instance,
    struct error *err)
{
	struct state *state;

	if (rule->freq < FREQ_DAILY) {
		error_set(err, ERR_VALUE, pos_none(),
		    "RSCALE=%s with a FREQ below a day is not expanded",
		    rule->rscale);
		return NULL;
	}
	state = calloc(1, sizeof(*state));
	if (!state) {
		error_set(err, ERR_MEMORY, pos_none(), "no memory");
		return NULL;
	}
	state->start = start;
	state->last = start - 1;
	state->until = INT64_MAX;
	if (rule->until_kind != UNTIL_NONE)
		state->until =
		    rule->until +
		    (rule->until_kind == UNTIL_UTC ? SECONDS_A_DAY : 0);
	state->left = rule->count ? rule->count : UINT64_MAX;
	state->start_first = start_is_instance;
	state->iter = open_iterator(rule, start, &state->rscale);
	if (!state->iter) {
		free(state->rscale);
		free(state);
		error_set(err, ERR_ABSENT, pos_none(),
		    "RSCALE=%s: a calendar or rule that ICU does not know",
		    rule->rscale);
		return NULL;
	}
	return state;
}

static void
close_state(void *arg)
{
	struct state *state = arg;

	icalrecur_iterator_free(state->iter);
	free(state->rscale);
	free(state);
}

/* The rule's own next local time after `last`. */
static bool
step(struct state *state, int64_t *local)
{
	for (int steps = 0; steps < STEPS_MOST; steps++) {
		struct icaltimetype time = icalrecur_iterator_next(state->iter);

		if (icaltime_is_null_time(time))
			return false;
		*local = from_ical(time);
		if (*local > state->last)
			return true;
	}
	return false;
}

static bool
next(void *arg, int64_t *local)
{
	struct state *state = arg;

	if (state->left == 0)
		return false;
	if (state->start_first)
		*local = state->start;
	else if (!step(state, local))
		return false;
	state->start_first = false;
	state->last = *local;
	if (*local > state->until)
		return false;
	if (state->left != UINT64_MAX)
		state->left--;
	return true;
}

__attribute__((visibility("default")))
const struct rscale_module kalends_rscale = {open_state, next, close_state};
