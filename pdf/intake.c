#include "pdf/intake.h"

#include <stdlib.h>

#include "cal/busy_event.h"
#include "cal/expand.h"
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

static size_t
take_calendar(void *arg, struct str name, struct str color)
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
	static const struct str none = {NULL, 0};

	if (item->class.n == 0 || str_ieq(item->class, STR("PUBLIC")))
		return;
	item->summary = str_of(intake->agenda->words->private);
	item->location = item->description = item->people = item->url = none;
	item->uid = item->parent = item->children = none;
	/* Nobody need know that there is something to hide but its owner. */
	item->class = none;
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

/* A copy of its own, behind the others: not counted yet. */
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

static bool
is_left_out(const struct intake *intake, const struct agenda_item *item)
{
	return (item->declined && !intake->declined) ||
	       (!intake->cancelled && str_ieq(item->status, STR("CANCELLED")));
}

static void
take_entry(struct intake *intake, const struct agenda_item *item)
{
	struct agenda_paper *agenda = intake->agenda;
	struct entry *entry = kept(intake, item);

	if (!entry) {
		intake->failed = true;
		return;
	}
	set_days(agenda, entry);
	if (!(item->undated && intake->undated) &&
	    (entry->last < intake->first || entry->first >= intake->until))
		return;
	if (is_left_out(intake, item)) {
		intake->left_out++;
		return;
	}
	if (intake->mask)
		mask(intake, &entry->item);
	entry->owners = item->number < 64 ? UINT64_C(1) << item->number : 0;
	intake->events++;
	if (intake->apart || !joined(agenda, entry))
		agenda->count++;
}

/* --- holidays ------------------------------------------------------------- */

static void
take_holiday(struct intake *intake, const struct agenda_item *item)
{
	struct agenda_paper *agenda = intake->agenda;
	int32_t last = local_day(item->end - 1);
	struct str name;

	if (!item->allday || str_ieq(item->status, STR("CANCELLED")))
		return;
	name = arena_copy(&intake->arena,
	    item->summary.n ? item->summary : str_of(agenda->words->no_title));
	for (int32_t day = local_day(item->start); day <= last; day++) {
		struct paper_holiday *list =
		    grown(agenda->holidays, agenda->holiday_count,
			&intake->holiday_room, sizeof(*list));

		if (list)
			agenda->holidays = list;
		if (!list || !name.p) {
			intake->failed = true;
			return;
		}
		if (day >= intake->first && day < intake->until)
			list[agenda->holiday_count++] =
			    (struct paper_holiday){day, name};
	}
}

struct str
agenda_holiday(const struct agenda_paper *agenda, int32_t day)
{
	size_t low = 0, high = agenda->holiday_count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (agenda->holidays[middle].day < day)
			low = middle + 1;
		else
			high = middle;
	}
	return low < agenda->holiday_count && agenda->holidays[low].day == day
	           ? agenda->holidays[low].name
	           : (struct str){NULL, 0};
}

static int
by_day(const void *a, const void *b)
{
	const struct paper_holiday *left = a, *right = b;
	int order = str_cmp(left->name, right->name);

	if (left->day != right->day)
		return left->day < right->day ? -1 : 1;
	return order;
}

/* --- reading -------------------------------------------------------------- */

static void
take(void *arg, const struct agenda_item *item)
{
	struct intake *intake = arg;

	if (intake->holidays)
		take_holiday(intake, item);
	else
		take_entry(intake, item);
}

/* "Anna, Bob": by their names, else their addresses. */
static struct str
people_of(const struct event *event, struct arena *arena)
{
	struct buf list = {0};
	struct str name, all;
	struct line line;
	size_t at = 0;

	while (component_next_line(&event->component, &at, &line, arena)) {
		if (!str_ieq(line.name, STR("ATTENDEE")))
			continue;
		if (!line_param(&line, STR("CN"), arena, &name) || !name.n)
			name = address_plain(line.value);
		if (list.n)
			buf_add_str(&list, STR(", "));
		buf_add_str(&list, name);
	}
	all = arena_copy(arena, buf_str(&list));
	buf_free(&list);
	return all;
}

static void
add_more(void *arg, const struct occurrence *occurrence,
    struct agenda_item *item, struct arena *arena)
{
	struct intake *intake = arg;
	const struct event *event = occurrence->event;
	unsigned fields = intake->agenda->fields;

	item->declined =
	    busy_declined(event, intake->cli->inputs.current.address, arena);
	item->url = str_trim(event_text(event, STR("URL"), arena));
	if (fields & FIELD_DESCRIPTION)
		item->description =
		    event_text(event, STR("DESCRIPTION"), arena);
	if (fields & FIELD_PEOPLE)
		item->people = people_of(event, arena);
}

static void
report(void *arg, const struct error *err)
{
	struct listing *listing = arg;

	cli_report(listing->cli, err);
}

static void
note(void *arg, const struct error *err)
{
	struct listing *listing = arg;

	cli_note(listing->cli, err);
}

static void
start(struct expand *expand, struct listing *listing, struct cli *cli)
{
	struct error err;

	listing_start(listing, cli);
	if (!expand_init(expand, &cli->reader, cli->memory / 4, &err))
		cli_die(cli, &err);
	expand->options = (struct series_options){.from = cli->from,
	    .until = cli->until,
	    .zone = cli->zone};
	expand->endless = true;
	expand->zones = cli->zones;
	expand->policy = cli->zone_policy;
	expand->found = listing_found;
	expand->aside = listing_aside;
	expand->report = report;
	expand->note = note;
	expand->arg = listing;
}

void
intake_read(struct intake *intake, struct cli *cli, unsigned types,
    int64_t series_until, bool whole_tasks)
{
	struct listing listing = {.form = FORM_ITEMS,
	    .calendar = intake->holidays ? NULL : take_calendar,
	    .show = take,
	    .more = intake->holidays ? NULL : add_more,
	    .arg = intake,
	    .whole_tasks = whole_tasks};
	struct expand expand;
	struct error err;

	intake->cli = cli;
	start(&expand, &listing, cli);
	expand.types = types;
	expand.series_until = series_until;
	while (cli_next(cli)) {
		if (!walk_starts(&expand.walk))
			continue;
		listing_calendar(&listing, &expand.walk);
		if (!expand_calendar(&expand, &err))
			cli_report(cli, &err);
		listing_calendar_done(&listing);
	}
	listing_finish(&listing);
	expand_free(&expand);
	if (intake->failed)
		cli_no_memory(cli);
	if (intake->holidays && intake->agenda->holiday_count)
		qsort(intake->agenda->holidays, intake->agenda->holiday_count,
		    sizeof(struct paper_holiday), by_day);
}

/* Holidays stay: they are everybody's. */
void
intake_free(struct intake *intake)
{
	free(intake->agenda->entries);
	free(intake->agenda->calendars);
	arena_free(&intake->arena);
}
