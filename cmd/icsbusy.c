/* icsbusy: when people are busy or free, as VFREEBUSY, rows, JSON or a grid. */
#include <locale.h>

#include "cal/hours.h"
#include "cli/busy_grid.h"
#include "cli/busy_publish.h"
#include "cli/busy_rows.h"
#include "cli/people.h"
#include "cli/terminal.h"
#include "cli/user_file.h"
#include "time/when.h"

enum {
	OPT_ROWS = OPT_FIRST_OWN,
	OPT_GRID,
	OPT_SLOT,
	OPT_INVERT,
	OPT_HOURS,
	OPT_DAYS,
	OPT_UNION,
	OPT_EACH,
	OPT_INTO,
	OPT_REPLY,
	OPT_BUSY_ONLY,
	OPT_ALLDAY,
	OPT_NEEDS,
	OPT_ZONE_OF,
	OPT_DOMAIN,
};

static const struct option_row rows[] = {
    OPTION_RANGE,
    {OPT_ROWS, "rows", NULL, "start, end, epoch, type, who a line"},
    {'c', "columns", "LIST", "columns of rows (these)"},
    {OPT_HEADER, "header", NULL, "a first row with the columns' names"},
    {'J', "json", NULL, "rows as JSON Lines"},
    {OPT_GRID, "grid", NULL, "for people: a row each, a sign a slot"},
    {OPT_SLOT, "slot", "DURATION", "of the grid (30m)"},
    {OPT_INVERT, "invert", NULL, "when people are free"},
    {OPT_HOURS, "hours", "LIST", "for --invert, --grid: 09:00-18:00"},
    {OPT_DAYS, "days", "LIST", "for --invert, --grid: mon-fri"},
    {OPT_UNION, "union", NULL, "all people as one"},
    {OPT_BUSY_ONLY, "busy-only", NULL, "nothing but times"},
    {OPT_EACH, "each", NULL, "one file a user, in the folder --into"},
    {OPT_INTO, "into", "DIR", "the folder of --each"},
    {OPT_REPLY, "reply-to", "FILE", "answer this request"},
    {OPT_ALLDAY, "allday", "busy|explicit|free", "what all-day events are"},
    {OPT_NEEDS, "needs-action", "free|tentative|busy",
	"what unanswered ones are (tentative)"},
    {OPT_ZONE_OF, "zone-of", "NAME=ZONE", "zone of somebody's floating times"},
    {OPT_DOMAIN, "domain", "NAME", "of owners without an address"},
    OPTION_ZONE,
    OPTION_NOW,
    OPTION_OUTPUT,
    OPTION_COLOR,
    OPTION_MEMORY,
    OPTION_QUIET_ERRORS,
    OPTION_HELP,
};

static const struct program program = {
    .name = "icsbusy",
    .operands = "[[NAME[<ADDRESS>]=]INPUT ...]",
    .purpose = "Tell when people are busy, from calendars and free/busy files.",
    .rows = rows,
    .inputs = "ics",
};

enum form { FORM_ICS, FORM_ROWS, FORM_JSON, FORM_GRID };

struct options {
	struct cli *cli;
	struct people people;
	bool rows, json, grid, header, columns, invert, together, busy_only;
	bool each, has_hours;
	enum form form;
	int64_t slot;
	struct hours hours;
	const char *into, *reply_path;

	struct busy_rows table;
	struct busy_grid *picture;
	struct busy_request request;
	struct busy_set all, shown;
	struct buf out;
};

static bool
set_slot(struct options *options, const char *value, struct error *err)
{
	struct duration slot;

	if (!duration_parse(&slot, str_of(value), true, pos_none(), err))
		return false;
	options->slot = slot.days * SECONDS_A_DAY + slot.seconds;
	if (options->slot >= 60 && options->slot <= SECONDS_A_DAY)
		return true;
	return error_set(err, ERR_USAGE, pos_none(), "--slot %s: from 1m to 1d",
	    value);
}

static bool
set_flag(struct options *options, int key)
{
	bool *flag = key == OPT_ROWS        ? &options->rows
	             : key == 'J'           ? &options->json
	             : key == OPT_HEADER    ? &options->header
	             : key == OPT_GRID      ? &options->grid
	             : key == OPT_INVERT    ? &options->invert
	             : key == OPT_UNION     ? &options->together
	             : key == OPT_BUSY_ONLY ? &options->busy_only
	             : key == OPT_EACH      ? &options->each
	                                    : NULL;

	if (flag)
		*flag = true;
	return flag;
}

