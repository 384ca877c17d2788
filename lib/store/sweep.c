/* What a writer that died has left in the folder. */
#include <errno.h>
#include <stdlib.h>
#include <unistd.h>

#include "store/rename.h"
#include "store/vdir_impl.h"

static bool
is_temp(const char *name)
{
	struct str s = str_of(name);

	return str_starts(s, STR(TEMP_START)) && s.n < TEMP_NAME &&
	       str_eq(str_from(s, s.n - (sizeof(TEMP_END) - 1)), STR(TEMP_END));
}

/* The item that a temporary file belongs to; false where it is gone. */
static bool
find_item(struct vdir *vdir, const char *temp, char name[VDIR_NAME],
    struct error *err)
{
	const char *found;
	struct digest digest;

	if (!vdir_rewind(vdir, err))
		return false;
	while (vdir_next(vdir, &found, err)) {
		digest = digest_of(str_of(found));
		if (strlen(found) < VDIR_NAME &&
		    vdir_field_is(temp, 2, &digest)) {
			memcpy(name, found, strlen(found) + 1);
			return true;
		}
	}
	return false;
}

/* It holds neither the old nor the new version: where ours is in its place now,
 * it is what somebody else wrote just before, and goes back. */
static bool
put_back_swapped(struct vdir *vdir, const char *temp, const struct digest *out,
    struct error *err)
{
	struct change change = {.old = *out};
	char name[VDIR_NAME];

	if (!find_item(vdir, temp, name, err))
		return err->code == ERR_NONE;
	if (!vdir_digest(vdir, name, &change.new) ||
	    !vdir_field_is(temp, 1, &change.new))
		return true;
	/* The two change roles: `out` goes in, our version comes out. */
	change.old = change.new;
	change.new = *out;
	change.name = name;
	memcpy(change.temp, temp, strlen(temp) + 1);
	if (vdir_swap_in(vdir, &change) != VDIR_FAILED)
		return true;
	*err = change.err;
	return false;
}

/* A replacement. */
static bool
sweep_swap(struct vdir *vdir, const char *temp, struct error *err)
{
	struct digest out;

	if (!vdir_digest(vdir, temp, &out) || vdir_field_is(temp, 0, &out) ||
	    vdir_field_is(temp, 1, &out))
		return true;
	return put_back_swapped(vdir, temp, &out, err);
}

/* An item that was set aside and is not as it was read. Of its name only the
 * hash is known: it comes back under the name of its object. */
static bool
put_back_removed(struct vdir *vdir, const char *temp, struct digest *out,
    struct error *err)
{
	struct str uid = {NULL, 0};
	char name[VDIR_NAME];

	if (vdir_read(vdir, temp, &vdir->other, err)) {
		uid = buf_str(&vdir->other.uid);
		*out = vdir->other.identity;
	}
	for (unsigned n = 0; n < 8; n++) {
		vdir_name(name, uid, out, n);
		if (rename_new(vdir->fd, temp, name))
			return true;
		if (errno != EEXIST)
			break;
	}
	return error_errno(err, vdir_pos(vdir, temp), "cannot put back");
}

static bool
sweep_removal(struct vdir *vdir, const char *temp, struct error *err)
{
	char name[VDIR_NAME];
	struct digest out;

	if (!vdir_digest(vdir, temp, &out) || vdir_field_is(temp, 0, &out) ||
	    find_item(vdir, temp, name, err))
		return true;
	return err->code == ERR_NONE && put_back_removed(vdir, temp, &out, err);
}

static bool
sweep_one(struct vdir *vdir, const char *temp, struct error *err)
{
	char letter = temp[TEMP_LETTER];
	bool ok = true;

	if (letter == 'r')
		ok = sweep_swap(vdir, temp, err);
	else if (letter == 'd')
		ok = sweep_removal(vdir, temp, err);
	if (!ok)
		return false;
	if (unlinkat(vdir->fd, temp, 0) == 0 || errno == ENOENT)
		return true;
	return error_errno(err, vdir_pos(vdir, temp), "cannot remove");
}

#define AT_ONCE 16

/* What needs a second look: not more than one a crash. The rest is removed. */
static bool
collect(struct vdir *vdir, char temps[AT_ONCE][TEMP_NAME], size_t *count,
    bool *any, struct error *err)
{
	const struct dirent *entry;

	*count = 0;
	if (!vdir_rewind(vdir, err))
		return false;
	while (*count < AT_ONCE && (entry = readdir(vdir->dir))) {
		if (!is_temp(entry->d_name))
			continue;
		*any = true;
		if (entry->d_name[TEMP_LETTER] == 'w')
			unlinkat(vdir->fd, entry->d_name, 0);
		else
			memcpy(temps[(*count)++], entry->d_name,
			    strlen(entry->d_name) + 1);
	}
	return true;
}

bool
vdir_sweep(struct vdir *vdir, struct error *err)
{
	char temps[AT_ONCE][TEMP_NAME];
	bool any = false;
	size_t count;

	do {
		if (!collect(vdir, temps, &count, &any, err))
			return false;
		for (size_t i = 0; i < count; i++)
			if (!sweep_one(vdir, temps[i], err))
				return false;
	} while (count);
	if (any && fsync(vdir->fd) < 0)
		return error_errno(err, (struct pos){vdir->path, 0, 0},
		    "cannot write the folder to disk");
	return true;
}
