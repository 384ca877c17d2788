/*
 * A document of pages: what is drawn on them, and how it is found again.
 *
 * Units are points (1/72 inch), y goes down, x from the edge where lines
 * begin: pages of languages that run from right to left are mirrored here, and
 * nowhere else. Views draw through these functions alone.
 */
#ifndef KALENDS_PDF_SHEET_H
#define KALENDS_PDF_SHEET_H

#include <cairo.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "pdf/agenda.h"
#include "pdf/press.h"

struct paper {
	const char *name;
	double width, height, margin, scale; /* upright */
};

/* NULL for a name that is none. */
const struct paper *paper_named(struct str name);

enum sheet_format { SHEET_PDF, SHEET_SVG, SHEET_PNG };

struct sheet {
	/* Set by the caller. */
	struct press *press;
	struct agenda_paper *agenda;
	enum sheet_format format;
	double width, height, margin;
	double scale; /* of type: size and paper */
	/* SVG and PNG: a page begins, from 1. May be NULL. */
	bool (*page_begins)(void *arg, size_t number);
	bool (*write)(void *arg, struct str bytes);
	/* May be NULL: takes a line of JSON for each box, and nothing is
	 * written. */
	bool (*dump)(void *arg, struct str line);
	void *arg;
	const char *stamp; /* creation date, ISO 8601 */

	/* Private from here. */
	cairo_surface_t *surface;
	cairo_t *cr;
	struct buf line, title, clock, said; /* said: of the page before */
	struct arena arena;                  /* of the page at hand */
	size_t page, section, section_page;
	size_t refs, shortened, unknown;
	size_t detailed;    /* numbers up to it stand on details pages */
	int outline;        /* the bookmark that has those of pages in it */
	double top, bottom; /* of what a view may use */
	double foot_end;    /* of the foot: not for the legend */
	struct {
		double size, height;
	} heights[8];     /* of lines, as they were measured */
	double cell_size; /* of text in cells */
	bool bare;        /* titles without places */
	bool cell_bars;   /* cells have those too that have no column */
	PangoLayout *flowing;
	double flowing_width;
	struct {
		struct buf key;
		cairo_surface_t *surface;
	} still; /* what many pages have alike */
	bool failed;
};

bool sheet_start(struct sheet *sheet, struct error *err);
/* Ends the document. ERR_IO or ERR_MEMORY. */
bool sheet_finish(struct sheet *sheet, struct error *err);

/* Pages to come are of somebody else: a bookmark has theirs in it (none where
 * the name is empty); numbers of pages and details begin again. */
void sheet_section(struct sheet *sheet, struct str name);

/* Type sizes by their role; none is below SHEET_SMALLEST. */
#define SHEET_SMALLEST 5.0
double sheet_head(const struct sheet *sheet);
double sheet_body(const struct sheet *sheet);
double sheet_small(const struct sheet *sheet);
double sheet_tiny(const struct sheet *sheet);

/* --- pages (page.c) ------------------------------------------------------- */

struct page_head {
	struct str title, beside;
	/* Small calendars of the month and the next one, if there is room for
	 * them; [from, until) is marked. */
	bool minis;
	int32_t from, until;
};

/* A page with its head and foot; its bookmark is the title. */
void sheet_page(struct sheet *sheet, const struct page_head *head);
void sheet_page_end(struct sheet *sheet);

/* --- text (text.c) -------------------------------------------------------- */

/* Text in a box: `lead` and then `body`, each may be empty. False where it was
 * cut. *used (may be NULL): the height that it took. */
bool sheet_text(struct sheet *sheet, double x, double y, double w, double h,
    struct str lead, struct str body, const struct text_style *style,
    double *used);
/* Whether it would go in whole. */
bool sheet_fits(struct sheet *sheet, double w, double h, struct str lead,
    struct str body, const struct text_style *style);
/* The height of a line; the width of a text. */
double sheet_line(struct sheet *sheet, double size);
double sheet_width(struct sheet *sheet, struct str text, double size,
    bool bold);

/* Lines of a long text, one by one: lays it out, gives the count of lines;
 * then each is drawn by its number. */
size_t sheet_lines(struct sheet *sheet, double w, struct str lead,
    struct str body, const struct text_style *style);
void sheet_draw_line(struct sheet *sheet, size_t number, double x, double y,
    const struct text_style *style);

/* --- strokes (paint.c) ---------------------------------------------------- */

void sheet_fill(struct sheet *sheet, double x, double y, double w, double h,
    struct rgb color);
void sheet_frame(struct sheet *sheet, double x, double y, double w, double h,
    double width, struct rgb color, bool dashed);
/* dotted: a fine one. */
void sheet_rule(struct sheet *sheet, double x, double y, double x2, double y2,
    double width, double level, bool dotted);
/* Slanted lines over a box. */
void sheet_hatch(struct sheet *sheet, double x, double y, double w, double h,
    double step, struct rgb color);
/* A triangle from (x, y) to x + w, h high, its tip at the far side. */
void sheet_dart(struct sheet *sheet, double x, double y, double w, double h,
    struct rgb color);

/* What many pages have alike, without text: drawn once, where the format can
 * show it again. `key` tells whether it is still the same. */
void sheet_still(struct sheet *sheet, const void *key, size_t n,
    void (*draw)(struct sheet *sheet, void *arg), void *arg);

/* --- links, boxes (entry.c) ----------------------------------------------- */

/* Links and their targets: "d12" is an entry's details, "e12" its box, "y12" a
 * day. */
