/* icsview: calendars on a terminal: list, day, week, month, tasks. */
#include <locale.h>

#include "cli/language.h"
#include "cli/listing.h"
#include "term/names.h"
#include "term/view.h"
#include "time/when.h"

enum {
	OPT_VIEW = OPT_FIRST_OWN,
	OPT_BY,
	OPT_HOURS,
	OPT_DAYS,
	OPT_SLOT,
	OPT_WEEK_START,
	OPT_FREE,
	OPT_DONE,
	OPT_TYPE,
	OPT_WIDTH,
};

static const struct option_row rows[] = {
    {OPT_VIEW, "view", "list|day|week|month|tasks", "what is shown (list)"},
    OPTION_RANGE,
    {OPT_BY, "by", "calendar", "side by side, instead of together"},
    {OPT_HOURS, "hours", "HOURS", "always shown (08:00-18:00)"},
    {OPT_DAYS, "days", "DAYS", "such as mon-fri (all)"},
    {OPT_SLOT, "slot", "DURATION", "of a row (30m; 1h on a low screen)"},
    {OPT_WEEK_START, "week-start", "DAY", "instead of the locale's"},
    {OPT_FREE, "free", NULL, "show the time that nothing takes"},
    {OPT_DONE, "done", NULL, "tasks that are done or cancelled too"},
    {OPT_TYPE, "type", "LIST", "of event,todo,journal (event,todo)"},
    {OPT_WIDTH, "width", "COLUMNS", "instead of the terminal's"},
    OPTION_ZONE,
    OPTION_NOW,
    OPTION_OUTPUT,
    OPTION_COLOR,
    OPTION_MEMORY,
    OPTION_QUIET_ERRORS,
    OPTION_HELP,
};

static const struct program program = {
    .name = "icsview",
    .operands = "[[NAME[<ADDRESS>]=]INPUT ...]",
    .purpose = "Show calendars on a terminal; without -f, from today on.",
    .rows = rows,
    .inputs = "ics",
};

struct options {
	struct view view;
	struct listing listing;
	size_t width;
	unsigned types;
	bool has_week_start;
};

static const struct view_kind *const kinds[] = {&view_list, &view_day,
    &view_week, &view_month, &view_tasks};

/* --- options -------------------------------------------------------------- */

static bool
set_types(struct options *options, struct str list, struct error *err)
{
	static const char words[] = "|event|todo|journal";
	char name[16];
	struct str word;

	options->types = 0;
	while (str_cut(&list, ',', &word)) {
		int type;

		snprintf(name, sizeof(name), "%.*s", STR_ARG(word));
		type = option_word(words, name);
		if (type < 1)
			return error_set(err, ERR_USAGE, pos_none(),
			    "--type %.*s: event, todo or journal",
			    STR_ARG(word));
		options->types |= 1u << type;
	}
	return true;
}

static bool
set_slot(struct options *options, const char *value, struct error *err)
{
	struct duration slot;

	if (!duration_parse(&slot, str_of(value), true, pos_none(), err) ||
	    slot.days != 0 || slot.seconds < 300 || slot.seconds > 43200 ||
	    slot.seconds % 60)
		return error_set(err, ERR_USAGE, pos_none(),
		    "--slot %s: from 5m to 12h", value);
	options->view.slot = (int32_t)slot.seconds;
	return true;
}

static bool
set_week_start(struct options *options, const char *value, struct error *err)
{
	struct hours hours;

	if (!hours_parse_days(&hours, str_of(value), NULL) ||
	    (hours.days & (hours.days - 1)))
		return error_set(err, ERR_USAGE, pos_none(),
		    "--week-start %s: such as mon or sunday", value);
	options->has_week_start = true;
	options->view.week_start = (enum weekday)__builtin_ctz(hours.days);
	return true;
}

static bool
set_width(struct options *options, const char *value, struct error *err)
{
	uint64_t width;

	if (!str_number(str_of(value), SCREEN_WIDEST, &width) ||
	    width < SCREEN_NARROWEST)
		return error_set(err, ERR_USAGE, pos_none(),
		    "--width %s: from %d to %d columns", value,
		    SCREEN_NARROWEST, SCREEN_WIDEST);
	options->width = (size_t)width;
	return true;
}

static bool
set(void *arg, int key, const char *value, struct error *err)
{
	struct options *options = arg;
	struct view *view = &options->view;

	switch (key) {
	case OPT_VIEW:
		for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
			if (str_eq(str_of(kinds[i]->name), str_of(value)))
				view->kind = kinds[i];
		return true;
	case OPT_BY:
		view->by_calendar = str_eq(str_of(value), STR("calendar"));
		return view->by_calendar ||
		       error_set(err, ERR_USAGE, pos_none(),
			   "--by %s: only calendar", value);
	case OPT_HOURS:
		return hours_parse(&view->hours, str_of(value), err);
	case OPT_DAYS:
		return hours_parse_days(&view->hours, str_of(value), err);
	case OPT_SLOT:
		return set_slot(options, value, err);
	case OPT_WEEK_START:
		return set_week_start(options, value, err);
	case OPT_FREE:
		view->free = true;
		return true;
	case OPT_DONE:
		view->done = true;
		return true;
	case OPT_TYPE:
		return set_types(options, str_of(value), err);
	case OPT_WIDTH:
		return set_width(options, value, err);
	default:
		return error_set(err, ERR_USAGE, pos_none(), "no such option");
	}
}

