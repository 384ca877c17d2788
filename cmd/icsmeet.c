/* icsmeet: when people can meet, and in which room. */
#include <stdlib.h>

#include "cal/meet_write.h"
#include "cli/holidays.h"
#include "cli/meet_rows.h"
#include "cli/people.h"
#include "time/when.h"

#define MISSES 5

enum {
	OPT_MAYBE = OPT_FIRST_OWN,
	OPT_ROOM,
	OPT_DURATION,
	OPT_HOURS,
	OPT_DAYS,
	OPT_ZONE_OF,
	OPT_HOLIDAYS,
	OPT_BUFFER,
	OPT_STEP,
	OPT_COUNT,
	OPT_APART,
	OPT_NOTICE,
	OPT_ATTEND,
	OPT_PREFER,
	OPT_TENTATIVE,
	OPT_ICS,
	OPT_ORGANIZER,
	OPT_SUMMARY,
};

static const struct option_row rows[] = {
    OPTION_RANGE,
    {OPT_DURATION, "duration", "DURATION", "of the meeting (1h)"},
    {OPT_MAYBE, "maybe", "INPUT", "somebody who may come; repeat it"},
    {OPT_ROOM, "room", "INPUT", "a room; any one of several is enough"},
    {OPT_HOURS, "hours", "LIST", "of everybody's day (09:00-18:00)"},
    {OPT_DAYS, "days", "LIST", "of the week (mon-fri)"},
    {OPT_ZONE_OF, "zone-of", "NAME=ZONE", "where somebody is"},
    {OPT_HOLIDAYS, "holidays", "FILE", "all-day events are days off"},
    {OPT_BUFFER, "buffer", "DURATION", "free before and after (0m)"},
    {OPT_STEP, "step", "DURATION", "between starts (30m)"},
    {OPT_NOTICE, "notice", "DURATION", "not sooner from now (0m)"},
    {OPT_ATTEND, "min-attend", "N", "at least so many can come"},
    {OPT_TENTATIVE, "tentative", "busy|free", "what tentative time is (busy)"},
    {OPT_PREFER, "prefer", "early|late|compact", "which come first (early)"},
    {OPT_COUNT, "count", "N", "slots at most; 0: all (10)"},
    {OPT_APART, "apart", NULL, "slots that do not overlap"},
    {'c', "columns", "LIST", "columns of rows, see below"},
    {OPT_HEADER, "header", NULL, "a first row with the columns' names"},
    {'J', "json", NULL, "rows as JSON Lines"},
    {OPT_ICS, "ics", "N", "the N-th as an invitation"},
    {OPT_ORGANIZER, "organizer", "ADDRESS", "who invites (the first)"},
    {OPT_SUMMARY, "summary", "TEXT", "what it is called (Meeting)"},
    OPTION_ZONE,
    OPTION_NOW,
    OPTION_OUTPUT,
    OPTION_MEMORY,
    OPTION_QUIET_ERRORS,
    OPTION_HELP,
};

static const struct program program = {
    .name = "icsmeet",
    .operands = "[[NAME[<ADDRESS>]=]INPUT ...]",
    .purpose = "Find when people can meet, from calendars and free/busy files.",
    .notes = "Columns (default: rank,start,end,attend,room,reasons):\n"
	     "rank start end epoch attend room reasons free busy unknown "
	     "duration",
    .rows = rows,
    .inputs = "ics",
};

/* Inputs that options gave. */
struct list {
	char **operands;
	size_t count;
};

struct options {
	struct cli *cli;
	struct people people;
	struct list maybe, rooms, holiday_files;
	struct meet_options meet;
	int64_t notice;
	uint64_t count, ics;
	bool json, header, columns, has_count;
	struct str organizer, summary;

	struct meet slots;
	enum meet_role role;
	struct holidays *holidays;
	struct busy_set days; /* of one person */
	struct meet_rows table;
	struct buf out;
};

/* --- options -------------------------------------------------------------- */

