/* icsalarm: the alarms of calendars that are due, as rows, JSON or mails, to be
 * read or to be given to a command, each once. */
#include <locale.h>

#include "cal/expand.h"
#include "cli/input_list.h"
#include "cli/reminders.h"
#include "mail/reminder.h"
#include "time/when.h"

enum {
	OPT_TYPE = OPT_FIRST_OWN,
	OPT_ACTION,
	OPT_INCLUDE,
	OPT_DEFAULT,
	OPT_DEFAULT_ALLDAY,
	OPT_STATE,
	OPT_LATE,
	OPT_TRIES,
	OPT_EXEC,
	OPT_TIMEOUT,
	OPT_MAIL,
	OPT_RECIPIENT,
	OPT_ATTENDEES,
	OPT_SENDER,
	OPT_INPUTS,
};

static const struct option_row rows[] = {
    OPTION_RANGE,
    {OPT_STATE, "state", "FILE",
	"each alarm once: what is due since the last run"},
    {OPT_LATE, "late", "SPAN", "how late an alarm may still come (7d)"},
    {OPT_TYPE, "type", "LIST", "of event,todo (both)"},
    {OPT_ACTION, "action", "LIST", "of these ACTIONs (display,audio,email)"},
    {OPT_INCLUDE, "include", "LIST",
	"also of cancelled,completed,declined,acknowledged"},
    {OPT_DEFAULT, "default", "LIST",
	"15m: for what has no alarm, so long before"},
    {OPT_DEFAULT_ALLDAY, "default-allday", "LIST",
	"-15h,+9h: the same for what lasts days"},
    {'c', "columns", "LIST", "columns of rows, see below"},
    {OPT_HEADER, "header", NULL, "a first row with the columns' names"},
    {'J', "json", NULL, "rows as JSON Lines"},
    {OPT_MAIL, "mail", NULL, "each alarm as a mail"},
    {OPT_RECIPIENT, "recipient", "ADDRESS", "who gets mails"},
    {OPT_ATTENDEES, "attendees", NULL, "EMAIL alarms go to their ATTENDEEs"},
    {OPT_SENDER, "sender", "ADDRESS", "From of mails (user@host)"},
    {OPT_EXEC, "exec", "COMMAND", "run for each, not written; no shell"},
    {OPT_TIMEOUT, "timeout", "SPAN", "for a command to be done (1m)"},
    {OPT_TRIES, "tries", "N", "of a command that fails (no limit)"},
    {OPT_INPUTS, "inputs", "FILE", "further inputs, one a line"},
    OPTION_ZONE,
    OPTION_NOW,
    OPTION_OUTPUT,
    OPTION_MEMORY,
    OPTION_QUIET_ERRORS,
    OPTION_HELP,
};

static const struct program program = {
    .name = "icsalarm",
    .operands = "[[NAME[<ADDRESS>]=]INPUT ...]",
    .purpose = "List the alarms of calendars that are due.\n"
	       "Without a range or a state: those of the last minute.",
    .notes = "Columns (default: alarm,start,end,summary,location,calendar):\n"
	     "alarm alarm-epoch late action trigger related repeat when\n"
	     "message subject recipients alarm-uid and those of icsexpand",
    .rows = rows,
    .inputs = "ics",
};

struct options {
	struct reminders reminders;
	struct command command;
	struct reminder_mail mail;
	unsigned types;
	bool json, mails, has_columns, has_late, has_timeout;
	const char *inputs;
	struct arena arena;
};

/* --- options -------------------------------------------------------------- */

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
		else
			return error_set(err, ERR_USAGE, pos_none(),
			    "--type %.*s: event or todo", STR_ARG(word));
	}
	return true;
}

/* "--exec: a quote is not closed" */
static bool
blame(const char *option, struct error *err)
{
	struct error why = *err;

	return error_set(err, ERR_USAGE, pos_none(), "%s: %s", option,
	    why.message);
}

static bool
set_span(int64_t *seconds, const char *option, const char *value,
    struct error *err)
{
	struct duration span;

	if (!duration_parse(&span, str_of(value), true, pos_none(), err))
		return blame(option, err);
	*seconds = span.days * SECONDS_A_DAY + span.seconds;
	return *seconds > 0 ||
	       error_set(err, ERR_USAGE, pos_none(),
		   "%s %s: a time such as 1m or 7d", option, value);
}

static bool
set_timeout(struct options *options, const char *value, struct error *err)
{
	int64_t seconds = 0;

	options->has_timeout = true;
	if (!set_span(&seconds, "--timeout", value, err))
		return false;
	options->reminders.limit =
	    seconds > INT32_MAX ? INT32_MAX : (unsigned)seconds;
	return true;
}

static bool
set_tries(struct options *options, const char *value, struct error *err)
{
	uint64_t number;

	if (!str_number(str_of(value), 1000000, &number) || number == 0)
		return error_set(err, ERR_USAGE, pos_none(),
		    "--tries %s: a number of at least 1", value);
	options->reminders.tries = (unsigned)number;
	return true;
}

