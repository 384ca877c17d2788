/* Readers over texts, for unit tests: through a temporary file, or a pipe that
 * a child process fills in pieces. */
#ifndef KALENDS_TESTS_READER_HELP_H
#define KALENDS_TESTS_READER_HELP_H

#include <stdio.h>
#include <stdlib.h>
#include <sys/wait.h>
#include <unistd.h>

#include "tests/unit/reader_trace.h"

/* An unlinked file that holds the text, at its start. */
static inline int
help_file(struct str text)
{
	int fd = spool_file(NULL);

	if (fd < 0 ||
	    (text.n && pwrite(fd, text.p, text.n, 0) != (ssize_t)text.n))
		abort();
	return fd;
}

static inline void
help_write_pieces(int fd, struct str text, size_t step)
{
	unsigned seed = (unsigned)step;

	while (text.n) {
		size_t n;
		ssize_t done;

		seed = seed * 1103515245u + 12345u;
		n = 1 + (seed >> 8) % step;
		done = write(fd, text.p, n < text.n ? n : text.n);
		if (done < 0)
			break;
		text = str_from(text, (size_t)done);
	}
}

/* The reading end of a pipe; a child writes pieces of 1 .. step bytes. */
static inline int
help_pipe(struct str text, size_t step, pid_t *child)
{
	int ends[2];

	if (pipe(ends) < 0 || (*child = fork()) < 0)
		abort();
	if (*child == 0) {
		close(ends[0]);
		help_write_pieces(ends[1], text, step);
		_exit(0);
	}
	close(ends[1]);
	return ends[0];
}

static inline void
help_reap(pid_t child)
{
	while (waitpid(child, NULL, 0) < 0)
		;
}

#endif
