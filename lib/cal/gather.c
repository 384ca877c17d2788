#include "cal/gather.h"

#include <stdlib.h>

#include "base/hashset.h"

#define ZONES_NAMED 64   /* TZIDs looked for in one component */
#define ZONES_MOST  4096 /* VTIMEZONEs kept of one calendar */

bool
gather_init(struct gather *gather, struct reader *reader, size_t memory,
    struct error *err)
{
	*gather = (struct gather){.reader = reader};
	spool_init(&gather->bytes, memory / 8);
	spool_init(&gather->envelopes, memory / 64);
	spool_init(&gather->table, memory / 64);
	spool_init(&gather->zone_table, memory / 64);
	gather->sorter = sorter_new(memory / 4);
	if (gather->sorter)
		return true;
	return error_set(err, ERR_MEMORY, pos_none(), "no memory");
}

void
gather_free(struct gather *gather)
{
	spool_free(&gather->bytes);
	spool_free(&gather->envelopes);
	spool_free(&gather->table);
	spool_free(&gather->zone_table);
	sorter_free(gather->sorter);
	arena_free(&gather->arena);
	buf_free(&gather->key);
	buf_free(&gather->payload);
	buf_free(&gather->tags);
	buf_free(&gather->name);
	buf_free(&gather->color);
	buf_free(&gather->ahead_key);
	buf_free(&gather->ahead);
	buf_free(&gather->object_key);
	buf_free(&gather->uid);
	free(gather->object);
	free(gather->zones);
}

static bool
no_memory(struct error *err)
{
	return error_set(err, ERR_MEMORY, pos_none(), "no memory");
}

static void
leave_out(struct gather *gather, enum error_code code, const char *why)
{
	const struct record *record = &gather->reader->record;
	struct error err;

	error_set(&err, code, record->pos, "%.*s: %s",
	    STR_ARG(str_trim(record->name)), why);
	gather->report(gather->arg, &err);
}

/* --- calendars ------------------------------------------------------------ */

static int
by_tzid(const void *first, const void *second)
{
	const struct gather_zone *a = first, *b = second;

	if (a->tzid != b->tzid)
		return a->tzid < b->tzid ? -1 : 1;
	return a->at < b->at ? -1 : 1;
}

/* In order, so that they can be found again without being held. */
static bool
write_zones(struct gather *gather, struct error *err)
{
	const struct gather_zone *zones = gather->zones;

	if (gather->zone_count)
		qsort(gather->zones, gather->zone_count, sizeof(*zones),
		    by_tzid);
	for (size_t i = 0; i < gather->zone_count; i++) {
		if (i && zones[i].tzid == zones[i - 1].tzid)
			continue;
		gather->now.count++;
		if (!spool_add(&gather->zone_table,
			(struct str){(const char *)&zones[i], sizeof(*zones)},
			err))
			return false;
	}
	gather->zone_count = 0;
	return true;
}

static bool
close_calendar(struct gather *gather, struct error *err)
{
	struct gather_calendar *now = &gather->now;

	if (!gather->open)
		return true;
	gather->open = false;
	now->size = spool_size(&gather->envelopes) - now->at;
	if (!digest_of_spool(&gather->envelopes, now->at, now->size, &now->own,
		err) ||
	    !write_zones(gather, err))
		return false;
	gather->calendars++;
	return spool_add(&gather->table,
	    (struct str){(const char *)now, sizeof(*now)}, err);
}

static bool
open_calendar(struct gather *gather, bool bare, struct error *err)
{
	const struct record *record = &gather->reader->record;
	struct str text = record->text;

	if (!close_calendar(gather, err))
		return false;
	gather->open = true;
	gather->now = (struct gather_calendar){.bare = bare,
	    .file = record->pos.file,
	    .at = spool_size(&gather->envelopes),
	    .zones =
		spool_size(&gather->zone_table) / sizeof(struct gather_zone)};
	gather->now.lf = text.n > 1 && text.p[text.n - 1] == '\n' &&
	                 text.p[text.n - 2] != '\r';
	return true;
}

/* Of the first calendar that has it; RFC 7986's names go before older ones. */
static void
note(struct gather *gather, struct buf *value, uint64_t *from, bool wins,
    struct str text)
{
	uint64_t here = gather->calendars + 1;

	if (text.n == 0 || (*from && !(wins && *from == here)))
		return;
	*from = here;
	buf_reset(value);
	buf_add_str(value, text);
}

