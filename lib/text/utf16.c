#include "text/utf16.h"

#include <errno.h>
#include <iconv.h>
#include <unistd.h>

static bool
read_all(const struct reader *reader, int fd, char *to, size_t n, size_t *got,
    struct error *err)
{
	ssize_t done = 1;

	for (*got = 0; *got < n && done > 0; *got += (size_t)done) {
		do
			done = read(fd, to + *got, n - *got);
		while (done < 0 && errno == EINTR);
		if (done < 0)
			return error_errno(err,
			    (struct pos){reader->name, 0, 0}, "cannot read");
	}
	return true;
}

static bool
write_all(int fd, const char *p, size_t n, struct error *err)
{
	while (n) {
		ssize_t done = write(fd, p, n);

		if (done < 0 && errno == EINTR)
			continue;
		if (done < 0)
			return error_errno(err, pos_none(),
			    "cannot write a temporary file");
		p += done;
		n -= (size_t)done;
	}
	return true;
}

/* What cannot be converted, a half of a pair, becomes U+FFFD. */
static bool
convert(iconv_t cd, char *from, size_t *left, int out, bool last,
    struct error *err)
{
	char text[8192];

	while (*left) {
		char *to = text;
		size_t room = sizeof(text) - 3;
		size_t done = iconv(cd, &from, left, &to, &room);
		int why = errno;

		if (done == (size_t)-1 && why != E2BIG &&
		    (why == EILSEQ || last)) {
			size_t skip = *left < 2 ? *left : 2;

			memcpy(to, "\xef\xbf\xbd", 3);
			to += 3;
			from += skip;
			*left -= skip;
			why = 0;
		}
		if (!write_all(out, text, (size_t)(to - text), err))
			return false;
		if (done == (size_t)-1 && why == EINVAL)
			break;
	}
	return true;
}

static bool
copy(struct reader *reader, const char *mark, int out, struct error *err)
{
	iconv_t cd = iconv_open("UTF-8",
	    (unsigned char)mark[0] == 0xff ? "UTF-16LE" : "UTF-16BE");
	char bytes[16384];
	size_t have = 0, got = 1;
	bool ok = cd != (iconv_t)-1;

	if (!ok)
		return error_errno(err, pos_none(), "cannot read UTF-16");
	while (ok && got) {
		size_t left;

		ok = read_all(reader, reader->fd, bytes + have,
		    sizeof(bytes) - have, &got, err);
		left = have + got;
		ok = ok && convert(cd, bytes, &left, out, got == 0, err);
		memmove(bytes, bytes + have + got - left, left);
		have = left;
	}
	iconv_close(cd);
	return ok;
}

bool
utf16_open(struct reader *reader, int *fd, struct error *err)
{
	char mark[2];
	size_t got;
	int out;

	*fd = -1;
	if (!read_all(reader, reader->fd, mark, sizeof(mark), &got, err))
		return false;
	if (got < 2 || (memcmp(mark, "\xff\xfe", 2) != 0 &&
			   memcmp(mark, "\xfe\xff", 2) != 0)) {
		reader_prime(reader, (struct str){mark, got});
		return true;
	}
	out = spool_file(err);
	if (out < 0)
		return false;
	if (!copy(reader, mark, out, err)) {
		close(out);
		return false;
	}
	lseek(out, 0, SEEK_SET);
	reader_open(reader, out, reader->name);
	*fd = out;
	return true;
}
