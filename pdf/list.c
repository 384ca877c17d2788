/* Entries in full, in columns over pages: the list, and the details. */
#include "pdf/sheet.h"

struct flow {
	struct sheet *sheet;
	int columns, column;
	double x, y, w;
	double hang; /* width of the column of times; 0: none */
	struct str title, beside;
	bool open;
};

static void
next_column(struct flow *flow)
{
	struct sheet *sheet = flow->sheet;
	double gap = 18, inner = sheet->width - 2 * sheet->margin;

	flow->column++;
	if (!flow->open || flow->column == flow->columns) {
		if (flow->open)
			sheet_page_end(sheet);
		flow->open = true;
		flow->column = 0;
		sheet_page(sheet, flow->title, flow->beside);
		sheet_rule(sheet, sheet->margin, sheet->top - 1,
		    sheet->width - sheet->margin, sheet->top - 1, 0.9, 0.3);
	}
	flow->w = (inner - gap * (flow->columns - 1)) / flow->columns;
	flow->x = sheet->margin + (flow->w + gap) * flow->column;
	flow->y = sheet->top + 3;
}

static void
need(struct flow *flow, double h)
{
	if (!flow->open || flow->y + h > flow->sheet->bottom)
		next_column(flow);
}

static void
draw_day_head(struct flow *flow, int32_t day)
{
	struct sheet *sheet = flow->sheet;
	struct text_style style = {.size = sheet_head(sheet),
	    .color = grey(0.1),
	    .bold = true,
	    .one_line = true};
	double line = sheet_line(sheet, style.size);

	/* A heading stays with what follows. */
	need(flow, line + 4 + 3 * sheet_line(sheet, sheet_body(sheet)));
	if (flow->y > sheet->top + 10)
		flow->y += 5 * sheet->scale;
	buf_reset(&sheet->clock);
	sheet_date(sheet, &sheet->clock, DATE_LONG, day);
	sheet_text(sheet, flow->x, flow->y, flow->w, line, STR(""),
	    buf_str(&sheet->clock), &style, NULL);
	flow->y += line + 1;
	sheet_rule(sheet, flow->x, flow->y, flow->x + flow->w, flow->y, 0.5,
	    0.6);
	flow->y += 3;
}

/* "Mon 23 Nov 14:00 – Wed 25 Nov 10:00", or as little of it as tells all. */
static void
add_times(struct sheet *sheet, const struct entry *entry, struct buf *to)
{
	const struct agenda_item *item = &entry->item;

	buf_reset(to);
	if (entry->first == entry->last || !entry_is_bar(entry)) {
		if (item->allday)
			buf_add_str(to, str_of(sheet->agenda->words->all_day));
		entry_clock(entry, true, to);
		return;
	}
	sheet_date(sheet, to, DATE_SHORT, entry->first);
	if (!item->allday)
		buf_printf(to, " %02d:%02d", civil_of_local(item->start).hour,
		    civil_of_local(item->start).minute);
	buf_add_str(to, STR(" – "));
	sheet_date(sheet, to, DATE_SHORT, entry->last);
	if (!item->allday)
		buf_printf(to, " %02d:%02d", civil_of_local(item->end).hour,
		    civil_of_local(item->end).minute);
}

static bool
owns(const struct entry *entry, size_t calendar)
{
	return entry->item.number == calendar ||
	       (calendar < 64 && entry->owners >> calendar & 1);
}

static void
add_remarks(struct sheet *sheet, const struct entry *entry, struct buf *to)
{
	const struct agenda_paper *agenda = sheet->agenda;
	const struct agenda_item *item = &entry->item;
	const struct str part[] = {item->location,
	    str_ieq(item->status, STR("CANCELLED"))
		? str_of(agenda->words->cancelled)
		: STR(""),
	    str_ieq(item->status, STR("TENTATIVE"))
		? str_of(agenda->words->tentative)
		: STR(""),
	    item->zone_note};

	buf_reset(to);
	for (size_t i = 0; i < sizeof(part) / sizeof(part[0]); i++) {
		if (part[i].n == 0)
			continue;
		if (to->n)
			buf_add_str(to, STR(" · "));
		buf_add_str(to, part[i]);
	}
	for (size_t i = 0; i < agenda->calendar_count; i++) {
		if (agenda->calendar_count == 1 || !owns(entry, i))
			continue;
		if (to->n)
			buf_add_str(to, STR(" · "));
		buf_add_str(to, agenda->calendars[i].name);
	}
}

