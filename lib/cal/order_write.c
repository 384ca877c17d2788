/* Records as keys: bytes that compare as the values do. */

#include "base/sorter.h"
#include "cal/length.h"
#include "cal/order_impl.h"
#include "text/fold.h"

#define TEXT_MOST ((size_t)64 << 10) /* bytes of a text compared */

/* A value begins with what it is; smaller comes first, also in reverse. */
enum rank {
	RANK_NUMBER = 1,
	RANK_DURATION,
	RANK_TIME,
	RANK_TEXT,
	RANK_MISSING,
};

/* What one key of one record is written with. */
struct writing {
	const struct order *order;
	const struct order_key *key;
	const struct record *record;
	struct component component;
	struct order_context *context;
	struct buf *out;
};

/* --- values as bytes ------------------------------------------------------ */

static void
put_rank(const struct writing *writing, enum rank rank)
{
	buf_add_char(writing->out, (char)rank);
}

/* What was written from `from` on compares the other way round. */
static void
turn(const struct writing *writing, size_t from)
{
	struct buf *out = writing->out;

	if (writing->key->flags & ORDER_REVERSE)
		for (; from < out->n; from++)
			out->p[from] = (char)~out->p[from];
}

static void
put_int(const struct writing *writing, enum rank rank, int64_t number,
    char then)
{
	size_t from;

	put_rank(writing, rank);
	from = writing->out->n;
	sorter_key_int(writing->out, number);
	buf_add_char(writing->out, then);
	turn(writing, from);
}

static void
put_instant(const struct writing *writing, int64_t instant, enum when_kind kind)
{
	put_int(writing, RANK_TIME, instant, kind != WHEN_DATE);
}

/* A text ends in two NULs; one in it is followed by a one. */
static void
put_bytes(const struct writing *writing, struct str text)
{
	struct buf *out = writing->out;
	size_t from, nul;

	put_rank(writing, RANK_TEXT);
	from = out->n;
	while ((nul = str_find_byte(text, '\0')) != SIZE_MAX) {
		buf_add_str(out, str_head(text, nul + 1));
		buf_add_char(out, 1);
		text = str_from(text, nul + 1);
	}
	buf_add_str(out, text);
	buf_add(out, "\0", 2);
	turn(writing, from);
}

/* As the locale has it. strxfrm() wants a NUL and no other. */
static void
put_collated(const struct writing *writing, struct str text)
{
	struct arena *arena = writing->context->arena;
	char *from, *to;
	size_t n;

	if (!writing->order->collate) {
		put_bytes(writing, text);
		return;
	}
	from = arena_cstr(arena, text);
	for (size_t i = 0; from && i < text.n; i++)
		if (from[i] == '\0')
			from[i] = 1;
	n = from ? strxfrm(NULL, from, 0) : 0;
	to = from && n < SIZE_MAX / 2 ? arena_alloc(arena, n + 1) : NULL;
	if (!to) {
		writing->out->failed = true;
		return;
	}
	strxfrm(to, from, n + 1);
	put_bytes(writing, (struct str){to, n});
}

/* As -i wants it. */
static struct str
folded(const struct writing *writing, struct str text)
{
	struct str fold = text;

	if (writing->key->flags & ORDER_FOLD)
		fold = fold_text(text, writing->context->arena);
	if (text.n && !fold.p)
		writing->out->failed = true;
	return fold;
}

static void
put_text(const struct writing *writing, struct str text)
{
	put_collated(writing, folded(writing, str_head(text, TEXT_MOST)));
}

static void
put_word(const struct writing *writing, struct str word)
{
	struct str copy = {NULL, 0};
	char *upper = arena_cstr(writing->context->arena, word);

	if (!upper) {
		writing->out->failed = true;
		return;
	}
	for (size_t i = 0; i < word.n; i++)
		upper[i] = ascii_upper(upper[i]);
	copy = (struct str){upper, word.n};
	put_bytes(writing, copy);
}

static struct str
digits_at(struct str s)
{
	size_t n = 0;

	while (n < s.n && ascii_digit(s.p[n]))
		n++;
	return str_head(s, n);
}

/* A decimal number of any size: its sign, how many digits stand before the
 * point, all digits. Equal numbers give equal bytes. False for other text. */
