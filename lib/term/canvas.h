/*
 * A canvas of character cells: text is put anywhere, boxes are filled, and the
 * whole is written line by line.
 *
 * A cell holds what a terminal shows as one character, of any width; what is
 * put never spills over the width it was given, and nothing of a calendar's
 * text reaches the terminal but letters and marks: no controls, and no more
 * than 64 bytes a cell. A text with letters that are written from right to left
 * is isolated (U+2068, U+2069), so that a terminal that turns it around leaves
 * what stands beside it where it is.
 *
 * Lines have no blanks at their end and, without colour, no escape sequence.
 */
#ifndef KALENDS_TERM_CANVAS_H
#define KALENDS_TERM_CANVAS_H

#include "base/arena.h"
#include "term/screen.h"

enum ink_flag {
	INK_BOLD = 1,
	INK_DIM = 2,
	INK_STRUCK = 4,
	INK_REVERSED = 8,
	INK_COLORED = 16, /* the colour is that of the text */
	INK_FILLED = 32,  /* the colour is the background */
};

/* {0} is the terminal's own. */
struct ink {
	uint8_t flags;
	struct color color;
};

struct cell {
	const char *p; /* NULL: blank */
	struct ink ink;
	uint8_t n, width;
	bool rest;              /* of the wide one before it */
	bool isolate, isolated; /* a right-to-left text begins, ends here */
};

struct canvas {
	const struct screen *screen;
	size_t width, height;
	struct cell *cells;
	struct arena arena;
	bool failed; /* no memory: what is drawn is not whole */
};

/* False without memory. */
bool canvas_init(struct canvas *canvas, const struct screen *screen,
    size_t width, size_t height);
void canvas_free(struct canvas *canvas);

/* Gives the cells of a box that are on the canvas an ink; their text stays. */
void canvas_fill(struct canvas *canvas, size_t x, size_t y, size_t width,
    size_t height, struct ink ink);

/* Makes them blank. */
void canvas_clear(struct canvas *canvas, size_t x, size_t y, size_t width,
    size_t height);

void canvas_glyph(struct canvas *canvas, size_t x, size_t y, enum glyph glyph,
    struct ink ink);
/* The glyph `count` times from x on. */
void canvas_rule(struct canvas *canvas, size_t x, size_t y, size_t count,
    enum glyph glyph, struct ink ink);

/* One line, clipped to `width` columns, the last one then a mark for what was
 * cut off. Gives the columns it took. */
size_t canvas_text(struct canvas *canvas, size_t x, size_t y, size_t width,
    struct str text, struct ink ink);

/* A box that texts flow into, one after the other, wrapped between words; what
 * has no room is cut off and marked. */
struct flow {
	/* Set by the caller, the rest zero. */
	struct canvas *canvas; /* NULL: nothing is drawn, lines are counted */
	const struct screen *screen;
	size_t x, y, width, height; /* at least 1 */
	size_t indent;              /* of all lines but the first */

	size_t column, line; /* where the next one goes */
	bool full;           /* some was cut off */
	bool blank;          /* one is due before the next word */
};

void flow_text(struct flow *flow, struct str text, struct ink ink);

/* Lines taken so far. */
size_t flow_lines(const struct flow *flow);

/* Writes all lines. False once a write has failed, or without memory. */
bool canvas_write(struct canvas *canvas);

#endif
