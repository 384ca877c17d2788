/* Canvas and flows: text in boxes, never beyond them. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "cli/grapheme.h"
#include "term/canvas.h"

static struct out out;
static struct screen screen;

static int
open_screen(void **state)
{
	(void)state;
	screen = (struct screen){.out = &out,
	    .charset = {.utf8 = true},
	    .isolates = true,
	    .width = 80};
	return out_init(&out, -1) ? 0 : -1;
}

static int
close_screen(void **state)
{
	(void)state;
	out_free(&out);
	return 0;
}

/* What the canvas writes; the buffer of `out` is not full before. */
static struct str
written(struct canvas *canvas)
{
	out.n = 0;
	assert_true(canvas_write(canvas));
	canvas_free(canvas);
	return (struct str){out.p, out.n};
}

#define assert_text(text, wanted)                              \
	do {                                                   \
		struct str text_ = (text);                     \
		assert_int_equal(text_.n, strlen(wanted));     \
		assert_memory_equal(text_.p, wanted, text_.n); \
	} while (0)

/* A text in a box of that size, at the left of a column of bars. */
static struct str
in_box(const char *text, size_t width, size_t height)
{
	struct canvas canvas;
	struct flow flow = {.canvas = &canvas,
	    .screen = &screen,
	    .width = width,
	    .height = height};

	assert_true(canvas_init(&canvas, &screen, width + 1, height));
	for (size_t y = 0; y < height; y++)
		canvas_glyph(&canvas, width, y, GLYPH_COLUMN, (struct ink){0});
	flow_text(&flow, str_of(text), (struct ink){0});
	return written(&canvas);
}

static void
wraps_between_words(void **state)
{
	(void)state;
	assert_text(in_box("one two three", 8, 2), "one two │\nthree   │\n");
	assert_text(in_box("one two three", 7, 2), "one two│\nthree  │\n");
	assert_text(in_box("  one \t\n two ", 9, 1), "one two  │\n");
	assert_text(in_box("", 3, 1), "   │\n");
}

static void
marks_what_is_cut_off(void **state)
{
	(void)state;
	assert_text(in_box("one two three", 7, 1), "one tw…│\n");
	assert_text(in_box("one two three", 8, 1), "one two…│\n");
	assert_text(in_box("one two three", 4, 1), "one…│\n");
	assert_text(in_box("one two three", 3, 1), "on…│\n");
	assert_text(in_box("one", 1, 1), "…│\n");
	assert_text(in_box("one two three", 5, 2), "one  │\ntwo… │\n");
}

static void
breaks_long_words(void **state)
{
	(void)state;
	assert_text(in_box("Donaudampf", 4, 3), "Dona│\nudam│\npf  │\n");
	assert_text(in_box("a half-width", 7, 2), "a half-│\nwidth  │\n");
	/* Chinese and Japanese anywhere, but not before a full stop. */
	assert_text(in_box("会議室です。", 9, 2), "会議室で │\nす。     │\n");
}

static void
keeps_characters_whole(void **state)
{
	(void)state;
	assert_text(in_box("会議", 3, 1), "会…│\n");
	assert_text(in_box("会議", 2, 1), "… │\n");
	assert_text(in_box("e\xcc\x81te\xcc\x81", 2, 1), "e\xcc\x81…│\n");
	assert_text(in_box("\xf0\x9f\x91\xa8\xe2\x80\x8d\xf0\x9f\x91\xa9 x", 4,
			1),
	    "\xf0\x9f\x91\xa8\xe2\x80\x8d\xf0\x9f\x91\xa9 x│\n");
}

static void
lets_no_control_pass(void **state)
{
	(void)state;
	assert_text(in_box("a\033[31mb\a\177\xc2\x9b", 8, 1), "a[31mb  │\n");
	assert_text(in_box("a\xe2\x80\xae"
			   "b\xe2\x81\xa6"
			   "c",
			4, 1),
	    "abc │\n");
	assert_text(in_box("a\xff\xfe", 4, 1), "a?? │\n");
	assert_text(in_box("\a \a", 2, 1), "  │\n");
}