static void
note_line(struct gather *gather, const struct line *line)
{
	struct gather_calendar *now = &gather->now;
	struct str text = str_trim(line_text(line, &gather->arena));

	if (str_ieq(line->name, STR("VERSION")))
		now->has_version = true;
	else if (str_ieq(line->name, STR("PRODID")))
		now->has_product = true;
	else if (str_ieq(line->name, STR("NAME")))
		note(gather, &gather->name, &gather->name_from, true, text);
	else if (str_ieq(line->name, STR("X-WR-CALNAME")))
		note(gather, &gather->name, &gather->name_from, false, text);
	else if (str_ieq(line->name, STR("COLOR")))
		note(gather, &gather->color, &gather->color_from, true, text);
	else if (str_ieq(line->name, STR("X-APPLE-CALENDAR-COLOR")))
		note(gather, &gather->color, &gather->color_from, false, text);
	if (!str_ieq(line->name, STR("METHOD")))
		return;
	for (size_t i = 0; i < text.n && i + 1 < sizeof(now->method); i++)
		now->method[i] = ascii_upper(text.p[i]);
}

static bool
keep_with_ending(struct gather *gather, struct spool *spool, struct error *err)
{
	const struct str text = gather->reader->record.text;

	if (!reader_keep(gather->reader, spool, err))
		return false;
	if (text.n &&
	    (text.p[text.n - 1] == '\n' || text.p[text.n - 1] == '\r'))
		return true;
	return spool_add(spool, STR("\r\n"), err);
}

static bool
take_line(struct gather *gather, struct error *err)
{
	const struct record *record = &gather->reader->record;
	struct line line;

	/* The reader has complained of what is no line, or ends nothing. */
	if (record->count == 0 ||
	    !record_line(record, 0, &line, &gather->arena, NULL) ||
	    str_ieq(line.name, STR("END")) || str_ieq(line.name, STR("BEGIN")))
		return true;
	note_line(gather, &line);
	for (size_t i = 0; i < gather->left_out_count; i++)
		if (str_ieq(line.name, gather->left_out[i]))
			return true;
	return keep_with_ending(gather, &gather->envelopes, err);
}

/* --- zones ---------------------------------------------------------------- */

/* What a TZID is known by. */
static uint64_t
tzid_hash(struct str tzid)
{
	return hash_of(str_trim(tzid));
}

static bool
push_zone(struct gather *gather, const struct gather_zone *zone,
    struct error *err)
{
	if (gather->zone_count == gather->zone_room) {
		size_t room = gather->zone_room ? gather->zone_room * 2 : 16;
		struct gather_zone *grown =
		    realloc(gather->zones, room * sizeof(*grown));

		if (!grown)
			return no_memory(err);
		gather->zones = grown;
		gather->zone_room = room;
	}
	gather->zones[gather->zone_count++] = *zone;
	return true;
}

static bool
take_zone(struct gather *gather, struct error *err)
{
	const struct record *record = &gather->reader->record;
	struct gather_zone zone = {.at = spool_size(&gather->bytes)};
	struct component component;
	struct line line;

	component_of_record(&component, record);
	if (gather->zone_count == ZONES_MOST) {
		leave_out(gather, ERR_LIMIT,
		    "left out, one time zone too many");
		return true;
	}
	if (!component_line(&component, STR("TZID"), &line, &gather->arena))
		return true;
	zone.tzid = tzid_hash(line.value);
	if (!keep_with_ending(gather, &gather->bytes, err))
		return false;
	zone.size = spool_size(&gather->bytes) - zone.at;
	return digest_of_spool(&gather->bytes, zone.at, zone.size,
		   &zone.content, err) &&
	       push_zone(gather, &zone, err);
}

/* Whether the parameters of a raw line may name a zone. */
static bool
may_name_zone(struct str raw)
{
	size_t n = 0;

	while (n < raw.n && raw.p[n] != ':' && raw.p[n] != ';')
		n++;
	for (n++; n + 5 <= raw.n; n++)
		if (raw.p[n + 4] == '=' && ascii_upper(raw.p[n]) == 'T' &&
		    str_istarts(str_from(raw, n), STR("TZID=")))
			return true;
	return false;
}

/* The TZIDs that a component names, each once. */
static size_t
find_zones(struct gather *gather, uint64_t zones[ZONES_NAMED])
{
	const struct record *record = &gather->reader->record;
	size_t count = 0, k;

	for (size_t i = 1; i < record->count && count < ZONES_NAMED; i++) {
		const struct mark *mark = &record->marks[i];
		struct str raw = {record->text.p + mark->at, mark->size}, tzid;
		struct line line;
		uint64_t hash;

		if (!(mark->flags & MARK_FOLDED) && !may_name_zone(raw))
			continue;
		if (!record_line(record, i, &line, &gather->arena, NULL) ||
		    !line_param(&line, STR("TZID"), &gather->arena, &tzid))
			continue;
		hash = tzid_hash(tzid);
		for (k = 0; k < count && zones[k] != hash; k++)
			;
		zones[k] = hash;
		count += k == count;
	}
	return count;
}

