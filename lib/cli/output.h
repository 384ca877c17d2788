/* The two things about the output that the start of a program needs. */
#ifndef KALENDS_CLI_OUTPUT_H
#define KALENDS_CLI_OUTPUT_H

#include "cli/cli.h"

/* Opens cli->output_path for writing: a regular file beside its place, to be
 * renamed when it is whole (cli->output_temp); a device or pipe as it is. -1
 * with the error. */
int cli_output_open(struct cli *cli, struct error *err);

/* Takes an unfinished file away. */
void cli_output_drop(struct cli *cli);

#endif
