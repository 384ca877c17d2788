/* Head and foot of a page, bookmarks; see sheet.h. */
#include <cairo-pdf.h>

#include "pdf/surface.h"

static double
sheet_title(const struct sheet *sheet)
{
	double size = 16 * sheet->scale;

	return size < 9 ? 9 : size;
}

/* --- the foot ------------------------------------------------------------- */

static void
draw_legend(struct sheet *sheet, double y, double from)
{
	struct agenda_paper *agenda = sheet->agenda;
	struct text_style style = {.size = sheet_small(sheet),
	    .color = grey(0.25),
	    .one_line = true};
	double line = sheet_line(sheet, style.size), x = from;
	double right =
	    sheet->width - sheet->margin - 40 * sheet->scale - sheet->foot_end;

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
	struct buf number = {0};

	language_number(agenda->language, &number,
	    sheet->page - sheet->section_page);
	sheet_text(sheet, sheet->width - sheet->margin - 40, y, 40, line,
	    STR(""), buf_str(&number), &style, NULL);
	buf_free(&number);
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

/* --- bookmarks ------------------------------------------------------------ */

static int
add_outline(struct sheet *sheet, size_t page, int parent, struct str title)
{
	char where[40], text[160];

	snprintf(where, sizeof(where), "page=%zu pos=[0 0]", page);
	snprintf(text, sizeof(text), "%.*s", STR_ARG(str_head(title, 150)));
	if (sheet->format != SHEET_PDF || !g_utf8_validate(text, -1, NULL))
		return parent;
	return cairo_pdf_surface_add_outline(sheet->surface, parent, text,
	    where, CAIRO_PDF_OUTLINE_FLAG_OPEN);
}

void
sheet_section(struct sheet *sheet, struct str name)
{
	sheet->outline = CAIRO_PDF_OUTLINE_ROOT;
	if (name.n)
		sheet->outline = add_outline(sheet, sheet->page + 1,
		    CAIRO_PDF_OUTLINE_ROOT, name);
	sheet->section++;
	sheet->section_page = sheet->page;
	sheet->refs = sheet->detailed = 0;
	buf_reset(&sheet->said);
}

static void
set_title(struct sheet *sheet, struct str title)
{
	char text[512];

	if (sheet->format != SHEET_PDF || title.n > 500)
		return;
	snprintf(text, sizeof(text), "%.*s", STR_ARG(title));
	if (g_utf8_validate(text, -1, NULL))
		cairo_pdf_surface_set_metadata(sheet->surface,
		    CAIRO_PDF_METADATA_TITLE, text);
}

/* --- the head ------------------------------------------------------------- */

/* At the end edge; gives the width that they take. */
static double
draw_minis(struct sheet *sheet, const struct page_head *head, double *h)
{
	struct mini mini = {.day = head->from,
	    .from = head->from,
	    .until = head->until,
	    .size = sheet_tiny(sheet)};
	double w, x = sheet->width - sheet->margin;
	int32_t next =
	    civil_add_months(head->from - civil_of_day(head->from).day + 1, 1);

	*h = 0;
	if (!head->minis || sheet->height < 450)
		return 0;
	mini_draw(sheet, &mini, 0, 0, &w, h, false);
	if (w * 4 > sheet->width - 2 * sheet->margin)
		return 0;
	mini_draw(sheet, &mini, x - 2 * w - 14, sheet->margin, &w, h, true);
	mini.day = next;
	mini_draw(sheet, &mini, x - w, sheet->margin, &w, h, true);
	return 2 * w + 14;
}

/* What the text beside it leaves for the title. */
static double
title_room(struct sheet *sheet, struct str beside, double inner)
{
	double w = sheet_width(sheet, beside, sheet_head(sheet), false) + 13;

	if (beside.n == 0)
		return inner;
	return w < inner * 0.45 ? inner - w : inner * 0.55;
}

static void
draw_head(struct sheet *sheet, const struct page_head *head, struct str title)
{
	struct text_style style = {.size = sheet_title(sheet),
	    .color = grey(0.05),
	    .bold = true,
	    .one_line = true};
	double line = sheet_line(sheet, style.size), m = sheet->margin, high;
	double inner = sheet->width - 2 * m;
	double minis = draw_minis(sheet, head, &high);
	double left = minis > 0 ? inner - minis - 10
	                        : title_room(sheet, head->beside, inner);

	while (style.size > 9 &&
	       sheet_width(sheet, title, style.size, true) > left)
		style.size -= 0.5;
	sheet_tag_begin(sheet, "H1");
	sheet_text(sheet, m, m, left, line, STR(""), title, &style, NULL);
	sheet_tag_end(sheet, "H1");
	style = (struct text_style){.size = sheet_head(sheet),
	    .color = grey(0.3),
	    .one_line = true,
	    .align = minis > 0 ? ALIGN_START : ALIGN_END};
	if (minis > 0)
		sheet_text(sheet, m, m + line + 1, left, line, STR(""),
		    head->beside, &style, NULL);
	else
		sheet_text(sheet, m + left, m + line * 0.32, inner - left, line,
		    STR(""), head->beside, &style, NULL);
	sheet->top = m + (line > high ? line : high) + 6 * sheet->scale;
	sheet->bottom = sheet->height - m -
	                sheet_line(sheet, sheet_small(sheet)) -
	                5 * sheet->scale;
}

void
sheet_page(struct sheet *sheet, const struct page_head *head)
{
	bool again = sheet->page > sheet->section_page &&
	             str_eq(head->title, buf_str(&sheet->said));
	struct buf title = {0};

	sheet->page++;
	sheet_surface_page(sheet);
	if (sheet->page == 1)
		set_title(sheet, head->title);
	buf_add_str(&title, head->title);
	if (again) {
		buf_add_str(&title, STR(" …"));
	} else {
		add_outline(sheet, sheet->page, sheet->outline, head->title);
		buf_reset(&sheet->said);
		buf_add_str(&sheet->said, head->title);
	}
	sheet_tag_begin(sheet, "Sect");
	draw_head(sheet, head, buf_str(&title));
	sheet->failed |= !buf_ok(&title);
	buf_free(&title);
}

void
sheet_page_end(struct sheet *sheet)
{
	draw_foot(sheet);
	sheet_tag_end(sheet, "Sect");
	sheet_surface_page_end(sheet);
}
