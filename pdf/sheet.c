/* The document of a sheet: surfaces, sections, sizes; see sheet.h. */
#include <cairo-pdf.h>
#include <cairo-svg.h>

#include "pdf/surface.h"

const struct paper *
paper_named(struct str name)
{
	static const struct paper papers[] = {
	    {"a3", 841.89, 1190.55, 34, 1.25},
	    {"a4", 595.28, 841.89, 28, 1},
	    {"a5", 419.53, 595.28, 20, 0.88},
	    {"letter", 612, 792, 28, 1},
	};

	for (size_t i = 0; i < sizeof(papers) / sizeof(papers[0]); i++)
		if (str_ieq(str_of(papers[i].name), name))
			return &papers[i];
	return NULL;
}

static double
sized(const struct sheet *sheet, double points)
{
	double size = points * sheet->scale;

	return size < SHEET_SMALLEST ? SHEET_SMALLEST : size;
}

double
sheet_head(const struct sheet *sheet)
{
	return sized(sheet, 9);
}

double
sheet_body(const struct sheet *sheet)
{
	return sized(sheet, 7.2);
}

double
sheet_small(const struct sheet *sheet)
{
	return sized(sheet, 6.2);
}

double
sheet_tiny(const struct sheet *sheet)
{
	return sized(sheet, 5.2);
}

/* --- surfaces ------------------------------------------------------------- */

#define PNG_SCALE (150.0 / 72)

static cairo_status_t
write_bytes(void *closure, const unsigned char *bytes, unsigned n)
{
	struct sheet *sheet = closure;
	struct str part = {(const char *)bytes, n};

	if (sheet->dump || sheet->write(sheet->arg, part))
		return CAIRO_STATUS_SUCCESS;
	sheet->failed = true;
	return CAIRO_STATUS_WRITE_ERROR;
}

static void
start_pdf(struct sheet *sheet)
{
	sheet->surface = cairo_pdf_surface_create_for_stream(write_bytes, sheet,
	    sheet->width, sheet->height);
	cairo_pdf_surface_set_metadata(sheet->surface,
	    CAIRO_PDF_METADATA_CREATOR, "icspdf (kalends)");
	cairo_pdf_surface_set_metadata(sheet->surface,
	    CAIRO_PDF_METADATA_CREATE_DATE, sheet->stamp);
	sheet->cr = cairo_create(sheet->surface);
	/* All pages are within one element. */
	cairo_tag_begin(sheet->cr, "Document", NULL);
}

/* A page that is a document of its own. */
static void
start_single(struct sheet *sheet)
{
	if (!sheet->dump && sheet->page_begins &&
	    !sheet->page_begins(sheet->arg, sheet->page))
		sheet->failed = true;
	if (sheet->format == SHEET_SVG) {
		sheet->surface =
		    cairo_svg_surface_create_for_stream(write_bytes, sheet,
			sheet->width, sheet->height);
		cairo_svg_surface_set_document_unit(sheet->surface,
		    CAIRO_SVG_UNIT_PT);
		sheet->cr = cairo_create(sheet->surface);
	} else {
		sheet->surface = cairo_image_surface_create(CAIRO_FORMAT_RGB24,
		    (int)(sheet->width * PNG_SCALE + 0.5),
		    (int)(sheet->height * PNG_SCALE + 0.5));
		sheet->cr = cairo_create(sheet->surface);
		cairo_scale(sheet->cr, PNG_SCALE, PNG_SCALE);
	}
	cairo_set_source_rgb(sheet->cr, 1, 1, 1);
	cairo_paint(sheet->cr);
}

static cairo_status_t
end_surface(struct sheet *sheet)
{
	cairo_status_t status = cairo_status(sheet->cr);

	cairo_destroy(sheet->cr);
	if (sheet->format == SHEET_PNG)
		cairo_surface_write_to_png_stream(sheet->surface, write_bytes,
		    sheet);
	cairo_surface_finish(sheet->surface);
	if (status == CAIRO_STATUS_SUCCESS)
		status = cairo_surface_status(sheet->surface);
	cairo_surface_destroy(sheet->surface);
	sheet->cr = NULL;
	sheet->surface = NULL;
	return status;
}

