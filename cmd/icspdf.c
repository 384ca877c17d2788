/* icspdf: calendars as pages of a PDF. */
#include <langinfo.h>
#include <locale.h>
#include <stdlib.h>
#include <time.h>
#include <unistd.h>

#include "cal/hours.h"
#include "cli/listing.h"
#include "pdf/intake.h"
#include "pdf/sheet.h"
#include "term/names.h"

enum {
	OPT_VIEW = OPT_FIRST_OWN,
	OPT_PAPER,
	OPT_ORIENTATION,
	OPT_SIZE,
	OPT_PALETTE,
	OPT_HOURS,
	OPT_DAYS,
	OPT_WEEK_START,
	OPT_WEEK_NUMBERS,
	OPT_TITLE,
	OPT_MASK,
	OPT_OVERFLOW,
	OPT_STRICT,
	OPT_DUMP,
};

static const struct option_row rows[] = {
    {OPT_VIEW, "view", "day|workweek|week|month|list|team",
	"what a page shows (week)"},
    OPTION_RANGE,
    {OPT_PAPER, "paper", "a3|a4|a5|letter", "(the locale's)"},
    {OPT_ORIENTATION, "orientation", "portrait|landscape",
	"(what suits the view)"},
    {OPT_SIZE, "size", "small|medium|large", "of the type (medium)"},
    {OPT_PALETTE, "palette", "full|tint|grey", "colours (tint)"},
    {OPT_HOURS, "hours", "HOURS", "in full height (08:00-19:00)"},
    {OPT_DAYS, "days", "DAYS", "that have a column, such as mon-fri"},
    {OPT_WEEK_START, "week-start", "DAY", "instead of the locale's"},
    {OPT_WEEK_NUMBERS, "week-numbers", "yes|no", "(yes, from Monday)"},
    {OPT_TITLE, "title", "TEXT", "at the head of each page"},
    {OPT_MASK, "mask", "private", "such events without title and place"},
    {OPT_OVERFLOW, "overflow", "details|clip",
	"what has no room: on pages at the end, or cut (details)"},
    {OPT_STRICT, "strict", NULL, "exit 2 if anything is lost"},
    {OPT_DUMP, "dump-layout", NULL, "boxes as JSON Lines, no PDF"},
    {'v', "verbose", NULL, "say what was shown and shortened"},
    OPTION_ZONE,
    OPTION_NOW,
    OPTION_OUTPUT,
    OPTION_MEMORY,
    OPTION_QUIET_ERRORS,
    OPTION_HELP,
};

static const struct program program = {
    .name = "icspdf",
    .operands = "[[NAME[<ADDRESS>]=]INPUT ...]",
    .purpose = "Print calendars as PDF; without -f, those of today's page.",
    .rows = rows,
    .inputs = "ics",
};

enum period { PERIOD_DAY, PERIOD_WEEK, PERIOD_MONTH };

static const struct view {
	const char *name;
	enum period period;
	bool landscape;
	void (*draw)(struct sheet *sheet);
} views[] = {
    {"week", PERIOD_WEEK, true, draw_week},
    {"workweek", PERIOD_WEEK, true, draw_week},
    {"day", PERIOD_DAY, false, draw_day},
    {"month", PERIOD_MONTH, true, draw_month},
    {"list", PERIOD_WEEK, false, draw_list},
    {"team", PERIOD_WEEK, true, draw_team},
};

struct options {
	const struct view *view;
	struct sheet sheet;
	struct agenda_paper agenda;
	const struct paper *paper;
	const char *orientation;
	double size;
	bool mask, strict, dump, verbose, has_week_start, has_days, has_numbers;
	struct hours days;

	struct listing listing;
	struct intake intake;
	struct cli *cli;
};

/* --- options -------------------------------------------------------------- */

static bool
set_hours(struct options *options, const char *value, struct error *err)
{
	struct hours hours;

	hours_init(&hours);
	if (!hours_parse(&hours, str_of(value), err))
		return false;
	if (hours.count != 1 ||
	    hours.stretches[0].until <= hours.stretches[0].from)
		return error_set(err, ERR_USAGE, pos_none(),
		    "--hours %s: one stretch of a day, such as 8-18", value);
	options->agenda.core_from = hours.stretches[0].from / 3600 * 60;
	options->agenda.core_until =
	    (hours.stretches[0].until + 3599) / 3600 * 60;
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
	options->agenda.week_start = (enum weekday)__builtin_ctz(hours.days);
	return true;
}

static bool
set_look(struct options *options, int key, const char *value)
{
	static const double sizes[] = {0.84, 1, 1.25};

	switch (key) {
	case OPT_PAPER:
		options->paper = paper_named(str_of(value));
		return true;
	case OPT_ORIENTATION:
		options->orientation = value;
		return true;
	case OPT_SIZE:
		options->size = sizes[option_word("small|medium|large", value)];
		return true;
	case OPT_PALETTE:
		options->agenda.palette =
		    (enum palette)option_word("full|tint|grey", value);
		return true;
	case OPT_TITLE:
		options->agenda.title = str_of(value);
		return true;
	case OPT_WEEK_NUMBERS:
		options->has_numbers = true;
		options->agenda.week_numbers = *value == 'y';
		return true;
	default:
		return false;
	}
}

