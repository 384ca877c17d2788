/*
 * What a calendar is called: the label before the input ("alice=alice.ics"),
 * else its NAME or X-WR-CALNAME, else a vdir's displayname, else the name of
 * the folder or file. Its colour likewise: COLOR, else a vdir's color file.
 */
#ifndef KALENDS_CLI_LABEL_H
#define KALENDS_CLI_LABEL_H

#include "cli/cli.h"

struct label {
	struct str name, color; /* live until the next label_set() */

	/* Private: what was read of the folder at hand. */
	const char *folder;
	struct str folder_name, folder_color;
	struct arena arena, folder_arena;
};

void label_free(struct label *label);

/* own_name and own_color are the calendar's own, empty where it has none. Ends
 * the program without memory. */
void label_set(struct label *label, struct cli *cli, const struct input *input,
    struct str own_name, struct str own_color);

#endif
