#include "text/record.h"

void
component_of_record(struct component *component, const struct record *record)
{
	*component = (struct component){.record = record,
	    .count = record->count,
	    .name = record->name};
}

bool
record_line(const struct record *record, size_t i, struct line *line,
    struct arena *arena, struct error *err)
{
	const struct mark *mark = &record->marks[i];
	struct str raw = {record->text.p + mark->at, mark->size};
	struct pos pos = record->pos;

	pos.line += mark->line;
	return line_parse(line, raw, pos, arena, err);
}

uint64_t
record_place(const struct record *record, size_t i)
{
	if (i >= record->count)
		return record->size;
	if (!record->partial || i < record->places_from)
		return record->marks[i].at;
	return record->places[i - record->places_from];
}

bool
component_next_line(const struct component *component, size_t *at,
    struct line *line, struct arena *arena)
{
	const struct record *record = component->record;
	const struct mark *marks = record->marks + component->first;
	unsigned depth = marks[0].depth + 1u;
	struct error err;

	while (++*at < component->count) {
		const struct mark *mark = &marks[*at];

		if (mark->depth != depth ||
		    mark->flags & (MARK_BEGIN | MARK_END | MARK_DEEP))
			continue;
		if (record_line(record, component->first + *at, line, arena,
			&err))
			return true;
		if (err.code == ERR_MEMORY)
			return false;
	}
	return false;
}

bool
component_is(const struct component *component, struct str name)
{
	const struct str have = component->name;
	size_t n = 0;

	for (size_t i = 0; i < have.n; i++) {
		/* A name that was folded: only letters and digits count. */
		if (str_find_byte(STR("\r\n \t"), have.p[i]) != SIZE_MAX)
			continue;
		if (n == name.n || ascii_upper(have.p[i]) != name.p[n])
			return false;
		n++;
	}
	return n == name.n;
}

bool
component_next_child(const struct component *component, size_t *at,
    struct component *child)
{
	const struct record *record = component->record;
	const struct mark *marks = record->marks;
	size_t end = component->first + component->count;
	size_t first = component->first + 1 + *at;
	size_t next;
	struct str raw;

	while (first < end &&
	       !(marks[first].flags & MARK_BEGIN &&
		   marks[first].depth == marks[component->first].depth + 1u))
		first++;
	if (first >= end)
		return false;
	for (next = first + 1; next < end; next++)
		if (marks[next].depth <= marks[first].depth)
			break;
	/* The END at the child's own depth is its last line. */
	if (next < end && marks[next].flags & MARK_END &&
	    marks[next].depth == marks[first].depth)
		next++;
	*child = (struct component){.record = record,
	    .first = first,
	    .count = next - first};
	raw = (struct str){record->text.p + marks[first].at, marks[first].size};
	child->name = str_trim(str_from(raw, str_find_byte(raw, ':') + 1));
	*at = next - component->first - 1;
	return true;
}

/* From the line after `at` on. */
static size_t
find_after(const struct component *component, size_t at, struct str name)
{
	const struct record *record = component->record;
	const struct mark *marks = record->marks;
	unsigned depth = marks[component->first].depth + 1u;
	size_t end = component->first + component->count;

	while (++at < end)
		if (marks[at].depth == depth &&
		    !(marks[at].flags & (MARK_BEGIN | MARK_END | MARK_DEEP)) &&
		    record_line_is(record, at, name))
			return at;
	return 0;
}

size_t
component_find(const struct component *component, struct str name)
{
	return find_after(component, component->first, name);
}

bool
component_line(const struct component *component, struct str name,
    struct line *line, struct arena *arena)
{
	size_t at = component->first;

	while ((at = find_after(component, at, name)) != 0)
		if (record_line(component->record, at, line, arena, NULL))
			return true;
	return false;
}

/* Of a name, or what a name must not have; nothing that hides one. */
static bool
is_plain(char c)
{
	return c != ':' && c != ';' && c != '.' && c != '\r' && c != '\n' &&
	       c != '\xef' && c != '\0';
}

bool
record_line_is(const struct record *record, size_t i, struct str name)
{
	const struct mark *mark = &record->marks[i];
	struct str raw = {record->text.p + mark->at, mark->size};
	size_t n = 0;
	bool vcard;
	char c;

	while (n < name.n && n < raw.n && ascii_upper(raw.p[n]) == name.p[n])
		n++;
	c = n < raw.n ? raw.p[n] : '\0';
	if (n == name.n && (c == ':' || c == ';'))
		return true;
	/* Only a fold, a BOM or a group can hide the name. */
	vcard = record->name.n == 5 && str_ieq(record->name, STR("VCARD"));
	while (vcard && is_plain(c))
		c = ++n < raw.n ? raw.p[n] : '\0';
	if (c != '\r' && c != '\n' && c != '\xef' && c != '.')
		return false;
	return line_is(raw, name, vcard);
}
