#include "cal/vcalendar1.h"

struct conversion {
	struct draft *draft;
	void (*report)(void *arg, const struct error *err);
	void *arg;
	struct buf buf;
	bool has_start;
	struct when start;
};

bool
vcalendar1_is(const struct draft *lines)
{
	struct draft_part whole = draft_whole(lines);
	const struct draft_line *line =
	    draft_find(lines, &whole, STR("VERSION"), NULL);

	return lines->name.n == 0 && line &&
	       str_eq(str_trim(line->line.value), STR("1.0"));
}

static struct str
made(struct conversion *conversion)
{
	struct draft *draft = conversion->draft;
	struct str kept = arena_copy(draft->arena, buf_str(&conversion->buf));

	if (!kept.p || !buf_ok(&conversion->buf))
		draft->failed = true;
	buf_reset(&conversion->buf);
	return kept;
}

static void
rename_line(struct conversion *conversion, struct draft_line *line,
    struct str name)
{
	draft_set_parts(conversion->draft, line, name, line->line.params,
	    line->line.value);
}

/* Kept for who knows what it meant. */
static void
set_aside(struct conversion *conversion, struct draft_line *line, bool tell)
{
	struct error err;

	if (tell) {
		error_set(&err, ERR_VALUE, line->line.pos,
		    "%.*s of vCalendar 1.0 cannot be converted: kept as "
		    "X-VCALENDAR-%.*s",
		    STR_ARG(line->line.name), STR_ARG(line->line.name));
		conversion->report(conversion->arg, &err);
	}
	buf_add_str(&conversion->buf, STR("X-VCALENDAR-"));
	buf_add_str(&conversion->buf, line->line.name);
	rename_line(conversion, line, made(conversion));
}

/* --- properties ----------------------------------------------------------- */

static void
commas(struct conversion *conversion, struct draft_line *line)
{
	struct str value = line->line.value;

	for (size_t i = 0; i < value.n; i++)
		buf_add_char(&conversion->buf,
		    value.p[i] == ';' ? ',' : value.p[i]);
	draft_set_value(conversion->draft, line, made(conversion));
}

static void
convert_rule(struct conversion *conversion, struct draft_line *line)
{
	const struct when *start =
	    conversion->has_start ? &conversion->start : NULL;

	if (str_istarts(str_trim(line->line.value), STR("FREQ=")))
		return;
	if (vcalendar1_rule(&conversion->buf, line->line.value, start)) {
		draft_set_value(conversion->draft, line, made(conversion));
		return;
	}
	buf_reset(&conversion->buf);
	set_aside(conversion, line, true);
}

/* What of STATUS iCalendar has words for, by component. */
static void
convert_status(struct conversion *conversion, struct draft_line *line)
{
	static const char *const words[][2] = {{"NEEDS ACTION", "NEEDS-ACTION"},
	    {"IN PROCESS", "IN-PROCESS"}};
	struct str value = str_trim(line->line.value);
	bool event = str_ieq(conversion->draft->name, STR("VEVENT"));

	for (size_t i = 0; i < 2 && !event; i++)
		if (str_ieq(value, str_of(words[i][0]))) {
			draft_set_value(conversion->draft, line,
			    str_of(words[i][1]));
			return;
		}
	if (str_ieq(value, STR("TENTATIVE")) ||
	    str_ieq(value, STR("CONFIRMED")) ||
	    str_ieq(value, STR("COMPLETED")) ||
	    str_ieq(value, STR("CANCELLED")) || value.p == NULL)
		return;
	if (event && str_ieq(value, STR("ACCEPTED")))
		draft_set_value(conversion->draft, line, STR("CONFIRMED"));
	else
		set_aside(conversion, line, false);
}

static void
convert_transp(struct conversion *conversion, struct draft_line *line)
{
	uint64_t number;

	if (str_number(str_trim(line->line.value), UINT32_MAX, &number))
		draft_set_value(conversion->draft, line,
		    number ? STR("TRANSPARENT") : STR("OPAQUE"));
}