static bool
set_address(struct str *address, const char *option, const char *value,
    struct error *err)
{
	*address = str_of(value);
	return mail_address_ok(*address) ||
	       error_set(err, ERR_USAGE, pos_none(),
		   "%s %s: no address such as alice@example.org", option,
		   value);
}

static bool
set_command(struct options *options, const char *value, struct error *err)
{
	options->reminders.command = &options->command;
	return command_parse(&options->command, value, &options->arena, err) ||
	       blame("--exec", err);
}

static bool
set_alarms(struct options *options, int key, const char *value,
    struct error *err)
{
	struct alarm_choice *choice = &options->reminders.choice;

	switch (key) {
	case OPT_TYPE:
		return set_types(options, str_of(value), err);
	case OPT_ACTION:
		choice->actions = str_of(value);
		return true;
	case OPT_INCLUDE:
		return alarm_choice_include(choice, str_of(value), err);
	case OPT_DEFAULT:
		return alarm_defaults_add(&choice->timed, str_of(value), err) ||
		       blame("--default", err);
	case OPT_DEFAULT_ALLDAY:
		return alarm_defaults_add(&choice->allday, str_of(value),
			   err) ||
		       blame("--default-allday", err);
	case OPT_STATE:
		options->reminders.state_path = value;
		return true;
	case OPT_LATE:
		options->has_late = true;
		return set_span(&options->reminders.late, "--late", value, err);
	case OPT_INPUTS:
		options->inputs = value;
		return true;
	default:
		return error_set(err, ERR_USAGE, pos_none(), "no such option");
	}
}

static bool
set(void *arg, int key, const char *value, struct error *err)
{
	struct options *options = arg;
	struct reminders *reminders = &options->reminders;
	struct reminder_mail *mail = &options->mail;

	switch (key) {
	case 'c':
		options->has_columns = true;
		return alarm_columns_parse(&reminders->columns, str_of(value),
		    err);
	case 'J':
		options->json = true;
		return true;
	case OPT_HEADER:
		reminders->header = true;
		return true;
	case OPT_MAIL:
		options->mails = true;
		return true;
	case OPT_RECIPIENT:
		return set_address(&mail->recipient, "--recipient", value, err);
	case OPT_SENDER:
		return set_address(&mail->sender, "--sender", value, err);
	case OPT_ATTENDEES:
		mail->attendees = true;
		return true;
	case OPT_EXEC:
		return set_command(options, value, err);
	case OPT_TIMEOUT:
		return set_timeout(options, value, err);
	case OPT_TRIES:
		return set_tries(options, value, err);
	default:
		return set_alarms(options, key, value, err);
	}
}

/* --- what goes with what -------------------------------------------------- */

static void
check_output(const struct options *options, struct cli *cli)
{
	const struct reminders *reminders = &options->reminders;
	const struct reminder_mail *mail = &options->mail;

	if (options->json && options->mails)
		cli_usage(cli, "of --json and --mail only one");
	if (options->has_columns && options->mails)
		cli_usage(cli, "-c chooses columns of rows; --mail has none");
	if (reminders->header &&
	    (options->json || options->mails || reminders->command))
		cli_usage(cli, "--header is for rows that are written");
	if (cli->output_path && reminders->command)
		cli_usage(cli, "with --exec nothing is written: leave out -o");
	if (!options->mails &&
	    (mail->recipient.n || mail->sender.n || mail->attendees))
		cli_usage(cli, "%s is for mails: give --mail too",
		    mail->recipient.n ? "--recipient"
		    : mail->sender.n  ? "--sender"
				      : "--attendees");
}

static void
check_state(const struct options *options, struct cli *cli)
{
	const struct reminders *reminders = &options->reminders;

	if (reminders->state_path && (cli->from_word || cli->to_word))
		cli_usage(cli,
		    "--state knows where to begin, and ends now: leave out %s",
		    cli->from_word ? "-f" : "-t");
	if (!reminders->state_path && (options->has_late || reminders->tries))
		cli_usage(cli, "%s is for what is remembered: give --state too",
		    options->has_late ? "--late" : "--tries");
	if (!reminders->command && (options->has_timeout || reminders->tries))
		cli_usage(cli, "%s is for a command: give --exec too",
		    options->has_timeout ? "--timeout" : "--tries");
}

static void
settle(struct options *options, struct cli *cli)
{
	struct reminders *reminders = &options->reminders;

	check_output(options, cli);
	check_state(options, cli);
	reminders->form = options->json    ? REMINDER_JSON
	                  : options->mails ? REMINDER_MAIL
	                                   : REMINDER_ROW;
	if (options->mails)
		alarm_columns_parse(&reminders->columns,
		    str_of(reminder_columns), NULL);
	else if (!options->has_columns)
		alarm_columns_parse(&reminders->columns,
		    STR("alarm,start,end,summary,location,calendar"), NULL);
}

