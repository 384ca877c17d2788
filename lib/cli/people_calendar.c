#include "cli/people_impl.h"

#include "cal/availability.h"
#include "cal/freebusy.h"

/* --- faults --------------------------------------------------------------- */

/* The record of this calendar, or of the group, that a line lies in. */
static const struct record *
record_at(const struct people *people, size_t line)
{
	const struct walk *walk = &people->expand.walk;
	const struct record *found = &walk->reader->record;

	for (size_t i = 0; i < walk->group_count; i++)
		if (walk->group[i]->pos.line <= line &&
		    (i == 0 || walk->group[i]->pos.line > found->pos.line))
			found = walk->group[i];
	return found;
}

static bool
line_is_one_of(const struct record *record, size_t mark,
    const struct str *names, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (record_line_is(record, mark, names[i]))
			return true;
	return false;
}

/* What of the event's time a fault in one of its lines hides: that without an
 * EXDATE there is more, hides nothing. */
static void
note_line(struct people *people, const struct record *record, size_t mark)
{
	static const struct str lengths[] = {STR_C("DTEND"), STR_C("DURATION")};
	static const struct str harmless[] = {STR_C("EXDATE"), STR_C("EXRULE")};

	if (record_line_is(record, mark, STR("DTSTART")))
		people->bad_start = true;
	else if (line_is_one_of(record, mark, lengths, 2))
		people->bad_length = true;
	else if (!line_is_one_of(record, mark, harmless, 2))
		people->bad_series = true;
}

static void
note_fault(struct people *people, const struct error *err)
{
	const struct record *record = record_at(people, err->pos.line);
	size_t line = err->pos.line - record->pos.line;

	if (err->pos.line <= record->pos.line) {
		/* Of the whole component: no DTSTART, an end before it, or a
		 * series that could not be followed to its end. */
		if (err->code == ERR_VALUE)
			people->bad_start = people->bad_length = true;
		else
			people->bad_series = true;
		return;
	}
	/* A TZID that is none is a zone all the same: that of -z. */
	if (err->code == ERR_ABSENT)
		return;
	for (size_t i = record->count; i-- > 1;)
		if (record->marks[i].line <= line) {
			note_line(people, record, i);
			return;
		}
}

void
people_report(void *arg, const struct error *err)
{
	struct people *people = arg;

	cli_report(people->cli, err);
	note_fault(people, err);
}

static void
start_record(struct people *people)
{
	people->event = NULL;
	people->bad_start = people->bad_series = people->bad_length = false;
}

/* Where one of these records begins; INT64_MIN where one does not say. */
static int64_t
earliest(struct people *people, const struct record *const *records,
    size_t count)
{
	struct event_context context = people->expand.context;
	int64_t least = INT64_MAX;

	context.report = NULL;
	context.odd_zone = NULL;
	for (size_t i = 0; i < count; i++) {
		struct event event;
		int64_t start = INT64_MIN;

		if (event_read(&event, records[i], &context, NULL) &&
		    event.start.kind != WHEN_NONE)
			start = when_instant(&event.start, context.zone, NULL);
		if (start < least)
			least = start;
	}
	return least;
}

static bool
takes_no_time(struct people *people, const struct record *record)
{
	struct event event = {0};

	component_of_record(&event.component, record);
	return busy_of_event(&event, false, buf_str(&people->owner),
		   &people->rules, &people->arena) == BUSY_FREE;
}

/* After the records of a series: what they hid is unknown. */
static void
settle_faults(struct people *people, const struct record *const *records,
    size_t count)
{
	const struct cli *cli = people->cli;
	bool any = false;
	int64_t start;

	if (!people->bad_start && !people->bad_series)
		return;
	for (size_t i = 0; i < count; i++)
		any |= !takes_no_time(people, records[i]);
	start = earliest(people, records, count);
	/* An end before the start was reported where the start is; its
	 * occurrences have been marked one by one. */
	if (!any ||
	    (!people->bad_series && people->bad_length && start != INT64_MIN))
		return;
	busy_add_within(&people->person.events,
	    people->bad_start ? INT64_MIN : start, INT64_MAX, BUSY_UNKNOWN,
	    cli->from, cli->until);
}

/* --- events --------------------------------------------------------------- */

bool
people_found(void *arg, const struct occurrence *occurrence)
{
	struct people *people = arg;
	const struct cli *cli = people->cli;
	bool allday = occurrence->start.kind == WHEN_DATE;
	int64_t until = occurrence->until;

	if (people->event != occurrence->event || people->allday != allday) {
		arena_reset(&people->arena);
		people->event = occurrence->event;
		people->allday = allday;
		people->type = busy_of_event(occurrence->event, allday,
		    buf_str(&people->owner), &people->rules, &people->arena);
	}
	if (people->type == BUSY_FREE)
		return true;
	if (people->bad_length && until == occurrence->from)
		busy_add_within(&people->person.events, occurrence->from,
		    until + SECONDS_A_DAY, BUSY_UNKNOWN, cli->from, cli->until);
	busy_add_within(&people->person.events, occurrence->from, until,
	    people->type, cli->from, cli->until);
	return true;
}

/* --- VFREEBUSY ------------------------------------------------------------ */

/* Whose it is: the ATTENDEE's in a reply, else the ORGANIZER's. */
static const struct line *
subject(const struct people *people, const struct freebusy *freebusy)
{
	bool reply =
	    str_ieq(buf_str(&people->expand.walk.method), STR("REPLY"));

	if (freebusy->attendee.raw.p && (reply || !freebusy->organizer.raw.p))
		return &freebusy->attendee;
	return &freebusy->organizer;
}

