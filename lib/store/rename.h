/*
 * Putting a file in the place of a name, in one step each, so that nobody ever
 * sees the name without a whole file: inside one folder, without following a
 * symbolic link.
 *
 * Linux has renameat2(2) for it. Where a filesystem cannot do one of its two
 * steps (NFS, some FUSE), rename_new() makes a hard link instead, and where
 * there are none it looks first and renames then; rename_swap() says so, and
 * the caller looks first and renames then. What a foreign program does in just
 * that instant is then lost on such filesystems.
 */
#ifndef KALENDS_STORE_RENAME_H
#define KALENDS_STORE_RENAME_H

#include <stdbool.h>

/* Moves `from` to a name that must not exist. False with errno EEXIST where it
 * does. */
bool rename_new(int folder, const char *from, const char *to);

/* Lets two names change their files. False with errno EINVAL where the
 * filesystem cannot. */
bool rename_swap(int folder, const char *a, const char *b);

#endif
