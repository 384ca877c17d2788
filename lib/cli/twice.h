/*
 * Inputs that are read twice: files are opened again, standard input is copied
 * to a temporary file if it is none.
 */
#ifndef KALENDS_CLI_TWICE_H
#define KALENDS_CLI_TWICE_H

#include <sys/types.h>

#include "cli/cli.h"

/* Before the first cli_open_inputs(cli, from, ...): sees to it that standard
 * input, if it is among the operands, can be read again. `start` is where it
 * begins; -1: it is not read. Ends the program where that cannot be. */
void twice_begin(struct cli *cli, size_t from, off_t *start);

/* cli_next() for the first time: what is wrong is said the second time. */
bool twice_next(struct cli *cli);

/* After the first time; inputs can be opened again then. */
void twice_again(struct cli *cli, off_t start);

#endif
