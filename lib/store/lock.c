#include "store/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#define OPEN_LOCK (O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK)
#define OPEN_DIR  (O_RDONLY | O_DIRECTORY | O_CLOEXEC | O_NOFOLLOW)

static bool
wait_for(int fd)
{
	int status;

	do
		status = flock(fd, LOCK_EX);
	while (status < 0 && errno == EINTR);
	return status == 0;
}

static int
close_failed(int fd)
{
	int saved = errno;

	close(fd);
	errno = saved;
	return -1;
}

/* What root makes in a user's folder is the user's. */
static bool
give_to_owner(int folder, int fd)
{
	struct stat st;

	return geteuid() != 0 || (fstat(folder, &st) == 0 &&
				     fchown(fd, st.st_uid, st.st_gid) == 0);
}

/* The file `lock` of a folder .kalends, locked. */
static int
lock_in(int kalends)
{
	int fd = openat(kalends, "lock", OPEN_LOCK, 0600);

	if (fd >= 0 && !(give_to_owner(kalends, fd) && wait_for(fd)))
		return close_failed(fd);
	return fd;
}

/* .kalends of a folder, made if need be. */
static int
own_folder(int folder)
{
	bool made = mkdirat(folder, ".kalends", 0700) == 0;
	int fd;

	if (!made && errno != EEXIST)
		return -1;
	fd = openat(folder, ".kalends", OPEN_DIR);
	if (fd >= 0 && made && !give_to_owner(folder, fd))
		return close_failed(fd);
	return fd;
}

/* Whether somebody put it there whom the folder's owner need not fear: else
 * anybody could make us wait in a folder such as /tmp. */
static bool
is_trusted(int folder, int fd)
{
	struct stat st, own;

	return fstat(fd, &st) == 0 && fstat(folder, &own) == 0 &&
	       (st.st_uid == 0 || st.st_uid == geteuid() ||
		   st.st_uid == own.st_uid);
}

static bool
lock_parent(struct store_lock *lock, int folder, struct error *err)
{
	int kalends = openat(folder, "../.kalends", OPEN_DIR);

	if (kalends < 0 && (errno == ENOENT || errno == ENOTDIR))
		return true;
	if (kalends >= 0 && !is_trusted(folder, kalends)) {
		close(kalends);
		return true;
	}
	if (kalends >= 0) {
		lock->root = lock_in(kalends);
		close_failed(kalends);
	}
	if (lock->root < 0)
		return error_errno(err, pos_none(),
		    "cannot lock the store (.kalends/lock of its folder)");
	return true;
}

static bool
lock_folder(struct store_lock *lock, int folder, struct error *err)
{
	int kalends;

	/* An open file of its own: the lock ends with it. */
	lock->folder = openat(folder, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (lock->folder >= 0 && wait_for(lock->folder))
		return true;
	if (lock->folder >= 0)
		close_failed(lock->folder);
	lock->folder = -1;
	kalends = own_folder(folder);
	if (kalends >= 0) {
		lock->folder = lock_in(kalends);
		close_failed(kalends);
	}
	if (lock->folder < 0)
		return error_errno(err, pos_none(), "cannot lock the folder");
	return true;
}

/* Radicale keeps it in FOLDER, calendars in FOLDER/collection-root/USER/NAME;
 * versions before the second had no collection-root. */
static bool
find_radicale(struct store_lock *lock, int folder, struct error *err)
{
	static const char *const places[] = {"../../../.Radicale.lock",
	    "../../.Radicale.lock", "../.Radicale.lock", ".Radicale.lock"};
	struct stat st;

	for (size_t i = 0; i < sizeof(places) / sizeof(*places); i++) {
		lock->radicale = openat(folder, places[i],
		    O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
		if (lock->radicale < 0) {
			if (errno == ENOENT || errno == ELOOP)
				continue;
			return error_errno(err, pos_none(), "cannot open %s",
			    places[i]);
		}
		if (is_trusted(folder, lock->radicale) &&
		    fstat(lock->radicale, &st) == 0 && S_ISREG(st.st_mode))
			return true;
		close(lock->radicale);
		lock->radicale = -1;
	}
	return true;
}

bool
store_lock_take(struct store_lock *lock, int folder, bool held,
    struct error *err)
{
	*lock = (struct store_lock){-1, -1, -1};
	if ((held || lock_parent(lock, folder, err)) &&
	    lock_folder(lock, folder, err) && find_radicale(lock, folder, err))
		return true;
	store_lock_release(lock);
	return false;
}

void
store_lock_release(struct store_lock *lock)
{
	if (lock->radicale >= 0)
		close(lock->radicale);
	if (lock->folder >= 0)
		close(lock->folder);
	if (lock->root >= 0)
		close(lock->root);
	*lock = (struct store_lock){-1, -1, -1};
}

int
store_lock_root(const char *root, struct error *err)
{
	struct pos pos = {root, 0, 0};
	int folder = open(root, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int kalends = -1, fd = -1;

	if (folder >= 0)
		kalends = own_folder(folder);
	if (kalends >= 0)
		fd = lock_in(kalends);
	if (fd < 0)
		error_errno(err, pos, "cannot lock the store");
	if (kalends >= 0)
		close(kalends);
	if (folder >= 0)
		close(folder);
	return fd;
}

bool
store_lock_enter(const struct store_lock *lock, struct error *err)
{
	if (lock->radicale < 0 || wait_for(lock->radicale))
		return true;
	return error_errno(err, pos_none(), "cannot take .Radicale.lock");
}

void
store_lock_leave(const struct store_lock *lock)
{
	if (lock->radicale >= 0)
		flock(lock->radicale, LOCK_UN);
}
