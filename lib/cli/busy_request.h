/*
 * A request for free/busy time (RFC 5546, 3.3.2), to be replied to (3.3.3).
 */
#ifndef KALENDS_CLI_BUSY_REQUEST_H
#define KALENDS_CLI_BUSY_REQUEST_H

#include "base/arena.h"
#include "cli/cli.h"

struct busy_request {
	struct str uid;
	int64_t from, until;
	struct str organizer; /* unfolded lines, "ORGANIZER:mailto:..." */
	struct str *attendees, *addresses; /* addresses without "mailto:" */
	size_t count;
	struct arena arena;
};

/* Reads the first VFREEBUSY of a file, "-" for standard input. ERR_VALUE for
 * one that is no request that can be answered. */
bool busy_request_read(struct busy_request *request, struct cli *cli,
    const char *path, struct error *err);
void busy_request_free(struct busy_request *request);

/* Which attendee has an address, in any case; count where none has. */
size_t busy_request_find(const struct busy_request *request,
    struct str address);

#endif
