#include "pdf/range.h"

#define MOST_DAYS 40000
/* Where tasks are not asked for by a range: how far series of them go. */
#define TASKS_AHEAD 400

static int32_t
day_of(struct print *print, int64_t instant)
{
	return local_day(
	    zone_local(&print->wish.cursor, print->cli->zone, instant));
}

static int64_t
instant_of(struct print *print, int32_t day)
{
	return zone_instant(&print->wish.cursor, print->cli->zone,
	    (int64_t)day * SECONDS_A_DAY, NULL);
}

/* The period's first day, and that of the next one. */
static int32_t
period_start(const struct print *print, int32_t day)
{
	struct civil civil = civil_of_day(day);

	switch (print->view->period) {
	case PERIOD_WEEK:
		return day - agenda_into_week(&print->wish, day);
	case PERIOD_MONTH:
		return day - civil.day + 1;
	case PERIOD_YEAR:
		return day - civil_yearday(day) + 1;
	default:
		return day;
	}
}

static int32_t
period_next(const struct print *print, int32_t day)
{
	switch (print->view->period) {
	case PERIOD_WEEK:
		return day + 7;
	case PERIOD_MONTH:
		return civil_add_months(day, 1);
	case PERIOD_YEAR:
		return civil_add_months(day, 12);
	default:
		return day + 1;
	}
}

/* Tasks of all times, but of those that recur only the near ones. */
static void
set_tasks(struct print *print)
{
	struct cli *cli = print->cli;
	struct agenda_paper *wish = &print->wish;

	cli_resolve_time(cli, NULL, NULL);
	wish->ranged = cli->from_word || cli->to_word;
	if (cli->from_word && !cli->to_word)
		cli->until = instant_of(print, day_of(print, cli->from) + 28);
	if (cli->until <= cli->from)
		cli_usage(cli, "-t %s is not after the start", cli->to_word);
	wish->zone = cli->zone;
	wish->now = cli->now;
	wish->first = INT32_MIN;
	wish->until = INT32_MAX;
	wish->today = day_of(print, cli->now);
	if (!wish->ranged)
		print->series_until =
		    instant_of(print, wish->today + TASKS_AHEAD);
}

/* The days of other months that a page of months shows too. */
static void
set_read(struct print *print)
{
	const struct agenda_paper *wish = &print->wish;
	bool more = print->view->period == PERIOD_MONTH &&
	            wish->adjacent == ADJACENT_FULL;

	print->read_first = wish->first;
	print->read_until = wish->until;
	if (more) {
		print->read_first -= agenda_into_week(wish, wish->first);
		print->read_until +=
		    6 - agenda_into_week(wish, wish->until - 1);
	}
	print->cli->from = instant_of(print, print->read_first);
	print->cli->until = instant_of(print, print->read_until);
}

void
range_set(struct print *print)
{
	struct cli *cli = print->cli;
	struct agenda_paper *wish = &print->wish;
	int32_t first, last;

	if (print->view->period == PERIOD_ALL) {
		set_tasks(print);
		print->read_first = INT32_MIN;
		print->read_until = INT32_MAX;
		return;
	}
	cli_resolve_time(cli, "today", "today");
	if (cli->from_word && !cli->to_word)
		cli->until = cli->from + 1;
	if (cli->until <= cli->from)
		cli_usage(cli, "-t %s is not after the start: give -f too",
		    cli->to_word);
	wish->now = cli->now;
	wish->zone = cli->zone;
	first = day_of(print, cli->from);
	last = day_of(print, cli->until - 1);
	wish->today = day_of(print, cli->now);
	if (last - first > MOST_DAYS)
		cli_usage(cli, "more than a hundred years: give -f and -t");
	wish->first = period_start(print, first);
	wish->until = period_next(print, period_start(print, last));
	if (print->view->draw == draw_list && cli->to_word) {
		wish->first = first;
		wish->until = last + 1;
	}
	set_read(print);
}
