/*
 * Folders as calendars: the files of one folder (a vdir) are one VCALENDAR, its
 * name and colour what the folder's displayname and color files say.
 */
#ifndef KALENDS_CLI_FOLDER_H
#define KALENDS_CLI_FOLDER_H

#include "cal/compose.h"
#include "cli/label.h"

struct folder {
	struct compose_group group;

	/* Private from here. */
	struct str path;
	uint64_t count;
	struct label label;
	struct arena arena;
	char hex[8], css[32];
};

void folder_free(struct folder *folder);

/* The group of the input at hand; number 0 for one that comes from no folder.
 * It lives until the next call. */
const struct compose_group *folder_group(struct folder *folder,
    struct cli *cli);

#endif
