#include "base/spool.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/out.h"

#define MEMORY_DEFAULT ((size_t)1 << 20)

void
spool_init(struct spool *spool, size_t memory)
{
	*spool = (struct spool){.memory = memory ? memory : MEMORY_DEFAULT,
	    .fd = -1};
}

void
spool_free(struct spool *spool)
{
	buf_free(&spool->head);
	if (spool->fd >= 0)
		close(spool->fd);
	spool->fd = -1;
	spool->on_disk = 0;
}

bool
spool_reset(struct spool *spool, struct error *err)
{
	bool used = spool->on_disk > 0;

	buf_reset(&spool->head);
	spool->on_disk = 0;
	if (used && ftruncate(spool->fd, 0) < 0)
		return error_errno(err, pos_none(),
		    "cannot empty a temporary file");
	return true;
}

uint64_t
spool_size(const struct spool *spool)
{
	return spool->on_disk + spool->head.n;
}

int
spool_file(struct error *err)
{
	const char *dir = getenv("TMPDIR");
	char path[4096];
	int fd;

	if (!dir || !*dir)
		dir = "/tmp";
	if (snprintf(path, sizeof(path), "%s/kalends.XXXXXX", dir) >=
	    (int)sizeof(path)) {
		errno = ENAMETOOLONG;
		fd = -1;
	} else {
		fd = mkstemp(path);
	}
	if (fd < 0) {
		error_errno(err, pos_none(),
		    "cannot make a temporary file in %s", dir);
		return -1;
	}
	unlink(path);
	fcntl(fd, F_SETFD, FD_CLOEXEC);
	return fd;
}

static bool
write_at_end(struct spool *spool, struct str bytes, struct error *err)
{
	uint64_t at = spool->on_disk;

	if (spool->fd < 0 && (spool->fd = spool_file(err)) < 0)
		return false;
	while (bytes.n) {
		ssize_t n = pwrite(spool->fd, bytes.p, bytes.n, (off_t)at);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return error_errno(err, pos_none(),
			    "cannot write a temporary file");
		at += (uint64_t)n;
		bytes = str_from(bytes, (size_t)n);
	}
	/* What was written of a piece that failed does not count. */
	spool->on_disk = at;
	return true;
}

bool
spool_add(struct spool *spool, struct str bytes, struct error *err)
{
	if (bytes.n > spool->memory - spool->head.n) {
		if (!write_at_end(spool, buf_str(&spool->head), err))
			return false;
		buf_reset(&spool->head);
		if (bytes.n > spool->memory)
			return write_at_end(spool, bytes, err);
	}
	if (!buf_add_str(&spool->head, bytes))
		return error_set(err, ERR_MEMORY, pos_none(), "no memory");
	return true;
}

bool
spool_to_file(struct spool *spool, struct error *err)
{
	if (!write_at_end(spool, buf_str(&spool->head), err))
		return false;
	buf_reset(&spool->head);
	return true;
}

bool
spool_read(struct spool *spool, uint64_t at, char *to, size_t n, size_t *got,
    struct error *err)
{
	struct str rest;

	*got = 0;
	if (at < spool->on_disk) {
		ssize_t done;

		if (n > spool->on_disk - at)
			n = (size_t)(spool->on_disk - at);
		do
			done = pread(spool->fd, to, n, (off_t)at);
		while (done < 0 && errno == EINTR);
		if (done <= 0)
			return error_errno(err, pos_none(),
			    "cannot read a temporary file");
		*got = (size_t)done;
		return true;
	}
	rest = str_from(buf_str(&spool->head),
	    at - spool->on_disk > SIZE_MAX ? SIZE_MAX
					   : (size_t)(at - spool->on_disk));
	*got = rest.n < n ? rest.n : n;
	if (*got)
		memcpy(to, rest.p, *got);
	return true;
}

bool
spool_write(struct spool *spool, uint64_t at, uint64_t n, struct out *out,
    struct error *err)
{
	char chunk[16384];
	size_t got = 0;

	for (; n; n -= got, at += got) {
		size_t most = n < sizeof(chunk) ? (size_t)n : sizeof(chunk);

		if (!spool_read(spool, at, chunk, most, &got, err))
			return false;
		if (got == 0)
			return error_set(err, ERR_IO, pos_none(),
			    "a temporary file lost its end");
		out_add(out, (struct str){chunk, got});
	}
	return true;
}

bool
spool_append(struct spool *from, uint64_t at, uint64_t n, struct spool *to,
    struct error *err)
{
	char chunk[16384];
	size_t got = 0;

	for (; n; n -= got, at += got) {
		size_t most = n < sizeof(chunk) ? (size_t)n : sizeof(chunk);

		if (!spool_read(from, at, chunk, most, &got, err))
			return false;
		if (got == 0)
			return error_set(err, ERR_IO, pos_none(),
			    "a temporary file lost its end");
		if (!spool_add(to, (struct str){chunk, got}, err))
			return false;
	}
	return true;
}
