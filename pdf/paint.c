/* Colours and strokes of a sheet; see sheet.h. */
#include <math.h>

#include "pdf/sheet.h"

static double
linear(double part)
{
	return part <= 0.04045 ? part / 12.92
	                       : pow((part + 0.055) / 1.055, 2.4);
}

static double
luminance(struct rgb c)
{
	return 0.2126 * linear(c.r) + 0.7152 * linear(c.g) +
	       0.0722 * linear(c.b);
}

static double
contrast(struct rgb a, struct rgb b)
{
	double la = luminance(a) + 0.05, lb = luminance(b) + 0.05;

	return la > lb ? la / lb : lb / la;
}

/* Black or white, whichever contrasts more; at least 4.58 on any colour. */
static struct rgb
ink_on(struct rgb ground)
{
	return contrast(ground, grey(0)) >= contrast(ground, grey(1)) ? grey(0)
	                                                              : grey(1);
}

static struct rgb
mix(struct rgb a, struct rgb b, double part)
{
	return (struct rgb){a.r * part + b.r * (1 - part),
	    a.g * part + b.g * (1 - part), a.b * part + b.b * (1 - part)};
}

static struct rgb
rgb_of(struct color color)
{
	return (struct rgb){color.red / 255.0, color.green / 255.0,
	    color.blue / 255.0};
}

static bool
is(struct str status, const char *word)
{
	return str_ieq(status, str_of(word));
}

/* A bar in the colours of all that have the entry. */
static void
set_bars(const struct agenda_paper *agenda, const struct entry *entry,
    struct paint *paint)
{
	paint->bars[0] = paint->bar;
	paint->bar_count = 1;
	if (agenda->palette == PALETTE_GREY)
		return;
	for (size_t i = 0; i < 64 && i < agenda->calendar_count; i++)
		if (i != entry->item.number && entry->owners >> i & 1 &&
		    paint->bar_count < 4)
			paint->bars[paint->bar_count++] =
			    rgb_of(agenda->calendars[i].color);
}

static void
set_state(const struct agenda_item *item, struct rgb base, struct paint *paint)
{
	if (is(item->status, "CANCELLED")) {
		paint->hollow = paint->strike = true;
	} else if (is(item->transp, "TRANSPARENT") && !item->allday) {
		paint->hollow = true;
	} else if (is(item->status, "TENTATIVE")) {
		paint->dashed = true;
		paint->fill = mix(base, grey(1), 0.08);
	}
	paint->hatched = item->takes == BUSY_UNAVAILABLE;
	paint->locked =
	    is(item->class, "PRIVATE") || is(item->class, "CONFIDENTIAL");
	if (paint->hollow)
		paint->fill = grey(1);
	paint->ink = paint->strike ? grey(0.4) : ink_on(paint->fill);
}

void
paint_of(const struct sheet *sheet, const struct entry *entry,
    struct paint *paint)
{
	const struct agenda_paper *agenda = sheet->agenda;
	const struct agenda_item *item = &entry->item;
	struct color own;
	struct rgb base = grey(0.4);

	*paint = (struct paint){0};
	if (item->number < agenda->calendar_count)
		base = rgb_of(agenda->calendars[item->number].color);
	if (color_parse(&own, item->color) && agenda->calendar_count < 2)
		base = rgb_of(own);
	if (agenda->palette == PALETTE_GREY) {
		base = grey(0.25 + 0.12 * (double)(item->number % 4));
		paint->pattern = item->number % 4;
	} else {
		/* Colours come again after eight calendars. */
		paint->pattern = item->number / 8 % 4;
	}
	paint->bar = base;
	set_bars(agenda, entry, paint);
	paint->outline = mix(base, grey(0), 0.7);
	paint->fill =
	    agenda->palette == PALETTE_FULL ? base : mix(base, grey(1), 0.22);
	set_state(item, base, paint);
}

struct rgb
paint_day(const struct sheet *sheet, int32_t day)
{
	if (agenda_holiday(sheet->agenda, day).n)
		return grey(0.94);
	return grey(civil_weekday(day) >= SATURDAY ? 0.965 : 1);
}

/* Gaps in a bar tell calendars apart where colours do not. */
static void
draw_pattern(struct sheet *sheet, double x, double y, double w, double h,
    const struct paint *paint)
{
	double step = 1.5 + 1.5 * (double)paint->pattern;

	if (!paint->pattern)
		return;
	for (size_t i = 0; step * (double)i < h && i < 200; i++)
		sheet_fill(sheet, x, y + step * (double)i, w, 1, grey(1));
}

