/*
 * Inside compose: compose.c takes items, compose_write.c writes what is
 * finished. Nobody else includes this.
 */
#ifndef KALENDS_CAL_COMPOSE_IMPL_H
#define KALENDS_CAL_COMPOSE_IMPL_H

#include "cal/compose.h"

/* Writes the finished calendars, unless duplicates are to be found first. */
bool compose_flush(struct compose *compose, struct error *err);

/* Finds the duplicates and writes the rest. */
bool compose_flush_deduped(struct compose *compose, struct error *err);

#endif