/* A paragraph, line by line, so that it goes on over columns and pages. */
static void
draw_lines(struct flow *flow, double indent, struct str lead, struct str body,
    const struct text_style *style)
{
	struct sheet *sheet = flow->sheet;
	double line = sheet_line(sheet, style->size);
	size_t count = sheet_lines(sheet, flow->w - indent, lead, body, style);

	cairo_tag_begin(sheet->cr, "P", NULL);
	for (size_t i = 0; i < count; i++) {
		if (flow->y + line > sheet->bottom) {
			/* An element is within its page. */
			cairo_tag_end(sheet->cr, "P");
			next_column(flow);
			cairo_tag_begin(sheet->cr, "P", NULL);
			count = sheet_lines(sheet, flow->w - indent, lead, body,
			    style);
		}
		if (i < count)
			sheet_draw_line(sheet, i, flow->x + indent, flow->y,
			    style);
		flow->y += line;
	}
	cairo_tag_end(sheet->cr, "P");
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
draw_entry(struct flow *flow, struct entry *entry)
{
	struct sheet *sheet = flow->sheet;
	struct text_style style = {.size = sheet_body(sheet),
	    .color = grey(0.05),
	    .bold_lead = true};
	double line = sheet_line(sheet, style.size), indent = 10;
	struct buf times = {0}, remarks = {0}, title = {0};
	struct paint paint;
	double top, bottom;

	need(flow, 2 * line + 2);
	top = flow->y;
	paint_of(sheet, entry, &paint);
	style.strike = paint.strike;
	add_times(sheet, entry, &times);
	entry_title(sheet, entry, &title);
	add_remarks(sheet, entry, &remarks);
	draw_times(flow, &indent, &times);
	draw_lines(flow, indent, buf_str(&times), buf_str(&title), &style);
	style =
	    (struct text_style){.size = sheet_small(sheet), .color = grey(0.3)};
	if (remarks.n)
		draw_lines(flow, indent, STR(""), buf_str(&remarks), &style);
	bottom = flow->y > top ? flow->y : sheet->bottom;
	sheet_fill(sheet, flow->x + 4, flow->y > top ? top + 1 : sheet->top + 3,
	    2.2, flow->y > top ? bottom - top - 2 : flow->y - sheet->top - 3,
	    paint.bar);
	sheet_dump(sheet, "entry", flow->x, top, flow->w, bottom - top, entry,
	    false);
	entry->shown = true;
	flow->y += 2.5 * sheet->scale;
	sheet->failed |=
	    !buf_ok(&times) || !buf_ok(&remarks) || !buf_ok(&title);
	buf_free(&times);
	buf_free(&remarks);
	buf_free(&title);
}

static void
draw_nothing(struct flow *flow)
{
	struct sheet *sheet = flow->sheet;
	struct text_style style = {.size = sheet_head(sheet),
	    .color = grey(0.45)};

	need(flow, 20);
	sheet_text(sheet, flow->x, flow->y + 10, flow->w, 30, STR(""),
	    str_of(sheet->agenda->words->nothing_ever), &style, NULL);
}

void
draw_list(struct sheet *sheet)
{
	struct agenda_paper *agenda = sheet->agenda;
	struct buf title = {0};
	struct flow flow = {.sheet = sheet,
	    .columns = sheet->width > sheet->height ? 2 : 1,
	    .column = -1};
	int32_t day = INT32_MIN;

	if (sheet->width < sheet->height)
		sheet->scale *= 1.25;
	flow.hang = 68 * sheet->scale;
	sheet_range(sheet, &title, agenda->first, agenda->until - 1);
	flow.title = buf_str(&title);
	flow.beside = agenda->title;
	if (flow.beside.n == 0 && agenda->calendar_count == 1)
		flow.beside = agenda->calendars[0].name;
	for (size_t i = 0; i < agenda->count; i++) {
		struct entry *entry = &agenda->entries[i];
		int32_t at = entry->first;

		at = at < agenda->first ? agenda->first : at;
		if (at != day)
			draw_day_head(&flow, at);
		day = at;
		draw_entry(&flow, entry);
	}
	if (agenda->count == 0)
		draw_nothing(&flow);
	sheet_page_end(sheet);
	if (sheet->width < sheet->height)
		sheet->scale /= 1.25;
	buf_free(&title);
}

/* --- details -------------------------------------------------------------- */

static void
draw_number(struct flow *flow, const struct entry *entry)
{
	struct sheet *sheet = flow->sheet;
	struct text_style style = {.size = sheet_small(sheet),
	    .color = grey(0.2),
	    .bold = true,
	    .one_line = true,
	    .align = ALIGN_END};
	double line = sheet_line(sheet, sheet_body(sheet));
	char text[24];

	need(flow, 2 * line + 2);
	sheet_target(sheet, 'd', entry->ref, flow->y);
	snprintf(text, sizeof(text), "%zu", entry->ref);
	sheet_link_begin(sheet, 'e', entry->ref);
	sheet_text(sheet, flow->x, flow->y + 0.8, 15 * sheet->scale, line,
	    STR(""), str_of(text), &style, NULL);
	sheet_link_end(sheet);
}

void
draw_details(struct sheet *sheet)
{
	struct agenda_paper *agenda = sheet->agenda;
	struct flow flow = {.sheet = sheet,
	    .columns = sheet->width > sheet->height ? 3 : 2,
	    .column = -1,
	    .title = str_of(agenda->words->details)};
	double indent = 16 * sheet->scale;
	int32_t day = INT32_MIN;

	if (sheet->refs == 0 || agenda->clip)
		return;
	for (size_t i = 0; i < agenda->count; i++) {
		struct entry *entry = &agenda->entries[i];

		if (entry->ref == 0)
			continue;
		if (entry->first != day)
			draw_day_head(&flow, entry->first);
		day = entry->first;
		draw_number(&flow, entry);
		flow.x += indent;
		flow.w -= indent;
		draw_entry(&flow, entry);
		flow.x = sheet->margin + (flow.w + 18 + indent) * flow.column;
		flow.w += indent;
		flow.x = sheet->margin + (flow.w + 18) * flow.column;
	}
	sheet_page_end(sheet);
}
