/*
 * The names of CSS Color Module Level 3, which are RFC 7986's.
 */
#ifndef KALENDS_CLI_COLOR_NAMES_H
#define KALENDS_CLI_COLOR_NAMES_H

#include <stddef.h>
#include <stdint.h>

struct color_name {
	const char *name; /* lower case, in alphabetical order */
	uint32_t rgb;     /* 0xrrggbb */
};

extern const struct color_name color_names[];
extern const size_t color_name_count;

#endif
