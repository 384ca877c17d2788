/* What a component is sorted by: its month, its attendees. */
#include "store/parts.h"
#include "time/when.h"

static bool
add_tag(struct buf *tags, struct str tag)
{
	return buf_add_str(tags, tag) && buf_add_char(tags, '\0');
}

/* The month that a time shows: its own, or for UTC that of the user's zone. */
static bool
add_month(struct buf *tags, const struct when *when, const struct zone *zone)
{
	int64_t local = when->local;
	struct buf day = {0};
	bool ok;

	if (when->kind == WHEN_UTC)
		local = zone_local(NULL, zone, local);
	ok = date_write((int32_t)(local / 86400 - (local % 86400 < 0)), &day) &&
	     add_tag(tags, str_head(buf_str(&day), day.n - 3));
	buf_free(&day);
	return ok;
}

bool
parts_tag_month(const struct zone *zone, const struct record *record,
    struct buf *tags, struct arena *arena)
{
	static const struct str names[] = {STR_C("DTSTART"), STR_C("DUE"),
	    STR_C("RECURRENCE-ID")};
	struct component component;
	struct line line;
	struct when when;

	component_of_record(&component, record);
	for (size_t i = 0; i < sizeof(names) / sizeof(*names); i++)
		if (component_line(&component, names[i], &line, arena) &&
		    when_parse(&when, str_trim(line.value), line.pos, NULL))
			return add_month(tags, &when, zone);
	return add_tag(tags, STR("undated"));
}

static bool
has_tag(const struct buf *tags, struct str tag)
{
	struct str rest = buf_str(tags), part;

	while (rest.n && str_cut(&rest, '\0', &part))
		if (str_eq(part, tag))
			return true;
	return false;
}

/* "mailto:Alice@Example.ORG" and "alice@example.org" are one. */
static struct str
address_of(const struct line *line, struct arena *arena)
{
	struct str value = str_trim(line->value);
	char *lower;

	if (str_istarts(value, STR("mailto:")))
		value = str_from(value, 7);
	lower = arena_alloc(arena, value.n + 1);
	if (!lower)
		return (struct str){NULL, 0};
	for (size_t i = 0; i < value.n; i++)
		lower[i] = value.p[i] ? ascii_lower(value.p[i]) : '-';
	return (struct str){lower, value.n};
}

bool
parts_tag_attendees(void *arg, const struct record *record, struct buf *tags,
    struct arena *arena)
{
	struct component component;
	struct line line;
	size_t at = 0;

	(void)arg;
	component_of_record(&component, record);
	while (component_next_line(&component, &at, &line, arena)) {
		struct str address;

		if (!str_ieq(line.name, STR("ATTENDEE")))
			continue;
		address = address_of(&line, arena);
		if (!address.p)
			return false;
		if (address.n && !has_tag(tags, address) &&
		    !add_tag(tags, address))
			return false;
	}
	return true;
}
