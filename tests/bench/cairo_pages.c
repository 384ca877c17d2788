/*
 * The peer of icspdf: Cairo and Pango, and nothing else. Writes pages, each a
 * PDF of its own, that have as many texts and strokes as pages of icspdf; no
 * calendar is read, nothing is placed, tagged or linked.
 *
 * usage: cairo_pages TEXTS TEXTS-A-PAGE STROKES-A-PAGE PAGES FOLDER
 *
 * TEXTS is a file with a text a line, which are taken in turn.
 */
#include <cairo-pdf.h>
#include <pango/pangocairo.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#define WIDTH  842.0
#define HEIGHT 595.0

struct texts {
	char **line;
	size_t count, next;
};

static void
die(const char *what)
{
	fprintf(stderr, "cairo_pages: %s\n", what);
	exit(2);
}

static void
read_texts(struct texts *texts, const char *path)
{
	FILE *file = fopen(path, "r");
	char line[4096];
	size_t room = 0;

	if (!file)
		die("cannot read the texts");
	while (fgets(line, sizeof(line), file)) {
		line[strcspn(line, "\r\n\f")] = '\0';
		if (texts->count == room) {
			room = room ? room * 2 : 1024;
			texts->line =
			    realloc(texts->line, room * sizeof(*texts->line));
			if (!texts->line)
				die("no memory");
		}
		if (!(texts->line[texts->count++] = strdup(line)))
			die("no memory");
	}
	fclose(file);
	if (texts->count == 0)
		die("no texts");
}

static void
draw_texts(cairo_t *cr, PangoLayout *layout, struct texts *texts, long count)
{
	for (long i = 0; i < count; i++) {
		const char *text = texts->line[texts->next++ % texts->count];

		pango_layout_set_text(layout, text, -1);
		cairo_move_to(cr, 28 + 110 * (double)(i % 7),
		    30 + (HEIGHT - 60) * (double)i / (double)count);
		pango_cairo_show_layout(cr, layout);
	}
}

static void
draw_strokes(cairo_t *cr, long count)
{
	cairo_set_line_width(cr, 0.4);
	for (long i = 0; i < count; i++) {
		double y = 30 + (HEIGHT - 60) * (double)i / (double)count;

		cairo_move_to(cr, 28, y);
		cairo_line_to(cr, WIDTH - 28, y);
		cairo_stroke(cr);
	}
}

int
main(int argc, char **argv)
{
	struct texts texts = {0};
	PangoFontDescription *font;
	PangoFontMap *map;
	PangoContext *context;
	PangoLayout *layout;
	long pages, a_page, strokes;

	if (argc != 6)
		die("TEXTS TEXTS-A-PAGE STROKES-A-PAGE PAGES FOLDER");
	read_texts(&texts, argv[1]);
	a_page = strtol(argv[2], NULL, 10);
	strokes = strtol(argv[3], NULL, 10);
	pages = strtol(argv[4], NULL, 10);
	map = pango_cairo_font_map_new();
	context = pango_font_map_create_context(map);
	layout = pango_layout_new(context);
	font = pango_font_description_from_string("Noto Sans 5.4");
	pango_layout_set_font_description(layout, font);
	pango_layout_set_width(layout, 106 * PANGO_SCALE);
	for (long i = 0; i < pages; i++) {
		char path[4096];
		cairo_surface_t *surface;
		cairo_t *cr;

		snprintf(path, sizeof(path), "%s/%ld.pdf", argv[5], i);
		surface = cairo_pdf_surface_create(path, WIDTH, HEIGHT);
		cr = cairo_create(surface);
		draw_strokes(cr, strokes);
		draw_texts(cr, layout, &texts, a_page);
		cairo_show_page(cr);
		cairo_destroy(cr);
		cairo_surface_finish(surface);
		if (cairo_surface_status(surface) != CAIRO_STATUS_SUCCESS)
			die("cannot write a page");
		cairo_surface_destroy(surface);
	}
	g_object_unref(layout);
	g_object_unref(context);
	g_object_unref(map);
	pango_font_description_free(font);
	for (size_t i = 0; i < texts.count; i++)
		free(texts.line[i]);
	free(texts.line);
	return 0;
}
