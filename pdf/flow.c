#include "pdf/flow.h"

#define GAP 18.0

static double
bottom_of(const struct flow *flow)
{
	double bottom = flow->sheet->bottom;

	/* What was estimated may be wrong. */
	if (flow->limit > 0 && flow->limit < bottom &&
	    flow->column + 1 < flow->columns)
		return flow->limit;
	return bottom;
}

static void
next_column(struct flow *flow)
{
	struct sheet *sheet = flow->sheet;
	struct page_head head = {.title = flow->title, .beside = flow->beside};
	double inner = sheet->width - 2 * sheet->margin;

	flow->column++;
	if (!flow->open || flow->column == flow->columns) {
		if (flow->open)
			sheet_page_end(sheet);
		flow->open = true;
		flow->column = 0;
		sheet_page(sheet, &head);
		sheet_rule(sheet, sheet->margin, sheet->top - 1,
		    sheet->width - sheet->margin, sheet->top - 1, 0.9, 0.3,
		    false);
	}
	flow->w = (inner - GAP * (flow->columns - 1)) / flow->columns;
	flow->x = sheet->margin + (flow->w + GAP) * flow->column;
	flow->y = sheet->top + 3;
}

void
flow_need(struct flow *flow, double h)
{
	if (!flow->open || flow->y + h > bottom_of(flow))
		next_column(flow);
}

void
flow_end(struct flow *flow)
{
	if (flow->open)
		sheet_page_end(flow->sheet);
	flow->open = false;
}

void
flow_head(struct flow *flow, struct str text)
{
	struct sheet *sheet = flow->sheet;
	struct text_style style = {.size = sheet_head(sheet),
	    .color = grey(0.1),
	    .bold = true,
	    .one_line = true};
	double line = sheet_line(sheet, style.size);

	flow_need(flow, line + 4 + 3 * sheet_line(sheet, sheet_body(sheet)));
	if (flow->y > sheet->top + 10)
		flow->y += 5 * sheet->scale;
	sheet_tag_begin(sheet, "H2");
	sheet_text(sheet, flow->x, flow->y, flow->w, line, STR(""), text,
	    &style, NULL);
	sheet_tag_end(sheet, "H2");
	flow->y += line + 1;
	sheet_rule(sheet, flow->x, flow->y, flow->x + flow->w, flow->y, 0.5,
	    0.6, false);
	flow->y += 3;
}

void
flow_day_head(struct flow *flow, int32_t day)
{
	struct sheet *sheet = flow->sheet;
	struct str holiday = agenda_holiday(sheet->agenda, day);
	struct buf text = {0};

	sheet_date(sheet, &text, DATE_LONG, day);
	if (holiday.n) {
		buf_add_str(&text, STR(" · "));
		buf_add_str(&text, holiday);
	}
	flow_head(flow, buf_str(&text));
	sheet->failed |= !buf_ok(&text);
	buf_free(&text);
}

void
flow_nothing(struct flow *flow)
{
	struct sheet *sheet = flow->sheet;
	struct text_style style = {.size = sheet_head(sheet),
	    .color = grey(0.4)};

	flow_need(flow, 20);
	sheet_text(sheet, flow->x, flow->y + 10, flow->w, 30, STR(""),
	    str_of(sheet->agenda->words->nothing_ever), &style, NULL);
}

