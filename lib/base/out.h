/*
 * Buffered output to a file descriptor that never forgets a failed write.
 */
#ifndef KALENDS_BASE_OUT_H
#define KALENDS_BASE_OUT_H

#include "base/str.h"

#define OUT_ROOM ((size_t)64 << 10)

struct out {
	int fd;
	int failure; /* errno of the first failed write, 0 while all is well */
	uint64_t written; /* bytes taken, those still in the buffer included */
	size_t n;
	char *p;
};

/* False without memory. The descriptor stays the caller's. */
bool out_init(struct out *out, int fd);
void out_free(struct out *out);

/* False once a write has failed; nothing is written after that. */
bool out_add(struct out *out, struct str s);
bool out_flush(struct out *out);

#endif
