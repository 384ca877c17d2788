/*
 * What an event does to the time of the calendar's owner.
 *
 * STATUS:CANCELLED takes no time, nor does TRANSP:TRANSPARENT. Where the owner
 * is known, their PARTSTAT counts: declined or delegated to somebody else takes
 * no time, tentative is BUSY-TENTATIVE, needs-action (also where no PARTSTAT
 * is given or a word that nobody knows, RFC 5545, 3.2.12) is as the rules say.
 * STATUS:TENTATIVE is BUSY-TENTATIVE.
 *
 * Outlook's X-MICROSOFT-CDO-BUSYSTATUS tells the kind (OOF: BUSY-UNAVAILABLE),
 * and whether time is taken (FREE, WORKINGELSEWHERE: not) where no TRANSP does.
 * X-MICROSOFT-CDO-INTENDEDSTATUS counts where there is no BUSYSTATUS, and
 * before it once the owner has accepted: the other is then that of the
 * invitation, before the answer.
 */
#ifndef KALENDS_CAL_BUSY_EVENT_H
#define KALENDS_CAL_BUSY_EVENT_H

#include "cal/busy.h"
#include "cal/event.h"

/* Which all-day events take time. */
enum busy_allday {
	ALLDAY_BUSY,     /* as RFC 5545: all that are not TRANSPARENT */
	ALLDAY_EXPLICIT, /* those that say so: OPAQUE, or a BUSYSTATUS */
	ALLDAY_FREE,     /* none */
};

struct busy_rules {
	enum busy_allday allday;
	enum busy_type needs_action; /* BUSY_FREE, _TENTATIVE or _BUSY */
};

/* owner: an address, with or without "mailto:"; empty where nobody knows.
 * allday: whether the occurrence is one of whole days. */
enum busy_type busy_of_event(const struct event *event, bool allday,
    struct str owner, const struct busy_rules *rules, struct arena *arena);

/* Whether the owner has said no, or sent somebody else. */
bool busy_declined(const struct event *event, struct str owner,
    struct arena *arena);

/* "mailto:" off. */
struct str address_plain(struct str address);

#endif
