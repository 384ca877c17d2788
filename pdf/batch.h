/*
 * Many documents of one run: by a list, or one for each input, made by several
 * workers; what goes wrong with one leaves the others as they are.
 */
#ifndef KALENDS_PDF_BATCH_H
#define KALENDS_PDF_BATCH_H

#include "pdf/print.h"

struct batch {
	struct print_job *jobs;
	size_t count;
	struct arena arena;
};

/* Rows of input, output, title, separated by tabs; rows of one output, one
 * after the other, are one document. "-": standard input. Exits where there
 * are none or a row is none. */
void batch_list(struct batch *batch, struct cli *cli, const char *path);

/* One for each operand, in `folder` (NULL: all in one document), named as the
 * input is, with `ending`. */
void batch_each(struct batch *batch, struct cli *cli, const char *folder,
    const char *ending);

/* Prints them; `newer`: only those with an input that is newer than they are.
 * The cli's `trouble` tells whether something went wrong. */
void batch_run(struct batch *batch, struct print *print, size_t workers,
    bool newer);

void batch_free(struct batch *batch);

#endif
