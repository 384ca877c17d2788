#include "pdf/galley.h"
#include "base/utf8.h"

#define GAP 18.0

static double
bottom_of(const struct galley *galley)
{
	double bottom = galley->sheet->bottom;

	/* What was estimated may be wrong. */
	if (galley->limit > 0 && galley->limit < bottom &&
	    galley->column + 1 < galley->columns)
		return galley->limit;
	return bottom;
}

static void
next_column(struct galley *galley)
{
	struct sheet *sheet = galley->sheet;
	struct page_head head = {.title = galley->title,
	    .beside = galley->beside};
	double inner = sheet->width - 2 * sheet->margin;

	galley->column++;
	if (!galley->open || galley->column == galley->columns) {
		if (galley->open)
			sheet_page_end(sheet);
		galley->open = true;
		galley->column = 0;
		sheet_page(sheet, &head);
		sheet_rule(sheet, sheet->margin, sheet->top - 1,
		    sheet->width - sheet->margin, sheet->top - 1, 0.9, 0.3,
		    false);
	}
	galley->w = (inner - GAP * (galley->columns - 1)) / galley->columns;
	galley->x = sheet->margin + (galley->w + GAP) * galley->column;
	galley->y = sheet->top + 3;
}

void
galley_need(struct galley *galley, double h)
{
	if (!galley->open || galley->y + h > bottom_of(galley))
		next_column(galley);
}

void
galley_end(struct galley *galley)
{
	if (galley->open)
		sheet_page_end(galley->sheet);
	galley->open = false;
}

static void
galley_head(struct galley *galley, struct str text)
{
	struct sheet *sheet = galley->sheet;
	struct text_style style = {.size = sheet_head(sheet),
	    .color = grey(0.1),
	    .bold = true,
	    .one_line = true};
	double line = sheet_line(sheet, style.size);

	galley_need(galley,
	    line + 4 + 3 * sheet_line(sheet, sheet_body(sheet)));
	if (galley->y > sheet->top + 10)
		galley->y += 5 * sheet->scale;
	sheet_tag_begin(sheet, "H2");
	sheet_text(sheet, galley->x, galley->y, galley->w, line, STR(""), text,
	    &style, NULL);
	sheet_tag_end(sheet, "H2");
	galley->y += line + 1;
	sheet_rule(sheet, galley->x, galley->y, galley->x + galley->w,
	    galley->y, 0.5, 0.6, false);
	galley->y += 3;
}

void
galley_day_head(struct galley *galley, int32_t day)
{
	struct sheet *sheet = galley->sheet;
	struct str holiday = agenda_holiday(sheet->agenda, day);
	struct buf text = {0};

	sheet_date(sheet, &text, DATE_LONG, day);
	if (holiday.n) {
		buf_add_str(&text, STR(" · "));
		buf_add_str(&text, holiday);
	}
	galley_head(galley, buf_str(&text));
	sheet->failed |= !buf_ok(&text);
	buf_free(&text);
}

void
galley_nothing(struct galley *galley)
{
	struct sheet *sheet = galley->sheet;
	struct text_style style = {.size = sheet_head(sheet),
	    .color = grey(0.4)};

	galley_need(galley, 20);
	sheet_text(sheet, galley->x, galley->y + 10, galley->w, 30, STR(""),
	    str_of(sheet->agenda->words->nothing_ever), &style, NULL);
}

/* To break a paragraph takes Pango the square of its length, so what is longer
 * than this is several, cut between words if there are any. */
#define LONGEST 2000

static size_t
piece(struct str body)
{
	size_t n = LONGEST;

	if (body.n <= LONGEST)
		return body.n;
	while (n > LONGEST - 200 && body.p[n] != ' ')
		n--;
	if (body.p[n] == ' ')
		return n + 1;
	for (n = LONGEST; n > LONGEST - 4 && utf8_is_tail(body.p[n]); n--)
		;
	return n;
}