static bool
set(void *arg, int key, const char *value, struct error *err)
{
	struct options *options = arg;

	switch (key) {
	case 'c':
		options->columns = true;
		return busy_rows_parse(&options->table, str_of(value), err);
	case OPT_SLOT:
		return set_slot(options, value, err);
	case OPT_HOURS:
		options->has_hours = true;
		return hours_parse(&options->hours, str_of(value), err);
	case OPT_DAYS:
		options->has_hours = true;
		return hours_parse_days(&options->hours, str_of(value), err);
	case OPT_INTO:
		options->into = value;
		return true;
	case OPT_REPLY:
		options->reply_path = value;
		return true;
	case OPT_ALLDAY:
		options->people.rules.allday =
		    (enum busy_allday)option_word("busy|explicit|free", value);
		return true;
	case OPT_NEEDS:
		options->people.rules.needs_action = value[0] == 'f' ? BUSY_FREE
		                                     : value[0] == 't'
		                                         ? BUSY_TENTATIVE
		                                         : BUSY_BUSY;
		return true;
	case OPT_ZONE_OF:
		return people_zone_option(&options->people, value, err);
	case OPT_DOMAIN:
		options->people.domain = value;
		return true;
	default:
		return set_flag(options, key);
	}
}

/* --- options that go together --------------------------------------------- */

static void
settle_form(struct options *options, struct cli *cli)
{
	bool as_rows = options->rows || options->columns || options->header;

	if ((as_rows && options->grid) || (options->json && options->grid) ||
	    (options->rows && options->json))
		cli_usage(cli, "of --rows, --json and --grid only one");
	if (options->header && options->json)
		cli_usage(cli, "--header is for rows");
	options->form = options->grid   ? FORM_GRID
	                : options->json ? FORM_JSON
	                : as_rows       ? FORM_ROWS
	                                : FORM_ICS;
	if (options->slot && options->form != FORM_GRID)
		cli_usage(cli, "--slot is for --grid");
	if (options->has_hours && !options->invert && !options->grid)
		cli_usage(cli,
		    "--hours and --days are for --invert and --grid");
	if (options->busy_only && options->grid && !options->together)
		cli_usage(cli,
		    "--busy-only leaves no names for a grid: add --union");
	if (!options->columns)
		busy_rows_parse(&options->table,
		    options->busy_only ? STR("start,end,epoch,type")
				       : STR("start,end,epoch,type,who"),
		    NULL);
}

static void
settle_each(struct options *options, struct cli *cli)
{
	if (options->each != (options->into != NULL))
		cli_usage(cli, "--each and --into DIR go together");
	if (options->each && options->form != FORM_ICS)
		cli_usage(cli, "--each writes free/busy files: leave out "
			       "--rows, --json and --grid");
	if (options->each && (options->together || options->reply_path))
		cli_usage(cli, "--each writes a file a user: leave out %s",
		    options->together ? "--union" : "--reply-to");
	if (options->each && cli->output_path)
		cli_usage(cli, "--each writes into %s: leave out -o",
		    options->into);
	if (options->each && cli->operand_count == 0)
		cli_usage(cli, "--each needs the folders of the users");
	if (!options->reply_path)
		return;
	if (options->form != FORM_ICS || options->together ||
	    options->busy_only || options->invert)
		cli_usage(cli, "--reply-to writes replies: leave out --rows, "
			       "--json, --grid, --union, --busy-only, "
			       "--invert");
	if (cli->from_word || cli->to_word)
		cli_usage(cli, "--reply-to takes its range from the request: "
			       "leave out -f and -t");
}

/* Four weeks from -f on, where there is no -t. */
static void
set_range(struct options *options, struct cli *cli)
{
	struct zone_cursor cursor = {0};
	struct error err;

	cli_resolve_time(cli, "today", "+27d");
	if (options->reply_path) {
		if (!busy_request_read(&options->request, cli,
			options->reply_path, &err))
			cli_die(cli, &err);
		if (options->request.count == 1)
			options->people.only = options->request.addresses[0];
		cli->from = options->request.from;
		cli->until = options->request.until;
	} else if (cli->from_word && !cli->to_word) {
		cli->until = zone_instant(&cursor, cli->zone,
		    zone_local(&cursor, cli->zone, cli->from) +
			28 * SECONDS_A_DAY,
		    NULL);
	} else if (cli->until <= cli->from) {
		cli_usage(cli, "-t %s is not after today: give -f too",
		    cli->to_word);
	}
}

/* --- one person ----------------------------------------------------------- */

