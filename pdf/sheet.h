/*
 * A document of pages: paper, type sizes, text, colours, links, bookmarks.
 *
 * Units are points (1/72 inch), y goes down. All text goes through
 * sheet_text(), which isolates it (UAX 9), never hyphenates, cuts at the box
 * and counts glyphs that no font has. One font map serves the process; colour
 * fonts are left out, as Cairo makes bad PDF of them.
 */
#ifndef KALENDS_PDF_SHEET_H
#define KALENDS_PDF_SHEET_H

#include <cairo-pdf.h>
#include <pango/pangocairo.h>

#include "base/arena.h"
#include "base/buf.h"
#include "base/error.h"
#include "pdf/agenda.h"

struct paper {
	const char *name;
	double width, height, margin, scale; /* upright */
};

/* NULL for a name that is none. */
const struct paper *paper_named(struct str name);

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

struct sheet {
	/* Set by the caller. */
	struct agenda_paper *agenda;
	double width, height, margin;
	double scale; /* of type: size and paper */
	bool (*write)(void *arg, struct str bytes);
	/* May be NULL: takes a line of JSON for each box drawn. */
	bool (*dump)(void *arg, struct str line);
	void *arg;
	const char *stamp; /* creation date, ISO 8601 */

	/* Private from here. */
	cairo_surface_t *surface;
	cairo_t *cr;
	PangoFontMap *map;
	PangoContext *context;
	PangoLayout *layout;
	void *config; /* FcConfig */
	struct buf text, line, title, clock;
	struct arena arena; /* of the page at hand */
	size_t page, refs, shortened, unknown;
	double top, bottom; /* of what a view may use */
	struct {
		double size, height;
	} heights[8];     /* of lines, as they were measured */
	double cell_size; /* of text in cells */
	bool bare;        /* titles without places */
	bool failed;
};

/* ERR_ABSENT where there is no font at all. */
bool sheet_start(struct sheet *sheet, struct error *err);
/* Ends the document. ERR_IO or ERR_MEMORY. */
bool sheet_finish(struct sheet *sheet, struct error *err);

/* Type sizes by their role; none is below SHEET_SMALLEST. */
#define SHEET_SMALLEST 5.0
double sheet_head(const struct sheet *sheet);
double sheet_body(const struct sheet *sheet);
double sheet_small(const struct sheet *sheet);

/* A page with title and what stands beside it; its bookmark is `title`. */
void sheet_page(struct sheet *sheet, struct str title, struct str beside);
void sheet_page_end(struct sheet *sheet);

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

void sheet_fill(struct sheet *sheet, double x, double y, double w, double h,
    struct rgb color);
void sheet_frame(struct sheet *sheet, double x, double y, double w, double h,
    double width, struct rgb color, bool dashed);
void sheet_rule(struct sheet *sheet, double x, double y, double x2, double y2,
    double width, double level);

/* Links and their targets: "d12" is an entry's details, "e12" its box. */
void sheet_link_begin(struct sheet *sheet, char to, size_t ref);
void sheet_link_end(struct sheet *sheet);
void sheet_target(struct sheet *sheet, char kind, size_t ref, double y);

/* The number of an entry that is shortened, given at the first call. */
size_t sheet_ref(struct sheet *sheet, struct entry *entry);
/* "12", small, at the upper right corner of a box; a link. */
void sheet_mark(struct sheet *sheet, double right, double y,
    struct entry *entry);
/* A line for dump: what kind of box, where. */
void sheet_dump(struct sheet *sheet, const char *kind, double x, double y,
    double w, double h, const struct entry *entry, bool cut);

/* --- colours ------------------------------------------------------------- */

static inline struct rgb
grey(double level)
{
	return (struct rgb){level, level, level};
}

struct paint {
	struct rgb fill, bar, outline, ink;
	struct rgb bars[4]; /* of the calendars that have it */
	size_t bar_count;
	bool dashed, strike, hollow;
	size_t pattern; /* 0 plain: tells calendars apart without colour */
};

void paint_of(const struct sheet *sheet, const struct entry *entry,
    struct paint *paint);
/* The ground and the bar at the start edge of an entry's box. */
void paint_draw(struct sheet *sheet, const struct paint *paint, double x,
    double y, double w, double h);

/* --- entries ------------------------------------------------------------- */

/* What an entry is called, with "?" before what is tentative. */
struct str entry_title(const struct sheet *sheet, const struct entry *entry,
    struct buf *to);
/* "09:30" or "09:30-10:00"; empty for whole days. Appended. */
void entry_clock(const struct entry *entry, bool end, struct buf *to);
bool entry_is_bar(const struct entry *entry);
void sheet_date(struct sheet *sheet, struct buf *to, enum date_form form,
    int32_t day);

/* Its time, title and place in a box; what does not fit is numbered. Where it
 * is not a cell's, type may get smaller, so that it fits. False where it is
 * cut. */
bool entry_draw(struct sheet *sheet, double x, double y, double w, double h,
    struct entry *entry, const struct paint *paint, struct str lead,
    double largest);
/* Whether it stands in the calendar (SIZE_MAX: any) and day. */
bool entry_on(const struct entry *entry, size_t calendar, int32_t day);

/* Bars of entries of whole or many days over columns that begin at x[0] and
 * end at x[days]; at most `lanes`, what has none is counted at the last one.
 * calendar: SIZE_MAX for all. Gives the height taken; draws only if `draw`. */
double sheet_bars(struct sheet *sheet, const double *x, int32_t first, int days,
    double y, size_t lanes, size_t calendar, bool draw);

/* The timed entries of a day, as lines; those without room become "+3". */
void cell_draw(struct sheet *sheet, double x, double y, double w, double h,
    int32_t day, size_t calendar);
/* The height in which all of them are whole, as far as six lines do. */
double cell_need(struct sheet *sheet, int32_t day, size_t calendar, double w);

/* The views. */
/* Title of a page of days. */
void sheet_range(struct sheet *sheet, struct buf *to, int32_t first,
    int32_t last);
void week_head(struct sheet *sheet, int32_t first, int days);

void draw_day(struct sheet *sheet);
void draw_week(struct sheet *sheet);
void draw_month(struct sheet *sheet);
void draw_team(struct sheet *sheet);
void draw_list(struct sheet *sheet);
/* Afterwards: what was shortened, in full. */
void draw_details(struct sheet *sheet);

#endif
