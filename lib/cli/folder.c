#include "cli/folder.h"

#include <stdio.h>
#include <string.h>

#include "cli/color.h"

void
folder_free(struct folder *folder)
{
	label_free(&folder->label);
	arena_free(&folder->arena);
}

/* COLOR takes a name of CSS, X-APPLE-CALENDAR-COLOR a number. */
static void
set_color(struct folder *folder, struct str text)
{
	struct color color;
	const char *name;

	folder->group.color = folder->group.apple_color = (struct str){NULL, 0};
	if (!color_parse(&color, text))
		return;
	snprintf(folder->hex, sizeof(folder->hex), "#%02X%02X%02X", color.red,
	    color.green, color.blue);
	folder->group.apple_color = str_of(folder->hex);
	name = color_name(color);
	if (!name)
		return;
	snprintf(folder->css, sizeof(folder->css), "%s", name);
	folder->group.color = str_of(folder->css);
}

const struct compose_group *
folder_group(struct folder *folder, struct cli *cli)
{
	static const struct compose_group alone = {0};
	const struct str none = {NULL, 0};
	const struct input *input = &cli->inputs.current;
	const char *slash;
	struct str path;
	struct input here = *input;

	if (!input->folder || !(slash = strrchr(input->path, '/'))) {
		folder->path = none;
		return &alone;
	}
	path = (struct str){input->path, (size_t)(slash - input->path)};
	if (folder->path.p && str_eq(folder->path, path))
		return &folder->group;
	arena_reset(&folder->arena);
	here.folder = arena_cstr(&folder->arena, path);
	if (!here.folder)
		cli_no_memory(cli);
	folder->label.folder = NULL; /* a path may come to lie there again */
	/* The label is the operand's, not that of a folder in it. */
	if (strlen(input->root) < path.n)
		here.label = none;
	label_set(&folder->label, cli, &here, none, none);
	folder->path = path;
	folder->group.number = ++folder->count;
	folder->group.name = folder->label.name;
	set_color(folder, folder->label.color);
	return &folder->group;
}
