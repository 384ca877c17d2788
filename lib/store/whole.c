#include "store/whole.h"

#include <stdlib.h>

/* What is known of a calendar; its name is in the key. */
struct entry {
	uint64_t at, size, source, components;
	bool shared;
};

bool
whole_init(struct whole *whole, struct reader *reader, size_t memory,
    struct error *err)
{
	whole->reader = reader;
	spool_init(&whole->bytes, memory / 4);
	spool_init(&whole->out, memory / 8);
	whole->sorter = sorter_new(memory / 4);
	return whole->sorter ||
	       error_set(err, ERR_MEMORY, pos_none(), "no memory");
}

void
whole_free(struct whole *whole)
{
	spool_free(&whole->bytes);
	spool_free(&whole->out);
	sorter_free(whole->sorter);
	arena_free(&whole->arena);
	buf_free(&whole->name);
	buf_free(&whole->key);
	parts_folder_free(&whole->folder);
}

static void
complain(struct whole *whole, enum error_code code, const char *what)
{
	const struct record *record = &whole->reader->record;
	struct error err;

	error_set(&err, code, record->pos, "%s", what);
	whole->folder.report(whole->folder.arg, &err);
}

/* --- taking --------------------------------------------------------------- */

static bool
add_text(struct whole *whole, struct str text, struct error *err)
{
	return spool_add(&whole->bytes, text, err);
}

static bool
close_calendar(struct whole *whole, struct error *err)
{
	struct entry entry = {.at = whole->at,
	    .source = whole->source,
	    .components = whole->components,
	    .shared = whole->shared};
	struct str name = whole->label;

	if (!whole->open)
		return true;
	whole->open = false;
	entry.size = spool_size(&whole->bytes) - whole->at;
	if (name.n == 0)
		name = buf_str(&whole->name);
	if (name.n == 0)
		name = whole->otherwise;
	/* Of a folder all of one name together, else as they came. */
	buf_reset(&whole->key);
	buf_add_str(&whole->key, name);
	buf_add_char(&whole->key, '\0');
	sorter_key_int(&whole->key, (int64_t)whole->source);
	if (!sorter_key_int(&whole->key, (int64_t)whole->order++))
		return error_set(err, ERR_MEMORY, pos_none(), "no memory");
	return sorter_add(whole->sorter, buf_str(&whole->key),
	    (struct str){(const char *)&entry, sizeof(entry)}, err);
}

/* Where its END did not come. */
static bool
end_calendar(struct whole *whole, struct error *err)
{
	if (whole->open && !add_text(whole, STR("END:VCALENDAR\r\n"), err))
		return false;
	return close_calendar(whole, err);
}

static bool
open_calendar(struct whole *whole, bool bare, struct error *err)
{
	if (!end_calendar(whole, err))
		return false;
	whole->open = true;
	whole->bare = bare;
	whole->named = false;
	whole->at = spool_size(&whole->bytes);
	whole->components = 0;
	buf_reset(&whole->name);
	return !bare || add_text(whole,
			    STR("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"
				"PRODID:-//kalends//NONSGML kalends//EN\r\n"),
			    err);
}

static bool
keep(struct whole *whole, struct error *err)
{
	const struct str text = whole->reader->record.text;

	if (!reader_keep(whole->reader, &whole->bytes, err))
		return false;
	if (text.n &&
	    (text.p[text.n - 1] == '\n' || text.p[text.n - 1] == '\r'))
		return true;
	return add_text(whole, STR("\r\n"), err);
}

/* NAME (RFC 7986) goes before X-WR-CALNAME. */
static void
note_name(struct whole *whole)
{
	const struct record *record = &whole->reader->record;
	struct line line;
	bool newer = record->count && record_line_is(record, 0, STR("NAME"));
	bool older =
	    record->count && record_line_is(record, 0, STR("X-WR-CALNAME"));

	if ((!newer && (!older || whole->named)) ||
	    !record_line(record, 0, &line, &whole->arena, NULL))
		return;
	whole->named = newer;
	buf_reset(&whole->name);
	buf_add_str(&whole->name, str_trim(line_text(&line, &whole->arena)));
}

static bool
take_record(struct whole *whole, struct error *err)
{
	const struct reader *reader = whole->reader;
	const struct record *record = &reader->record;

	/* The reader has told of it. */
	if (record->cut)
		return true;
	if (!reader->in_calendar && str_ieq(record->name, STR("VCARD"))) {
		complain(whole, ERR_VALUE,
		    "a card is no component of a calendar; left out");
		return true;
	}
	if (!reader->in_calendar && !(whole->open && whole->bare) &&
	    !open_calendar(whole, true, err))
		return false;
	whole->components += !str_ieq(record->name, STR("VTIMEZONE"));
	return keep(whole, err);
}

static void
take_text(struct whole *whole)
{
	struct str text = str_trim(whole->reader->record.text);

	/* Of an END without BEGIN the reader has told. */
	if (whole->told_text || text.n == 0 ||
	    str_istarts(text, STR("END:VCALENDAR")))
		return;
	whole->told_text = true;
	complain(whole, ERR_SYNTAX, "text outside of any calendar: left out");
}

bool
whole_take(struct whole *whole, struct error *err)
{
	arena_reset(&whole->arena);
	switch (whole->reader->item) {
	case ITEM_BEGIN:
		return open_calendar(whole, false, err) && keep(whole, err);
	case ITEM_LINE:
		note_name(whole);
		return keep(whole, err);
	case ITEM_RECORD:
		return take_record(whole, err);
	case ITEM_END:
		return keep(whole, err) && close_calendar(whole, err);
	case ITEM_TEXT:
		take_text(whole);
		break;
	case ITEM_NONE:
		break;
	}
	return true;
}

bool
whole_input_end(struct whole *whole, struct error *err)
{
	whole->told_text = false;
	return end_calendar(whole, err);
}

/* --- writing -------------------------------------------------------------- */

static bool
end_file(struct whole *whole, struct error *err)
{
	char name[VDIR_NAME];

	if (spool_size(&whole->out) == 0)
		return true;
	return parts_name(&whole->folder, buf_str(&whole->name), name, err) &&
	       parts_write(&whole->folder, name, &whole->out, whole->components,
		   err) &&
	       spool_reset(&whole->out, err);
}

static bool
write_calendar(struct whole *whole, struct str name, const struct entry *entry,
    const struct entry *before, struct error *err)
{
	bool same = entry->shared && before->shared &&
	            entry->source == before->source &&
	            str_eq(name, buf_str(&whole->name));

	if (!same) {
		if (!end_file(whole, err))
			return false;
		whole->components = 0;
		buf_reset(&whole->name);
		if (!buf_add_str(&whole->name, name))
			return error_set(err, ERR_MEMORY, pos_none(),
			    "no memory");
	}
	whole->components += entry->components;
	return spool_append(&whole->bytes, entry->at, entry->size, &whole->out,
	    err);
}

bool
whole_run(struct whole *whole, struct error *err)
{
	struct entry entry, before = {0};
	struct str key, payload;

	if (!sorter_finish(whole->sorter, err))
		return false;
	buf_reset(&whole->name);
	while (sorter_next(whole->sorter, &key, &payload, err)) {
		memcpy(&entry, payload.p, sizeof(entry));
		if (!write_calendar(whole, str_head(key, key.n - 17), &entry,
			&before, err))
			return false;
		before = entry;
	}
	return err->code == ERR_NONE && end_file(whole, err) &&
	       parts_flush(&whole->folder, err);
}