static void
convert_geo(struct conversion *conversion, struct draft_line *line)
{
	struct str value = line->line.value;
	size_t comma = str_find_byte(value, ',');

	if (comma == SIZE_MAX || str_find_byte(value, ';') != SIZE_MAX)
		return;
	buf_add_str(&conversion->buf, str_trim(str_head(value, comma)));
	buf_add_char(&conversion->buf, ';');
	buf_add_str(&conversion->buf, str_trim(str_from(value, comma + 1)));
	draft_set_value(conversion->draft, line, made(conversion));
}

/* --- attendees ------------------------------------------------------------ */

static struct str
word_for(struct str word, const struct str words[][2], size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (str_ieq(word, words[i][0]))
			return words[i][1];
	return word;
}

static void
add_param(struct buf *out, struct str name, struct str value)
{
	buf_add_char(out, ';');
	buf_add_str(out, name);
	buf_add_char(out, '=');
	buf_add_str(out, value);
}

/* One parameter of an attendee; false for one that stays. */
static bool
attendee_param(struct conversion *conversion, const struct param *param)
{
	static const struct str partstats[][2] = {{STR_C("NEEDS ACTION"),
						      STR_C("NEEDS-ACTION")},
	    {STR_C("SENT"), STR_C("NEEDS-ACTION")},
	    {STR_C("CONFIRMED"), STR_C("ACCEPTED")}};
	static const struct str roles[][2] = {{STR_C("FYI"),
						  STR_C("NON-PARTICIPANT")},
	    {STR_C("REQUIRE"), STR_C("REQ-PARTICIPANT")},
	    {STR_C("REQUEST"), STR_C("OPT-PARTICIPANT")},
	    {STR_C("IMMEDIATE"), STR_C("REQ-PARTICIPANT")}};
	struct buf *out = &conversion->buf;

	if (str_ieq(param->name, STR("STATUS")))
		add_param(out, STR("PARTSTAT"),
		    word_for(param->values, partstats, 3));
	else if (str_ieq(param->name, STR("EXPECT")))
		add_param(out, STR("ROLE"), word_for(param->values, roles, 4));
	else if (str_ieq(param->name, STR("RSVP")))
		add_param(out, STR("RSVP"),
		    str_ieq(param->values, STR("YES")) ? STR("TRUE")
						       : STR("FALSE"));
	else if (!str_ieq(param->name, STR("ROLE")))
		return false;
	return true;
}

/* "Bob Whitfield <bob@example.org>" */
static void
add_person(struct buf *params, struct buf *value, struct str text)
{
	size_t from = str_find_byte(text, '<'), to = str_find_byte(text, '>');
	struct str name = str_trim(str_head(text, from));

	if (from != SIZE_MAX && to != SIZE_MAX && to > from) {
		if (name.n && str_find_byte(name, '"') == SIZE_MAX)
			buf_printf(params, ";CN=\"%.*s\"", STR_ARG(name));
		text = (struct str){text.p + from + 1, to - from - 1};
	}
	if (str_find_byte(text, '@') != SIZE_MAX &&
	    str_find_byte(text, ':') == SIZE_MAX)
		buf_add_str(value, STR("mailto:"));
	buf_add_str(value, text);
}

static void
convert_attendee(struct conversion *conversion, struct draft_line *line)
{
	struct draft *draft = conversion->draft;
	struct buf *out = &conversion->buf, value = {0};
	struct str rest = line->line.params, role = {NULL, 0}, params, text;
	struct str name = line->line.name;
	struct param param;

	if (line_param(&line->line, STR("ROLE"), draft->arena, &role) &&
	    str_ieq(role, STR("ORGANIZER")))
		name = STR("ORGANIZER");
	text = line_text(&line->line, draft->arena);
	while (param_next(&rest, &param)) {
		if (attendee_param(conversion, &param) ||
		    str_ieq(param.name, STR("ENCODING")) ||
		    str_ieq(param.name, STR("CHARSET")) || param.name.n == 0)
			continue;
		buf_add_char(out, ';');
		buf_add_str(out, param.name);
		buf_add_char(out, '=');
		buf_add_str(out, param.values);
	}
	add_person(out, &value, text);
	params = made(conversion);
	buf_add_str(out, buf_str(&value));
	draft_set_parts(draft, line, name, params, made(conversion));
	buf_free(&value);
}

