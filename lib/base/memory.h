/*
 * Whether memory was short anywhere in this process. Bufs and arenas remember
 * it here: most who use them look at once, but a program asks at its end too,
 * so that nothing can have been left out in silence.
 *
 * This is the one variable of lib/ that changes.
 */
#ifndef KALENDS_BASE_MEMORY_H
#define KALENDS_BASE_MEMORY_H

#include <stdbool.h>

/* To be called where an allocation has failed. */
void memory_note_short(void);

bool memory_was_short(void);

#endif
