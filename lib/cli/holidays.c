#include "cli/holidays.h"

#include "cal/expand.h"

struct reading {
	struct cli *cli;
	struct holidays *holidays;
	struct arena arena;
};

static bool
found(void *arg, const struct occurrence *occurrence)
{
	struct reading *reading = arg;
	struct str status;

	if (occurrence->start.kind != WHEN_DATE)
		return true;
	arena_reset(&reading->arena);
	status = event_text(occurrence->event, STR("STATUS"), &reading->arena);
	if (!str_ieq(status, STR("CANCELLED")))
		busy_add(&reading->holidays->days, occurrence->start.local,
		    occurrence->end.local, BUSY_BUSY);
	return true;
}

static void
report(void *arg, const struct error *err)
{
	struct reading *reading = arg;

	cli_report(reading->cli, err);
}

static void
report_reader(void *arg, const struct error *err)
{
	cli_report(arg, err);
}

/* All of one file; false where there is no calendar in it. */
static bool
read_file(struct expand *expand, struct cli *cli)
{
	struct reader *reader = expand->walk.reader;
	struct error err;
	bool any = false;

	for (;;) {
		if (!reader_next(reader, &err))
			cli_die(cli, &err);
		if (reader->item == ITEM_NONE)
			return any;
		if (!walk_starts(&expand->walk))
			continue;
		any = true;
		if (!expand_calendar(expand, &err))
			cli_die(cli, &err);
	}
}

static void
read_all(struct reading *reading, struct expand *expand, struct reader *reader,
    char *operand)
{
	struct cli *cli = reading->cli;
	struct inputs inputs;
	struct error err;

	inputs_init(&inputs, &operand, 1, ".ics");
	while (inputs_next(&inputs, &err)) {
		reader_open(reader, inputs.current.fd, inputs.current.path);
		if (read_file(expand, cli))
			continue;
		error_set(&err, ERR_SYNTAX,
		    (struct pos){inputs.current.path, 0, 0},
		    "no calendar in it");
		cli_die(cli, &err);
	}
	if (err.code != ERR_NONE)
		cli_die(cli, &err);
	inputs_free(&inputs);
}

void
holidays_read(struct holidays *holidays, struct cli *cli, char *operand)
{
	struct reading reading = {.cli = cli, .holidays = holidays};
	struct input input = {0};
	struct expand expand;
	struct reader reader;
	struct error err;

	*holidays = (struct holidays){0};
	input_split(&input, operand);
	holidays->name = input.label;
	if (!reader_init(&reader, -1, NULL, &err) ||
	    !expand_init(&expand, &reader, cli->memory / 8, &err))
		cli_die(cli, &err);
	reader.report = report_reader;
	reader.report_arg = cli;
	/* In UTC the instants of a DATE are its local times. */
	expand.options =
	    (struct series_options){.from = cli->from - 2 * SECONDS_A_DAY,
		.until = cli->until + 2 * SECONDS_A_DAY,
		.zone = zone_utc()};
	expand.endless = true;
	expand.zones = cli->zones;
	expand.policy = cli->zone_policy;
	expand.found = found;
	expand.report = report;
	expand.arg = &reading;
	read_all(&reading, &expand, &reader, operand);
	expand_free(&expand);
	reader_free(&reader);
	arena_free(&reading.arena);
	if (!busy_settle(&holidays->days)) {
		error_set(&err, ERR_MEMORY, pos_none(), "no memory");
		cli_die(cli, &err);
	}
}
