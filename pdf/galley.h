/*
 * Columns of text over pages: lists, tasks, details.
 */
#ifndef KALENDS_PDF_GALLEY_H
#define KALENDS_PDF_GALLEY_H

#include "pdf/sheet.h"

struct galley {
	struct sheet *sheet;
	int columns, column;
	double x, y, w;
	double limit; /* where columns end; 0: at the page's bottom */
	double hang;  /* width of the column of times; 0: none */
	double aside; /* that lines leave free at their end */
	struct str title, beside;
	bool open;
};

/* Makes room for h, in the next column or on the next page if need be. */
void galley_need(struct galley *galley, double h);
/* Ends the last page. */
void galley_end(struct galley *galley);

/* A heading, which stays with what follows. */
void galley_day_head(struct galley *galley, int32_t day);
/* "Nothing." */
void galley_nothing(struct galley *galley);

/* A paragraph, line by line, so that it goes on over columns and pages. */
void galley_lines(struct galley *galley, double indent, struct str lead,
    struct str body, const struct text_style *style);

/* Times, title and all that the wishes name of an entry; `indent` keeps a
 * place at its start edge free. */
void galley_entry(struct galley *galley, struct entry *entry, double indent);
/* The height that it takes; about. */
double galley_entry_height(struct galley *galley, struct entry *entry,
    double indent);

#endif
