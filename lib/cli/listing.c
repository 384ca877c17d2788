#include "cli/listing.h"

#include "cal/busy_event.h"
#include "cal/occurrence_write.h"
#include "cli/agenda_item.h"
#include "cli/terminal.h"

static void
die(struct listing *listing, struct error *err)
{
	if (err->code == ERR_NONE)
		error_set(err, ERR_MEMORY, pos_none(), "no memory");
	cli_die(listing->cli, err);
}

void
listing_start(struct listing *listing, struct cli *cli)
{
	struct error err = {0};

	listing->cli = cli;
	envelope_init(&listing->envelope);
	if (!listing->unsorted) {
		listing->sorter = sorter_new(cli->memory / 2);
		if (!listing->sorter)
			die(listing, &err);
	}
	if (!listing->header)
		return;
	for (size_t i = 0; i < listing->columns.count; i++) {
		cli_write(cli, i ? STR("\t") : STR(""));
		cli_write(cli, listing->columns.names[i]);
	}
	cli_write(cli, STR("\n"));
}

/* --- one occurrence ------------------------------------------------------- */

static void
make_row(struct listing *listing, const struct occurrence *occurrence)
{
	const struct columns *columns = &listing->columns;
	struct columns_context *context = &listing->context;
	const struct field *fields;
	struct error err = {0};

	context->calendar = listing->label.name;
	context->color = listing->label.color;
	context->zone = listing->cli->zone;
	fields = columns_fill(columns, occurrence, context);
	if (!fields)
		die(listing, &err);
	if (listing->form == FORM_JSON)
		row_write_json(&listing->payload, columns->names, fields,
		    columns->count);
	else
		row_write_text(&listing->payload, fields, columns->count);
}

static void
make_item(struct listing *listing, const struct occurrence *occurrence)
{
	static const struct busy_rules rules = {ALLDAY_BUSY, BUSY_TENTATIVE};
	struct agenda_item item;

	arena_reset(&listing->arena);
	agenda_item_make(&item, occurrence, listing->cli->zone,
	    &listing->cursor, &listing->arena);
	item.calendar = listing->label.name;
	item.number = listing->number;
	if (listing->form == FORM_ITEMS)
		item.takes = busy_of_event(occurrence->event, item.allday,
		    listing->cli->inputs.current.address, &rules,
		    &listing->arena);
	if (item.color.n == 0)
		item.color = listing->label.color;
	if (listing->more)
		listing->more(listing->arg, occurrence, &item, &listing->arena);
	agenda_item_pack(&item, &listing->payload);
}

static bool
make_component(struct listing *listing, const struct occurrence *occurrence)
{
	const struct event *event = occurrence->event;
	struct error err;

	arena_reset(&listing->arena);
	if (occurrence_write(occurrence, listing->cli->zone, &listing->arena,
		&listing->payload))
		return true;
	error_set(&err, ERR_LIMIT, event->pos,
	    "a component of more than 1 MiB: its occurrence is left out of "
	    "--ics");
	cli_report(listing->cli, &err);
	return false;
}

static void
write_now(struct listing *listing, struct str payload)
{
	struct error err = {0};

	if (listing->form == FORM_ICS &&
	    !envelope_pass(&listing->envelope, &listing->cli->out, &err))
		die(listing, &err);
	listing->any = true;
	cli_write(listing->cli, payload);
}

/* In an agenda a task stands where it is due, if that is in the range. */
static bool
move_to_due(struct listing *listing, struct occurrence *occurrence)
{
	const struct event *event = occurrence->event;

	if (event->type != EVENT_TODO || occurrence->start.kind == WHEN_NONE)
		return true;
	if (event->length != LENGTH_NONE) {
		occurrence->start = occurrence->end;
		occurrence->from = occurrence->until;
	}
	if (occurrence->start.kind == WHEN_DATE)
		occurrence->end.local = occurrence->start.local + SECONDS_A_DAY;
	return occurrence->from >= listing->cli->from &&
	       occurrence->from < listing->cli->until;
}

/* In an agenda copies that look the same come one after the other, first those
 * that do not know their place. */
static void
add_looks(struct listing *listing, const struct occurrence *occurrence)
{
	static const struct str names[] = {STR_C("SUMMARY"), STR_C("LOCATION")};

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		buf_add_char(&listing->key, '\0');
		buf_add_str(&listing->key,
		    event_text(occurrence->event, names[i], &listing->arena));
	}
}

/* Dates before times of the same instant, short before long, then by UID, so
 * that the order does not hang on how the calendar was read. */
static void
make_key(struct listing *listing, const struct occurrence *occurrence)
{
	struct buf *key = &listing->key;

	buf_reset(key);
	if (listing->by_calendar)
		sorter_key_int(key, (int64_t)listing->number);
	sorter_key_int(key,
	    occurrence->start.kind == WHEN_NONE ? INT64_MAX : occurrence->from);
	buf_add_char(key, occurrence->start.kind != WHEN_DATE);
	sorter_key_int(key, occurrence->until);
	buf_add_str(key, occurrence->event->uid);
	if (listing->form == FORM_AGENDA)
		add_looks(listing, occurrence);
}

