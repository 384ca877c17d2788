/*
 * The envelope: a calendar's own lines and its VTIMEZONEs, wherever they
 * stand. They are written, in their place, for every calendar of which a
 * component passes, and not at all for the others.
 */
#ifndef KALENDS_TEXT_ENVELOPE_H
#define KALENDS_TEXT_ENVELOPE_H

#include "text/reader.h"

struct envelope {
	struct spool
	    held;    /* what came before the first component that passes */
	bool passed; /* one has passed in this calendar */
};

void envelope_init(struct envelope *envelope);
void envelope_free(struct envelope *envelope);

/* Whether the reader's item belongs to an envelope. */
bool envelope_has(const struct reader *reader);

/* Takes such an item: holds it, or writes it where a component has passed. */
bool envelope_take(struct envelope *envelope, struct reader *reader,
    struct out *out, struct error *err);

/* Writes what was held; to be called before each component that passes. */
bool envelope_pass(struct envelope *envelope, struct out *out,
    struct error *err);

#endif
