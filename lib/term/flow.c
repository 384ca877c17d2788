/* Text that flows into boxes of a canvas. */
#include "base/utf8.h"
#include "cli/grapheme.h"
#include "term/canvas_impl.h"

/* What of one text stands on one line, to be isolated when it is whole. */
struct segment {
	bool rtl, begun;
	size_t start;
};

/* What can be shown of the next character: nothing of controls, a few marks on
 * one letter, a mark of its own for what is no UTF-8. */
static void
next(struct str *rest, struct grapheme *one)
{
	struct str shown = {NULL, 0}, bytes;

	grapheme_next(rest, one);
	if (one->first < 0) {
		one->bytes = STR("?");
		one->width = 1;
		return;
	}
	if (one->bytes.n <= CELL_BYTES)
		return;
	for (bytes = one->bytes; bytes.n;) {
		utf8_next(&bytes);
		if (one->bytes.n - bytes.n > CELL_BYTES)
			break;
		shown = str_head(one->bytes, one->bytes.n - bytes.n);
	}
	one->bytes = shown;
	one->width = text_width(shown);
}

/* The columns of a word, as far as they are no more than `most`. */
static size_t
width_of(struct str word, size_t most)
{
	struct grapheme one;
	size_t width = 0;

	while (word.n && width <= most) {
		next(&word, &one);
		width += one.width;
	}
	return width;
}

/* After the blank that is due. */
static void
put(struct flow *flow, struct str text, struct ink ink, struct segment *segment)
{
	struct canvas *canvas = flow->canvas;
	struct grapheme one;

	flow->column += flow->blank ? 1 : 0;
	flow->blank = false;
	if (!segment->begun)
		segment->start = flow->column;
	segment->begun = true;
	for (; text.n; flow->column += one.width) {
		next(&text, &one);
		if (!canvas || one.width == 0)
			continue;
		one.bytes = arena_copy(&canvas->arena, one.bytes);
		if (!one.bytes.p)
			canvas->failed = true;
		canvas_put(canvas, flow->x + flow->column, flow->y + flow->line,
		    one.bytes, one.width, ink);
	}
}

static void
end_segment(const struct flow *flow, struct segment *segment)
{
	if (segment->rtl && segment->begun && flow->canvas)
		canvas_isolate(flow->canvas, flow->x + segment->start,
		    flow->y + flow->line, flow->column - segment->start);
	segment->begun = false;
}

static void
break_line(struct flow *flow, struct segment *segment)
{
	end_segment(flow, segment);
	flow->line++;
	flow->column = flow->indent;
	flow->blank = false;
}

/* How much of a word goes on a line of so many columns: up to the last place
 * where it may be broken, or (hard) to the last character that fits. */
static size_t
head_that_fits(struct str word, size_t columns, bool hard)
{
	struct grapheme before = {0}, one;
	struct str rest = word;
	size_t width = 0, n = 0, breaks = 0;

	while (rest.n) {
		next(&rest, &one);
		if (n && grapheme_may_break(&before, &one))
			breaks = n;
		if (width + one.width > columns)
			break;
		width += one.width;
		n = word.n - rest.n;
		before = one;
	}
	return hard ? n : breaks;
}

static void
cut_off(struct flow *flow, struct str word, struct ink ink,
    struct segment *segment)
{
	size_t used = flow->column + (flow->blank ? 1 : 0), n = 0;

	if (used + 1 < flow->width)
		n = head_that_fits(word, flow->width - used - 1, true);
	if (n) {
		put(flow, str_head(word, n), ink, segment);
	} else {
		flow->blank = false;
		if (flow->column >= flow->width)
			flow->column = flow->width - 1;
	}
	put(flow, screen_glyph(flow->screen, GLYPH_MORE), ink, segment);
	flow->full = true;
}

static bool
at_start(const struct flow *flow)
{
	return flow->column <= (flow->line ? flow->indent : 0);
}

static void
place_word(struct flow *flow, struct str word, struct ink ink,
    struct segment *segment)
{
	if (width_of(word, 0) == 0)
		return; /* nothing of it can be seen */
	for (;;) {
		size_t used = flow->column + (flow->blank ? 1 : 0);
		size_t room = used < flow->width ? flow->width - used : 0, n;

		if (width_of(word, room) <= room) {
			put(flow, word, ink, segment);
			return;
		}
		/* Rather without the indent than broken. */
		if (at_start(flow) &&
		    width_of(word, flow->width) <= flow->width) {
			flow->column = 0;
			put(flow, word, ink, segment);
			return;
		}
		n = head_that_fits(word, room, false);
		if (n == 0 && at_start(flow))
			n = head_that_fits(word, room, true);
		if (flow->line + 1 >= flow->height ||
		    (n == 0 && at_start(flow))) {
			cut_off(flow, word, ink, segment);
			return;
		}
		if (n)
			put(flow, str_head(word, n), ink, segment);
		word = str_from(word, n);
		break_line(flow, segment);
	}
}

static bool
is_blank(char c)
{
	return c == ' ' || c == '\t' || c == '\n' || c == '\r';
}

void
flow_text(struct flow *flow, struct str text, struct ink ink)
{
	struct segment segment = {
	    .rtl = flow->screen->isolates && text_is_rtl(text)};
	struct buf reduced = {0};
	size_t n;

	if (!flow->screen->charset.utf8) {
		charset_reduce(&flow->screen->charset, &reduced, text);
		text = buf_str(&reduced);
	}
	while (text.n && !flow->full) {
		for (n = 0; n < text.n && !is_blank(text.p[n]); n++)
			;
		if (n == 0) {
			flow->blank = !at_start(flow);
			text = str_from(text, 1);
			continue;
		}
		place_word(flow, str_head(text, n), ink, &segment);
		text = str_from(text, n);
	}
	end_segment(flow, &segment);
	buf_free(&reduced);
}

size_t
flow_lines(const struct flow *flow)
{
	return flow->line + (flow->column > 0 || flow->line == 0 ? 1 : 0);
}

size_t
canvas_text(struct canvas *canvas, size_t x, size_t y, size_t width,
    struct str text, struct ink ink)
{
	struct flow flow = {.canvas = canvas,
	    .screen = canvas->screen,
	    .x = x,
	    .y = y,
	    .width = width,
	    .height = 1};

	if (width == 0)
		return 0;
	flow_text(&flow, text, ink);
	return flow.column;
}