/* What is to be shown of somebody's time. */
static const struct busy_set *
shown(struct options *options, const struct busy_set *time,
    const struct zone *zone)
{
	struct busy_set *set = &options->shown;
	const struct cli *cli = options->cli;

	busy_reset(set);
	if (options->invert) {
		hours_add(&options->hours, zone, cli->from, cli->until, set);
		if (!busy_settle(set) || !busy_cut(set, time))
			cli_no_memory(options->cli);
		return set;
	}
	if (!options->busy_only)
		return time;
	for (size_t i = 0; i < time->count; i++)
		busy_add(set, time->spans[i].from, time->spans[i].until,
		    time->spans[i].type == BUSY_UNKNOWN ? BUSY_UNKNOWN
							: BUSY_BUSY);
	if (!busy_settle(set))
		cli_no_memory(options->cli);
	return set;
}

static void
write_ics(struct options *options, struct str who, struct str address,
    const struct busy_set *set)
{
	struct busy_publish publish = {.cli = options->cli,
	    .who = who,
	    .address = address,
	    .request = options->reply_path ? &options->request : NULL,
	    .set = set};
	struct error err;

	if (busy_publish_write(&publish, &options->out, &err))
		return;
	if (err.code == ERR_MEMORY)
		cli_no_memory(options->cli);
	err.pos.file = options->reply_path;
	cli_report(options->cli, &err);
}

static void
write_each(struct options *options, struct str name)
{
	struct error err;

	if (!user_file_write(options->into, name, ".ifb",
		buf_str(&options->out), &err))
		cli_report(options->cli, &err);
}

static void
show(struct options *options, struct str who, struct str address,
    const struct busy_set *set)
{
	struct str name = who;
	bool ok = true;

	if (options->busy_only)
		who = address = (struct str){NULL, 0};
	buf_reset(&options->out);
	switch (options->form) {
	case FORM_ICS:
		write_ics(options, who, address, set);
		break;
	case FORM_GRID:
		ok = busy_grid_add(options->picture, who, set);
		break;
	case FORM_ROWS:
	case FORM_JSON:
		ok = busy_rows_write(&options->table, &options->out, who,
		    address, set);
		break;
	}
	if (!ok)
		cli_no_memory(options->cli);
	if (options->each)
		write_each(options, name);
	else
		cli_write(options->cli, buf_str(&options->out));
}

static bool
found(void *arg, const struct person *person, const struct zone *zone,
    const struct busy_set *time)
{
	struct options *options = arg;

	if (options->together) {
		busy_add_set(&options->all, time);
		return true;
	}
	show(options, buf_str(&person->name), buf_str(&person->address),
	    shown(options, time, zone));
	return true;
}

/* --- all of them ---------------------------------------------------------- */

static void
start(struct options *options, struct cli *cli)
{
	struct zone_cursor cursor = {0};
	struct busy_grid_style style = {.width = terminal_width(cli->out.fd),
	    .color = terminal_has_color(cli->out.fd, cli->color),
	    .from = cli->from,
	    .until = cli->until,
	    .slot = options->slot ? options->slot : 1800,
	    .zone = cli->zone,
	    .hours = options->hours,
	    .today = local_day(zone_local(&cursor, cli->zone, cli->now))};

	options->cli = cli;
	options->table.json = options->form == FORM_JSON;
	options->table.zone = cli->zone;
	options->people.found = found;
	options->people.arg = options;
	if (options->header) {
		busy_rows_header(&options->table, &options->out);
		cli_write(cli, buf_str(&options->out));
	}
	if (options->form == FORM_GRID)
		setlocale(LC_ALL, "");
	if (options->form == FORM_GRID &&
	    !(options->picture = busy_grid_new(&style)))
		cli_no_memory(cli);
}

static void
finish(struct options *options)
{
	struct str none = {NULL, 0};
	struct cli *cli = options->cli;

	if (options->together) {
		if (!busy_settle(&options->all))
			cli_no_memory(cli);
		show(options, options->form == FORM_GRID ? STR("all") : none,
		    none, shown(options, &options->all, cli->zone));
	}
	if (options->picture) {
		busy_grid_write(options->picture, &cli->out);
		busy_grid_free(options->picture);
	}
	people_end(&options->people);
	busy_request_free(&options->request);
	busy_free(&options->all);
	busy_free(&options->shown);
	buf_free(&options->out);
}

int
main(int argc, char **argv)
{
	struct options options = {.people.rules.needs_action = BUSY_TENTATIVE};
	struct cli_options own = {set, &options};
	struct cli cli;

	hours_init(&options.hours);
	cli_start(&cli, &program, argc, argv, &own);
	settle_form(&options, &cli);
	settle_each(&options, &cli);
	set_range(&options, &cli);
	start(&options, &cli);
	people_start(&options.people, &cli);
	if (options.each)
		people_read_each(&options.people, cli.operands,
		    cli.operand_count);
	else
		people_read(&options.people, cli.operands, cli.operand_count);
	finish(&options);
	return cli_finish(&cli, STATUS_DONE);
}
