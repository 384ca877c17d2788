#include "cli/label.h"

#include <string.h>
#include <unistd.h>

void
label_free(struct label *label)
{
	arena_free(&label->arena);
	arena_free(&label->folder_arena);
}

/* The last part of a path, an ending such as ".ics" cut off. */
static struct str
base_name(const char *path, bool cut_ending)
{
	struct str name = str_of(path), part, rest;
	size_t n;

	while (name.n > 1 && name.p[name.n - 1] == '/')
		name.n--;
	rest = name;
	while (str_cut(&rest, '/', &part))
		name = part;
	for (n = name.n; cut_ending && n > 1; n--)
		if (name.p[n - 1] == '.') {
			name.n = n - 1;
			break;
		}
	return name;
}

static void
read_folder(struct label *label, struct cli *cli, const char *folder)
{
	struct arena *arena = &label->folder_arena;

	label->folder = folder;
	arena_reset(arena);
	if (!input_folder_note(&label->folder_name, folder, "displayname",
		arena) ||
	    !input_folder_note(&label->folder_color, folder, "color", arena))
		cli_no_memory(cli);
	if (label->folder_name.n == 0)
		label->folder_name = base_name(folder, false);
}

void
label_set(struct label *label, struct cli *cli, const struct input *input,
    struct str own_name, struct str own_color)
{
	struct str name = input->label, color = own_color;

	if (input->folder && input->folder != label->folder)
		read_folder(label, cli, input->folder);
	if (name.n == 0)
		name = own_name;
	if (name.n == 0 && input->folder)
		name = label->folder_name;
	if (name.n == 0 && input->fd != STDIN_FILENO)
		name = base_name(input->path, true);
	if (color.n == 0 && input->folder)
		color = label->folder_color;
	arena_reset(&label->arena);
	label->name = arena_copy(&label->arena, name);
	label->color = arena_copy(&label->arena, color);
	if ((name.n && !label->name.p) || (color.n && !label->color.p))
		cli_no_memory(cli);
}
