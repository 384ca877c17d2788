#include "cal/rscale.h"

#include <stdlib.h>

#include "base/module.h"
#include "cal/rscale_module.h"

struct rscale_iter {
	void *module;
	const struct rscale_module *calls;
	void *state;
	bool ended;
};

bool
rscale_wanted(const struct rule *rule)
{
	if (rule->rscale[0] == '\0')
		return false;
	return rule->skip != SKIP_OMIT || rule->leap_months != 0 ||
	       !str_ieq(str_of(rule->rscale), STR("GREGORIAN"));
}

struct rscale_iter *
rscale_iter_new(const struct rule *rule, int64_t start, enum rule_start school,
    int64_t from, struct error *err)
{
	struct rscale_iter *iter = calloc(1, sizeof(*iter));

	if (!iter) {
		error_set(err, ERR_MEMORY, pos_none(), "no memory");
		return NULL;
	}
	iter->calls =
	    module_open("rscale", "kalends_rscale", &iter->module, err);
	if (!iter->calls) {
		iter->module = NULL;
		rscale_iter_free(iter);
		return NULL;
	}
	iter->state = iter->calls->open(rule, start,
	    school == RULE_START_INSTANCE, from, err);
	if (!iter->state) {
		rscale_iter_free(iter);
		return NULL;
	}
	return iter;
}

void
rscale_iter_free(struct rscale_iter *iter)
{
	if (!iter)
		return;
	if (iter->calls && iter->state)
		iter->calls->close(iter->state);
	module_close(iter->module);
	free(iter);
}

bool
rscale_iter_next(struct rscale_iter *iter, int64_t *local, struct error *err)
{
	err->code = ERR_NONE;
	if (iter->ended || !iter->calls->next(iter->state, local, err)) {
		iter->ended = true;
		return false;
	}
	return true;
}
