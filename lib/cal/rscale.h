/*
 * RSCALE and SKIP (RFC 7529): rules of other calendars, expanded by libical on
 * ICU in a module that is loaded when the first such rule is met.
 */
#ifndef KALENDS_CAL_RSCALE_H
#define KALENDS_CAL_RSCALE_H

#include "time/rule.h"

/* Whether a rule needs it: an RSCALE other than GREGORIAN, or a SKIP that
 * changes something. */
bool rscale_wanted(const struct rule *rule);

struct rscale_iter;

/* As rule_iter_new() and _next(); times before `from` may be left out. NULL
 * with ERR_ABSENT where the module or the calendar is not there; ERR_LIMIT
 * where it takes too long, here or in _next(). */
struct rscale_iter *rscale_iter_new(const struct rule *rule, int64_t start,
    enum rule_start school, int64_t from, struct error *err);
void rscale_iter_free(struct rscale_iter *iter);
bool rscale_iter_next(struct rscale_iter *iter, int64_t *local,
    struct error *err);

#endif
