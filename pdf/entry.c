/* Entries on a sheet: titles, times, numbers, links; see sheet.h. */
#include "pdf/sheet.h"

struct str
entry_title(const struct sheet *sheet, const struct entry *entry,
    struct buf *to)
{
	const struct agenda_item *item = &entry->item;

	buf_reset(to);
	if (str_ieq(item->status, STR("TENTATIVE")))
		buf_add_str(to, STR("? "));
	if (item->summary.n)
		buf_add_str(to, item->summary);
	else
		buf_add_str(to, str_of(sheet->agenda->words->no_title));
	return buf_str(to);
}

void
entry_clock(const struct entry *entry, bool end, struct buf *to)
{
	struct civil from = civil_of_local(entry->item.start);
	struct civil until = civil_of_local(entry->item.end);

	if (entry->item.allday)
		return;
	buf_printf(to, "%02d:%02d", from.hour, from.minute);
	if (end && entry->item.end != entry->item.start)
		buf_printf(to, "–%02d:%02d", until.hour, until.minute);
}

bool
entry_is_bar(const struct entry *entry)
{
	const struct agenda_item *item = &entry->item;

	return item->allday || item->until - item->from >= SECONDS_A_DAY;
}

void
sheet_date(struct sheet *sheet, struct buf *to, enum date_form form,
    int32_t day)
{
	words_date(to, form, day, &sheet->agenda->charset);
}

void
sheet_link_begin(struct sheet *sheet, char to, size_t ref)
{
	char text[40];

	snprintf(text, sizeof(text), "dest='%c%zu'", to, ref);
	cairo_tag_begin(sheet->cr, CAIRO_TAG_LINK, text);
}

void
sheet_link_end(struct sheet *sheet)
{
	cairo_tag_end(sheet->cr, CAIRO_TAG_LINK);
}

void
sheet_target(struct sheet *sheet, char kind, size_t ref, double y)
{
	char text[64];

	snprintf(text, sizeof(text), "name='%c%zu' x=0 y=%d", kind, ref,
	    y > 20 ? (int)y - 20 : 0);
	cairo_tag_begin(sheet->cr, CAIRO_TAG_DEST, text);
	cairo_tag_end(sheet->cr, CAIRO_TAG_DEST);
}

size_t
sheet_ref(struct sheet *sheet, struct entry *entry)
{
	if (entry->ref == 0) {
		entry->ref = ++sheet->refs;
		sheet->shortened++;
	}
	return entry->ref;
}

void
sheet_mark(struct sheet *sheet, double right, double y, struct entry *entry)
{
	struct text_style style = {.size = SHEET_SMALLEST,
	    .color = grey(0),
	    .one_line = true};
	bool first = entry->ref == 0;
	char text[24];
	double w, h;

	snprintf(text, sizeof(text), "%zu", sheet_ref(sheet, entry));
	if (first)
		sheet_target(sheet, 'e', entry->ref, y);
	if (sheet->agenda->clip)
		return;
	w = sheet_width(sheet, str_of(text), style.size, false) + 1.6;
	h = sheet_line(sheet, style.size) - 1;
	sheet_fill(sheet, right - w, y, w, h, grey(1));
	sheet_link_begin(sheet, 'd', entry->ref);
	sheet_text(sheet, right - w + 0.8, y - 0.5, w, h, STR(""), str_of(text),
	    &style, NULL);
	sheet_link_end(sheet);
}

static void
add_json(struct buf *to, struct str text)
{
	for (size_t i = 0; i < text.n; i++) {
		unsigned char c = (unsigned char)text.p[i];

		if (c < 32 || c == '"' || c == '\\')
			buf_printf(to, "\\u%04x", c);
		else
			buf_add_char(to, text.p[i]);
	}
}

void
sheet_dump(struct sheet *sheet, const char *kind, double x, double y, double w,
    double h, const struct entry *entry, bool cut)
{
	struct buf *line = &sheet->line;

	if (!sheet->dump)
		return;
	buf_reset(line);
	buf_printf(line,
	    "{\"page\":%zu,\"kind\":\"%s\",\"x\":%.1f,\"y\":%.1f,"
	    "\"w\":%.1f,\"h\":%.1f",
	    sheet->page, kind, x, y, w, h);
	if (entry) {
		buf_add_str(line, STR(",\"uid\":\""));
		add_json(line, entry->item.uid);
		buf_printf(line, "\",\"shortened\":%s", cut ? "true" : "false");
	}
	buf_add_str(line, STR("}\n"));
	if (!sheet->dump(sheet->arg, buf_str(line)))
		sheet->failed = true;
}
