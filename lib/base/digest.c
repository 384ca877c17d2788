#include "base/digest.h"

#include <errno.h>
#include <nettle/sha2.h>
#include <unistd.h>

#define CHUNK ((size_t)32 << 10)

_Static_assert(sizeof(struct sha256_ctx) <= sizeof(struct digester),
    "room for nettle's state");

static struct sha256_ctx *
state_of(struct digester *digester)
{
	return (void *)digester->state;
}

void
digester_init(struct digester *digester)
{
	sha256_init(state_of(digester));
}

void
digester_add(struct digester *digester, struct str bytes)
{
	if (bytes.n)
		sha256_update(state_of(digester), bytes.n,
		    (const uint8_t *)bytes.p);
}

void
digester_end(struct digester *digester, struct digest *digest)
{
	sha256_digest(state_of(digester), sizeof(digest->bytes), digest->bytes);
}

struct digest
digest_of(struct str bytes)
{
	struct digester digester;
	struct digest digest;

	digester_init(&digester);
	digester_add(&digester, bytes);
	digester_end(&digester, &digest);
	return digest;
}

bool
digest_of_spool(struct spool *spool, uint64_t at, uint64_t size,
    struct digest *digest, struct error *err)
{
	struct digester digester;
	char chunk[CHUNK];
	size_t got;

	digester_init(&digester);
	while (size) {
		size_t want = size < CHUNK ? (size_t)size : CHUNK;

		if (!spool_read(spool, at, chunk, want, &got, err))
			return false;
		if (got == 0)
			break;
		digester_add(&digester, (struct str){chunk, got});
		at += got;
		size -= got;
	}
	digester_end(&digester, digest);
	return true;
}

bool
digest_of_file(int fd, struct digest *digest, struct error *err)
{
	struct digester digester;
	char chunk[CHUNK];
	ssize_t n;

	digester_init(&digester);
	while ((n = read(fd, chunk, sizeof(chunk))) != 0) {
		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return error_errno(err, pos_none(), "cannot read");
		digester_add(&digester, (struct str){chunk, (size_t)n});
	}
	digester_end(&digester, digest);
	return true;
}

void
digest_hex(const struct digest *digest, size_t bytes, char *to)
{
	static const char digits[] = "0123456789abcdef";

	for (size_t i = 0; i < bytes && i < sizeof(digest->bytes); i++) {
		*to++ = digits[digest->bytes[i] >> 4];
		*to++ = digits[digest->bytes[i] & 15];
	}
	*to = '\0';
}
