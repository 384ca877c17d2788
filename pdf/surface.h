/*
 * Where the pages of a sheet go; page.c alone calls these.
 */
#ifndef KALENDS_PDF_SURFACE_H
#define KALENDS_PDF_SURFACE_H

#include "pdf/sheet.h"

void sheet_surface_page(struct sheet *sheet);
void sheet_surface_page_end(struct sheet *sheet);

#endif
