/*
 * What the module kalends-rscale.so gives (modules/rscale.c): the one place
 * that links libical and ICU.
 */
#ifndef KALENDS_CAL_RSCALE_MODULE_H
#define KALENDS_CAL_RSCALE_MODULE_H

#include "time/rule.h"

struct rscale_module {
	/* Times before `from` may be left out. NULL with ERR_ABSENT for a
	 * calendar that ICU does not know, ERR_LIMIT where it takes too long,
	 * as rules of libical may for ever. */
	void *(*open)(const struct rule *rule, int64_t start,
	    bool start_is_instance, int64_t from, struct error *err);
	/* Ascending local times. False at the end, and with ERR_LIMIT. */
	bool (*next)(void *state, int64_t *local, struct error *err);
	void (*close)(void *state);
};

/* The symbol that the module exports. */
extern const struct rscale_module kalends_rscale;

#endif