/* --- components ----------------------------------------------------------- */

static bool
keep_bytes(struct gather *gather, struct piece *piece, struct error *err)
{
	const struct record *record = &gather->reader->record;
	char last = '\0';
	size_t got;

	piece->at = spool_size(&gather->bytes);
	if (!reader_keep(gather->reader, &gather->bytes, err))
		return false;
	piece->size = spool_size(&gather->bytes) - piece->at;
	if (!record->partial) {
		last = record->text.p[record->text.n - 1];
	} else if (!spool_read(&gather->bytes, piece->at + piece->size - 1,
		       &last, 1, &got, err) ||
		   !digest_of_spool(&gather->bytes, piece->at, piece->size,
		       &piece->revision.content, err)) {
		return false;
	}
	piece->newline = last == '\n' || last == '\r';
	return true;
}

static bool
add_piece(struct gather *gather, const struct piece *piece, struct str uid,
    struct error *err)
{
	struct digest identity = object_identity(uid, &piece->revision);
	bool by_calendar = gather->by == GATHER_BY_CALENDAR;

	buf_reset(&gather->key);
	buf_reset(&gather->payload);
	if (by_calendar)
		sorter_key_int(&gather->key, (int64_t)piece->calendar);
	object_key(&gather->key, uid, &identity);
	if (!by_calendar)
		sorter_key_int(&gather->key, (int64_t)piece->calendar);
	if (!sorter_key_int(&gather->key, (int64_t)piece->order) ||
	    !piece_pack(piece, &gather->payload))
		return no_memory(err);
	return sorter_add(gather->sorter, buf_str(&gather->key),
	    buf_str(&gather->payload), err);
}

static bool
take_component(struct gather *gather, struct error *err)
{
	const struct record *record = &gather->reader->record;
	struct piece piece = {.calendar = gather->calendars,
	    .order = gather->pieces,
	    .pos = record->pos};
	uint64_t zones[ZONES_NAMED];
	struct str uid;

	if (!revision_read(&piece.revision, &uid, record, &gather->arena))
		return no_memory(err);
	piece.zones = zones;
	piece.zone_count = find_zones(gather, zones);
	if (!keep_bytes(gather, &piece, err))
		return false;
	buf_reset(&gather->tags);
	if (gather->tag &&
	    !gather->tag(gather->arg, record, &gather->tags, &gather->arena))
		return no_memory(err);
	piece.tags = buf_str(&gather->tags);
	gather->pieces++;
	return add_piece(gather, &piece, uid, err);
}

static bool
take_record(struct gather *gather, struct error *err)
{
	const struct reader *reader = gather->reader;
	struct str name = reader->record.name;

	/* The reader has told of it. */
	if (reader->record.cut)
		return true;
	if (!reader->in_calendar && str_ieq(name, STR("VCARD"))) {
		leave_out(gather, ERR_VALUE,
		    "a card is no component of a calendar; left out");
		return true;
	}
	if (!reader->in_calendar && !(gather->open && gather->now.bare) &&
	    !open_calendar(gather, true, err))
		return false;
	if (str_ieq(name, STR("VTIMEZONE")))
		return take_zone(gather, err);
	return take_component(gather, err);
}

static void
take_text(struct gather *gather)
{
	const struct record *record = &gather->reader->record;
	struct str text = str_trim(record->text);
	struct error err;

	/* Of an END without BEGIN the reader has told. */
	if (gather->told_text || text.n == 0 ||
	    str_istarts(text, STR("END:VCALENDAR")))
		return;
	gather->told_text = true;
	error_set(&err, ERR_SYNTAX, record->pos,
	    "text outside of any calendar: left out");
	gather->report(gather->arg, &err);
}

bool
gather_take(struct gather *gather, struct error *err)
{
	arena_reset(&gather->arena);
	switch (gather->reader->item) {
	case ITEM_BEGIN:
		return open_calendar(gather, false, err);
	case ITEM_LINE:
		return take_line(gather, err);
	case ITEM_RECORD:
		return take_record(gather, err);
	case ITEM_END:
		return close_calendar(gather, err);
	case ITEM_TEXT:
		take_text(gather);
		break;
	case ITEM_NONE:
		break;
	}
	return true;
}

bool
gather_input_end(struct gather *gather, struct error *err)
{
	gather->told_text = false;
	return close_calendar(gather, err);
}
