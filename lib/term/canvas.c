#include "term/canvas_impl.h"

#include <stdlib.h>

#include "cli/grapheme.h"

bool
canvas_init(struct canvas *canvas, const struct screen *screen, size_t width,
    size_t height)
{
	*canvas = (struct canvas){.screen = screen,
	    .width = width,
	    .height = height,
	    .cells = calloc(width * height + 1, sizeof(struct cell))};
	return canvas->cells != NULL;
}

void
canvas_free(struct canvas *canvas)
{
	free(canvas->cells);
	arena_free(&canvas->arena);
	*canvas = (struct canvas){0};
}

static struct cell *
cell_at(const struct canvas *canvas, size_t x, size_t y)
{
	return &canvas->cells[y * canvas->width + x];
}

/* Half a wide character is none. */
static void
clear_neighbours(struct canvas *canvas, size_t x, size_t y, size_t width)
{
	struct cell *cells = cell_at(canvas, 0, y);
	size_t before = x, after = x + width;

	while (before > 0 && cells[before].rest)
		cells[--before].p = NULL;
	while (after < canvas->width && cells[after].rest)
		cells[after++].rest = false;
}

void
canvas_put(struct canvas *canvas, size_t x, size_t y, struct str bytes,
    size_t width, struct ink ink)
{
	bool isolate = false, isolated = false;
	struct cell *cell;

	if (y >= canvas->height || x + width > canvas->width || width == 0)
		return;
	clear_neighbours(canvas, x, y, width);
	cell = cell_at(canvas, x, y);
	for (size_t i = 0; i < width; i++) {
		/* What began or ended here still does. */
		isolate |= cell[i].isolate;
		isolated |= cell[i].isolated;
		cell[i] = (struct cell){.ink = ink, .rest = i > 0};
	}
	cell->isolate = isolate;
	cell->isolated = isolated;
	cell->p = bytes.p;
	cell->n = (uint8_t)bytes.n;
	cell->width = (uint8_t)width;
}

void
canvas_isolate(struct canvas *canvas, size_t x, size_t y, size_t width)
{
	size_t last = x + width;

	if (width == 0 || y >= canvas->height || last > canvas->width)
		return;
	cell_at(canvas, x, y)->isolate = true;
	while (last > x + 1 && cell_at(canvas, last - 1, y)->rest)
		last--;
	cell_at(canvas, last - 1, y)->isolated = true;
}

void
canvas_fill(struct canvas *canvas, size_t x, size_t y, size_t width,
    size_t height, struct ink ink)
{
	for (size_t i = y; i < y + height && i < canvas->height; i++)
		for (size_t k = x; k < x + width && k < canvas->width; k++)
			cell_at(canvas, k, i)->ink = ink;
}

void
canvas_clear(struct canvas *canvas, size_t x, size_t y, size_t width,
    size_t height)
{
	for (size_t i = y; i < y + height && i < canvas->height; i++)
		for (size_t k = x; k < x + width && k < canvas->width; k++) {
			clear_neighbours(canvas, k, i, 1);
			*cell_at(canvas, k, i) = (struct cell){0};
		}
}

void
canvas_glyph(struct canvas *canvas, size_t x, size_t y, enum glyph glyph,
    struct ink ink)
{
	canvas_rule(canvas, x, y, 1, glyph, ink);
}

void
canvas_rule(struct canvas *canvas, size_t x, size_t y, size_t count,
    enum glyph glyph, struct ink ink)
{
	struct str bytes = screen_glyph(canvas->screen, glyph);

	for (size_t i = 0; i < count; i++)
		canvas_put(canvas, x + i, y, bytes, 1, ink);
}

/* --- writing -------------------------------------------------------------- */

static bool
same_ink(struct ink a, struct ink b)
{
	return a.flags == b.flags && a.color.red == b.color.red &&
	       a.color.green == b.color.green && a.color.blue == b.color.blue;
}

