#include "cal/revision.h"

#include <stdlib.h>

#include "base/hashset.h"
#include "time/when.h"

/* The lines of a record as one text, whatever their folds and endings were. */
static bool
digest_lines(const struct record *record, struct digest *digest,
    struct arena *arena)
{
	struct digester digester;

	digester_init(&digester);
	for (size_t i = 0; i < record->count; i++) {
		const struct mark *mark = &record->marks[i];
		struct str raw = {record->text.p + mark->at, mark->size};
		char *flat = NULL;

		if (mark->flags & MARK_FOLDED) {
			flat = arena_alloc(arena, raw.n);
			if (!flat)
				return false;
			raw = line_head(raw, flat, raw.n);
		}
		while (raw.n &&
		       (raw.p[raw.n - 1] == '\n' || raw.p[raw.n - 1] == '\r'))
			raw.n--;
		digester_add(&digester, raw);
		digester_add(&digester, STR("\n"));
	}
	digester_end(&digester, digest);
	return true;
}

static void
read_line(struct revision *revision, struct str *uid, const struct line *line,
    struct arena *arena)
{
	struct str value = str_trim(line->value);
	struct when when;

	if (str_ieq(line->name, STR("UID"))) {
		if (uid->n == 0)
			*uid = str_trim(text_unescape(value, arena));
	} else if (str_ieq(line->name, STR("SEQUENCE"))) {
		if (!str_number(value, INT64_MAX, &revision->sequence))
			revision->sequence = 0;
	} else if (str_ieq(line->name, STR("DTSTAMP"))) {
		if (when_parse(&when, value, line->pos, NULL))
			revision->stamp = when.local;
	} else if (str_ieq(line->name, STR("RECURRENCE-ID"))) {
		revision->recurrence = hash_of(value);
	}
}

bool
revision_read(struct revision *revision, struct str *uid,
    const struct record *record, struct arena *arena)
{
	static const struct str names[] = {STR_C("UID"), STR_C("SEQUENCE"),
	    STR_C("DTSTAMP"), STR_C("RECURRENCE-ID")};
	struct line line;

	*revision = (struct revision){.stamp = INT64_MIN};
	*uid = (struct str){NULL, 0};
	for (size_t i = 1; i < record->count; i++) {
		const struct mark *mark = &record->marks[i];
		size_t k = 0;

		if (mark->depth != 1 ||
		    mark->flags & (MARK_BEGIN | MARK_END | MARK_ELIDED))
			continue;
		while (k < 4 && !record_line_is(record, i, names[k]))
			k++;
		if (k < 4 && record_line(record, i, &line, arena, NULL))
			read_line(revision, uid, &line, arena);
	}
	return record->partial ||
	       digest_lines(record, &revision->content, arena);
}

struct digest
object_identity(struct str uid, const struct revision *first)
{
	return uid.n ? digest_of(uid) : first->content;
}

/* --- comparing ------------------------------------------------------------ */

static int
by_age(const struct revision *a, const struct revision *b)
{
	if (a->sequence != b->sequence)
		return a->sequence < b->sequence ? -1 : 1;
	if (a->stamp != b->stamp)
		return a->stamp < b->stamp ? -1 : 1;
	return 0;
}

/* By component, the newest of each first. */
static int
in_order(const void *first, const void *second)
{
	const struct revision *a = first, *b = second;
	int age = by_age(b, a);

	if (a->recurrence != b->recurrence)
		return a->recurrence < b->recurrence ? -1 : 1;
	if (age)
		return age;
	return memcmp(a->content.bytes, b->content.bytes,
	    sizeof(a->content.bytes));
}

static bool
same_content(const struct revision *a, size_t a_count, const struct revision *b,
    size_t b_count)
{
	if (a_count != b_count)
		return false;
	for (size_t i = 0; i < a_count; i++)
		if (!digest_same(&a[i].content, &b[i].content))
			return false;
	return true;
}

static struct revision
newest(const struct revision *all, size_t count)
{
	struct revision best = all[0];

	for (size_t i = 1; i < count; i++)
		if (by_age(&all[i], &best) > 0)
			best = all[i];
	return best;
}

/* The first entry of the next component. */
static size_t
skip(const struct revision *all, size_t count, size_t at)
{
	uint64_t recurrence = all[at].recurrence;

	while (at < count && all[at].recurrence == recurrence)
		at++;
	return at;
}

enum object_order
object_compare(struct revision *a, size_t a_count, struct revision *b,
    size_t b_count)
{
	struct revision a_last = newest(a, a_count);
	struct revision b_last = newest(b, b_count);
	bool newer = false, older = false;
	size_t i = 0, j = 0;

	qsort(a, a_count, sizeof(*a), in_order);
	qsort(b, b_count, sizeof(*b), in_order);
	if (same_content(a, a_count, b, b_count))
		return OBJECT_SAME;
	while (i < a_count || j < b_count) {
		bool in_a =
		    i < a_count &&
		    (j == b_count || a[i].recurrence <= b[j].recurrence);
		bool in_b =
		    j < b_count &&
		    (i == a_count || b[j].recurrence <= a[i].recurrence);
		int age;

		if (in_a && in_b)
			age = by_age(&a[i], &b[j]);
		else if (in_a)
			age = by_age(&a[i], &b_last) > 0;
		else
			age = -(by_age(&b[j], &a_last) > 0);
		newer = newer || age > 0;
		older = older || age < 0;
		if (in_a)
			i = skip(a, a_count, i);
		if (in_b)
			j = skip(b, b_count, j);
	}
	if (newer == older)
		return OBJECT_CONFLICT;
	return newer ? OBJECT_NEWER : OBJECT_OLDER;
}
