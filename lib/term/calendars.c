#include "term/calendars.h"

#include <stdlib.h>

/* Easy to tell apart, also for who does not see red and green well. */
static const struct color palette[] = {
    {0x3b, 0x82, 0xc4},
    {0xe0, 0x8a, 0x1e},
    {0x2f, 0x9e, 0x6e},
    {0xb8, 0x4f, 0x9e},
    {0x8c, 0x6b, 0x3f},
    {0x4f, 0xb3, 0xc8},
    {0xd0, 0x4a, 0x3a},
    {0x7a, 0x64, 0xc8},
    {0x9a, 0xa8, 0x2a},
    {0x7d, 0x86, 0x90},
};

#define PALETTE (sizeof(palette) / sizeof(palette[0]))

void
calendars_free(struct calendars *calendars)
{
	free(calendars->list);
	lookup_free(&calendars->names);
	arena_free(&calendars->arena);
}

static size_t
find(const struct calendars *calendars, struct str name, uint64_t hash)
{
	size_t at = SIZE_MAX, number;

	while (
	    (number = lookup_next(&calendars->names, hash, &at)) != LOOKUP_NONE)
		if (str_eq(calendars->list[number].name, name))
			break;
	return number;
}

static bool
grow(struct calendars *calendars)
{
	size_t room = calendars->room * 2 + 16;
	struct calendar *list =
	    realloc(calendars->list, room * sizeof(*calendars->list));

	if (!list)
		return false;
	calendars->list = list;
	calendars->room = room;
	return true;
}

size_t
calendars_number(struct calendars *calendars, struct str name, struct str color)
{
	uint64_t hash = lookup_hash(name, 0);
	size_t number = find(calendars, name, hash);
	struct calendar *calendar;

	if (number != LOOKUP_NONE)
		return number;
	number = calendars->count;
	if (number == calendars->room && !grow(calendars))
		return SIZE_MAX;
	calendar = &calendars->list[number];
	calendar->name = arena_copy(&calendars->arena, name);
	if ((name.n && !calendar->name.p) ||
	    !lookup_add(&calendars->names, hash, number))
		return SIZE_MAX;
	calendar->colored = color_parse(&calendar->color, color);
	calendars->count++;
	return number;
}

/* How far the nearest colour of the others is. */
static int
distance(const struct calendars *calendars, struct color color)
{
	int least = INT32_MAX;

	for (size_t i = 0; i < calendars->count; i++) {
		struct color other = calendars->list[i].color;
		int red = color.red - other.red;
		int green = color.green - other.green;
		int blue = color.blue - other.blue;
		int far = 2 * red * red + 4 * green * green + 3 * blue * blue;

		if (calendars->list[i].colored && far < least)
			least = far;
	}
	return least;
}

void
calendars_color(struct calendars *calendars)
{
	size_t given = 0;

	for (size_t i = 0; i < calendars->count; i++) {
		struct calendar *calendar = &calendars->list[i];
		size_t best = given % PALETTE;

		if (calendar->colored)
			continue;
		/* Each of ours is near itself once it has been given. */
		for (size_t k = 0; k < PALETTE && given < PALETTE; k++)
			if (distance(calendars, palette[k]) >
			    distance(calendars, palette[best]))
				best = k;
		calendar->color = palette[best];
		calendar->colored = true;
		given++;
	}
}