/* --- alarms --------------------------------------------------------------- */

/* The time of an alarm as a TRIGGER; a time without zone has to be told by how
 * far it is from a DTSTART that has none either. */
static bool
add_trigger(struct conversion *conversion, struct str text, struct buf *out)
{
	struct when when;
	struct duration distance = {0};

	if (!when_parse(&when, str_trim(text), pos_none(), NULL))
		return false;
	if (when.kind == WHEN_UTC) {
		buf_printf(out, "TRIGGER;VALUE=DATE-TIME:");
		return when_write(&when, out);
	}
	if (!conversion->has_start || conversion->start.kind == WHEN_UTC)
		return false;
	distance.seconds = when.local - conversion->start.local;
	buf_printf(out, "TRIGGER:");
	return duration_write(&distance, out);
}

struct alarm {
	struct str time, snooze, repeat, rest;
};

static void
read_alarm(struct alarm *alarm, struct str value)
{
	const struct str none = {NULL, 0};

	*alarm = (struct alarm){0};
	str_cut(&value, ';', &alarm->time);
	if (!str_cut(&value, ';', &alarm->snooze))
		alarm->snooze = none;
	if (!str_cut(&value, ';', &alarm->repeat))
		alarm->repeat = none;
	alarm->rest = value;
}

static void
insert(struct conversion *conversion, size_t *at, enum draft_kind kind,
    unsigned depth, struct str text, struct pos pos)
{
	draft_insert(conversion->draft, (*at)++, kind, depth, text, pos);
}

/* The lines that depend on what the alarm does. */
static void
insert_action(struct conversion *conversion, size_t *at, struct str name,
    struct str rest, struct pos pos)
{
	struct buf *out = &conversion->buf;
	struct str address = {NULL, 0}, text = str_trim(rest);

	if (str_ieq(name, STR("AALARM"))) {
		insert(conversion, at, DRAFT_PROPERTY, 2, STR("ACTION:AUDIO"),
		    pos);
		if (text.n == 0)
			return;
		buf_add_str(out, STR("ATTACH:"));
		buf_add_str(out, text);
		insert(conversion, at, DRAFT_PROPERTY, 2, made(conversion),
		    pos);
		return;
	}
	if (str_ieq(name, STR("MALARM"))) {
		str_cut(&rest, ';', &address);
		text = str_trim(rest);
		insert(conversion, at, DRAFT_PROPERTY, 2, STR("ACTION:EMAIL"),
		    pos);
		buf_add_str(out, STR("ATTENDEE:mailto:"));
		buf_add_str(out, str_trim(address));
		insert(conversion, at, DRAFT_PROPERTY, 2, made(conversion),
		    pos);
		insert(conversion, at, DRAFT_PROPERTY, 2,
		    STR("SUMMARY:Reminder"), pos);
	} else {
		insert(conversion, at, DRAFT_PROPERTY, 2, STR("ACTION:DISPLAY"),
		    pos);
	}
	buf_add_str(out, STR("DESCRIPTION:"));
	buf_add_str(out, text.n ? text : STR("Reminder"));
	insert(conversion, at, DRAFT_PROPERTY, 2, made(conversion), pos);
}

