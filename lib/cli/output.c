/* What a program writes: the standard output, -o FILE, many files in turn. */
#include "cli/output.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/memory.h"

void
cli_output_drop(struct cli *cli)
{
	if (cli->output_temp)
		unlink(cli->output_temp);
	free(cli->output_temp);
	cli->output_temp = NULL;
}

/* A regular file is written beside its place and renamed when whole; a device
 * or pipe is written as it is. */
int
cli_output_open(struct cli *cli, struct error *err)
{
	const char *path = cli->output_path;
	struct pos pos = {path, 0, 0};
	mode_t mask = umask(0);
	struct stat st;
	int fd;

	umask(mask);
	if (stat(path, &st) == 0 && !S_ISREG(st.st_mode)) {
		fd = open(path, O_WRONLY | O_CLOEXEC);
		if (fd < 0)
			error_errno(err, pos, "cannot write");
		return fd;
	}
	cli->output_temp = malloc(strlen(path) + 16);
	if (!cli->output_temp) {
		error_set(err, ERR_MEMORY, pos, "no memory");
		return -1;
	}
	snprintf(cli->output_temp, strlen(path) + 16, "%s.XXXXXX", path);
	fd = mkstemp(cli->output_temp);
	if (fd < 0) {
		error_errno(err, pos, "cannot write");
		free(cli->output_temp);
		cli->output_temp = NULL;
		return -1;
	}
	fcntl(fd, F_SETFD, FD_CLOEXEC);
	fchmod(fd, 0666 & ~mask);
	return fd;
}

static bool
output_failed(struct cli *cli, struct error *err)
{
	const char *name =
	    cli->output_path ? cli->output_path : "(standard output)";

	if (!cli->out.failure)
		return false;
	errno = cli->out.failure;
	error_errno(err, (struct pos){name, 0, 0}, "cannot write");
	return true;
}

static void
check_output(struct cli *cli)
{
	struct error err;

	if (output_failed(cli, &err))
		cli_die(cli, &err);
}

void
cli_write(struct cli *cli, struct str bytes)
{
	if (!out_add(&cli->out, bytes))
		check_output(cli);
}

void
cli_copy_item(struct cli *cli)
{
	struct error err;

	if (!reader_copy(&cli->reader, &cli->out, &err))
		cli_die(cli, &err);
	check_output(cli);
}

static void
flush(struct cli *cli)
{
	out_flush(&cli->out);
	check_output(cli);
}

bool
cli_begin_output(struct cli *cli, const char *path, struct error *err)
{
	int fd;

	cli->output_path = path;
	fd = cli_output_open(cli, err);
	if (fd < 0)
		return false;
	out_free(&cli->out);
	if (out_init(&cli->out, fd))
		return true;
	close(fd);
	cli_output_drop(cli);
	return error_set(err, ERR_MEMORY, pos_none(), "no memory");
}

bool
cli_end_output(struct cli *cli, struct error *err)
{
	struct pos pos = {cli->output_path, 0, 0};
	bool ok;

	out_flush(&cli->out);
	if (cli->output_temp && !cli->out.failure && fsync(cli->out.fd) < 0 &&
	    errno != EINVAL)
		cli->out.failure = errno;
	if (close(cli->out.fd) < 0 && !cli->out.failure)
		cli->out.failure = errno;
	cli->out.fd = -1;
	ok = !output_failed(cli, err);
	if (ok && cli->output_temp &&
	    rename(cli->output_temp, cli->output_path) < 0) {
		error_errno(err, pos, "cannot write");
		ok = false;
	}
	if (!ok) {
		cli_output_drop(cli);
		return false;
	}
	free(cli->output_temp);
	cli->output_temp = NULL;
	return true;
}

int
cli_finish(struct cli *cli, enum cli_status status)
{
	struct error err;

	/* Whatever it was for, something may be missing: that is no new file,
	 * but what is written is written. */
	if (memory_was_short() && !cli->trouble) {
		if (!cli->output_temp)
			flush(cli);
		cli_no_memory(cli);
	}
	if (cli->out.fd >= 0 && !cli_end_output(cli, &err))
		cli_die(cli, &err);
	out_free(&cli->out);
	cli_close_inputs(cli);
	if (cli->release)
		cli->release(cli);
	return cli->trouble ? STATUS_TROUBLE : (int)status;
}
