/* Changes that wait: their contents in temporary files. */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "store/vdir_impl.h"

void
vdir_temp_name(char temp[TEMP_NAME], char letter, const struct digest *old,
    const struct digest *new, const char *name)
{
	struct digest of_name = digest_of(str_of(name));
	char a[2 * TEMP_HASH + 1], b[2 * TEMP_HASH + 1], c[2 * TEMP_HASH + 1];

	digest_hex(old, TEMP_HASH, a);
	digest_hex(new, TEMP_HASH, b);
	digest_hex(&of_name, TEMP_HASH, c);
	snprintf(temp, TEMP_NAME, TEMP_START "%c-%s-%s-%s" TEMP_END, letter, a,
	    b, c);
}

bool
vdir_field_is(const char *temp, unsigned field, const struct digest *digest)
{
	size_t at = TEMP_LETTER + 2 + field * (2 * TEMP_HASH + 1);
	char hex[2 * TEMP_HASH + 1];

	digest_hex(digest, TEMP_HASH, hex);
	return strlen(temp) > at && strncmp(temp + at, hex, 2 * TEMP_HASH) == 0;
}

/* --- temporary files ------------------------------------------------------ */

static int
make_temp(struct vdir *vdir, char temp[TEMP_NAME])
{
	int fd;

	do {
		snprintf(temp, TEMP_NAME, TEMP_START "w-%ld-%llu" TEMP_END,
		    (long)getpid(), (unsigned long long)vdir->temps++);
		fd = openat(vdir->fd, temp,
		    O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	} while (fd < 0 && errno == EEXIST);
	return fd;
}

/* Mode and owner: those of the file that it replaces; else root gives it to the
 * folder's owner. */
static bool
dress(const struct vdir *vdir, int fd, const char *replaces)
{
	struct stat like = vdir->folder;

	if (replaces) {
		if (fstatat(vdir->fd, replaces, &like, AT_SYMLINK_NOFOLLOW) < 0)
			return errno == ENOENT;
		if (fchmod(fd, like.st_mode & 0777) < 0)
			return false;
	}
	return geteuid() != 0 || fchown(fd, like.st_uid, like.st_gid) == 0;
}

static bool
write_all(int fd, const char *p, size_t n)
{
	while (n) {
		ssize_t done = write(fd, p, n);

		if (done < 0 && errno == EINTR)
			continue;
		if (done < 0)
			return false;
		p += done;
		n -= (size_t)done;
	}
	return true;
}

/* Writes the content, and finds its digest. */
static bool
fill(struct vdir *vdir, int fd, struct spool *content, struct digest *digest,
    struct error *err)
{
	struct digester digester;
	char chunk[65536];
	uint64_t at = 0;
	size_t got = 0;

	digester_init(&digester);
	do {
		if (!spool_read(content, at, chunk, sizeof(chunk), &got, err))
			return false;
		digester_add(&digester, (struct str){chunk, got});
		if (!write_all(fd, chunk, got))
			return error_errno(err, (struct pos){vdir->path, 0, 0},
			    "cannot write");
		at += got;
	} while (got);
	digester_end(&digester, digest);
	return true;
}

static bool
write_temp(struct vdir *vdir, struct change *change, struct spool *content,
    const char *replaces, struct error *err)
{
	struct pos pos = {vdir->path, 0, 0};
	int fd = make_temp(vdir, change->temp);
	bool ok;

	if (fd < 0) {
		error_errno(err, pos, "cannot make a file");
		change->temp[0] = '\0';
		return false;
	}
	ok = fill(vdir, fd, content, &change->new, err);
	if (ok && !dress(vdir, fd, replaces))
		ok = error_errno(err, pos, "cannot give a file its owner");
	if (close(fd) < 0 && ok)
		ok = error_errno(err, pos, "cannot write");
	if (ok)
		return true;
	unlinkat(vdir->fd, change->temp, 0);
	change->temp[0] = '\0';
	return false;
}

/* --- changes -------------------------------------------------------------- */

static struct change *
new_change(struct vdir *vdir, enum vdir_change kind, const char *name,
    uint64_t token, struct error *err)
{
	struct change *change, *grown;

	if (vdir->count == vdir->room) {
		size_t room = vdir->room ? vdir->room * 2 : 8;

		grown = realloc(vdir->changes, room * sizeof(*grown));
		if (grown) {
			vdir->changes = grown;
			vdir->room = room;
		}
	}
	if (vdir->count < vdir->room) {
		change = &vdir->changes[vdir->count];
		*change = (struct change){.kind = kind, .token = token};
		change->name = name ? strdup(name) : NULL;
		if (change->name || !name)
			return change;
	}
	error_set(err, ERR_MEMORY, pos_none(), "no memory");
	return NULL;
}

static bool
keep_change(struct vdir *vdir, struct change *change, bool ok, uint64_t bytes)
{
	if (!ok) {
		free(change->name);
		return false;
	}
	vdir->count++;
	vdir->bytes += bytes;
	return true;
}

bool
vdir_add(struct vdir *vdir, struct str uid, const struct digest *identity,
    struct spool *content, uint64_t token, struct error *err)
{
	char first[VDIR_NAME], second[VDIR_NAME];
	struct change *change;
	struct str none = {NULL, 0};

	vdir_name(first, uid, identity, 0);
	vdir_name(second, none, identity, 0);
	change = new_change(vdir, VDIR_ADD, first, token, err);
	if (!change)
		return false;
	change->safe = strcmp(first, second) != 0;
	change->identity = *identity;
	return keep_change(vdir, change,
	    write_temp(vdir, change, content, NULL, err), spool_size(content));
}

bool
vdir_replace(struct vdir *vdir, const char *name, const struct digest *version,
    struct spool *content, uint64_t token, struct error *err)
{
	struct change *change =
	    new_change(vdir, VDIR_REPLACE, name, token, err);

	if (!change)
		return false;
	change->old = *version;
	return keep_change(vdir, change,
	    write_temp(vdir, change, content, name, err), spool_size(content));
}

bool
vdir_remove(struct vdir *vdir, const char *name, const struct digest *version,
    uint64_t token, struct error *err)
{
	struct change *change = new_change(vdir, VDIR_REMOVE, name, token, err);

	if (!change)
		return false;
	change->old = *version;
	return keep_change(vdir, change, true, 0);
}

bool
vdir_put(struct vdir *vdir, const char *name, struct spool *content,
    uint64_t token, struct error *err)
{
	struct change *change = new_change(vdir, VDIR_ADD, name, token, err);
	struct digest now;
	bool ok;

	if (!change)
		return false;
	change->fixed = true;
	if (vdir_digest(vdir, name, &change->old)) {
		change->kind = VDIR_REPLACE;
	} else if (errno != ENOENT) {
		error_errno(err, vdir_pos(vdir, name), "cannot replace");
		return keep_change(vdir, change, false, 0);
	}
	if (!digest_of_spool(content, 0, spool_size(content), &now, err))
		return keep_change(vdir, change, false, 0);
	change->nothing =
	    change->kind == VDIR_REPLACE && digest_same(&now, &change->old);
	ok = change->nothing ||
	     write_temp(vdir, change, content,
		 change->kind == VDIR_REPLACE ? name : NULL, err);
	return keep_change(vdir, change, ok, spool_size(content));
}

size_t
vdir_waiting(const struct vdir *vdir, uint64_t *bytes)
{
	*bytes = vdir->bytes;
	return vdir->count;
}

bool
vdir_note(struct vdir *vdir, const char *which, struct str text,
    struct error *err)
{
	struct pos pos = vdir_pos(vdir, which);
	struct change change = {0};
	struct spool content;
	struct stat st;
	bool ok;

	if (fstatat(vdir->fd, which, &st, AT_SYMLINK_NOFOLLOW) == 0)
		return true;
	spool_init(&content, 0);
	ok = spool_add(&content, str_head(text, str_find_byte(text, '\n')),
		 err) &&
	     write_temp(vdir, &change, &content, NULL, err);
	spool_free(&content);
	if (!ok)
		return false;
	return vdir_place_note(vdir, &change, which) ||
	       error_errno(err, pos, "cannot write");
}
