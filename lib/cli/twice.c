#include "cli/twice.h"

#include <errno.h>
#include <string.h>
#include <unistd.h>

#include "base/memory.h"

static bool
reads_stdin(const struct cli *cli, size_t from)
{
	for (size_t i = from; i < cli->operand_count; i++) {
		struct input input = {0};

		if (strcmp(input_split(&input, cli->operands[i]), "-") == 0)
			return true;
	}
	return from >= cli->operand_count;
}

static void
die(struct cli *cli, const char *what)
{
	struct error err;

	error_errno(&err, (struct pos){"(standard input)", 0, 0}, "%s", what);
	cli_die(cli, &err);
}

/* All of it, to where it can be read again. */
static void
keep(struct cli *cli, int file)
{
	char bytes[1 << 15];

	for (;;) {
		ssize_t n = read(STDIN_FILENO, bytes, sizeof(bytes));
		ssize_t done = 0;

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			die(cli, "cannot read");
		if (n == 0)
			return;
		while (done < n) {
			ssize_t written =
			    write(file, bytes + done, (size_t)(n - done));

			if (written < 0 && errno != EINTR)
				die(cli, "cannot be kept");
			done += written > 0 ? written : 0;
		}
	}
}

void
twice_begin(struct cli *cli, size_t from, off_t *start)
{
	struct error err;
	int file;

	*start = -1;
	if (!reads_stdin(cli, from))
		return;
	*start = lseek(STDIN_FILENO, 0, SEEK_CUR);
	if (*start >= 0)
		return;
	file = spool_file(&err);
	if (file < 0)
		cli_die(cli, &err);
	keep(cli, file);
	if (lseek(file, 0, SEEK_SET) < 0 || dup2(file, STDIN_FILENO) < 0)
		die(cli, "cannot be kept");
	close(file);
	*start = 0;
}

bool
twice_next(struct cli *cli)
{
	bool silent = cli->silent, more;

	cli->silent = true;
	more = cli_next(cli);
	cli->silent = silent;
	if (cli->starved || memory_was_short())
		cli_no_memory(cli);
	return more;
}

void
twice_again(struct cli *cli, off_t start)
{
	cli_close_inputs(cli);
	cli->trouble = cli->unread = false;
	if (start >= 0 && lseek(STDIN_FILENO, start, SEEK_SET) < 0)
		die(cli, "cannot be read again");
}
