#include "term/screen.h"

#include <langinfo.h>
#include <stdlib.h>

#include "cli/terminal.h"

void
screen_init(struct screen *screen, struct out *out, size_t width,
    enum cli_color color)
{
	*screen = (struct screen){
	    .out = out,
	    .words = words_of(NULL),
	    .width = width ? width : terminal_width(out->fd),
	    .height = terminal_height(out->fd),
	    .color = terminal_has_color(out->fd, color),
	    .depth = color_depth(),
	};
	if (screen->width < SCREEN_NARROWEST)
		screen->width = SCREEN_NARROWEST;
	screen->positions =
	    screen->color && terminal_has(out->fd, screen->width);
	charset_init(&screen->charset, nl_langinfo(CODESET));
	/* The console of Linux shows a box for what it should ignore. */
	screen->isolates = screen->charset.utf8 &&
	                   !str_eq(str_of(getenv("TERM")), STR("linux"));
}

void
screen_free(struct screen *screen)
{
	charset_free(&screen->charset);
}

/* All are one column wide, but those of tasks and branches in ASCII. */
static const char *const utf8[GLYPH_COUNT] = {
    [GLYPH_NONE] = " ",
    [GLYPH_RULE] = "─",
    [GLYPH_COLUMN] = "│",
    [GLYPH_CROSS] = "┼",
    [GLYPH_FOOT] = "┴",
    [GLYPH_SKIP] = "┄",
    [GLYPH_GONE] = "╱",
    [GLYPH_FREE] = "░",
    [GLYPH_NOW] = "▸",
    [GLYPH_TODAY] = "●",
    [GLYPH_MORE] = "…",
    [GLYPH_FIRST] = "┏",
    [GLYPH_MIDDLE] = "┃",
    [GLYPH_LAST] = "┗",
    [GLYPH_ONLY] = "╺",
    [GLYPH_LIGHT_FIRST] = "┌",
    [GLYPH_LIGHT_MIDDLE] = "┆",
    [GLYPH_LIGHT_LAST] = "└",
    [GLYPH_LIGHT_ONLY] = "╶",
    [GLYPH_ABOVE] = "▴",
    [GLYPH_BELOW] = "▾",
    [GLYPH_BAR_FIRST] = "┣",
    [GLYPH_BAR] = "━",
    [GLYPH_BAR_LAST] = "┫",
    [GLYPH_BEFORE] = "◂",
    [GLYPH_AFTER] = "▸",
    [GLYPH_OPEN] = "☐ ",
    [GLYPH_DONE] = "☑ ",
    [GLYPH_VOID] = "☒ ",
    [GLYPH_CANCELLED] = "✗ ",
    [GLYPH_BRANCH] = "├─",
    [GLYPH_BRANCH_LAST] = "└─",
    [GLYPH_TRUNK] = "│ ",
    [GLYPH_FULL] = "█",
    [GLYPH_EMPTY] = "░",
    [GLYPH_SWATCH] = "▌",
    [GLYPH_DASH] = "–",
};

static const char *const ascii[GLYPH_COUNT] = {
    [GLYPH_NONE] = " ",
    [GLYPH_RULE] = "-",
    [GLYPH_COLUMN] = "|",
    [GLYPH_CROSS] = "+",
    [GLYPH_FOOT] = "+",
    [GLYPH_SKIP] = ".",
    [GLYPH_GONE] = "/",
    [GLYPH_FREE] = ".",
    [GLYPH_NOW] = ">",
    [GLYPH_TODAY] = "*",
    [GLYPH_MORE] = "~",
    [GLYPH_FIRST] = "[",
    [GLYPH_MIDDLE] = ":",
    [GLYPH_LAST] = ":",
    [GLYPH_ONLY] = "[",
    [GLYPH_LIGHT_FIRST] = "(",
    [GLYPH_LIGHT_MIDDLE] = ":",
    [GLYPH_LIGHT_LAST] = ":",
    [GLYPH_LIGHT_ONLY] = "(",
    [GLYPH_ABOVE] = "^",
    [GLYPH_BELOW] = "v",
    [GLYPH_BAR_FIRST] = "[",
    [GLYPH_BAR] = "=",
    [GLYPH_BAR_LAST] = "]",
    [GLYPH_BEFORE] = "<",
    [GLYPH_AFTER] = ">",
    [GLYPH_OPEN] = "[ ] ",
    [GLYPH_DONE] = "[x] ",
    [GLYPH_VOID] = "[-] ",
    [GLYPH_CANCELLED] = "x ",
    [GLYPH_BRANCH] = "|-",
    [GLYPH_BRANCH_LAST] = "`-",
    [GLYPH_TRUNK] = "| ",
    [GLYPH_FULL] = "#",
    [GLYPH_EMPTY] = ".",
    [GLYPH_SWATCH] = "*",
    [GLYPH_DASH] = "-",
};

struct str
screen_glyph(const struct screen *screen, enum glyph glyph)
{
	return str_of(screen->charset.utf8 ? utf8[glyph] : ascii[glyph]);
}
