/* Zones, alarms, addresses, UIDs. */
#include <stdlib.h>

#include "cal/repair_impl.h"

/* --- zone-offset, zone-empty ---------------------------------------------- */

static bool
in_zone(const struct draft *draft)
{
	return str_ieq(draft->name, STR("VTIMEZONE"));
}

/* "-500", "+1:00", "0100". */
static bool
read_offset(struct str value, struct buf *out)
{
	char digits[8];
	size_t n = 0;
	bool negative = value.n && value.p[0] == '-';

	if (value.n && (value.p[0] == '-' || value.p[0] == '+'))
		value = str_from(value, 1);
	for (size_t i = 0; i < value.n; i++) {
		if (value.p[i] == ':')
			continue;
		if (!ascii_digit(value.p[i]) || n == 4)
			return false;
		digits[n++] = value.p[i];
	}
	if (n < 3)
		return false;
	buf_add_char(out, negative ? '-' : '+');
	if (n == 3)
		buf_add_char(out, '0');
	return buf_add(out, digits, n);
}

static void
fix_offset(struct repair *repair, struct draft_line *line)
{
	struct str value = str_trim(line->line.value);
	int32_t offset;

	if (offset_parse(&offset, value, pos_none(), NULL) ||
	    !read_offset(value, repair_buf(repair)) ||
	    !offset_parse(&offset, buf_str(&repair->buf), pos_none(), NULL))
		return;
	repair_say(repair, line, "%.*s:%.*s", STR_ARG(line->line.name),
	    STR_ARG(value));
	draft_set_value(repair->draft, line, repair_made(repair));
}

/* What the other kind of time has, else no change. */
static void
add_offset(struct repair *repair, struct draft *draft,
    const struct draft_part *part, size_t at)
{
	const struct draft_line *to =
	    draft_find(draft, part, STR("TZOFFSETTO"), NULL);
	struct str value;
	struct buf *out = repair_buf(repair);
	struct draft_part other;
	size_t i = 0;

	if (!to)
		return;
	value = to->line.value;
	while (draft_next_part(draft, &i, &other)) {
		const struct draft_line *line =
		    draft_find(draft, &other, STR("TZOFFSETTO"), NULL);

		if (line && other.depth == part->depth &&
		    !str_ieq(other.name, part->name)) {
			value = line->line.value;
			break;
		}
	}
	buf_add_str(out, STR("TZOFFSETFROM:"));
	buf_add_str(out, value);
	draft_insert(draft, at, DRAFT_PROPERTY, part->depth,
	    repair_made(repair), to->line.pos);
	if (!draft->failed)
		repair_say(repair, &draft->lines[at],
		    "TZOFFSETFROM:%.*s is added", STR_ARG(value));
}

void
repair_zone_offset(struct repair *repair, struct draft *draft)
{
	struct draft_part part;
	size_t at = 0;

	if (!in_zone(draft))
		return;
	for (size_t i = 0; i < draft->count; i++)
		if (draft->lines[i].kind == DRAFT_PROPERTY &&
		    property_kind(draft->lines[i].line.name) == PROPERTY_OFFSET)
			fix_offset(repair, &draft->lines[i]);
	while (draft_next_part(draft, &at, &part))
		if (part.depth == 2 &&
		    !draft_find(draft, &part, STR("TZOFFSETFROM"), NULL))
			add_offset(repair, draft, &part, part.first + 1);
}

void
repair_zone_empty(struct repair *repair, struct draft *draft)
{
	struct draft_part part;
	size_t at = 0;

	if (!in_zone(draft))
		return;
	while (draft_next_part(draft, &at, &part))
		if (part.depth > 1)
			return;
	repair_say(repair, NULL, "an empty VTIMEZONE is left out");
	for (size_t i = 0; i < draft->count; i++)
		draft_drop(draft, &draft->lines[i]);
}

/* --- alarm ---------------------------------------------------------------- */

static void
add_line(struct repair *repair, struct draft *draft,
    const struct draft_part *part, struct str text)
{
	size_t at = part->first + 1;

	draft_insert(draft, at, DRAFT_PROPERTY, part->depth, text,
	    draft->lines[part->first].line.pos);
	if (!draft->failed)
		repair_say(repair, &draft->lines[at], "%.*s is added",
		    STR_ARG(text));
}

