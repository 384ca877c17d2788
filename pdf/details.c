/* What had no room, in full; see sheet.h. */
#include "pdf/flow.h"

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
	struct buf text = {0};

	flow_need(flow, 2 * line + 2);
	sheet_target(sheet, 'd', entry->ref, flow->y);
	language_number(sheet->agenda->language, &text, entry->ref);
	sheet_link_begin(sheet, 'e', entry->ref);
	sheet_text(sheet, flow->x, flow->y + 0.8, 15 * sheet->scale, line,
	    STR(""), buf_str(&text), &style, NULL);
	sheet_link_end(sheet);
	buf_free(&text);
}

/* Columns of a short page end at the same height. */
static void
balance(struct flow *flow, double indent, size_t from)
{
	struct sheet *sheet = flow->sheet;
	struct agenda_paper *agenda = sheet->agenda;
	double sum = 0, room, head = sheet_line(sheet, sheet_head(sheet)) + 9;
	int32_t day = INT32_MIN;

	flow_need(flow, 1);
	room = sheet->bottom - sheet->top;
	for (size_t i = 0; i < agenda->count && sum < room * flow->columns;
	     i++) {
		struct entry *entry = &agenda->entries[i];

		if (entry->ref <= from)
			continue;
		sum += flow_entry_height(flow, entry, indent);
		sum += entry->first != day ? head : 0;
		day = entry->first;
	}
	if (sum < room * flow->columns * 0.9)
		flow->limit = sheet->top + sum / flow->columns + 3 * head;
}

static void
draw(struct sheet *sheet, size_t from)
{
	struct agenda_paper *agenda = sheet->agenda;
	struct flow flow = {.sheet = sheet,
	    .columns = sheet->width > sheet->height ? 3 : 2,
	    .title = str_of(agenda->words->details),
	    .beside = agenda_subject(agenda)};
	double indent = 16 * sheet->scale;
	int32_t day = INT32_MIN;

	balance(&flow, indent, from);
	for (size_t i = 0; i < agenda->count; i++) {
		struct entry *entry = &agenda->entries[i];

		if (entry->ref <= from)
			continue;
		if (entry->first != day)
			flow_day_head(&flow, entry->first);
		day = entry->first;
		draw_number(&flow, entry);
		flow_entry(&flow, entry, indent);
	}
	flow_end(&flow);
}

void
draw_details(struct sheet *sheet)
{
	struct agenda_paper *agenda = sheet->agenda;
	size_t from = sheet->detailed;

	/* Whatever a view has left out. */
	for (size_t i = 0; i < agenda->count; i++)
		if (!agenda->entries[i].shown)
			sheet_ref(sheet, &agenda->entries[i]);
	sheet->detailed = sheet->refs;
	if (sheet->refs > from && agenda->overflow != OVERFLOW_CLIP)
		draw(sheet, from);
}

void
draw_details_inline(struct sheet *sheet)
{
	size_t from = sheet->detailed;

	if (sheet->agenda->overflow != OVERFLOW_INLINE || sheet->refs == from)
		return;
	sheet->detailed = sheet->refs;
	draw(sheet, from);
}