static void
draw_piece(struct galley *galley, double indent, struct str lead,
    struct str body, const struct text_style *style)
{
	struct sheet *sheet = galley->sheet;
	double line = sheet_line(sheet, style->size);
	double used = indent + galley->aside;
	size_t count = sheet_lines(sheet, galley->w - used, lead, body, style);

	for (size_t i = 0; i < count; i++) {
		if (galley->y + line > bottom_of(galley)) {
			/* An element is within its page. */
			sheet_tag_end(sheet, "P");
			next_column(galley);
			sheet_tag_begin(sheet, "P");
			count = sheet_lines(sheet, galley->w - used, lead, body,
			    style);
		}
		if (i < count)
			sheet_draw_line(sheet, i, galley->x + indent, galley->y,
			    style);
		galley->y += line;
	}
}

void
galley_lines(struct galley *galley, double indent, struct str lead,
    struct str body, const struct text_style *style)
{
	struct sheet *sheet = galley->sheet;

	sheet_tag_begin(sheet, "P");
	do {
		size_t n = piece(body);

		draw_piece(galley, indent, lead, str_head(body, n), style);
		body = str_from(body, n);
		lead = STR("");
	} while (body.n);
	sheet_tag_end(sheet, "P");
}

/* --- an entry ------------------------------------------------------------- */

/* "Mon 23 Nov 14:00 – Wed 25 Nov 10:00", or as little of it as tells all. */
static void
add_times(struct sheet *sheet, const struct entry *entry, struct buf *to)
{
	const struct agenda_item *item = &entry->item;
	const struct language *language = sheet->agenda->language;

	if (entry->first == entry->last || !entry_is_bar(entry)) {
		if (item->allday)
			buf_add_str(to, str_of(sheet->agenda->words->all_day));
		entry_clock(sheet, entry, true, to);
		return;
	}
	sheet_date(sheet, to, DATE_SHORT, entry->first);
	if (!item->allday) {
		buf_add_char(to, ' ');
		language_clock(language, to, local_second(item->start) / 60);
	}
	buf_add_str(to, STR(" – "));
	sheet_date(sheet, to, DATE_SHORT, entry->last);
	if (!item->allday) {
		buf_add_char(to, ' ');
		language_clock(language, to, local_second(item->end) / 60);
	}
}

static bool
owns(const struct entry *entry, size_t calendar)
{
	return entry->item.number == calendar ||
	       (calendar < 64 && entry->owners >> calendar & 1);
}

static void
add_part(struct buf *to, struct str text)
{
	if (text.n == 0)
		return;
	if (to->n)
		buf_add_str(to, STR(" · "));
	buf_add_str(to, text);
}

static void
add_remarks(struct sheet *sheet, const struct entry *entry, struct buf *to)
{
	const struct agenda_paper *agenda = sheet->agenda;
	const struct agenda_item *item = &entry->item;

	if (agenda->fields & FIELD_LOCATION)
		add_part(to, item->location);
	if (str_ieq(item->status, STR("CANCELLED")))
		add_part(to, str_of(agenda->words->cancelled));
	if (str_ieq(item->status, STR("TENTATIVE")))
		add_part(to, str_of(agenda->words->tentative));
	add_part(to, item->zone_note);
	if (agenda->fields & FIELD_PEOPLE)
		add_part(to, item->people);
	for (size_t i = 0; i < agenda->calendar_count; i++)
		if (agenda->calendar_count > 1 && owns(entry, i) &&
		    agenda->fields & FIELD_CALENDAR)
			add_part(to, agenda->calendars[i].name);
}

/* Times stand in a column of their own, where they are no longer than it. */
static void
draw_times(struct galley *galley, double *indent, struct buf *times)
{
	struct sheet *sheet = galley->sheet;
	struct text_style style = {.size = sheet_body(sheet),
	    .color = grey(0.05),
	    .bold = true,
	    .one_line = true};
	struct str text = buf_str(times);

	if (galley->hang == 0)
		return;
	if (sheet_width(sheet, text, style.size, true) < galley->hang - 4) {
		sheet_text(sheet, galley->x + *indent, galley->y, galley->hang,
		    20, STR(""), text, &style, NULL);
		buf_reset(times);
	}
	*indent += galley->hang;
}

