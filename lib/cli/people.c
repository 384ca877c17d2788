#include "cli/people_impl.h"

#include <stdlib.h>
#include <unistd.h>

static void
die_memory(struct people *people)
{
	struct error err;

	error_set(&err, ERR_MEMORY, pos_none(), "no memory");
	cli_die(people->cli, &err);
}

static void
report_reader(void *arg, const struct error *err)
{
	struct people *people = arg;

	cli_report(people->cli, err);
	/* A part of the input is not there, or was not looked at. */
	if (err->code == ERR_CUT || err->code == ERR_LIMIT) {
		people_select_owner(people);
		people_unknown(people);
	}
}

static void
note(void *arg, const struct error *err)
{
	struct people *people = arg;

	cli_note(people->cli, err);
}

void
people_start(struct people *people, struct cli *cli)
{
	struct error err;

	people->cli = cli;
	cli_open_inputs(cli, cli->operand_count, ".ics");
	cli->reader.report = report_reader;
	cli->reader.report_arg = people;
	if (!expand_init(&people->expand, &cli->reader, cli->memory / 2, &err))
		cli_die(cli, &err);
	people->expand.options = (struct series_options){.from = cli->from,
	    .until = cli->until,
	    .zone = cli->zone};
	people->expand.endless = true;
	people->expand.zones = cli->zones;
	people->expand.policy = cli->zone_policy;
	people->expand.found = people_found;
	people->expand.report = people_report;
	people->expand.note = note;
	people->expand.arg = people;
	for (size_t i = 0; i < people->zone_count; i++) {
		struct zone_of *of = &people->zones[i];

		of->zone = zones_option(cli->zones, str_of(of->word), &err);
		if (!of->zone)
			cli_usage(cli, "--zone-of %.*s: %s", STR_ARG(of->name),
			    err.message);
	}
}

/* A name that is written wrongly would go by another zone than was meant. */
static void
report_unused(const struct people *people)
{
	struct error err;

	for (size_t i = 0; i < people->zone_count; i++)
		if (!people->zones[i].used) {
			error_set(&err, ERR_USAGE, pos_none(),
			    "--zone-of %.*s: nobody is called so",
			    STR_ARG(people->zones[i].name));
			cli_report(people->cli, &err);
		}
}

void
people_end(struct people *people)
{
	report_unused(people);
	expand_free(&people->expand);
	person_free(&people->person);
	label_free(&people->label);
	sorter_free(people->parked);
	busy_free(&people->time);
	buf_free(&people->name);
	buf_free(&people->owner);
	buf_free(&people->key);
	buf_free(&people->packed);
	arena_free(&people->arena);
	free(people->seen);
	free(people->ordinals);
	free(people->zones);
}

/* --- zones ---------------------------------------------------------------- */

bool
people_zone_option(struct people *people, const char *value, struct error *err)
{
	struct str word = str_of(value), name;
	struct zone_of *zones;

	if (!str_cut(&word, '=', &name) || name.n == 0 || word.n == 0)
		return error_set(err, ERR_USAGE, pos_none(),
		    "--zone-of %s: such as alice=Asia/Tokyo", value);
	zones = realloc(people->zones,
	    (people->zone_count + 1) * sizeof(*people->zones));
	if (!zones)
		return error_set(err, ERR_MEMORY, pos_none(), "no memory");
	people->zones = zones;
	zones[people->zone_count++] =
	    (struct zone_of){.name = name, .word = word.p};
	return true;
}

const struct zone *
people_zone(const struct people *people, struct str name)
{
	for (size_t i = 0; i < people->zone_count; i++)
		if (str_eq(people->zones[i].name, name)) {
			people->zones[i].used = true;
			return people->zones[i].zone;
		}
	return people->cli->zone;
}

/* --- who is meant --------------------------------------------------------- */

static uint64_t
hash(struct str s)
{
	uint64_t h = UINT64_C(0xcbf29ce484222325);

	for (size_t i = 0; i < s.n; i++)
		h = (h ^ (unsigned char)s.p[i]) * UINT64_C(0x100000001b3);
	h ^= h >> 29;
	return h ? h : 1;
}

static size_t
slot_of(const struct people *people, uint64_t h)
{
	size_t i = (size_t)h & (people->seen_room - 1);

	while (people->seen[i] && people->seen[i] != h)
		i = (i + 1) & (people->seen_room - 1);
	return i;
}

static void
grow_seen(struct people *people)
{
	size_t old = people->seen_room;
	uint64_t *seen = people->seen;
	uint32_t *ordinals = people->ordinals;

	people->seen_room = old ? old * 2 : 64;
	people->seen = calloc(people->seen_room, sizeof(*seen));
	people->ordinals = calloc(people->seen_room, sizeof(*ordinals));
	if (!people->seen || !people->ordinals)
		die_memory(people);
	for (size_t i = 0; i < old; i++)
		if (seen[i]) {
			size_t slot = slot_of(people, seen[i]);

			people->seen[slot] = seen[i];
			people->ordinals[slot] = ordinals[i];
		}
	free(seen);
	free(ordinals);
}

/* The how-manieth name of this group it is. */
static uint32_t
ordinal_of(struct people *people, struct str name)
{
	uint64_t h = hash(name);
	size_t slot;

	if (people->seen_count * 2 >= people->seen_room)
		grow_seen(people);
	slot = slot_of(people, h);
	if (!people->seen[slot]) {
		people->seen[slot] = h;
		people->ordinals[slot] = (uint32_t)people->seen_count++;
	}
	return people->ordinals[slot];
}