void
flow_lines(struct flow *flow, double indent, struct str lead, struct str body,
    const struct text_style *style)
{
	struct sheet *sheet = flow->sheet;
	double line = sheet_line(sheet, style->size);
	size_t count = sheet_lines(sheet, flow->w - indent, lead, body, style);

	sheet_tag_begin(sheet, "P");
	for (size_t i = 0; i < count; i++) {
		if (flow->y + line > bottom_of(flow)) {
			/* An element is within its page. */
			sheet_tag_end(sheet, "P");
			next_column(flow);
			sheet_tag_begin(sheet, "P");
			count = sheet_lines(sheet, flow->w - indent, lead, body,
			    style);
		}
		if (i < count)
			sheet_draw_line(sheet, i, flow->x + indent, flow->y,
			    style);
		flow->y += line;
	}
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
draw_times(struct flow *flow, double *indent, struct buf *times)
{
	struct sheet *sheet = flow->sheet;
	struct text_style style = {.size = sheet_body(sheet),
	    .color = grey(0.05),
	    .bold = true,
	    .one_line = true};
	struct str text = buf_str(times);

	if (flow->hang == 0)
		return;
	if (sheet_width(sheet, text, style.size, true) < flow->hang - 4) {
		sheet_text(sheet, flow->x + *indent, flow->y, flow->hang, 20,
		    STR(""), text, &style, NULL);
		buf_reset(times);
	}
	*indent += flow->hang;
}

static void
draw_notes(struct flow *flow, const struct entry *entry, double indent,
    struct str remarks)
{
	struct sheet *sheet = flow->sheet;
	const struct agenda_item *item = &entry->item;
	struct text_style style = {.size = sheet_small(sheet),
	    .color = grey(0.3)};
	unsigned fields = sheet->agenda->fields;

	if (remarks.n)
		flow_lines(flow, indent, STR(""), remarks, &style);
	if (fields & FIELD_DESCRIPTION && item->description.n)
		flow_lines(flow, indent, STR(""), item->description, &style);
	if (fields & FIELD_URL && item->url.n)
		flow_lines(flow, indent, STR(""), item->url, &style);
}

static void
draw_title(struct flow *flow, const struct entry *entry, double indent,
    struct str times, struct str title, bool strike)
{
	struct sheet *sheet = flow->sheet;
	struct text_style style = {.size = sheet_body(sheet),
	    .color = grey(0.05),
	    .bold_lead = true,
	    .strike = strike};
	double line = sheet_line(sheet, style.size);
	/* A link is within its page. */
	bool linked = flow->y + 3 * line < bottom_of(flow) && title.n < 300 &&
	              sheet_url_begin(sheet, entry->item.url);

	flow_lines(flow, indent, times, title, &style);
	if (linked)
		sheet_link_end(sheet);
}

void
flow_entry(struct flow *flow, struct entry *entry, double indent)
{
	struct sheet *sheet = flow->sheet;
	double line = sheet_line(sheet, sheet_body(sheet)), x, top;
	struct buf times = {0}, remarks = {0}, title = {0};
	struct paint paint;
	size_t page;

	flow_need(flow, 2 * line + 2);
	top = flow->y;
	page = sheet->page;
	x = indent;
	indent += 10;
	paint_of(sheet, entry, &paint);
	add_times(sheet, entry, &times);
	entry_title(sheet, entry, &title);
	add_remarks(sheet, entry, &remarks);
	draw_times(flow, &indent, &times);
	draw_title(flow, entry, indent, buf_str(&times), buf_str(&title),
	    paint.strike);
	draw_notes(flow, entry, indent, buf_str(&remarks));
	/* Over the edge of a column or page the bar is that of its end. */
	if (page != sheet->page || flow->y <= top)
		top = sheet->top + 2;
	paint_bar(sheet, &paint, flow->x + x + 4, top + 1, 2.2,
	    flow->y - top - 2);
	paint.ink = grey(0.05);
	paint.fill = grey(1);
	sheet_dump(sheet, "entry", flow->x + x, top, flow->w - x, flow->y - top,
	    entry, &paint, false);
	entry->shown = true;
	flow->y += 2.5 * sheet->scale;
	sheet->failed |=
	    !buf_ok(&times) || !buf_ok(&remarks) || !buf_ok(&title);
	buf_free(&times);
	buf_free(&remarks);
	buf_free(&title);
}

double
flow_entry_height(struct flow *flow, struct entry *entry, double indent)
{
	struct sheet *sheet = flow->sheet;
	struct text_style style = {.size = sheet_body(sheet)};
	struct str title = entry_title(sheet, entry, &sheet->title);
	double w = flow->w - indent - 10 - flow->hang;
	double line = sheet_line(sheet, style.size);

	if (title.n > 2000)
		return line * (double)title.n / 60;
	return line * (double)sheet_lines(sheet, w, STR("00:00–00:00"), title,
			  &style) +
	       sheet_line(sheet, sheet_small(sheet)) + 2.5 * sheet->scale;
}
