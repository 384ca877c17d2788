#include "cal/rscale.h"

#include <dlfcn.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include "cal/rscale_module.h"

#ifndef KALENDS_MODULE_DIR
#define KALENDS_MODULE_DIR "/usr/local/lib/kalends"
#endif

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

/* Beside the programs in a build tree, else where it was installed. */
static void *
open_module(void)
{
	static const char name[] = "kalends-rscale.so";
	char path[4096], self[4000];
	ssize_t n = readlink("/proc/self/exe", self, sizeof(self) - 1);
	void *module = NULL;

	for (; n > 0 && self[n - 1] != '/'; n--)
		continue;
	if (n > 0) {
		self[n] = '\0';
		snprintf(path, sizeof(path), "%s../modules/%s", self, name);
		module = dlopen(path, RTLD_NOW | RTLD_LOCAL);
	}
	if (!module) {
		snprintf(path, sizeof(path), "%s/%s", KALENDS_MODULE_DIR,
		    name);
		module = dlopen(path, RTLD_NOW | RTLD_LOCAL);
	}
	return module;
}

struct rscale_iter *
rscale_iter_new(const struct rule *rule, int64_t start,
    enum rule_start school, struct error *err)
{
	struct rscale_iter *iter = calloc(1, sizeof(*iter));

	if (!iter) {
		error_set(err, ERR_MEMORY, pos_none(), "no memory");
		return NULL;
	}
	iter->module = open_module();
	if (iter->module)
		iter->calls = dlsym(iter->module, "kalends_rscale");
	if (!iter->calls) {
		error_set(err, ERR_ABSENT, pos_none(),
		    "RSCALE=%s: the module kalends-rscale.so is not "
		    "installed",
		    rule->rscale);
		rscale_iter_free(iter);
		return NULL;
	}
	iter->state = iter->calls->open(
	    rule, start, school == RULE_START_INSTANCE, err);
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
	if (iter->state)
		iter->calls->close(iter->state);
	if (iter->module)
		dlclose(iter->module);
	free(iter);
}

bool
rscale_iter_next(
    struct rscale_iter *iter, int64_t *local, struct error *err)
{
	err->code = ERR_NONE;
	if (iter->ended || !iter->calls->next(iter->state, local)) {
		iter->ended = true;
		return false;
	}
	return true;
}
