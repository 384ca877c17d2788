/*
 * The screen that pages are drawn for: its size, its character set, whether it
 * has colours, and the language of its user.
 */
#ifndef KALENDS_TERM_SCREEN_H
#define KALENDS_TERM_SCREEN_H

#include "base/out.h"
#include "cli/charset.h"
#include "cli/cli.h"
#include "cli/color.h"
#include "cli/words.h"

#define SCREEN_NARROWEST 24
#define SCREEN_WIDEST    1000

struct screen {
	struct out *out;
	struct charset charset;
	const struct words *words;
	size_t width;
	size_t height; /* 0: as long as it takes */
	bool color;
	enum color_depth depth;
	bool isolates;  /* it may turn text around, or knows what to ignore */
	bool positions; /* the cursor may be moved to a column */
};

/* width: columns, 0 for what the terminal has. Locale and character set are
 * those that setlocale() has set. The output is borrowed. */
void screen_init(struct screen *screen, struct out *out, size_t width,
    enum cli_color color);
void screen_free(struct screen *screen);

/* What pages are drawn with, in characters that the screen has. */
enum glyph {
	GLYPH_NONE,
	GLYPH_RULE, /* lines of the page */
	GLYPH_COLUMN,
	GLYPH_CROSS,
	GLYPH_FOOT,
	GLYPH_SKIP, /* hours that are left out */
	GLYPH_GONE, /* an hour that does not exist */
	GLYPH_FREE,
	GLYPH_NOW,
	GLYPH_TODAY,
	GLYPH_MORE,  /* text that was cut off */
	GLYPH_FIRST, /* the left edge of an event, from top to bottom */
	GLYPH_MIDDLE,
	GLYPH_LAST,
	GLYPH_ONLY,
	GLYPH_LIGHT_FIRST, /* the same of one that leaves the time free */
	GLYPH_LIGHT_MIDDLE,
	GLYPH_LIGHT_LAST,
	GLYPH_LIGHT_ONLY,
	GLYPH_ABOVE, /* it began on the day before */
	GLYPH_BELOW, /* it goes on on the next */
	GLYPH_BAR_FIRST,
	GLYPH_BAR,
	GLYPH_BAR_LAST,
	GLYPH_BEFORE, /* the bar began earlier, goes on later */
	GLYPH_AFTER,
	GLYPH_OPEN, /* of tasks */
	GLYPH_DONE,
	GLYPH_VOID,
	GLYPH_CANCELLED, /* of other things */
	GLYPH_BRANCH,
	GLYPH_BRANCH_LAST,
	GLYPH_TRUNK,
	GLYPH_FULL, /* of a percentage */
	GLYPH_EMPTY,
	GLYPH_SWATCH, /* of a calendar's colour */
	GLYPH_DASH,   /* between two times */
	GLYPH_COUNT,
};

struct str screen_glyph(const struct screen *screen, enum glyph glyph);

#endif
