/*
 * Inside the order: order.c reads keys, order_write.c makes bytes of records,
 * order_zones.c resolves their zones. Nobody else includes this.
 */
#ifndef KALENDS_CAL_ORDER_IMPL_H
#define KALENDS_CAL_ORDER_IMPL_H

#include "cal/order.h"

/* That of a TZID, else the context's own, and tells of it. */
const struct zone *order_zone(struct order_context *context, struct str tzid,
    struct pos pos);

/* The same as event_context has it; arg is the order_context. */
void order_odd_zone(void *arg, struct str tzid, struct pos pos,
    enum zone_source source, const struct zone *taken,
    const struct zone *other);

#endif
