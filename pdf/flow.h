/*
 * Columns of text over pages: lists, tasks, details.
 */
#ifndef KALENDS_PDF_FLOW_H
#define KALENDS_PDF_FLOW_H

#include "pdf/sheet.h"

struct flow {
	struct sheet *sheet;
	int columns, column;
	double x, y, w;
	double limit; /* where columns end; 0: at the page's bottom */
	double hang;  /* width of the column of times; 0: none */
	struct str title, beside;
	bool open;
};

/* Makes room for h, in the next column or on the next page if need be. */
void flow_need(struct flow *flow, double h);
/* Ends the last page. */
void flow_end(struct flow *flow);

/* A heading, which stays with what follows. */
void flow_head(struct flow *flow, struct str text);
void flow_day_head(struct flow *flow, int32_t day);
/* "Nothing." */
void flow_nothing(struct flow *flow);

/* A paragraph, line by line, so that it goes on over columns and pages. */
void flow_lines(struct flow *flow, double indent, struct str lead,
    struct str body, const struct text_style *style);

/* Times, title and all that the wishes name of an entry; `indent` keeps a
 * place at its start edge free. */
void flow_entry(struct flow *flow, struct entry *entry, double indent);
/* The height that it takes; about. */
double flow_entry_height(struct flow *flow, struct entry *entry, double indent);

#endif
