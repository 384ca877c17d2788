/* Any text in any box: no line is wider than the canvas, and nothing but text
 * goes out. The first two bytes are width and height. */
#include <stdint.h>
#include <stdlib.h>

#include "base/utf8.h"
#include "cli/grapheme.h"
#include "term/canvas.h"

static void
check(int ok)
{
	if (!ok)
		abort();
}

static void
check_line(struct str line, size_t width)
{
	int depth = 0;

	check(text_width(line) <= width);
	while (line.n) {
		int32_t c = utf8_next(&line);

		check(c >= 0x20 && c != 0x7f && !(c >= 0x80 && c < 0xa0));
		check(!(c >= 0x202a && c <= 0x202e));
		depth += c >= 0x2066 && c <= 0x2068;
		depth -= c == 0x2069;
		check(depth >= 0);
	}
	check(depth == 0);
}

/* A title, and a note beside it, as far as there is room. */
static void
flow_both(struct flow *flow, struct str text)
{
	flow_text(flow, str_head(text, text.n / 2), (struct ink){0});
	flow_text(flow, STR(" ["), (struct ink){0});
	flow_text(flow, str_from(text, text.n / 2), (struct ink){0});
}

static void
draw(const struct screen *screen, struct str text, size_t width, size_t height)
{
	struct flow flow = {.screen = screen,
	    .x = 1,
	    .width = width,
	    .height = height,
	    .indent = width > 2 ? 1 : 0};
	struct flow measure = flow;
	struct str written, line;
	struct canvas canvas;

	flow_both(&measure, text);
	check(flow_lines(&measure) >= 1 && flow_lines(&measure) <= height);
	check(canvas_init(&canvas, screen, width + 2, height));
	flow.canvas = &canvas;
	for (size_t y = 0; y < height; y++) {
		canvas_glyph(&canvas, 0, y, GLYPH_COLUMN, (struct ink){0});
		canvas_glyph(&canvas, width + 1, y, GLYPH_COLUMN,
		    (struct ink){0});
	}
	flow_both(&flow, text);
	check(flow_lines(&flow) == flow_lines(&measure));
	/* Through the middle of whatever stands there. */
	canvas_glyph(&canvas, 1 + width / 2, 0, GLYPH_RULE, (struct ink){0});
	screen->out->n = 0;
	check(canvas_write(&canvas));
	written = (struct str){screen->out->p, screen->out->n};
	for (size_t y = 0; y < height; y++) {
		check(str_cut(&written, '\n', &line));
		check_line(line, width + 2);
	}
	check(written.n == 0);
	canvas_free(&canvas);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

int
LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct out out;
	struct screen screen = {.out = &out,
	    .charset = {.utf8 = true},
	    .isolates = true};
	struct str text = {(const char *)data, n};

	if (n < 2 || n > 4096 || !out_init(&out, -1))
		return 0;
	draw(&screen, str_from(text, 2), 1 + data[0] % 40, 1 + data[1] % 5);
	out_free(&out);
	return 0;
}