void
paint_bar(struct sheet *sheet, const struct paint *paint, double x, double y,
    double w, double h)
{
	double part = h / (double)paint->bar_count;

	if (paint->hollow || paint->dashed) {
		sheet_frame(sheet, x, y, w, h, 0.5, paint->outline, false);
		return;
	}
	for (size_t i = 0; i < paint->bar_count; i++)
		sheet_fill(sheet, x, y + part * (double)i, w, part,
		    paint->bars[i]);
	draw_pattern(sheet, x + 0.5, y + 1.5, w - 1, h - 1.5, paint);
	if (paint->hatched)
		sheet_hatch(sheet, x, y, w, h, 2.4, grey(1));
}

/* A padlock: what is private. */
static void
draw_lock(struct sheet *sheet, double x, double y, struct rgb color)
{
	sheet_fill(sheet, x, y + 1.9, 3.4, 2.4, color);
	sheet_frame(sheet, x + 0.6, y + 0.3, 2.2, 2.4, 0.5, color, false);
}

void
paint_draw(struct sheet *sheet, const struct paint *paint, double x, double y,
    double w, double h)
{
	double bar = w < 8 ? w * 0.3 : 2.2;

	sheet_fill(sheet, x, y, w, h, paint->fill);
	if (paint->hollow || paint->dashed)
		sheet_frame(sheet, x, y, w, h, 0.5, paint->outline,
		    paint->dashed);
	if (!paint->hollow) {
		struct paint solid = *paint;

		solid.dashed = false;
		if (paint->hatched)
			bar *= 1.6;
		paint_bar(sheet, &solid, x, y, bar, h);
	}
	if (paint->locked && w > 24 && h > 6)
		draw_lock(sheet, x + w - 5, y + h - 5.6, paint->ink);
}

/* --- strokes -------------------------------------------------------------- */

/* The left edge of a box. */
static double
left(const struct sheet *sheet, double x, double w)
{
	return sheet->press->mirrored ? sheet->width - x - w : x;
}

static void
set_ink(struct sheet *sheet, struct rgb color)
{
	cairo_set_source_rgb(sheet->cr, color.r, color.g, color.b);
}

void
sheet_fill(struct sheet *sheet, double x, double y, double w, double h,
    struct rgb color)
{
	set_ink(sheet, color);
	cairo_rectangle(sheet->cr, left(sheet, x, w), y, w, h);
	cairo_fill(sheet->cr);
}

void
sheet_frame(struct sheet *sheet, double x, double y, double w, double h,
    double width, struct rgb color, bool dashed)
{
	static const double dashes[] = {2, 1.5};

	set_ink(sheet, color);
	cairo_set_line_width(sheet->cr, width);
	if (dashed)
		cairo_set_dash(sheet->cr, dashes, 2, 0);
	cairo_rectangle(sheet->cr, left(sheet, x, w) + width / 2, y + width / 2,
	    w - width, h - width);
	cairo_stroke(sheet->cr);
	if (dashed)
		cairo_set_dash(sheet->cr, NULL, 0, 0);
}

void
sheet_rule(struct sheet *sheet, double x, double y, double x2, double y2,
    double width, double level, bool dotted)
{
	static const double dots[] = {0.6, 1.8};

	set_ink(sheet, grey(level));
	cairo_set_line_width(sheet->cr, width);
	if (dotted)
		cairo_set_dash(sheet->cr, dots, 2, 0);
	cairo_move_to(sheet->cr, left(sheet, x, 0), y);
	cairo_line_to(sheet->cr, left(sheet, x2, 0), y2);
	cairo_stroke(sheet->cr);
	if (dotted)
		cairo_set_dash(sheet->cr, NULL, 0, 0);
}

void
sheet_hatch(struct sheet *sheet, double x, double y, double w, double h,
    double step, struct rgb color)
{
	double from = left(sheet, x, w);

	if (w <= 0 || h <= 0)
		return;
	cairo_save(sheet->cr);
	cairo_rectangle(sheet->cr, from, y, w, h);
	cairo_clip(sheet->cr);
	set_ink(sheet, color);
	cairo_set_line_width(sheet->cr, step / 3);
	for (int i = 0; i * step < w + h; i++) {
		double at = from - h + i * step;

		cairo_move_to(sheet->cr, at, y + h);
		cairo_line_to(sheet->cr, at + h, y);
	}
	cairo_stroke(sheet->cr);
	cairo_restore(sheet->cr);
}

void
sheet_dart(struct sheet *sheet, double x, double y, double w, double h,
    struct rgb color)
{
	set_ink(sheet, color);
	cairo_move_to(sheet->cr, left(sheet, x, 0), y);
	cairo_line_to(sheet->cr, left(sheet, x + w, 0), y + h / 2);
	cairo_line_to(sheet->cr, left(sheet, x, 0), y + h);
	cairo_fill(sheet->cr);
}
