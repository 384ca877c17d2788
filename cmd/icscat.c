/* icscat: join calendars, byte for byte as they came; or into one, without
 * duplicates, in strict form, with known faults repaired. */
#include <stdlib.h>
#include <unistd.h>

#include "cli/cli.h"
#include "cli/folder.h"
#include "text/utf16.h"

enum {
	OPT_FLATTEN = OPT_FIRST_OWN,
	OPT_DEDUPE,
	OPT_NORMALIZE,
	OPT_REPAIR,
	OPT_NAME,
};

static const struct option_row rows[] = {
    {OPT_FLATTEN, "flatten", NULL, "all inputs into one VCALENDAR"},
    {OPT_DEDUPE, "dedupe", NULL,
	"of the same UID and RECURRENCE-ID the newest"},
    {OPT_NORMALIZE, "normalize", NULL, "write strict RFC 5545"},
    {OPT_REPAIR, "repair", "[=LIST]",
	"mend what known exporters get wrong; =list tells"},
    {OPT_NAME, "name", "NAME", "what the calendars written are called"},
    {'v', "verbose", NULL, "say what was mended, renamed, left out"},
    OPTION_OUTPUT,
    OPTION_MEMORY,
    OPTION_QUIET_ERRORS,
    OPTION_HELP,
};

static const struct program program = {
    .name = "icscat",
    .operands = "[[NAME=]INPUT ...]",
    .purpose = "Join calendars: each VCALENDAR as it came, a folder as one.",
    .rows = rows,
    .inputs = "ics",
};

struct cat {
	struct cli cli;
	struct compose compose;
	struct folder folder;
	bool flatten, verbose;
	bool composing, started;
	bool lacks_end; /* what was written last has no line end */
	bool text_said;
};

/* For people: a line each. */
static void
list_repairs(void)
{
	struct repair_info info;

	for (size_t i = 0; repair_info(i, &info); i++)
		printf("%-12s %s\n%12s %s\n", info.name, info.what, "",
		    info.exporter);
	exit(fflush(stdout) == 0 && !ferror(stdout) ? STATUS_DONE
						    : STATUS_TROUBLE);
}

static bool
set(void *arg, int key, const char *value, struct error *err)
{
	struct cat *cat = arg;

	switch (key) {
	case OPT_FLATTEN:
		cat->flatten = true;
		return true;
	case OPT_DEDUPE:
		cat->compose.dedupe = true;
		return true;
	case OPT_NORMALIZE:
		cat->compose.normalize = true;
		return true;
	case OPT_REPAIR:
		if (value && str_eq(str_of(value), STR("list")))
			list_repairs();
		return repair_parse(&cat->compose.repairs, value, err);
	case OPT_NAME:
		cat->compose.name = str_of(value);
		if (*value)
			return true;
		return error_set(err, ERR_USAGE, pos_none(),
		    "--name: a calendar's name is not empty");
	case 'v':
		cat->verbose = true;
		return true;
	default:
		return error_set(err, ERR_USAGE, pos_none(), "no such option");
	}
}

static void
report(void *arg, const struct error *err)
{
	struct cat *cat = arg;

	cli_report(&cat->cli, err);
}

static void
report_fault(void *arg, const struct error *err)
{
	struct cat *cat = arg;

	if (!cat->composing || compose_wants(&cat->compose, err))
		report(arg, err);
}

static void
tell(void *arg, const struct error *err)
{
	struct cat *cat = arg;

	cli_note(&cat->cli, err);
}

static void
row(void *arg, struct str text)
{
	(void)arg;
	fwrite(text.p, 1, text.n, stderr);
}

/* --- calendars as they came ----------------------------------------------- */

static void
say_text(struct cat *cat)
{
	const struct record *record = &cat->cli.reader.record;
	struct error err;

	if (cat->text_said || str_trim(record->text).n == 0)
		return;
	cat->text_said = true;
	error_set(&err, ERR_SYNTAX, record->pos,
	    "text outside of a calendar: passed on as it is");
	cli_report(&cat->cli, &err);
}

