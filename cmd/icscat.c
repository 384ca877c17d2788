/* icscat: join calendars, byte for byte as they came. */
#include "cli/cli.h"

static const struct option_row rows[] = {
    OPTION_OUTPUT,
    OPTION_QUIET_ERRORS,
    OPTION_HELP,
};

static const struct program program = {
    .name = "icscat",
    .operands = "[INPUT ...]",
    .purpose = "Join calendars: one VCALENDAR an input, unchanged.",
    .rows = rows,
    .inputs = "ics",
};

static bool
set(void *arg, int key, const char *value, struct error *err)
{
	(void)arg;
	(void)key;
	(void)value;
	return error_set(err, ERR_USAGE, pos_none(), "no such option");
}

int
main(int argc, char **argv)
{
	struct cli_options own = {set, NULL};
	struct cli cli;

	cli_start(&cli, &program, argc, argv, &own);
	cli_open_inputs(&cli, 0, ".ics");
	while (cli_next(&cli))
		cli_copy_item(&cli);
	return cli_finish(&cli, STATUS_DONE);
}
