/*
 * A record of text that lies in memory whole.
 */
#ifndef KALENDS_TEXT_RECORD_TEXT_H
#define KALENDS_TEXT_RECORD_TEXT_H

#include "text/record.h"

/* Makes a record of one component; marks live in the arena, text is borrowed.
 * For text that the reader gave before, or that was written from a draft: BEGIN
 * and END are taken as they stand. False without memory, or where the text does
 * not begin with BEGIN. */
bool record_of_text(struct record *record, struct str text, struct pos pos,
    struct arena *arena);

#endif
