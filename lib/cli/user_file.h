/*
 * A file for each user in one folder, each whole at any time: written beside
 * its place, then renamed.
 */
#ifndef KALENDS_CLI_USER_FILE_H
#define KALENDS_CLI_USER_FILE_H

#include "base/error.h"
#include "base/str.h"

/* folder/name.ending with these bytes. ERR_VALUE for a name that cannot be that
 * of a file ("", "..", ".x", "a/b", controls); ERR_IO, and then the file is as
 * it was. */
bool user_file_write(const char *folder, struct str name, const char *ending,
    struct str bytes, struct error *err);

#endif
