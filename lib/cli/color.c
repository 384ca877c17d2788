#include "cli/color.h"

#include <stdio.h>
#include <stdlib.h>

#include "cli/color_names.h"

/* Luminance, of 65536, with a contrast of 2.2 or more to black and white. */
#define DARKEST   4200
#define BRIGHTEST 28000
#define MIDDLE    13000 /* black and white contrast with it equally */

static bool
from_name(struct color *color, struct str text)
{
	size_t low = 0, high = color_name_count;

	while (low < high) {
		size_t middle = (low + high) / 2;
		const struct color_name *name = &color_names[middle];
		int order = str_icmp(text, str_of(name->name));

		if (order == 0) {
			*color = (struct color){(uint8_t)(name->rgb >> 16),
			    (uint8_t)(name->rgb >> 8), (uint8_t)name->rgb};
			return true;
		}
		if (order < 0)
			high = middle;
		else
			low = middle + 1;
	}
	return false;
}

static int
hex(char c)
{
	c = ascii_lower(c);
	if (ascii_digit(c))
		return c - '0';
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

bool
color_parse(struct color *color, struct str text)
{
	uint8_t parts[3];
	size_t digits;

	text = str_trim(text);
	if (!text.n || text.p[0] != '#')
		return from_name(color, text);
	text = str_from(text, 1);
	if (text.n != 3 && text.n != 6 && text.n != 8)
		return false;
	digits = text.n == 3 ? 1 : 2;
	for (size_t i = 0; i < text.n; i++)
		if (hex(text.p[i]) < 0)
			return false;
	for (size_t i = 0; i < 3; i++) {
		int high = hex(text.p[i * digits]);
		int low = hex(text.p[i * digits + digits - 1]);

		parts[i] = (uint8_t)(high * 16 + low);
	}
	*color = (struct color){parts[0], parts[1], parts[2]};
	return true;
}

const char *
color_name(struct color color)
{
	uint32_t rgb =
	    (uint32_t)color.red << 16 | (uint32_t)color.green << 8 | color.blue;

	for (size_t i = 0; i < color_name_count; i++)
		if (color_names[i].rgb == rgb)
			return color_names[i].name;
	return NULL;
}

static uint32_t
root(uint32_t square)
{
	uint32_t r = 0;

	while ((r + 1) * (r + 1) <= square)
		r++;
	return r;
}

/* Of 65025. sRGB's curve is near enough to a square for what this is for. */
static uint32_t
luminance(struct color color)
{
	uint32_t red = (uint32_t)color.red * color.red;
	uint32_t green = (uint32_t)color.green * color.green;
	uint32_t blue = (uint32_t)color.blue * color.blue;

	return (red * 213 + green * 715 + blue * 72) / 1000;
}

struct color
color_readable(struct color color)
{
	uint8_t *parts[] = {&color.red, &color.green, &color.blue};
	uint32_t light[3], all;

	for (int i = 0; i < 3; i++)
		light[i] = (uint32_t)*parts[i] * *parts[i];
	all = luminance(color);
	if (all >= DARKEST && all <= BRIGHTEST)
		return color;
	for (int i = 0; i < 3; i++) {
		if (all > BRIGHTEST)
			light[i] =
			    (uint32_t)((uint64_t)light[i] * BRIGHTEST / all);
		else
			light[i] += (65025 - light[i]) * (DARKEST - all) /
			            (65025 - all);
		*parts[i] = (uint8_t)root(light[i]);
	}
	return color;
}

enum color_depth
color_depth(void)
{
	static const struct str many[] = {STR_C("256color"), STR_C("kitty"),
	    STR_C("alacritty"), STR_C("foot"), STR_C("wezterm"),
	    STR_C("ghostty")};
	struct str value = str_of(getenv("COLORTERM"));
	struct str term = str_of(getenv("TERM"));

	if (str_ieq(value, STR("truecolor")) || str_ieq(value, STR("24bit")) ||
	    str_find(term, STR("direct")) != SIZE_MAX)
		return COLOR_TRUE;
	for (size_t i = 0; i < sizeof(many) / sizeof(many[0]); i++)
		if (str_find(term, many[i]) != SIZE_MAX)
			return COLOR_256;
	return term.n ? COLOR_16 : COLOR_256;
}

static int
distance(struct color a, int red, int green, int blue)
{
	int r = a.red - red, g = a.green - green, b = a.blue - blue;

	return r * r + g * g + b * b;
}

/* The nearest of the cube of 6 * 6 * 6 and of the 24 greys; the first sixteen
 * are what the user has made of them. */
static int
nearest(struct color color)
{
	static const int levels[] = {0, 95, 135, 175, 215, 255};
	int best = 16, least = 1 << 30;

	for (int i = 0; i < 216; i++) {
		int d = distance(color, levels[i / 36], levels[i / 6 % 6],
		    levels[i % 6]);

		if (d < least) {
			least = d;
			best = 16 + i;
		}
	}
	for (int i = 0; i < 24; i++) {
		int grey = 8 + 10 * i, d = distance(color, grey, grey, grey);

		if (d < least) {
			least = d;
			best = 232 + i;
		}
	}
	return best;
}

/* As most terminals have them. */
static const struct color sixteen[16] = {{0, 0, 0}, {205, 0, 0}, {0, 205, 0},
    {205, 205, 0}, {0, 0, 238}, {205, 0, 205}, {0, 205, 205}, {229, 229, 229},
    {127, 127, 127}, {255, 0, 0}, {0, 255, 0}, {255, 255, 0}, {92, 92, 255},
    {255, 0, 255}, {0, 255, 255}, {255, 255, 255}};

static int
nearest_of_16(struct color color)
{
	int best = 0, least = 1 << 30;

	for (int i = 0; i < 16; i++) {
		int d = distance(color, sixteen[i].red, sixteen[i].green,
		    sixteen[i].blue);

		if (d < least) {
			least = d;
			best = i;
		}
	}
	return best;
}

static void
write_sgr(char *sgr, size_t room, struct color color, enum color_depth depth,
    int base)
{
	int n;

	if (depth == COLOR_TRUE) {
		snprintf(sgr, room, "%d;2;%u;%u;%u", base + 8,
		    (unsigned)color.red, (unsigned)color.green,
		    (unsigned)color.blue);
	} else if (depth == COLOR_256) {
		snprintf(sgr, room, "%d;5;%d", base + 8, nearest(color));
	} else {
		n = nearest_of_16(color);
		snprintf(sgr, room, "%d", n < 8 ? base + n : base + 60 + n - 8);
	}
}

void
color_sgr(char sgr[COLOR_SGR_ROOM], struct color color, enum color_depth depth)
{
	write_sgr(sgr, COLOR_SGR_ROOM, color, depth, 30);
}

void
color_sgr_filled(char sgr[COLOR_SGR_ROOM], struct color color,
    enum color_depth depth)
{
	static const struct color black = {0, 0, 0}, white = {255, 255, 255};
	bool light;
	size_t n;

	if (depth == COLOR_16)
		color = sixteen[nearest_of_16(color)];
	light = luminance(color) >= MIDDLE;
	write_sgr(sgr, COLOR_SGR_ROOM, color, depth, 40);
	n = strlen(sgr);
	sgr[n] = ';';
	write_sgr(sgr + n + 1, COLOR_SGR_ROOM - n - 1, light ? black : white,
	    depth, 30);
}
