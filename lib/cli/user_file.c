#include "cli/user_file.h"

#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#define PATH_ROOM 4096

static bool
is_file_name(struct str name)
{
	if (name.n == 0 || name.p[0] == '.')
		return false;
	for (size_t i = 0; i < name.n; i++)
		if (name.p[i] == '/' || (unsigned char)name.p[i] < 0x20 ||
		    name.p[i] == 0x7f)
			return false;
	return true;
}

static bool
write_all(int fd, struct str bytes)
{
	while (bytes.n) {
		ssize_t n = write(fd, bytes.p, bytes.n);

		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return false;
		bytes = str_from(bytes, (size_t)n);
	}
	return true;
}

/* Into a new file beside the place; its name is hidden, so that nobody reads
 * one that a killed run left. */
static bool
write_beside(char *temp, struct str bytes)
{
	mode_t mask = umask(0);
	int fd = mkstemp(temp);
	bool ok;

	umask(mask);
	if (fd < 0)
		return false;
	ok = write_all(fd, bytes) && fchmod(fd, 0666 & ~mask) == 0;
	if (close(fd) != 0)
		ok = false;
	return ok;
}

bool
user_file_write(const char *folder, struct str name, const char *ending,
    struct str bytes, struct error *err)
{
	char path[PATH_ROOM], temp[PATH_ROOM];
	struct pos none = pos_none();
	int n, k;

	if (!is_file_name(name))
		return error_set(err, ERR_VALUE, none,
		    "\"%.*s\" cannot be the name of a file: nothing written "
		    "for it",
		    STR_ARG(name));
	n = snprintf(path, sizeof(path), "%s/%.*s%s", folder, STR_ARG(name),
	    ending);
	k = snprintf(temp, sizeof(temp), "%s/.%.*s.XXXXXX", folder,
	    (int)(name.n < 200 ? name.n : 200), name.p);
	if (n >= PATH_ROOM || k >= PATH_ROOM)
		return error_set(err, ERR_LIMIT, none,
		    "%s: a path of more than %d bytes", folder, PATH_ROOM);
	if (write_beside(temp, bytes) && rename(temp, path) == 0)
		return true;
	error_errno(err, none, "cannot write %s", path);
	unlink(temp);
	return false;
}