static void
draw_notes(struct galley *galley, const struct entry *entry, double indent,
    struct str remarks)
{
	struct sheet *sheet = galley->sheet;
	const struct agenda_item *item = &entry->item;
	struct text_style style = {.size = sheet_small(sheet),
	    .color = grey(0.3)};
	unsigned fields = sheet->agenda->fields;

	if (remarks.n)
		galley_lines(galley, indent, STR(""), remarks, &style);
	if (fields & FIELD_DESCRIPTION && item->description.n)
		galley_lines(galley, indent, STR(""), item->description,
		    &style);
	if (fields & FIELD_URL && item->url.n)
		galley_lines(galley, indent, STR(""), item->url, &style);
}

static void
draw_title(struct galley *galley, const struct entry *entry, double indent,
    struct str times, struct str title, bool strike)
{
	struct sheet *sheet = galley->sheet;
	struct text_style style = {.size = sheet_body(sheet),
	    .color = grey(0.05),
	    .bold_lead = true,
	    .strike = strike};
	double line = sheet_line(sheet, style.size);
	/* A link is within its page. */
	bool linked = galley->y + 3 * line < bottom_of(galley) &&
	              title.n < 300 && sheet_url_begin(sheet, entry->item.url);

	galley_lines(galley, indent, times, title, &style);
	if (linked)
		sheet_link_end(sheet);
}

void
galley_entry(struct galley *galley, struct entry *entry, double indent)
{
	struct sheet *sheet = galley->sheet;
	double line = sheet_line(sheet, sheet_body(sheet)), x, top;
	struct buf times = {0}, remarks = {0}, title = {0};
	struct paint paint;
	size_t page;

	galley_need(galley, 2 * line + 2);
	top = galley->y;
	page = sheet->page;
	x = indent;
	indent += 10;
	paint_of(sheet, entry, &paint);
	add_times(sheet, entry, &times);
	entry_title(sheet, entry, &title);
	add_remarks(sheet, entry, &remarks);
	draw_times(galley, &indent, &times);
	draw_title(galley, entry, indent, buf_str(&times), buf_str(&title),
	    paint.strike);
	draw_notes(galley, entry, indent, buf_str(&remarks));
	/* Over the edge of a column or page the bar is that of its end. */
	if (page != sheet->page || galley->y <= top)
		top = sheet->top + 2;
	paint_bar(sheet, &paint, galley->x + x + 4, top + 1, 2.2,
	    galley->y - top - 2);
	paint.ink = grey(0.05);
	paint.fill = grey(1);
	sheet_dump(sheet, "entry", galley->x + x, top, galley->w - x,
	    galley->y - top, entry, &paint, false);
	entry->shown = true;
	galley->y += 2.5 * sheet->scale;
	sheet->failed |=
	    !buf_ok(&times) || !buf_ok(&remarks) || !buf_ok(&title);
	buf_free(&times);
	buf_free(&remarks);
	buf_free(&title);
}

double
galley_entry_height(struct galley *galley, struct entry *entry, double indent)
{
	struct sheet *sheet = galley->sheet;
	struct text_style style = {.size = sheet_body(sheet)};
	struct str title = entry_title(sheet, entry, &sheet->title);
	double w = galley->w - indent - 10 - galley->hang;
	double line = sheet_line(sheet, style.size);

	if (title.n > 2000)
		return line * (double)title.n / 60;
	return line * (double)sheet_lines(sheet, w, STR("00:00–00:00"), title,
			  &style) +
	       sheet_line(sheet, sheet_small(sheet)) + 2.5 * sheet->scale;
}
