/*
 * What the terminal is like: how large, and whether it has colours.
 */
#ifndef KALENDS_CLI_TERMINAL_H
#define KALENDS_CLI_TERMINAL_H

#include "cli/cli.h"

/* Columns: $COLUMNS (POSIX: what the user prefers), else the terminal's, else
 * 80. */
size_t terminal_width(int fd);

/* --color, else $NO_COLOR, $TERM and whether fd is a terminal. */
bool terminal_has_color(int fd, enum cli_color wanted);

#endif
