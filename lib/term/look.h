/*
 * What an item looks like on a canvas: its colour, and the words that fit.
 */
#ifndef KALENDS_TERM_LOOK_H
#define KALENDS_TERM_LOOK_H

#include "term/pager.h"

struct look {
	struct ink ink;  /* of its box */
	struct ink text; /* of the title in it */
	struct ink note; /* of what stands beside the title */
	bool light;      /* it leaves the time free, or is not sure */
	enum glyph mark; /* before the title; GLYPH_NONE */
};

void look_of(const struct view *view, const struct page_item *item,
    struct look *look);

/* Title with its mark, then place and calendar, as far as the flow has room.
 * `time` (may be empty) comes first. */
void look_write(const struct view *view, const struct page_item *item,
    const struct look *look, struct str time, struct flow *flow);

/* The title's first line only. */
void look_write_title(const struct view *view, const struct page_item *item,
    const struct look *look, struct flow *flow);

#endif
