/*
 * Modules: parts that are loaded only when they are needed, since what they
 * link is large and rarely asked for. A module kalends-NAME.so lies in
 * ../modules beside the folder of the program, or where it was installed.
 */
#ifndef KALENDS_BASE_MODULE_H
#define KALENDS_BASE_MODULE_H

#include "base/error.h"

/* Loads kalends-NAME.so and gives the symbol asked for; *handle is to be given
 * to module_close(). NULL and ERR_ABSENT where it is not there. */
const void *module_open(const char *name, const char *symbol, void **handle,
    struct error *err);
void module_close(void *handle);

#endif