/* The last minute; a day from -f on; up to -t from now on. */
static void
set_range(struct cli *cli, bool state)
{
	struct zone_cursor cursor = {0};

	cli_resolve_time(cli, NULL, NULL);
	if (state)
		return;
	if (!cli->from_word)
		cli->from = cli->to_word ? cli->now : cli->now - 60;
	if (!cli->to_word)
		cli->until =
		    cli->from_word
			? zone_instant(&cursor, cli->zone,
			      zone_local(&cursor, cli->zone, cli->from) +
				  SECONDS_A_DAY,
			      NULL)
			: cli->now;
	else if (cli->until <= cli->from)
		cli_usage(cli, "-t %s is not after now: give -f too",
		    cli->to_word);
}

/* --- mails ---------------------------------------------------------------- */

static bool
compose(void *arg, const struct field *fields, struct str owner, uint64_t id,
    struct buf *out, struct error *err)
{
	const struct options *options = arg;
	const struct reminder_mail *mail = &options->mail;
	struct buf message = {0};
	bool ok;

	if (options->reminders.command)
		return reminder_compose(mail, fields, owner, id, out, err);
	ok = reminder_compose(mail, fields, owner, id, &message, err) &&
	     mail_to_mbox(buf_str(&message), mail->sender, mail->date, out);
	buf_free(&message);
	return ok;
}

static void
start_mails(struct options *options, const struct cli *cli)
{
	struct reminder_mail *mail = &options->mail;
	struct buf sender = {0};

	if (!mail->sender.n) {
		mail_own_address(&sender);
		mail->sender = arena_copy(&options->arena, buf_str(&sender));
		buf_free(&sender);
	}
	mail->date = cli->now;
	mail->zone = zone_id(cli->zone);
	options->reminders.compose = compose;
	options->reminders.arg = options;
}

/* --- the run -------------------------------------------------------------- */

struct run {
	struct cli cli;
	struct options options;
	struct expand expand;
	struct alarm_find find;
};

static bool
series(void *arg, const struct event *master,
    const struct event *const *overrides, size_t count)
{
	struct run *run = arg;

	return alarm_find(&run->find, master, overrides, count);
}

static bool
wanted(void *arg, const struct record *record)
{
	const struct run *run = arg;

	return alarms_possible(run->find.choice, record);
}

static bool
aside(void *arg)
{
	struct run *run = arg;

	return reminders_aside(&run->options.reminders);
}

static void
report(void *arg, const struct error *err)
{
	struct run *run = arg;

	cli_report(&run->cli, err);
}

static void
note(void *arg, const struct error *err)
{
	struct run *run = arg;

	cli_note(&run->cli, err);
}

static void
start(struct run *run)
{
	struct expand *expand = &run->expand;
	struct cli *cli = &run->cli;
	struct error err;

	if (!expand_init(expand, &cli->reader, cli->memory / 2, &err))
		cli_die(cli, &err);
	expand->options = (struct series_options){.from = cli->from,
	    .until = cli->until,
	    .zone = cli->zone,
	    .school = RULE_START_INSTANCE};
	expand->types = run->options.types;
	expand->zones = cli->zones;
	expand->policy = cli->zone_policy;
	expand->series = series;
	expand->wanted = wanted;
	expand->aside = aside;
	expand->report = report;
	expand->note = note;
	expand->arg = run;
	run->find = (struct alarm_find){.from = cli->from,
	    .until = cli->until,
	    .choice = &run->options.reminders.choice,
	    .context = &expand->context,
	    .series = &expand->options,
	    .found = reminders_found,
	    .arg = &run->options.reminders};
}

static void
look(struct run *run)
{
	struct reminders *reminders = &run->options.reminders;
	struct error err;

	cli_open_inputs(&run->cli, 0, ".ics");
	start(run);
	while (cli_next(&run->cli)) {
		if (!walk_starts(&run->expand.walk))
			continue;
		reminders_calendar(reminders, &run->expand.walk);
		if (!expand_calendar(&run->expand, &err))
			cli_report(&run->cli, &err);
	}
	expand_free(&run->expand);
}

int
main(int argc, char **argv)
{
	struct run run = {
	    .options = {.reminders = {.late = 7 * SECONDS_A_DAY, .limit = 60},
		.types = 1u << EVENT_EVENT | 1u << EVENT_TODO}};
	struct options *options = &run.options;
	struct cli_options own = {set, options};
	struct cli *cli = &run.cli;
	struct error err;
	int status;

	setlocale(LC_ALL, "");
	cli_start(cli, &program, argc, argv, &own);
	cli->wants_calendars = true;
	settle(options, cli);
	set_range(cli, options->reminders.state_path != NULL);
	if (options->inputs && !input_list_read(options->inputs, &cli->operands,
				   &cli->operand_count, &options->arena, &err))
		cli_die(cli, &err);
	if (options->mails)
		start_mails(options, cli);
	reminders_start(&options->reminders, cli);
	/* An empty list names nothing, not standard input. */
	if (!options->inputs || cli->operand_count)
		look(&run);
	reminders_give(&options->reminders);
	status = reminders_finish(&options->reminders);
	arena_free(&options->arena);
	return status;
}
