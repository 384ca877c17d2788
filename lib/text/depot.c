#include "text/depot.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

/* Of a smaller file a copy costs less than holding it open. */
#define FILE_LARGE ((off_t)256 << 10)

void
depot_init(struct depot *depot, size_t memory)
{
	*depot = (struct depot){.reading = -1};
	spool_init(&depot->spool, memory);
}

static void
close_files(struct depot *depot)
{
	for (size_t i = 0; i < depot->file_count; i++)
		close(depot->files[i]);
	depot->file_count = 0;
	depot->reading = -1;
}

void
depot_free(struct depot *depot)
{
	close_files(depot);
	spool_free(&depot->spool);
}

bool
depot_reset(struct depot *depot, struct error *err)
{
	close_files(depot);
	return spool_reset(&depot->spool, err);
}

void
depot_input(struct depot *depot)
{
	depot->reading = -1;
}

/* Holds the reader's file open where that is worth it. */
static void
hold_file(struct depot *depot, const struct reader *reader)
{
	struct stat st;
	int fd = reader_file(reader, &depot->read_from);

	depot->reading = 0;
	if (fd < 0 || depot->file_count == DEPOT_FILES || fstat(fd, &st) < 0 ||
	    st.st_size < FILE_LARGE)
		return;
	fd = fcntl(fd, F_DUPFD_CLOEXEC, 0);
	if (fd < 0)
		return;
	depot->files[depot->file_count++] = fd;
	depot->reading = (int)depot->file_count;
}

bool
depot_keep_part(struct depot *depot, struct reader *reader, uint64_t from,
    uint64_t size, struct fragment *piece, struct error *err)
{
	if (depot->again) {
		piece->source = depot->source.source;
		piece->at = depot->source.at + reader->record.offset + from;
		piece->size = size;
		return true;
	}
	if (depot->reading < 0)
		hold_file(depot, reader);
	piece->source = (uint16_t)depot->reading;
	piece->size = size;
	if (depot->reading > 0) {
		piece->at = depot->read_from + reader->record.offset + from;
		return true;
	}
	piece->at = spool_size(&depot->spool);
	return reader_keep_part(reader, from, size, &depot->spool, err);
}

bool
depot_keep(struct depot *depot, struct reader *reader, struct fragment *piece,
    struct error *err)
{
	struct str text = reader->record.text;
	char last = text.n ? text.p[text.n - 1] : '\0';

	/* Of a partial item only the end of the input can lack a line end. */
	piece->ends = last == '\n' || last == '\r';
	return depot_keep_part(depot, reader, 0, reader->record.size, piece,
	    err);
}

bool
depot_add(struct depot *depot, struct str bytes, struct fragment *piece,
    struct error *err)
{
	piece->source = 0;
	piece->at = spool_size(&depot->spool);
	piece->size = bytes.n;
	piece->ends = bytes.n && (bytes.p[bytes.n - 1] == '\n' ||
				     bytes.p[bytes.n - 1] == '\r');
	return spool_add(&depot->spool, bytes, err);
}

bool
depot_read(struct depot *depot, const struct fragment *piece, uint64_t from,
    char *to, size_t n, size_t *got, struct error *err)
{
	ssize_t done;

	*got = 0;
	if (from >= piece->size)
		return true;
	if (n > piece->size - from)
		n = (size_t)(piece->size - from);
	if (piece->source == 0)
		return spool_read(&depot->spool, piece->at + from, to, n, got,
		    err);
	do
		done = pread(depot->files[piece->source - 1], to, n,
		    (off_t)(piece->at + from));
	while (done < 0 && errno == EINTR);
	if (done < 0)
		return error_errno(err, pos_none(), "cannot read again");
	if (done == 0)
		return error_set(err, ERR_IO, pos_none(),
		    "an input has become shorter while it was read");
	*got = (size_t)done;
	return true;
}

bool
depot_copy(struct depot *depot, const struct fragment *piece, struct out *out,
    struct error *err)
{
	char chunk[65536];
	size_t got;

	for (uint64_t from = 0; from < piece->size; from += got) {
		if (!depot_read(depot, piece, from, chunk, sizeof(chunk), &got,
			err))
			return false;
		out_add(out, (struct str){chunk, got});
	}
	return true;
}

bool
depot_open(struct depot *depot, const struct fragment *piece,
    struct reader *reader, const char *name, struct error *err)
{
	int fd;

	if (piece->source == 0) {
		if (piece->at + piece->size > depot->spool.on_disk &&
		    !spool_to_file(&depot->spool, err))
			return false;
		fd = depot->spool.fd;
	} else {
		fd = depot->files[piece->source - 1];
	}
	reader_open_part(reader, fd, piece->at, piece->size, name);
	depot->again = true;
	depot->source = *piece;
	return true;
}

void
depot_close(struct depot *depot)
{
	depot->again = false;
}
