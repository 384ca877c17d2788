#include "cli/reminders.h"

#include <unistd.h>

#include "base/utf8.h"
#include "cli/reminders_impl.h"

#define KEY_PART   200             /* bytes of a part of a key */
#define VALUE_MOST ((size_t)16384) /* bytes of a variable's value */

void
reminders_die(struct reminders *reminders, struct error *err)
{
	if (err->code == ERR_NONE)
		error_set(err, ERR_MEMORY, pos_none(), "no memory");
	cli_die(reminders->cli, err);
}

/* --- the start ------------------------------------------------------------ */

static void
open_state(struct reminders *reminders)
{
	struct cli *cli = reminders->cli;
	struct error err = {0};
	bool reset;

	reminders->state = alarm_state_open(reminders->state_path, cli->now,
	    reminders->late, &reset, &err);
	if (!reminders->state)
		reminders_die(reminders, &err);
	if (reset) {
		error_set(&err, ERR_VALUE,
		    (struct pos){reminders->state_path, 0, 0},
		    "the clock is behind all that is remembered: begun anew");
		cli_note(cli, &err);
	}
	cli->from = alarm_state_from(reminders->state);
	cli->until = cli->now;
}

void
reminders_start(struct reminders *reminders, struct cli *cli)
{
	struct error err = {0};

	reminders->cli = cli;
	reminders->input = -1;
	reminders->sorter = sorter_new(cli->memory / 2);
	if (!reminders->sorter)
		reminders_die(reminders, &err);
	if (reminders->command)
		alarm_columns_parse(&reminders->all, str_of(alarm_columns_all),
		    NULL);
	if (reminders->state_path)
		open_state(reminders);
	for (size_t i = 0; reminders->header && i < reminders->columns.count;
	     i++) {
		cli_write(cli, i ? STR("\t") : STR(""));
		cli_write(cli, reminders->columns.names[i]);
	}
	if (reminders->header)
		cli_write(cli, STR("\n"));
}

/* --- calendars ------------------------------------------------------------ */

static void
name_calendar(struct reminders *reminders, struct str name, struct str color)
{
	const struct input *input = &reminders->cli->inputs.current;

	label_set(&reminders->label, reminders->cli, input, name, color);
	reminders->choice.owner = input->address;
}

void
reminders_calendar(struct reminders *reminders, struct walk *walk)
{
	reminders->walk = walk;
	if (walk->reader->item != ITEM_BEGIN)
		name_calendar(reminders, STR(""), STR(""));
}

bool
reminders_aside(struct reminders *reminders)
{
	struct walk *walk = reminders->walk;

	if (walk->reader->item == ITEM_BEGIN)
		name_calendar(reminders, buf_str(&walk->name),
		    buf_str(&walk->color));
	return true;
}

/* --- what an alarm is known by -------------------------------------------- */

static uint64_t
hash_of(struct str text)
{
	uint64_t hash = UINT64_C(0xcbf29ce484222325);

	for (size_t i = 0; i < text.n; i++)
		hash =
		    (hash ^ (unsigned char)text.p[i]) * UINT64_C(0x100000001b3);
	return hash;
}

/* A long one is cut, so that no calendar can blow up the state. */
static struct field
key_part(struct str text, struct arena *arena)
{
	struct buf cut = {0};
	struct field field = {.kind = FIELD_TEXT, .text = text};

	if (text.n <= KEY_PART)
		return field;
	buf_add_str(&cut, str_head(text, KEY_PART));
	buf_printf(&cut, "~%016llx", (unsigned long long)hash_of(text));
	field.text = arena_copy(arena, buf_str(&cut));
	buf_free(&cut);
	return field;
}

/* Calendar, UID, recurrence-id and action; not the UID of the alarm nor its
 * text, which clients change in alarms that have fired. */
