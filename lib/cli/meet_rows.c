#include "cli/meet_rows.h"

#include "time/when.h"

enum {
	RANK,
	START,
	END,
	EPOCH,
	ATTEND,
	ROOM,
	REASONS,
	FREE,
	BUSY,
	UNKNOWN,
	DURATION,
};

static const struct str names[MEET_COLUMNS] = {STR_C("rank"), STR_C("start"),
    STR_C("end"), STR_C("epoch"), STR_C("attend"), STR_C("room"),
    STR_C("reasons"), STR_C("free"), STR_C("busy"), STR_C("unknown"),
    STR_C("duration")};

bool
meet_rows_parse(struct meet_rows *rows, struct str list, struct error *err)
{
	struct str word;

	rows->count = 0;
	while (str_cut(&list, ',', &word)) {
		uint8_t i = 0;

		word = str_trim(word);
		while (i < MEET_COLUMNS && !str_ieq(names[i], word))
			i++;
		if (i == MEET_COLUMNS || rows->count == MEET_COLUMNS)
			return error_set(err, ERR_USAGE, pos_none(),
			    "no column \"%.*s\"; of rank, start, end, epoch, "
			    "attend, room, reasons, free, busy, unknown, "
			    "duration each once",
			    STR_ARG(word));
		rows->names[rows->count] = names[i];
		rows->which[rows->count++] = i;
	}
	return true;
}

bool
meet_rows_header(const struct meet_rows *rows, struct buf *out)
{
	for (size_t i = 0; i < rows->count; i++) {
		if (i)
			buf_add_char(out, '\t');
		buf_add_str(out, rows->names[i]);
	}
	return buf_add_char(out, '\n');
}

static struct field
number(int64_t value)
{
	return (struct field){.kind = FIELD_NUMBER, .number = value};
}

static struct field
text(struct str value)
{
	return (struct field){.kind = value.n ? FIELD_TEXT : FIELD_ABSENT,
	    .text = value};
}

static struct field
kept(struct meet_rows *rows, struct buf *buf)
{
	struct str copy = arena_copy(&rows->arena, buf_str(buf));

	buf_free(buf);
	return text(copy);
}

static struct field
moment(struct meet_rows *rows, int64_t instant)
{
	struct buf buf = {0};

	instant_write(instant, rows->zone, &rows->cursor, &buf);
	return kept(rows, &buf);
}

/* The people who answer so: who can come, who cannot, who is unknown. */
static struct field
people(struct meet_rows *rows, const struct meet *meet, size_t slot,
    unsigned which)
{
	struct str *items =
	    arena_array(&rows->arena, meet->count + 1, sizeof(*items));
	struct field field = {.kind = FIELD_LIST, .items = items};

	for (size_t i = 0; items && i < meet->count; i++) {
		const struct meet_person *person = &meet->people[i];
		struct busy_span span;
		enum meet_answer answer;

		if (person->role == MEET_ROOM)
			continue;
		answer = meet_ask(meet, person, slot, &span);
		if (which == (answer == MEET_FREE         ? FREE
				 : answer == MEET_UNKNOWN ? UNKNOWN
							  : BUSY))
			items[field.count++] = person->name;
	}
	return field;
}

static struct field
fill(struct meet_rows *rows, const struct meet *meet, size_t slot, size_t rank,
    unsigned which)
{
	const struct meet_tally *tally = &meet->tallies[slot];
	int64_t start = meet->starts[slot], length = meet->options.duration;
	struct duration duration = {.seconds = length};
	struct buf buf = {0};

	switch (which) {
	case RANK:
		if (rank)
			return number((int64_t)rank);
		return rows->json ? text((struct str){NULL, 0})
		                  : text(STR("-"));
	case START:
		return moment(rows, start);
	case END:
		return moment(rows, start + length);
	case EPOCH:
		return number(start);
	case ATTEND:
		return number(tally->attend);
	case ROOM:
		return tally->room ? text(meet->people[tally->room - 1].name)
		                   : text((struct str){NULL, 0});
	case REASONS:
		meet_reasons(meet, slot, &buf);
		return kept(rows, &buf);
	case DURATION:
		duration_write(&duration, &buf);
		return kept(rows, &buf);
	default:
		return people(rows, meet, slot, which);
	}
}

bool
meet_rows_write(struct meet_rows *rows, const struct meet *meet, size_t slot,
    size_t rank, struct buf *out)
{
	struct field fields[MEET_COLUMNS];

	arena_reset(&rows->arena);
	for (size_t i = 0; i < rows->count; i++)
		fields[i] = fill(rows, meet, slot, rank, rows->which[i]);
	if (rows->json)
		return row_write_json(out, rows->names, fields, rows->count);
	return row_write_text(out, fields, rows->count);
}
