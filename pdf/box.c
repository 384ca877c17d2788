/* An entry's text in a box; see sheet.h. */
#include <math.h>

#include "base/utf8.h"
#include "pdf/sheet.h"

struct str
entry_text(struct sheet *sheet, const struct entry *entry)
{
	entry_title(sheet, entry, &sheet->title);
	if (entry->item.location.n && !sheet->bare &&
	    sheet->agenda->fields & FIELD_LOCATION) {
		buf_add_str(&sheet->title, STR(" · "));
		buf_add_str(&sheet->title, entry->item.location);
	}
	return buf_str(&sheet->title);
}

/* Whether a text is far too long for a box. A guess, from letters of half their
 * height on average, that saves laying out what will not fit anyway; where it
 * is wrong, small type is taken although larger would do. */
static bool
is_hopeless(struct sheet *sheet, double w, double h, struct str lead,
    struct str body, double size)
{
	double lines = floor((h + 0.2) / sheet_line(sheet, size));
	size_t letters = lead.n;

	for (size_t i = 0; i < body.n; i++)
		letters += !utf8_is_tail(body.p[i]);
	return (double)letters * size * 0.5 > 1.4 * w * (lines < 1 ? 1 : lines);
}

bool
entry_draw(struct sheet *sheet, double x, double y, double w, double h,
    struct entry *entry, const struct paint *paint, struct str lead,
    double largest)
{
	struct text_style style = {.size = largest,
	    .color = paint->ink,
	    .bold_lead = true,
	    .strike = paint->strike};
	struct str title = entry_text(sheet, entry);
	double line = sheet_line(sheet, style.size), mark = 0;
	bool fits, linked, hopeless;

	if (line > h + 0.2 ||
	    (largest != sheet->cell_size &&
		(is_hopeless(sheet, w, h, lead, title, style.size) ||
		    !sheet_fits(sheet, w, h, lead, title, &style)))) {
		style.size = sheet_small(sheet);
		if (sheet_line(sheet, style.size) > h + 0.2)
			style.size = SHEET_SMALLEST;
		line = sheet_line(sheet, style.size);
	}
	style.one_line = h < 2 * line;
	if (w < 46)
		lead = STR("");
	hopeless = w > 30 && is_hopeless(sheet, w, h, lead, title, style.size);
	if (hopeless)
		mark = 9;
	fits = sheet_fits(sheet, w - mark, h, lead, title, &style);
	if (!fits && w > 30)
		mark = 9;
	/* Text of one line stands in the middle. */
	if (style.one_line && h > line)
		y += (h - line) / 2;
	sheet_tag_begin(sheet, "P");
	linked = fits && sheet_url_begin(sheet, entry->item.url);
	sheet_text(sheet, x, y, w - mark, h, lead, title, &style, NULL);
	if (linked)
		sheet_link_end(sheet);
	sheet_tag_end(sheet, "P");
	if (!fits)
		sheet_mark(sheet, x + w, y, entry);
	entry->shown = true;
	return fits;
}
