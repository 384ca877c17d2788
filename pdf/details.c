/* What had no room, in full; see sheet.h. */
#include "pdf/galley.h"

static void
draw_number(struct galley *galley, const struct entry *entry)
{
	struct sheet *sheet = galley->sheet;
	struct text_style style = {.size = sheet_small(sheet),
	    .color = grey(0.2),
	    .bold = true,
	    .one_line = true,
	    .align = ALIGN_END};
	double line = sheet_line(sheet, sheet_body(sheet));
	struct buf text = {0};

	galley_need(galley, 2 * line + 2);
	sheet_target(sheet, 'd', entry->ref, galley->y);
	language_number(sheet->agenda->language, &text, entry->ref);
	sheet_link_begin(sheet, 'e', entry->ref);
	sheet_text(sheet, galley->x, galley->y + 0.8, 15 * sheet->scale, line,
	    STR(""), buf_str(&text), &style, NULL);
	sheet_link_end(sheet);
	buf_free(&text);
}

/* Columns of a short page end at the same height. */
static void
balance(struct galley *galley, double indent, size_t from)
{
	struct sheet *sheet = galley->sheet;
	struct agenda_paper *agenda = sheet->agenda;
	double sum = 0, room, head = sheet_line(sheet, sheet_head(sheet)) + 9;
	int32_t day = INT32_MIN;

	galley_need(galley, 1);
	room = sheet->bottom - sheet->top;
	for (size_t i = 0; i < agenda->count && sum < room * galley->columns;
	     i++) {
		struct entry *entry = &agenda->entries[i];

		if (entry->ref <= from)
			continue;
		sum += galley_entry_height(galley, entry, indent);
		sum += entry->first != day ? head : 0;
		day = entry->first;
	}
	if (sum < room * galley->columns * 0.9)
		galley->limit = sheet->top + sum / galley->columns + 3 * head;
}

static void
draw(struct sheet *sheet, size_t from)
{
	struct agenda_paper *agenda = sheet->agenda;
	struct galley galley = {.sheet = sheet,
	    .columns = sheet->width > sheet->height ? 3 : 2,
	    .title = str_of(agenda->words->details),
	    .beside = agenda_subject(agenda)};
	double indent = 16 * sheet->scale;
	int32_t day = INT32_MIN;

	balance(&galley, indent, from);
	for (size_t i = 0; i < agenda->count; i++) {
		struct entry *entry = &agenda->entries[i];

		if (entry->ref <= from)
			continue;
		if (entry->first != day)
			galley_day_head(&galley, entry->first);
		day = entry->first;
		draw_number(&galley, entry);
		galley_entry(&galley, entry, indent);
	}
	galley_end(&galley);
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
