#include "cli/busy_rows.h"

#include "time/when.h"

enum { START, END, EPOCH, TYPE, WHO, ADDRESS, DURATION };

static const struct str names[BUSY_COLUMNS] = {STR_C("start"), STR_C("end"),
    STR_C("epoch"), STR_C("type"), STR_C("who"), STR_C("address"),
    STR_C("duration")};

bool
busy_rows_parse(struct busy_rows *rows, struct str list, struct error *err)
{
	struct str word;

	rows->count = 0;
	while (str_cut(&list, ',', &word)) {
		uint8_t i = 0;

		word = str_trim(word);
		while (i < BUSY_COLUMNS && !str_ieq(names[i], word))
			i++;
		if (i == BUSY_COLUMNS || rows->count == BUSY_COLUMNS)
			return error_set(err, ERR_USAGE, pos_none(),
			    "no column \"%.*s\"; of start, end, epoch, type, "
			    "who, address, duration each once",
			    STR_ARG(word));
		rows->names[rows->count] = names[i];
		rows->which[rows->count++] = i;
	}
	return true;
}

bool
busy_rows_header(const struct busy_rows *rows, struct buf *out)
{
	for (size_t i = 0; i < rows->count; i++) {
		if (i)
			buf_add_char(out, '\t');
		buf_add_str(out, rows->names[i]);
	}
	return buf_add_char(out, '\n');
}

static struct field
text_field(struct str text)
{
	return (struct field){.kind = text.n ? FIELD_TEXT : FIELD_ABSENT,
	    .text = text};
}

/* Texts of the times of one span. */
struct texts {
	struct buf start, end, duration;
};

static struct field
fill(const struct texts *texts, const struct busy_span *span, unsigned which,
    struct str who, struct str address)
{
	switch (which) {
	case START:
		return text_field(buf_str(&texts->start));
	case END:
		return text_field(buf_str(&texts->end));
	case EPOCH:
		return (
		    struct field){.kind = FIELD_NUMBER, .number = span->from};
	case TYPE:
		return text_field(busy_type_word(span->type));
	case WHO:
		return text_field(who);
	case ADDRESS:
		return text_field(address);
	default:
		return text_field(buf_str(&texts->duration));
	}
}

static void
write_span(struct busy_rows *rows, struct buf *out, struct texts *texts,
    const struct busy_span *span, struct str who, struct str address)
{
	struct duration duration = {.seconds = span->until - span->from};
	struct field fields[BUSY_COLUMNS];

	buf_reset(&texts->start);
	buf_reset(&texts->end);
	buf_reset(&texts->duration);
	instant_write(span->from, rows->zone, &rows->cursor, &texts->start);
	instant_write(span->until, rows->zone, &rows->cursor, &texts->end);
	duration_write(&duration, &texts->duration);
	for (size_t i = 0; i < rows->count; i++)
		fields[i] = fill(texts, span, rows->which[i], who, address);
	if (rows->json)
		row_write_json(out, rows->names, fields, rows->count);
	else
		row_write_text(out, fields, rows->count);
}

bool
busy_rows_write(struct busy_rows *rows, struct buf *out, struct str who,
    struct str address, const struct busy_set *set)
{
	struct texts texts = {0};

	for (size_t i = 0; i < set->count; i++)
		write_span(rows, out, &texts, &set->spans[i], who, address);
	buf_free(&texts.start);
	buf_free(&texts.end);
	buf_free(&texts.duration);
	return buf_ok(out);
}