void sheet_link_begin(struct sheet *sheet, char to, size_t ref);
void sheet_link_end(struct sheet *sheet);
void sheet_target(struct sheet *sheet, char kind, size_t ref, double y);
/* To another document; false (no link has begun) where it is no address that
 * is followed: http, https, mailto, tel, geo. */
bool sheet_url_begin(struct sheet *sheet, struct str url);

/* The elements of the document, for those that are read to. */
void sheet_tag_begin(struct sheet *sheet, const char *name);
void sheet_tag_end(struct sheet *sheet, const char *name);

/* The number of an entry that is shortened, given at the first call. */
size_t sheet_ref(struct sheet *sheet, struct entry *entry);
/* "12", small, at the upper right corner of a box; a link. */
void sheet_mark(struct sheet *sheet, double right, double y,
    struct entry *entry);
/* Without room: numbered, to be counted by "+3" at y. */
void sheet_hide(struct sheet *sheet, struct entry *entry, double y);
void sheet_more(struct sheet *sheet, double x, double y, double w, size_t count,
    size_t ref, enum align align);

/* --- colours -------------------------------------------------------------- */

static inline struct rgb
grey(double level)
{
	return (struct rgb){level, level, level};
}

struct paint {
	struct rgb fill, bar, outline, ink;
	struct rgb bars[4]; /* of the calendars that have it */
	size_t bar_count;
	bool dashed, strike, hollow, hatched, locked;
	size_t pattern; /* 0 plain: tells calendars apart without colour */
};

void paint_of(const struct sheet *sheet, const struct entry *entry,
    struct paint *paint);
/* The ground and the bar at the start edge of an entry's box. */
void paint_draw(struct sheet *sheet, const struct paint *paint, double x,
    double y, double w, double h);
/* The bar alone. */
void paint_bar(struct sheet *sheet, const struct paint *paint, double x,
    double y, double w, double h);
/* Of a day of the week: white, weekend, holiday. */
struct rgb paint_day(const struct sheet *sheet, int32_t day);

/* A line for dump: what kind of box, where, its colours. */
void sheet_dump(struct sheet *sheet, const char *kind, double x, double y,
    double w, double h, const struct entry *entry, const struct paint *paint,
    bool cut);

/* --- entries -------------------------------------------------------------- */

/* What an entry is called, with "?" before what is tentative. */
struct str entry_title(const struct sheet *sheet, const struct entry *entry,
    struct buf *to);
/* Title, and the place after it, in sheet->title. */
struct str entry_text(struct sheet *sheet, const struct entry *entry);
/* "09:30" or "09:30–10:00"; empty for whole days. Appended. */
void entry_clock(const struct sheet *sheet, const struct entry *entry, bool end,
    struct buf *to);
bool entry_is_bar(const struct entry *entry);
void sheet_date(struct sheet *sheet, struct buf *to, enum date_form form,
    int32_t day);
/* Whether it stands in the calendar (SIZE_MAX: any) and day. */
bool entry_on(const struct entry *entry, size_t calendar, int32_t day);

/* Its time, title and place in a box; what does not fit is numbered. Where it
 * is not a cell's, type may get smaller, so that it fits. False where it is
 * cut. */
bool entry_draw(struct sheet *sheet, double x, double y, double w, double h,
    struct entry *entry, const struct paint *paint, struct str lead,
    double largest);

/* Bars of entries of whole or many days over columns that begin at x[0] and
 * end at x[days]; at most `lanes`, what has none is counted at the last one.
 * calendar: SIZE_MAX for all. low (may be NULL): the height taken over each
 * day. Gives the height taken; draws only if `draw`. */
double sheet_bars(struct sheet *sheet, const double *x, int32_t first, int days,
    double y, size_t lanes, size_t calendar, bool draw, double *low);

/* The timed entries of a day, as lines; those without room become "+3". */
void cell_draw(struct sheet *sheet, double x, double y, double w, double h,
    int32_t day, size_t calendar);
/* The height in which all of them are whole, as far as six lines do. */
double cell_need(struct sheet *sheet, int32_t day, size_t calendar, double w);

/* A small calendar of the month of `day`, [from, until) marked; gives its
 * width and height. Draws only if `draw`. */
struct mini {
	int32_t day, from, until;
	double size; /* of its type */

	/* May be zero: of a day and a row, else as the type needs. */
	double column, row;
	/* May be NULL: what a day has below its number, and the target that it
	 * links to, 0 for none. */
	size_t (*ground)(struct sheet *sheet, void *arg, int32_t day, double x,
	    double y, double w, double h);
	void *arg;
};

void mini_draw(struct sheet *sheet, const struct mini *mini, double x, double y,
    double *w, double *h, bool draw);

/* --- the views ------------------------------------------------------------ */

/* Title of a page of days. */
void sheet_range(struct sheet *sheet, struct buf *to, int32_t first,
    int32_t last);
void week_head(struct sheet *sheet, int32_t first, int days, bool minis);

void draw_day(struct sheet *sheet);
void draw_week(struct sheet *sheet);
void draw_month(struct sheet *sheet);
void draw_year(struct sheet *sheet);
void draw_team(struct sheet *sheet);
void draw_list(struct sheet *sheet);
void draw_tasks(struct sheet *sheet);
/* What was shortened, in full, and what it was; views do so behind their
 * pages, with OVERFLOW_INLINE. */
void draw_details(struct sheet *sheet);
void draw_details_inline(struct sheet *sheet);

#endif
