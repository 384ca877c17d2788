/*
 * What the terminal is like: how large, and whether it has colours.
 */
#ifndef KALENDS_CLI_TERMINAL_H
#define KALENDS_CLI_TERMINAL_H

#include "cli/cli.h"

/* Columns: $COLUMNS (POSIX: what the user prefers), else the terminal's, else
 * 80. Lines likewise from $LINES; 0 where there is no terminal: no end. */
size_t terminal_width(int fd);
size_t terminal_height(int fd);

/* Whether fd is a terminal of at least that many columns: the cursor may be
 * moved there. */
bool terminal_has(int fd, size_t columns);

/* --color, else $NO_COLOR, $TERM and whether fd is a terminal. */
bool terminal_has_color(int fd, enum cli_color wanted);

#endif
