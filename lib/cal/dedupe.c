#include "cal/dedupe.h"

#include <stdlib.h>

#include "text/row.h"
#include "time/when.h"

/* What is known of a component when it is met; its texts follow. */
struct entry {
	uint64_t number;
	int64_t sequence, stamp, modified;
	struct when recurrence_id; /* WHEN_ZONED: tzid follows, zone is NULL */
	bool range;
	const char *file;
	size_t line;
	uint32_t name, uid, tzid, id; /* sizes */
};

/* What is sorted besides the key. */
struct seen {
	uint64_t number;
	const char *file;
	size_t line;
	uint32_t uid, id; /* sizes */
};

#define ORDER_SIZE 32 /* bytes at the end of a key: which is newer */

bool
dedupe_init(struct dedupe *dedupe, size_t memory, struct error *err)
{
	*dedupe = (struct dedupe){.sorter = sorter_new(memory)};
	spool_init(&dedupe->calendar, 0);
	if (!dedupe->sorter)
		return error_set(err, ERR_MEMORY, pos_none(), "no memory");
	return true;
}

void
dedupe_free(struct dedupe *dedupe)
{
	sorter_free(dedupe->sorter);
	sorter_free(dedupe->rows);
	spool_free(&dedupe->calendar);
	buf_free(&dedupe->key);
	buf_free(&dedupe->payload);
	free(dedupe->dropped);
	*dedupe = (struct dedupe){0};
}

static bool
no_memory(struct error *err)
{
	return error_set(err, ERR_MEMORY, pos_none(), "no memory");
}

/* --- a component ---------------------------------------------------------- */

static struct str
value_of(const struct draft *draft, struct str name)
{
	struct draft_part whole = draft_whole(draft);
	const struct draft_line *line = draft_find(draft, &whole, name, NULL);

	return line ? str_trim(line_text(&line->line, draft->arena))
	            : (struct str){NULL, 0};
}

/* Of a time that is wrongly not in UTC the digits have to do. */
static int64_t
time_of(const struct draft *draft, struct str name)
{
	struct when when;

	if (!when_parse(&when, value_of(draft, name), pos_none(), NULL))
		return INT64_MIN;
	return when.local;
}

static void
read_recurrence_id(struct entry *entry, const struct draft *draft,
    struct str *id, struct str *tzid)
{
	struct draft_part whole = draft_whole(draft);
	const struct draft_line *line =
	    draft_find(draft, &whole, STR("RECURRENCE-ID"), NULL);
	struct str range;

	if (!line)
		return;
	*id = str_trim(line->line.value);
	entry->range =
	    line_param(&line->line, STR("RANGE"), draft->arena, &range) &&
	    str_ieq(range, STR("THISANDFUTURE"));
	/* What cannot be read is compared as text. */
	if (!when_parse(&entry->recurrence_id, *id, pos_none(), NULL)) {
		entry->recurrence_id = (struct when){.kind = WHEN_NONE};
		return;
	}
	if (entry->recurrence_id.kind == WHEN_FLOATING &&
	    line_param(&line->line, STR("TZID"), draft->arena, tzid))
		entry->recurrence_id.kind = WHEN_ZONED;
}

bool
dedupe_add(struct dedupe *dedupe, const struct draft *draft, uint64_t *number,
    struct error *err)
{
	struct str uid = value_of(draft, STR("UID"));
	struct str id = {NULL, 0}, tzid = {NULL, 0};
	struct entry entry = {.number = ++dedupe->count};
	uint64_t sequence = 0;

