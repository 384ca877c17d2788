/* Putting changes in place. */
#define _GNU_SOURCE /* syncfs() */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "store/rename.h"
#include "store/vdir_impl.h"

#define SYNC_EACH  8  /* files that are synchronised one by one */
#define SWAPS_MOST 32 /* with somebody who writes as fast as we do */
#define NAMES_MOST 64 /* tried for a new item */

/* --- on disk -------------------------------------------------------------- */

static bool
sync_file(const struct vdir *vdir, const char *name)
{
	int fd = openat(vdir->fd, name, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	bool ok = fd >= 0 && fsync(fd) == 0;
	int saved = errno;

	if (fd >= 0)
		close(fd);
	errno = saved;
	return ok;
}

static bool
sync_contents(const struct vdir *vdir)
{
	size_t files = 0;

	for (size_t i = 0; i < vdir->count; i++)
		files += vdir->changes[i].temp[0] != '\0';
	if (files > SYNC_EACH && syncfs(vdir->fd) == 0)
		return true;
	for (size_t i = 0; i < vdir->count; i++)
		if (vdir->changes[i].temp[0] &&
		    !sync_file(vdir, vdir->changes[i].temp))
			return false;
	return true;
}

/* --- one change ----------------------------------------------------------- */

static enum vdir_outcome
failed(struct vdir *vdir, struct change *change, const char *what)
{
	int saved = errno;
	struct pos pos = vdir_pos(vdir, change->name);

	errno = saved;
	error_errno(&change->err, pos, "%s", what);
	return VDIR_FAILED;
}

/* One that may hold what somebody else wrote stays, for the sweep. */
static void
drop_temp(struct vdir *vdir, struct change *change)
{
	bool ours = change->temp[0] && change->temp[TEMP_LETTER] == 'w';

	if (ours || (change->temp[0] && change->outcome != VDIR_FAILED))
		unlinkat(vdir->fd, change->temp, 0);
	change->temp[0] = '\0';
}

/* Whether the item of that name is the very object to be added. */
static bool
has_object(struct vdir *vdir, const struct change *change, const char *name)
{
	struct error err;

	return vdir_read(vdir, name, &vdir->other, &err) &&
	       !vdir->other.several &&
	       digest_same(&vdir->other.identity, &change->identity);
}

static void
nth_name(const struct change *change, unsigned n, char name[VDIR_NAME])
{
	struct str none = {NULL, 0};

	if (n == 0)
		memcpy(name, change->name, strlen(change->name) + 1);
	else
		vdir_name(name, none, &change->identity, n - change->safe);
}

static enum vdir_outcome
add(struct vdir *vdir, struct change *change)
{
	char name[VDIR_NAME];

	for (unsigned n = 0; n < NAMES_MOST; n++) {
		nth_name(change, n, name);
		if (rename_new(vdir->fd, change->temp, name)) {
			change->temp[0] = '\0';
			change->given = strdup(name);
			return VDIR_DONE;
		}
		if (errno != EEXIST)
			return failed(vdir, change, "cannot write");
		if (change->fixed || has_object(vdir, change, name))
			return VDIR_CHANGED;
	}
	error_set(&change->err, ERR_IO, vdir_pos(vdir, change->name),
	    "cannot write: all names are taken");
	return VDIR_FAILED;
}

/* Where two names cannot change places in one step. */
static enum vdir_outcome
look_and_replace(struct vdir *vdir, struct change *change)
{
	struct digest now;

	if (!vdir_digest(vdir, change->name, &now) ||
	    !digest_same(&now, &change->old))
		return VDIR_CHANGED;
	if (renameat(vdir->fd, change->temp, vdir->fd, change->name) < 0)
		return failed(vdir, change, "cannot replace");
	change->temp[0] = '\0';
	return VDIR_DONE;
}

enum vdir_outcome
vdir_swap_in(struct vdir *vdir, struct change *change)
{
	struct digest put = change->new, expected = change->old, out;

	/* `put` lies at the name, what came out at temp. Whatever that is, if
	 * it is not what was there by our doing, somebody wrote it: it goes
	 * back, until what comes out again is what we had put. */
	for (int i = 0; i < SWAPS_MOST; i++) {
		if (!rename_swap(vdir->fd, change->temp, change->name)) {
			if (errno == EINVAL && i == 0)
				return look_and_replace(vdir, change);
			if (errno == ENOENT)
				return VDIR_CHANGED;
			return failed(vdir, change, "cannot replace");
		}
		if (!vdir_digest(vdir, change->temp, &out))
			out = (struct digest){{0}};
		if (digest_same(&out, &expected))
			return i == 0 ? VDIR_DONE : VDIR_CHANGED;
		expected = put;
		put = out;
	}
	return VDIR_CHANGED;
}

static enum vdir_outcome
replace(struct vdir *vdir, struct change *change)
{
	char temp[TEMP_NAME];

	if (change->nothing)
		return VDIR_DONE;
	vdir_temp_name(temp, 'r', &change->old, &change->new, change->name);
	if (renameat(vdir->fd, change->temp, vdir->fd, temp) < 0)
		return failed(vdir, change, "cannot replace");
	memcpy(change->temp, temp, sizeof(temp));
	return vdir_swap_in(vdir, change);
}

static enum vdir_outcome
take_away(struct vdir *vdir, struct change *change)
{
	struct digest nothing = {{0}}, out;

	vdir_temp_name(change->temp, 'd', &change->old, &nothing, change->name);
	if (renameat(vdir->fd, change->name, vdir->fd, change->temp) < 0) {
		change->temp[0] = '\0';
		if (errno == ENOENT)
			return VDIR_CHANGED;
		return failed(vdir, change, "cannot remove");
	}
	if (vdir_digest(vdir, change->temp, &out) &&
	    digest_same(&out, &change->old))
		return VDIR_DONE;
	/* Where the name is taken again, that is newer than what we hold. */
	if (rename_new(vdir->fd, change->temp, change->name))
		change->temp[0] = '\0';
	else if (errno != EEXIST)
		return failed(vdir, change, "cannot put back");
	return VDIR_CHANGED;
}

static enum vdir_outcome
put_in_place(struct vdir *vdir, struct change *change)
{
	switch (change->kind) {
	case VDIR_ADD:
		return add(vdir, change);
	case VDIR_REPLACE:
		return replace(vdir, change);
	case VDIR_REMOVE:
		break;
	}
	return take_away(vdir, change);
}

/* --- all ------------------------------------------------------------------ */

static bool
put_all(struct vdir *vdir, struct error *err)
{
	struct pos pos = {vdir->path, 0, 0};
	bool ok = sync_contents(vdir);

	for (size_t i = 0; i < vdir->count; i++) {
		struct change *change = &vdir->changes[i];

		if (!ok) {
			change->outcome =
			    failed(vdir, change, "cannot write to disk");
			continue;
		}
		change->outcome = put_in_place(vdir, change);
		drop_temp(vdir, change);
	}
	if (!ok)
		return error_set(err, ERR_IO, pos, "cannot write to disk");
	if (fsync(vdir->fd) == 0)
		return true;
	error_errno(err, pos, "cannot write the folder to disk");
	for (size_t i = 0; i < vdir->count; i++) {
		vdir->changes[i].outcome = VDIR_FAILED;
		vdir->changes[i].err = *err;
	}
	return false;
}

bool
vdir_commit(struct vdir *vdir,
    void (*told)(void *arg, const struct vdir_result *result), void *arg,
    struct error *err)
{
	bool ok = true;

	if (vdir->count == 0)
		return true;
	if (!store_lock_enter(&vdir->lock, err))
		return false;
	ok = put_all(vdir, err);
	store_lock_leave(&vdir->lock);
	for (size_t i = 0; i < vdir->count; i++) {
		struct change *change = &vdir->changes[i];
		struct vdir_result result = {.change = change->kind,
		    .outcome = change->outcome,
		    .token = change->token,
		    .name = change->given ? change->given : change->name,
		    .version = &change->new,
		    .same = change->nothing,
		    .err = change->err};

		told(arg, &result);
		drop_temp(vdir, change);
		free(change->name);
		free(change->given);
	}
	vdir->count = 0;
	vdir->bytes = 0;
	return ok;
}

bool
vdir_place_note(struct vdir *vdir, struct change *change, const char *which)
{
	bool ok =
	    sync_file(vdir, change->temp) &&
	    (rename_new(vdir->fd, change->temp, which) || errno == EEXIST) &&
	    fsync(vdir->fd) == 0;
	int saved = errno;

	unlinkat(vdir->fd, change->temp, 0);
	errno = saved;
	return ok;
}
