#include "cli/color.h"

#include <stdio.h>
#include <stdlib.h>

#include "cli/color_names.h"

/* Luminance, of 65536, with a contrast of 2.2 or more to black and white. */
#define DARKEST   4200
#define BRIGHTEST 28000

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

/* sRGB's curve is near enough to a square for what this is for. */
struct color
color_readable(struct color color)
{
	uint8_t *parts[] = {&color.red, &color.green, &color.blue};
	uint32_t light[3], all;

	for (int i = 0; i < 3; i++)
		light[i] = (uint32_t)*parts[i] * *parts[i];
	all = (light[0] * 213 + light[1] * 715 + light[2] * 72) / 1000;
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
	struct str value = str_of(getenv("COLORTERM"));

	return str_ieq(value, STR("truecolor")) || str_ieq(value, STR("24bit"))
	           ? COLOR_TRUE
	           : COLOR_256;
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

void
color_sgr(char sgr[COLOR_SGR_ROOM], struct color color, enum color_depth depth)
{
	if (depth == COLOR_TRUE)
		snprintf(sgr, COLOR_SGR_ROOM, "38;2;%u;%u;%u",
		    (unsigned)color.red, (unsigned)color.green,
		    (unsigned)color.blue);
	else
		snprintf(sgr, COLOR_SGR_ROOM, "38;5;%d", nearest(color));
}