static void
copy_item(struct cat *cat)
{
	const struct reader *reader = &cat->cli.reader;
	struct str text = reader->record.text;

	if (cat->lacks_end)
		cli_write(&cat->cli, STR("\r\n"));
	if (reader->item == ITEM_TEXT)
		say_text(cat);
	cli_copy_item(&cat->cli);
	cat->lacks_end =
	    text.n && text.p[text.n - 1] != '\n' && text.p[text.n - 1] != '\r';
}

/* --- calendars that are made anew ----------------------------------------- */

static void
die(struct cat *cat, const struct error *err)
{
	cli_die(&cat->cli, err);
}

static void
start(struct cat *cat)
{
	struct compose *compose = &cat->compose;
	struct error err;

	cat->started = true;
	cli_resolve_time(&cat->cli, NULL, NULL);
	compose->zones = cat->cli.zones;
	compose->memory = cat->cli.memory;
	compose->out = &cat->cli.out;
	compose->report = report;
	compose->tell = cat->verbose ? tell : NULL;
	compose->row = cat->verbose && !cat->cli.silent ? row : NULL;
	compose->arg = cat;
	if (!compose_start(compose, &err))
		die(cat, &err);
}

/* Where lines are edited, an input in UTF-16 is read too. */
static void
open_utf16(struct cat *cat)
{
	struct cli *cli = &cat->cli;
	struct error err;
	int fd;

	if (!cat->compose.normalize &&
	    !repair_has(cat->compose.repairs, "encoding"))
		return;
	if (!utf16_open(&cli->reader, &fd, &err)) {
		cli_report(cli, &err);
		return;
	}
	if (fd < 0)
		return;
	if (cli->inputs.current.fd > STDIN_FILENO)
		close(cli->inputs.current.fd);
	cli->inputs.current.fd = fd;
}

/* Only a folder, or an option, takes more than copying. */
static void
begin_input(struct cat *cat)
{
	static const struct compose_group all = {.number = 1};
	const struct compose_group *group =
	    cat->flatten ? &all : folder_group(&cat->folder, &cat->cli);
	bool edits = cat->compose.dedupe || cat->compose.normalize ||
	             cat->compose.repairs || cat->compose.name.n;
	struct error err;

	cat->text_said = false;
	cat->composing = edits || group->number;
	if (cat->composing && !cat->started)
		start(cat);
	if (edits)
		open_utf16(cat);
	if (cat->started && !compose_input(&cat->compose, group, &err))
		die(cat, &err);
	if (cat->composing && cat->lacks_end) {
		cli_write(&cat->cli, STR("\r\n"));
		cat->lacks_end = false;
	}
}

static void
take_item(struct cat *cat)
{
	struct error err;

	if (!cat->composing) {
		copy_item(cat);
		return;
	}
	if (!compose_item(&cat->compose, &cat->cli.reader, &err))
		die(cat, &err);
	cli_write(&cat->cli, STR("")); /* ends where a write has failed */
}

int
main(int argc, char **argv)
{
	static struct cat cat;
	struct cli_options own = {set, &cat};
	struct cli *cli = &cat.cli;
	struct error err;

	cli_start(cli, &program, argc, argv, &own);
	if (cat.verbose && cli->silent)
		cli_usage(cli, "-v says what -s keeps back: leave one out");
	if (cat.verbose && !cat.flatten && !cat.compose.dedupe &&
	    !cat.compose.repairs)
		cli_usage(cli, "-v says what --flatten, --dedupe or --repair "
			       "did: give one of them");
	cli_open_inputs(cli, 0, ".ics");
	cli->reader.report = report_fault;
	cli->reader.report_arg = &cat;
	while (cli_next_input(cli)) {
		begin_input(&cat);
		while (cli_next_here(cli))
			take_item(&cat);
	}
	if (cat.started && !compose_finish(&cat.compose, &err))
		die(&cat, &err);
	compose_free(&cat.compose);
	folder_free(&cat.folder);
	return cli_finish(cli, STATUS_DONE);
}
