#include <stdlib.h>
#include <unistd.h>

#include "base/spool.h"
#include "cli/reminders_impl.h"

extern char **environ;

/* --- the command ---------------------------------------------------------- */

/* What the command reads: a file, so that it may also read nothing of it. */
static bool
fill_input(struct reminders *reminders, struct str text, struct error *err)
{
	size_t at = 0;

	if (reminders->input < 0)
		reminders->input = spool_file(err);
	if (reminders->input < 0)
		return false;
	if (ftruncate(reminders->input, 0) < 0)
		return error_errno(err, pos_none(), "cannot keep a reminder");
	while (at < text.n) {
		ssize_t n = pwrite(reminders->input, text.p + at, text.n - at,
		    (off_t)at);

		if (n <= 0)
			return error_errno(err, pos_none(),
			    "cannot keep a reminder");
		at += (size_t)n;
	}
	return true;
}

static bool
is_set(const char *variable, struct str environment)
{
	size_t n = strcspn(variable, "=") + 1;
	struct str name = {variable, n}, one;

	while (environment.n && str_cut(&environment, '\0', &one))
		if (str_starts(one, name))
			return true;
	return false;
}

/* The reminder's variables, then ours without those of the same name. NULL
 * without memory. */
static char **
make_env(struct reminders *reminders, struct str environment)
{
	size_t count = reminders->all.count, n = 0;
	struct str rest = environment, one;
	char **env;

	for (char **variable = environ; *variable; variable++)
		count++;
	env = arena_array(&reminders->arena, count + 1, sizeof(*env));
	if (!env)
		return NULL;
	while (rest.n && str_cut(&rest, '\0', &one)) {
		env[n] = arena_cstr(&reminders->arena, one);
		if (!env[n++])
			return NULL;
	}
	for (char **variable = environ; *variable; variable++)
		if (strncmp(*variable, "KALENDS_", 8) != 0 ||
		    !is_set(*variable, environment))
			env[n++] = *variable;
	return env;
}

static bool
run(struct reminders *reminders, const struct reminder_texts *texts,
    struct error *err)
{
	char **env;

	arena_reset(&reminders->arena);
	env = make_env(reminders, texts->environment);
	if (!env)
		reminders_die(reminders, err);
	if (!fill_input(reminders, texts->text, err)) {
		reminders->stopped = true;
		return false;
	}
	if (command_run(reminders->command, env, reminders->input,
		reminders->limit, err))
		return true;
	reminders->stopped = err->code == ERR_ABSENT;
	return false;
}

/* --- one reminder --------------------------------------------------------- */

/* "team.ics:12:1: sendmail: status 75, alarm of 2026-...: to be tried again" */
static void
report_failure(struct reminders *reminders, const struct reminder *reminder,
    const struct error *why, const char *then)
{
	const struct command *command = reminders->command;
	struct cli *cli = reminders->cli;
	struct buf when = {0};
	struct error err;

	instant_write(reminder->at, cli->zone, &reminders->cursor, &when);
	error_set(&err, ERR_VALUE, reminder->pos, "alarm of %.*s: %s%s%s%s",
	    STR_ARG(buf_str(&when)),
	    command && !reminder->unmailable ? command->argv[0] : "",
	    command && !reminder->unmailable ? ": " : "", why->message, then);
	buf_free(&when);
	cli_report(cli, &err);
}

/* Nothing more is given when what was given cannot be remembered: it would be
 * given again with every run. */
static void
stop(struct reminders *reminders, const struct error *err)
{
	reminders->stopped = true;
	cli_report(reminders->cli, err);
}

static void
failed(struct reminders *reminders, const struct reminder *reminder,
    const struct error *why)
{
	unsigned most = reminders->tries, tries = 0;
	struct error err = {0};

	if (!reminders->state || reminders->stopped) {
		report_failure(reminders, reminder, why, "");
		return;
	}
	if (!alarm_state_failed(reminders->state, reminder->mark, &tries,
		&err)) {
		report_failure(reminders, reminder, why, "");
		stop(reminders, &err);
		return;
	}
	if (most == 0 || tries < most) {
		report_failure(reminders, reminder, why, ": to be tried again");
		return;
	}
	report_failure(reminders, reminder, why, ": given up");
	if (!alarm_state_fired(reminders->state, reminder->mark, true, &err))
		stop(reminders, &err);
}

static void
give(struct reminders *reminders, const struct reminder *reminder,
    const struct reminder_texts *texts)
{
	struct error err = {0};

	if (reminder->unmailable) {
		error_set(&err, ERR_VALUE, pos_none(), "%.*s",
		    STR_ARG(texts->text));
		failed(reminders, reminder, &err);
		return;
	}
	if (!reminders->command) {
		cli_write(reminders->cli, texts->text);
	} else if (!run(reminders, texts, &err)) {
		failed(reminders, reminder, &err);
		return;
	}
	if (reminders->state &&
	    !alarm_state_fired(reminders->state, reminder->mark,
		reminders->command != NULL, &err))
		stop(reminders, &err);
}

/* --- all of them ---------------------------------------------------------- */

void
reminders_give(struct reminders *reminders)
{
	struct reminder_texts texts;
	struct reminder reminder;
	struct str key, packed;
	struct error err = {0};

	if (!sorter_finish(reminders->sorter, &err))
		reminders_die(reminders, &err);
	while (!reminders->stopped &&
	       sorter_next(reminders->sorter, &key, &packed, &err)) {
		reminder_unpack(&reminder, &texts, packed);
		give(reminders, &reminder, &texts);
	}
	if (err.code != ERR_NONE)
		reminders_die(reminders, &err);
}

static bool
close_state(struct reminders *reminders, struct error *err)
{
	bool looked = !reminders->cli->unread && !reminders->stopped;
	bool ok;

	if (!reminders->state)
		return true;
	ok = alarm_state_close(reminders->state, looked, err);
	alarm_state_free(reminders->state);
	return ok;
}

int
reminders_finish(struct reminders *reminders)
{
	struct error err = {0};
	int status = cli_finish(reminders->cli, STATUS_DONE);

	if (!close_state(reminders, &err)) {
		cli_report(reminders->cli, &err);
		status = STATUS_TROUBLE;
	}
	if (reminders->input >= 0)
		close(reminders->input);
	sorter_free(reminders->sorter);
	label_free(&reminders->label);
	arena_free(&reminders->arena);
	columns_context_free(&reminders->said.rest);
	columns_context_free(&reminders->told.rest);
	buf_free(&reminders->key);
	buf_free(&reminders->text);
	buf_free(&reminders->environment);
	buf_free(&reminders->payload);
	return status;
}