static bool
add_to_list(struct list *list, const char *operand, struct error *err)
{
	char **operands =
	    realloc(list->operands, (list->count + 1) * sizeof(*operands));
	char *copy = strdup(operand);

	if (operands)
		list->operands = operands;
	if (!operands || !copy) {
		free(copy);
		return error_set(err, ERR_MEMORY, pos_none(), "no memory");
	}
	operands[list->count++] = copy;
	return true;
}

static void
free_list(struct list *list)
{
	for (size_t i = 0; i < list->count; i++)
		free(list->operands[i]);
	free(list->operands);
}

static bool
set_length(const char *option, const char *value, int64_t least,
    int64_t *seconds, struct error *err)
{
	struct duration duration;

	if (!duration_parse(&duration, str_of(value), true, pos_none(), err))
		return false;
	*seconds = duration.days * SECONDS_A_DAY + duration.seconds;
	if (*seconds >= least && *seconds <= 366 * SECONDS_A_DAY)
		return true;
	return error_set(err, ERR_USAGE, pos_none(), "--%s %s: %s", option,
	    value,
	    least ? "at least 1m, at most a year" : "not less than nothing");
}

static bool
set_number(const char *option, const char *value, uint64_t least,
    uint64_t *number, struct error *err)
{
	if (str_number(str_of(value), 1000000000, number) && *number >= least)
		return true;
	return error_set(err, ERR_USAGE, pos_none(),
	    "--%s %s: a number is wanted", option, value);
}

static bool
set_input(struct options *options, int key, const char *value,
    struct error *err)
{
	struct list *list = key == OPT_MAYBE  ? &options->maybe
	                    : key == OPT_ROOM ? &options->rooms
	                                      : &options->holiday_files;

	return add_to_list(list, value, err);
}

static bool
set_time(struct options *options, int key, const char *value, struct error *err)
{
	struct meet_options *meet = &options->meet;

	switch (key) {
	case OPT_DURATION:
		return set_length("duration", value, 60, &meet->duration, err);
	case OPT_STEP:
		return set_length("step", value, 60, &meet->step, err);
	case OPT_BUFFER:
		return set_length("buffer", value, 0, &meet->buffer, err);
	case OPT_NOTICE:
		return set_length("notice", value, 0, &options->notice, err);
	case OPT_HOURS:
		return hours_parse(&meet->hours, str_of(value), err);
	default:
		return hours_parse_days(&meet->hours, str_of(value), err);
	}
}

static bool
set_other(struct options *options, int key, const char *value,
    struct error *err)
{
	struct meet_options *meet = &options->meet;
	uint64_t number;

	switch (key) {
	case OPT_ATTEND:
		if (!set_number("min-attend", value, 0, &number, err))
			return false;
		meet->min_attend = (size_t)number;
		return true;
	case OPT_COUNT:
		options->has_count = true;
		return set_number("count", value, 0, &options->count, err);
	case OPT_ICS:
		return set_number("ics", value, 1, &options->ics, err);
	case OPT_PREFER:
		meet->prefer =
		    (enum meet_prefer)option_word("early|late|compact", value);
		return true;
	case OPT_TENTATIVE:
		meet->blocks = value[0] == 'f' ? BUSY_BUSY : BUSY_TENTATIVE;
		return true;
	case OPT_ORGANIZER:
		options->organizer = str_of(value);
		return true;
	case OPT_SUMMARY:
		options->summary = str_of(value);
		return true;
	default:
		return error_set(err, ERR_USAGE, pos_none(), "no such option");
	}
}

static bool
set(void *arg, int key, const char *value, struct error *err)
{
	struct options *options = arg;

	switch (key) {
	case OPT_MAYBE:
	case OPT_ROOM:
	case OPT_HOLIDAYS:
		return set_input(options, key, value, err);
	case OPT_DURATION:
	case OPT_STEP:
	case OPT_BUFFER:
	case OPT_NOTICE:
	case OPT_HOURS:
	case OPT_DAYS:
		return set_time(options, key, value, err);
	case OPT_ZONE_OF:
		return people_zone_option(&options->people, value, err);
	case 'c':
		options->columns = true;
		return meet_rows_parse(&options->table, str_of(value), err);
	case 'J':
		return options->json = true;
	case OPT_HEADER:
		return options->header = true;
	case OPT_APART:
		return options->meet.apart = true;
	default:
		return set_other(options, key, value, err);
	}
}

