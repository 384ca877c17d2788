#include "cli/vdir_label.h"

#include <stdio.h>

#include "cli/color.h"

void
vdir_label_free(struct vdir_label *label)
{
	arena_free(&label->arena);
}

void
vdir_label_input(struct vdir_label *label, struct cli *cli)
{
	const struct input *input = &cli->inputs.current;

	if (label->given.n == 0)
		label->given = input->label;
	if (!input->folder || label->source_name.n || label->source_color.n)
		return;
	if (!input_folder_note(&label->source_name, input->folder,
		"displayname", &label->arena) ||
	    !input_folder_note(&label->source_color, input->folder, "color",
		&label->arena))
		cli_no_memory(cli);
}

static struct str
first_of(struct str a, struct str b, struct str c)
{
	if (a.n)
		return a;
	return b.n ? b : c;
}

void
vdir_label_write(struct vdir_label *label, struct vdir *vdir,
    struct str own_name, struct str own_color, struct cli *cli)
{
	struct str none = {NULL, 0};
	struct str name = first_of(label->given, own_name, label->source_name);
	struct error err;
	struct color rgb;
	char hex[8];

	if (name.n && !vdir_note(vdir, "displayname", name, &err))
		cli_report(cli, &err);
	if (!color_parse(&rgb, first_of(own_color, label->source_color, none)))
		return;
	snprintf(hex, sizeof(hex), "#%02X%02X%02X", rgb.red, rgb.green,
	    rgb.blue);
	if (!vdir_note(vdir, "color", str_of(hex), &err))
		cli_report(cli, &err);
}
