/*
 * Bars across the columns of days: what lasts whole days, or longer than one.
 */
#ifndef KALENDS_TERM_BARS_H
#define KALENDS_TERM_BARS_H

#include "cal/pack.h"
#include "term/footer.h"
#include "term/look.h"

#define COLUMN_ALL  SIZE_MAX
#define COLUMN_NONE (SIZE_MAX - 1)

/* A column of a page: a day, of all calendars, of one, or left empty. */
struct column {
	int32_t day;
	size_t calendar;
	size_t x, width; /* of its text; the line before it is at x - 1 */
};

struct bar {
	const struct page_item *item;
	size_t first, last; /* columns */
};

struct bars {
	struct bar *list;
	struct pack_span *spans; /* of each */
	size_t count;
	size_t lanes;   /* lines that they take */
	size_t *hidden; /* of each column, those without a lane */
	size_t column_count;
};

/* The bars of these columns, in `most` lanes at most, the last of which tells
 * how many more there are. False without memory. */
bool bars_pack(struct bars *bars, const struct page *page,
    const struct column *columns, size_t count, size_t most);
void bars_free(struct bars *bars);

/* Lanes in use above a column's first free line. */
size_t bars_height(const struct bars *bars, size_t column);

/* Leaves those without a lane. */
void bars_leave(const struct bars *bars, const struct column *columns,
    struct leftovers *left);

/* Shares `width` columns from x on, a line before each column. */
void columns_place(struct column *columns, size_t count, size_t x,
    size_t width);

/* Draws them from the line y on. */
void bars_draw(const struct view *view, const struct bars *bars,
    const struct column *columns, struct canvas *canvas, size_t y);

#endif