static void
settle(struct options *options, struct cli *cli)
{
	if (options->header && options->json)
		cli_usage(cli, "--header is for rows");
	if (options->ics && (options->json || options->header ||
				options->columns || options->has_count))
		cli_usage(cli, "--ics writes one invitation: leave out --json, "
			       "-c, --header and --count");
	if (!options->ics && (options->organizer.p || options->summary.p))
		cli_usage(cli, "--organizer and --summary are for --ics");
	if (!options->columns)
		meet_rows_parse(&options->table,
		    STR("rank,start,end,attend,room,reasons"), NULL);
	if (options->count == 0)
		options->count = MEET_SLOTS;
}

/* --- time ----------------------------------------------------------------- */

/* Slots lie in the range and after now; calendars are read for what is before
 * and after them too, whole days so that reasons do not end where the range
 * does. */
static void
set_range(struct options *options, struct cli *cli)
{
	struct meet_options *meet = &options->meet;
	int64_t margin = meet->buffer + SECONDS_A_DAY;
	struct zone_cursor cursor = {0};
	struct error err;

	cli_resolve_time(cli, "today", "+27d");
	if (cli->from_word && !cli->to_word)
		cli->until = zone_instant(&cursor, cli->zone,
		    zone_local(&cursor, cli->zone, cli->from) +
			28 * SECONDS_A_DAY,
		    NULL);
	else if (cli->until <= cli->from)
		cli_usage(cli, "-t %s is not after today: give -f too",
		    cli->to_word);
	meet->zone = cli->zone;
	meet->from = cli->from;
	if (meet->from < cli->now + options->notice)
		meet->from = cli->now + options->notice;
	meet->until = cli->until;
	if (meet->until < meet->from)
		meet->until = meet->from;
	if (!meet_init(&options->slots, meet, &err))
		cli_die(cli, &err);
	cli->from -= margin;
	cli->until += margin;
}

/* --- people --------------------------------------------------------------- */

static const struct busy_set *
holidays_of(struct options *options, struct str name)
{
	busy_reset(&options->days);
	for (size_t i = 0; i < options->holiday_files.count; i++) {
		const struct holidays *holidays = &options->holidays[i];

		if (holidays->name.n == 0 || str_eq(holidays->name, name))
			busy_add_set(&options->days, &holidays->days);
	}
	if (!busy_settle(&options->days))
		cli_no_memory(options->cli);
	return &options->days;
}

static bool
found(void *arg, const struct person *person, const struct zone *zone,
    const struct busy_set *time)
{
	struct options *options = arg;
	struct str name = buf_str(&person->name);

	if (!meet_add(&options->slots, options->role, name,
		buf_str(&person->address), zone, time,
		holidays_of(options, name)))
		cli_no_memory(options->cli);
	return true;
}

static void
read_people(struct options *options, enum meet_role role, char **operands,
    size_t count)
{
	options->role = role;
	people_read(&options->people, operands, count);
}

static void
read_all(struct options *options, struct cli *cli)
{
	size_t files = options->holiday_files.count;

	options->cli = cli;
	options->people.found = found;
	options->people.arg = options;
	options->holidays = calloc(files + 1, sizeof(*options->holidays));
	if (!options->holidays)
		cli_no_memory(cli);
	for (size_t i = 0; i < files; i++)
		holidays_read(&options->holidays[i], cli,
		    options->holiday_files.operands[i]);
	people_start(&options->people, cli);
	/* Standard input is read where nobody else is named. */
	if (cli->operand_count || options->maybe.count == 0)
		read_people(options, MEET_REQUIRED, cli->operands,
		    cli->operand_count);
	if (options->maybe.count)
		read_people(options, MEET_OPTIONAL, options->maybe.operands,
		    options->maybe.count);
	if (options->rooms.count)
		read_people(options, MEET_ROOM, options->rooms.operands,
		    options->rooms.count);
}

