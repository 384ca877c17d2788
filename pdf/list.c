/* Days with their entries, one after the other. */
#include "pdf/flow.h"

void
draw_list(struct sheet *sheet)
{
	struct agenda_paper *agenda = sheet->agenda;
	struct buf title = {0};
	struct flow flow = {.sheet = sheet,
	    .columns = sheet->width > sheet->height ? 2 : 1,
	    .beside = agenda_subject(agenda)};
	bool upright = sheet->width < sheet->height;
	int32_t day = INT32_MIN;

	if (upright)
		sheet->scale *= 1.25;
	flow.hang = 68 * sheet->scale;
	sheet_range(sheet, &title, agenda->first, agenda->until - 1);
	flow.title = buf_str(&title);
	for (size_t i = 0; i < agenda->count; i++) {
		struct entry *entry = &agenda->entries[i];
		int32_t at = entry->first;

		at = at < agenda->first ? agenda->first : at;
		if (at != day)
			flow_day_head(&flow, at);
		day = at;
		flow_entry(&flow, entry, 0);
	}
	if (agenda->count == 0)
		flow_nothing(&flow);
	flow_end(&flow);
	if (upright)
		sheet->scale /= 1.25;
	buf_free(&title);
}
