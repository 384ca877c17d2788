/*
 * SHA-256 of bytes: names for what a hostile sender chose, versions of files,
 * and whether two texts are the same. Nettle does the work: small, in Debian,
 * and with the processor's own instructions where it has them.
 */
#ifndef KALENDS_BASE_DIGEST_H
#define KALENDS_BASE_DIGEST_H

#include "base/error.h"
#include "base/spool.h"
#include "base/str.h"

struct digest {
	unsigned char bytes[32];
};

#define DIGEST_HEX (2 * sizeof(((struct digest *)0)->bytes) + 1)

/* A digest being made. */
struct digester {
	_Alignas(16) unsigned char state[128];
};

void digester_init(struct digester *digester);
void digester_add(struct digester *digester, struct str bytes);
void digester_end(struct digester *digester, struct digest *digest);

struct digest digest_of(struct str bytes);

/* Of size bytes of a spool from `at` on. */
bool digest_of_spool(struct spool *spool, uint64_t at, uint64_t size,
    struct digest *digest, struct error *err);

/* Of what a file holds from its position on. */
bool digest_of_file(int fd, struct digest *digest, struct error *err);

/* Its first `bytes` bytes (32 at most) in lower case hex, NUL-terminated. */
void digest_hex(const struct digest *digest, size_t bytes, char *to);

static inline bool
digest_same(const struct digest *a, const struct digest *b)
{
	return memcmp(a->bytes, b->bytes, sizeof(a->bytes)) == 0;
}

#endif
