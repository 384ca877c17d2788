#include "card/convert.h"

#include "base/limits.h"
#include "card/value.h"

void
card_convert_free(struct card_convert *convert)
{
	arena_free(&convert->arena);
}

static void
tell(struct card_convert *convert, const struct error *err)
{
	if (convert->tell)
		convert->tell(convert->arg, err);
}

static void
tell_renamed(struct card_convert *convert, struct str name)
{
	const struct card_property *property = &convert->property;
	struct error err;

	error_set(&err, ERR_NONE, property->pos,
	    "%.*s is kept as %.*s, for vCard %.*s has no such property",
	    STR_ARG(name), STR_ARG(property->name),
	    STR_ARG(card_version_name(convert->to)));
	tell(convert, &err);
}

static void
tell_mended(struct card_convert *convert)
{
	const struct card_property *property = &convert->property;
	struct error err;

	error_set(&err, ERR_NONE, property->pos,
	    "%.*s is written as vCard %.*s wants it", STR_ARG(property->name),
	    STR_ARG(card_version_name(convert->to)));
	tell(convert, &err);
}

static void
tell_added(struct card_convert *convert, struct str value)
{
	const struct card_property *property = &convert->property;
	struct error err;

	error_set(&err, ERR_NONE, property->pos, "%.*s was missing: %.*s",
	    STR_ARG(property->name), STR_ARG(value));
	tell(convert, &err);
}

static void
tell_at(struct card_convert *convert, struct pos pos, const char *text)
{
	struct error err;

	error_set(&err, ERR_NONE, pos, "%s", text);
	tell(convert, &err);
}

/* Without a VERSION it is taken for 3.0, as most programs do. */
static enum card_version
version_of(struct card_convert *convert, const struct record *record)
{
	struct component card;
	struct line line;
	enum card_version version = CARD_UNKNOWN;

	component_of_record(&card, record);
	if (component_line(&card, STR("VERSION"), &line, &convert->arena))
		version = card_version_of(line.value);
	if (version == CARD_UNKNOWN) {
		tell_at(convert, record->pos,
		    "no known VERSION: taken for 3.0");
		version = CARD_30;
	}
	return version;
}

static bool
write_property(struct card_convert *convert, struct buf *out)
{
	struct card_property *property = &convert->property;
	enum card_version from = convert->from, to = convert->to;
	struct str name = property->name;

	if (to != CARD_40)
		card_to_30(property, from == CARD_40);
	if (card_rename(property, from, to))
		tell_renamed(convert, name);
	if (to == CARD_40)
		card_to_40(property);
	card_rename_params(property, from, to);
	if (str_eq(property->name, STR("N")))
		convert->has_name = true;
	if (str_eq(property->name, STR("FN")))
		convert->has_full_name = true;
	if (property->failed)
		return false;
	return to == CARD_21 ? card_property_write_21(property, out)
	                     : card_property_write(property, out);
}

/* Any bytes as a value. */
static struct str
escaped(struct card_convert *convert, struct str bytes)
{
	struct buf text = {0}, clean = {0};
	struct str copy;

	text_to_utf8(&clean, bytes);
	text_escape(&text, buf_str(&clean));
	copy = arena_copy(&convert->arena, buf_str(&text));
	convert->property.failed |=
	    !buf_ok(&text) || !buf_ok(&clean) || (text.n && !copy.p);
	buf_free(&text);
	buf_free(&clean);
	return copy;
}

/* A card inside, the value of an AGENT, as text. */
static struct str
inner_card(struct card_convert *convert, const struct component *inner)
{
	const struct record *record = inner->record;
	const struct mark *first = &record->marks[inner->first];
	const struct mark *last =
	    &record->marks[inner->first + inner->count - 1];
	struct str text = {record->text.p + first->at,
	    last->at + last->size - first->at};

	return escaped(convert, text);
}