static bool
make_key(struct reminders *reminders, const struct alarm_due *due)
{
	const struct occurrence *occurrence = due->occurrence;
	const struct when *id = &occurrence->recurrence_id;
	struct arena *arena = &reminders->arena;
	struct field fields[4] = {key_part(reminders->label.name, arena),
	    key_part(occurrence->event->uid, arena)};

	if (id->kind != WHEN_NONE) {
		fields[2].kind = FIELD_NUMBER;
		fields[2].number = when_instant(id, reminders->cli->zone, NULL);
	}
	fields[3] = key_part(due->alarm->action, arena);
	buf_reset(&reminders->key);
	if (!row_write_text(&reminders->key, fields, 4))
		return false;
	reminders->key.n--; /* its newline */
	return true;
}

/* --- what is said of it --------------------------------------------------- */

static bool
fill(struct reminders *reminders, const struct alarm_columns *columns,
    struct alarm_columns_context *context, const struct alarm_due *due,
    struct field *fields)
{
	context->rest.calendar = reminders->label.name;
	context->rest.color = reminders->label.color;
	context->rest.zone = reminders->cli->zone;
	context->now = reminders->cli->now;
	context->arena = &reminders->arena;
	return alarm_columns_fill(columns, due, context, fields);
}

static bool
make_text(struct reminders *reminders, const struct alarm_due *due,
    struct reminder *reminder)
{
	const struct alarm_columns *columns = &reminders->columns;
	struct field fields[COLUMNS_MOST];
	struct buf *text = &reminders->text;
	struct error err = {0};

	buf_reset(text);
	if (!fill(reminders, columns, &reminders->said, due, fields))
		return false;
	if (reminders->form == REMINDER_ROW)
		return row_write_text(text, fields, columns->count);
	if (reminders->form == REMINDER_JSON)
		return row_write_json(text, columns->names, fields,
		    columns->count);
	if (reminders->compose(reminders->arg, fields, reminders->choice.owner,
		hash_of(buf_str(&reminders->key)) ^ (uint64_t)due->at, text,
		&err))
		return true;
	if (err.code == ERR_MEMORY || err.code == ERR_ABSENT)
		reminders_die(reminders, &err);
	reminder->unmailable = true;
	buf_reset(text);
	return buf_add_str(text, str_of(err.message));
}

/* Text without control characters, cut at a character. */
static bool
add_clean(struct buf *out, struct str text, bool lines)
{
	struct str line = text;
	bool first = true;

	if (text.n > VALUE_MOST) {
		text.n = VALUE_MOST;
		while (text.n && utf8_is_tail(text.p[text.n]))
			text.n--;
	}
	if (!lines)
		return text_for_terminal(out, text);
	while (text.n && str_cut(&text, '\n', &line)) {
		if (line.n && line.p[line.n - 1] == '\r')
			line.n--;
		if (!first)
			buf_add_char(out, '\n');
		first = false;
		text_for_terminal(out, line);
	}
	return buf_ok(out);
}

/* lines: it may have several. */
static bool
add_value(struct buf *out, const struct field *field, bool lines)
{
	switch (field->kind) {
	case FIELD_TEXT:
		return add_clean(out, field->text, lines);
	case FIELD_NUMBER:
		return buf_printf(out, "%lld", (long long)field->number);
	case FIELD_BOOL:
		return buf_add_str(out, field->number ? STR("yes") : STR("no"));
	case FIELD_LIST:
		for (size_t i = 0, start = out->n;
		     i < field->count && out->n - start < VALUE_MOST; i++) {
			if (i)
				buf_add_str(out, STR(", "));
			add_clean(out, field->items[i], false);
		}
		return buf_ok(out);
	case FIELD_ABSENT:
		break;
	}
	return true;
}