void
repair_alarm(struct repair *repair, struct draft *draft)
{
	struct draft_part part;
	size_t at = 0;

	while (!draft->failed && draft_next_part(draft, &at, &part)) {
		const struct draft_line *action;

		if (!str_ieq(part.name, STR("VALARM")))
			continue;
		action = draft_find(draft, &part, STR("ACTION"), NULL);
		if (action &&
		    !str_ieq(str_trim(action->line.value), STR("DISPLAY")))
			continue;
		if (!draft_find(draft, &part, STR("DESCRIPTION"), NULL)) {
			add_line(repair, draft, &part,
			    STR("DESCRIPTION:Reminder"));
			part.end++;
		}
		if (!action)
			add_line(repair, draft, &part, STR("ACTION:DISPLAY"));
	}
}

/* --- address -------------------------------------------------------------- */

static bool
is_address(struct str text)
{
	size_t at = str_find_byte(text, '@');

	return at != SIZE_MAX && at > 0 && at + 1 < text.n &&
	       str_find_byte(text, ':') == SIZE_MAX &&
	       str_find_byte(text, ' ') == SIZE_MAX;
}

/* ";SENT-BY=mailto" and "a@b:mailto:c@d": the colon was inside. */
static bool
split_inside(struct repair *repair, struct draft_line *line)
{
	struct str params = line->line.params, value = line->line.value;
	const struct str ending = STR("=mailto"), next = STR(":mailto:");
	size_t at = str_find(value, next);
	size_t equals = params.n - ending.n;
	struct buf *out;

	if (at == SIZE_MAX || params.n <= ending.n ||
	    !str_ieq(str_from(params, equals), ending))
		return false;
	out = repair_buf(repair);
	buf_add_str(out, line->line.name);
	buf_add_str(out, str_head(params, equals + 1));
	buf_add_str(out, STR("\"mailto:"));
	buf_add_str(out, str_head(value, at));
	buf_add_char(out, '"');
	buf_add_str(out, str_from(value, at));
	draft_set(repair->draft, line, repair_made(repair));
	return true;
}

/* "%40" is "@" in what a mail program is to write to. */
static struct str
with_at(struct repair *repair, struct str value)
{
	size_t at = str_find(value, STR("%40"));
	struct buf *out = repair_buf(repair);

	if (at == SIZE_MAX || str_find_byte(value, '@') != SIZE_MAX ||
	    !str_istarts(value, STR("mailto:")))
		return value;
	buf_add_str(out, str_head(value, at));
	buf_add_char(out, '@');
	buf_add_str(out, str_from(value, at + 3));
	return repair_made(repair);
}

void
repair_address(struct repair *repair, struct draft *draft)
{
	for (size_t i = 0; i < draft->count; i++) {
		struct draft_line *line = &draft->lines[i];
		struct str value = str_trim(line->line.value), now;

		if (line->kind != DRAFT_PROPERTY || line->dropped ||
		    property_kind(line->line.name) != PROPERTY_ADDRESS)
			continue;
		if (split_inside(repair, line)) {
			repair_say(repair, line, "quotes around %.*s",
			    STR_ARG(value));
			value = line->line.value;
		}
		now = with_at(repair, value);
		if (is_address(now)) {
			struct buf *out = repair_buf(repair);

			buf_add_str(out, STR("mailto:"));
			buf_add_str(out, now);
			now = repair_made(repair);
		}
		if (str_eq(now, value))
			continue;
		repair_say(repair, line, "%.*s", STR_ARG(value));
		draft_set_value(draft, line, now);
	}
}

/* --- uid ------------------------------------------------------------------ */

/* Of what makes it this component: not when it was written down. */
static bool
is_content(const struct draft_line *line)
{
	return line->kind == DRAFT_PROPERTY && !line->dropped &&
	       property_kind(line->line.name) != PROPERTY_STAMP &&
	       !draft_is(line, STR("SEQUENCE")) && !draft_is(line, STR("UID"));
}

