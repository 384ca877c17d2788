/*
 * Which days a document is of, and which of them are read.
 */
#ifndef KALENDS_PDF_RANGE_H
#define KALENDS_PDF_RANGE_H

#include "pdf/print.h"

/* From -f and -t: the wish's days, whole pages, and the cli's range, in which
 * everything is read; the intake's days. Exits where they make no range. */
void range_set(struct print *print);

#endif
