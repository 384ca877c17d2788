/*
 * Items of the agenda: made of occurrences, kept as bytes while they are
 * sorted.
 */
#ifndef KALENDS_CLI_AGENDA_ITEM_H
#define KALENDS_CLI_AGENDA_ITEM_H

#include "cal/series.h"
#include "cli/agenda.h"

/* All but `calendar`; texts live in the arena or the record. */
void agenda_item_make(struct agenda_item *item,
    const struct occurrence *occurrence, const struct zone *zone,
    struct zone_cursor *cursor, struct arena *arena);

bool agenda_item_pack(const struct agenda_item *item, struct buf *out);

/* The item's texts point into `packed`. */
void agenda_item_unpack(struct agenda_item *item, struct str packed);

#endif
