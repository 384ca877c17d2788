#include "pdf/intake.h"

#include <stdlib.h>

#include "cli/agenda_item.h"

static void *
grown(void *list, size_t count, size_t *room, size_t size)
{
	size_t more = *room ? 2 * *room : 64;
	void *larger = list;

	if (count < *room)
		return list;
	larger = more > SIZE_MAX / size ? NULL : realloc(list, more * size);
	if (larger)
		*room = more;
	return larger;
}

/* Okabe and Ito's colours, which most people tell apart. */
static struct color
our_color(size_t number)
{
	static const struct color ours[] = {{0x00, 0x72, 0xb2},
	    {0xe6, 0x9f, 0x00}, {0x00, 0x9e, 0x73}, {0xcc, 0x79, 0xa7},
	    {0x56, 0xb4, 0xe9}, {0xd5, 0x5e, 0x00}, {0xf0, 0xe4, 0x42},
	    {0x66, 0x66, 0x66}};

	return ours[number % 8];
}

size_t
intake_calendar(void *arg, struct str name, struct str color)
{
	struct intake *intake = arg;
	struct agenda_paper *agenda = intake->agenda;
	struct paper_calendar *calendar, *list;

	for (size_t i = agenda->calendar_count; i-- > 0;)
		if (str_eq(agenda->calendars[i].name, name))
			return i;
	list = grown(agenda->calendars, agenda->calendar_count,
	    &intake->calendar_room, sizeof(*list));
	if (!list) {
		intake->failed = true;
		return 0;
	}
	agenda->calendars = list;
	calendar = &list[agenda->calendar_count];
	*calendar =
	    (struct paper_calendar){.name = arena_copy(&intake->arena, name)};
	intake->failed |= !calendar->name.p && name.n;
	if (!color_parse(&calendar->color, color))
		calendar->color = our_color(agenda->calendar_count);
	return agenda->calendar_count++;
}

/* --- entries -------------------------------------------------------------- */

static void
mask(const struct intake *intake, struct agenda_item *item)
{
	if (item->class.n == 0 || str_ieq(item->class, STR("PUBLIC")))
		return;
	item->summary = str_of(intake->agenda->words->private);
	item->location = (struct str){NULL, 0};
	item->uid = (struct str){NULL, 0};
}

static void
set_days(struct agenda_paper *agenda, struct entry *entry)
{
	const struct agenda_item *item = &entry->item;

	entry->first = entry->last = local_day(item->start);
	if (item->allday && item->end > item->start)
		entry->last = local_day(item->end - 1);
	else if (!item->allday && item->until > item->from)
		entry->last = local_day(
		    zone_local(&agenda->cursor, agenda->zone, item->until - 1));
}

/* Without a word it is confirmed. */
static bool
same_state(struct str a, struct str b)
{
	static const struct str confirmed = STR_C("CONFIRMED");

	return str_ieq(a.n ? a : confirmed, b.n ? b : confirmed);
}

/* One meeting in the calendars of several is drawn once, in the colours of
 * all. */
static bool
joined(struct agenda_paper *agenda, const struct entry *entry)
{
	const struct agenda_item *b = &entry->item;

	for (size_t i = agenda->count; i-- > 0;) {
		struct entry *before = &agenda->entries[i];
		const struct agenda_item *a = &before->item;

		if (a->from != b->from)
			return false;
		if (b->uid.n && b->number < 64 &&
		    !(before->owners >> b->number & 1) &&
		    a->until == b->until && a->allday == b->allday &&
		    str_eq(a->uid, b->uid) && str_eq(a->summary, b->summary) &&
		    same_state(a->status, b->status)) {
			before->owners |= entry->owners;
			return true;
		}
	}
	return false;
}

static struct entry *
kept(struct intake *intake, const struct agenda_item *item)
{
	struct agenda_paper *agenda = intake->agenda;
	struct entry *entry, *list;
	struct buf packed = {0};
	struct str copy = {NULL, 0};

	list =
	    grown(agenda->entries, agenda->count, &intake->room, sizeof(*list));
	if (list)
		agenda->entries = list;
	if (agenda_item_pack(item, &packed))
		copy = arena_copy(&intake->arena, buf_str(&packed));
	buf_free(&packed);
	if (!list || !copy.p)
		return NULL;
	entry = &list[agenda->count];
	*entry = (struct entry){0};
	agenda_item_unpack(&entry->item, copy);
	return entry;
}

void
intake_entry(void *arg, const struct agenda_item *item)
{
	struct intake *intake = arg;
	struct agenda_paper *agenda = intake->agenda;
	struct entry *entry = kept(intake, item);

	if (!entry) {
		intake->failed = true;
		return;
	}
	if (intake->mask)
		mask(intake, &entry->item);
	set_days(agenda, entry);
	entry->owners = item->number < 64 ? UINT64_C(1) << item->number : 0;
	if (entry->last < agenda->first || entry->first >= agenda->until)
		return;
	intake->events++;
	if (intake->apart || !joined(agenda, entry))
		agenda->count++;
}

bool
intake_finish(struct intake *intake)
{
	return !intake->failed;
}

void
intake_free(struct intake *intake)
{
	free(intake->agenda->entries);
	free(intake->agenda->calendars);
	arena_free(&intake->arena);
}
