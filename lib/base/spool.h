/*
 * A spool: bytes appended at one end and read back from anywhere, in memory
 * while they are few, in an unlinked temporary file (in $TMPDIR, else /tmp)
 * beyond. It is what lets a filter keep a 2 GB pipe without holding it.
 */
#ifndef KALENDS_BASE_SPOOL_H
#define KALENDS_BASE_SPOOL_H

#include "base/buf.h"
#include "base/error.h"

struct spool {
	struct buf head;  /* what has not gone to the file */
	size_t memory;    /* bytes kept in memory at most; 0: 1 MiB */
	int fd;           /* -1 while all is in memory */
	uint64_t on_disk; /* bytes in the file; head follows them */
};

void spool_init(struct spool *spool, size_t memory);
void spool_free(struct spool *spool);

/* Empties it; the file is truncated and kept for the next round. */
bool spool_reset(struct spool *spool, struct error *err);

/* All of it goes in or nothing. */
bool spool_add(struct spool *spool, struct str bytes, struct error *err);

/* Puts all of it into the file, spool->fd, at the same places. */
bool spool_to_file(struct spool *spool, struct error *err);
uint64_t spool_size(const struct spool *spool);

/* Reads up to n bytes at `at`; *got is 0 only at the end. */
bool spool_read(struct spool *spool, uint64_t at, char *to, size_t n,
    size_t *got, struct error *err);

/* Writes n bytes from `at` on. */
struct out;
bool spool_write(struct spool *spool, uint64_t at, uint64_t n, struct out *out,
    struct error *err);

/* Appends n bytes of `from`, those at `at`, to another spool. */
bool spool_append(struct spool *from, uint64_t at, uint64_t n, struct spool *to,
    struct error *err);

/* Opens an unlinked temporary file; -1 with ERR_IO. */
int spool_file(struct error *err);

#endif