/* --- what is written ------------------------------------------------------ */

static void
write_rows(struct options *options, bool misses)
{
	struct meet *meet = &options->slots;
	struct cli *cli = options->cli;

	options->table.json = options->json;
	options->table.zone = cli->zone;
	if (options->header)
		meet_rows_header(&options->table, &options->out);
	for (size_t i = 0; i < meet->ranked_count; i++) {
		if (!meet_rows_write(&options->table, meet, meet->ranked[i],
			misses ? 0 : i + 1, &options->out))
			cli_no_memory(cli);
		cli_write(cli, buf_str(&options->out));
		buf_reset(&options->out);
	}
}

static void
write_ics(struct options *options)
{
	struct meet *meet = &options->slots;
	struct cli *cli = options->cli;
	struct meet_text text = {.program = STR("icsmeet"),
	    .summary = options->summary.p ? options->summary : STR("Meeting"),
	    .now = cli->now};
	struct error err;

	meet_text_organizer(&text, meet, options->organizer);
	if (!meet_write(meet, meet->ranked[options->ics - 1], &text,
		&options->out, &err))
		cli_die(cli, &err);
	cli_write(cli, buf_str(&options->out));
}

/* Ranks and writes; STATUS_NOTHING where nothing fits, and then the nearest
 * misses. */
static enum cli_status
answer(struct options *options)
{
	struct meet *meet = &options->slots;
	struct cli *cli = options->cli;
	struct error err;

	/* Nobody has to come: then somebody must. */
	if (meet->required == 0 && meet->options.min_attend == 0)
		meet->options.min_attend = 1;
	if (!meet_rank(meet, false,
		options->ics ? options->ics : options->count))
		cli_no_memory(cli);
	if (options->ics && meet->ranked_count >= options->ics) {
		write_ics(options);
		return STATUS_DONE;
	}
	if (!options->ics && meet->ranked_count) {
		write_rows(options, false);
		return STATUS_DONE;
	}
	if (meet->ranked_count) {
		error_set(&err, ERR_ABSENT, pos_none(), "--ics: only %zu fit",
		    meet->ranked_count);
		cli_note(cli, &err);
		return STATUS_NOTHING;
	}
	error_set(&err, ERR_ABSENT, pos_none(),
	    meet->slots ? "nothing fits%s"
			: "no slot of that duration lies in the range%s",
	    meet->slots && !options->ics ? "; the nearest misses:" : "");
	cli_note(cli, &err);
	meet->options.apart = true;
	if (!meet_rank(meet, true, MISSES))
		cli_no_memory(cli);
	if (!options->ics)
		write_rows(options, true);
	return STATUS_NOTHING;
}

static void
release(struct options *options)
{
	for (size_t i = 0; i < options->holiday_files.count; i++)
		busy_free(&options->holidays[i].days);
	free(options->holidays);
	free_list(&options->maybe);
	free_list(&options->rooms);
	free_list(&options->holiday_files);
	meet_free(&options->slots);
	people_end(&options->people);
	busy_free(&options->days);
	arena_free(&options->table.arena);
	buf_free(&options->out);
}

int
main(int argc, char **argv)
{
	struct options options = {.people.rules.needs_action = BUSY_TENTATIVE,
	    .meet = {.duration = 3600, .step = 1800, .blocks = BUSY_TENTATIVE},
	    .count = 10};
	struct cli_options own = {set, &options};
	enum cli_status status;
	struct cli cli;

	hours_parse(&options.meet.hours, STR("09:00-18:00"), NULL);
	hours_parse_days(&options.meet.hours, STR("mon-fri"), NULL);
	cli_start(&cli, &program, argc, argv, &own);
	settle(&options, &cli);
	set_range(&options, &cli);
	read_all(&options, &cli);
	status = answer(&options);
	release(&options);
	return cli_finish(&cli, status);
}
