/* Text of a sheet; see sheet.h. */
#include "base/utf8.h"
#include "pdf/sheet.h"

/* Pango is given valid UTF-8 without controls; marks that would turn the
 * direction of what follows are left out. */
static void
add_clean(struct buf *to, struct str text, size_t most)
{
	for (size_t n = 0; text.n && n < most; n++) {
		struct str before = text;
		int32_t c = utf8_next(&text);

		if (c < 0)
			buf_add_str(to, STR("\xef\xbf\xbd"));
		else if (c < 32 || (c >= 0x7f && c < 0xa0) || c == 0x2028 ||
			 c == 0x2029)
			buf_add_char(to, ' ');
		else if ((c >= 0x202a && c <= 0x202e) ||
			 (c >= 0x2066 && c <= 0x2069) || c == 0xfe0f)
			continue;
		else
			buf_add(to, before.p, before.n - text.n);
	}
	if (text.n)
		buf_add_str(to, STR("…"));
}

static void
add_attribute(PangoAttrList *list, PangoAttribute *attribute, size_t until)
{
	attribute->start_index = 0;
	attribute->end_index = (guint)until;
	pango_attr_list_insert(list, attribute);
}

static void
set_style(struct sheet *sheet, const struct text_style *style, size_t lead)
{
	PangoFontDescription *font = pango_font_description_new();
	PangoAttrList *list = pango_attr_list_new();
	size_t all = sheet->text.n;

	pango_font_description_set_family(font, "Noto Sans,DejaVu Sans,Sans");
	pango_font_description_set_absolute_size(font,
	    style->size * PANGO_SCALE);
	if (style->bold)
		pango_font_description_set_weight(font, PANGO_WEIGHT_SEMIBOLD);
	if (style->italic)
		pango_font_description_set_style(font, PANGO_STYLE_ITALIC);
	pango_layout_set_font_description(sheet->layout, font);
	pango_font_description_free(font);
	add_attribute(list, pango_attr_insert_hyphens_new(FALSE), all);
	add_attribute(list, pango_attr_font_features_new("tnum=1"), all);
	if (style->strike)
		add_attribute(list, pango_attr_strikethrough_new(TRUE), all);
	if (lead && style->bold_lead)
		add_attribute(list,
		    pango_attr_weight_new(PANGO_WEIGHT_SEMIBOLD), lead);
	pango_layout_set_attributes(sheet->layout, list);
	pango_attr_list_unref(list);
}

/* w < 0: no bound. */
static void
lay_out(struct sheet *sheet, double w, struct str lead, struct str body,
    const struct text_style *style, size_t most)
{
	struct buf *text = &sheet->text;
	size_t until;

	buf_reset(text);
	add_clean(text, lead, most);
	until = text->n;
	if (lead.n && body.n)
		buf_add_char(text, ' ');
	if (body.n) {
		buf_add_str(text, STR("\xe2\x81\xa8"));
		add_clean(text, body, most);
		buf_add_str(text, STR("\xe2\x81\xa9"));
	}
	pango_layout_set_auto_dir(sheet->layout, FALSE);
	pango_layout_set_text(sheet->layout, buf_ok(text) ? text->p : "",
	    buf_ok(text) ? (int)text->n : 0);
	set_style(sheet, style, until);
	pango_layout_set_width(sheet->layout,
	    w < 0 ? -1 : (int)(w * PANGO_SCALE));
	pango_layout_set_wrap(sheet->layout, PANGO_WRAP_WORD_CHAR);
	pango_layout_set_alignment(sheet->layout,
	    style->align == ALIGN_END      ? PANGO_ALIGN_RIGHT
	    : style->align == ALIGN_CENTER ? PANGO_ALIGN_CENTER
					   : PANGO_ALIGN_LEFT);
	pango_layout_set_ellipsize(sheet->layout, PANGO_ELLIPSIZE_NONE);
	pango_layout_set_height(sheet->layout, -1);
}

static void
set_ink(struct sheet *sheet, struct rgb color)
{
	cairo_set_source_rgb(sheet->cr, color.r, color.g, color.b);
}

#define LONGEST_IN_BOX 400

bool
sheet_text(struct sheet *sheet, double x, double y, double w, double h,
    struct str lead, struct str body, const struct text_style *style,
    double *used)
{
	PangoRectangle box;
	bool cut;

	if (w < 1) {
		if (used)
			*used = 0;
		return lead.n + body.n == 0;
	}
	lay_out(sheet, w, lead, body, style, LONGEST_IN_BOX);
	pango_layout_set_ellipsize(sheet->layout, PANGO_ELLIPSIZE_END);
	pango_layout_set_height(sheet->layout,
	    style->one_line ? -1 : (int)(h * PANGO_SCALE));
	cut = pango_layout_is_ellipsized(sheet->layout) ||
	      body.n > (size_t)LONGEST_IN_BOX * 4;
	sheet->unknown +=
	    (size_t)pango_layout_get_unknown_glyphs_count(sheet->layout);
	set_ink(sheet, style->color);
	cairo_move_to(sheet->cr, x, y);
	pango_cairo_show_layout(sheet->cr, sheet->layout);
	pango_layout_get_extents(sheet->layout, NULL, &box);
	if (used)
		*used = (double)box.height / PANGO_SCALE;
	return !cut;
}

bool
sheet_fits(struct sheet *sheet, double w, double h, struct str lead,
    struct str body, const struct text_style *style)
{
	if (w < 1 || body.n > (size_t)LONGEST_IN_BOX * 4)
		return false;
	lay_out(sheet, w, lead, body, style, LONGEST_IN_BOX);
	pango_layout_set_ellipsize(sheet->layout, PANGO_ELLIPSIZE_END);
	pango_layout_set_height(sheet->layout,
	    style->one_line ? -1 : (int)(h * PANGO_SCALE));
	return !pango_layout_is_ellipsized(sheet->layout);
}

static double
measure_line(struct sheet *sheet, double size)
{
	struct text_style style = {.size = size};
	PangoRectangle box;

	lay_out(sheet, -1, STR(""), STR("Hg"), &style, 2);
	pango_layout_get_extents(sheet->layout, NULL, &box);
	return (double)box.height / PANGO_SCALE;
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
	PangoRectangle box;

	lay_out(sheet, -1, STR(""), text, &style, LONGEST_IN_BOX);
	pango_layout_get_extents(sheet->layout, NULL, &box);
	return (double)box.width / PANGO_SCALE;
}

size_t
sheet_lines(struct sheet *sheet, double w, struct str lead, struct str body,
    const struct text_style *style)
{
	lay_out(sheet, w, lead, body, style, SIZE_MAX);
	sheet->unknown +=
	    (size_t)pango_layout_get_unknown_glyphs_count(sheet->layout);
	return (size_t)pango_layout_get_line_count(sheet->layout);
}

void
sheet_draw_line(struct sheet *sheet, size_t number, double x, double y,
    const struct text_style *style)
{
	PangoLayoutLine *line =
	    pango_layout_get_line_readonly(sheet->layout, (int)number);
	double base =
	    (double)pango_layout_get_baseline(sheet->layout) / PANGO_SCALE;

	set_ink(sheet, style->color);
	cairo_move_to(sheet->cr, x, y + base);
	pango_cairo_show_layout_line(sheet->cr, line);
}