/* Line i becomes a VALARM before the component's END; false where it cannot. */
static bool
convert_alarm(struct conversion *conversion, size_t i)
{
	struct draft *draft = conversion->draft;
	struct draft_line *line = &draft->lines[i];
	struct pos pos = line->line.pos;
	struct str name = line->line.name, trigger;
	struct duration snooze;
	struct alarm alarm;
	uint64_t repeat = 0;
	size_t at = draft->count - 1;

	read_alarm(&alarm, line_text(&line->line, draft->arena));
	if (!add_trigger(conversion, alarm.time, &conversion->buf)) {
		buf_reset(&conversion->buf);
		return false;
	}
	trigger = made(conversion);
	draft_drop(draft, line);
	insert(conversion, &at, DRAFT_BEGIN, 1, STR("BEGIN:VALARM"), pos);
	insert(conversion, &at, DRAFT_PROPERTY, 2, trigger, pos);
	if (str_number(str_trim(alarm.repeat), 10000, &repeat) && repeat &&
	    duration_parse(&snooze, alarm.snooze, false, pos_none(), NULL)) {
		buf_printf(&conversion->buf, "REPEAT:%d", (int)repeat);
		insert(conversion, &at, DRAFT_PROPERTY, 2, made(conversion),
		    pos);
		buf_printf(&conversion->buf, "DURATION:");
		duration_write(&snooze, &conversion->buf);
		insert(conversion, &at, DRAFT_PROPERTY, 2, made(conversion),
		    pos);
	}
	insert_action(conversion, &at, name, alarm.rest, pos);
	insert(conversion, &at, DRAFT_END, 1, STR("END:VALARM"), pos);
	return true;
}

/* --- the whole ------------------------------------------------------------ */

enum change { COMMAS, RULE, CREATED, STATUS, TRANSP, GEO, ATTENDEE, ASIDE };

static const struct {
	struct str name;
	enum change change;
} changes[] = {{STR_C("CATEGORIES"), COMMAS}, {STR_C("RESOURCES"), COMMAS},
    {STR_C("EXDATE"), COMMAS}, {STR_C("RDATE"), COMMAS}, {STR_C("RRULE"), RULE},
    {STR_C("EXRULE"), RULE}, {STR_C("XRULE"), RULE},
    {STR_C("DCREATED"), CREATED}, {STR_C("STATUS"), STATUS},
    {STR_C("TRANSP"), TRANSP}, {STR_C("GEO"), GEO},
    {STR_C("ATTENDEE"), ATTENDEE}, {STR_C("RNUM"), ASIDE}, {STR_C("TZ"), ASIDE},
    {STR_C("DAYLIGHT"), ASIDE}, {STR_C("PALARM"), ASIDE}};

static void
convert_line(struct conversion *conversion, struct draft_line *line)
{
	size_t i = 0, count = sizeof(changes) / sizeof(changes[0]);

	while (i < count && !draft_is(line, changes[i].name))
		i++;
	if (i == count)
		return;
	switch (changes[i].change) {
	case COMMAS:
		commas(conversion, line);
		break;
	case RULE:
		convert_rule(conversion, line);
		break;
	case CREATED:
		rename_line(conversion, line, STR("CREATED"));
		break;
	case STATUS:
		convert_status(conversion, line);
		break;
	case TRANSP:
		convert_transp(conversion, line);
		break;
	case GEO:
		convert_geo(conversion, line);
		break;
	case ATTENDEE:
		convert_attendee(conversion, line);
		break;
	case ASIDE:
		set_aside(conversion, line, false);
		break;
	}
}

static void
find_start(struct conversion *conversion)
{
	struct draft_part whole = draft_whole(conversion->draft);
	const struct draft_line *line =
	    draft_find(conversion->draft, &whole, STR("DTSTART"), NULL);

	if (!line)
		line = draft_find(conversion->draft, &whole, STR("DUE"), NULL);
	conversion->has_start =
	    line && when_parse(&conversion->start, str_trim(line->line.value),
			pos_none(), NULL);
}

void
vcalendar1_convert(struct draft *draft,
    void (*report)(void *arg, const struct error *err), void *arg)
{
	struct conversion conversion = {.draft = draft,
	    .report = report,
	    .arg = arg};
	size_t count = draft->count;

	find_start(&conversion);
	for (size_t i = 0; i < count && !draft->failed; i++) {
		struct draft_line *line = &draft->lines[i];

		if (line->kind != DRAFT_PROPERTY || line->dropped ||
		    line->depth != 1)
			continue;
		if (draft_is(line, STR("AALARM")) ||
		    draft_is(line, STR("DALARM")) ||
		    draft_is(line, STR("MALARM"))) {
			if (draft->name.n == 0 ||
			    !convert_alarm(&conversion, i))
				set_aside(&conversion, &draft->lines[i], true);
		} else {
			convert_line(&conversion, line);
		}
	}
	buf_free(&conversion.buf);
}
