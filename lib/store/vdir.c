#include "store/vdir.h"

#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <unistd.h>

#include "store/vdir_impl.h"

static struct pos
pos_of(const char *path)
{
	return (struct pos){path, 0, 0};
}

static bool
is_item_name(const char *name)
{
	size_t n = strlen(name);

	return name[0] != '.' && n > 4 && strcmp(name + n - 4, ".ics") == 0;
}

/* --- opening -------------------------------------------------------------- */

/* What root makes in a user's folder is the user's. */
static bool
own_new_folder(int fd)
{
	struct stat parent;
	int up = openat(fd, "..", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	bool ok = up >= 0 && fsync(up) == 0;

	if (ok && geteuid() == 0)
		ok = fstat(up, &parent) == 0 &&
		     fchown(fd, parent.st_uid, parent.st_gid) == 0;
	if (up >= 0)
		close(up);
	return ok;
}

static bool
open_folder(struct vdir *vdir, unsigned flags, struct error *err)
{
	int how = O_RDONLY | O_DIRECTORY | O_CLOEXEC;
	bool made = false;

	if (flags & VDIR_CREATE) {
		made = mkdir(vdir->path, 0700) == 0;
		if (!made && errno != EEXIST)
			return error_errno(err, pos_of(vdir->path),
			    "cannot make the folder");
	}
	if (flags & VDIR_NOFOLLOW)
		how |= O_NOFOLLOW;
	vdir->fd = open(vdir->path, how);
	if (vdir->fd < 0 && errno == ENOENT)
		return error_set(err, ERR_ABSENT, pos_of(vdir->path),
		    "no such folder");
	if (vdir->fd < 0 || (made && !own_new_folder(vdir->fd)) ||
	    fstat(vdir->fd, &vdir->folder) < 0)
		return error_errno(err, pos_of(vdir->path),
		    "cannot open the folder");
	return true;
}

static bool
begin_writing(struct vdir *vdir, unsigned flags, struct error *err)
{
	if (!(flags & VDIR_WRITE))
		return true;
	if (!store_lock_take(&vdir->lock, vdir->fd, flags & VDIR_LOCKED, err)) {
		err->pos = pos_of(vdir->path);
		return false;
	}
	vdir->writes = true;
	return vdir_sweep(vdir, err);
}

struct vdir *
vdir_open(const char *path, unsigned flags, struct error *err)
{
	struct vdir *vdir = calloc(1, sizeof(*vdir));

	if (!vdir) {
		error_set(err, ERR_MEMORY, pos_of(path), "no memory");
		return NULL;
	}
	vdir->path = path;
	vdir->fd = -1;
	vdir->lock = (struct store_lock){-1, -1, -1};
	if (open_folder(vdir, flags, err) && begin_writing(vdir, flags, err))
		return vdir;
	vdir_close(vdir);
	return NULL;
}

static void
forget_changes(struct vdir *vdir)
{
	for (size_t i = 0; i < vdir->count; i++) {
		if (vdir->changes[i].temp[0])
			unlinkat(vdir->fd, vdir->changes[i].temp, 0);
		free(vdir->changes[i].name);
		free(vdir->changes[i].given);
	}
	free(vdir->changes);
}

void
vdir_close(struct vdir *vdir)
{
	if (!vdir)
		return;
	forget_changes(vdir);
	if (vdir->dir)
		closedir(vdir->dir);
	if (vdir->has_items)
		item_reader_free(&vdir->items);
	vdir_item_free(&vdir->other);
	arena_free(&vdir->names);
	buf_free(&vdir->path_now);
	store_lock_release(&vdir->lock);
	if (vdir->fd >= 0)
		close(vdir->fd);
	free(vdir);
}

/* --- names ---------------------------------------------------------------- */

bool
vdir_rewind(struct vdir *vdir, struct error *err)
{
	int fd;

	if (vdir->dir) {
		closedir(vdir->dir);
		vdir->dir = NULL;
	}
	fd = openat(vdir->fd, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd >= 0)
		vdir->dir = fdopendir(fd);
	if (vdir->dir)
		return true;
	error_errno(err, pos_of(vdir->path), "cannot read the folder");
	if (fd >= 0)
		close(fd);
	return false;
}

bool
vdir_next(struct vdir *vdir, const char **name, struct error *err)
{
	const struct dirent *entry;

	err->code = ERR_NONE;
	do {
		errno = 0;
		entry = readdir(vdir->dir);
		if (!entry && errno)
			return error_errno(err, pos_of(vdir->path),
			    "cannot read the folder");
		if (!entry)
			return false;
	} while (!is_item_name(entry->d_name));
	*name = entry->d_name;
	return true;
}

/* --- items ---------------------------------------------------------------- */

/* -1 with errno; ELOOP for a symbolic link, EINVAL for what is no regular
 * file. */
static int
open_item(const struct vdir *vdir, const char *name)
{
	/* Not blocking: opening a pipe must not wait for a writer. */
	int fd = openat(vdir->fd, name,
	    O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY);
	struct stat st;
	int saved = EINVAL;

	if (fd < 0)
		return -1;
	if (fstat(fd, &st) == 0) {
		if (S_ISREG(st.st_mode))
			return fd;
	} else {
		saved = errno;
	}
	close(fd);
	errno = saved;
	return -1;
}

bool
vdir_digest(const struct vdir *vdir, const char *name, struct digest *digest)
{
	int fd = open_item(vdir, name);
	struct error err;
	bool ok;
	int saved;

	if (fd < 0)
		return false;
	ok = digest_of_file(fd, digest, &err);
	saved = errno;
	close(fd);
	errno = saved;
	return ok;
}

static bool
set_path(struct vdir *vdir, const char *name)
{
	buf_reset(&vdir->path_now);
	return buf_printf(&vdir->path_now, "%s/%s", vdir->path, name) &&
	       buf_add_char(&vdir->path_now, '\0');
}

struct pos
vdir_pos(struct vdir *vdir, const char *name)
{
	char *path = NULL;

	if (set_path(vdir, name))
		path = arena_cstr(&vdir->names, str_of(vdir->path_now.p));
	return pos_of(path ? path : vdir->path);
}

static bool
cannot_open(struct vdir *vdir, const char *name, struct error *err)
{
	struct pos pos;

	if (errno == ENOENT)
		return error_set(err, ERR_ABSENT, pos_of(vdir->path),
		    "no such item");
	pos = vdir_pos(vdir, name);
	if (errno == ELOOP)
		return error_set(err, ERR_IO, pos,
		    "a symbolic link: not followed");
	if (errno == EINVAL)
		return error_set(err, ERR_IO, pos, "no regular file");
	return error_errno(err, pos, "cannot open");
}

bool
vdir_read(struct vdir *vdir, const char *name, struct vdir_item *item,
    struct error *err)
{
	bool ok;
	int fd;

	if (!vdir->has_items && !item_reader_init(&vdir->items, err))
		return false;
	vdir->has_items = true;
	if (strlen(name) >= sizeof(item->name) || !set_path(vdir, name))
		return error_set(err, ERR_MEMORY, pos_of(vdir->path),
		    "no memory");
	fd = open_item(vdir, name);
	if (fd < 0)
		return cannot_open(vdir, name, err);
	memcpy(item->name, name, strlen(name) + 1);
	ok = item_read(&vdir->items, fd, vdir->path_now.p, item, err);
	close(fd);
	if (!ok)
		err->pos.file = vdir_pos(vdir, name).file;
	return ok;
}

static bool
is_object(const struct vdir_item *item, struct str uid)
{
	return !item->several && str_eq(buf_str(&item->uid), uid);
}

/* How many names a UID may have at most before the folder is searched. */
#define LIKELY_NAMES 3

bool
vdir_find(struct vdir *vdir, struct str uid, struct vdir_item *item,
    struct error *err)
{
	struct digest identity = digest_of(uid);
	char likely[VDIR_NAME];
	const char *name = likely;

	for (unsigned n = 0; n < LIKELY_NAMES; n++) {
		vdir_name(likely, uid, &identity, n);
		if (vdir_read(vdir, likely, item, err) && is_object(item, uid))
			return true;
	}
	if (!vdir_rewind(vdir, err))
		return false;
	while (vdir_next(vdir, &name, err))
		if (vdir_read(vdir, name, item, err) && is_object(item, uid))
			return true;
	if (err->code != ERR_NONE)
		return false;
	return error_set(err, ERR_ABSENT, pos_of(vdir->path),
	    "no item with that UID");
}

/* --- bytes ---------------------------------------------------------------- */

static bool
read_all(int fd, struct buf *bytes)
{
	ssize_t n;

	buf_reset(bytes);
	for (;;) {
		if (!buf_reserve(bytes, 4096))
			return false;
		n = read(fd, bytes->p + bytes->n, bytes->room - bytes->n);
		if (n < 0 && errno == EINTR)
			continue;
		if (n <= 0)
			return n == 0;
		bytes->n += (size_t)n;
	}
}

bool
vdir_bytes(struct vdir *vdir, const struct vdir_item *item, struct buf *bytes,
    struct error *err)
{
	int fd = open_item(vdir, item->name);
	struct digest digest;
	bool ok;

	if (fd < 0)
		return cannot_open(vdir, item->name, err);
	ok = read_all(fd, bytes);
	if (!ok && !buf_ok(bytes))
		error_set(err, ERR_LIMIT, vdir_pos(vdir, item->name),
		    "more bytes than there is room for");
	else if (!ok)
		error_errno(err, vdir_pos(vdir, item->name), "cannot read");
	close(fd);
	if (!ok)
		return false;
	digest = digest_of(buf_str(bytes));
	if (digest_same(&digest, &item->version))
		return true;
	return error_set(err, ERR_ABSENT, vdir_pos(vdir, item->name),
	    "changed since it was read");
}
