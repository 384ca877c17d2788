/*
 * A slot as an invitation: METHOD:REQUEST (RFC 5546, 3.2.2) with an organizer,
 * attendees and the room.
 */
#ifndef KALENDS_CAL_MEET_WRITE_H
#define KALENDS_CAL_MEET_WRITE_H

#include "base/buf.h"
#include "cal/meet.h"

struct meet_text {
	struct str program; /* for PRODID */
	struct str summary;
	struct str organizer, organizer_name; /* address; name may be empty */
	int64_t now;
};

/* Sets the organizer by "Alice <alice@example.org>" or an address alone; where
 * the word is empty, the first of the people who is no room. */
void meet_text_organizer(struct meet_text *text, const struct meet *meet,
    struct str word);

/* A whole VCALENDAR, times in UTC. The organizer, where they are among the
 * people, has accepted. ERR_USAGE, and nothing written, where somebody has no
 * address; ERR_MEMORY. */
bool meet_write(const struct meet *meet, size_t slot,
    const struct meet_text *text, struct buf *out, struct error *err);

#endif
