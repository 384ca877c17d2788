#include "base/out.h"

#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

bool
out_init(struct out *out, int fd)
{
	*out = (struct out){.fd = fd, .p = malloc(OUT_ROOM)};
	return out->p != NULL;
}

void
out_free(struct out *out)
{
	free(out->p);
	out->p = NULL;
	out->n = 0;
}

static bool
write_all(struct out *out, const char *p, size_t n)
{
	while (n) {
		ssize_t done = write(out->fd, p, n);

		if (done < 0 && errno == EINTR)
			continue;
		if (done < 0) {
			out->failure = errno;
			return false;
		}
		p += done;
		n -= (size_t)done;
	}
	return true;
}

bool
out_flush(struct out *out)
{
	size_t n = out->n;

	out->n = 0;
	return !out->failure && write_all(out, out->p, n);
}

bool
out_add(struct out *out, struct str s)
{
	if (out->failure)
		return false;
	out->written += s.n;
	if (s.n > OUT_ROOM - out->n) {
		if (!out_flush(out))
			return false;
		if (s.n >= OUT_ROOM)
			return write_all(out, s.p, s.n);
	}
	if (s.n)
		memcpy(out->p + out->n, s.p, s.n);
	out->n += s.n;
	return true;
}
