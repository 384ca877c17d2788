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
	if (!color_parse(&calendar->color, color))
		calendar->color =
		    palette[number % (sizeof(palette) / sizeof(palette[0]))];
	calendars->count++;
	return number;
}
