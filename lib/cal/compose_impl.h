/*
 * Inside compose: compose.c takes items, compose_component.c edits them,
 * compose_write.c writes what is finished. Nobody else includes this.
 */
#ifndef KALENDS_CAL_COMPOSE_IMPL_H
#define KALENDS_CAL_COMPOSE_IMPL_H

#include "cal/compose.h"

/* Whether faults of lines are told here, once it is known what was repaired;
 * then the reader's word on them is not to be passed on. */
bool compose_tells(const struct compose *compose);

/* Repairs and normalizes; says what is left that is wrong. */
void compose_edit(struct compose *compose, struct draft *draft);

/* The reader's record, a component or VTIMEZONE of the calendar at hand. */
bool compose_component(struct compose *compose, struct reader *reader,
    struct error *err);
bool compose_zone(struct compose *compose, struct reader *reader,
    struct error *err);

/* Writes the finished calendars, unless duplicates are to be found first. */
bool compose_flush(struct compose *compose, struct error *err);

/* Finds the duplicates and writes the rest. */
bool compose_flush_deduped(struct compose *compose, struct error *err);

#endif