static bool
set(void *arg, int key, const char *value, struct error *err)
{
	struct options *options = arg;

	switch (key) {
	case OPT_VIEW:
		for (size_t i = 0; i < sizeof(views) / sizeof(views[0]); i++)
			if (str_eq(str_of(views[i].name), str_of(value)))
				options->view = &views[i];
		return true;
	case OPT_HOURS:
		return set_hours(options, value, err);
	case OPT_DAYS:
		options->has_days = true;
		return hours_parse_days(&options->days, str_of(value), err);
	case OPT_WEEK_START:
		return set_week_start(options, value, err);
	case OPT_MASK:
		options->mask = str_eq(str_of(value), STR("private"));
		return options->mask || error_set(err, ERR_USAGE, pos_none(),
					    "--mask %s: only private", value);
	case OPT_OVERFLOW:
		options->agenda.clip = *value == 'c';
		return true;
	case OPT_STRICT:
		options->strict = true;
		return true;
	case OPT_DUMP:
		options->dump = true;
		return true;
	case 'v':
		options->verbose = true;
		return true;
	default:
		return set_look(options, key, value) ||
		       error_set(err, ERR_USAGE, pos_none(), "no such option");
	}
}

/* --- the page ------------------------------------------------------------- */

/* The paper of the locale: LC_PAPER of the C library, in millimetres. */
static const struct paper *
paper_of_locale(void)
{
#ifdef __GLIBC__
	union {
		char *text;
		unsigned number;
	} height = {nl_langinfo(_NL_PAPER_HEIGHT)};

	if (height.number == 279)
		return paper_named(STR("letter"));
#endif
	return paper_named(STR("a4"));
}

static void
set_page(struct options *options)
{
	struct sheet *sheet = &options->sheet;
	struct agenda_paper *agenda = &options->agenda;
	const struct paper *paper = options->paper;
	bool landscape = options->view->landscape;

	if (!paper)
		paper = paper_of_locale();
	if (options->orientation)
		landscape = *options->orientation == 'l';
	sheet->width = landscape ? paper->height : paper->width;
	sheet->height = landscape ? paper->width : paper->height;
	sheet->margin = paper->margin;
	sheet->scale = paper->scale * options->size;
	sheet->agenda = agenda;
	if (!options->has_week_start)
		agenda->week_start = names_week_start();
	if (!options->has_numbers)
		agenda->week_numbers = agenda->week_start == MONDAY;
	agenda->days = 0x7f;
	if (options->has_days)
		agenda->days = options->days.days;
	else if (str_eq(str_of(options->view->name), STR("workweek")))
		agenda->days = 0x1f;
	if (agenda->days == 0 || options->view->period == PERIOD_DAY)
		agenda->days = 0x7f;
	agenda->words = words_of(NULL);
	charset_init(&agenda->charset, nl_langinfo(CODESET));
}

static int32_t
day_of(struct options *options, int64_t instant)
{
	struct agenda_paper *agenda = &options->agenda;

	return local_day(
	    zone_local(&agenda->cursor, options->cli->zone, instant));
}

/* The period's first day, and that of the next one. */
static int32_t
period_start(const struct options *options, int32_t day)
{
	int back = (civil_weekday(day) + 7 - options->agenda.week_start) % 7;

	switch (options->view->period) {
	case PERIOD_WEEK:
		return day - back;
	case PERIOD_MONTH:
		return day - civil_of_day(day).day + 1;
	default:
		return day;
	}
}

static int32_t
period_next(const struct options *options, int32_t day)
{
	switch (options->view->period) {
	case PERIOD_WEEK:
		return day + 7;
	case PERIOD_MONTH:
		return civil_add_months(day, 1);
	default:
		return day + 1;
	}
}

#define MOST_DAYS 40000

static void
set_range(struct options *options, struct cli *cli)
{
	struct agenda_paper *agenda = &options->agenda;
	bool list = options->view->draw == draw_list;
	int32_t first, last;

	cli_resolve_time(cli, "today", "today");
	if (cli->from_word && !cli->to_word)
		cli->until = cli->from + 1;
	if (cli->until <= cli->from)
		cli_usage(cli, "-t %s is not after the start: give -f too",
		    cli->to_word);
	first = day_of(options, cli->from);
	last = day_of(options, cli->until - 1);
	if (last - first > MOST_DAYS)
		cli_usage(cli, "more than a hundred years: give -f and -t");
	agenda->first = period_start(options, first);
	agenda->until = period_next(options, period_start(options, last));
	if (list && cli->to_word) {
		agenda->first = first;
		agenda->until = last + 1;
	}
	agenda->zone = cli->zone;
	cli->from = zone_instant(&agenda->cursor, cli->zone,
	    agenda->first * SECONDS_A_DAY, NULL);
	cli->until = zone_instant(&agenda->cursor, cli->zone,
	    agenda->until * SECONDS_A_DAY, NULL);
}