	*number = entry.number;
	if (uid.n == 0)
		return true;
	str_number(value_of(draft, STR("SEQUENCE")), INT32_MAX, &sequence);
	entry.sequence = (int64_t)sequence;
	entry.stamp = time_of(draft, STR("DTSTAMP"));
	entry.modified = time_of(draft, STR("LAST-MODIFIED"));
	read_recurrence_id(&entry, draft, &id, &tzid);
	entry.file = draft->pos.file;
	entry.line = draft->pos.line;
	entry.name = (uint32_t)draft->name.n;
	entry.uid = (uint32_t)uid.n;
	entry.tzid = (uint32_t)tzid.n;
	entry.id = (uint32_t)id.n;
	buf_reset(&dedupe->payload);
	buf_add(&dedupe->payload, &entry, sizeof(entry));
	buf_add_str(&dedupe->payload, draft->name);
	buf_add_str(&dedupe->payload, uid);
	buf_add_str(&dedupe->payload, tzid);
	buf_add_str(&dedupe->payload, id);
	if (!buf_ok(&dedupe->payload))
		return no_memory(err);
	return spool_add(&dedupe->calendar, buf_str(&dedupe->payload), err);
}

/* --- its key -------------------------------------------------------------- */

static void
add_sized(struct buf *key, struct str text, bool upper)
{
	sorter_key_int(key, (int64_t)text.n);
	for (size_t i = 0; i < text.n; i++)
		buf_add_char(key, upper ? ascii_upper(text.p[i]) : text.p[i]);
}

static void
add_recurrence_id(struct buf *key, const struct entry *entry, struct str id,
    const struct zone *zone)
{
	const struct when *when = &entry->recurrence_id;
	int64_t number = when->local;
	char kind = 'T';

	switch (when->kind) {
	case WHEN_NONE:
		add_sized(key, id, false);
		break;
	case WHEN_DATE:
		kind = 'D';
		break;
	case WHEN_FLOATING:
		kind = 'L';
		break;
	case WHEN_UTC:
		kind = 'I';
		break;
	case WHEN_ZONED:
		kind = zone ? 'I' : 'L';
		if (zone)
			number = zone_instant(NULL, zone, number, NULL);
		break;
	}
	buf_add_char(key, kind);
	sorter_key_int(key, number);
	buf_add_char(key, entry->range ? 'R' : ' ');
}

static bool
sort_entry(struct dedupe *dedupe, const struct entry *entry, struct str texts,
    struct str method, const struct zone *(*zone)(void *arg, struct str tzid),
    void *arg, struct error *err)
{
	struct buf *key = &dedupe->key, *payload = &dedupe->payload;
	struct str name = str_head(texts, entry->name);
	struct str uid = str_head(str_from(texts, entry->name), entry->uid);
	struct str rest = str_from(texts, (size_t)entry->name + entry->uid);
	struct str tzid = str_head(rest, entry->tzid);
	struct str id = str_from(rest, entry->tzid);
	struct seen seen = {entry->number, entry->file, entry->line, entry->uid,
	    entry->id};

	buf_reset(key);
	add_sized(key, method, true);
	add_sized(key, name, true);
	add_sized(key, uid, false);
	add_recurrence_id(key, entry, id, tzid.n ? zone(arg, tzid) : NULL);
	sorter_key_int(key, entry->sequence);
	sorter_key_int(key, entry->stamp);
	sorter_key_int(key, entry->modified);
	sorter_key_int(key, (int64_t)entry->number);
	buf_reset(payload);
	buf_add(payload, &seen, sizeof(seen));
	buf_add_str(payload, uid);
	buf_add_str(payload, id);
	if (!buf_ok(key) || !buf_ok(payload))
		return no_memory(err);
	return sorter_add(dedupe->sorter, buf_str(key), buf_str(payload), err);
}

static bool
spool_take(struct spool *spool, uint64_t *at, char *to, size_t n,
    struct error *err)
{
	size_t got;

	for (; n; n -= got, to += got, *at += got)
		if (!spool_read(spool, *at, to, n, &got, err))
			return false;
	return true;
}

bool
dedupe_close(struct dedupe *dedupe, struct str method,
    const struct zone *(*zone)(void *arg, struct str tzid), void *arg,
    struct error *err)
{
	struct spool *spool = &dedupe->calendar;
	uint64_t size = spool_size(spool), at = 0;
	struct buf texts = {0};
	bool ok = true;

