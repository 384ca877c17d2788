/* icssort: the components of calendars in order, byte for byte as they came. */
#include <locale.h>

#include "cal/sorting.h"
#include "cli/cli.h"

enum { OPT_SERIES = OPT_FIRST_OWN };

static const struct option_row rows[] = {
    {'k', "key", "KEY", "sort by it; several: the first decides first"},
    {'r', "reverse", NULL, "the last comes first"},
    {'i', "ignore-case", NULL, "case and accents make no difference"},
    {'n', "numeric-sort", NULL, "text is read as numbers"},
    {OPT_SERIES, "series", NULL, "masters and overrides stay together"},
    {'c', "check", NULL, "only tell whether it is sorted"},
    {'q', "quiet", NULL, "with -c: by the status alone"},
    OPTION_QUIET_ERRORS,
    OPTION_OUTPUT,
    OPTION_ZONE,
    OPTION_MEMORY,
    OPTION_HELP,
};

static const struct program program = {
    .name = "icssort",
    .operands = "[INPUT ...]",
    .purpose = "Write calendars with their components sorted, unchanged.",
    .notes = "KEY: start (default), end, type or a property (summary, "
	     "created, x-room);\na list as start,summary; with modifiers "
	     "as priority:r or summary:i.\n"
	     "Status: 0 sorted, 1 not sorted (-c), 2 trouble.",
    .rows = rows,
    .inputs = "ics",
};

struct sort {
	struct cli cli;
	struct order order;
	struct sorting sorting;
	unsigned flags;
	bool series, check, quiet;
};

static bool
set(void *arg, int key, const char *value, struct error *err)
{
	struct sort *sort = arg;

	switch (key) {
	case 'k':
		return order_add(&sort->order, str_of(value), err);
	case 'r':
		sort->flags |= ORDER_REVERSE;
		return true;
	case 'i':
		sort->flags |= ORDER_FOLD;
		return true;
	case 'n':
		sort->flags |= ORDER_NUMERIC;
		return true;
	case OPT_SERIES:
		sort->series = true;
		return true;
	case 'c':
		sort->check = true;
		return true;
	case 'q':
		sort->quiet = true;
		return true;
	default:
		return error_set(err, ERR_USAGE, pos_none(), "no such option");
	}
}

static void
report(void *arg, const struct error *err)
{
	cli_report(arg, err);
}

static void
start(struct sort *sort)
{
	struct cli *cli = &sort->cli;
	struct sorting *sorting = &sort->sorting;
	struct error err;

	cli_resolve_time(cli, NULL, NULL);
	cli_open_inputs(cli, 0, ".ics");
	if (!sorting_init(sorting, &cli->reader, &cli->out, cli->memory, &err))
		cli_die(cli, &err);
	sorting->order = &sort->order;
	sorting->series = sort->series;
	sorting->check = sort->check;
	sorting->context.zones = cli->zones;
	sorting->context.policy = cli->zone_policy;
	sorting->context.zone = cli->zone;
	sorting->context.report = report;
	sorting->context.arg = cli;
}

/* A failed output says so itself. */
static void
die(struct sort *sort, const struct error *err)
{
	cli_write(&sort->cli, STR(""));
	cli_die(&sort->cli, err);
}

static bool
is_sorted(struct sort *sort)
{
	const struct sorting *sorting = &sort->sorting;
	struct pos pos = {sort->cli.reader.name, sorting->misplaced, 1};
	struct error err;

	if (!sorting->misplaced)
		return true;
	error_set(&err, ERR_VALUE, pos,
	    "not sorted: this component belongs before that of line %zu",
	    sorting->before);
	if (!sort->quiet)
		cli_note(&sort->cli, &err);
	return false;
}

/* False where -c has found a disorder. */
static bool
sort_input(struct sort *sort)
{
	struct sorting *sorting = &sort->sorting;
	struct error err;

	while (cli_next_here(&sort->cli)) {
		if (!sorting_take(sorting, &err))
			die(sort, &err);
		if (!is_sorted(sort))
			return false;
	}
	if (!sorting_end(sorting, &err))
		die(sort, &err);
	return is_sorted(sort);
}

int
main(int argc, char **argv)
{
	static struct sort sort;
	struct cli_options own = {set, &sort};
	struct cli *cli = &sort.cli;
	bool sorted = true;

	setlocale(LC_ALL, "");
	cli_start(cli, &program, argc, argv, &own);
	if (sort.quiet && !sort.check)
		cli_usage(cli, "-q goes with -c: without it there is output");
	if (sort.check && cli->output_path)
		cli_usage(cli, "-c writes nothing: leave out -o");
	order_settle(&sort.order, sort.flags);
	start(&sort);
	while (sorted && cli_next_input(cli))
		sorted = sort_input(&sort);
	sorting_free(&sort.sorting);
	return cli_finish(cli, sorted ? STATUS_DONE : STATUS_NOTHING);
}