/* --- what is read --------------------------------------------------------- */

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
read_all(struct options *options, struct cli *cli)
{
	struct listing *listing = &options->listing;
	struct expand expand;
	struct error err;

	options->intake.agenda = &options->agenda;
	options->intake.mask = options->mask;
	options->intake.apart = options->view->draw == draw_team;
	*listing = (struct listing){.form = FORM_ITEMS,
	    .calendar = intake_calendar,
	    .show = intake_entry,
	    .arg = &options->intake};
	listing_start(listing, cli);
	cli_open_inputs(cli, 0, ".ics");
	if (!expand_init(&expand, &cli->reader, cli->memory / 4, &err))
		cli_die(cli, &err);
	expand.options = (struct series_options){.from = cli->from,
	    .until = cli->until,
	    .zone = cli->zone};
	expand.types = 1u << EVENT_EVENT | 1u << EVENT_TODO;
	expand.endless = true;
	expand.zones = cli->zones;
	expand.policy = cli->zone_policy;
	expand.found = listing_found;
	expand.aside = listing_aside;
	expand.report = report;
	expand.note = note;
	expand.arg = listing;
	while (cli_next(cli)) {
		if (!walk_starts(&expand.walk))
			continue;
		listing_calendar(listing, &expand.walk);
		if (!expand_calendar(&expand, &err))
			cli_report(cli, &err);
		listing_calendar_done(listing);
	}
	listing_finish(listing);
	expand_free(&expand);
	if (!intake_finish(&options->intake))
		cli_no_memory(cli);
}

/* --- what is written ------------------------------------------------------ */

static bool
write_bytes(void *arg, struct str bytes)
{
	struct options *options = arg;

	cli_write(options->cli, bytes);
	return true;
}

/* SOURCE_DATE_EPOCH, else now: so that the same input gives the same bytes. */
static void
set_stamp(struct options *options, char stamp[32])
{
	const char *epoch = getenv("SOURCE_DATE_EPOCH");
	int64_t at = options->cli->now;
	struct civil civil;
	uint64_t given;

	if (epoch && str_number(str_of(epoch), 253402300799, &given))
		at = (int64_t)given;
	civil = civil_of_local(at);
	snprintf(stamp, 32, "%04d-%02d-%02dT%02d:%02d:%02dZ", civil.year,
	    civil.month, civil.day, civil.hour, civil.minute, civil.second);
	options->sheet.stamp = stamp;
}

static void
tell(struct options *options)
{
	struct agenda_paper *agenda = &options->agenda;
	struct sheet *sheet = &options->sheet;
	size_t lost = 0;
	struct error err;

	for (size_t i = 0; i < agenda->count; i++)
		lost += agenda->clip ? agenda->entries[i].ref != 0
		                     : !agenda->entries[i].shown;
	if (options->verbose || lost) {
		error_set(&err, ERR_NONE, pos_none(),
		    "%zu events on %zu pages, %zu shortened, %zu lost",
		    options->intake.events, sheet->page, sheet->shortened,
		    lost);
		cli_note(options->cli, &err);
	}
	if (sheet->unknown) {
		error_set(&err, ERR_NONE, pos_none(),
		    "%zu characters that no installed font has",
		    sheet->unknown);
		cli_note(options->cli, &err);
	}
	if (options->strict && (lost || sheet->unknown))
		options->cli->trouble = true;
}

static void
draw(struct options *options)
{
	struct sheet *sheet = &options->sheet;
	char stamp[32];
	struct error err;

	sheet->write = write_bytes;
	sheet->dump = options->dump ? write_bytes : NULL;
	sheet->arg = options;
	set_stamp(options, stamp);
	options->agenda.incomplete = options->cli->trouble;
	if (!sheet_start(sheet, &err))
		cli_die(options->cli, &err);
	options->view->draw(sheet);
	draw_details(sheet);
	if (!sheet_finish(sheet, &err))
		cli_die(options->cli, &err);
	tell(options);
}

int
main(int argc, char **argv)
{
	struct options options = {.view = &views[0],
	    .size = 1,
	    .agenda = {.core_from = 480,
		.core_until = 1140,
		.palette = PALETTE_TINT}};
	struct cli_options own = {set, &options};
	struct cli cli;

	setlocale(LC_ALL, "");
	cli_start(&cli, &program, argc, argv, &own);
	cli.wants_calendars = true;
	options.cli = &cli;
	if (!options.dump && isatty(cli.out.fd))
		cli_usage(&cli, "a PDF is not for a terminal: give -o FILE");
	set_page(&options);
	set_range(&options, &cli);
	read_all(&options, &cli);
	draw(&options);
	intake_free(&options.intake);
	charset_free(&options.agenda.charset);
	return cli_finish(&cli, STATUS_DONE);
}
