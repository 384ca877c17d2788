/* What each line of an event is, and what the first pass needs of it. */
#include "cal/event_impl.h"

enum event_type
event_type_of(struct str name)
{
	if (str_ieq(name, STR("VEVENT")))
		return EVENT_EVENT;
	if (str_ieq(name, STR("VTODO")))
		return EVENT_TODO;
	if (str_ieq(name, STR("VJOURNAL")))
		return EVENT_JOURNAL;
	return EVENT_NONE;
}

static const struct str property_names[] = {STR_C("DTSTART"), STR_C("DTEND"),
    STR_C("DUE"), STR_C("DURATION"), STR_C("RRULE"), STR_C("RDATE"),
    STR_C("RECURRENCE-ID"), STR_C("EXRULE"), STR_C("EXDATE"), STR_C("UID"),
    STR_C("SEQUENCE")};

/* The properties that begin with a letter are [first, end). */
static void
properties_with(char letter, int *first, int *end)
{
	switch (letter) {
	case 'D':
		*first = P_DTSTART;
		*end = P_RRULE;
		return;
	case 'R':
		*first = P_RRULE;
		*end = P_EXRULE;
		return;
	case 'E':
		*first = P_EXRULE;
		*end = P_UID;
		return;
	case 'U':
	case 'S':
		*first = letter == 'U' ? P_UID : P_SEQUENCE;
		*end = *first + 1;
		return;
	default:
		*first = *end = P_NONE;
	}
}

enum property
event_property_of(const struct record *record, size_t i)
{
	const struct mark *mark = &record->marks[i];
	const char *text = record->text.p + mark->at;
	int p, end;
	char second;

	if (mark->depth != 1 ||
	    mark->flags & (MARK_BEGIN | MARK_END | MARK_DEEP))
		return P_NONE;
	properties_with(ascii_upper(text[0]), &p, &end);
	/* Most names differ in the second letter, unless a fold hides it. */
	second = mark->size > 1 ? ascii_upper(text[1]) : '\0';
	for (; p < end; p++)
		if ((second == property_names[p].p[1] ||
			!ascii_alpha(second)) &&
		    record_line_is(record, i, property_names[p]))
			return (enum property)p;
	return P_NONE;
}

void
event_brief(struct event_brief *brief, const struct record *record,
    struct arena *arena)
{
	struct line line;

	*brief = (struct event_brief){.type = event_type_of(record->name)};
	if (brief->type == EVENT_NONE)
		return;
	for (size_t i = 1; i < record->count; i++) {
		/* Most lines are none of these. */
		char letter = ascii_upper(record->text.p[record->marks[i].at]);

		if (letter != 'R' && letter != 'U')
			continue;
		switch (event_property_of(record, i)) {
		case P_UID:
			if (record_line(record, i, &line, arena, NULL))
				brief->uid = str_trim(line.value);
			break;
		case P_RRULE:
		case P_RDATE:
			brief->recurs = true;
			break;
		case P_RECURRENCE_ID:
			brief->is_override = true;
			break;
		default:
			break;
		}
	}
}
