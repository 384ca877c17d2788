/*
 * Inside the canvas: canvas.c has the cells and writes them, flow.c puts text
 * into them. Nobody else includes this.
 */
#ifndef KALENDS_TERM_CANVAS_IMPL_H
#define KALENDS_TERM_CANVAS_IMPL_H

#include "term/canvas.h"

#define CELL_BYTES 64

/* One character, `width` columns wide; its bytes (CELL_BYTES at most) live as
 * long as the canvas. Nothing where it does not fit. */
void canvas_put(struct canvas *canvas, size_t x, size_t y, struct str bytes,
    size_t width, struct ink ink);

/* The cells are one right-to-left text. */
void canvas_isolate(struct canvas *canvas, size_t x, size_t y, size_t width);

#endif
