#define _GNU_SOURCE /* MAP_ANONYMOUS */
#include "pdf/batch.h"

#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/memory.h"
#include "cli/progress.h"

#define MOST_WORKERS 256
#define DEEPEST      16

/* --- what is up to date --------------------------------------------------- */

static bool
is_later(const struct stat *a, const struct stat *b)
{
	if (a->st_mtim.tv_sec != b->st_mtim.tv_sec)
		return a->st_mtim.tv_sec > b->st_mtim.tv_sec;
	return a->st_mtim.tv_nsec > b->st_mtim.tv_nsec;
}

/* Whether the output is later than all there is at the path. */
static bool
is_later_than(const struct stat *output, int at, const char *path, int depth)
{
	struct stat st;
	struct dirent *item;
	bool ok = true;
	DIR *folder;
	int fd;

	if (fstatat(at, path, &st, 0) < 0 || !is_later(output, &st))
		return false;
	if (!S_ISDIR(st.st_mode))
		return true;
	fd = depth < DEEPEST
	         ? openat(at, path, O_RDONLY | O_DIRECTORY | O_CLOEXEC)
	         : -1;
	if (fd < 0)
		return false;
	folder = fdopendir(fd);
	if (!folder) {
		close(fd);
		return false;
	}
	while (ok && (item = readdir(folder)))
		if (*item->d_name != '.')
			ok = is_later_than(output, fd, item->d_name, depth + 1);
	closedir(folder);
	return ok;
}

static bool
is_fresh(const struct print_job *job)
{
	struct stat output;

	if (stat(job->output, &output) < 0)
		return false;
	for (size_t i = 0; i < job->count; i++) {
		struct input input = {0};

		if (!is_later_than(&output, AT_FDCWD,
			input_split(&input, job->inputs[i]), 0))
			return false;
	}
	return true;
}

/* --- workers -------------------------------------------------------------- */

/* Shared by the processes. */
struct board {
	atomic_size_t next, done, failed, kept;
	atomic_size_t at[MOST_WORKERS]; /* each one's job and 1; 0: none */
};

struct run {
	struct batch *batch;
	struct print *print;
	struct board *board;
	bool newer;
	pid_t workers[MOST_WORKERS];
	size_t count;
};

static void
do_job(struct run *run, const struct print_job *job)
{
	struct cli *cli = run->print->cli;

	if (run->newer && is_fresh(job)) {
		atomic_fetch_add(&run->board->kept, 1);
		return;
	}
	cli->trouble = false;
	if (!print_document(run->print, job) || cli->trouble)
		atomic_fetch_add(&run->board->failed, 1);
}

static void
work(struct run *run, size_t worker)
{
	struct board *board = run->board;
	size_t at;

	/* Lines of several workers, each whole. */
	setvbuf(stderr, NULL, _IOLBF, BUFSIZ);
	print_ready(run->print);
	while ((at = atomic_fetch_add(&board->next, 1)) < run->batch->count) {
		atomic_store(&board->at[worker], at + 1);
		do_job(run, &run->batch->jobs[at]);
		if (memory_was_short())
			cli_no_memory(run->print->cli);
		atomic_store(&board->at[worker], 0);
		atomic_fetch_add(&board->done, 1);
	}
	/* What the cli has open is the parent's. */
	print_free(run->print);
	_exit(0);
}

static bool
start(struct run *run, size_t worker)
{
	struct error err;
	pid_t pid;

	fflush(stderr);
	pid = fork();
	if (pid == 0)
		work(run, worker);
	run->workers[worker] = pid > 0 ? pid : 0;
	if (pid > 0)
		return true;
	error_errno(&err, pos_none(), "cannot start a worker");
	cli_report(run->print->cli, &err);
	return false;
}

/* One that ended in the middle of a document: the next one goes on behind it.
 * False where it never came to work. */
static bool
mourn(struct run *run, size_t worker, int status)
{
	struct board *board = run->board;
	size_t at = atomic_load(&board->at[worker]);
	const struct print_job *job;
	struct error err;

	if (at == 0)
		return false;
	job = &run->batch->jobs[at - 1];
	if (WIFSIGNALED(status)) {
		error_set(&err, ERR_IO, (struct pos){job->output, 0, 0},
		    "not printed: killed by signal %d", WTERMSIG(status));
		cli_report(run->print->cli, &err);
	}
	atomic_store(&board->at[worker], 0);
	atomic_fetch_add(&board->failed, 1);
	atomic_fetch_add(&board->done, 1);
	return true;
}

static size_t
find(const struct run *run, pid_t pid)
{
	for (size_t i = 0; i < run->count; i++)
		if (run->workers[i] == pid)
			return i;
	return SIZE_MAX;
}

/* Until no worker is left; true where something went wrong. */
static bool
supervise(struct run *run, struct progress *progress)
{
	struct timespec pause = {0, 20000000};
	size_t left = 0;
	bool trouble = false;

	for (size_t i = 0; i < run->count; i++)
		left += start(run, i);
	trouble = left < run->count;
	while (left) {
		int status;
		pid_t pid = waitpid(-1, &status, WNOHANG);
		size_t worker = pid > 0 ? find(run, pid) : SIZE_MAX;

		progress_show(progress, "%zu of %zu",
		    atomic_load(&run->board->done), run->batch->count);
		if (pid == 0)
			nanosleep(&pause, NULL);
		if (pid < 0 && errno != EINTR)
			break;
		if (worker == SIZE_MAX)
			continue;
		left--;
		if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
			continue;
		trouble = true;
		if (mourn(run, worker, status))
			left += start(run, worker);
	}
	return trouble || atomic_load(&run->board->failed);
}

static void
tell(struct run *run)
{
	struct board *board = run->board;
	size_t kept = atomic_load(&board->kept);
	size_t failed = atomic_load(&board->failed);
	struct error err;

	if (!run->print->verbose && !failed)
		return;
	error_set(&err, ERR_NONE, pos_none(),
	    "%zu document%s: %zu printed, %zu up to date, %zu with faults",
	    run->batch->count, run->batch->count == 1 ? "" : "s",
	    atomic_load(&board->done) - kept - failed, kept, failed);
	cli_note(run->print->cli, &err);
}

void
batch_run(struct batch *batch, struct print *print, size_t workers, bool newer)
{
	struct run run = {.batch = batch, .print = print, .newer = newer};
	struct progress progress;
	struct error err;

	run.count = workers > MOST_WORKERS ? MOST_WORKERS : workers;
	if (run.count > batch->count)
		run.count = batch->count;
	run.board = mmap(NULL, sizeof(*run.board), PROT_READ | PROT_WRITE,
	    MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (run.board == MAP_FAILED) {
		error_errno(&err, pos_none(), "no memory");
		cli_die(print->cli, &err);
	}
	print->name_outputs = true;
	progress_start(&progress, print->cli);
	if (supervise(&run, &progress))
		print->cli->trouble = true;
	progress_end(&progress);
	tell(&run);
	munmap(run.board, sizeof(*run.board));
}
