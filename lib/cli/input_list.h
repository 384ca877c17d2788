/*
 * Inputs that are named in a file, one a line: more than a command line has
 * room for.
 */
#ifndef KALENDS_CLI_INPUT_LIST_H
#define KALENDS_CLI_INPUT_LIST_H

#include "base/arena.h"
#include "base/error.h"

/* Adds the lines of a file ("-": standard input) to the operands; empty lines
 * are none. The result lives in the arena. */
bool input_list_read(const char *path, char ***operands, size_t *count,
    struct arena *arena, struct error *err);

#endif
