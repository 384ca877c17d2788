#include "card/columns.h"

#include "base/buf.h"
#include "card/value.h"

enum source {
	FROM_NAME, /* FN or what stands for it */
	FROM_BOOK,
	FROM_PART,  /* of a structured value */
	FROM_PARTS, /* all of its parts */
	FROM_TEXT,
	FROM_RAW, /* as it stands */
	FROM_KIND,
	FROM_ALL, /* every property of the name */
	FROM_ADDRESSES,
	FROM_ALL_PARTS,
	FROM_LIST, /* every item of every one */
};

struct card_column {
	struct str name;
	enum source source;
	struct str property;
	size_t part;
};

static const struct card_column known[] = {
    {STR_C("name"), FROM_NAME, STR_C("FN"), 0},
    {STR_C("mail"), FROM_ADDRESSES, STR_C("EMAIL"), 0},
    {STR_C("phone"), FROM_ALL, STR_C("TEL"), 0},
    {STR_C("org"), FROM_PARTS, STR_C("ORG"), 0},
    {STR_C("title"), FROM_TEXT, STR_C("TITLE"), 0},
    {STR_C("role"), FROM_TEXT, STR_C("ROLE"), 0},
    {STR_C("family"), FROM_PART, STR_C("N"), 0},
    {STR_C("given"), FROM_PART, STR_C("N"), 1},
    {STR_C("nickname"), FROM_LIST, STR_C("NICKNAME"), 0},
    {STR_C("address"), FROM_ALL_PARTS, STR_C("ADR"), 0},
    {STR_C("birthday"), FROM_TEXT, STR_C("BDAY"), 0},
    {STR_C("url"), FROM_ALL, STR_C("URL"), 0},
    {STR_C("categories"), FROM_LIST, STR_C("CATEGORIES"), 0},
    {STR_C("note"), FROM_TEXT, STR_C("NOTE"), 0},
    {STR_C("kind"), FROM_KIND, STR_C("KIND"), 0},
    {STR_C("member"), FROM_ALL, STR_C("MEMBER"), 0},
    {STR_C("uid"), FROM_RAW, STR_C("UID"), 0},
    {STR_C("rev"), FROM_RAW, STR_C("REV"), 0},
    {STR_C("version"), FROM_RAW, STR_C("VERSION"), 0},
    {STR_C("book"), FROM_BOOK, STR_C(""), 0},
};

#define KNOWN (sizeof(known) / sizeof(known[0]))

bool
card_columns_parse(struct card_columns *columns, struct str list,
    struct error *err)
{
	struct str word;

	columns->count = 0;
	while (str_cut(&list, ',', &word)) {
		size_t i = 0;

		word = str_trim(word);
		while (i < KNOWN && !str_ieq(known[i].name, word))
			i++;
		if (i == KNOWN)
			return error_set(err, ERR_USAGE, pos_none(),
			    "no column \"%.*s\": the help lists them",
			    STR_ARG(word));
		if (columns->count == CARD_COLUMNS_MOST)
			return error_set(err, ERR_USAGE, pos_none(),
			    "more than %d columns", CARD_COLUMNS_MOST);
		columns->names[columns->count] = known[i].name;
		columns->which[columns->count++] = (uint8_t)i;
	}
	return true;
}

static struct field
text_field(struct str text)
{
	return (struct field){.kind = text.n ? FIELD_TEXT : FIELD_ABSENT,
	    .text = text};
}

/* The parts that are there, in a row. */
static struct str
all_parts(const struct line *line, struct arena *arena)
{
	struct buf list = {0};
	struct str all;

	for (size_t i = 0; i < 16; i++) {
		struct str part = card_part(line, i, arena);

		if (part.n && list.n)
			buf_add_str(&list, STR(", "));
		buf_add_str(&list, part);
	}
	all = arena_copy(arena, buf_str(&list));
	buf_free(&list);
	return all;
}

struct items {
	struct str *list;
	size_t count, room;
	struct arena *arena;
};

static void
add(struct items *items, struct str item)
{
	size_t room = items->room ? items->room * 2 : 8;
	struct str *list = items->list;

	if (item.n == 0)
		return;
	if (items->count == items->room) {
		list = arena_array(items->arena, room, sizeof(*list));
		if (!list)
			return;
		if (items->count)
			memcpy(list, items->list, items->count * sizeof(*list));
		items->list = list;
		items->room = room;
	}
	list[items->count++] = item;
}

static void
add_line(struct items *items, const struct line *line, enum source source)
{
	struct str rest = line->value, item;

	switch (source) {
	case FROM_ADDRESSES:
		add(items, card_address(line_text(line, items->arena)));
		break;
	case FROM_ALL_PARTS:
		add(items, all_parts(line, items->arena));
		break;
	case FROM_LIST:
		while (text_list_next(&rest, ',', &item))
			add(items, str_trim(text_unescape(item, items->arena)));
		break;
	default:
		item = str_trim(line_text(line, items->arena));
		/* A URI of a phone says so in vain (RFC 3966). */
		if (str_istarts(item, STR("tel:")))
			item = str_from(item, 4);
		add(items, item);
	}
}

/* Apple's name of it in vCard 3.0 counts too. */
static bool
is_of(const struct line *line, struct str property)
{
	return str_ieq(line->name, property) ||
	       (str_eq(property, STR("MEMBER")) &&
		   str_ieq(line->name, STR("X-ADDRESSBOOKSERVER-MEMBER")));
}

static struct field
list_field(const struct record *record, const struct card_column *column,
    struct arena *arena)
{
	struct items items = {.arena = arena};
	struct component card;
	struct line line;
	size_t at = 0;

	component_of_record(&card, record);
	while (component_next_line(&card, &at, &line, arena))
		if (is_of(&line, column->property))
			add_line(&items, &line, column->source);
	return (struct field){.kind = items.count ? FIELD_LIST : FIELD_ABSENT,
	    .items = items.list,
	    .count = items.count};
}

static struct field
field_of(const struct record *record, const struct card_column *column,
    struct str book, struct arena *arena)
{
	struct component card;
	struct line line;

	switch (column->source) {
	case FROM_NAME:
		return text_field(card_name(record, arena));
	case FROM_BOOK:
		return text_field(book);
	case FROM_ALL:
	case FROM_ADDRESSES:
	case FROM_ALL_PARTS:
	case FROM_LIST:
		return list_field(record, column, arena);
	case FROM_KIND:
		if (card_is_group(record, arena))
			return text_field(STR("group"));
		break;
	default:
		break;
	}
	component_of_record(&card, record);
	if (!component_line(&card, column->property, &line, arena))
		return (struct field){.kind = FIELD_ABSENT};
	if (column->source == FROM_PART)
		return text_field(card_part(&line, column->part, arena));
	if (column->source == FROM_PARTS)
		return text_field(all_parts(&line, arena));
	if (column->source == FROM_RAW)
		return text_field(str_trim(line.value));
	return text_field(str_trim(line_text(&line, arena)));
}

void
card_columns_fill(const struct card_columns *columns,
    const struct record *record, struct str book, struct arena *arena,
    struct field *fields)
{
	for (size_t i = 0; i < columns->count; i++)
		fields[i] =
		    field_of(record, &known[columns->which[i]], book, arena);
}