static void
settle(struct options *options, struct cli *cli)
{
	const struct view *view = &options->view;
	bool tasks = view->kind == &view_tasks;

	if (view->done && !tasks)
		cli_usage(cli, "--done is for --view tasks");
	if (view->free && tasks)
		cli_usage(cli, "--free is for events: not in --view tasks");
	if (options->types && tasks && options->types != 1u << EVENT_TODO)
		cli_usage(cli, "--view tasks shows tasks: leave out --type");
	if (!options->types)
		options->types = tasks ? 1u << EVENT_TODO
		                       : 1u << EVENT_EVENT | 1u << EVENT_TODO;
}

/* --- the range ------------------------------------------------------------ */

/* So many days from the start, on the wall clock. */
static int64_t
days_on(const struct cli *cli, int64_t start, int days)
{
	struct zone_cursor cursor = {0};

	return zone_instant(&cursor, cli->zone,
	    zone_local(&cursor, cli->zone, start) + days * SECONDS_A_DAY, NULL);
}

/* Tasks of any time, those that recur as far as a year goes. */
#define TASKS_AHEAD 400

static void
set_range(struct options *options, struct cli *cli)
{
	struct view *view = &options->view;
	int days = view->kind == &view_list ? 7 : 1;

	view->ranged = cli->from_word || cli->to_word;
	if (view->kind == &view_tasks) {
		cli_resolve_time(cli, NULL, NULL);
		if (cli->from_word && !cli->to_word)
			cli->until = days_on(cli, cli->from, 28);
	} else {
		cli_resolve_time(cli, "today", days == 7 ? "+6d" : "today");
		if (cli->from_word && !cli->to_word)
			cli->until = days_on(cli, cli->from, days);
		if (cli->until <= cli->from)
			cli_usage(cli, "-t %s is not after today: give -f too",
			    cli->to_word);
	}
	view->zone = cli->zone;
	view->from = cli->from;
	view->until = cli->until;
	view->now = cli->now;
	view->memory = cli->memory / 4;
}

/* --- the loop ------------------------------------------------------------- */

static void
report(void *arg, const struct error *err)
{
	struct listing *listing = arg;

	cli_report(listing->cli, err);
}

static void
note(void *arg, const struct error *err)
{
	struct listing *listing = arg;

	cli_note(listing->cli, err);
}

/* What listing does with occurrences, for the view. */
static void
start_listing(struct options *options, struct cli *cli)
{
	struct listing *listing = &options->listing;
	struct view *view = &options->view;

	listing->form = FORM_ITEMS;
	listing->calendar = view_calendar;
	listing->show = view_show;
	listing->arg = view;
	listing->whole_tasks = view->kind == &view_tasks;
	listing->by_calendar =
	    view->by_calendar &&
	    (view->kind == &view_tasks || view->kind == &view_list);
	/* Whole pages. */
	cli->from = view->from;
	cli->until = view->until;
	listing_start(listing, cli);
}

static void
start(struct expand *expand, struct options *options, struct cli *cli)
{
	const struct view *view = &options->view;
	struct error err;

	if (!expand_init(expand, &cli->reader, cli->memory / 4, &err))
		cli_die(cli, &err);
	expand->options = (struct series_options){.from = view->from,
	    .until = view->until,
	    .zone = view->zone};
	expand->types = options->types;
	expand->endless = true;
	if (view->kind == &view_tasks && !view->ranged)
		expand->series_until = days_on(cli, view->now, TASKS_AHEAD);
	expand->zones = cli->zones;
	expand->policy = cli->zone_policy;
	expand->found = listing_found;
	expand->aside = listing_aside;
	expand->report = report;
	expand->note = note;
	expand->arg = &options->listing;
}

static void
read_all(struct cli *cli, struct expand *expand, struct listing *listing)
{
	struct error err;

	while (cli_next(cli)) {
		if (!walk_starts(&expand->walk))
			continue;
		listing_calendar(listing, &expand->walk);
		if (!expand_calendar(expand, &err))
			cli_report(cli, &err);
		listing_calendar_done(listing);
	}
}

int
main(int argc, char **argv)
{
	struct options options = {.view = {.kind = &view_list}};
	struct cli_options own = {set, &options};
	struct expand expand;
	struct cli cli;

	setlocale(LC_ALL, "");
	hours_init(&options.view.hours);
	hours_parse(&options.view.hours, STR("08:00-18:00"), NULL);
	cli_start(&cli, &program, argc, argv, &own);
	cli.wants_calendars = true;
	settle(&options, &cli);
	set_range(&options, &cli);
	if (!options.has_week_start)
		options.view.week_start = locale_week_start();
	view_init(&options.view, &cli.out, options.width, cli.color);
	start_listing(&options, &cli);
	cli_open_inputs(&cli, 0, ".ics");
	start(&expand, &options, &cli);
	read_all(&cli, &expand, &options.listing);
	listing_finish(&options.listing);
	if (!view_finish(&options.view) && cli.out.failure == 0)
		cli_no_memory(&cli);
	view_free(&options.view);
	expand_free(&expand);
	return cli_finish(&cli, STATUS_DONE);
}
