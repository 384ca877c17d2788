/* Entries on a sheet: titles, times, numbers, links; see sheet.h. */
#include <cairo-pdf.h>

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
entry_clock(const struct sheet *sheet, const struct entry *entry, bool end,
    struct buf *to)
{
	const struct language *language = sheet->agenda->language;

	if (entry->item.allday)
		return;
	language_clock(language, to, local_second(entry->item.start) / 60);
	if (!end || entry->item.until == entry->item.from)
		return;
	buf_add_str(to, STR("–"));
	language_clock(language, to, local_second(entry->item.end) / 60);
}

bool
entry_is_bar(const struct entry *entry)
{
	const struct agenda_item *item = &entry->item;

	return item->allday || item->until - item->from >= SECONDS_A_DAY;
}

bool
entry_on(const struct entry *entry, size_t calendar, int32_t day)
{
	return entry->first <= day && day <= entry->last &&
	       (calendar == SIZE_MAX || entry->item.number == calendar);
}

void
sheet_date(struct sheet *sheet, struct buf *to, enum date_form form,
    int32_t day)
{
	language_date(sheet->agenda->language, to, form, day);
}

/* --- links ---------------------------------------------------------------- */

void
sheet_tag_begin(struct sheet *sheet, const char *name)
{
	if (sheet->format == SHEET_PDF)
		cairo_tag_begin(sheet->cr, name, NULL);
}

void
sheet_tag_end(struct sheet *sheet, const char *name)
{
	if (sheet->format == SHEET_PDF)
		cairo_tag_end(sheet->cr, name);
}

void
sheet_link_begin(struct sheet *sheet, char to, size_t ref)
{
	char text[64];

	if (sheet->format != SHEET_PDF)
		return;
	snprintf(text, sizeof(text), "dest='%c%zu.%zu'", to, sheet->section,
	    ref);
	cairo_tag_begin(sheet->cr, CAIRO_TAG_LINK, text);
}

void
sheet_link_end(struct sheet *sheet)
{
	sheet_tag_end(sheet, CAIRO_TAG_LINK);
}

void
sheet_target(struct sheet *sheet, char kind, size_t ref, double y)
{
	char text[80];

	if (sheet->format != SHEET_PDF)
		return;
	snprintf(text, sizeof(text), "name='%c%zu.%zu' x=0 y=%d", kind,
	    sheet->section, ref, y > 20 ? (int)y - 20 : 0);
	cairo_tag_begin(sheet->cr, CAIRO_TAG_DEST, text);
	cairo_tag_end(sheet->cr, CAIRO_TAG_DEST);
}

#define LONGEST_URL 2000

static bool
may_be_followed(struct str url)
{
	static const struct str schemes[] = {STR_C("http://"),
	    STR_C("https://"), STR_C("mailto:"), STR_C("tel:"), STR_C("geo:")};

	if (url.n > LONGEST_URL)
		return false;
	for (size_t i = 0; i < url.n; i++)
		if (url.p[i] <= ' ' || url.p[i] > '~')
			return false;
	for (size_t i = 0; i < sizeof(schemes) / sizeof(schemes[0]); i++)
		if (str_istarts(url, schemes[i]))
			return true;
	return false;
}

bool
sheet_url_begin(struct sheet *sheet, struct str url)
{
	struct buf text = {0};

	if (sheet->format != SHEET_PDF || !may_be_followed(url))
		return false;
	buf_add_str(&text, STR("uri='"));
	for (size_t i = 0; i < url.n; i++) {
		/* What Cairo's attributes and PDF's strings are made of. */
		if (strchr("'\\()", url.p[i]))
			buf_printf(&text, "%%%02X", (unsigned char)url.p[i]);
		else
			buf_add_char(&text, url.p[i]);
	}
	buf_add(&text, "'", 2);
	if (!buf_ok(&text)) {
		sheet->failed = true;
		return false;
	}
	cairo_tag_begin(sheet->cr, CAIRO_TAG_LINK, text.p);
	buf_free(&text);
	return true;
}

/* --- numbers -------------------------------------------------------------- */

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
	struct buf text = {0};
	double w, h;

	language_number(sheet->agenda->language, &text,
	    sheet_ref(sheet, entry));
	if (first)
		sheet_target(sheet, 'e', entry->ref, y);
	if (sheet->agenda->overflow != OVERFLOW_CLIP) {
		w = sheet_width(sheet, buf_str(&text), style.size, false) + 1.6;
		h = sheet_line(sheet, style.size) - 1;
		sheet_fill(sheet, right - w, y, w, h, grey(1));
		sheet_link_begin(sheet, 'd', entry->ref);
		sheet_text(sheet, right - w + 0.8, y - 0.5, w, h, STR(""),
		    buf_str(&text), &style, NULL);
		sheet_link_end(sheet);
	}
	buf_free(&text);
}

void
sheet_hide(struct sheet *sheet, struct entry *entry, double y)
{
	if (entry->ref == 0) {
		sheet_ref(sheet, entry);
		sheet_target(sheet, 'e', entry->ref, y);
	}
}

void
sheet_more(struct sheet *sheet, double x, double y, double w, size_t count,
    size_t ref, enum align align)
{
	struct text_style style = {.size = sheet_small(sheet),
	    .color = grey(0.2),
	    .one_line = true,
	    .bold = true,
	    .align = align};
	bool linked = sheet->agenda->overflow != OVERFLOW_CLIP;
	double h = sheet_line(sheet, style.size);
	struct buf text = {0};

	buf_add_char(&text, '+');
	language_number(sheet->agenda->language, &text, count);
	if (linked)
		sheet_link_begin(sheet, 'd', ref);
	sheet_text(sheet, x, y, w, h, STR(""), buf_str(&text), &style, NULL);
	if (linked)
		sheet_link_end(sheet);
	buf_free(&text);
}

/* --- the layout, told ----------------------------------------------------- */

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

static void
add_color(struct buf *to, const char *name, struct rgb color)
{
	buf_printf(to, ",\"%s\":\"#%02x%02x%02x\"", name,
	    (unsigned)(color.r * 255 + 0.5), (unsigned)(color.g * 255 + 0.5),
	    (unsigned)(color.b * 255 + 0.5));
}

void
sheet_dump(struct sheet *sheet, const char *kind, double x, double y, double w,
    double h, const struct entry *entry, const struct paint *paint, bool cut)
{
	struct buf *line = &sheet->line;

	if (!sheet->dump)
		return;
	if (sheet->press->mirrored)
		x = sheet->width - x - w;
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
	if (paint) {
		add_color(line, "ink", paint->ink);
		add_color(line, "fill", paint->fill);
	}
	buf_add_str(line, STR("}\n"));
	if (!sheet->dump(sheet->arg, buf_str(line)))
		sheet->failed = true;
}
