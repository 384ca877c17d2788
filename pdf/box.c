/* An entry's text in a box; see sheet.h. */
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
	bool fits, linked;

	if (line > h + 0.2 ||
	    (largest != sheet->cell_size &&
		!sheet_fits(sheet, w, h, lead, title, &style))) {
		style.size = sheet_small(sheet);
		if (sheet_line(sheet, style.size) > h + 0.2)
			style.size = SHEET_SMALLEST;
		line = sheet_line(sheet, style.size);
	}
	style.one_line = h < 2 * line;
	if (w < 46)
		lead = STR("");
	fits = sheet_fits(sheet, w, h, lead, title, &style);
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