/* Every column as KALENDS_NAME. */
static bool
make_environment(struct reminders *reminders, const struct alarm_due *due)
{
	const struct alarm_columns *all = &reminders->all;
	struct buf *out = &reminders->environment;
	struct field fields[COLUMNS_MOST];

	buf_reset(out);
	if (!reminders->command)
		return true;
	if (!fill(reminders, all, &reminders->told, due, fields))
		return false;
	for (size_t i = 0; i < all->count; i++) {
		struct str name = all->names[i];
		bool lines = str_eq(name, STR("message")) ||
		             str_eq(name, STR("description"));

		buf_add_str(out, STR("KALENDS_"));
		for (size_t k = 0; k < name.n; k++) {
			char c = name.p[k];

			buf_add_char(out, c == '-' ? '_' : ascii_upper(c));
		}
		buf_add_char(out, '=');
		if (!add_value(out, &fields[i], lines))
			return false;
		buf_add_char(out, '\0');
	}
	return buf_ok(out);
}

/* --- packing -------------------------------------------------------------- */

static bool
pack(const struct reminder *reminder, const struct reminder_texts *texts,
    struct buf *out)
{
	struct reminder head = *reminder;

	head.key = texts->key.n;
	head.text = texts->text.n;
	head.environment = texts->environment.n;
	buf_add(out, &head, sizeof(head));
	buf_add_str(out, texts->key);
	buf_add_str(out, texts->text);
	return buf_add_str(out, texts->environment);
}

void
reminder_unpack(struct reminder *reminder, struct reminder_texts *texts,
    struct str packed)
{
	memcpy(reminder, packed.p, sizeof(*reminder));
	packed = str_from(packed, sizeof(*reminder));
	texts->key = str_head(packed, reminder->key);
	packed = str_from(packed, reminder->key);
	texts->text = str_head(packed, reminder->text);
	texts->environment = str_from(packed, reminder->text);
}

/* --- one alarm ------------------------------------------------------------ */

/* A task is not over before it is done, and then its alarms are silent. */
static bool
is_over(const struct occurrence *occurrence, int64_t now)
{
	return occurrence->event->type != EVENT_TODO &&
	       occurrence->until <= now && occurrence->from < now;
}

static bool
keep(struct reminders *reminders, const struct alarm_due *due,
    struct reminder *reminder)
{
	struct reminder_texts texts;
	struct error err = {0};

	if (!make_text(reminders, due, reminder) ||
	    !make_environment(reminders, due))
		return false;
	texts.key = buf_str(&reminders->key);
	texts.text = buf_str(&reminders->text);
	texts.environment = buf_str(&reminders->environment);
	buf_reset(&reminders->payload);
	if (!pack(reminder, &texts, &reminders->payload))
		return false;
	/* In the order of their moments, then of calendar and UID. */
	buf_reset(&reminders->text);
	sorter_key_int(&reminders->text, due->at);
	if (!buf_add_str(&reminders->text, texts.key))
		return false;
	if (!sorter_add(reminders->sorter, buf_str(&reminders->text),
		buf_str(&reminders->payload), &err))
		reminders_die(reminders, &err);
	return true;
}

bool
reminders_found(void *arg, const struct alarm_due *due)
{
	struct reminders *reminders = arg;
	const struct event *event = due->occurrence->event;
	struct reminder reminder = {.at = due->at,
	    .pos = event->pos,
	    .known = ALARM_NEW,
	    .over = is_over(due->occurrence, reminders->cli->now)};
	struct error err = {0};

	arena_reset(&reminders->arena);
	if (!make_key(reminders, due))
		reminders_die(reminders, &err);
	if (reminders->state) {
		if (!alarm_state_meet(reminders->state, due->at,
			buf_str(&reminders->key), &reminder.mark,
			&reminder.known))
			reminders_die(reminders, &err);
		/* What was looked at before and was not there then comes late:
		 * it is of use as long as its event is not over. */
		if (reminder.known == ALARM_FIRED ||
		    (reminder.known == ALARM_NEW && reminder.over &&
			due->at < alarm_state_last(reminders->state)))
			return true;
	}
	if (!keep(reminders, due, &reminder))
		reminders_die(reminders, &err);
	return true;
}