static void
isolates_what_runs_to_the_left(void **state)
{
	(void)state;
	assert_text(in_box("\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d x", 4, 2),
	    "\xe2\x81\xa8\xd7\xa9\xd7\x9c\xd7\x95\xd7\x9d\xe2\x81\xa9│\n"
	    "\xe2\x81\xa8x\xe2\x81\xa9   │\n");
}

/* Another text over the end of an isolated one leaves it closed. */
static void
closes_what_is_written_over(void **state)
{
	struct canvas canvas;

	(void)state;
	assert_true(canvas_init(&canvas, &screen, 4, 1));
	canvas_text(&canvas, 0, 0, 2, STR("\xd7\xa9\xd7\x9c"), (struct ink){0});
	canvas_text(&canvas, 1, 0, 1, STR("x"), (struct ink){0});
	assert_text(written(&canvas), "\xe2\x81\xa8\xd7\xa9x\xe2\x81\xa9\n");
}

/* Half a wide character is none. */
static void
writes_over_wide_ones(void **state)
{
	struct canvas canvas;

	(void)state;
	assert_true(canvas_init(&canvas, &screen, 6, 1));
	canvas_text(&canvas, 0, 0, 6, STR("会議室"), (struct ink){0});
	canvas_text(&canvas, 1, 0, 1, STR("x"), (struct ink){0});
	canvas_text(&canvas, 4, 0, 1, STR("y"), (struct ink){0});
	assert_text(written(&canvas), " x議y\n");
}

static void
colours_only_where_there_are_some(void **state)
{
	struct ink ink = {INK_FILLED, {0, 128, 128}};
	struct canvas canvas;

	(void)state;
	for (int color = 0; color < 2; color++) {
		screen.color = color;
		screen.depth = COLOR_TRUE;
		assert_true(canvas_init(&canvas, &screen, 4, 1));
		canvas_fill(&canvas, 0, 0, 3, 1, ink);
		canvas_text(&canvas, 0, 0, 3, STR("ab"), ink);
		if (color)
			assert_text(written(&canvas),
			    "\033[0;48;2;0;128;128;38;2;255;255;255mab "
			    "\033[0m\n");
		else
			assert_text(written(&canvas), "ab\n");
	}
	screen.color = false;
}

/* Outside of the canvas nothing happens. */
static void
stays_on_the_canvas(void **state)
{
	struct canvas canvas;

	(void)state;
	assert_true(canvas_init(&canvas, &screen, 3, 1));
	canvas_glyph(&canvas, 3, 0, GLYPH_RULE, (struct ink){0});
	canvas_glyph(&canvas, 0, 1, GLYPH_RULE, (struct ink){0});
	canvas_rule(&canvas, 1, 0, 9, GLYPH_RULE, (struct ink){0});
	canvas_fill(&canvas, 2, 0, 9, 9, (struct ink){INK_BOLD, {0}});
	canvas_clear(&canvas, 2, 0, 9, 9);
	canvas_text(&canvas, 2, 0, 9, STR("会abc"), (struct ink){0});
	assert_text(written(&canvas), " ─\n");
}

int
main(void)
{
	const struct CMUnitTest tests[] = {
	    cmocka_unit_test(wraps_between_words),
	    cmocka_unit_test(marks_what_is_cut_off),
	    cmocka_unit_test(breaks_long_words),
	    cmocka_unit_test(keeps_characters_whole),
	    cmocka_unit_test(lets_no_control_pass),
	    cmocka_unit_test(isolates_what_runs_to_the_left),
	    cmocka_unit_test(closes_what_is_written_over),
	    cmocka_unit_test(writes_over_wide_ones),
	    cmocka_unit_test(colours_only_where_there_are_some),
	    cmocka_unit_test(stays_on_the_canvas),
	};

	return cmocka_run_group_tests(tests, open_screen, close_screen);
}
