/*
 * Somebody's free/busy time as iCalendar: published (RFC 5546, 3.3.1), or as
 * the reply to a request (3.3.3).
 */
#ifndef KALENDS_CLI_BUSY_PUBLISH_H
#define KALENDS_CLI_BUSY_PUBLISH_H

#include "cal/busy.h"
#include "cli/busy_request.h"

struct busy_publish {
	const struct cli *cli;   /* of which now, from and until are used */
	struct str who, address; /* may be empty */
	const struct busy_request *request; /* NULL: PUBLISH */
	const struct busy_set *set;
};

/* A whole VCALENDAR. The same run on the same calendars gives the same UIDs.
 * Where nobody is named, the UID is made of the times alone. ERR_ABSENT, and
 * nothing written, for somebody whom the request does not ask; ERR_MEMORY. */
bool busy_publish_write(const struct busy_publish *publish, struct buf *out,
    struct error *err);

#endif