static bool
has_background(struct ink ink)
{
	return ink.flags & (INK_FILLED | INK_REVERSED);
}

static void
set_ink(const struct screen *screen, struct buf *line, struct ink ink)
{
	static const struct {
		uint8_t flag;
		const char *code;
	} codes[] = {{INK_BOLD, ";1"}, {INK_DIM, ";2"}, {INK_STRUCK, ";9"},
	    {INK_REVERSED, ";7"}};
	char sgr[COLOR_SGR_ROOM];

	buf_add_str(line, STR("\033[0"));
	for (size_t i = 0; i < sizeof(codes) / sizeof(codes[0]); i++)
		if (ink.flags & codes[i].flag)
			buf_add_str(line, str_of(codes[i].code));
	if (ink.flags & INK_FILLED)
		color_sgr_filled(sgr, ink.color, screen->depth);
	else if (ink.flags & INK_COLORED)
		color_sgr(sgr, color_readable(ink.color), screen->depth);
	if (ink.flags & (INK_FILLED | INK_COLORED))
		buf_printf(line, ";%s", sgr);
	buf_add_char(line, 'm');
}

/* Whether terminals disagree on its width: pictures made of several
 * characters, and marks above many. */
static bool
is_contested(const struct cell *cell)
{
	return cell->n > 4;
}

/* A line as far as it is written. */
struct pen {
	struct ink ink;
	size_t isolates; /* that are open */
};

static void
close_isolates(struct pen *pen, struct buf *line, size_t count)
{
	for (; count > 0 && pen->isolates > 0; count--, pen->isolates--)
		buf_add_str(line, STR("\342\201\251"));
}

static void
write_cell(const struct screen *screen, struct buf *line, struct pen *pen,
    const struct cell *cell, size_t x)
{
	struct ink ink = cell->ink;

	if (!cell->p && !has_background(ink))
		ink = (struct ink){0};
	if (screen->color && !same_ink(pen->ink, ink)) {
		set_ink(screen, line, ink);
		pen->ink = ink;
	}
	if (cell->isolate) {
		buf_add_str(line, STR("\342\201\250"));
		pen->isolates++;
	}
	if (cell->p)
		buf_add(line, cell->p, cell->n);
	else
		buf_add_char(line, ' ');
	if (cell->isolated)
		close_isolates(pen, line, 1);
	if (screen->positions && is_contested(cell))
		buf_printf(line, "\033[%zuG", x + cell->width + 1);
}

static void
write_line(const struct canvas *canvas, size_t y, struct buf *line)
{
	const struct screen *screen = canvas->screen;
	const struct cell *cells = cell_at(canvas, 0, y);
	size_t end = canvas->width;
	struct pen pen = {0};

	while (end > 0 && !cells[end - 1].p && !cells[end - 1].rest &&
	       !(screen->color && has_background(cells[end - 1].ink)))
		end--;
	for (size_t x = 0; x < end; x++)
		if (!cells[x].rest)
			write_cell(screen, line, &pen, &cells[x], x);
	/* What was written over may have had their ends. */
	close_isolates(&pen, line, pen.isolates);
	if (!same_ink(pen.ink, (struct ink){0}))
		buf_add_str(line, STR("\033[0m"));
	buf_add_char(line, '\n');
}

bool
canvas_write(struct canvas *canvas)
{
	const struct screen *screen = canvas->screen;
	struct buf line = {0}, converted = {0};
	bool ok = !canvas->failed;

	for (size_t y = 0; ok && y < canvas->height; y++) {
		struct str text;

		buf_reset(&line);
		buf_reset(&converted);
		write_line(canvas, y, &line);
		ok = buf_ok(&line) && charset_write(&screen->charset,
					  &converted, buf_str(&line));
		text = buf_str(&converted);
		ok = ok && out_add(screen->out, text);
	}
	buf_free(&line);
	buf_free(&converted);
	return ok;
}
