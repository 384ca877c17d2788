/* icspdf: calendars as pages. */
#include <locale.h>
#include <string.h>
#include <unistd.h>

#include "cal/hours.h"
#include "pdf/batch.h"

enum {
	OPT_VIEW = OPT_FIRST_OWN,
	OPT_PAPER,
	OPT_ORIENTATION,
	OPT_SIZE,
	OPT_PALETTE,
	OPT_FORMAT,
	OPT_HOURS,
	OPT_DAYS,
	OPT_WEEK_START,
	OPT_WEEK_NUMBERS,
	OPT_ADJACENT,
	OPT_HOLIDAYS,
	OPT_LANG,
	OPT_TITLE,
	OPT_FIELDS,
	OPT_MASK,
	OPT_DECLINED,
	OPT_CANCELLED,
	OPT_OVERFLOW,
	OPT_STRICT,
	OPT_DUMP,
	OPT_EACH,
	OPT_INTO,
	OPT_BATCH,
	OPT_JOIN,
	OPT_NEWER,
};

static const struct option_row rows[] = {
    {OPT_VIEW, "view", "day|workweek|week|month|year|list|tasks|team",
	"(week)"},
    OPTION_RANGE,
    {OPT_PAPER, "paper", "a3|a4|a5|letter", "(the locale's)"},
    {OPT_ORIENTATION, "orientation", "portrait|landscape",
	"(what suits the view)"},
    {OPT_SIZE, "size", "small|medium|large", "of the type (medium)"},
    {OPT_PALETTE, "palette", "full|tint|grey", "colours (tint)"},
    {OPT_FORMAT, "format", "pdf|svg|png", "svg, png: a file a page (pdf)"},
    {OPT_HOURS, "hours", "HOURS", "in full height (08:00-19:00)"},
    {OPT_DAYS, "days", "DAYS", "that have a column, such as mon-fri"},
    {OPT_WEEK_START, "week-start", "DAY", "instead of the locale's"},
    {OPT_WEEK_NUMBERS, "week-numbers", "yes|no", "(yes, from Monday)"},
    {OPT_ADJACENT, "adjacent", "none|grey|full",
	"other months' days in a month (grey)"},
    {OPT_HOLIDAYS, "holidays", "FILE", "a calendar whose days are shaded"},
    {OPT_LANG, "lang", "LANGUAGE", "of words, dates, digits, such as fr"},
    {OPT_TITLE, "title", "TEXT", "at the head of each page"},
    {OPT_FIELDS, "fields", "LIST", "location,description,people,url,calendar"},
    {OPT_MASK, "mask", "private", "such events without title and place"},
    {OPT_DECLINED, "declined", "yes|no", "what its owner declined (no)"},
    {OPT_CANCELLED, "cancelled", "yes|no", "(yes; not in a team)"},
    {OPT_OVERFLOW, "overflow", "details|inline|clip",
	"what has no room: at the end, where it is, or cut"},
    {OPT_STRICT, "strict", NULL, "exit 2 if anything is lost"},
    {OPT_DUMP, "dump-layout", NULL, "boxes as JSON Lines, no pages"},
    {'v', "verbose", NULL, "say what was shown and shortened"},
    {OPT_EACH, "each", NULL, "a document of each input"},
    {OPT_INTO, "into", "DIR", "... in that folder"},
    {OPT_BATCH, "batch", "LIST", "rows of input, output, title"},
    {OPT_JOIN, "join", NULL, "one document, a bookmark each"},
    {OPT_NEWER, "newer", NULL, "only what is older than its inputs"},
    {'j', "jobs", "N", "documents side by side (one a processor)"},
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
    .purpose = "Print calendars; without -f, those of today's page.",
    .rows = rows,
    .inputs = "ics",
};

struct options {
	struct print print;
	const char *list, *folder;
	bool each, join, newer;
	size_t workers;
};

