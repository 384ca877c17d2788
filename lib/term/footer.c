#include "term/footer.h"

#include <stdlib.h>

#include "cli/grapheme.h"
#include "term/bars.h"
#include "term/spare.h"

#define LISTED_A_DAY 10
#define NAMES_WIDEST 24

void
leftovers_add(struct leftovers *left, const struct page_item *item, int32_t day)
{
	if (left->count == left->room) {
		size_t room = left->room * 2 + 64;
		struct leftover *list =
		    realloc(left->list, room * sizeof(*list));

		if (!list) {
			left->failed = true;
			return;
		}
		left->list = list;
		left->room = room;
	}
	left->list[left->count++] = (struct leftover){item, day};
}

void
leftovers_free(struct leftovers *left)
{
	free(left->list);
	*left = (struct leftovers){0};
}

/* "  Mon 23 Nov  ", and what follows is wrapped beside it. */
static void
begin_line(struct view *view, int32_t day)
{
	struct agenda_line *line = &view->line;
	struct buf date = {0};

	agenda_line_indent(line, 2);
	view_date(view, &date, DATE_SHORT, day);
	agenda_line_words(line, buf_str(&date), STYLE_TIME);
	agenda_line_indent(line, line->column + 2);
	buf_free(&date);
}

static void
write_item(struct view *view, const struct leftover *left)
{
	const struct agenda_item *item = &left->item->item;
	struct str title = item->summary;
	struct buf text = {0};

	begin_line(view, left->day);
	if (!item->allday && left->item->first == left->day) {
		view_clock(&text, item->start);
		if (item->until > item->from && left->item->last == left->day) {
			buf_add_char(&text, '-');
			view_clock(&text, item->end);
		}
		buf_add_char(&text, ' ');
	}
	agenda_line_words(&view->line, buf_str(&text), STYLE_TIME);
	if (str_trim(title).n == 0)
		title = str_of(view->screen.words->no_title);
	agenda_line_words(&view->line, title, STYLE_TITLE);
	if (view->calendars.count > 1) {
		buf_reset(&text);
		buf_printf(&text, " [%.*s]", STR_ARG(item->calendar));
		agenda_line_words(&view->line, buf_str(&text), STYLE_DIM);
	}
	agenda_line_end(&view->line);
	buf_free(&text);
}

static void
write_count(struct view *view, int32_t day, size_t count)
{
	struct buf number = {0}, text = {0};

	buf_printf(&number, "%zu", count);
	words_fill(&text, view->screen.words->more, buf_str(&number),
	    (struct str){NULL, 0});
	begin_line(view, day);
	agenda_line_words(&view->line, buf_str(&text), STYLE_HEADING);
	agenda_line_end(&view->line);
	buf_free(&number);
	buf_free(&text);
}

void
footer_leftovers(struct view *view, const struct page *page,
    const struct leftovers *left)
{
	for (int32_t i = 0; i < page->days; i++) {
		size_t found = 0, more = page->lost[i];

		for (size_t k = 0; k < left->count; k++) {
			if (left->list[k].day != page->first + i)
				continue;
			if (found++ < LISTED_A_DAY)
				write_item(view, &left->list[k]);
			else
				more++;
		}
		if (more)
			write_count(view, page->first + i, more);
	}
	if (left->failed)
		view->failed = true;
}

void
footer_clocks(struct view *view, const struct page *page)
{
	struct buf text = {0};
	struct axis_day day;

	for (int32_t i = 0; i < page->days; i++) {
		axis_day_set(&day, page->first + i, view->zone);
		if (day.change == INT64_MAX)
			continue;
		buf_reset(&text);
		view_clock(&text, day.clock_before);
		buf_add_str(&text, STR(" \342\206\222 ")); /* an arrow */
		view_clock(&text, day.clock_after);
		begin_line(view, page->first + i);
		agenda_line_words(&view->line, buf_str(&text), STYLE_DIM);
		agenda_line_end(&view->line);
	}
	buf_free(&text);
}

/* --- spare time ----------------------------------------------------------- */

/* Names stand in a column, so that the times do too. */
static size_t
names_width(const struct view *view)
{
	size_t most = 0;

	for (size_t i = 0; i < view->calendars.count; i++) {
		size_t width = text_width(view->calendars.list[i].name);

		if (width > most)
			most = width;
	}
	return most < NAMES_WIDEST ? most : NAMES_WIDEST;
}

static void
write_spare(struct view *view, const struct page *page, int32_t day,
    size_t calendar)
{
	struct agenda_line *line = &view->line;
	struct str free = str_of(view->screen.words->free);
	struct busy_set set = {0};
	struct buf text = {0};
	size_t after = 0;

	if (!spare_find(view, page, day, calendar, &set))
		view->failed = true;
	spare_write(view, &set, &text);
	agenda_line_indent(line, 2);
	if (page->days > 1)
		begin_line(view, day);
	else if (view->by_calendar)
		after = 2 + names_width(view) + 2;
	if (calendar != COLUMN_ALL)
		agenda_line_words(line, view->calendars.list[calendar].name,
		    STYLE_TITLE);
	else
		agenda_line_words(line, free, STYLE_HEADING);
	agenda_line_indent(line,
	    after > line->column ? after : line->column + 2);
	agenda_line_words(line, text.n ? buf_str(&text) : STR("-"), STYLE_TIME);
	agenda_line_end(line);
	buf_free(&text);
	busy_free(&set);
}

void
footer_spare(struct view *view, const struct page *page)
{
	bool apart = view->by_calendar && page->days == 1;
	size_t each = apart ? view->calendars.count : 0;

	if (!view->free)
		return;
	for (int32_t day = page->first; day < page->first + page->days; day++) {
		if (!(view->hours.days & 1u << civil_weekday(day)))
			continue;
		for (size_t i = 0; i < each; i++)
			write_spare(view, page, day, i);
		if (each != 1)
			write_spare(view, page, day, COLUMN_ALL);
	}
}

/* --- the legend ----------------------------------------------------------- */

static void
write_names(const struct view *view, struct flow *flow)
{
	for (size_t i = 0; i < view->calendars.count; i++) {
		const struct calendar *calendar = &view->calendars.list[i];
		struct ink ink = {INK_COLORED, calendar->color};

		flow_text(flow, i ? STR("  ") : STR(""), ink);
		flow_text(flow, screen_glyph(&view->screen, GLYPH_SWATCH), ink);
		flow_text(flow, calendar->name, (struct ink){0});
	}
}

void
footer_legend(struct view *view)
{
	struct flow flow = {.screen = &view->screen,
	    .x = 2,
	    .width = view->screen.width - 2,
	    .height = 4};
	struct canvas canvas;

	if (!view->screen.color || view->by_calendar ||
	    view->calendars.count < 2)
		return;
	write_names(view, &flow);
	if (!canvas_init(&canvas, &view->screen, view->screen.width,
		flow_lines(&flow))) {
		view->failed = true;
		return;
	}
	flow = (struct flow){.canvas = &canvas,
	    .screen = &view->screen,
	    .x = 2,
	    .width = view->screen.width - 2,
	    .height = canvas.height};
	write_names(view, &flow);
	if (!canvas_write(&canvas))
		view->failed = true;
	canvas_free(&canvas);
}
