/*
 * Colours of calendars (RFC 7986, 5.9: a CSS3 name; others write #rrggbb) on a
 * terminal.
 */
#ifndef KALENDS_CLI_COLOR_H
#define KALENDS_CLI_COLOR_H

#include "base/str.h"

struct color {
	uint8_t red, green, blue;
};

enum color_depth { COLOR_16, COLOR_256, COLOR_TRUE };

/* Names in any case; #rgb, #rrggbb, #rrggbbaa (its transparency is dropped).
 * False for anything else. */
bool color_parse(struct color *color, struct str text);

/* The CSS name of exactly this colour; NULL where it has none. */
const char *color_name(struct color color);

/* Darker or brighter where it would be hard to see on a white or a black
 * background; the hue stays. */
struct color color_readable(struct color color);

/* What $COLORTERM, else $TERM says that the terminal can do. */
enum color_depth color_depth(void);

#define COLOR_SGR_ROOM 40

/* What makes it the colour of the text: "31", "38;5;N" or "38;2;R;G;B". */
void color_sgr(char sgr[COLOR_SGR_ROOM], struct color color,
    enum color_depth depth);

/* What makes it the background, with the text in black or white on it,
 * whichever is easier to read. */
void color_sgr_filled(char sgr[COLOR_SGR_ROOM], struct color color,
    enum color_depth depth);

#endif