static bool
put_number(const struct writing *writing, struct str text)
{
	struct buf *out = writing->out;
	bool negative = text.n && text.p[0] == '-';
	struct str whole, part = {"", 0};
	size_t from, all;

	if (text.n && (text.p[0] == '-' || text.p[0] == '+'))
		text = str_from(text, 1);
	whole = digits_at(text);
	text = str_from(text, whole.n);
	all = whole.n;
	if (text.n && text.p[0] == '.') {
		part = digits_at(str_from(text, 1));
		text = str_from(text, 1 + part.n);
		all += part.n;
	}
	if (all == 0 || text.n)
		return false;
	while (whole.n && whole.p[0] == '0')
		whole = str_from(whole, 1);
	while (part.n && part.p[part.n - 1] == '0')
		part.n--;
	put_rank(writing, RANK_NUMBER);
	negative = negative && whole.n + part.n > 0;
	buf_add_char(out, negative ? 1 : 2);
	from = out->n;
	sorter_key_int(out, (int64_t)whole.n);
	buf_add_str(out, whole);
	buf_add_str(out, part);
	buf_add_char(out, '\0');
	for (size_t i = from; negative && i < out->n; i++)
		out->p[i] = (char)~out->p[i];
	turn(writing, from - 1);
	return true;
}

/* --- values of properties ------------------------------------------------- */

static void
report(const struct writing *writing, const struct error *err)
{
	writing->context->report(writing->context->arg, err);
}

static struct pos
value_pos(const struct line *line)
{
	struct pos pos = line->pos;

	pos.column = line->name.n + line->params.n + 2;
	return pos;
}

/* The first of a list, the beginning of a period. */
static bool
put_time(const struct writing *writing, const struct line *line)
{
	struct order_context *context = writing->context;
	struct str value = line->value, tzid;
	struct when when;
	struct error err;

	value = str_head(value, str_find_byte(value, ','));
	value = str_trim(str_head(value, str_find_byte(value, '/')));
	if (!when_parse(&when, value, value_pos(line), &err)) {
		report(writing, &err);
		return false;
	}
	if (when.kind == WHEN_FLOATING &&
	    line_param(line, STR("TZID"), context->arena, &tzid)) {
		when.zone = order_zone(context, tzid, line->pos);
		when.kind = WHEN_ZONED;
	}
	put_instant(writing,
	    when_instant(&when, context->zone, &context->cursor), when.kind);
	return true;
}

static bool
put_duration(const struct writing *writing, const struct line *line)
{
	struct duration duration;
	struct error err;

	if (!duration_parse(&duration, str_trim(line->value), false,
		value_pos(line), &err)) {
		report(writing, &err);
		return false;
	}
	put_int(writing, RANK_DURATION,
	    duration.days * SECONDS_A_DAY + duration.seconds, 0);
	return true;
}

static void
put_address(const struct writing *writing, struct str value)
{
	if (str_istarts(value, STR("mailto:")))
		value = str_from(value, 7);
	put_word(writing, value);
}

static enum order_type
type_of(const struct writing *writing, const struct line *line)
{
	static const struct {
		struct str name;
		enum order_type type;
	} types[] = {{STR_C("DATE-TIME"), ORDER_TIME},
	    {STR_C("DATE"), ORDER_TIME}, {STR_C("PERIOD"), ORDER_TIME},
	    {STR_C("DURATION"), ORDER_DURATION},
	    {STR_C("INTEGER"), ORDER_NUMBER}, {STR_C("FLOAT"), ORDER_NUMBER},
	    {STR_C("URI"), ORDER_BYTES}, {STR_C("CAL-ADDRESS"), ORDER_ADDRESS}};
	enum order_type type = writing->key->type;
	struct str value;

	if (line->params.n &&
	    line_param(line, STR("VALUE"), writing->context->arena, &value))
		for (size_t i = 0; i < sizeof(types) / sizeof(types[0]); i++)
			if (str_ieq(value, types[i].name))
				type = types[i].type;
	if ((type == ORDER_TEXT || type == ORDER_BYTES) &&
	    writing->key->flags & ORDER_NUMERIC)
		type = ORDER_NUMBER;
	return type;
}