static bool
set_hours(struct print *print, const char *value, struct error *err)
{
	struct hours hours;

	hours_init(&hours);
	if (!hours_parse(&hours, str_of(value), err))
		return false;
	if (hours.count != 1 ||
	    hours.stretches[0].until <= hours.stretches[0].from)
		return error_set(err, ERR_USAGE, pos_none(),
		    "--hours %s: one stretch of a day, such as 8-18", value);
	print->wish.core_from = hours.stretches[0].from / 3600 * 60;
	print->wish.core_until = (hours.stretches[0].until + 3599) / 3600 * 60;
	return true;
}

static bool
set_days(struct print *print, const char *value, struct error *err)
{
	struct hours hours;

	if (!hours_parse_days(&hours, str_of(value), err))
		return false;
	print->days = hours.days;
	return true;
}

static bool
set_week_start(struct print *print, const char *value, struct error *err)
{
	struct hours hours;

	if (!hours_parse_days(&hours, str_of(value), NULL) ||
	    (hours.days & (hours.days - 1)))
		return error_set(err, ERR_USAGE, pos_none(),
		    "--week-start %s: such as mon or sunday", value);
	print->week_start = __builtin_ctz(hours.days);
	return true;
}

static bool
set_fields(struct print *print, const char *value, struct error *err)
{
	static const char names[] = "location|description|people|url|calendar";
	struct str rest = str_of(value), name;

	print->wish.fields = 0;
	while (rest.n) {
		char word[16];
		int field;

		str_cut(&rest, ',', &name);
		snprintf(word, sizeof(word), "%.*s", STR_ARG(name));
		field = name.n < sizeof(word) ? option_word(names, word) : -1;
		if (field < 0)
			return error_set(err, ERR_USAGE, pos_none(),
			    "--fields %.*s: some of location, description, "
			    "people, url, calendar",
			    STR_ARG(name));
		print->wish.fields |= 1u << field;
	}
	return true;
}

/* How pages look. */
static bool
set_look(struct print *print, int key, const char *value)
{
	static const double sizes[] = {0.84, 1, 1.25};

	switch (key) {
	case OPT_VIEW:
		print->view = print_view_named(value);
		return true;
	case OPT_PAPER:
		print->paper = paper_named(str_of(value));
		return true;
	case OPT_ORIENTATION:
		print->orientation = value;
		return true;
	case OPT_SIZE:
		print->size = sizes[option_word("small|medium|large", value)];
		return true;
	case OPT_PALETTE:
		print->wish.palette =
		    (enum palette)option_word("full|tint|grey", value);
		return true;
	case OPT_FORMAT:
		print->format =
		    (enum sheet_format)option_word("pdf|svg|png", value);
		return true;
	case OPT_ADJACENT:
		print->wish.adjacent =
		    (enum adjacent)option_word("none|grey|full", value);
		return true;
	case OPT_OVERFLOW:
		print->wish.overflow =
		    (enum overflow)option_word("details|inline|clip", value);
		return true;
	case OPT_WEEK_NUMBERS:
		print->week_numbers = *value == 'y';
		return true;
	default:
		return false;
	}
}

/* What is on them. */
static bool
set_content(struct print *print, int key, const char *value)
{
	switch (key) {
	case OPT_HOLIDAYS:
		print->holidays = value;
		return true;
	case OPT_LANG:
		print->language = value;
		return true;
	case OPT_TITLE:
		print->wish.title = str_of(value);
		return true;
	case OPT_DECLINED:
		print->declined = *value == 'y';
		return true;
	case OPT_CANCELLED:
		print->cancelled = *value == 'y';
		return true;
	case OPT_STRICT:
		print->strict = true;
		return true;
	case OPT_DUMP:
		print->dump = true;
		return true;
	case 'v':
		print->verbose = true;
		return true;
	default:
		return false;
	}
}

static bool
set_batch(struct options *options, int key, const char *value,
    struct error *err)
{
	uint64_t number;

	switch (key) {
	case OPT_EACH:
		options->each = true;
		return true;
	case OPT_INTO:
		options->folder = value;
		return true;
	case OPT_BATCH:
		options->list = value;
		return true;
	case OPT_JOIN:
		options->join = true;
		return true;
	case OPT_NEWER:
		options->newer = true;
		return true;
	case 'j':
		if (!str_number(str_of(value), 256, &number) || number == 0)
			return error_set(err, ERR_USAGE, pos_none(),
			    "-j %s: a number from 1 to 256", value);
		options->workers = (size_t)number;
		return true;
	default:
		return error_set(err, ERR_USAGE, pos_none(), "no such option");
	}
}

