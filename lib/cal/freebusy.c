#include "cal/freebusy.h"

#include <inttypes.h>
#include <stdio.h>

#include "cal/instant.h"

/* --- reading -------------------------------------------------------------- */

static bool
is_property(const struct mark *mark)
{
	return mark->depth == 1 &&
	       !(mark->flags & (MARK_BEGIN | MARK_END | MARK_DEEP));
}

static bool
read_property(struct freebusy *freebusy, const struct line *line,
    const struct event_context *context)
{
	struct str value = str_trim(line->value);
	struct when when;

	if (str_ieq(line->name, STR("UID")))
		freebusy->uid = value;
	else if (str_ieq(line->name, STR("ORGANIZER")))
		freebusy->organizer = *line;
	else if (str_ieq(line->name, STR("ATTENDEE")) &&
		 !freebusy->attendee.raw.p)
		freebusy->attendee = *line;
	else if (str_ieq(line->name, STR("DTSTAMP")))
		return instant_read(line, value, context, &when,
		    &freebusy->stamp);
	else if (str_ieq(line->name, STR("DTSTART")))
		return instant_read(line, value, context, &when,
		    &freebusy->from);
	else if (str_ieq(line->name, STR("DTEND")))
		return instant_read(line, value, context, &when,
		    &freebusy->until);
	return true;
}

bool
freebusy_read(struct freebusy *freebusy, const struct record *record,
    const struct event_context *context)
{
	struct line line;
	bool whole = true;

	*freebusy = (struct freebusy){.stamp = INT64_MIN,
	    .from = INT64_MIN,
	    .until = INT64_MAX};
	/* FREEBUSY lines, which are most, are not even split. */
	for (size_t i = 1; i < record->count; i++)
		if (is_property(&record->marks[i]) &&
		    !record_line_is(record, i, STR("FREEBUSY")) &&
		    record_line(record, i, &line, context->arena, NULL))
			whole &= read_property(freebusy, &line, context);
	return whole;
}

/* RFC 5545 wants UTC; others write local times all the same. */
static bool
read_period(const struct line *line, struct str value,
    const struct event_context *context, int64_t *from, int64_t *until)
{
	struct error err;
	struct when when;
	struct str start;

	if (!str_cut(&value, '/', &start) ||
	    !instant_read(line, start, context, &when, from))
		return false;
	value = str_trim(value);
	if (value.n && (ascii_upper(value.p[0]) == 'P' || value.p[0] == '+')) {
		if (!instant_read_after(line, value, context, &when, until))
			return false;
	} else if (!instant_read(line, value, context, &when, until)) {
		return false;
	}
	if (*until >= *from)
		return true;
	error_set(&err, ERR_VALUE, line->pos,
	    "a period that ends before it begins: left out");
	return instant_report(context, &err);
}

/* Where the periods of a VFREEBUSY go. */
struct periods {
	int64_t first, last; /* what is asked for */
	struct busy_set *set;
	struct busy_span *reach;
};

static bool
read_line(const struct line *line, const struct event_context *context,
    struct periods *periods)
{
	enum busy_type type = BUSY_BUSY;
	struct str rest = line->value, value, fbtype;
	bool whole = true;

	if (line_param(line, STR("FBTYPE"), context->arena, &fbtype))
		type = busy_type_parse(fbtype);
	while (str_cut(&rest, ',', &value)) {
		struct busy_span *reach = periods->reach;
		int64_t from, until;

		value = str_trim(value);
		if (value.n == 0)
			continue;
		if (!read_period(line, value, context, &from, &until)) {
			whole = false;
			continue;
		}
		reach->from = from < reach->from ? from : reach->from;
		reach->until = until > reach->until ? until : reach->until;
		if (type != BUSY_FREE)
			busy_add_within(periods->set, from, until, type,
			    periods->first, periods->last);
	}
	return whole;
}

bool
freebusy_read_periods(const struct record *record,
    const struct event_context *context, int64_t from, int64_t until,
    struct busy_set *set, struct busy_span *reach)
{
	struct periods periods = {from, until, set, reach};
	struct line line;
	struct error err;
	bool whole = true;

	*reach = (struct busy_span){INT64_MAX, INT64_MIN, BUSY_FREE};
	for (size_t i = 1; i < record->count; i++) {
		const struct mark *mark = &record->marks[i];

		if (!is_property(mark) ||
		    !record_line_is(record, i, STR("FREEBUSY")) ||
		    !record_line(record, i, &line, context->arena, NULL))
			continue;
		if (mark->flags & MARK_ELIDED) {
			error_set(&err, ERR_LIMIT, line.pos,
			    "line of more than %zu bytes: not looked at",
			    LIMIT_LINE);
			whole = instant_report(context, &err);
			continue;
		}
		whole &= read_line(&line, context, &periods);
	}
	return whole;
}

