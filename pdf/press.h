/*
 * Fonts, and texts that are laid out: what all documents of a process share.
 * To list the fonts of a system takes longer than to draw a page, and to shape
 * a text longer than to write it, so texts are kept as they were laid out.
 *
 * All text is made of valid UTF-8 without controls, isolated (UAX 9), never
 * hyphenated, with figures of one width. Colour fonts are left out, as Cairo
 * makes bad PDF of them.
 */
#ifndef KALENDS_PDF_PRESS_H
#define KALENDS_PDF_PRESS_H

#include <pango/pangocairo.h>

#include "base/buf.h"
#include "base/error.h"

struct rgb {
	double r, g, b;
};

enum align { ALIGN_START, ALIGN_CENTER, ALIGN_END };

struct text_style {
	double size;
	struct rgb color;
	bool bold, bold_lead, italic, strike, one_line;
	enum align align;
};

struct press {
	bool mirrored; /* pages run from right to left */

	/* Private. */
	void *config; /* FcConfig */
	PangoFontMap *map;
	PangoContext *context;
	PangoAttrList *plain;
	GHashTable *kept[2]; /* of struct laid, by what it was made of: the
				young, the old */
	struct laid *loose;
	size_t kept_bytes;
	struct buf key, text;
};

/* A text, ready to be drawn. */
struct laid {
	PangoLayout *layout;
	double width, height;
	size_t bytes;   /* that it takes, about */
	size_t unknown; /* glyphs that no font has */
	bool cut;       /* not all of it is there */
};

/* ERR_ABSENT where there is no font at all. */
bool press_start(struct press *press, bool mirrored, struct error *err);
void press_end(struct press *press);

/* Bounds: below 0 there is none. */
struct text_box {
	double w, h;
	size_t most; /* characters of lead and of body, the rest is cut */
};

/* `lead` (either may be empty), then `body`. Lives until the next call; NULL
 * without memory. */
const struct laid *press_lay(struct press *press, struct str lead,
    struct str body, const struct text_style *style, struct text_box box);

#endif
