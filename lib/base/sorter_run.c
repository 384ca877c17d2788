#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "base/sorter_impl.h"
#include "base/spool.h"

static bool
flush(struct sorter *sorter, struct error *err)
{
	struct str rest = {sorter->out, sorter->out_bytes};

	while (rest.n) {
		ssize_t n =
		    pwrite(sorter->fd, rest.p, rest.n, (off_t)sorter->file_end);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return error_errno(err, pos_none(),
			    "cannot write a temporary file");
		sorter->file_end += (uint64_t)n;
		rest = str_from(rest, (size_t)n);
	}
	sorter->out_bytes = 0;
	return true;
}

bool
run_begin(struct sorter *sorter, struct error *err)
{
	if (sorter->run_count == sorter->run_room) {
		size_t room = sorter->run_room ? sorter->run_room * 2 : 64;
		struct run *runs = realloc(sorter->runs, room * sizeof(*runs));

		if (!runs)
			goto no_memory;
		sorter->runs = runs;
		sorter->run_room = room;
	}
	if (!sorter->out && !(sorter->out = malloc(sorter->out_room)))
		goto no_memory;
	if (sorter->fd < 0 && (sorter->fd = spool_file(err)) < 0)
		return false;
	sorter->out_bytes = 0;
	sorter->runs[sorter->run_count] = (struct run){sorter->file_end, 0};
	return true;
no_memory:
	return error_set(err, ERR_MEMORY, pos_none(), "no memory to sort");
}

bool
run_write(struct sorter *sorter, struct str bytes, struct error *err)
{
	while (bytes.n) {
		size_t n = sorter->out_room - sorter->out_bytes;

		if (n > bytes.n)
			n = bytes.n;
		memcpy(sorter->out + sorter->out_bytes, bytes.p, n);
		sorter->out_bytes += n;
		bytes = str_from(bytes, n);
		if (sorter->out_bytes == sorter->out_room &&
		    !flush(sorter, err))
			return false;
	}
	return true;
}

bool
run_end(struct sorter *sorter, struct error *err)
{
	struct run *run = &sorter->runs[sorter->run_count];

	if (!flush(sorter, err))
		return false;
	run->size = sorter->file_end - run->at;
	sorter->run_count++;
	return true;
}

bool
run_read(const struct sorter *sorter, uint64_t at, char *to, size_t n,
    struct error *err)
{
	while (n) {
		ssize_t got = pread(sorter->fd, to, n, (off_t)at);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return error_errno(err, pos_none(),
			    "cannot read a temporary file");
		if (got == 0)
			return error_set(err, ERR_IO, pos_none(),
			    "a temporary file lost its end");
		at += (uint64_t)got;
		to += got;
		n -= (size_t)got;
	}
	return true;
}

/* As much of the run as the window takes. */
static bool
refill(const struct sorter *sorter, struct source *source, struct error *err)
{
	size_t kept = source->filled - source->head;
	uint64_t left = source->end - source->at - kept;
	size_t n = source->room - kept;

	if (n > left)
		n = (size_t)left;
	memmove(source->window, source->window + source->head, kept);
	source->head = 0;
	source->filled = kept;
	if (!run_read(sorter, source->at + kept, source->window + kept, n, err))
		return false;
	source->filled += n;
	return true;
}

static size_t
measure(struct source *source)
{
	const char *p = source->window + source->head;

	source->header = size_read(p, &source->key);
	source->header += size_read(p + source->header, &source->payload);
	return source->header + source->key + source->payload;
}

bool
source_load(const struct sorter *sorter, struct source *source,
    struct error *err)
{
	struct str key;
	size_t size;

	if (err)
		err->code = ERR_NONE;
	if (source->at == source->end)
		return false;
	/* A header that the window cuts must not be read beyond it. */
	if (source->filled - source->head < HEADER_MOST &&
	    !refill(sorter, source, err))
		return false;
	size = measure(source);
	if (source->filled - source->head < size && source->head &&
	    !refill(sorter, source, err))
		return false;
	key.p = source->window + source->head + source->header;
	key.n = source->filled - source->head - source->header;
	if (key.n > source->key)
		key.n = source->key;
	source->prefix = key_prefix(key, 0);
	return true;
}

bool
source_advance(const struct sorter *sorter, struct source *source,
    struct error *err)
{
	size_t size = source->header + source->key + source->payload;

	source->at += size;
	if (size <= source->filled - source->head)
		source->head += size;
	else
		source->head = source->filled = 0;
	return source_load(sorter, source, err);
}