static void
select_subject(struct people *people, const struct freebusy *freebusy)
{
	const struct line *line = subject(people, freebusy);
	struct str name = freebusy_cn(line, &people->arena);
	struct str address = freebusy_address(line);

	if (name.n == 0)
		name = address;
	if (people->fixed.p || people->expand.walk.name.n || name.n == 0)
		people_select_owner(people);
	else
		people_select(people, name);
	if (people->person.address.n == 0)
		buf_add_str(&people->person.address, address);
}

static bool
has_window(const struct freebusy *freebusy)
{
	return freebusy->from != INT64_MIN || freebusy->until != INT64_MAX;
}

/* Where nothing says how far it reaches, its periods do. */
static void
set_window(struct layer *layer, const struct freebusy *freebusy,
    const struct busy_span *reach, const struct cli *cli)
{
	bool window = has_window(freebusy);
	int64_t from = window ? freebusy->from : reach->from;
	int64_t until = window ? freebusy->until : reach->until;

	layer->from = from > cli->from ? from : cli->from;
	layer->until = until < cli->until ? until : cli->until;
}

static bool
read_freebusy(struct people *people)
{
	const struct record *record = &people->expand.walk.reader->record;
	struct event_context context = people->expand.context;
	const struct cli *cli = people->cli;
	struct freebusy freebusy;
	struct busy_span reach;
	struct layer *layer;
	bool whole = freebusy_read(&freebusy, record, &context);

	arena_reset(&people->arena);
	select_subject(people, &freebusy);
	layer = person_layer(&people->person, LAYER_REPORT);
	if (!layer)
		return false;
	whole &= freebusy_read_periods(record, &context, cli->from, cli->until,
	    &layer->set, &reach);
	layer->rank = freebusy.stamp;
	set_window(layer, &freebusy, &reach, cli);
	if (!has_window(&freebusy))
		people->person.has_calendar = true;
	people->person.has_reports = true;
	if (!whole)
		busy_add_within(&people->person.events, freebusy.from,
		    freebusy.until, BUSY_UNKNOWN, cli->from, cli->until);
	return true;
}

/* --- VAVAILABILITY -------------------------------------------------------- */

static bool
read_availability(struct people *people)
{
	struct expand *expand = &people->expand;
	struct layer *layer;

	people_select_owner(people);
	layer = person_layer(&people->person, LAYER_AVAILABILITY);
	if (!layer)
		return false;
	if (!availability_read(layer, &expand->walk.reader->record,
		&expand->context, &expand->options)) {
		people->person.layer_count--;
		people_unknown(people);
	}
	return true;
}

/* --- a calendar ----------------------------------------------------------- */

/* What a calendar had in it. */
struct had {
	bool events, reports, requests;
};

static bool
take_record(struct people *people, struct had *had, struct error *err)
{
	struct walk *walk = &people->expand.walk;
	const struct record *record = &walk->reader->record;
	bool ok = true;

	err->code = ERR_NONE;
	start_record(people);
	if (str_ieq(record->name, STR("VFREEBUSY"))) {
		if (str_ieq(buf_str(&walk->method), STR("REQUEST"))) {
			had->requests = true;
			return true;
		}
		had->reports = true;
		ok = read_freebusy(people);
	} else if (str_ieq(record->name, STR("VAVAILABILITY"))) {
		had->reports = true;
		ok = read_availability(people);
	} else if (!str_ieq(record->name, STR("VTIMEZONE"))) {
		had->events = true;
		if (walk_is_member(walk))
			return walk_put_aside(walk, err);
		people_select_owner(people);
		ok = expand_record(&people->expand);
		settle_faults(people, &record, 1);
	}
	if (!ok)
		return error_set(err, ERR_MEMORY, record->pos, "no memory");
	return true;
}

static bool
take_groups(struct people *people, struct error *err)
{
	struct walk *walk = &people->expand.walk;

	while (walk_next_group(walk, err)) {
		start_record(people);
		people_select_owner(people);
		expand_group(&people->expand);
		settle_faults(people, (const struct record *const *)walk->group,
		    walk->group_count);
	}
	walk->group_count = 0;
	return err->code == ERR_NONE;
}

static bool
take_all(struct people *people, struct had *had, struct error *err)
{
	struct walk *walk = &people->expand.walk;

	while (walk_next(walk, err))
		if (walk->reader->item == ITEM_RECORD &&
		    !take_record(people, had, err))
			return false;
	return err->code == ERR_NONE && take_groups(people, err) &&
	       walk_end(walk, err);
}

/* The zone, the owner and the name of the calendar at hand. */
static void
name_calendar(struct people *people)
{
	struct walk *walk = &people->expand.walk;
	struct str name = people->fixed;

	label_set(&people->label, people->cli, &people->cli->inputs.current,
	    buf_str(&walk->name), buf_str(&walk->color));
	if (!name.p)
		name = people->label.name;
	buf_reset(&people->name);
	buf_add_str(&people->name, name);
	expand_set_zone(&people->expand, people_zone(people, name));
}

void
people_calendar(struct people *people)
{
	struct error err = {0};
	struct had had = {0};

	bool begun = expand_begin(&people->expand, &err);

	name_calendar(people);
	if (!begun || !take_all(people, &had, &err)) {
		cli_report(people->cli, &err);
		people_select_owner(people);
		people_unknown(people);
		return;
	}
	if (had.events || (!had.reports && !had.requests)) {
		people_select_owner(people);
		people->person.has_calendar = true;
	} else if (!had.reports) {
		error_set(&err, ERR_VALUE,
		    people->expand.walk.reader->record.pos,
		    "a request for free/busy time, which tells of none");
		cli_report(people->cli, &err);
		people_select_owner(people);
		people_unknown(people);
	}
}
