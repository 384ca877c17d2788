/* Text of a sheet; see sheet.h. */
#include "pdf/sheet.h"

#define LONGEST_IN_BOX 400

static void
set_ink(struct sheet *sheet, struct rgb color)
{
	cairo_set_source_rgb(sheet->cr, color.r, color.g, color.b);
}

/* A box that text is put into. */
static const struct laid *
boxed(struct sheet *sheet, double w, double h, struct str lead, struct str body,
    const struct text_style *style)
{
	struct text_box box = {w, h, LONGEST_IN_BOX};
	const struct laid *laid =
	    press_lay(sheet->press, lead, body, style, box);

	sheet->failed |= !laid;
	return laid;
}

bool
sheet_text(struct sheet *sheet, double x, double y, double w, double h,
    struct str lead, struct str body, const struct text_style *style,
    double *used)
{
	const struct laid *laid;

	if (used)
		*used = 0;
	if (lead.n + body.n == 0)
		return true;
	if (w < 1 || !(laid = boxed(sheet, w, h, lead, body, style)))
		return false;
	sheet->unknown += laid->unknown;
	set_ink(sheet, style->color);
	cairo_move_to(sheet->cr,
	    sheet->press->mirrored ? sheet->width - x - w : x, y);
	pango_cairo_show_layout(sheet->cr, laid->layout);
	if (used)
		*used = laid->height;
	return !laid->cut;
}

bool
sheet_fits(struct sheet *sheet, double w, double h, struct str lead,
    struct str body, const struct text_style *style)
{
	const struct laid *laid;

	if (w < 1 || body.n > (size_t)LONGEST_IN_BOX * 4)
		return false;
	laid = boxed(sheet, w, h, lead, body, style);
	return laid && !laid->cut;
}

static double
measure_line(struct sheet *sheet, double size)
{
	struct text_style style = {.size = size};
	const struct laid *laid = press_lay(sheet->press, STR(""), STR("Hg"),
	    &style, (struct text_box){-1, -1, SIZE_MAX});

	sheet->failed |= !laid;
	return laid ? laid->height : size;
}

double
sheet_line(struct sheet *sheet, double size)
{
	size_t most = sizeof(sheet->heights) / sizeof(sheet->heights[0]);

	for (size_t i = 0; i < most; i++) {
		if (sheet->heights[i].size == 0) {
			sheet->heights[i].height = measure_line(sheet, size);
			sheet->heights[i].size = size;
		}
		if (sheet->heights[i].size == size)
			return sheet->heights[i].height;
	}
	return measure_line(sheet, size);
}

double
sheet_width(struct sheet *sheet, struct str text, double size, bool bold)
{
	struct text_style style = {.size = size, .bold = bold};
	const struct laid *laid = press_lay(sheet->press, STR(""), text, &style,
	    (struct text_box){-1, -1, LONGEST_IN_BOX});

	sheet->failed |= !laid;
	return laid ? laid->width : 0;
}

size_t
sheet_lines(struct sheet *sheet, double w, struct str lead, struct str body,
    const struct text_style *style)
{
	const struct laid *laid = press_lay(sheet->press, lead, body, style,
	    (struct text_box){w, -1, SIZE_MAX});

	if (!laid) {
		sheet->failed = true;
		return 0;
	}
	g_object_ref(laid->layout);
	if (sheet->flowing)
		g_object_unref(sheet->flowing);
	sheet->flowing = laid->layout;
	sheet->flowing_width = w;
	return (size_t)pango_layout_get_line_count(laid->layout);
}

void
sheet_draw_line(struct sheet *sheet, size_t number, double x, double y,
    const struct text_style *style)
{
	PangoLayoutLine *line =
	    pango_layout_get_line_readonly(sheet->flowing, (int)number);
	double base =
	    (double)pango_layout_get_baseline(sheet->flowing) / PANGO_SCALE;
	PangoRectangle box;

	if (number == 0)
		sheet->unknown += (size_t)pango_layout_get_unknown_glyphs_count(
		    sheet->flowing);
	if (sheet->press->mirrored) {
		pango_layout_line_get_extents(line, NULL, &box);
		x = sheet->width - x - (double)box.width / PANGO_SCALE;
	}
	set_ink(sheet, style->color);
	cairo_move_to(sheet->cr, x, y + base);
	pango_cairo_show_layout_line(sheet->cr, line);
}
