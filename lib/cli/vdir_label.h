/*
 * What a vdir is called that calendars are imported into, and its colour: what
 * NAME=INPUT says, else what the calendars say of themselves, else what the
 * folder says that they come from. It is written where the vdir has none.
 */
#ifndef KALENDS_CLI_VDIR_LABEL_H
#define KALENDS_CLI_VDIR_LABEL_H

#include "cli/cli.h"
#include "store/vdir.h"

struct vdir_label {
	/* Private. */
	struct str given, source_name, source_color;
	struct arena arena;
};

void vdir_label_free(struct vdir_label *label);

/* At the start of each input; the first that knows decides. Ends the program
 * without memory. */
void vdir_label_input(struct vdir_label *label, struct cli *cli);

/* own_*: the calendars'. A colour is written as "#RRGGBB", as the format wants;
 * one that cannot be read is left out. What cannot be written is reported. */
void vdir_label_write(struct vdir_label *label, struct vdir *vdir,
    struct str own_name, struct str own_color, struct cli *cli);

#endif
