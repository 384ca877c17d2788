/*
 * Inside reminders: reminders.c collects them, reminders_give.c gives them.
 * Nobody else includes this.
 */
#ifndef KALENDS_CLI_REMINDERS_IMPL_H
#define KALENDS_CLI_REMINDERS_IMPL_H

#include "cli/reminders.h"

/* A reminder while it is sorted. The texts lie behind it. */
struct reminder {
	int64_t at;
	struct pos pos; /* of its event */
	struct alarm_mark mark;
	enum alarm_known known;
	bool over;                     /* its event is */
	bool unmailable;               /* text is the reason */
	size_t key, text, environment; /* sizes */
};

struct reminder_texts {
	struct str key; /* as in the state */
	struct str text;
	struct str environment; /* "NAME=value\0NAME=value\0" */
};

/* The texts point into `packed`. */
void reminder_unpack(struct reminder *reminder, struct reminder_texts *texts,
    struct str packed);

/* Ends the program. */
void reminders_die(struct reminders *reminders, struct error *err)
    __attribute__((noreturn));

#endif
