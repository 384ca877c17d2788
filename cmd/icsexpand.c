/* icsexpand: the occurrences of calendars in a range, as rows, JSON, an agenda
 * or iCalendar. */
#include <locale.h>

#include "cli/listing.h"
#include "time/when.h"

enum {
	OPT_ALL = OPT_FIRST_OWN,
	OPT_AGENDA,
	OPT_ICS,
	OPT_TYPE,
	OPT_DTSTART,
	OPT_UNSORTED,
};

static const struct option_row rows[] = {
    OPTION_RANGE,
    {OPT_ALL, "all", NULL, "whenever it is; endless series need -t"},
    {OPT_TYPE, "type", "LIST", "of event,todo,journal (event)"},
    {'c', "columns", "LIST", "columns of rows, see below"},
    {OPT_HEADER, "header", NULL, "a first row with the columns' names"},
    {'J', "json", NULL, "rows as JSON Lines"},
    {OPT_AGENDA, "agenda", NULL, "days, times and titles, for people"},
    {OPT_ICS, "ics", NULL, "each occurrence as a component of its own"},
    {OPT_UNSORTED, "unsorted", NULL, "as they are found, at once"},
    {OPT_DTSTART, "dtstart", "instance|rule",
	"DTSTART is always one, or only if the rule says so"},
    OPTION_ZONE,
    OPTION_NOW,
    OPTION_OUTPUT,
    OPTION_COLOR,
    OPTION_MEMORY,
    OPTION_QUIET_ERRORS,
    OPTION_HELP,
};

static const struct program program = {
    .name = "icsexpand",
    .operands = "[[NAME=]INPUT ...]",
    .purpose = "List the occurrences of calendars, recurring ones included.\n"
	       "Without a range: today and the four weeks from now on.",
    .notes = "Columns (default: start,end,summary,location,calendar):\n"
	     "start end epoch allday duration uid recurrence-id summary\n"
	     "location status transp class categories organizer attendees\n"
	     "calendar color url description type due completed percent\n"
	     "priority sequence",
    .rows = rows,
    .inputs = "ics",
};

struct options {
	struct listing listing;
	bool all, json, agenda, ics, has_columns;
	unsigned types;
	enum rule_start school;
};

static bool
set_types(struct options *options, struct str list, struct error *err)
{
	struct str word;

	options->types = 0;
	while (str_cut(&list, ',', &word)) {
		if (str_ieq(word, STR("event")))
			options->types |= 1u << EVENT_EVENT;
		else if (str_ieq(word, STR("todo")))
			options->types |= 1u << EVENT_TODO;
		else if (str_ieq(word, STR("journal")))
			options->types |= 1u << EVENT_JOURNAL;
		else
			return error_set(err, ERR_USAGE, pos_none(),
			    "--type %.*s: event, todo or journal",
			    STR_ARG(word));
	}
	return true;
}

static bool
set(void *arg, int key, const char *value, struct error *err)
{
	struct options *options = arg;

	switch (key) {
	case OPT_ALL:
		options->all = true;
		return true;
	case OPT_AGENDA:
		options->agenda = true;
		return true;
	case OPT_ICS:
		options->ics = true;
		return true;
	case 'J':
		options->json = true;
		return true;
	case OPT_HEADER:
		options->listing.header = true;
		return true;
	case OPT_UNSORTED:
		options->listing.unsorted = true;
		return true;
	case OPT_DTSTART:
		options->school =
		    value[0] == 'r' ? RULE_START_RULE : RULE_START_INSTANCE;
		return true;
	case OPT_TYPE:
		return set_types(options, str_of(value), err);
	case 'c':
		options->has_columns = true;
		return columns_parse(&options->listing.columns, str_of(value),
		    err);
	default:
		return error_set(err, ERR_USAGE, pos_none(), "no such option");
	}
}

static void
settle(struct options *options, struct cli *cli)
{
	struct listing *listing = &options->listing;

	if (options->json + options->agenda + options->ics > 1)
		cli_usage(cli, "of --json, --agenda and --ics only one");
	listing->form = options->json     ? FORM_JSON
	                : options->agenda ? FORM_AGENDA
	                : options->ics    ? FORM_ICS
	                                  : FORM_ROWS;
	if (options->has_columns && (options->agenda || options->ics))
		cli_usage(cli, "-c chooses columns of rows; %s has none",
		    options->agenda ? "--agenda" : "--ics");
	if (listing->header && listing->form != FORM_ROWS)
		cli_usage(cli, "--header is for rows");
	if (listing->unsorted && options->agenda)
		cli_usage(cli, "an agenda is sorted: leave out --unsorted");
	if (options->all && cli->from_word)
		cli_usage(cli, "--all begins at the beginning: leave out -f");
	if (!options->has_columns)
		columns_parse(&listing->columns,
		    STR("start,end,summary,location,calendar"), NULL);
	if (!options->types)
		options->types = 1u << EVENT_EVENT |
		                 (options->agenda ? 1u << EVENT_TODO : 0u);
}

/* Four weeks from -f on, where there is no -t. */
static void
set_range(struct options *options, struct cli *cli)
{
	struct zone_cursor cursor = {0};

	if (options->all) {
		cli_resolve_time(cli, NULL, NULL);
		return;
	}
	cli_resolve_time(cli, "today", "+27d");
	if (cli->from_word && !cli->to_word)
		cli->until = zone_instant(&cursor, cli->zone,
		    zone_local(&cursor, cli->zone, cli->from) +
			28 * SECONDS_A_DAY,
		    NULL);
	else if (cli->until <= cli->from)
		cli_usage(cli, "-t %s is not after today: give -f too",
		    cli->to_word);
}

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

static void
start(struct expand *expand, const struct options *options,
    struct listing *listing, struct cli *cli)
{
	struct error err;

	if (!expand_init(expand, &cli->reader, cli->memory / 2, &err))
		cli_die(cli, &err);
	expand->options = (struct series_options){.from = cli->from,
	    .until = cli->until,
	    .zone = cli->zone,
	    .school = options->school};
	expand->types = options->types;
	expand->endless = !options->all || cli->to_word;
	expand->zones = cli->zones;
	expand->policy = cli->zone_policy;
	expand->found = listing_found;
	expand->aside = listing_aside;
	expand->report = report;
	expand->note = note;
	expand->arg = listing;
}

int
main(int argc, char **argv)
{
	struct options options = {.school = RULE_START_INSTANCE};
	struct listing *listing = &options.listing;
	struct cli_options own = {set, &options};
	struct expand expand;
	struct error err;
	struct cli cli;

	setlocale(LC_ALL, "");
	cli_start(&cli, &program, argc, argv, &own);
	cli.wants_calendars = true;
	settle(&options, &cli);
	set_range(&options, &cli);
	cli_open_inputs(&cli, 0, ".ics");
	listing_start(listing, &cli);
	start(&expand, &options, listing, &cli);
	while (cli_next(&cli)) {
		if (!walk_starts(&expand.walk))
			continue;
		listing_calendar(listing, &expand.walk);
		if (!expand_calendar(&expand, &err))
			cli_report(&cli, &err);
		listing_calendar_done(listing);
	}
	listing_finish(listing);
	expand_free(&expand);
	return cli_finish(&cli, STATUS_DONE);
}