static bool
take_line(struct card_convert *convert, const struct line *line,
    const struct component *card, size_t *child, struct buf *out)
{
	struct card_property *property = &convert->property;
	struct component inner;
	bool mended;

	if (!card_property_read(property, line, convert->from, &convert->arena,
		&mended))
		return false;
	if (str_ieq(property->name, STR("VERSION")))
		return true;
	if (str_eq(property->name, STR("AGENT")) &&
	    str_trim(property->value).n == 0 &&
	    component_next_child(card, child, &inner))
		property->value = inner_card(convert, &inner);
	/* Made of FN for the sake of 3.0: see add(). */
	if (convert->to == CARD_40 && str_eq(property->name, STR("N")) &&
	    card_param(property, STR("X-MADE-FROM")))
		return true;
	if (mended)
		tell_mended(convert);
	return write_property(convert, out);
}

/* What is no content line: nothing is thrown away. */
static bool
keep_line(struct card_convert *convert, struct str raw, struct pos pos,
    struct buf *out)
{
	convert->property = (struct card_property){.name = STR("X-KEPT-LINE"),
	    .pos = pos,
	    .arena = &convert->arena};
	convert->property.value = escaped(convert, str_trim(raw));
	tell_at(convert, pos, "no content line: kept as X-KEPT-LINE");
	return write_property(convert, out);
}

static bool
take_lines(struct card_convert *convert, const struct record *record,
    struct buf *out)
{
	struct component card;
	size_t child = 0;

	component_of_record(&card, record);
	for (size_t i = 1; i < record->count; i++) {
		const struct mark *mark = &record->marks[i];
		struct str raw = {record->text.p + mark->at, mark->size};
		struct error err;
		struct line line;

		if (mark->depth != 1 || mark->flags & (MARK_BEGIN | MARK_END) ||
		    str_trim(raw).n == 0)
			continue;
		if (record_line(record, i, &line, &convert->arena, &err) &&
			    card_is_token(line.name) &&
			    (line.group.n == 0 || card_is_token(line.group))
			? !take_line(convert, &line, &card, &child, out)
			: !keep_line(convert, raw, line.pos, out))
			return false;
	}
	return true;
}

static bool
add(struct card_convert *convert, const struct record *record, struct str name,
    struct str value, struct buf *out)
{
	struct card_property *property = &convert->property;

	*property = (struct card_property){.name = name,
	    .pos = record->pos,
	    .arena = &convert->arena};
	property->value = escaped(convert, value);
	if (str_eq(name, STR("N"))) {
		/* So that it is none on the way back. */
		card_param_add(property, STR("X-MADE-FROM"), STR("FN"));
		property->value =
		    card_join(property, property->value, STR(";;;;"));
	}
	tell_added(convert, value);
	return convert->to == CARD_21 ? card_property_write_21(property, out)
	                              : card_property_write(property, out);
}

/* FN must be there in 3.0 and 4.0, N in 2.1 and 3.0. */
static bool
add_missing(struct card_convert *convert, const struct record *record,
    struct buf *out)
{
	bool other = convert->from != convert->to;
	struct str name = card_name(record, &convert->arena);

	if (name.n == 0)
		name = STR("?");
	if (!convert->has_full_name && convert->to != CARD_21 &&
	    (convert->repair || other) &&
	    !add(convert, record, STR("FN"), name, out))
		return false;
	return convert->has_name || convert->to == CARD_40 ||
	       !(convert->repair || other) ||
	       add(convert, record, STR("N"), name, out);
}

bool
card_convert(struct card_convert *convert, const struct record *record,
    struct buf *out, struct error *err)
{
	size_t begin = out->n;
	struct str version;

	if (record->partial)
		return error_set(err, ERR_LIMIT, record->pos,
		    "a line above %zu bytes: the card is passed on as it is",
		    LIMIT_LINE);
	arena_reset(&convert->arena);
	convert->from = version_of(convert, record);
	convert->to = convert->as ? convert->as : convert->from;
	convert->has_name = convert->has_full_name = false;
	version = card_version_name(convert->to);
	buf_printf(out, "BEGIN:VCARD\r\nVERSION:%.*s\r\n", STR_ARG(version));
	if (!take_lines(convert, record, out) ||
	    !add_missing(convert, record, out)) {
		out->n = begin;
		return error_set(err, ERR_LIMIT, record->pos,
		    "more than %d parameters in a line, or no memory: the "
		    "card is passed on as it is",
		    CARD_PARAMS_MOST);
	}
	buf_add_str(out, STR("END:VCARD\r\n"));
	return buf_ok(out) ||
	       error_set(err, ERR_MEMORY, record->pos, "no memory");
}
