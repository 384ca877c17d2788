/*
 * What the module kalends-rscale.so gives (modules/rscale.c): the one place
 * that links libical and ICU.
 */
#ifndef KALENDS_CAL_RSCALE_MODULE_H
#define KALENDS_CAL_RSCALE_MODULE_H

#include "time/rule.h"

struct rscale_module {
	/* NULL with ERR_ABSENT for a calendar that ICU does not know. */
	void *(*open)(const struct rule *rule, int64_t start,
	    bool start_is_instance, struct error *err);
	/* Ascending local times; false at the end, or after too many steps
	 * without one. */
	bool (*next)(void *state, int64_t *local);
	void (*close)(void *state);
};

/* The symbol that the module exports. */
extern const struct rscale_module kalends_rscale;

#endif
