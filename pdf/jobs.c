/* The documents of a batch; see batch.h. */
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/hashset.h"
#include "cli/input_list.h"
#include "pdf/batch.h"

static void *
need(struct cli *cli, void *p)
{
	if (!p)
		cli_no_memory(cli);
	return p;
}

/* --- a list --------------------------------------------------------------- */

struct row {
	char *input, *output;
	struct str title;
};

static void
read_row(struct cli *cli, struct arena *arena, const char *list, size_t number,
    const char *line, struct row *row)
{
	struct str rest = str_of(line), input = {0}, output = {0};
	struct error err;

	*row = (struct row){0};
	str_cut(&rest, '\t', &input);
	str_cut(&rest, '\t', &output);
	str_cut(&rest, '\t', &row->title);
	if (input.n == 0 || output.n == 0 || rest.n) {
		error_set(&err, ERR_SYNTAX, (struct pos){list, number, 1},
		    "a row is input, output, title, with tabs between them");
		cli_die(cli, &err);
	}
	row->input = need(cli, arena_cstr(arena, input));
	row->output = need(cli, arena_cstr(arena, output));
}

void
batch_list(struct batch *batch, struct cli *cli, const char *path)
{
	char **lines = NULL, **inputs;
	size_t count = 0;
	struct print_job *job = NULL;
	struct error err;

	if (cli->operand_count)
		cli_usage(cli, "%s: with --batch inputs stand in the list",
		    cli->operands[0]);
	if (!input_list_read(path, &lines, &count, &batch->arena, &err))
		cli_die(cli, &err);
	if (count == 0)
		cli_usage(cli, "%s: no rows in it", path);
	batch->jobs =
	    need(cli, arena_array(&batch->arena, count, sizeof(*batch->jobs)));
	inputs = need(cli, arena_array(&batch->arena, count, sizeof(*inputs)));
	for (size_t i = 0; i < count; i++) {
		struct row row;

		read_row(cli, &batch->arena, path, i + 1, lines[i], &row);
		inputs[i] = row.input;
		if (!job || strcmp(job->output, row.output) != 0) {
			job = &batch->jobs[batch->count++];
			job->inputs = &inputs[i];
			job->output = row.output;
			job->name = str_of(row.output);
		}
		job->count++;
		if (job->title.n == 0)
			job->title = row.title;
		if (row.title.n)
			job->name = job->title;
	}
}

/* --- one an input --------------------------------------------------------- */

/* What an operand is called: its label, else the file or folder, without its
 * ending. */
static struct str
name_of(const char *operand)
{
	struct input input = {0};
	struct str path = str_of(input_split(&input, operand));
	size_t dot = SIZE_MAX;

	if (input.label.n)
		return input.label;
	while (path.n > 1 && path.p[path.n - 1] == '/')
		path.n--;
	for (size_t i = path.n; i > 0; i--)
		if (path.p[i - 1] == '/') {
			path = str_from(path, i);
			break;
		}
	for (size_t i = 1; i < path.n; i++)
		if (path.p[i] == '.')
			dot = i;
	return dot == SIZE_MAX ? path : str_head(path, dot);
}

static const char *
output_of(struct batch *batch, struct cli *cli, const char *folder,
    struct str name, const char *ending)
{
	struct buf path = {0};
	char *copy;

	buf_printf(&path, "%s/", folder);
	for (size_t i = 0; i < name.n; i++)
		/* Never out of the folder, never hidden. */
		buf_add_char(&path, name.p[i] == '/' || name.p[i] == '\0' ||
					    (i == 0 && name.p[i] == '.')
					? '_'
					: name.p[i]);
	buf_add_str(&path, str_of(ending));
	copy = arena_cstr(&batch->arena, buf_str(&path));
	buf_free(&path);
	return need(cli, copy);
}

static int
by_output(const void *a, const void *b)
{
	const struct print_job *const *left = a, *const *right = b;

	return strcmp((*left)->output, (*right)->output);
}

static void
refuse_twins(struct batch *batch, struct cli *cli)
{
	const struct print_job **order =
	    need(cli, arena_array(&batch->arena, batch->count, sizeof(*order)));

	for (size_t i = 0; i < batch->count; i++)
		order[i] = &batch->jobs[i];
	qsort(order, batch->count, sizeof(*order), by_output);
	for (size_t i = 1; i < batch->count; i++)
		if (strcmp(order[i - 1]->output, order[i]->output) == 0)
			cli_usage(cli,
			    "%s and %s would both be %s: name them, as in "
			    "alice=FILE",
			    order[i - 1]->inputs[0], order[i]->inputs[0],
			    order[i]->output);
}

void
batch_each(struct batch *batch, struct cli *cli, const char *folder,
    const char *ending)
{
	size_t count = cli->operand_count;

	if (count == 0)
		cli_usage(cli, "--each needs inputs");
	if (folder && mkdir(folder, 0777) < 0 && errno != EEXIST)
		cli_usage(cli, "--into %s: %s", folder, strerror(errno));
	batch->jobs =
	    need(cli, arena_array(&batch->arena, count, sizeof(*batch->jobs)));
	batch->count = count;
	for (size_t i = 0; i < count; i++) {
		struct print_job *job = &batch->jobs[i];

		job->inputs = &cli->operands[i];
		job->count = 1;
		job->name = name_of(cli->operands[i]);
		if (folder)
			job->output =
			    output_of(batch, cli, folder, job->name, ending);
	}
	if (folder)
		refuse_twins(batch, cli);
}

void
batch_free(struct batch *batch)
{
	arena_free(&batch->arena);
}
