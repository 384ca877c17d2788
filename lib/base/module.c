#include "base/module.h"

#include <dlfcn.h>
#include <stdio.h>
#include <unistd.h>

#ifndef KALENDS_MODULE_DIR
#error "KALENDS_MODULE_DIR is not set"
#endif

static void *
open_beside(const char *name)
{
	char self[3000], path[4096];
	ssize_t n = readlink("/proc/self/exe", self, sizeof(self) - 1);

	while (n > 0 && self[n - 1] != '/')
		n--;
	if (n <= 0)
		return NULL;
	self[n] = '\0';
	snprintf(path, sizeof(path), "%s../modules/kalends-%s.so", self, name);
	return dlopen(path, RTLD_NOW | RTLD_LOCAL);
}

static void *
open_installed(const char *name)
{
	char path[4096];

	snprintf(path, sizeof(path), "%s/kalends-%s.so", KALENDS_MODULE_DIR,
	    name);
	return dlopen(path, RTLD_NOW | RTLD_LOCAL);
}

const void *
module_open(const char *name, const char *symbol, void **handle,
    struct error *err)
{
	const void *found = NULL;

	*handle = open_beside(name);
	if (!*handle)
		*handle = open_installed(name);
	if (*handle)
		found = dlsym(*handle, symbol);
	if (!found) {
		module_close(*handle);
		error_set(err, ERR_ABSENT, pos_none(),
		    "the module kalends-%s.so is not installed", name);
	}
	return found;
}

void
module_close(void *handle)
{
	/* Stays loaded: what libraries keep for themselves (ICU's tables) would
	 * be lost each time, and be read again. */
	(void)handle;
}
