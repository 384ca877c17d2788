/* Days with their entries, one after the other. */
#include "pdf/galley.h"

void
draw_list(struct sheet *sheet)
{
	struct agenda_paper *agenda = sheet->agenda;
	struct buf title = {0};
	struct galley galley = {.sheet = sheet,
	    .columns = sheet->width > sheet->height ? 2 : 1,
	    .beside = agenda_subject(agenda)};
	bool upright = sheet->width < sheet->height;
	int32_t day = INT32_MIN;

	if (upright)
		sheet->scale *= 1.25;
	galley.hang = 68 * sheet->scale;
	sheet_range(sheet, &title, agenda->first, agenda->until - 1);
	galley.title = buf_str(&title);
	for (size_t i = 0; i < agenda->count; i++) {
		struct entry *entry = &agenda->entries[i];
		int32_t at = entry->first;

		at = at < agenda->first ? agenda->first : at;
		if (at != day)
			galley_day_head(&galley, at);
		day = at;
		galley_entry(&galley, entry, 0);
	}
	if (agenda->count == 0)
		galley_nothing(&galley);
	galley_end(&galley);
	if (upright)
		sheet->scale /= 1.25;
	buf_free(&title);
}
