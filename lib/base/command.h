/*
 * Commands of others: found in PATH and run without a shell, so that nothing
 * of what they are told is ever read as one.
 */
#ifndef KALENDS_BASE_COMMAND_H
#define KALENDS_BASE_COMMAND_H

#include "base/arena.h"
#include "base/error.h"

struct command {
	char **argv; /* ends with NULL; lives in the arena */
};

/* Cuts a text into words at blanks. '...' and "..." hold a word together and
 * may be empty, a backslash takes the next character as it is: in "..." only
 * one that has a meaning to the shell there, in '...' none. Nothing else has a
 * meaning. ERR_USAGE for no word, or an open quote. */
bool command_parse(struct command *command, const char *text,
    struct arena *arena, struct error *err);

/* Runs it and waits: environment `env` (ends with NULL), standard input from
 * the start of the file `input` (-1: empty), the rest as ours. After `limit`
 * seconds (0: none) its process group gets SIGTERM, five seconds later
 * SIGKILL.
 *
 * True for status 0. ERR_ABSENT where it cannot be started, ERR_VALUE where it
 * failed, was killed or took too long: the message, without the command's
 * name, says which. Needs SIGCHLD, which it blocks while it waits. */
bool command_run(const struct command *command, char *const *env, int input,
    unsigned limit, struct error *err);

#endif