/* A deterministic UID of a component's content (RFC 9562, version 8). */
static struct str
repair_uid(struct repair *repair, const struct draft *draft,
    const struct draft_part *part)
{
	uint64_t a = UINT64_C(0x9e3779b97f4a7c15), b = str_hash(part->name);
	struct buf *out = repair_buf(repair);

	for (size_t i = part->first; i < part->end; i++) {
		const struct draft_line *line = &draft->lines[i];
		uint64_t name, value;

		if (!is_content(line) || line->depth != part->depth)
			continue;
		name = str_hash(line->line.name);
		value = str_hash(line->line.value);
		a = (a ^ name) * UINT64_C(0xbf58476d1ce4e5b9) + value;
		a ^= a >> 31;
		b = (b ^ value) * UINT64_C(0x94d049bb133111eb) + name;
		b ^= b >> 29;
	}
	buf_printf(out, "%08llx-%04llx-8%03llx-%04llx-%012llx",
	    (unsigned long long)(a >> 32),
	    (unsigned long long)(a >> 16 & 0xffff),
	    (unsigned long long)(a & 0xfff),
	    (unsigned long long)(0x8000 | (b >> 48 & 0x3fff)),
	    (unsigned long long)(b & UINT64_C(0xffffffffffff)));
	return repair_made(repair);
}

void
repair_add_uid(struct repair *repair, struct draft *draft)
{
	struct draft_part whole = draft_whole(draft);
	struct draft_line *line = draft_find(draft, &whole, STR("UID"), NULL);
	struct buf *out;
	struct str uid;

	if (!repair_is_main(&whole) || (line && str_trim(line->line.value).n))
		return;
	uid = repair_uid(repair, draft, &whole);
	if (line) {
		draft_set_value(draft, line, uid);
		repair_say(repair, line, "UID:%.*s", STR_ARG(uid));
		return;
	}
	out = repair_buf(repair);
	buf_add_str(out, STR("UID:"));
	buf_add_str(out, uid);
	add_line(repair, draft, &whole, repair_made(repair));
}

/* --- uid-twice ------------------------------------------------------------ */

#define UIDS_MOST ((size_t)1 << 20)

static uint64_t
hash_of(const struct draft *draft, const struct draft_part *part,
    struct str name)
{
	const struct draft_line *line = draft_find(draft, part, name, NULL);

	return line ? str_hash(str_trim(line->line.value)) : 1;
}

/* Three numbers each: of UID, DTSTART, SUMMARY. */
static uint64_t *
find_uid(const struct repair *repair, uint64_t uid)
{
	size_t rooms = repair->uid_room / 3;
	size_t i = (size_t)(uid ^ uid >> 29) & (rooms - 1);

	while (repair->uids[3 * i] && repair->uids[3 * i] != uid)
		i = (i + 1) & (rooms - 1);
	return &repair->uids[3 * i];
}

static bool
grow_uids(struct repair *repair)
{
	struct repair old = *repair;

	if (6 * (repair->uid_count + 1) <= repair->uid_room)
		return true;
	if (repair->uid_count >= UIDS_MOST)
		return false;
	repair->uid_room = old.uid_room ? old.uid_room * 2 : 3 * 256;
	repair->uids = calloc(repair->uid_room, sizeof(*repair->uids));
	if (!repair->uids) {
		repair->uids = old.uids;
		repair->uid_room = old.uid_room;
		return false;
	}
	for (size_t i = 0; i < old.uid_room; i += 3)
		if (old.uids[i])
			memcpy(find_uid(repair, old.uids[i]), &old.uids[i],
			    3 * sizeof(*old.uids));
	free(old.uids);
	return true;
}

void
repair_uid_twice(struct repair *repair, struct draft *draft)
{
	struct draft_part whole = draft_whole(draft);
	struct draft_line *uid = draft_find(draft, &whole, STR("UID"), NULL);
	uint64_t *seen, hash, start, summary;

	/* An override has its master's UID, and another SEQUENCE is another
	 * version. */
	if (!repair_is_main(&whole) || !uid || !grow_uids(repair) ||
	    draft_find(draft, &whole, STR("RECURRENCE-ID"), NULL))
		return;
	hash = str_hash(str_trim(uid->line.value)) +
	       hash_of(draft, &whole, STR("SEQUENCE"));
	start = hash_of(draft, &whole, STR("DTSTART"));
	summary = hash_of(draft, &whole, STR("SUMMARY"));
	hash = hash ? hash : 1;
	seen = find_uid(repair, hash);
	if (!seen[0]) {
		seen[0] = hash;
		seen[1] = start;
		seen[2] = summary;
		repair->uid_count++;
	} else if (seen[1] != start && seen[2] != summary) {
		repair_say(repair, uid, "another event has UID %.*s",
		    STR_ARG(uid->line.value));
		draft_set_value(draft, uid, repair_uid(repair, draft, &whole));
	}
}