	while (ok && at < size) {
		struct entry entry;
		size_t n;

		ok = spool_take(spool, &at, (char *)&entry, sizeof(entry), err);
		if (!ok)
			break;
		n = (size_t)entry.name + entry.uid + entry.tzid + entry.id;
		buf_reset(&texts);
		ok = buf_reserve(&texts, n)
		         ? spool_take(spool, &at, texts.p, n, err)
		         : no_memory(err);
		texts.n = n;
		ok = ok && sort_entry(dedupe, &entry, buf_str(&texts), method,
			       zone, arg, err);
	}
	buf_free(&texts);
	return ok && spool_reset(spool, err);
}

/* --- the decision --------------------------------------------------------- */

static void
add_field(struct field *field, struct str text)
{
	*field = (struct field){.kind = text.n ? FIELD_TEXT : FIELD_ABSENT,
	    .text = text};
}

static bool
add_row(struct dedupe *dedupe, const struct seen *old, struct str texts,
    const struct seen *newer, struct error *err)
{
	struct field fields[4];
	struct buf here = {0}, there = {0}, row = {0}, key = {0};
	bool ok;

	buf_printf(&here, "%s:%zu", old->file, old->line);
	buf_printf(&there, "%s:%zu", newer->file, newer->line);
	add_field(&fields[0], buf_str(&here));
	add_field(&fields[1], str_head(texts, old->uid));
	add_field(&fields[2], str_from(texts, old->uid));
	add_field(&fields[3], buf_str(&there));
	row_write_text(&row, fields, 4);
	sorter_key_int(&key, (int64_t)old->number);
	ok = buf_ok(&here) && buf_ok(&there) && buf_ok(&row) && buf_ok(&key);
	ok = ok ? sorter_add(dedupe->rows, buf_str(&key), buf_str(&row), err)
	        : no_memory(err);
	buf_free(&here);
	buf_free(&there);
	buf_free(&row);
	buf_free(&key);
	return ok;
}

/* The entry before is an older one of the same. */
static bool
drop(struct dedupe *dedupe, struct str old, const struct seen *newer,
    struct error *err)
{
	struct seen seen;

	memcpy(&seen, old.p, sizeof(seen));
	dedupe->dropped[seen.number / 8] |=
	    (unsigned char)(1u << seen.number % 8);
	return !dedupe->rows ||
	       add_row(dedupe, &seen, str_from(old, sizeof(seen)), newer, err);
}

static bool
compare_all(struct dedupe *dedupe, struct error *err)
{
	struct buf last_key = {0}, last = {0};
	struct str key, payload;
	struct seen seen;
	bool ok = true;

	while (ok && sorter_next(dedupe->sorter, &key, &payload, err)) {
		memcpy(&seen, payload.p, sizeof(seen));
		key.n -= ORDER_SIZE;
		if (last_key.n && str_eq(buf_str(&last_key), key))
			ok = drop(dedupe, buf_str(&last), &seen, err);
		buf_reset(&last_key);
		buf_reset(&last);
		buf_add_str(&last_key, key);
		buf_add_str(&last, payload);
		if (!buf_ok(&last_key) || !buf_ok(&last))
			ok = no_memory(err);
	}
	buf_free(&last_key);
	buf_free(&last);
	return ok && err->code == ERR_NONE;
}

bool
dedupe_decide(struct dedupe *dedupe, bool rows, struct error *err)
{
	dedupe->dropped = calloc((size_t)(dedupe->count / 8 + 1), 1);
	if (!dedupe->dropped)
		return no_memory(err);
	if (rows && !(dedupe->rows = sorter_new(0)))
		return no_memory(err);
	return sorter_finish(dedupe->sorter, err) && compare_all(dedupe, err) &&
	       (!dedupe->rows || sorter_finish(dedupe->rows, err));
}

bool
dedupe_drops(const struct dedupe *dedupe, uint64_t number)
{
	return dedupe->dropped[number / 8] >> number % 8 & 1;
}

bool
dedupe_next_row(struct dedupe *dedupe, struct str *row, struct error *err)
{
	struct str key;

	return sorter_next(dedupe->rows, &key, row, err);
}
