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

bool
component_next_line(const struct component *component, size_t *at,
    struct line *line, struct arena *arena)
{
	const struct record *record = component->record;
	const struct mark *marks = record->marks + component->first;
	unsigned depth = marks[0].depth + 1u;

	while (++*at < component->count) {
		const struct mark *mark = &marks[*at];

		if (mark->depth != depth ||
		    mark->flags & (MARK_BEGIN | MARK_END | MARK_DEEP))
			continue;
		if (record_line(record, component->first + *at, line, arena,
			NULL))
			return true;
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
	child->name =
	    str_trim(str_from((struct str){record->text.p + marks[first].at,
				  marks[first].size},
		6));
	*at = next - component->first - 1;
	return true;
}

bool
component_line(const struct component *component, struct str name,
    struct line *line, struct arena *arena)
{
	const struct record *record = component->record;
	const struct mark *marks = record->marks + component->first;
	unsigned depth = marks[0].depth + 1u;

	for (size_t i = 1; i < component->count; i++)
		if (marks[i].depth == depth &&
		    !(marks[i].flags & (MARK_BEGIN | MARK_END)) &&
		    record_line_is(record, component->first + i, name) &&
		    record_line(record, component->first + i, line, arena,
			NULL))
			return true;
	return false;
}

static bool
folded_is(struct str raw, struct str name)
{
	size_t n = 0;

	for (size_t i = 0; i < raw.n; i++) {
		char c = raw.p[i];

		if (c == '\r' || c == '\n') {
			while (i + 1 < raw.n &&
			       (raw.p[i + 1] == '\r' || raw.p[i + 1] == '\n'))
				i++;
			i++; /* the blank */
			continue;
		}
		if (n == name.n)
			return c == ':' || c == ';';
		if (c == '.' && n > 0) /* a group before the name */
			return folded_is(str_from(raw, i + 1), name);
		if (ascii_upper(c) != name.p[n])
			break;
		n++;
	}
	return false;
}

bool
record_line_is(const struct record *record, size_t i, struct str name)
{
	const struct mark *mark = &record->marks[i];
	struct str raw = {record->text.p + mark->at, mark->size};
	size_t n = 0;
	size_t dot;

	while (n < name.n && n < raw.n && ascii_upper(raw.p[n]) == name.p[n])
		n++;
	if (n == name.n)
		return n < raw.n && (raw.p[n] == ':' || raw.p[n] == ';' ||
					folded_is(raw, name));
	if (mark->flags & MARK_FOLDED && n > 0)
		return folded_is(raw, name);
	/* "item1.EMAIL": vCard's groups (RFC 6350, 3.3). */
	if (!str_ieq(record->name, STR("VCARD")))
		return false;
	for (dot = 0;
	     dot < raw.n && (ascii_alpha(raw.p[dot]) ||
				ascii_digit(raw.p[dot]) || raw.p[dot] == '-');)
		dot++;
	if (dot == 0 || dot >= raw.n || raw.p[dot] != '.')
		return false;
	raw = str_from(raw, dot + 1);
	if (raw.n <= name.n || !str_istarts(raw, name))
		return false;
	return raw.p[name.n] == ':' || raw.p[name.n] == ';';
}
