/*
 * Revisions: which of two versions of a component, or of an object of several
 * components, is the newer one (RFC 5546, 2.1.5; RFC 5545, 3.8.7.2, 3.8.7.4).
 *
 * An object is all components of one UID. A component of it is known by its
 * RECURRENCE-ID, the master by having none.
 */
#ifndef KALENDS_CAL_REVISION_H
#define KALENDS_CAL_REVISION_H

#include "base/arena.h"
#include "base/digest.h"
#include "text/record.h"

struct revision {
	/* Of its lines, unfolded and without their line endings: the same for
	 * a component that a server has folded anew. */
	struct digest content;
	uint64_t recurrence; /* hash of the RECURRENCE-ID; 0: master */
	uint64_t sequence;   /* 0 where there is none */
	int64_t stamp;       /* DTSTAMP in seconds, INT64_MIN without */
};

/* Reads a record. Of one that is partial the content is left for the caller to
 * fill (the digest of its bytes). *uid is the UID as text, unescaped, without
 * blanks around it; empty where there is none, or where it is longer than
 * LIMIT_LINE. It points into the record or the arena. False without memory. */
bool revision_read(struct revision *revision, struct str *uid,
    const struct record *record, struct arena *arena);

/* What an object is known by: its UID, or without one what it says. */
struct digest object_identity(struct str uid, const struct revision *first);

enum object_order {
	OBJECT_SAME,     /* every line of every component */
	OBJECT_NEWER,    /* the first of the two */
	OBJECT_OLDER,    /* the first of the two */
	OBJECT_CONFLICT, /* differs at the same revision, or in both ways */
};

/* Compares two objects by their components' SEQUENCE, then DTSTAMP. A component
 * that only one of them has speaks for that one only where it is newer than
 * all of the other: an organizer who moves a whole series drops its overrides.
 * Both arrays are put in order. */
enum object_order object_compare(struct revision *a, size_t a_count,
    struct revision *b, size_t b_count);

#endif