static void
put_value(const struct writing *writing, const struct line *line)
{
	struct arena *arena = writing->context->arena;
	struct str value = str_trim(line->value);

	switch (type_of(writing, line)) {
	case ORDER_TIME:
		if (put_time(writing, line))
			return;
		break;
	case ORDER_DURATION:
		if (put_duration(writing, line))
			return;
		break;
	case ORDER_NUMBER:
		if (put_number(writing, value))
			return;
		break;
	case ORDER_WORD:
		put_word(writing, value);
		return;
	case ORDER_ADDRESS:
		put_address(writing, value);
		return;
	case ORDER_BYTES:
		put_bytes(writing, folded(writing, value));
		return;
	case ORDER_TEXT:
		break;
	}
	put_text(writing, line_text(line, arena));
}

/* The first property of that name; what is too long is told of. */
static bool
find_line(const struct writing *writing, struct str name, struct line *line)
{
	const struct record *record = writing->record;
	struct error err;

	for (size_t i = 1; i < record->count; i++) {
		const struct mark *mark = &record->marks[i];

		if (mark->depth != 1 ||
		    mark->flags & (MARK_BEGIN | MARK_END | MARK_DEEP) ||
		    !record_line_is(record, i, name))
			continue;
		if (!record_line(record, i, line, writing->context->arena,
			&err)) {
			writing->out->failed |= err.code == ERR_MEMORY;
			continue;
		}
		if (mark->flags & MARK_ELIDED) {
			error_set(&err, ERR_LIMIT, line->pos,
			    "line of more than %zu bytes: sorted by the "
			    "beginning of it",
			    LIMIT_LINE);
			report(writing, &err);
		}
		return true;
	}
	return false;
}

/* --- keys ----------------------------------------------------------------- */

static bool
put_start(const struct writing *writing)
{
	struct line line;

	if (!find_line(writing, STR("DTSTART"), &line) &&
	    !find_line(writing, STR("RECURRENCE-ID"), &line) &&
	    !(component_is(&writing->component, STR("VTODO")) &&
		find_line(writing, STR("DUE"), &line)))
		return false;
	if (!put_time(writing, &line))
		put_bytes(writing, str_trim(line.value));
	return true;
}

static void
report_value(void *arg, const struct error *err)
{
	struct order_context *context = arg;

	context->report(context->arg, err);
}

static bool
put_end(const struct writing *writing)
{
	struct order_context *context = writing->context;
	struct event_context reading = {.zones = context->zones,
	    .scope = context->scope,
	    .policy = context->policy,
	    .zone = context->zone,
	    .arena = context->arena,
	    .report = report_value,
	    .odd_zone = order_odd_zone,
	    .arg = context};
	struct occurrence occurrence = {0};
	struct event event;
	struct error err;

	if (!event_read_times(&event, writing->record, &reading, &err))
		return false;
	occurrence.event = &event;
	occurrence.start = event.start;
	occurrence.from =
	    when_instant(&event.start, context->zone, &context->cursor);
	occurrence_set_end(&occurrence, &event, context->zone,
	    &context->cursor);
	put_instant(writing, occurrence.until, occurrence.end.kind);
	return true;
}

static bool
put_property(const struct writing *writing)
{
	struct str name = {writing->key->name, writing->key->name_n};
	struct line line;

	if (!find_line(writing, name, &line))
		return false;
	/* Undefined, as good as none (3.8.1.9). */
	if (str_eq(name, STR("PRIORITY")) &&
	    str_eq(str_trim(line.value), STR("0")))
		return false;
	put_value(writing, &line);
	return true;
}

static bool
put_key(const struct writing *writing)
{
	switch (writing->key->kind) {
	case ORDER_START:
		return put_start(writing);
	case ORDER_END:
		return put_end(writing);
	case ORDER_TYPE:
		put_word(writing, writing->component.name);
		return true;
	case ORDER_PROPERTY:
		break;
	}
	return put_property(writing);
}

bool
order_write(const struct order *order, const struct record *record,
    struct order_context *context, struct buf *key)
{
	struct writing writing = {.order = order,
	    .record = record,
	    .context = context,
	    .out = key};

	component_of_record(&writing.component, record);
	for (size_t i = 0; i < order->count; i++) {
		writing.key = &order->keys[i];
		if (!put_key(&writing))
			put_rank(&writing, RANK_MISSING);
	}
	return buf_ok(key);
}
