/*
 * Reminders: alarms that are due, in the order of their moments, as rows, JSON
 * Lines or mails; written, or given one by one to a command. With a state each
 * is given once. What does not fit in memory is sorted on disk.
 */
#ifndef KALENDS_CLI_REMINDERS_H
#define KALENDS_CLI_REMINDERS_H

#include "base/command.h"
#include "base/sorter.h"
#include "cal/alarm_columns.h"
#include "cal/walk.h"
#include "cli/alarm_state.h"
#include "cli/cli.h"
#include "cli/label.h"

enum reminder_form { REMINDER_ROW, REMINDER_JSON, REMINDER_MAIL };

struct reminders {
	/* Set by the caller before reminders_start(). */
	enum reminder_form form;
	struct alarm_columns columns; /* also those that `compose` gets */
	bool header;
	struct alarm_choice choice;    /* .owner is set here */
	const char *state_path;        /* NULL: none */
	int64_t late;                  /* seconds that an alarm may be late */
	const struct command *command; /* NULL: they are written */
	unsigned limit;                /* seconds for a command; 0: none */
	unsigned tries;                /* for an alarm; 0: no limit */
	/* Makes the mail of an alarm. `id` names it alone; owner is the address
	 * of "name<address>=", or empty. False, with the reason, for one that
	 * cannot be sent. */
	bool (*compose)(void *arg, const struct field *fields, struct str owner,
	    uint64_t id, struct buf *out, struct error *err);
	void *arg;

	/* Private from here. */
	struct cli *cli;
	struct walk *walk;
	struct label label;
	struct arena arena;
	struct sorter *sorter;
	struct buf key, text, environment, payload;
	struct zone_cursor cursor;
	struct alarm_columns_context said; /* of `columns` */
	struct alarm_columns_context told; /* of `all` */
	struct alarm_columns all;          /* for the environment */
	struct alarm_state *state;
	int input;    /* a file for the command's standard input; -1 */
	bool stopped; /* not all could be given */
};

/* Opens the state, if there is one, and sets cli->from and until by it. */
void reminders_start(struct reminders *reminders, struct cli *cli);

/* Before the calendar that the reader stands at is looked at, and when its own
 * lines are known (expand's `aside`). */
void reminders_calendar(struct reminders *reminders, struct walk *walk);
bool reminders_aside(struct reminders *reminders);

/* An alarm that is due. */
bool reminders_found(void *arg, const struct alarm_due *due);

/* Gives them all. */
void reminders_give(struct reminders *reminders);

/* Ends; the state is written after all output was. Gives the exit status. */
int reminders_finish(struct reminders *reminders);

#endif
