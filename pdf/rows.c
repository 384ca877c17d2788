#include "pdf/rows.h"

void
rows_columns(struct sheet *sheet, double left, double *x)
{
	double width = sheet->width - sheet->margin - left;

	for (int i = 0; i <= 7; i++)
		x[i] = left + width * i / 7;
}

double
rows_heads(struct sheet *sheet, const double *x, int32_t first, bool dates)
{
	struct text_style style = {.size = sheet_head(sheet),
	    .color = grey(0.15),
	    .bold = true,
	    .one_line = true};
	double line = sheet_line(sheet, style.size);

	for (int i = 0; i < 7; i++) {
		buf_reset(&sheet->title);
		if (dates)
			sheet_date(sheet, &sheet->title, DATE_SHORT, first + i);
		else
			language_weekday(sheet->agenda->language, &sheet->title,
			    first + i, sheet->width < sheet->height);
		sheet_text(sheet, x[i] + 3, sheet->top, x[i + 1] - x[i] - 4,
		    line, STR(""), buf_str(&sheet->title), &style, NULL);
	}
	sheet_rule(sheet, x[0], sheet->top + line + 1, x[7],
	    sheet->top + line + 1, 0.9, 0.3, false);
	return sheet->top + line + 2;
}
