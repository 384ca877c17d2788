/*
 * Weeks as rows of cells: what month and team have alike.
 */
#ifndef KALENDS_PDF_ROWS_H
#define KALENDS_PDF_ROWS_H

#include "pdf/sheet.h"

/* Seven columns from `left` to the margin. */
void rows_columns(struct sheet *sheet, double left, double *x);

/* The names of days, with their dates; below them a rule. Gives where rows
 * begin. */
double rows_heads(struct sheet *sheet, const double *x, int32_t first,
    bool dates);

#endif