void
sheet_surface_page(struct sheet *sheet)
{
	if (sheet->format != SHEET_PDF)
		start_single(sheet);
}

void
sheet_surface_page_end(struct sheet *sheet)
{
	if (sheet->format == SHEET_PDF)
		cairo_show_page(sheet->cr);
	else if (end_surface(sheet) != CAIRO_STATUS_SUCCESS)
		sheet->failed = true;
}

/* --- the document --------------------------------------------------------- */

bool
sheet_start(struct sheet *sheet, struct error *err)
{
	if (sheet->format == SHEET_PDF)
		start_pdf(sheet);
	sheet->outline = CAIRO_PDF_OUTLINE_ROOT;
	if (!sheet->cr || cairo_status(sheet->cr) == CAIRO_STATUS_SUCCESS)
		return true;
	return error_set(err, ERR_MEMORY, pos_none(), "no memory");
}

static void
drop(struct sheet *sheet)
{
	if (sheet->still.surface)
		cairo_surface_destroy(sheet->still.surface);
	if (sheet->flowing)
		g_object_unref(sheet->flowing);
	buf_free(&sheet->still.key);
	buf_free(&sheet->line);
	buf_free(&sheet->title);
	buf_free(&sheet->clock);
	buf_free(&sheet->said);
	arena_free(&sheet->arena);
}

bool
sheet_finish(struct sheet *sheet, struct error *err)
{
	cairo_status_t status = CAIRO_STATUS_SUCCESS;

	if (sheet->format == SHEET_PDF) {
		cairo_tag_end(sheet->cr, "Document");
		status = end_surface(sheet);
	}
	if (!buf_ok(&sheet->line) || !buf_ok(&sheet->title) ||
	    !buf_ok(&sheet->clock) || !buf_ok(&sheet->said) || sheet->failed)
		status = CAIRO_STATUS_NO_MEMORY;
	drop(sheet);
	if (status == CAIRO_STATUS_SUCCESS)
		return true;
	return error_set(err,
	    status == CAIRO_STATUS_NO_MEMORY ? ERR_MEMORY : ERR_IO, pos_none(),
	    "the pages: %s", cairo_status_to_string(status));
}

/* --- what many pages have alike ------------------------------------------- */

static void
record(struct sheet *sheet, void (*draw)(struct sheet *sheet, void *arg),
    void *arg)
{
	cairo_rectangle_t extents = {0, 0, sheet->width, sheet->height};
	cairo_t *page = sheet->cr;

	sheet->still.surface =
	    cairo_recording_surface_create(CAIRO_CONTENT_COLOR_ALPHA, &extents);
	sheet->cr = cairo_create(sheet->still.surface);
	draw(sheet, arg);
	cairo_destroy(sheet->cr);
	sheet->cr = page;
}

/* A document of one page has nothing to share: the second one records. */
void
sheet_still(struct sheet *sheet, const void *key, size_t n,
    void (*draw)(struct sheet *sheet, void *arg), void *arg)
{
	struct str wish = {key, n};

	if (sheet->format != SHEET_PDF ||
	    !str_eq(buf_str(&sheet->still.key), wish)) {
		buf_reset(&sheet->still.key);
		buf_add_str(&sheet->still.key, wish);
		if (sheet->still.surface)
			cairo_surface_destroy(sheet->still.surface);
		sheet->still.surface = NULL;
		draw(sheet, arg);
		return;
	}
	if (!sheet->still.surface)
		record(sheet, draw, arg);
	cairo_set_source_surface(sheet->cr, sheet->still.surface, 0, 0);
	cairo_paint(sheet->cr);
}
