#include "cal/busy_event.h"

/* What the properties of an event say. */
struct said {
	bool transparent, opaque, cancelled, tentative;
	struct str status, intended; /* Outlook's */
	enum { PART_NONE, PART_YES, PART_NO, PART_MAYBE, PART_OPEN } part;
};

struct str
address_plain(struct str address)
{
	address = str_trim(address);
	return str_istarts(address, STR("mailto:")) ? str_from(address, 7)
	                                            : address;
}

/* Also by the EMAIL of RFC 7986, where the address itself is another URI. */
static bool
is_owner(const struct line *line, struct str owner, struct arena *arena)
{
	struct str email;

	if (str_ieq(address_plain(line->value), owner))
		return true;
	return line_param(line, STR("EMAIL"), arena, &email) &&
	       str_ieq(address_plain(email), owner);
}

static void
read_attendee(struct said *said, const struct line *line, struct str owner,
    struct arena *arena)
{
	struct str part;

	if (owner.n == 0 || !is_owner(line, owner, arena))
		return;
	said->part = PART_OPEN;
	if (!line_param(line, STR("PARTSTAT"), arena, &part))
		return;
	if (str_ieq(part, STR("ACCEPTED")))
		said->part = PART_YES;
	else if (str_ieq(part, STR("TENTATIVE")))
		said->part = PART_MAYBE;
	else if (str_ieq(part, STR("DECLINED")) ||
		 str_ieq(part, STR("DELEGATED")))
		said->part = PART_NO;
}

static void
read_property(struct said *said, const struct line *line, struct str owner,
    struct arena *arena)
{
	struct str value = str_trim(line->value);

	if (str_ieq(line->name, STR("TRANSP"))) {
		said->transparent = str_ieq(value, STR("TRANSPARENT"));
		said->opaque = !said->transparent;
	} else if (str_ieq(line->name, STR("STATUS"))) {
		said->cancelled = str_ieq(value, STR("CANCELLED"));
		said->tentative = str_ieq(value, STR("TENTATIVE"));
	} else if (str_ieq(line->name, STR("X-MICROSOFT-CDO-BUSYSTATUS"))) {
		said->status = value;
	} else if (str_ieq(line->name, STR("X-MICROSOFT-CDO-INTENDEDSTATUS"))) {
		said->intended = value;
	} else if (str_ieq(line->name, STR("ATTENDEE"))) {
		read_attendee(said, line, owner, arena);
	}
}

/* Whether the name of a line may be one of those; spares splitting it. */
static bool
may_matter(const struct record *record, const struct mark *mark,
    struct str owner)
{
	switch (ascii_upper(record->text.p[mark->at])) {
	case 'A':
		return owner.n > 0;
	case 'S':
	case 'T':
		return true;
	case 'X':
		return mark->size > 12 &&
		       (mark->flags & MARK_FOLDED ||
			   ascii_upper(record->text.p[mark->at + 2]) == 'M');
	default:
		return false;
	}
}

static void
read_all(struct said *said, const struct component *component, struct str owner,
    struct arena *arena)
{
	const struct record *record = component->record;
	unsigned depth = record->marks[component->first].depth + 1u;
	struct line line;

	for (size_t i = component->first + 1;
	     i < component->first + component->count; i++) {
		const struct mark *mark = &record->marks[i];

		if (mark->depth != depth ||
		    mark->flags & (MARK_BEGIN | MARK_END | MARK_DEEP) ||
		    !may_matter(record, mark, owner) ||
		    !record_line(record, i, &line, arena, NULL))
			continue;
		read_property(said, &line, owner, arena);
	}
}

/* What Outlook says of the time, BUSY where it says nothing. */
static enum busy_type
outlook_type(const struct said *said)
{
	struct str first = said->status, second = said->intended;

	if (said->part == PART_YES && second.n) {
		first = said->intended;
		second = said->status;
	}
	if (first.n == 0)
		first = second;
	if (str_ieq(first, STR("OOF")))
		return BUSY_UNAVAILABLE;
	if (str_ieq(first, STR("TENTATIVE")))
		return BUSY_TENTATIVE;
	if (!said->opaque && (str_ieq(first, STR("FREE")) ||
				 str_ieq(first, STR("WORKINGELSEWHERE"))))
		return BUSY_FREE;
	return BUSY_BUSY;
}

enum busy_type
busy_of_event(const struct event *event, bool allday, struct str owner,
    const struct busy_rules *rules, struct arena *arena)
{
	struct said said = {0};
	enum busy_type type;

	if (allday && rules->allday == ALLDAY_FREE)
		return BUSY_FREE;
	read_all(&said, &event->component, address_plain(owner), arena);
	if (said.cancelled || said.transparent || said.part == PART_NO)
		return BUSY_FREE;
	if (allday && rules->allday == ALLDAY_EXPLICIT && !said.opaque &&
	    said.status.n == 0 && said.intended.n == 0)
		return BUSY_FREE;
	type = outlook_type(&said);
	if (type == BUSY_FREE ||
	    (said.part == PART_OPEN && rules->needs_action == BUSY_FREE))
		return BUSY_FREE;
	if (said.tentative || said.part == PART_MAYBE ||
	    (said.part == PART_OPEN && rules->needs_action == BUSY_TENTATIVE))
		return BUSY_TENTATIVE;
	return type;
}

bool
busy_declined(const struct event *event, struct str owner, struct arena *arena)
{
	struct said said = {0};

	if (owner.n == 0)
		return false;
	read_all(&said, &event->component, address_plain(owner), arena);
	return said.part == PART_NO;
}
