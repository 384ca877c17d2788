#include "cal/assemble.h"

#include <stdlib.h>

#define PRODUCT "PRODID:-//kalends//NONSGML kalends//EN"
/* What a VCALENDAR has around its own lines, zones and components. */
#define ZONES_MOST 1024 /* named in one VCALENDAR; then another begins */

#define FRAME                                                \
	(sizeof("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" PRODUCT \
		"\r\nEND:VCALENDAR\r\n") -                   \
	    1)

void
assembly_init(struct assembly *assembly, struct gather *gather, size_t memory)
{
	*assembly = (struct assembly){.gather = gather};
	spool_init(&assembly->out, memory / 16);
	spool_init(&assembly->body, memory / 16);
	spool_init(&assembly->zone_text, memory / 64);
}

void
assembly_free(struct assembly *assembly)
{
	spool_free(&assembly->out);
	spool_free(&assembly->body);
	spool_free(&assembly->zone_text);
	free(assembly->used);
}

static void
forget(struct assembly *assembly)
{
	assembly->open = false;
	assembly->used_count = 0;
}

bool
assembly_reset(struct assembly *assembly, struct error *err)
{
	assembly->pieces = 0;
	forget(assembly);
	return spool_reset(&assembly->out, err) &&
	       spool_reset(&assembly->body, err) &&
	       spool_reset(&assembly->zone_text, err);
}

uint64_t
assembly_size(const struct assembly *assembly)
{
	uint64_t size = spool_size(&assembly->out);

	if (assembly->open)
		size += FRAME + assembly->calendar.size +
		        spool_size(&assembly->zone_text) +
		        spool_size(&assembly->body);
	return size;
}

/* --- zones ---------------------------------------------------------------- */

static const struct gather_zone *
find_used(const struct assembly *assembly, uint64_t tzid)
{
	for (size_t i = 0; i < assembly->used_count; i++)
		if (assembly->used[i].tzid == tzid)
			return &assembly->used[i];
	return NULL;
}

/* Whether the piece's zones are, for the VCALENDAR at hand, what they are for
 * the piece's own. */
static bool
agrees(struct assembly *assembly, const struct piece *piece, bool *yes,
    struct error *err)
{
	struct gather_zone mine;

	*yes = assembly->used_count + piece->zone_count <= ZONES_MOST;
	for (size_t i = 0; *yes && i < piece->zone_count; i++) {
		const struct gather_zone *has =
		    find_used(assembly, piece->zones[i]);

		if (!has)
			continue;
		if (!gather_zone(assembly->gather, &assembly->calendar,
			piece->zones[i], &mine, err))
			return false;
		*yes = digest_same(&mine.content, &has->content);
	}
	return true;
}

static bool
push_used(struct assembly *assembly, const struct gather_zone *zone,
    struct error *err)
{
	if (assembly->used_count == assembly->used_room) {
		size_t room = assembly->used_room ? assembly->used_room * 2 : 8;
		struct gather_zone *grown =
		    realloc(assembly->used, room * sizeof(*grown));

		if (!grown)
			return error_set(err, ERR_MEMORY, pos_none(),
			    "no memory");
		assembly->used = grown;
		assembly->used_room = room;
	}
	assembly->used[assembly->used_count++] = *zone;
	return true;
}

static bool
use_zones(struct assembly *assembly, const struct piece *piece,
    struct error *err)
{
	struct gather_zone zone;

	for (size_t i = 0; i < piece->zone_count; i++) {
		if (find_used(assembly, piece->zones[i]))
			continue;
		if (!gather_zone(assembly->gather, &assembly->calendar,
			piece->zones[i], &zone, err) ||
		    !push_used(assembly, &zone, err) ||
		    !spool_append(&assembly->gather->bytes, zone.at, zone.size,
			&assembly->zone_text, err))
			return false;
	}
	return true;
}

bool
assembly_cost(struct assembly *assembly, const struct piece *piece,
    uint64_t *bytes, struct error *err)
{
	struct gather_calendar calendar;
	struct gather_zone zone;
	bool same = assembly->open && assembly->number == piece->calendar;

	if (same && !agrees(assembly, piece, &same, err))
		return false;
	if (!gather_calendar(assembly->gather, piece->calendar, &calendar, err))
		return false;
	*bytes = piece->size + 2 + (same ? 0 : FRAME + calendar.size);
	for (size_t i = 0; i < piece->zone_count; i++) {
		if (same && find_used(assembly, piece->zones[i]))
			continue;
		if (!gather_zone(assembly->gather, &calendar, piece->zones[i],
			&zone, err))
			return false;
		*bytes += zone.size;
	}
	return true;
}

/* --- calendars ------------------------------------------------------------ */

static bool
add_line(struct assembly *assembly, struct str line, struct error *err)
{
	return spool_add(&assembly->out, line, err) &&
	       spool_add(&assembly->out,
		   assembly->calendar.lf ? STR("\n") : STR("\r\n"), err);
}

static bool
write_own_lines(struct assembly *assembly, struct error *err)
{
	const struct gather_calendar *calendar = &assembly->calendar;

	if (!add_line(assembly, STR("BEGIN:VCALENDAR"), err))
		return false;
	if (!calendar->has_version &&
	    !add_line(assembly, STR("VERSION:2.0"), err))
		return false;
	if (!calendar->has_product && !add_line(assembly, STR(PRODUCT), err))
		return false;
	return spool_append(&assembly->gather->envelopes, calendar->at,
	    calendar->size, &assembly->out, err);
}

bool
assembly_end(struct assembly *assembly, struct error *err)
{
	if (!assembly->open)
		return true;
	if (!write_own_lines(assembly, err) ||
	    !spool_append(&assembly->zone_text, 0,
		spool_size(&assembly->zone_text), &assembly->out, err) ||
	    !spool_append(&assembly->body, 0, spool_size(&assembly->body),
		&assembly->out, err) ||
	    !add_line(assembly, STR("END:VCALENDAR"), err))
		return false;
	forget(assembly);
	return spool_reset(&assembly->body, err) &&
	       spool_reset(&assembly->zone_text, err);
}

/* Makes the piece's calendar the one at hand. */
static bool
turn_to(struct assembly *assembly, const struct piece *piece, struct error *err)
{
	struct gather_calendar next = assembly->calendar;
	bool fits = true;

	if (!assembly->loaded || assembly->number != piece->calendar) {
		if (!gather_calendar(assembly->gather, piece->calendar, &next,
			err))
			return false;
		if (!digest_same(&next.own, &assembly->calendar.own) &&
		    !assembly_end(assembly, err))
			return false;
	}
	assembly->calendar = next;
	assembly->number = piece->calendar;
	assembly->loaded = true;
	if (assembly->open && (!agrees(assembly, piece, &fits, err) ||
				  (!fits && !assembly_end(assembly, err))))
		return false;
	assembly->open = true;
	return true;
}

bool
assembly_add(struct assembly *assembly, const struct piece *piece,
    struct error *err)
{
	if (!turn_to(assembly, piece, err) ||
	    !use_zones(assembly, piece, err) ||
	    !spool_append(&assembly->gather->bytes, piece->at, piece->size,
		&assembly->body, err))
		return false;
	assembly->pieces++;
	if (piece->newline)
		return true;
	return spool_add(&assembly->body,
	    assembly->calendar.lf ? STR("\n") : STR("\r\n"), err);
}