struct str
freebusy_address(const struct line *line)
{
	struct str value = str_trim(line->value);

	return str_istarts(value, STR("mailto:")) ? str_from(value, 7) : value;
}

struct str
freebusy_cn(const struct line *line, struct arena *arena)
{
	struct str cn = {NULL, 0};

	if (line->raw.p)
		line_param(line, STR("CN"), arena, &cn);
	return cn;
}

/* --- writing -------------------------------------------------------------- */

#define PERIODS_A_LINE 32

static void
write_line(struct buf *out, struct buf *line, const char *name,
    struct str value)
{
	if (value.n == 0)
		return;
	buf_reset(line);
	buf_add_str(line, str_of(name));
	buf_add_str(line, value);
	line_write(out, buf_str(line));
}

static void
add_instant(struct buf *line, int64_t instant)
{
	struct when when = {.kind = WHEN_UTC, .local = instant};

	when_write(&when, line);
}

static void
write_instant(struct buf *out, struct buf *line, const char *name,
    int64_t instant)
{
	buf_reset(line);
	buf_add_str(line, str_of(name));
	add_instant(line, instant);
	line_write(out, buf_str(line));
}

/* FBTYPE is written for BUSY too: there are readers that pass over a line
 * without it. */
static void
write_periods(struct buf *out, struct buf *line, const struct busy_set *set)
{
	size_t n = 0;

	for (size_t i = 0; i < set->count; i++) {
		const struct busy_span *span = &set->spans[i];

		if (n == 0) {
			buf_reset(line);
			buf_add_str(line, STR("FREEBUSY;FBTYPE="));
			buf_add_str(line, busy_type_fbtype(span->type));
		}
		buf_add_char(line, n ? ',' : ':');
		add_instant(line, span->from);
		buf_add_char(line, '/');
		add_instant(line, span->until);
		if (++n < PERIODS_A_LINE && i + 1 < set->count &&
		    span[1].type == span->type)
			continue;
		line_write(out, buf_str(line));
		n = 0;
	}
}

bool
freebusy_write(struct buf *out, const struct freebusy_text *text,
    const struct busy_set *set)
{
	struct buf line = {0}, name = {0};
	bool ok;

	buf_printf(out,
	    "BEGIN:VCALENDAR\r\nVERSION:2.0\r\n"
	    "PRODID:-//kalends//%.*s//EN\r\nMETHOD:%.*s\r\n",
	    STR_ARG(text->program), STR_ARG(text->method));
	text_escape(&name, text->name);
	write_line(out, &line, "NAME:", buf_str(&name));
	buf_add_str(out, STR("BEGIN:VFREEBUSY\r\n"));
	write_line(out, &line, "UID:", text->uid);
	write_instant(out, &line, "DTSTAMP:", text->stamp);
	write_line(out, &line, "", text->organizer);
	write_line(out, &line, "", text->attendee);
	write_instant(out, &line, "DTSTART:", text->from);
	write_instant(out, &line, "DTEND:", text->until);
	write_periods(out, &line, set);
	write_line(out, &line, "REQUEST-STATUS:", text->status);
	buf_add_str(out, STR("END:VFREEBUSY\r\nEND:VCALENDAR\r\n"));
	ok = buf_ok(&line) && buf_ok(&name) && buf_ok(out);
	buf_free(&line);
	buf_free(&name);
	return ok;
}

static uint64_t
hash(struct str seed, uint64_t h)
{
	for (size_t i = 0; i < seed.n; i++) {
		h = (h ^ (unsigned char)seed.p[i]) * UINT64_C(0x100000001b3);
		h ^= h >> 29;
	}
	h ^= h >> 32;
	h *= UINT64_C(0xd6e8feb86659fd93);
	return h ^ h >> 32;
}

/* Version 8 of RFC 9562: made by a way of one's own. */
void
freebusy_make_uid(char uid[FREEBUSY_UID + 1], struct str seed)
{
	uint64_t a = hash(seed, UINT64_C(0xcbf29ce484222325));
	uint64_t b = hash(seed, UINT64_C(0x9ae16a3b2f90404f));

	snprintf(uid, FREEBUSY_UID + 1,
	    "%08" PRIx64 "-%04" PRIx64 "-8%03" PRIx64 "-%04" PRIx64
	    "-%012" PRIx64,
	    a >> 32, a >> 16 & 0xffff, a & 0xfff, (b >> 48 & 0x3fff) | 0x8000,
	    b & UINT64_C(0xffffffffffff));
}
