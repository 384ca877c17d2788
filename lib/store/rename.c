#define _GNU_SOURCE /* syscall() */
#include "store/rename.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/syscall.h>
#include <unistd.h>

/* <linux/fs.h>, which musl's and glibc's headers do not go well with. */
#define NO_REPLACE 1u
#define EXCHANGE   2u

static bool
rename_how(int folder, const char *from, const char *to, unsigned how)
{
#ifdef SYS_renameat2
	if (syscall(SYS_renameat2, folder, from, folder, to, how) == 0)
		return true;
	if (errno == ENOSYS)
		errno = EINVAL;
	return false;
#else
	errno = EINVAL;
	return false;
#endif
}

bool
rename_new(int folder, const char *from, const char *to)
{
	struct stat st;

	if (rename_how(folder, from, to, NO_REPLACE))
		return true;
	if (errno != EINVAL)
		return false;
	if (linkat(folder, from, folder, to, 0) == 0)
		return unlinkat(folder, from, 0) == 0;
	if (errno == EEXIST || errno == ENOENT || errno == ENOSPC)
		return false;
	if (fstatat(folder, to, &st, AT_SYMLINK_NOFOLLOW) == 0) {
		errno = EEXIST;
		return false;
	}
	return errno == ENOENT && renameat(folder, from, folder, to) == 0;
}

bool
rename_swap(int folder, const char *a, const char *b)
{
	return rename_how(folder, a, b, EXCHANGE);
}