static bool
set(void *arg, int key, const char *value, struct error *err)
{
	struct options *options = arg;
	struct print *print = &options->print;

	switch (key) {
	case OPT_HOURS:
		return set_hours(print, value, err);
	case OPT_DAYS:
		return set_days(print, value, err);
	case OPT_WEEK_START:
		return set_week_start(print, value, err);
	case OPT_FIELDS:
		return set_fields(print, value, err);
	case OPT_MASK:
		print->mask = strcmp(value, "private") == 0;
		return print->mask || error_set(err, ERR_USAGE, pos_none(),
					  "--mask %s: only private", value);
	default:
		return set_look(print, key, value) ||
		       set_content(print, key, value) ||
		       set_batch(options, key, value, err);
	}
}

/* What does not go together. */
static void
check(const struct options *options, struct cli *cli)
{
	bool many = options->each || options->list;

	if (options->each && options->list)
		cli_usage(cli, "--each or --batch, not both");
	if (!many && (options->join || options->newer || options->folder ||
			 options->workers))
		cli_usage(cli, "%s is for --each or --batch",
		    options->join      ? "--join"
		    : options->newer   ? "--newer"
		    : options->workers ? "-j"
				       : "--into");
	if (options->join && (options->newer || options->folder))
		cli_usage(cli, "--join makes one document: -o FILE");
	if (options->list && options->folder)
		cli_usage(cli, "--batch names its outputs: no --into");
	if (options->each && !options->join && !options->folder)
		cli_usage(cli, "--each needs --into DIR, or --join");
	if (many && !options->join && cli->output_path)
		cli_usage(cli, "-o %s is one document: --join",
		    cli->output_path);
	if (many && options->print.dump)
		cli_usage(cli, "--dump-layout is of one document");
	if (!options->print.dump && (!many || options->join) &&
	    isatty(cli->out.fd))
		cli_usage(cli, "pages are not for a terminal: give -o FILE");
}

static void
run_many(struct options *options, struct cli *cli)
{
	static const char *const endings[] = {".pdf", ".svg", ".png"};
	struct batch batch = {0};
	long processors = sysconf(_SC_NPROCESSORS_ONLN);

	if (options->list)
		batch_list(&batch, cli, options->list);
	else
		batch_each(&batch, cli, options->folder,
		    endings[options->print.format]);
	if (!options->workers)
		options->workers = processors > 0 ? (size_t)processors : 1;
	if (!options->join) {
		batch_run(&batch, &options->print, options->workers,
		    options->newer);
	} else {
		print_ready(&options->print);
		if (!print_joined(&options->print, batch.jobs, batch.count))
			cli->trouble = true;
	}
	batch_free(&batch);
}

int
main(int argc, char **argv)
{
	struct options options = {
	    .print = {.view = print_view_named("week"),
		.size = 1,
		.week_start = -1,
		.week_numbers = -1,
		.declined = -1,
		.cancelled = -1,
		.wish = {.core_from = 480,
		    .core_until = 1140,
		    .adjacent = ADJACENT_GREY,
		    .fields = FIELD_LOCATION | FIELD_CALENDAR,
		    .palette = PALETTE_TINT}}};
	struct cli_options own = {set, &options};
	struct print_job job = {0};
	struct cli cli;

	setlocale(LC_ALL, "");
	cli_start(&cli, &program, argc, argv, &own);
	cli.wants_calendars = true;
	check(&options, &cli);
	options.print.cli = &cli;
	print_prepare(&options.print);
	if (options.each || options.list) {
		run_many(&options, &cli);
	} else {
		job.inputs = cli.operands;
		job.count = cli.operand_count;
		print_ready(&options.print);
		if (!print_document(&options.print, &job))
			cli.trouble = true;
	}
	print_free(&options.print);
	return cli_finish(&cli, STATUS_DONE);
}
