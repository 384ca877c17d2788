#include "pdf/sheet.h"

#include <fontconfig/fontconfig.h>
#include <pango/pangofc-fontmap.h>

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

static double
sheet_title(const struct sheet *sheet)
{
	return sized(sheet, 16);
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

/* --- the document --------------------------------------------------------- */

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

/* Cairo 1.16 writes glyphs of colour fonts as coarse images, under names that
 * occur twice. */
static bool
choose_fonts(struct sheet *sheet, struct error *err)
{
	static const FcChar8 rules[] =
	    "<fontconfig><selectfont><rejectfont><pattern><patelt "
	    "name=\"color\">"
	    "<bool>true</bool></patelt></pattern></rejectfont></selectfont>"
	    "</fontconfig>";
	FcConfig *config = FcInitLoadConfig();
	FcFontSet *fonts;

	if (!config ||
	    !FcConfigParseAndLoadFromMemory(config, rules, FcFalse) ||
	    !FcConfigBuildFonts(config))
		return error_set(err, ERR_ABSENT, pos_none(),
		    "the fonts of the system cannot be listed");
	sheet->config = config;
	fonts = FcConfigGetFonts(config, FcSetSystem);
	if (!fonts || fonts->nfont == 0)
		return error_set(err, ERR_ABSENT, pos_none(),
		    "no font is installed (such as fonts-noto-core): a page "
		    "would have no text");
	sheet->map = pango_cairo_font_map_new_for_font_type(CAIRO_FONT_TYPE_FT);
	pango_fc_font_map_set_config(PANGO_FC_FONT_MAP(sheet->map), config);
	return true;
}

static void
start_text(struct sheet *sheet)
{
	cairo_font_options_t *options = cairo_font_options_create();

	cairo_font_options_set_hint_style(options, CAIRO_HINT_STYLE_NONE);
	cairo_font_options_set_hint_metrics(options, CAIRO_HINT_METRICS_OFF);
	sheet->context = pango_font_map_create_context(sheet->map);
	pango_cairo_context_set_font_options(sheet->context, options);
	pango_cairo_context_set_resolution(sheet->context, 72);
	pango_context_set_round_glyph_positions(sheet->context, FALSE);
	cairo_font_options_destroy(options);
	sheet->layout = pango_layout_new(sheet->context);
}

bool
sheet_start(struct sheet *sheet, struct error *err)
{
	if (!choose_fonts(sheet, err))
		return false;
	start_text(sheet);
	sheet->surface = cairo_pdf_surface_create_for_stream(write_bytes, sheet,
	    sheet->width, sheet->height);
	cairo_pdf_surface_set_metadata(sheet->surface,
	    CAIRO_PDF_METADATA_CREATOR, "icspdf (kalends)");
	cairo_pdf_surface_set_metadata(sheet->surface,
	    CAIRO_PDF_METADATA_CREATE_DATE, sheet->stamp);
	sheet->cr = cairo_create(sheet->surface);
	cairo_tag_begin(sheet->cr, "Document", NULL);
	return true;
}

bool
sheet_finish(struct sheet *sheet, struct error *err)
{
	cairo_status_t status;

	cairo_tag_end(sheet->cr, "Document");
	status = cairo_status(sheet->cr);
	cairo_destroy(sheet->cr);
	cairo_surface_finish(sheet->surface);
	if (status == CAIRO_STATUS_SUCCESS)
		status = cairo_surface_status(sheet->surface);
	cairo_surface_destroy(sheet->surface);
	g_object_unref(sheet->layout);
	g_object_unref(sheet->context);
	g_object_unref(sheet->map);
	FcConfigDestroy(sheet->config);
	if (!buf_ok(&sheet->text) || !buf_ok(&sheet->line) || sheet->failed)
		status = CAIRO_STATUS_NO_MEMORY;
	buf_free(&sheet->text);
	buf_free(&sheet->line);
	buf_free(&sheet->title);
	buf_free(&sheet->clock);
	arena_free(&sheet->arena);
	if (status == CAIRO_STATUS_SUCCESS)
		return true;
	return error_set(err,
	    status == CAIRO_STATUS_NO_MEMORY ? ERR_MEMORY : ERR_IO, pos_none(),
	    "the PDF: %s", cairo_status_to_string(status));
}

/* --- pages ---------------------------------------------------------------- */

static void
draw_legend(struct sheet *sheet, double y, double from)
{
	struct agenda_paper *agenda = sheet->agenda;
	struct text_style style = {.size = sheet_small(sheet),
	    .color = grey(0.25),
	    .one_line = true};
	double line = sheet_line(sheet, style.size), x = from;
	double right = sheet->width - sheet->margin - 40 * sheet->scale;

	for (size_t i = 0; i < agenda->calendar_count; i++) {
		struct entry entry = {.item = {.number = i}};
		struct str name = agenda->calendars[i].name;
		double w = sheet_width(sheet, name, style.size, false) + 1;
		struct paint paint;

		if (x + w + 12 > right) {
			sheet_text(sheet, x, y, 20, line, STR("…"), STR(""),
			    &style, NULL);
			break;
		}
		paint_of(sheet, &entry, &paint);
		paint_draw(sheet, &paint, x, y + line * 0.2, line, line * 0.6);
		sheet_text(sheet, x + line + 3, y, w, line, STR(""), name,
		    &style, NULL);
		x += w + line + 14;
	}
}

static void
draw_foot(struct sheet *sheet)
{
	struct agenda_paper *agenda = sheet->agenda;
	struct text_style style = {.size = sheet_small(sheet),
	    .color = grey(0.35),
	    .one_line = true,
	    .align = ALIGN_END};
	double line = sheet_line(sheet, style.size), x = sheet->margin;
	double y = sheet->height - sheet->margin - line;
	char number[24];

	snprintf(number, sizeof(number), "%zu", sheet->page);
	sheet_text(sheet, sheet->width - sheet->margin - 40, y, 40, line,
	    STR(""), str_of(number), &style, NULL);
	style.align = ALIGN_START;
	if (agenda->incomplete) {
		struct str text = str_of(agenda->words->incomplete);
		double w;

		style.color = (struct rgb){0.7, 0.1, 0};
		style.bold = true;
		w = sheet_width(sheet, text, style.size, true) + 1;
		sheet_text(sheet, x, y, w, line, STR(""), text, &style, NULL);
		x += w + 14;
	}
	if (agenda->calendar_count > 1)
		draw_legend(sheet, y, x);
}

static void
add_outline(struct sheet *sheet, struct str title)
{
	char where[40], text[160];

	snprintf(where, sizeof(where), "page=%zu pos=[0 0]", sheet->page);
	snprintf(text, sizeof(text), "%.*s", STR_ARG(str_head(title, 150)));
	if (!g_utf8_validate(text, -1, NULL))
		return;
	cairo_pdf_surface_add_outline(sheet->surface, CAIRO_PDF_OUTLINE_ROOT,
	    text, where, CAIRO_PDF_OUTLINE_FLAG_OPEN);
}

void
sheet_page(struct sheet *sheet, struct str title, struct str beside)
{
	struct text_style style = {.size = sheet_title(sheet),
	    .color = grey(0.05),
	    .bold = true,
	    .one_line = true};
	double line = sheet_line(sheet, style.size), m = sheet->margin;
	double inner = sheet->width - 2 * m, left = inner * 0.68;

	sheet->page++;
	add_outline(sheet, title);
	if (sheet->page == 1 && title.n < 500) {
		char text[512];

		snprintf(text, sizeof(text), "%.*s", STR_ARG(title));
		cairo_pdf_surface_set_metadata(sheet->surface,
		    CAIRO_PDF_METADATA_TITLE, text);
	}
	cairo_tag_begin(sheet->cr, "Sect", NULL);
	cairo_tag_begin(sheet->cr, "H1", NULL);
	sheet_text(sheet, m, m, left, line, STR(""), title, &style, NULL);
	cairo_tag_end(sheet->cr, "H1");
	style = (struct text_style){.size = sheet_head(sheet),
	    .color = grey(0.3),
	    .one_line = true,
	    .align = ALIGN_END};
	sheet_text(sheet, m + left, m + line * 0.32, inner - left, line,
	    STR(""), beside, &style, NULL);
	sheet->top = m + line + 6 * sheet->scale;
	sheet->bottom = sheet->height - m -
	                sheet_line(sheet, sheet_small(sheet)) -
	                5 * sheet->scale;
}

void
sheet_page_end(struct sheet *sheet)
{
	draw_foot(sheet);
	cairo_tag_end(sheet->cr, "Sect");
	cairo_show_page(sheet->cr);
}
