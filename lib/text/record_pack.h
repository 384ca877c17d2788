/*
 * A record as one run of bytes, to be sorted or kept aside, and back.
 */
#ifndef KALENDS_TEXT_RECORD_PACK_H
#define KALENDS_TEXT_RECORD_PACK_H

#include "base/buf.h"
#include "text/record.h"

/* Appends the record's text, marks and place. False without memory. */
bool record_pack(const struct record *record, struct buf *out);

/* Rebuilds it in the arena; pos.file is borrowed from `file`. NULL without
 * memory. */
struct record *record_unpack(struct str packed, const char *file,
    struct arena *arena);

#endif
