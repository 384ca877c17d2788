/* A year: twelve months whose days show how much there is, then a list. */
#include "pdf/galley.h"

#define DAYS 366

struct year {
	struct sheet *sheet;
	int32_t first, until;
	uint32_t count[DAYS];
	size_t target[DAYS]; /* of a day: the heading in the list; 0: none */
};

static size_t
target_of(int32_t day)
{
	return (size_t)day + 1000000;
}

static void
count_days(struct year *year)
{
	struct agenda_paper *agenda = year->sheet->agenda;

	for (size_t i = 0; i < agenda->count; i++) {
		const struct entry *entry = &agenda->entries[i];
		int32_t from = entry->first, last = entry->last;

		from = from < year->first ? year->first : from;
		last = last >= year->until ? year->until - 1 : last;
		for (int32_t day = from; day <= last; day++) {
			int32_t at = day - year->first;

			year->count[at]++;
			/* Where the list has it: the day on which it begins. */
			if (!year->target[at] || day == from)
				year->target[at] = target_of(from);
		}
	}
}

/* --- the page ------------------------------------------------------------- */

static struct rgb
shade(const struct sheet *sheet, uint32_t count)
{
	double part = count > 5 ? 0.5 : count > 2 ? 0.28 : 0.12;
	struct rgb blue = {0, 0.45, 0.7};

	if (sheet->agenda->palette == PALETTE_GREY)
		return grey(1 - part);
	return (struct rgb){1 - part * (1 - blue.r), 1 - part * (1 - blue.g),
	    1 - part * (1 - blue.b)};
}

/* Up to three of what lasts all day, below the number. */
static void
draw_bars(struct year *year, int32_t day, double x, double y, double w,
    double h)
{
	struct sheet *sheet = year->sheet;
	struct agenda_paper *agenda = sheet->agenda;
	double high = h * 0.1;
	int lane = 0;

	for (size_t i = 0; i < agenda->count && lane < 3; i++) {
		const struct entry *entry = &agenda->entries[i];
		struct paint paint;

		if (!entry_is_bar(entry) || entry->last == entry->first ||
		    !entry_on(entry, SIZE_MAX, day))
			continue;
		paint_of(sheet, entry, &paint);
		sheet_fill(sheet, x, y + h - high * (double)(++lane), w,
		    high * 0.8, paint.bar);
	}
}

static size_t
draw_ground(struct sheet *sheet, void *arg, int32_t day, double x, double y,
    double w, double h)
{
	struct year *year = arg;
	int32_t at = day - year->first;
	struct rgb ground = paint_day(sheet, day);

	if (year->count[at])
		ground = shade(sheet, year->count[at]);
	if (ground.r < 1)
		sheet_fill(sheet, x + 0.3, y + 0.3, w - 0.6, h - 0.6, ground);
	if (!year->count[at])
		return 0;
	draw_bars(year, day, x + 0.3, y, w - 0.6, h - 0.3);
	return sheet->agenda->overflow == OVERFLOW_CLIP ? 0 : year->target[at];
}

static void
draw_months(struct year *year)
{
	struct sheet *sheet = year->sheet;
	int columns = sheet->width > sheet->height ? 4 : 3;
	int rows = 12 / columns;
	double gap = 16 * sheet->scale;
	double w =
	    (sheet->width - 2 * sheet->margin - gap * (columns - 1)) / columns;
	double h = (sheet->bottom - sheet->top - gap * (rows - 1)) / rows;
	double size = sheet_head(sheet);
	struct mini mini = {.size = size,
	    .column = w / 7,
	    .row = h / 8,
	    .ground = draw_ground,
	    .arg = year};

	while (
	    size > SHEET_SMALLEST && sheet_line(sheet, size) > mini.row * 0.98)
		size -= 0.2;
	mini.size = size;
	for (int i = 0; i < 12; i++) {
		int row = i / columns;
		double wide, high;

		mini.day = civil_add_months(year->first, i);
		mini_draw(sheet, &mini,
		    sheet->margin + (w + gap) * (i % columns),
		    sheet->top + (h + gap) * row, &wide, &high, true);
	}
}

/* What the shades stand for. */
static void
draw_key(struct sheet *sheet)
{
	static const uint32_t counts[] = {1, 3, 6};
	struct text_style style = {.size = sheet_small(sheet),
	    .color = grey(0.3),
	    .one_line = true};
	const struct language *language = sheet->agenda->language;
	double line = sheet_line(sheet, style.size), step = 34 * sheet->scale;
	double x = sheet->width - sheet->margin - 50 - 3 * step;

	sheet->foot_end = 20 + 3 * step;
	double y = sheet->height - sheet->margin - line;

	for (size_t i = 0; i < 3; i++) {
		buf_reset(&sheet->clock);
		language_number(language, &sheet->clock, counts[i]);
		buf_add_str(&sheet->clock, i == 2 ? STR("+") : STR("–"));
		if (i < 2)
			language_number(language, &sheet->clock,
			    counts[i + 1] - 1);
		sheet_fill(sheet, x, y + line * 0.15, line, line * 0.7,
		    shade(sheet, counts[i]));
		sheet_text(sheet, x + line + 3, y, step - line - 3, line,
		    STR(""), buf_str(&sheet->clock), &style, NULL);
		x += step;
	}
}

/* --- the list ------------------------------------------------------------- */

static void
draw_all(struct year *year, struct str title)
{
	struct sheet *sheet = year->sheet;
	struct agenda_paper *agenda = sheet->agenda;
	struct galley galley = {.sheet = sheet,
	    .columns = sheet->width > sheet->height ? 3 : 2,
	    .title = str_of(agenda->words->details),
	    .beside = title};
	int32_t day = INT32_MIN;

	for (size_t i = 0; i < agenda->count; i++) {
		struct entry *entry = &agenda->entries[i];
		int32_t at = entry->first;

		if (entry->last < year->first || at >= year->until)
			continue;
		at = at < year->first ? year->first : at;
		if (at != day) {
			galley_day_head(&galley, at);
			sheet_target(sheet, 'y', target_of(at), galley.y - 20);
		}
		day = at;
		galley_entry(&galley, entry, 0);
	}
	galley_end(&galley);
}

static void
draw_one(struct sheet *sheet, int32_t first, int32_t until)
{
	struct agenda_paper *agenda = sheet->agenda;
	struct year year = {.sheet = sheet, .first = first, .until = until};
	struct page_head head = {.beside = agenda_subject(agenda)};
	struct buf title = {0};

	count_days(&year);
	language_number(agenda->language, &title,
	    (uint64_t)civil_of_day(first).year);
	head.title = buf_str(&title);
	sheet_page(sheet, &head);
	draw_months(&year);
	draw_key(sheet);
	sheet_page_end(sheet);
	sheet->foot_end = 0;
	if (agenda->overflow != OVERFLOW_CLIP)
		draw_all(&year, buf_str(&title));
	sheet->failed |= !buf_ok(&title);
	buf_free(&title);
}

void
draw_year(struct sheet *sheet)
{
	struct agenda_paper *agenda = sheet->agenda;

	for (int32_t at = agenda->first; at < agenda->until;) {
		int32_t next = civil_add_months(at, 12);

		draw_one(sheet, at, next);
		at = next;
	}
}