bool
listing_found(void *arg, const struct occurrence *occurrence)
{
	struct listing *listing = arg;
	struct occurrence moved = *occurrence;
	struct error err = {0};

	buf_reset(&listing->payload);
	if (listing->form == FORM_AGENDA || listing->form == FORM_ITEMS) {
		if (!listing->whole_tasks && !move_to_due(listing, &moved))
			return true;
		occurrence = &moved;
		make_item(listing, occurrence);
	} else if (listing->form != FORM_ICS) {
		make_row(listing, occurrence);
	} else if (!make_component(listing, occurrence)) {
		return true;
	}
	if (!buf_ok(&listing->payload))
		die(listing, &err);
	if (listing->unsorted) {
		write_now(listing, buf_str(&listing->payload));
		return true;
	}
	make_key(listing, occurrence);
	if (!sorter_add(listing->sorter, buf_str(&listing->key),
		buf_str(&listing->payload), &err))
		die(listing, &err);
	return true;
}

/* --- calendars ------------------------------------------------------------ */

/* Names and counts the calendar at hand, by its own name where it has one. */
static void
name_calendar(struct listing *listing, struct str name, struct str color)
{
	struct label *label = &listing->label;

	buf_reset(&listing->key);
	buf_add_str(&listing->key, label->name);
	label_set(label, listing->cli, &listing->cli->inputs.current, name,
	    color);
	if (listing->calendars == 0 ||
	    !str_eq(buf_str(&listing->key), label->name))
		listing->calendars++;
	if (listing->calendar)
		listing->number =
		    listing->calendar(listing->arg, label->name, label->color);
}

void
listing_calendar(struct listing *listing, struct walk *walk)
{
	listing->walk = walk;
	listing->any = false;
	buf_reset(&listing->closing);
	if (walk->reader->item != ITEM_BEGIN)
		name_calendar(listing, STR(""), STR(""));
	if (listing->form == FORM_ICS && walk->reader->item != ITEM_BEGIN) {
		/* Components outside of any calendar get one. */
		listing->envelope.passed = false;
		spool_reset(&listing->envelope.held, NULL);
		spool_add(&listing->envelope.held,
		    STR("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"
			"PRODID:-//kalends//icsexpand//EN\r\n"),
		    NULL);
	}
}

bool
listing_aside(void *arg)
{
	struct listing *listing = arg;
	struct reader *reader = listing->walk->reader;
	struct error err = {0};

	/* The first item: name and colour are known by now. */
	if (reader->item == ITEM_BEGIN)
		name_calendar(listing, buf_str(&listing->walk->name),
		    buf_str(&listing->walk->color));
	if (listing->form != FORM_ICS || !envelope_has(reader))
		return true;
	if (reader->item == ITEM_END) {
		buf_add_str(&listing->closing, reader->record.text);
		return true;
	}
	if (!envelope_take(&listing->envelope, reader, &listing->cli->out,
		&err))
		die(listing, &err);
	return true;
}

static void
write_sorted(struct listing *listing)
{
	struct str key, payload;
	struct error err = {0};

	if (!sorter_finish(listing->sorter, &err))
		die(listing, &err);
	while (sorter_next(listing->sorter, &key, &payload, &err))
		write_now(listing, payload);
	if (err.code != ERR_NONE || !sorter_reset(listing->sorter, &err))
		die(listing, &err);
}

void
listing_calendar_done(struct listing *listing)
{
	if (listing->form != FORM_ICS)
		return;
	if (!listing->unsorted)
		write_sorted(listing);
	if (!listing->any)
		return;
	if (listing->closing.n == 0)
		buf_add_str(&listing->closing, STR("END:VCALENDAR\r\n"));
	cli_write(listing->cli, buf_str(&listing->closing));
}

/* --- the end -------------------------------------------------------------- */

static void
show_items(struct listing *listing)
{
	struct str key, payload;
	struct agenda_item item;
	struct error err = {0};

	if (!sorter_finish(listing->sorter, &err))
		die(listing, &err);
	while (sorter_next(listing->sorter, &key, &payload, &err)) {
		agenda_item_unpack(&item, payload);
		listing->show(listing->arg, &item);
	}
	if (err.code != ERR_NONE)
		die(listing, &err);
}

static void
add_to_agenda(void *arg, const struct agenda_item *item)
{
	struct listing *listing = arg;
	struct error err = {0};

	if (!agenda_add(listing->agenda, item) && !listing->cli->out.failure)
		die(listing, &err);
}

static void
write_agenda(struct listing *listing)
{
	struct cli *cli = listing->cli;
	struct zone_cursor cursor = {0};
	struct agenda_style style = {
	    .color = terminal_has_color(cli->out.fd, cli->color),
	    .from = zone_local(&cursor, cli->zone, cli->from),
	    .until = zone_local(&cursor, cli->zone, cli->until),
	    .today = local_day(zone_local(&cursor, cli->zone, cli->now)),
	    .calendars = listing->calendars,
	};
	struct error err = {0};

	listing->agenda = agenda_new(&style, &cli->out);
	if (!listing->agenda)
		die(listing, &err);
	listing->arg = listing;
	listing->show = add_to_agenda;
	show_items(listing);
	if (!agenda_finish(listing->agenda) && !cli->out.failure)
		die(listing, &err);
	agenda_free(listing->agenda);
}

void
listing_finish(struct listing *listing)
{
	if (listing->form == FORM_AGENDA)
		write_agenda(listing);
	else if (listing->form == FORM_ITEMS)
		show_items(listing);
	else if (listing->form != FORM_ICS && !listing->unsorted)
		write_sorted(listing);
	if (listing->sorter)
		sorter_free(listing->sorter);
	envelope_free(&listing->envelope);
	columns_context_free(&listing->context);
	label_free(&listing->label);
	arena_free(&listing->arena);
	buf_free(&listing->key);
	buf_free(&listing->payload);
	buf_free(&listing->closing);
}