/* The person at hand waits for the end of the group. */
static void
park(struct people *people)
{
	struct error err = {0};

	if (!people->parked)
		people->parked = sorter_new(people->cli->memory / 8);
	buf_reset(&people->key);
	buf_reset(&people->packed);
	sorter_key_int(&people->key, people->ordinal);
	if (!people->parked || !buf_ok(&people->key) ||
	    !person_pack(&people->person, &people->packed))
		die_memory(people);
	if (!sorter_add(people->parked, buf_str(&people->key),
		buf_str(&people->packed), &err))
		cli_die(people->cli, &err);
	people->parked_any = true;
	people->current = false;
}

/* The address of an owner: as given, or the name at the domain. */
static void
set_owner(struct people *people, struct str name)
{
	buf_reset(&people->owner);
	if (people->fixed_address.n) {
		buf_add_str(&people->owner,
		    address_plain(people->fixed_address));
	} else if (str_find_byte(name, '@') != SIZE_MAX &&
		   str_find_byte(name, ' ') == SIZE_MAX) {
		buf_add_str(&people->owner, name);
	} else if (people->domain && name.n) {
		buf_add_str(&people->owner, name);
		buf_add_char(&people->owner, '@');
		buf_add_str(&people->owner, str_of(people->domain));
	}
}

void
people_select(struct people *people, struct str name)
{
	if (people->current && str_eq(buf_str(&people->person.name), name))
		return;
	if (people->current)
		park(people);
	people->ordinal = ordinal_of(people, name);
	set_owner(people, name);
	person_reset(&people->person, name, buf_str(&people->owner));
	people->current = true;
	if (!buf_ok(&people->owner) || !buf_ok(&people->person.name) ||
	    !buf_ok(&people->person.address))
		die_memory(people);
}

void
people_select_owner(struct people *people)
{
	people_select(people, buf_str(&people->name));
}

void
people_unknown(struct people *people)
{
	busy_add(&people->person.events, people->cli->from, people->cli->until,
	    BUSY_UNKNOWN);
}

/* --- the end of a group --------------------------------------------------- */

static void
give(struct people *people)
{
	struct person *person = &people->person;

	people->current = false;
	if (!person_settle(person, people->cli->from, people->cli->until,
		&people->time))
		die_memory(people);
	if (!people->stopped &&
	    !people->found(people->arg, person,
		people_zone(people, buf_str(&person->name)), &people->time))
		people->stopped = true;
}

static void
give_parked(struct people *people)
{
	struct str none = {NULL, 0}, key, packed;
	struct error err = {0};
	int64_t last = -1;

	if (!sorter_finish(people->parked, &err))
		cli_die(people->cli, &err);
	while (sorter_next(people->parked, &key, &packed, &err)) {
		int64_t ordinal = sorter_key_read(key);

		if (ordinal != last) {
			if (people->current)
				give(people);
			person_reset(&people->person, none, none);
			people->current = true;
			last = ordinal;
		}
		if (!person_unpack(&people->person, packed))
			die_memory(people);
	}
	if (err.code != ERR_NONE || !sorter_reset(people->parked, &err))
		cli_die(people->cli, &err);
	people->parked_any = false;
}

static void
end_group(struct people *people)
{
	if (people->parked_any) {
		if (people->current)
			park(people);
		give_parked(people);
	}
	if (people->current)
		give(people);
	people->seen_count = 0;
	if (people->seen)
		memset(people->seen, 0,
		    people->seen_room * sizeof(*people->seen));
}

/* --- inputs --------------------------------------------------------------- */

/* Whoever an input is of, as far as no calendar says so. */
static void
name_input(struct people *people)
{
	struct str none = {NULL, 0}, name = people->fixed;

	label_set(&people->label, people->cli, &people->cli->inputs.current,
	    none, none);
	if (!name.p)
		name = people->label.name;
	buf_reset(&people->name);
	buf_add_str(&people->name, name);
}

static void
not_readable(struct people *people, const struct error *err)
{
	cli_report(people->cli, err);
	people_select_owner(people);
	people_unknown(people);
}

static void
read_input(struct people *people)
{
	struct cli *cli = people->cli;
	const char *path = cli->inputs.current.path;
	struct error err;
	bool any = false;

	reader_open(&cli->reader, cli->inputs.current.fd, path);
	for (;;) {
		if (!reader_next(&cli->reader, &err)) {
			not_readable(people, &err);
			return;
		}
		if (cli->reader.item == ITEM_NONE)
			break;
		if (walk_starts(&people->expand.walk)) {
			any = true;
			people_calendar(people);
		}
	}
	if (any)
		return;
	error_set(&err, ERR_SYNTAX, (struct pos){path, 0, 0},
	    "no calendar in it: what time is taken is unknown");
	not_readable(people, &err);
}

void
people_group(struct people *people, char **operands, size_t count)
{
	struct inputs *inputs = &people->cli->inputs;
	struct error err;

	inputs_free(inputs);
	inputs_init(inputs, operands, count, ".ics|.ifb");
	label_free(&people->label);
	people->label = (struct label){0};
	for (;;) {
		bool opened = inputs_next(inputs, &err);

		if (!opened && err.code == ERR_NONE)
			break;
		name_input(people);
		if (opened)
			read_input(people);
		else
			not_readable(people, &err);
	}
	/* A folder without any calendar is somebody who has nothing to do. */
	if (!people->current && !people->parked_any) {
		name_input(people);
		people_select_owner(people);
	}
	end_group(people);
}
