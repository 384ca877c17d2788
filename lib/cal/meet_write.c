#include "cal/meet_write.h"

#include "cal/busy_event.h"
#include "cal/freebusy.h"
#include "text/line.h"
#include "time/when.h"

void
meet_text_organizer(struct meet_text *text, const struct meet *meet,
    struct str word)
{
	size_t at = str_find_byte(word, '<');

	text->organizer = word;
	if (at != SIZE_MAX && word.p[word.n - 1] == '>') {
		text->organizer_name = str_trim(str_head(word, at));
		text->organizer =
		    (struct str){word.p + at + 1, word.n - at - 2};
	}
	text->organizer = address_plain(text->organizer);
	for (size_t i = 0; i < meet->count && word.n == 0; i++)
		if (meet->people[i].role != MEET_ROOM) {
			text->organizer = meet->people[i].address;
			return;
		}
}

static bool
has_addresses(const struct meet *meet, size_t slot, struct error *err)
{
	for (size_t i = 0; i < meet->count; i++) {
		const struct meet_person *person = &meet->people[i];

		if (person->address.n == 0 &&
		    (person->role != MEET_ROOM ||
			meet->tallies[slot].room == i + 1))
			return error_set(err, ERR_USAGE, pos_none(),
			    "%.*s has no address: NAME<ADDRESS>=INPUT gives "
			    "one",
			    STR_ARG(person->name));
	}
	return true;
}

/* --- lines ---------------------------------------------------------------- */

static void
put(struct buf *out, struct buf *line)
{
	line_write(out, buf_str(line));
	buf_reset(line);
}

static void
put_text(struct buf *out, struct buf *line, const char *name, struct str text)
{
	buf_add_str(line, str_of(name));
	text_escape(line, text);
	put(out, line);
}

static void
put_instant(struct buf *out, struct buf *line, const char *name,
    int64_t instant)
{
	struct when when = {.kind = WHEN_UTC, .local = instant};

	buf_add_str(line, str_of(name));
	when_write(&when, line);
	put(out, line);
}

static void
add_address(struct buf *line, struct str address)
{
	buf_add_str(line, str_find_byte(address, ':') == SIZE_MAX
			      ? STR(":mailto:")
			      : STR(":"));
	buf_add_str(line, address);
}

static void
add_name(struct buf *line, struct str name, struct str address)
{
	if (name.n == 0 || str_ieq(name, address))
		return;
	buf_add_str(line, STR(";CN="));
	param_escape(line, name);
}

static void
put_attendee(struct buf *out, struct buf *line,
    const struct meet_person *person, struct str organizer)
{
	static const char *const roles[] = {[MEET_REQUIRED] =
						";ROLE=REQ-PARTICIPANT",
	    [MEET_OPTIONAL] = ";ROLE=OPT-PARTICIPANT",
	    [MEET_ROOM] = ";CUTYPE=ROOM;ROLE=NON-PARTICIPANT"};

	buf_add_str(line, STR("ATTENDEE"));
	add_name(line, person->name, person->address);
	buf_add_str(line, str_of(roles[person->role]));
	buf_add_str(line, str_ieq(person->address, organizer)
			      ? STR(";PARTSTAT=ACCEPTED")
			      : STR(";PARTSTAT=NEEDS-ACTION;RSVP=TRUE"));
	add_address(line, person->address);
	put(out, line);
}

/* The organizer has the name of the person that they are among the people. */
static void
put_organizer(struct buf *out, struct buf *line, const struct meet *meet,
    const struct meet_text *text)
{
	struct str name = text->organizer_name;

	for (size_t i = 0; i < meet->count && name.n == 0; i++)
		if (str_ieq(meet->people[i].address, text->organizer))
			name = meet->people[i].name;
	buf_add_str(line, STR("ORGANIZER"));
	add_name(line, name, text->organizer);
	add_address(line, text->organizer);
	put(out, line);
}

static void
put_uid(struct buf *out, struct buf *line, const struct meet *meet, size_t slot,
    const struct meet_text *text)
{
	char uid[FREEBUSY_UID + 1];

	buf_add(line, &text->now, sizeof(text->now));
	buf_add(line, &meet->starts[slot], sizeof(meet->starts[slot]));
	buf_add_str(line, text->organizer);
	buf_add_str(line, text->summary);
	for (size_t i = 0; i < meet->count; i++)
		buf_add_str(line, meet->people[i].address);
	freebusy_make_uid(uid, buf_str(line));
	buf_reset(line);
	put_text(out, line, "UID:", str_of(uid));
}

bool
meet_write(const struct meet *meet, size_t slot, const struct meet_text *text,
    struct buf *out, struct error *err)
{
	int64_t start = meet->starts[slot];
	uint32_t room = meet->tallies[slot].room;
	struct buf line = {0};
	bool ok;

	if (!has_addresses(meet, slot, err))
		return false;
	buf_printf(out,
	    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"
	    "PRODID:-//kalends//%.*s//EN\r\nMETHOD:REQUEST\r\n"
	    "BEGIN:VEVENT\r\n",
	    STR_ARG(text->program));
	put_uid(out, &line, meet, slot, text);
	put_instant(out, &line, "DTSTAMP:", text->now);
	put_instant(out, &line, "DTSTART:", start);
	put_instant(out, &line, "DTEND:", start + meet->options.duration);
	put_text(out, &line, "SEQUENCE:", STR("0"));
	put_text(out, &line, "SUMMARY:", text->summary);
	if (room)
		put_text(out, &line, "LOCATION:", meet->people[room - 1].name);
	put_organizer(out, &line, meet, text);
	for (size_t i = 0; i < meet->count; i++)
		if (meet->people[i].role != MEET_ROOM || room == i + 1)
			put_attendee(out, &line, &meet->people[i],
			    text->organizer);
	buf_add_str(out, STR("END:VEVENT\r\nEND:VCALENDAR\r\n"));
	ok = buf_ok(out) && buf_ok(&line);
	buf_free(&line);
	return ok || error_set(err, ERR_MEMORY, pos_none(), "no memory");
}
