#include "term/look.h"

/* Columns from which on a title has room for its place beside it. */
#define PLACE_FITS 16
#define NOTE_LEAST 4

void
look_of(const struct view *view, const struct page_item *item,
    struct look *look)
{
	const struct agenda_item *what = &item->item;
	bool cancelled = str_ieq(what->status, STR("CANCELLED"));
	bool task = str_ieq(what->type, STR("todo"));
	struct ink ink = {INK_COLORED, view_color(view, what)};

	*look = (struct look){.light = what->takes < BUSY_BUSY};
	if (!look->light && !task)
		ink.flags = INK_FILLED;
	look->ink = look->text = look->note = ink;
	if (!(ink.flags & INK_FILLED))
		look->note.flags |= INK_DIM;
	if (cancelled) {
		look->mark = task ? GLYPH_VOID : GLYPH_CANCELLED;
		look->text.flags |= INK_STRUCK | INK_DIM;
	} else if (task) {
		look->mark = what->completed ? GLYPH_DONE : GLYPH_OPEN;
	}
}

static void
write_note(struct flow *flow, const char *before, struct str text,
    const char *after, struct ink ink)
{
	struct buf note = {0};

	/* It must not cost the title's last letter. */
	if (text.n == 0 || flow->full ||
	    (flow->line + 1 >= flow->height &&
		flow->column + NOTE_LEAST > flow->width))
		return;
	buf_add_str(&note, str_of(before));
	buf_add_str(&note, text);
	buf_add_str(&note, str_of(after));
	flow_text(flow, buf_str(&note), ink);
	buf_free(&note);
}

void
look_write_title(const struct view *view, const struct page_item *item,
    const struct look *look, struct flow *flow)
{
	struct str title = item->item.summary;
	struct ink mark = look->text;

	mark.flags &= (uint8_t)~INK_STRUCK;
	if (look->mark != GLYPH_NONE)
		flow_text(flow, screen_glyph(&view->screen, look->mark), mark);
	if (str_trim(title).n == 0)
		title = str_of(view->screen.words->no_title);
	flow_text(flow, title, look->text);
	if (str_ieq(item->item.status, STR("TENTATIVE")))
		flow_text(flow, STR("?"), look->note);
}

void
look_write(const struct view *view, const struct page_item *item,
    const struct look *look, struct str time, struct flow *flow)
{
	if (time.n) {
		flow_text(flow, time, look->note);
		flow_text(flow, STR(" "), look->note);
	}
	look_write_title(view, item, look, flow);
	if (flow->width >= PLACE_FITS)
		write_note(flow, ", ", item->item.location, "", look->note);
	if (!view->by_calendar && view->calendars.count > 1)
		write_note(flow, " [", item->item.calendar, "]", look->note);
}
