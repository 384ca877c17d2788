/* Loaded into icssplit by tests/fault/run-store: counts what it does to files,
 * and at a step that is told
 *
 *	STORE_KILL=N		dies, before the N-th step
 *	STORE_FOREIGN=N		lets another program write: renames the file
 *				STORE_FROM to STORE_TO
 *	STORE_ROOM=N		the disk is full after N bytes
 *	STORE_LOG=FILE		how many steps there were goes there
 *
 * Steps are writes, new files, renames, removals and synchronising, below the
 * folder STORE_ROOT only. */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <unistd.h>

#define SHOWN __attribute__((visibility("default")))

static long steps, room = -1;

static long
told(const char *name)
{
	const char *value = getenv(name);

	return value ? strtol(value, NULL, 10) : -1;
}

static bool
is_below(int fd)
{
	const char *root = getenv("STORE_ROOT");
	char link[64], path[4096];
	ssize_t n;

	if (!root)
		return false;
	snprintf(link, sizeof(link), "/proc/self/fd/%d", fd);
	/* NOLINTNEXTLINE(readability-suspicious-call-argument) */
	n = readlink(link, path, sizeof(path) - 1);
	return n > 0 && (size_t)n >= strlen(root) &&
	       memcmp(path, root, strlen(root)) == 0;
}

static void
step(void)
{
	if (steps == told("STORE_FOREIGN") &&
	    rename(getenv("STORE_FROM"), getenv("STORE_TO")) < 0)
		abort();
	if (steps == told("STORE_KILL"))
		kill(getpid(), SIGKILL);
	steps++;
}

static void __attribute__((destructor)) finish(void)
{
	const char *path = getenv("STORE_LOG");
	FILE *file = path ? fopen(path, "w") : NULL;

	if (!file)
		return;
	fprintf(file, "%ld\n", steps);
	fclose(file);
}

static void *
next(const char *name)
{
	return dlsym(RTLD_NEXT, name);
}

/* How many of n bytes there is room for. */
static size_t
room_for(size_t n)
{
	static bool known;

	if (!known)
		room = told("STORE_ROOM");
	known = true;
	if (room < 0 || (long)n <= room) {
		room -= room < 0 ? 0 : (long)n;
		return n;
	}
	n = (size_t)room;
	room = 0;
	return n;
}

/* NOLINTBEGIN(readability-inconsistent-declaration-parameter-name) */

SHOWN ssize_t
write(int fd, const void *bytes, size_t n)
{
	ssize_t (*real)(int, const void *, size_t) =
	    (ssize_t(*)(int, const void *, size_t))next("write");

	if (!is_below(fd))
		return real(fd, bytes, n);
	step();
	if (n && (n = room_for(n)) == 0) {
		errno = ENOSPC;
		return -1;
	}
	return real(fd, bytes, n);
}

SHOWN int
openat(int folder, const char *name, int flags, ...)
{
	int (*real)(int, const char *, int, ...) =
	    (int (*)(int, const char *, int, ...))next("openat");
	va_list args;
	mode_t mode;

	if (!(flags & O_CREAT))
		return real(folder, name, flags);
	va_start(args, flags);
	mode = va_arg(args, mode_t);
	va_end(args);
	if (is_below(folder))
		step();
	return real(folder, name, flags, mode);
}

SHOWN int
renameat(int from_folder, const char *from, int to_folder, const char *to)
{
	int (*real)(int, const char *, int, const char *) =
	    (int (*)(int, const char *, int, const char *))next("renameat");

	if (is_below(from_folder))
		step();
	return real(from_folder, from, to_folder, to);
}

SHOWN int
linkat(int from_folder, const char *from, int to_folder, const char *to,
    int flags)
{
	int (*real)(int, const char *, int, const char *, int) =
	    (int (*)(int, const char *, int, const char *, int))next("linkat");

	if (is_below(from_folder))
		step();
	return real(from_folder, from, to_folder, to, flags);
}

SHOWN int
unlinkat(int folder, const char *name, int flags)
{
	int (*real)(int, const char *, int) =
	    (int (*)(int, const char *, int))next("unlinkat");

	if (is_below(folder))
		step();
	return real(folder, name, flags);
}

static int
sync_by(const char *name, int fd)
{
	int (*real)(int) = (int (*)(int))next(name);

	if (!is_below(fd))
		return real(fd);
	step();
	if (getenv("STORE_SYNC_FAILS")) {
		errno = ENOSPC;
		return -1;
	}
	return real(fd);
}

SHOWN int
fsync(int fd)
{
	return sync_by("fsync", fd);
}

SHOWN int
syncfs(int fd)
{
	return sync_by("syncfs", fd);
}

/* renameat2(2) is called by number. STORE_PLAIN: the filesystem has none. */
SHOWN long
syscall(long number, ...)
{
	long (*real)(long, ...) = (long (*)(long, ...))next("syscall");
	long a[6];
	va_list args;

	va_start(args, number);
	for (int i = 0; i < 6; i++)
		a[i] = va_arg(args, long);
	va_end(args);
	if (number == SYS_renameat2 && is_below((int)a[0])) {
		step();
		if (getenv("STORE_PLAIN")) {
			errno = EINVAL;
			return -1;
		}
	}
	return real(number, a[0], a[1], a[2], a[3], a[4], a[5]);
}

/* NOLINTEND(readability-inconsistent-declaration-parameter-name) */
